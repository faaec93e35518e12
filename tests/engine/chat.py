"""A conversation with the pure engine: what was understood is given, not computed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.engine import (
    CaseSeen,
    Elapsed,
    Event,
    GaveContact,
    Picked,
    Pinned,
    Put,
    Said,
    Say,
    SentFile,
    Session,
    Surroundings,
    Tell,
    Timers,
    advance,
)
from bot.engine.effects import Effects
from bot.flows import FLOWS
from nlu.understood import Emergency, Entity, Goal, Intent, Understood

AROUND = Surroundings(
    mechanisms={"MA-SAL": "MA-SAL", "MA-RAB": "MA-RAB", "x-CAS-ANFA": "x-CAS-ANFA"},
    splits={"MA-CAS": ("x-CAS-ANFA", "x-CAS-FIDA")},
    wide=frozenset({"MA-04"}),
    reachable=frozenset({"MA-SAL"}),
)

GOAL_OF = ("control", "about", "jisr", "find_service", "report_abuse", "smalltalk")


def understood(
    text: str = "x",
    intent: str = "",
    *,
    confidence: float = 0.95,
    language: str = "ary-Arab",
    alarm: float | None = None,
    **entities: Any,
) -> Understood:
    name = intent.partition(".")[0]
    goal = name if name in (*GOAL_OF, "person", "case_status") else "none"
    found: list[Entity] = []
    for kind, value in entities.items():
        what, sure = value if isinstance(value, tuple) else (value, 0.95)
        several = what if isinstance(what, list) else [what]
        found.extend(Entity(kind, one, confidence=sure) for one in several)
    return Understood(
        text,
        language,  # type: ignore[arg-type]
        Goal(goal, confidence if intent else 0.0),  # type: ignore[arg-type]
        (Intent(intent, confidence),) if intent else (),
        tuple(found),
        Emergency(True, alarm, ("physical_danger",)) if alarm is not None else Emergency(),
    )


@dataclass
class Chat:
    session: Session = field(default_factory=Session)
    around: Surroundings = AROUND
    effects: Effects = ()
    flows: Any = field(default_factory=lambda: FLOWS)

    def on(self, event: Event, **around: Any) -> Chat:
        shown = self.session.screen
        around.setdefault(
            "offered", frozenset(v for v, _ in shown.choices) if shown else frozenset()
        )
        self.session, self.effects = advance(
            self.flows, self.session, event, replace(self.around, **around)
        )
        return self

    def said(self, text: str = "x", intent: str = "", **kw: Any) -> Chat:
        around = {k: kw.pop(k) for k in ("silent", "guide", "case") if k in kw}
        edits = kw.pop("edits", False)
        return self.on(Said(understood(text, intent, **kw), edits=edits), **around)

    def picked(self, value: str, slot: str | None = None, screen: int | None = None) -> Chat:
        shown = self.session.screen
        return self.on(Picked(slot or (shown.slot if shown else ""), value, screen))

    def pinned(self, *places: str) -> Chat:
        return self.on(Pinned(places))

    def contact(self, phone: str, *, own: bool = True) -> Chat:
        return self.on(GaveContact(phone, own))

    def sent(self, kind: str = "photo", attachment: str = "file-1") -> Chat:
        return self.on(SentFile(kind, attachment))

    def wait(self, what: str) -> Chat:
        return self.on(Elapsed(what))  # type: ignore[arg-type]

    def late(self, text: str = "x", intent: str = "", **kw: Any) -> Chat:
        return self.said(text, intent, silent=timedelta(minutes=11), **kw)

    @property
    def says(self) -> list[str]:
        return [
            f"guide:{e.record}" if isinstance(e, Tell) else e.message
            for e in self.effects
            if isinstance(e, Say | Put | Tell)
        ]

    @property
    def did(self) -> list[str]:
        return [
            type(e).__name__ for e in self.effects if not isinstance(e, Say | Put | Tell | Timers)
        ]

    def one(self, kind: type) -> Any:
        found = [e for e in self.effects if isinstance(e, kind)]
        assert len(found) == 1, found
        return found[0]

    @property
    def knows(self) -> dict[str, Any]:
        assert self.session.top
        return dict(self.session.top.answers)


def welcomed(**around: Any) -> Chat:
    """A conversation whose greeting and notice are behind it."""
    chat = Chat(Session(welcomed=True, noticed=True, language="ary-Arab"))
    chat.around = replace(AROUND, **around)
    return chat


def reporting(**entities: Any) -> Chat:
    """A report just begun; `entities` are what the first message says."""
    return welcomed().said("bghit nbelegh 3la", "report_abuse", **entities)


CASE = CaseSeen("delivered", "2026-11-23", "office")
