"""Who and what a message is about: who does it, who tells it, boy or girl, how she wants to appear;
and of a project its sector and its legal form."""

from __future__ import annotations

from functools import cache

from nlu.cues import Folded, Meanings
from nlu.understood import Entity, Language
from nlu.written import written


@cache
def _meanings(kind: str, file: str = "people") -> Meanings:
    return Meanings(written(file)[kind])


def project(message: Folded) -> list[Entity]:
    """Entities `sector` and `legal_form`; the values are those of `data/cues/project.yaml`."""
    return [
        Entity(kind, value, confidence=0.85)
        for kind in ("sector", "legal_form")
        if (value := next(iter(_meanings(kind, "project").found_in(message)), None))
    ]


def people(message: Folded, *, harms: tuple[str, ...]) -> list[Entity]:
    """Entities `perpetrator`, `reporter`, `child_sex`, `wish`, `language`; whole-message values."""
    found: list[Entity] = []
    for kind, sure in (("wish", 0.9), ("language", 0.95)):
        if value := _first(kind, message):
            found.append(Entity(kind, value, confidence=sure))
    if harms:
        if value := _first("perpetrator", message):
            found.append(Entity("perpetrator", value, confidence=0.85))
        if value := _first("child_sex", message):
            found.append(Entity("child_sex", value, confidence=0.85))
    teller = _first("reporter", message)
    if teller and not (teller == "child" and _first("grown_up", message)):
        found.append(Entity("reporter", teller, confidence=0.85))
    return found


def _first(kind: str, message: Folded) -> str | None:
    """The first value of the file whose cues are in the message: the order is the priority."""
    return next(iter(_meanings(kind).found_in(message)), None)


LANGUAGES: tuple[Language, ...] = ("ary-Latn", "ary-Arab", "arb", "fra")
