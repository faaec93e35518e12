"""What a text is cut into for models and for search: words, pieces of words, skeletons."""

from __future__ import annotations

from nlu.normal import normal, tokens
from nlu.skeleton import skeleton

WORDS = 120
"""Words of a message that models look at."""


def pieces(text: str) -> list[str]:
    """Features of a text, each with the kind it is: `w:` word, `b:` two words, `s:` skeleton,
    `t:` two skeletons, `c:` letters within a word."""
    words = [t.text for t in tokens(normal(text).text)][:WORDS]
    found: list[str] = []
    previous = previous_bones = ""
    for word in words:
        bones = skeleton(word)
        found.append(f"w:{word}")
        if len(bones) > 1:
            found.append(f"s:{bones}")
        if previous:
            found.append(f"b:{previous} {word}")
            if bones and previous_bones:
                found.append(f"t:{previous_bones} {bones}")
        edged = f"<{word}>"
        for size in (3, 4):
            found += [f"c:{edged[n : n + size]}" for n in range(len(edged) - size + 1)]
        previous, previous_bones = word, bones
    return found


def letters(text: str) -> list[str]:
    """Features that tell a language: letters in ones to fours across the text, and words."""
    words = [t.text for t in tokens(normal(text).text)][:60]
    whole = f" {' '.join(words)} "
    found = [f"w:{word}" for word in words]
    for size in (1, 2, 3, 4):
        found += [whole[n : n + size] for n in range(len(whole) - size + 1)]
    return found


def analyse(text: str) -> tuple[str, ...]:
    """Search tokens of a text, for the directory's index."""
    return tuple(p for p in pieces(text) if p[0] != "b" and p[0] != "t")
