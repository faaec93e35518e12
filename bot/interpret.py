"""What arrived on a channel, as an event of the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.engine import (
    Event,
    GaveContact,
    Opened,
    Picked,
    Pinned,
    Said,
    SentFile,
    Session,
)
from channels.port import Contact, Content, Inbound, Location, Media, Other, Pick, Text
from nlu.understood import Goal, Intent, Language, Understood

Understand = Callable[[str, Language | None], Understood]
Nearest = Callable[[float, float], tuple[str, ...]]

COMMANDS: Mapping[str, Event | str] = {
    "/start": Opened(),
    "/menu": Opened(),
    "/help": Opened(),
    "/report": Picked("menu", "report"),
    "/guide": Picked("menu", "guide"),
    "/jisr": Picked("menu", "jisr"),
    "/status": Picked("menu", "status"),
    "/person": Picked("menu", "person"),
    "/language": Picked("menu", "language"),
    "/back": "control.back",
    "/skip": "control.skip",
    "/exit": "control.exit",
}
"""What the command menu of a channel sends: exact, so nothing has to be understood."""


def understanding(content: Content, session: Session, understand: Understand) -> Understood | None:
    """What is understood of the words in a message; None where there are none."""
    match content:
        case Text(text) if text.strip().lower() not in COMMANDS:
            return understand(text, session.language)
        case Media(caption=caption) if caption.strip():
            return understand(caption, session.language)
    return None


def interpret(
    content: Content,
    session: Session,
    *,
    understood: Understood | None,
    attachment: str,
    nearest: Nearest,
) -> tuple[Event, ...]:
    """The events of one message: a photo with a caption is a file, then words."""
    match content:
        case Text(edits=edits) if understood:
            return (Said(understood, edits=edits is not None),)
        case Text(text):
            return (_command(text.strip().lower(), session),)
        case Pick(value):
            return (_picked(value, session),)
        case Location(latitude, longitude):
            return (Pinned(nearest(latitude, longitude)),)
        case Contact(phone, own):
            return (GaveContact(phone, own),)
        case Media(kind="sticker") | Other():
            return (_wordless(session),)
        case Media(kind=kind):
            file = SentFile(kind, attachment)
            return (file, Said(understood)) if understood else (file,)


def _command(text: str, session: Session) -> Event:
    known = COMMANDS[text]
    if not isinstance(known, str):
        return known
    said = _wordless(session).understood
    return Said(replace(said, goal=Goal("control", 1.0), intents=(Intent(known, 1.0),), text=text))


def _picked(value: str, session: Session) -> Picked:
    """`slot=value@screen`, as we made it; a bare value is read on the screen she has."""
    slot, equals, rest = value.partition("=")
    if not equals:
        return Picked(session.screen.slot if session.screen else "", value)
    chosen, at, number = rest.rpartition("@")
    if at and number.isdecimal() and number.isascii():
        return Picked(slot, chosen, int(number))
    return Picked(slot, rest)


def _wordless(session: Session) -> Said:
    return Said(Understood("", session.language or "other"))


def scrubbed(message: Inbound) -> Inbound:
    """Without the half characters that some apps send and no database stores."""
    match message.content:
        case Text(text, edits):
            content: Content = Text(_whole(text), edits)
        case Media(caption=caption) as media:
            content = replace(media, caption=_whole(caption))
        case _:
            return message
    return replace(message, content=content)


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
