"""What a word means, by the concepts that Darija, standard Arabic and French share.

A model learns from phrases in four writings. A word that shares its concept with words of the other
languages is known where only those were seen: trained on standard Arabic alone, intents of Darija
are found more often with concepts than without (docs/performance.md). The lexicon is
`data/concepts.tsv`.
"""

from __future__ import annotations

from functools import lru_cache

from nlu.stems import stems
from nlu.written import written

MOST = 2
"""Meanings of a word that still says something."""


@lru_cache(maxsize=16_384)
def concepts(word: str) -> tuple[str, ...]:
    """The concepts of a folded word, in alphabetical order; those of its stems where the word
    itself is not in the lexicon; none where there are too many."""
    lexicon = written("concepts")
    if known := lexicon["words"].get(word):
        found = known.split()
    else:
        meant = (lexicon["stems"].get(stem, "") for stem in stems(word))
        found = sorted({concept for several in meant for concept in several.split()})
    return tuple(found) if len(found) <= MOST else ()
