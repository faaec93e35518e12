"""The consonant skeleton: where Darija in Arabic letters and in Latin letters is the same word.

"كيضربني", "kaydrebni" and "kay drbni" share their consonants; vowels, doubled letters and the
letters that people confuse (q, g and k; s and emphatic s) are folded. Input is folded text.
"""

from __future__ import annotations

from functools import lru_cache

_ARABIC = {
    "ا": "", "ء": "", "و": "", "ي": "",
    "ب": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "j", "ح": "h", "خ": "X", "د": "d", "ذ": "d",
    "ض": "d", "ظ": "d", "ر": "r", "ز": "z", "س": "s", "ص": "s", "ش": "C", "ع": "E", "غ": "G",
    "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
}  # fmt: skip
_PAIRS = {
    "ch": "C", "sh": "C", "kh": "X", "gh": "G", "th": "t", "dh": "d", "ph": "f", "qu": "k",
    "ce": "s", "ci": "s", "cy": "s", "ou": "", "oo": "", "ai": "", "ei": "", "tch": "tC",
}  # fmt: skip
_LATIN = {
    "a": "", "e": "", "i": "", "o": "", "u": "", "y": "", "w": "",
    "b": "b", "c": "k", "d": "d", "f": "f", "g": "k", "h": "h", "j": "j", "k": "k", "l": "l",
    "m": "m", "n": "n", "p": "b", "q": "k", "r": "r", "s": "s", "t": "t", "v": "f", "x": "C",
    "z": "z", "2": "", "3": "E", "5": "X", "6": "t", "7": "h", "8": "G", "9": "k",
}  # fmt: skip
_VOWELS = {"ا": "a", "و": "u", "ي": "i", "a": "a", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}
_VOWEL_PAIRS = {"ou": "u", "oo": "u", "ai": "ai", "ei": "i"}


@lru_cache(maxsize=16_384)
def skeleton(word: str) -> str:
    """Of one folded word. Empty where it has only vowels; digits alone stay digits."""
    if word.isdecimal():
        return word
    found: list[str] = []
    n = 0
    while n < len(word):
        pair = word[n : n + 2]
        if pair in _PAIRS:
            letter, n = _PAIRS[pair], n + 2
        else:
            char = word[n]
            letter, n = _ARABIC.get(char, _LATIN.get(char, "")), n + 1
        if letter and (not found or found[-1] != letter):
            found.append(letter)
    # The feminine ending is written ة, ه, a, ah or not at all.
    if len(found) > 1 and found[-1] == "h" and word[-1] in "هh":
        found.pop()
    return "".join(found)


@lru_cache(maxsize=8_192)
def sound(word: str) -> str:
    """The skeleton with the vowels that Arabic letters write: "دراري" and "drari" are d-r-a-r-i.
    Latin letters write the short ones too: what they write holds the other, with more between."""
    found: list[str] = []
    n = 0
    while n < len(word):
        pair = word[n : n + 2]
        if letter := _PAIRS.get(pair) or _VOWEL_PAIRS.get(pair, ""):
            n += 2
        else:
            char = word[n]
            letter, n = _VOWELS.get(char) or _ARABIC.get(char) or _LATIN.get(char, ""), n + 1
        if letter and (not found or found[-1] != letter):
            found.append(letter)
    if word[-1] == "ه" and found and found[-1] == "h":
        found[-1] = "a"
    return "".join(found)


def within(short: str, long: str) -> bool:
    """The letters of one stand in the other, in this order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def skeletons(words: list[str]) -> list[str]:
    return [skeleton(w) for w in words]
