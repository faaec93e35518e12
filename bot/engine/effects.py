"""What a turn asks to be said and done. The engine only names it; `bot.turn` carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a closed vocabulary, shown through the catalogue: message `<kind>-<value>`."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit, shown through the directory."""

    code: str


@dataclass(frozen=True, slots=True)
class ReceiptDigits:
    """Where the digits of the receipt of the case opened in this turn will stand."""


Arg = str | int | Term | Place | ReceiptDigits | tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """A message of the catalogue; `lines` stand below it, one a line."""

    message: str
    args: Mapping[str, Arg] = field(default_factory=dict)
    lines: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class Put:
    """A question. What is shown is remembered, to interpret the answer."""

    message: str
    slot: str
    """`flow.slot`, or a word of the engine's own (`menu`, `guide`, `stop`...)."""
    choices: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    """Ways out offered beside the answers: `skip`, `back`, `stop`."""
    numbered: bool = True
    """False where a number is itself an answer (an age): then choices are not counted."""
    args: Mapping[str, Arg] = field(default_factory=dict)
    lines: tuple[Say, ...] = ()
    wants: Literal["", "contact", "location"] = ""


@dataclass(frozen=True, slots=True)
class Tell:
    """An entry of the guide."""

    record: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """File what a form knows. `partial`: she stopped or fell silent; the desk decides."""

    answers: Mapping[str, object]
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """Ring the desk. Repeated ones within a window count as one."""

    categories: tuple[str, ...] = ()
    now: bool = True
    """False: harm that goes on, told by somebody who does not say that it is happening now."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Put the conversation in the queue for a person."""

    why: Literal["asked", "emergency", "misses", "voice", "fault", "language"]
    language: str = ""
    """Which one is needed, where it is none of ours (ISO 639-3)."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """A person holds the conversation: the message is hers to read; the assistant says nothing."""


@dataclass(frozen=True, slots=True)
class Hide:
    """Quick exit: take away what the channel lets us take away."""


@dataclass(frozen=True, slots=True)
class Timers:
    """When to come back if she says nothing; none of them: no form is open."""

    nudge: timedelta | None = None
    expire: timedelta | None = None


Effect = Say | Put | Tell | OpenCase | Alert | Handover | PassOn | Hide | Timers
Effects = tuple[Effect, ...]
