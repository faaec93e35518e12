"""Plain word lists of `data/words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FILE = Path(__file__).parent / "data" / "words.yaml"


@cache
def _lists() -> Any:
    return YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """A list by its name."""
    return frozenset(_lists()[name])


@cache
def number_words() -> Mapping[str, int]:
    """Numbers in words, folded."""
    return {word: int(n) for n, several in _lists()["numbers"].items() for word in several}


@cache
def table(name: str) -> Mapping[str, Any]:
    """A list of words by what they mean, turned round: each word to its meaning."""
    return {str(word): meaning for meaning, words_ in _lists()[name].items() for word in words_}
