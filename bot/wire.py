"""How values of ours are written down before they are sealed, and read again, as JSON."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.engine import Session
from channels.port import (
    Address,
    Contact,
    Content,
    Inbound,
    Location,
    Media,
    Other,
    Outbound,
    Pick,
    Text,
)
from nlu.understood import Understood

_CONTENTS: dict[str, type[Content]] = {
    kind.__name__: kind for kind in (Text, Pick, Location, Contact, Media, Other)
}


class _Envelope(msgspec.Struct, omit_defaults=True):
    """An inbound message, its content named by kind."""

    address: Address
    message_id: str
    kind: str
    content: msgspec.Raw
    sent_at: datetime | None = None
    profile_language: str = ""
    ref: str = ""
    press: str = ""


_encoder = msgspec.json.Encoder()
_envelope = msgspec.json.Decoder(_Envelope)
_contents = {name: msgspec.json.Decoder(kind) for name, kind in _CONTENTS.items()}
_session = msgspec.json.Decoder(Session)
_outbound = msgspec.json.Decoder(Outbound)
_understood = msgspec.json.Decoder(Understood)


def write(value: Session | Outbound | Understood) -> bytes:
    return _encoder.encode(value)


def write_inbound(message: Inbound) -> bytes:
    return _encoder.encode(
        _Envelope(
            message.address,
            message.message_id,
            type(message.content).__name__,
            msgspec.Raw(_encoder.encode(message.content)),
            message.sent_at,
            message.profile_language,
            message.ref,
            message.press,
        )
    )


def inbound(data: bytes) -> Inbound:
    e = _envelope.decode(data)
    content = _contents[e.kind].decode(e.content)
    return Inbound(e.address, e.message_id, content, e.sent_at, e.profile_language, e.ref, e.press)


def session(data: bytes | None) -> Session:
    """A stored session as this deploy understands it: unknown keys are ignored."""
    return _session.decode(data) if data else Session()


def outbound(data: bytes) -> Outbound:
    return _outbound.decode(data)


def understood(data: bytes) -> Understood:
    return _understood.decode(data)
