"""What a word means, by the concepts that Darija, standard Arabic and French share.

A model learns from phrases in four writings. A word that shares its concept with words of the other
languages is known where only those were seen: trained on standard Arabic alone, intents of Darija
are found far more often with concepts than without (docs/performance.md). The lexicon is
`data/concepts.tsv`: concept, Darija, standard Arabic, French, words parted by blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from nlu.normal import normal
from nlu.stems import stems

FILE = Path(__file__).parent / "data" / "concepts.tsv"
LONG = 5
"""Letters of a stem, its mark included, from which it may stand for a word: shorter ones meet by
chance."""
MOST = 2
"""Meanings of a word that still says something."""

Concepts = tuple[str, ...]


@lru_cache(maxsize=32_768)
def concepts(word: str) -> Concepts:
    """The concepts of a folded word, in alphabetical order; those of its stems where the word itself
    is not in the lexicon; none where there are too many."""
    words, stems_ = _lexicon()
    found = words.get(word) or tuple(
        sorted({c for stem in stems(word) for c in stems_.get(stem, ())})
    )
    return found if len(found) <= MOST else ()


@cache
def _lexicon() -> tuple[Mapping[str, Concepts], Mapping[str, Concepts]]:
    words: dict[str, set[str]] = {}
    stems_: dict[str, set[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        concept, darija, arabic, french = line.split("\t")
        for kind, several in (("r:", f"{darija} {arabic}"), ("f:", french)):
            for raw in several.split():
                word = normal(raw).text
                words.setdefault(word, set()).add(concept)
                for stem in stems(word):
                    if stem.startswith(kind) and len(stem) >= LONG:
                        stems_.setdefault(stem, set()).add(concept)
    return _sorted(words), _sorted(stems_)


def _sorted(found: dict[str, set[str]]) -> dict[str, Concepts]:
    return {key: tuple(sorted(several)) for key, several in found.items()}
