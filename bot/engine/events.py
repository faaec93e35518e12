"""What can happen in a conversation, and what the engine may know of the world at that moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from nlu.understood import GoalName, Understood


@dataclass(frozen=True, slots=True)
class Said:
    """Words. `edits`: they replace something she said before."""

    understood: Understood
    edits: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """A button: exact, it carries its own slot and the number of the screen it stood on."""

    slot: str
    value: str
    screen: int | None = None


@dataclass(frozen=True, slots=True)
class Pinned:
    """A location pin: codes of the nearest known places, nearest first; none far from all."""

    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GaveContact:
    """A shared contact card. `own`: the provider shows that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo, a voice note...: kept, under this id."""

    kind: str
    attachment: str


@dataclass(frozen=True, slots=True)
class Opened:
    """She opened the conversation without a word (/start)."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A timer rang."""

    what: Literal["nudge", "expire"]


Event = Said | Picked | Pinned | GaveContact | SentFile | Opened | Elapsed


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """What a receipt found, as far as the person may know it; `state` is `slow` while guessing
    is slowed and `unknown` where there is no such receipt."""

    state: str
    created: str = ""
    at: str = ""
    """`office` or `desk`: who has it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything the pure engine needs from outside, as values of this moment."""

    demo: bool = True
    takes_reports: bool = True
    """Live mode: the national desk has acknowledged a test case."""
    ready: frozenset[str] | None = None
    """Live mode: mechanisms whose duty person has acknowledged a test case; None: not asked for."""
    reachable: frozenset[str] = frozenset()
    """Mechanisms with an office that can be reached; the others' reports go to the desk."""
    mechanisms: Mapping[str, str] = field(default_factory=dict)
    """The mechanism of each administrative unit that has exactly one."""
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Units with several mechanisms (Casablanca): which to choose from."""
    wide: frozenset[str] = frozenset()
    """Units too wide to find a mechanism: the regions."""
    bars: Mapping[GoalName, tuple[float, float]] = field(default_factory=dict)
    """Of a goal: how sure it must be to be acted on, and to be asked about; where it is not the
    usual."""
    year: int = 0
    """The calendar's, for a year of birth; 0 where nobody holds a clock."""
    silent: timedelta = timedelta()
    """How long she had said nothing before this."""
    on_duty: bool = False
    guide: tuple[tuple[str, float], ...] = ()
    """Entries of the guide that may answer this message with their scores, best first."""
    offered: frozenset[str] = frozenset()
    """Entries on her screen, or on the button she pressed, that people may still see."""
    case: CaseSeen | None = None
    """What the receipt in this message found; None where there is no receipt in it."""
