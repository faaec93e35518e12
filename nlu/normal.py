"""One spelling for what people write in many: folded text that knows where each letter stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

LONGEST = 4000
"""Characters that are looked at; nobody's emergency begins later, and no message takes long."""

_FOLD = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیئې", "ي"),
    "ؤ": "و",
    "ة": "ه",
    "ک": "ك",
    "ڭ": "ك",
    "گ": "ك",
    "ڤ": "ف",
    "ڥ": "ف",
    "پ": "ب",
    "چ": "ش",
    "ہ": "ه",
    "ھ": "ه",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "œ": "oe",
    "æ": "ae",
    "ß": "ss",
    "،": ",",
    "؛": ";",
    "؟": "?",
    "٫": ".",
    "ـ": "",
}


@dataclass(frozen=True, slots=True)
class Normal:
    """`text` is folded; `at[i]` is where its i-th character stands in the original."""

    text: str
    at: Sequence[int]
    accented: frozenset[int] = frozenset()
    """Where in `text` a Latin letter lost an accent: "Salé" is a town, "sale" may be dirt."""

    def plain(self, start: int, end: int) -> bool:
        """No Latin letter of this span carried an accent."""
        return not any(start <= n < end for n in self.accented)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original of a span of the folded text."""
        return self.at[start], self.at[end - 1] + 1


def _folded(char: str) -> str:
    known = _FOLD.get(char)
    if known is not None:
        return known
    if char.isascii():
        return char.lower()
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc", "Cs", "Co"):
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKD", char)
    kept = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return "".join(_FOLD.get(c, c) for c in kept)


_KNOWN: dict[str, str] = {}

_ONE_TO_ONE = {
    ord(char): folded
    for char, folded in {
        **{chr(n): chr(n).lower() for n in range(65, 91)},
        **{chr(n): _folded(chr(n)) for n in range(0x0621, 0x064B)},
        **{chr(n): _folded(chr(n)) for n in (*range(0x0660, 0x066A), *range(0x06F0, 0x06FA))},
        **_FOLD,
        "\n": " ",
    }.items()
    if len(folded) == 1
}
_SLOW = re.compile(r"[^ !-~ء-غف-ي]|([^\W\d_])\1\1|  |^ | $")
"""What needs the longer way: other letters, drawn-out ones, blanks that go."""


def normal(text: str) -> Normal:
    """Folded: one alef, one ya, one ha, ASCII digits, no vowel marks, no tatweel, no accents, no
    bidi controls, lower case, drawn-out letters cut to one, white space to one blank."""
    text = text[:LONGEST]
    quick = text.translate(_ONE_TO_ONE)
    if _SLOW.search(quick) is None:
        # Letter for letter, nothing drawn out: what almost every message is.
        return Normal(quick, range(len(quick)))
    out: list[str] = []
    at: list[int] = []
    accented: set[int] = set()
    run = 0
    for place, char in enumerate(text):
        folded = _KNOWN.get(char)
        if folded is None:
            folded = " " if char.isspace() else _folded(char)
            if len(_KNOWN) < 4096:
                _KNOWN[char] = folded
        for one in folded:
            if one == " " and (not out or out[-1] == " "):
                continue
            run = run + 1 if out and out[-1] == one else 1
            if run == 3 and one.isalpha():
                out.pop()  # the third of a kind: it was drawn out, once is enough
                at.pop()
            if run >= 3 and one.isalpha():
                continue
            if "\u00c0" <= char <= "\u024f":
                accented.add(len(out))
            out.append(one)
            at.append(place)
    if out and out[-1] == " ":
        out.pop()
        at.pop()
    return Normal("".join(out), tuple(at), frozenset(accented))


WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Token(NamedTuple):
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Words of a folded text with their places in it."""
    return [Token(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
