"""What a word means, by the concepts that Darija, standard Arabic and French share.

A model learns from phrases in four writings. A word that shares its concept with words of the other
languages is known where only those were seen: trained on standard Arabic alone, intents of Darija
are found more often with concepts than without (docs/performance.md). The lexicon is
`data/concepts.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from nlu.skeleton import skeleton, sound, within
from nlu.stems import french, rests
from nlu.written import written

LEAST = 3
"""Letters of a sound by which a word may be known: fewer meet by chance."""
MOST = 3
"""Meanings of a word that still says something."""


@lru_cache(maxsize=8_192)
def concepts(word: str) -> tuple[str, ...]:
    """The concepts of a folded word, in alphabetical order; where the word itself is not in the
    lexicon, those of the longest rest of it that is; none where there are too many."""
    for found in _readings(word, written("concepts")):
        several = found.split()
        return tuple(several) if len(several) <= MOST else ()
    return ()


def _readings(word: str, lexicon: dict[str, dict[str, str]]) -> Iterator[str]:
    """What it may mean, the likeliest first: spelt so, without its beginnings and endings, by its
    consonants, as a French word."""
    words, stems = lexicon["words"], lexicon["french"]
    shorter = rests(word)
    for rest in (word, *shorter):
        if found := words.get(rest):
            yield found
    if word[0] < "\u0600":
        if found := stems.get(french(word)):
            yield found
        for rest in (word, *shorter):
            if found := _heard(rest, lexicon["sounds"].get(skeleton(rest), "")):
                yield found


def _heard(word: str, known: str) -> str:
    """Of the Arabic words with its consonants, the concepts of the one whose vowels it has too: of
    two, the one with more of them. `known`: `sound:concept concept|…`."""
    heard = sound(word)
    best, meant = "", ""
    for one in known.split("|") if known else ():
        as_said, _, concepts_ = one.partition(":")
        if len(as_said) > len(best) and len(as_said) >= LEAST and within(as_said, heard):
            best, meant = as_said, concepts_
    return meant
