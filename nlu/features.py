"""What a text is cut into for models and for search: words, pieces of words, skeletons.

Words come back, so what each is cut into is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from nlu.normal import normal, tokens
from nlu.skeleton import skeleton

Group = tuple[str, ...]
"""The features of one word, or of two together: what a model adds up at once."""
WORDS = 120
"""Words of a message that models look at."""


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return [t.text for t in tokens(normal(text).text)]


@lru_cache(maxsize=32_768)
def _pieces(word: str) -> Group:
    bones = skeleton(word)
    found = [f"w:{word}"]
    if len(bones) > 1:
        found.append(f"s:{bones}")
    edged = f"<{word}>"
    for size in (3, 4):
        found += [f"c:{edged[n : n + size]}" for n in range(len(edged) - size + 1)]
    return tuple(found)


@lru_cache(maxsize=32_768)
def _letters(word: str) -> Group:
    edged = f"<{word}>"
    found = [f"w:{word}"]
    for size in (2, 3, 4):
        found += [edged[n : n + size] for n in range(len(edged) - size + 1)]
    return tuple(found)


def pieces(words: Sequence[str]) -> list[Group]:
    """Features of folded words, each with the kind it is: `w:` word, `s:` skeleton, `c:` letters
    within a word; then for each two words `b:` and for their skeletons `t:`."""
    words = words[:WORDS]
    found = [_pieces(word) for word in words]
    found += [_pair(first, second) for first, second in pairwise(words)]
    return found


@lru_cache(maxsize=65_536)
def _pair(first: str, second: str) -> Group:
    one, two = skeleton(first), skeleton(second)
    together = (f"b:{first} {second}",)
    return (*together, f"t:{one} {two}") if one and two else together


def letters(words: Sequence[str]) -> list[Group]:
    """Features that tell a language: the words, and their letters in twos to fours."""
    return [_letters(word) for word in words[:60]]


def analyse(text: str) -> tuple[str, ...]:
    """Search tokens of a text, for the directory's index."""
    return tuple(piece for word in words_of(text)[:WORDS] for piece in _pieces(word))
