"""What understanding makes of one message: the value every other part works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, cast

Language = Literal["ary-Arab", "ary-Latn", "arb", "fra", "other"]
"""Darija in Arabic script, Darija in Latin script, standard Arabic, French, anything else."""

GoalName = Literal[
    "report_abuse",
    "find_service",
    "jisr",
    "case_status",
    "person",
    "about",
    "control",
    "smalltalk",
    "none",
]

EmergencyCategory = Literal[
    "physical_danger",
    "self_harm",
    "sexual_abuse",
    "child_alone",
    "abduction",
    "medical",
    "online_blackmail",
]


@dataclass(frozen=True, slots=True)
class Intent:
    """A named reading of the whole message, with a confidence between 0 and 1."""

    name: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Goal:
    """What the person wants, in the product's own nine words."""

    name: GoalName
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A value found in the message.

    `start` and `end` are offsets into the original text (code points), None where the value comes
    from the whole message. `value` is a place code, a number of years, a harm code, digits...
    """

    entity: str
    value: str | int
    text: str = ""
    start: int | None = None
    end: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Emergency:
    """`alarm` is the decision; `probability` is what it was weighed from."""

    alarm: bool = False
    probability: float = 0.0
    categories: tuple[EmergencyCategory, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """Computed once for a message and stored with it, sealed; never recomputed on replay."""

    text: str
    language: Language
    goal: Goal = Goal("none", 0.0)
    intents: tuple[Intent, ...] = ()
    entities: tuple[Entity, ...] = ()
    emergency: Emergency = Emergency()

    @property
    def intent(self) -> str:
        """The best intent's name, or an empty string."""
        return self.intents[0].name if self.intents else ""

    @property
    def confidence(self) -> float:
        """The best intent's confidence, or 0."""
        return self.intents[0].confidence if self.intents else 0.0

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals that the intents speak for, best first, each with their shares together."""
        shares: dict[str, float] = {}
        for intent in self.intents:
            name = intent.name.partition(".")[0]
            shares[name] = shares.get(name, 0.0) + intent.confidence
        ranked = sorted(shares.items(), key=lambda pair: -pair[1])
        return tuple(Goal(cast(GoalName, name), share) for name, share in ranked)

    def of(self, entity: str) -> tuple[Entity, ...]:
        """The entities of one kind, in the order of the text."""
        return tuple(e for e in self.entities if e.entity == entity)


class PlaceName(Protocol):
    """One name of one administrative unit, as the directory hands it over."""

    @property
    def name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def kind(self) -> str: ...  # region | province | prefecture | arrondissements | town | commune
    @property
    def province(self) -> str | None: ...  # ISO code; None for a region
