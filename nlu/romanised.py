"""Darija in Arabic letters written as many write it in Latin ones: copies to train on.

Phrases of a data set often stand in Arabic letters alone. Each gets a copy in Latin letters, so
that a model knows how its words look there. For training only: nobody is shown this spelling.
"""

from __future__ import annotations

import re

_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "7", "خ": "kh", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "3",
    "غ": "gh", "ف": "f", "ق": "9", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "ou",
    "ي": "i", "ء": "", "ى": "a", "ة": "a", "أ": "a", "إ": "i", "آ": "a", "ؤ": "ou", "ئ": "i",
    "ڭ": "g", "گ": "g", "ڤ": "v", "پ": "p", "چ": "ch",
}  # fmt: skip
_VOWELS = "aeiou"
_ARABIC = re.compile("[\u0621-\u064a]")


def romanised(text: str) -> str | None:
    """The copy; None where nothing of the text is in Arabic letters."""
    if not _ARABIC.search(text):
        return None
    return " ".join(_word(word) for word in text.split())


def _word(word: str) -> str:
    written = ""
    for n, char in enumerate(word):
        letters = _LETTERS.get(char, char)
        closed = written[-1:].isalnum() and written[-1:] not in _VOWELS
        # Every other cluster is opened: "kaydrb" and "kayderb" are both written.
        if n % 2 == 0 and closed and letters[:1].isalnum() and letters[:1] not in _VOWELS:
            written += "e"
        written += letters
    return written
