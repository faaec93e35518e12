"""What our own engine knows of entities, written for Rasa's tools: `nlu/data/lookups.yml`.

Lookup tables and synonyms come from the lists that our engine itself reads, regular expressions are
those it searches with. Written by `python -m nlu.building --words`; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nlu.numbers import PATTERNS
from nlu.written import written

OPERATORS = frozenset("/+…")
"""Of cues: what holds one is a pattern, not a phrase."""


def lookups_yaml() -> str:
    """Rasa NLU YAML: lookup tables, synonyms, regular expressions."""
    lines = [
        "# Written by `python -m nlu.building --words` from cues/, words.yaml and numbers.py.",
        'version: "3.1"',
        "nlu:",
    ]
    for entity, values in _tables().items():
        lines += _entry("lookup", entity, (p for several in values.values() for p in several))
        for value, phrases in values.items():
            lines += _entry("synonym", value, phrases)
    for entity, pattern in PATTERNS.items():
        lines += _entry("regex", entity, [pattern])
    return "\n".join(lines) + "\n"


def _tables() -> dict[str, dict[str, list[str]]]:
    """Phrases by entity and value."""
    found = {
        entity: {value: list(_phrases(cues)) for value, cues in written(file)[entity].items()}
        for file, entity in (
            ("project", "sector"),
            ("project", "legal_form"),
            ("people", "perpetrator"),
        )
    }
    found["harm"] = {value: list(_phrases(cues)) for value, cues in written("harm").items()}
    return found


def _phrases(cues: Mapping[str, Any]) -> Iterator[str]:
    for phrase in (*(cues.get("words") or ()), *(cues.get("bones") or ())):
        if not OPERATORS & set(phrase):
            yield " ".join(phrase.split())


def _entry(kind: str, name: str, phrases: Any) -> list[str]:
    several = dict.fromkeys(phrases)
    if not several:
        return []
    return [f"- {kind}: {name}", "  examples: |", *(f"    - {phrase}" for phrase in several)]
