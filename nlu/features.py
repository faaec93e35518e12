"""What a text is cut into for models and for search: words, pieces of words, skeletons, concepts.

For models a feature is a number: the CRC-32 of its name. No model has to keep names, and two of
80,000 seldom share a number. Words come back, so what each is cut into is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nlu.concepts import concepts
from nlu.normal import normal, tokens
from nlu.skeleton import skeleton

Features = NDArray[np.uint32]
"""Of a word or of a text; what comes twice counts twice."""
WORDS = 120
"""Words of a message that models look at."""
LETTERED = 60
"""Words by which a language is told."""
WEIGHT = 3
"""How often a concept counts beside one piece of a word: at one it is drowned by them."""
WORDS_KEPT, PAIRS = 8_192, 4_096
"""Of how many words, and pairs of words, it is remembered what they are cut into."""
SEARCH = {"w": 1.0, "s": 1.0, "c": 0.35, "m": 1.5}
"""How much a piece counts in search, by its kind (docs/performance.md)."""
_NONE: Features = np.empty(0, dtype=np.uint32)


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return [t.text for t in tokens(normal(text).text)]


def pieces(words: Sequence[str]) -> Features:
    """Features of folded words, each with the kind it is: `w:` word, `s:` skeleton, `k:` pieces of
    the skeleton, `c:` letters within a word, `m:` concept; then for each two words `b:`, for their
    skeletons `t:` and pieces of those across the blank `j:`; then `mm:` each two concepts that
    follow one another or stand one apart. Pieces of skeletons carry what is
    learnt in one script into the other, concepts what is learnt in one language
    (docs/performance.md)."""
    words = words[:WORDS]
    meant = [word for word in words if concepts(word)]
    near = (*pairwise(meant), *zip(meant, meant[2:], strict=False))
    return _together(
        [
            *map(_pieces, words),
            *(_pair(a, b) for a, b in pairwise(words)),
            *(_meant(a, b) for a, b in near),
        ]
    )


def letters(words: Sequence[str]) -> Features:
    """Features that tell a language: the words, and their letters in twos to fours."""
    return _together(list(map(_letters, words[:LETTERED])))


def names(words: Sequence[str]) -> NDArray[np.uint32]:
    """Of each word the features `w:` and `s:`: by one a model knows it. Shape (words, 2)."""
    return np.array([_names(word) for word in words], dtype=np.uint32).reshape(-1, 2)


class Analysis:
    """How search cuts a text: words; and of a word itself, its skeleton, its letters in threes and
    fours, its concepts. For the directory's index."""

    @staticmethod
    def words(text: str) -> list[str]:
        """A letter alone is no word to look for."""
        return [word for word in words_of(text) if len(word) > 1 or word.isdecimal()]

    @staticmethod
    def pieces(word: str, *, brief: bool = False) -> tuple[str, ...]:
        """`brief`: without its letters, for long texts."""
        found = _search_pieces(word)
        return tuple(p for p in found if p[0] != "c") if brief else found

    @staticmethod
    def weight(piece: str) -> float:
        """How much a piece counts, by its kind."""
        return SEARCH[piece[0]]


def _together(several: list[Features]) -> Features:
    return np.concatenate(several) if several else _NONE


def _numbers(features: Iterable[str]) -> Features:
    return np.array([crc32(f.encode()) for f in features], dtype=np.uint32)


def _cut(text: str, size: int) -> list[str]:
    return [text[n : n + size] for n in range(len(text) - size + 1)]


@lru_cache(maxsize=WORDS_KEPT)
def _pieces(word: str) -> Features:
    bones = skeleton(word)
    found = [f"w:{word}"]
    if len(bones) > 1:
        found.append(f"s:{bones}")
    for size in (2, 3, 4):
        found += [f"k:{piece}" for piece in _cut(f"<{bones}>", size)]
    for size in (3, 4):
        found += [f"c:{piece}" for piece in _cut(f"<{word}>", size)]
    found += [f"m:{concept}" for concept in concepts(word)] * WEIGHT
    return _numbers(found)


@lru_cache(maxsize=PAIRS)
def _pair(first: str, second: str) -> Features:
    one, two = skeleton(first), skeleton(second)
    found = [f"b:{first} {second}"]
    if one and two:
        found.append(f"t:{one} {two}")
        both = f"{one[-3:]} {two[:3]}"
        found += [f"j:{piece}" for piece in _cut(both, 4) if " " in piece]
    return _numbers(found)


@lru_cache(maxsize=PAIRS)
def _meant(first: str, second: str) -> Features:
    return _numbers(f"mm:{a}+{b}" for a in concepts(first) for b in concepts(second))


@lru_cache(maxsize=WORDS_KEPT)
def _names(word: str) -> tuple[int, int]:
    return crc32(f"w:{word}".encode()), crc32(f"s:{skeleton(word)}".encode())


@lru_cache(maxsize=WORDS_KEPT)
def _letters(word: str) -> Features:
    edged = f"<{word}>"
    return _numbers([f"w:{word}", *(piece for size in (2, 3, 4) for piece in _cut(edged, size))])


@lru_cache(maxsize=WORDS_KEPT)
def _search_pieces(word: str) -> tuple[str, ...]:
    bones = skeleton(word)
    found = [f"w:{word}"]
    if len(bones) > 1:
        found.append(f"s:{bones}")
    found += [f"c:{piece}" for size in (3, 4) for piece in _cut(f"<{word}>", size)]
    return (*found, *(f"m:{concept}" for concept in concepts(word)))
