"""Which of the languages of this country a message is written in: script first, then a small model.

Ready-made identifiers know no Darija: none of them places a line of it in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

from nlu.features import letters
from nlu.linear import Linear, load
from nlu.understood import Language

MODELS = Path(__file__).parent / "model"
SHORT = 3
"""Words: a message this short goes with the conversation where its script allows."""
_ARABIC_LETTERS = re.compile(
    "[\u0621-\u064a\u066e-\u06d3\u06d5\u06fa-\u06fc\u0750-\u077f\ufb50-\ufefc]"
)
_LATIN_LETTERS = re.compile(
    "[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"
)
_ARABIC: tuple[Language, ...] = ("ary-Arab", "arb", "other")
_LATIN: tuple[Language, ...] = ("ary-Latn", "fra", "other")


@cache
def _model(name: str) -> Linear:
    return load(MODELS / f"{name}.npz")[0]


def script_of(text: str) -> str:
    """`arabic`, `latin`, `other` or `none`, by the most letters."""
    arabic = len(_ARABIC_LETTERS.findall(text, 0, 1000))
    latin = len(_LATIN_LETTERS.findall(text, 0, 1000))
    other = sum(map(str.isalpha, text[:1000])) - arabic - latin
    most = max(arabic, latin, other)
    if most == 0:
        return "none"
    return {arabic: "arabic", latin: "latin", other: "other"}[most]


def identify(
    text: str, words: Sequence[str], hint: Language | None = None
) -> tuple[Language, float]:
    """The language and how sure. `words`: the text folded; `hint`: the conversation's, for messages
    too short to tell."""
    script = script_of(text)
    if script == "other":
        return "other", 0.99
    if script == "none":
        return (hint, 0.5) if hint else ("other", 0.3)
    model = _model(script)
    scores = model.scores(letters(words))
    ranked = sorted(zip(model.classes, scores, strict=True), key=lambda pair: -pair[1])
    best, sure = cast(Language, ranked[0][0]), float(ranked[0][1])
    fits = hint in (_ARABIC if script == "arabic" else _LATIN)
    if hint and fits and hint != "other" and len(words) <= SHORT and sure < 0.9:
        return hint, 0.6
    if script == "arabic" and best == "arb" and sure < 0.9 and len(words) < SHORT:
        return "ary-Arab", 0.6  # a word or two that both have: Darija is what people write
    if best == "other" and sure < 0.5:
        # Names and slips: what people here write is likelier than a foreign language.
        second = cast(Language, ranked[1][0])
        return (second, float(ranked[1][1]))
    return best, sure
