"""What every channel speaks: one inbound message, one outbound message, a closed set of errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

ChannelName = Literal["telegram", "whatsapp", "sms", "terminal"]
MediaKind = Literal["photo", "voice", "audio", "video", "document", "sticker"]


# --- in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached. `id` is opaque: it may hold no phone number."""

    channel: ChannelName
    id: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    edits: str | None = None
    """The provider's id of the message this one corrects."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A button: the value we gave it when we sent it."""

    value: str


@dataclass(frozen=True, slots=True)
class Location:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Contact:
    """`own` is true where the provider shows that the shared contact is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Media:
    kind: MediaKind
    file_id: str
    mime: str = ""
    size: int | None = None
    """Bytes, as the provider declares them; None where it does not."""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Something we have no use for (a poll, a dice): answered politely."""

    kind: str


Content = Text | Pick | Location | Contact | Media | Other


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message from one person. `message_id` is the provider's, unique within the channel."""

    address: Address
    message_id: str
    content: Content
    sent_at: datetime | None = None
    profile_language: str = ""
    """The language of the person's app where the provider tells it: a hint, never a decision."""
    ref: str = ""
    """What the channel needs to delete or answer this very message (a chat's message id)."""
    press: str = ""
    """What the channel needs to acknowledge a pressed button."""


# --- out ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, or a numbered line. `value` is at most 64 bytes."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """One bubble. `key` is ours: the same key is the same message, whatever is tried again."""

    address: Address
    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    ask_contact: str = ""
    """The label of a button that shares the person's own phone number, where the channel can."""
    ask_location: str = ""
    """The label of a button that shares where the person is, where the channel can."""
    clear_keyboard: bool = False
    """Take away a contact or location button shown earlier."""
    receipt: str = ""
    """The digits of the receipt that this very bubble shows; never stored with it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider took the message: its id for it."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show."""

    buttons: int
    """How many buttons a bubble can carry; 0: choices become numbered lines."""
    label_length: int
    text_length: int
    isolates: bool
    """Whether bidi isolates (U+2066...U+2069) may be sent."""
    asks_contact: bool = False
    asks_location: bool = False
    deletes: bool = False
    sms: bool = False
    """Use the `.sms` variant of a text where there is one."""


# --- errors ---------------------------------------------------------------------------------------


@dataclass
class ChannelError(Exception):
    """Why a message was not taken. `maybe_sent`: it may have been delivered all the same."""

    reason: Literal["retry", "blocked", "misconfigured", "rejected"]
    code: str = ""
    retry_after: float | None = None
    """Seconds the provider asks us to wait."""
    maybe_sent: bool = False

    def __str__(self) -> str:
        return f"{self.reason} {self.code}".strip()


@dataclass(frozen=True, slots=True)
class File:
    """A file fetched from a provider."""

    data: bytes = field(repr=False)
    mime: str = ""


class Channel(Protocol):
    """What sends. Every method raises ChannelError and nothing else."""

    @property
    def name(self) -> ChannelName: ...
    @property
    def capabilities(self) -> Capabilities: ...
    async def send(self, message: Outbound) -> Receipt: ...
    async def delete(self, address: Address, message_ids: tuple[str, ...]) -> None:
        """Best effort: what the provider no longer lets us delete stays."""

    async def pressed(self, message: Inbound) -> None:
        """Tell the app that a button was received (it stops turning)."""

    async def fetch(self, media: Media, *, limit: int) -> File:
        """The file's bytes; rejected('too large') past `limit` bytes."""
