"""Cues: short phrases that mean one thing, written once and found in both scripts of Darija.

In `data/cues/*.yaml` a cue is words with blanks between; `a/b` one of several, `a+` a beginning,
`…` up to three words between. Under `words` it is looked for as folded text, under `bones` as
consonant skeleton (so a cue written in Arabic letters finds the Latin ones too). A cue of `bones`
that would be shorter than three consonants is refused: it would find everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from nlu.normal import normal, tokens
from nlu.skeleton import skeleton

FOLDER = Path(__file__).parent / "data" / "cues"
GAP = r"(?: \S+){0,3}"


@dataclass(frozen=True, slots=True)
class Folded:
    """A message as cues look at it: words and skeletons between blanks, with blanks around."""

    words: str
    bones: str

    @property
    def count(self) -> int:
        return self.words.count(" ") - 1


def folded(words: list[str]) -> Folded:
    bones = [b for w in words if (b := skeleton(w))]
    return Folded(f" {' '.join(words)} ", f" {' '.join(bones)} ")


@dataclass(frozen=True, slots=True)
class Cues:
    """One meaning's cues."""

    words: re.Pattern[str] | None
    bones: re.Pattern[str] | None

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


def compile_cues(data: Mapping[str, Any]) -> Cues:
    """From `{"words": […], "bones": […]}`. Raises ValueError on a cue that is too short."""
    words = [_pattern(c, bones=False) for c in data.get("words") or ()]
    bones = [_pattern(c, bones=True) for c in data.get("bones") or ()]
    return Cues(_any(words), _any(bones))


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile(f"(?:{'|'.join(patterns)})") if patterns else None


def _pattern(cue: str, *, bones: bool) -> str:
    if cue.startswith("~"):
        # Consonants themselves, where no spelling says it better.
        return f" {cue[1:]} "
    found = ""
    length = 0
    for word in cue.split():
        if word == "…":
            found += GAP
            continue
        options = [_option(o, bones=bones) for o in word.split("/")]
        length += min(len(o.replace(r"\S*", "")) for o in options)
        found += f" (?:{'|'.join(options)})"
    if bones and length < 3:
        raise ValueError(f"the cue {cue} has too few consonants")
    return f"{found} "


def _option(word: str, *, bones: bool) -> str:
    open_end = word.endswith("+")
    parts = [t.text for t in tokens(normal(word.removesuffix("+")).text)]
    shaped = "".join(skeleton(p) for p in parts) if bones else " ".join(parts)
    return re.escape(shaped) + (r"\S*" if open_end else "")


@cache
def load(name: str) -> Any:
    """A file of cues, as written."""
    path = FOLDER / f"{name}.yaml"
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


@cache
def cues(name: str) -> Mapping[str, Cues]:
    """The cues of a file, by the meaning they stand for."""
    return {str(meaning): compile_cues(data) for meaning, data in load(name).items()}
