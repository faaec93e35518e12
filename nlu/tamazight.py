"""Tamazight, recognised so that who writes it gets the numbers and a speaker. It is not understood
further: we have no texts to learn it from.

Known by its words, in Latin and Arabic letters; Tifinagh is read as Latin letters. The words and
the phrases of danger stand in `data/cues/tamazight.yaml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Literal, cast

from nlu.cues import Meanings, folded
from nlu.normal import normal, tokens
from nlu.understood import EmergencyCategory
from nlu.written import written

Variant = Literal["zgh", "shi", "tzm", "rif"]
"""ISO 639-3: standard Moroccan Tamazight (or: which one cannot be told), Tachelhit, Tamazight of
the Atlas, Tarifit."""
WEAK = 0.4
"""What a word counts that other languages have too."""
ENOUGH, SHORT = 1.7, 3
"""Words that make a message Tamazight; in one of at most `SHORT` words one is enough."""
ALARM = 0.7
"""How probable danger is where a message in Tamazight names one."""
SHARE = 0.2
"""Of the words of a longer message."""
_TIFINAGH = str.maketrans(
    {
        "ⴰ": "a", "ⴱ": "b", "ⴳ": "g", "ⴷ": "d", "ⴹ": "d", "ⴻ": "e", "ⴼ": "f", "ⴽ": "k", "ⵀ": "h",
        "ⵃ": "h", "ⵄ": "3", "ⵅ": "kh", "ⵇ": "q", "ⵉ": "i", "ⵊ": "j", "ⵍ": "l", "ⵎ": "m", "ⵏ": "n",
        "ⵓ": "u", "ⵔ": "r", "ⵕ": "r", "ⵖ": "gh", "ⵙ": "s", "ⵚ": "s", "ⵛ": "ch", "ⵜ": "t",
        "ⵟ": "t", "ⵡ": "w", "ⵢ": "y", "ⵣ": "z", "ⵥ": "z", "ⵯ": "w",
    }
)  # fmt: skip
I_DO = re.compile(r"(?=[a-z]{5,}$)\w*[^aeiou][ei]gh$")
"""The first person of a verb: "sawlegh", "ssinegh"."""
_LETTER = re.compile("[\u2d30-\u2d67]")
_EDGES = (("ɣ", "gh"), ("γ", "gh"), ("ɛ", "3"), ("ε", "3"))


def latin(text: str) -> str:
    """The text with Tifinagh and the letters of its Latin alphabet as people type them."""
    text = text.translate(_TIFINAGH)
    for letter, typed in _EDGES:
        text = text.replace(letter, typed)
    return text


def words_of(text: str) -> list[str]:
    """The folded words of a text written in Tamazight."""
    return [t.text for t in tokens(normal(latin(text.lower())).text)]


def variant(text: str, said: Sequence[str]) -> Variant | None:
    """Which Tamazight a message is written in; None: in none. `said`: its folded words."""
    if _LETTER.search(text):
        said = words_of(text)
        return _nearest(said) or "zgh"
    if "ɣ" in text or "ɛ" in text:
        said = words_of(text)
    return _nearest(said)


def danger(text: str) -> tuple[EmergencyCategory, ...]:
    """The dangers that a message in Tamazight names."""
    words = tuple(words_of(text))
    message = folded(words, boned=False)
    cues = written("tamazight")["danger"]
    found = (cues[name]["category"] for name in _danger().found_in(message))
    return cast(tuple[EmergencyCategory, ...], tuple(dict.fromkeys(found)))


def _nearest(said: Sequence[str]) -> Variant | None:
    """The variant of which most words are in the message, the first of equals."""
    words, weights = _words(), _weights()
    known = [w for w in said if w in words]
    score = sum(weights[w] for w in known)
    score += sum(0.7 for w in said if w not in words and I_DO.match(w))
    enough = score >= ENOUGH and score >= SHARE * len(said)
    if not enough and not (len(said) <= SHORT and score >= 1):
        return None
    kinds = [words[w] for w in known if words[w] != "zgh"]
    return Counter(kinds).most_common(1)[0][0] if kinds else "zgh"


@cache
def _words() -> dict[str, Variant]:
    found: dict[str, Variant] = {}
    for kind, several in written("tamazight")["words"].items():
        name = cast(Variant, "zgh" if kind == "arabic" else kind)
        for word in several:
            for token in tokens(normal(word).text):
                found.setdefault(token.text, name)
    return found


@cache
def _weights() -> dict[str, float]:
    weak = {t.text for word in written("tamazight")["weak"] for t in tokens(normal(word).text)}
    return {word: WEAK if word in weak else 1.0 for word in (*_words(), *weak)}


@cache
def _danger() -> Meanings:
    return Meanings(written("tamazight")["danger"])
