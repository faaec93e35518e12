"""What a text is cut into for models and for search: words, pieces of words, skeletons, concepts.

Words come back, so what each is cut into is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from nlu.concepts import concepts
from nlu.normal import normal, tokens
from nlu.skeleton import skeleton

Group = tuple[str, ...]
"""The features of one word, or of two together: what a model adds up at once."""
WORDS = 120
"""Words of a message that models look at."""
WEIGHT = 3
"""How often a concept counts beside one piece of a word: at one it is drowned by them."""


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return [t.text for t in tokens(normal(text).text)]


def _cut(text: str, size: int) -> list[str]:
    return [text[n : n + size] for n in range(len(text) - size + 1)]


@lru_cache(maxsize=32_768)
def _pieces(word: str) -> Group:
    bones = skeleton(word)
    found = [f"w:{word}"]
    if len(bones) > 1:
        found.append(f"s:{bones}")
    for size in (2, 3, 4):
        found += [f"k:{piece}" for piece in _cut(f"<{bones}>", size)]
    for size in (3, 4):
        found += [f"c:{piece}" for piece in _cut(f"<{word}>", size)]
    found += [f"m:{concept}" for concept in concepts(word)] * WEIGHT
    return tuple(found)


@lru_cache(maxsize=32_768)
def _search_pieces(word: str) -> Group:
    bones = skeleton(word)
    found = [f"w:{word}"]
    if len(bones) > 1:
        found.append(f"s:{bones}")
    return (*found, *(f"c:{piece}" for size in (3, 4) for piece in _cut(f"<{word}>", size)))


@lru_cache(maxsize=32_768)
def _letters(word: str) -> Group:
    edged = f"<{word}>"
    found = [f"w:{word}"]
    for size in (2, 3, 4):
        found += _cut(edged, size)
    return tuple(found)


def pieces(words: Sequence[str]) -> list[Group]:
    """Features of folded words, each with the kind it is: `w:` word, `s:` skeleton, `k:` pieces of
    the skeleton, `c:` letters within a word, `m:` concept; then for each two words `b:`, for their
    skeletons `t:` and pieces of those across the blank `j:`. Pieces of skeletons carry what is
    learnt in one script into the other, concepts what is learnt in one language
    (docs/performance.md)."""
    words = words[:WORDS]
    found = [_pieces(word) for word in words]
    found += [_pair(first, second) for first, second in pairwise(words)]
    return found


@lru_cache(maxsize=65_536)
def _pair(first: str, second: str) -> Group:
    one, two = skeleton(first), skeleton(second)
    together = [f"b:{first} {second}"]
    if one and two:
        together.append(f"t:{one} {two}")
        both = f"{one[-3:]} {two[:3]}"
        together += [f"j:{piece}" for piece in _cut(both, 4) if " " in piece]
    return tuple(together)


def letters(words: Sequence[str]) -> list[Group]:
    """Features that tell a language: the words, and their letters in twos to fours."""
    return [_letters(word) for word in words[:60]]


def analyse(text: str) -> tuple[str, ...]:
    """Search tokens of a text, for the directory's index."""
    return tuple(piece for word in words_of(text)[:WORDS] for piece in _search_pieces(word))
