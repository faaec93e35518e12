"""Cues: short phrases that mean one thing, written once and found in both scripts of Darija.

In `data/cues/*.yaml` a cue is words with blanks between; `a/b` one of several, `a+` a beginning,
`…` up to three words between. Under `words` it is looked for as folded text, under `bones` as
consonant skeleton (so a cue written in Arabic letters finds the Latin ones too). A cue of `bones`
that would be shorter than three consonants is refused: it would find everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlu.normal import normal, tokens
from nlu.skeleton import skeleton
from nlu.written import written

GAP = r"(?: \S+){0,3}"


@dataclass(frozen=True, slots=True)
class Folded:
    """A message as cues look at it: words and skeletons, and the same between blanks."""

    word_list: tuple[str, ...]
    bone_list: tuple[str, ...]
    words: str
    bones: str


def folded(words: list[str]) -> Folded:
    bones = tuple(b for w in words if (b := skeleton(w)))
    return Folded(tuple(words), bones, f" {' '.join(words)} ", f" {' '.join(bones)} ")


@dataclass(frozen=True, slots=True)
class Cues:
    """One meaning's cues. `first`: what a message must hold for one of them to be in it: the
    beginnings of words (with a star: of which only the beginning is given)."""

    words: re.Pattern[str] | None
    bones: re.Pattern[str] | None
    first_words: frozenset[str]
    first_bones: frozenset[str]

    def found_in(self, message: Folded) -> bool:
        return bool(
            (self.words and self.words.search(message.words))
            or (self.bones and self.bones.search(message.bones))
        )

    def whole(self, message: Folded) -> bool:
        """The message is this cue and nothing more."""
        return bool(
            (self.words and self.words.fullmatch(message.words))
            or (self.bones and self.bones.fullmatch(message.bones))
        )


def without(words: Sequence[str], cues: Cues) -> list[str]:
    """The words that are in none of these cues: "mort de rire" says nothing of death."""
    gone = _covered(cues.words, words, range(len(words)))
    boned = [(n, b) for n, w in enumerate(words) if (b := skeleton(w))]
    gone |= _covered(cues.bones, [b for _, b in boned], [n for n, _ in boned])
    return [w for n, w in enumerate(words) if n not in gone]


def _covered(
    pattern: re.Pattern[str] | None, several: Sequence[str], at: Sequence[int]
) -> set[int]:
    """Numbers of the words in which a pattern is found; `at`: the number of each of `several`."""
    text = f" {' '.join(several)} "
    found: set[int] = set()
    for match in pattern.finditer(text) if pattern else ():
        # A match begins with a blank and ends with one: what stands before it are whole words.
        first = text.count(" ", 0, match.start())
        found.update(at[first : first + match.group().count(" ") - 1])
    return found


class Meanings:
    """The cues of a file by what they mean. A message is compared only with those of which it has
    the first word: one in fifty."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.cues = {str(meaning): compile_cues(cue) for meaning, cue in data.items()}
        self._order = {meaning: n for n, meaning in enumerate(self.cues)}
        self._words = _Beginnings((m, c.first_words) for m, c in self.cues.items())
        self._bones = _Beginnings((m, c.first_bones) for m, c in self.cues.items())

    def found_in(self, message: Folded) -> tuple[str, ...]:
        """What is in a message, in the order of the file."""
        return tuple(m for m in self._likely(message) if self.cues[m].found_in(message))

    def whole(self, message: Folded) -> str | None:
        """What the whole message is."""
        return next((m for m in self._likely(message) if self.cues[m].whole(message)), None)

    def _likely(self, message: Folded) -> list[str]:
        likely = self._words.of(message.word_list) | self._bones.of(message.bone_list)
        return sorted(likely, key=self._order.__getitem__)


class _Beginnings:
    """With which words meanings may begin; of some only the first letters are given (`abc*`)."""

    def __init__(self, first: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._whole: dict[str, set[str]] = {}
        self._open: dict[str, list[tuple[str, str]]] = {}
        for meaning, words in first:
            for word in words:
                if word.endswith("*"):
                    start = word[:-1]
                    self._open.setdefault(start[:1], []).append((start, meaning))
                else:
                    self._whole.setdefault(word, set()).add(meaning)

    def of(self, words: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for word in set(words):
            if known := self._whole.get(word):
                found |= known
            for start, meaning in self._open.get(word[:1], ()):
                if word.startswith(start):
                    found.add(meaning)
        return found


def compile_cues(data: Mapping[str, Any]) -> Cues:
    """From `{"words": […], "bones": […]}`. Raises ValueError on a cue that is too short."""
    words = [_pattern(c, bones=False) for c in data.get("words") or ()]
    bones = [_pattern(c, bones=True) for c in data.get("bones") or ()]
    return Cues(
        _any([p for p, _ in words]),
        _any([p for p, _ in bones]),
        frozenset(f for _, first in words for f in first),
        frozenset(f for _, first in bones for f in first),
    )


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile(f"(?:{'|'.join(patterns)})") if patterns else None


def _pattern(cue: str, *, bones: bool) -> tuple[str, list[str]]:
    """The cue as a pattern, and the words with which it may begin."""
    found = ""
    first: list[str] = []
    length = 0
    for word in cue.split():
        if word == "…":
            found += GAP
            continue
        options = [_option(o, bones=bones) for o in word.split("/")]
        length += min(len(shaped) for shaped, _ in options)
        if not found:
            first = [
                f"{shaped}*" if open_end and " " not in shaped else shaped.partition(" ")[0]
                for shaped, open_end in options
            ]
        patterns = [re.escape(s) + (r"\S*" if open_end else "") for s, open_end in options]
        found += f" (?:{'|'.join(patterns)})"
    if bones and length < 3:
        raise ValueError(f"the cue {cue} has too few consonants")
    return f"{found} ", first


def _option(word: str, *, bones: bool) -> tuple[str, bool]:
    """Its letters, and whether only its beginning is given."""
    parts = [t.text for t in tokens(normal(word.removesuffix("+")).text)]
    shaped = "".join(skeleton(p) for p in parts) if bones else " ".join(parts)
    return shaped, word.endswith("+")


@cache
def meanings(name: str) -> Meanings:
    """The cues of a file."""
    return Meanings(written(name))
