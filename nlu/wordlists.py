"""Plain word lists of `data/words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from nlu.written import written


@cache
def words(name: str) -> frozenset[str]:
    """A list by its name."""
    return frozenset(written("words")[name])


@cache
def number_words() -> Mapping[str, int]:
    """Numbers in words, folded."""
    return {word: int(n) for n, several in written("words")["numbers"].items() for word in several}


@cache
def table(name: str) -> Mapping[str, Any]:
    """A list of words by what they mean, turned round: each word to its meaning."""
    return {
        str(word): meaning for meaning, words_ in written("words")[name].items() for word in words_
    }
