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
LONGEST = 16
"""Letters of the longest beginning of which a cue gives no more."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A message as cues look at it: words and skeletons, each also between blanks, and with what
    they begin."""

    word_list: tuple[str, ...]
    words: str
    bones: str
    word_starts: frozenset[str]
    bone_starts: frozenset[str]


def folded(words: Sequence[str], *, boned: bool = True) -> Folded:
    """`boned`: with skeletons too."""
    bones = [b for w in words if (b := skeleton(w))] if boned else []
    return Folded(
        tuple(words), f" {' '.join(words)} ", f" {' '.join(bones)} ", _starts(words), _starts(bones)
    )


def _starts(words: Iterable[str]) -> frozenset[str]:
    """The words, and what they begin with, a star behind it."""
    several = set(words)
    return frozenset(several).union(
        f"{word[:n]}*" for word in several for n in range(1, min(len(word), LONGEST) + 1)
    )


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
        self._words = _by_first((m, c.first_words) for m, c in self.cues.items())
        self._bones = _by_first((m, c.first_bones) for m, c in self.cues.items())

    def found_in(self, message: Folded) -> tuple[str, ...]:
        """What is in a message, in the order of the file."""
        return tuple(m for m in self._likely(message) if self.cues[m].found_in(message))

    def whole(self, message: Folded) -> str | None:
        """What the whole message is."""
        return next((m for m in self._likely(message) if self.cues[m].whole(message)), None)

    def _likely(self, message: Folded) -> list[str]:
        likely: set[str] = set()
        for word in self._words.keys() & message.word_starts:
            likely |= self._words[word]
        for bone in self._bones.keys() & message.bone_starts:
            likely |= self._bones[bone]
        return sorted(likely, key=self._order.__getitem__)


def _by_first(first: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """The meanings that may begin with a word; with a star: with a word that begins so."""
    found: dict[str, set[str]] = {}
    for meaning, words in first:
        for word in words:
            found.setdefault(word, set()).add(meaning)
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
