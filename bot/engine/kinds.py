"""Kinds of answers: how each reads what was said, picked, pinned or shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.engine.effects import Arg, Term
from bot.engine.effects import Place as PlaceRef
from bot.engine.events import Event, GaveContact, Picked, Pinned, Said, Surroundings
from nlu.understood import Understood

SURE, MAYBE = 0.80, 0.50
"""Fill; below, ask "did you mean"; below that, ignore."""
ALIKE = 0.35
"""From here an entry of the guide is offered: "is it one of these?" (docs/performance.md)."""
VOLUNTEERED = 0.70
"""How sure a place must be where none was asked for: "jedda" is a grandmother first."""
OLDEST_YEAR = 1900
"""A number above it is a year of birth, not an age."""


@dataclass(frozen=True, slots=True)
class Reading:
    value: Any
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Refused:
    """She answered, and it cannot be taken: the message that says why."""

    message: str


class Kind(Protocol):
    @property
    def volunteers(self) -> bool:
        """May it be filled before it is asked? Never a yes or no, never free words."""

    @property
    def numbered(self) -> bool:
        """False where a number is itself an answer."""

    @property
    def wants(self) -> Literal["", "contact", "location"]: ...

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | Refused | None:
        """What the event says of this slot; None: nothing."""

    def choices(self, around: Surroundings) -> tuple[str, ...]: ...

    def show(self, value: Any) -> Arg:
        """The value as a message may name it."""


def word_count(text: str) -> int:
    return len(text.split())


def is_question(u: Understood) -> bool:
    """A question or a wish of her own rather than an answer to ours, for certain."""
    return (
        u.goal.name in ("about", "find_service", "person", "case_status", "jisr")
        and u.goal.confidence >= SURE
    )


def hears(u: Understood, *intents: str) -> bool:
    return u.intent in intents and u.confidence >= SURE


@dataclass(frozen=True, slots=True)
class YesNo:
    volunteers: bool = False
    numbered: bool = True
    wants: Literal["", "contact", "location"] = ""

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | None:
        match event:
            case Picked(value="yes" | "no" as value):
                return Reading(value == "yes")
            case Said(u) if u.intent in ("control.yes", "control.no"):
                return Reading(u.intent == "control.yes", u.confidence)
        return None

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return ("yes", "no")

    def show(self, value: Any) -> Arg:
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few values. `entity`: its name in understanding; `yes`, `no`: what those mean."""

    options: tuple[str, ...]
    entity: str = ""
    yes: str = ""
    no: str = ""
    volunteers: bool = False
    numbered: bool = True
    wants: Literal["", "contact", "location"] = ""

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | None:
        match event:
            case Picked(value=value) if value in self.options:
                return Reading(value)
            case Said(u):
                if asked and self.yes and u.intent == "control.yes":
                    return Reading(self.yes, u.confidence)
                if asked and self.no and u.intent == "control.no":
                    return Reading(self.no, u.confidence)
                for e in u.of(self.entity) if self.entity else ():
                    if e.value in self.options:
                        return Reading(e.value, e.confidence)
        return None

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return self.options

    def show(self, value: Any) -> Arg:
        return Term(self.entity or "choice", str(value))


@dataclass(frozen=True, slots=True)
class Several:
    """One or more values of an entity; own words are accepted as `other` when they say enough."""

    entity: str
    options: tuple[str, ...]
    """Those shown; understanding may find others."""
    other: str = "other"
    volunteers: bool = True
    numbered: bool = True
    wants: Literal["", "contact", "location"] = ""

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | Refused | None:
        match event:
            case Picked(value=value) if value in self.options:
                return Reading((value,))
            case Said(u):
                if found := u.of(self.entity):
                    best = max(e.confidence for e in found)
                    return Reading(tuple(dict.fromkeys(str(e.value) for e in found)), best)
                own_words = asked and word_count(u.text) >= 3 and not is_question(u)
                if own_words and u.language != "other" and u.goal.name != "control":
                    return Reading((self.other,))
        return None

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return self.options

    def show(self, value: Any) -> Arg:
        return tuple(Term(self.entity, str(v)) for v in value)


@dataclass(frozen=True, slots=True)
class WherePlace:
    """An administrative unit narrow enough to find a mechanism, or one to be split further."""

    volunteers: bool = True
    numbered: bool = True
    wants: Literal["", "contact", "location"] = "location"

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | Refused | None:
        match event:
            case Pinned(places):
                # A pin proposes and asks: the nearest known town may lie across a border.
                return Reading(places[0], MAYBE) if places else Refused("place-far")
            case Said(u):
                return self._said(u, around, asked=asked)
        return None

    def _said(
        self, u: Understood, around: Surroundings, *, asked: bool
    ) -> Reading | Refused | None:
        found = u.of("place")
        narrow = [e for e in found if e.value not in around.wide]
        # A commune names its province too: the narrowest, then the surest, is what she meant.
        if narrow:
            best = max(narrow, key=lambda e: (str(e.value).count("."), e.confidence))
            if asked or best.confidence >= VOLUNTEERED:
                return Reading(str(best.value), best.confidence)
            return None
        if not asked:
            return None
        if found:
            return Refused("place-too-wide")
        words = word_count(u.text)
        meant = u.goal.name in ("none", "smalltalk") and words <= 8
        # Three words that are surely nothing else are a place that we do not know.
        meant = meant or (words <= 3 and u.goal.confidence < SURE)
        return Refused("place-unknown") if meant and any(map(str.isalpha, u.text)) else None

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return ()

    def show(self, value: Any) -> Arg:
        return PlaceRef(str(value))


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a place with several mechanisms."""

    volunteers: bool = False
    numbered: bool = True
    wants: Literal["", "contact", "location"] = ""

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | None:
        parts = {part for parts in around.splits.values() for part in parts}
        match event:
            case Picked(value=value) if value in parts:
                return Reading(value)
            case Said(u):
                for e in u.of("place"):
                    # A commune of it will do: its mechanism is the part.
                    part = around.mechanisms.get(str(e.value), str(e.value))
                    if part in parts:
                        return Reading(part, e.confidence)
        return None

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return ()

    def show(self, value: Any) -> Arg:
        return PlaceRef(str(value))


@dataclass(frozen=True, slots=True)
class ChildAge:
    """Years, 0 to 17: the mechanisms serve every child under 18."""

    volunteers: bool = True
    numbered: bool = False
    wants: Literal["", "contact", "location"] = ""

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | Refused | None:
        if not isinstance(event, Said):
            return None
        u = event.understood
        found = u.of("child_age") or u.of("birth_year") or (u.of("number") if asked else ())
        if not found:
            return None
        age = int(found[0].value)
        if found[0].entity == "birth_year" or age > OLDEST_YEAR:
            age = around.year - age  # he may still be a year younger: she sees it before it is sent
        if 0 <= age <= 17:
            return Reading(age, found[0].confidence)
        if not asked:
            return None
        return Refused("age-adult" if 18 <= age <= 110 else "age-impossible")

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return ()

    def show(self, value: Any) -> Arg:
        return int(value)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number in E.164. One that was not asked for may be anybody's: she is asked."""

    volunteers: bool = True
    numbered: bool = False
    wants: Literal["", "contact", "location"] = "contact"

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | Refused | None:
        match event:
            case GaveContact(phone, own):
                # Somebody else's card may be what she means; she says so herself.
                return Reading(phone, 1.0 if own else MAYBE)
            case Said(u):
                if found := u.of("phone"):
                    return Reading(str(found[0].value), found[0].confidence if asked else MAYBE)
                digits = sum(c.isdecimal() for c in u.text)
                return Refused("phone-invalid") if asked and digits >= 4 else None
        return None

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return ()

    def show(self, value: Any) -> Arg:
        return str(value)


@dataclass(frozen=True, slots=True)
class Words:
    """Her own words: anything she says when asked, except a question or a command."""

    volunteers: bool = False
    numbered: bool = False
    wants: Literal["", "contact", "location"] = ""

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Reading | None:
        if not (asked and isinstance(event, Said)):
            return None
        u = event.understood
        if is_question(u) or not any(map(str.isalnum, u.text)):
            return None
        if u.goal.name == "control" and u.confidence >= MAYBE and word_count(u.text) <= 3:
            return None
        return Reading(u.text)

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return ()

    def show(self, value: Any) -> Arg:
        return str(value)


@dataclass(frozen=True, slots=True)
class ReceiptNumber:
    """Sixteen digits. The ladder answers a whole one before any form; here, only a broken one."""

    volunteers: bool = False
    numbered: bool = False
    wants: Literal["", "contact", "location"] = ""

    def read(self, event: Event, around: Surroundings, *, asked: bool) -> Refused | None:
        if asked and isinstance(event, Said):
            digits = sum(c.isdecimal() for c in event.understood.text)
            if digits >= 4:
                return Refused("receipt-incomplete")
        return None

    def choices(self, around: Surroundings) -> tuple[str, ...]:
        return ()

    def show(self, value: Any) -> Arg:
        return str(value)
