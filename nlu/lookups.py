"""Entities that a data set teaches in Rasa's way: lookup tables, regular expressions, synonyms, and
examples with marks such as `[Salé](place)`.

The assistant's own entities are found elsewhere (`nlu/understanding.py`); this serves data sets of
others, and `data/lookups.yml` gives Rasa's tools what ours know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nlu.normal import normal, tokens

MARKED = re.compile(r"\[([^\]]+)\](?:\(([^):]*)(?::([^)]*))?\)|(\{[^}]*\}))")
"""`[Salé](place)`, `[Salé](place:MA-SAL)`, `[Salé]{"entity": "place", "value": "MA-SAL"}`."""
WIDEST = 6
"""Words of the longest phrase that is looked up."""
LOOKED_AT = 2000
"""Characters in which regular expressions are looked for: they are another's, and may be slow."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """`phrases`: the entity of each folded phrase; `patterns`: pairs of entity and expression;
    `synonyms`: what a folded phrase stands for."""

    phrases: Mapping[str, str]
    patterns: tuple[tuple[str, str], ...]
    synonyms: Mapping[str, str]

    def find(self, text: str) -> list[dict[str, Any]]:
        """In the shape of Rasa's answers; offsets are into the text; longer phrases first, nothing
        twice."""
        found = sorted(
            [*self._phrases(text), *self._patterns(text)],
            key=lambda e: (e["start"] - e["end"], e["start"]),
        )
        kept: list[dict[str, Any]] = []
        for one in found:
            if not any(one["start"] < e["end"] and e["start"] < one["end"] for e in kept):
                kept.append(one)
        return sorted(kept, key=lambda e: int(e["start"]))

    def written(self) -> str:
        return json.dumps([self.phrases, self.patterns, self.synonyms], ensure_ascii=False)

    def _phrases(self, text: str) -> Iterator[dict[str, Any]]:
        folded = normal(text)
        words = tokens(folded.text) if self.phrases else []
        for n, first in enumerate(words):
            for last in words[n : n + WIDEST]:
                entity = self.phrases.get(folded.text[first.start : last.end])
                if entity:
                    yield self._entity(text, entity, *folded.original(first.start, last.end))

    def _patterns(self, text: str) -> Iterator[dict[str, Any]]:
        for entity, pattern in self.patterns:
            for match in re.finditer(pattern, text[:LOOKED_AT]):
                if match.group():
                    yield self._entity(text, entity, match.start(), match.end())

    def _entity(self, text: str, entity: str, start: int, end: int) -> dict[str, Any]:
        said = text[start:end]
        value = self.synonyms.get(_key(said), said)
        return {"entity": entity, "start": start, "end": end, "value": value,
                "extractor": "Lookups"}  # fmt: skip


NOTHING = Lookups({}, (), {})


def lookups_from(text: str) -> Lookups:
    """From `written()`."""
    phrases, patterns, synonyms = json.loads(text)
    return Lookups(phrases, tuple((e, p) for e, p in patterns), synonyms)


def lookups_in(entries: Iterable[dict[str, Any]]) -> Lookups:
    """From the entries of a data set. Raises ValueError on an expression that is none."""
    phrases: dict[str, str] = {}
    patterns: list[tuple[str, str]] = []
    synonyms: dict[str, str] = {}
    for entry in entries:
        lines = list(lines_of(entry))
        if "lookup" in entry:
            phrases |= {_key(line): str(entry["lookup"]) for line in lines}
        elif "synonym" in entry:
            synonyms |= {_key(line): str(entry["synonym"]) for line in lines}
        elif "regex" in entry:
            patterns += [(str(entry["regex"]), _checked(line)) for line in lines]
        elif "intent" in entry:
            for said, entity, value in (m for line in lines for m in _marks(line)):
                phrases.setdefault(_key(said), entity)
                if value:
                    synonyms.setdefault(_key(said), value)
    phrases.pop("", None)
    return Lookups(phrases, tuple(patterns), synonyms)


def lines_of(entry: dict[str, Any]) -> Iterator[str]:
    """The examples of an entry: a text of lines that begin with a dash, or a list."""
    raw = entry.get("examples") or ""
    if isinstance(raw, str):
        yield from (line.strip().removeprefix("-").strip() for line in raw.splitlines())
        return
    yield from (str(e["text"] if isinstance(e, dict) else e).strip() for e in raw)


def unmarked(text: str) -> str:
    """`[Salé](place)` is Salé."""
    return MARKED.sub(r"\1", text)


def _marks(line: str) -> Iterator[tuple[str, str, str]]:
    for match in MARKED.finditer(line):
        said, entity, value, told = match.groups()
        if told:
            try:
                data = json.loads(told)
            except ValueError:
                continue
            entity, value = data.get("entity"), data.get("value")
        if entity:
            yield said, str(entity), str(value or "")


def _checked(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern} is no regular expression: {error}.") from error
    return pattern


def _key(text: str) -> str:
    return " ".join(t.text for t in tokens(normal(text).text))
