"""Text as channels measure it: cut between characters, and what turns its direction."""

from __future__ import annotations

import unicodedata

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"
ISOLATES = frozenset("\u2066\u2067\u2068\u2069")
CONTROLS = ISOLATES | frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u061c")
"""Characters that change the direction of what stands around them."""
JOINER = "\u200d"


def clusters(text: str) -> list[str]:
    """What a reader takes for one character: a letter with its marks, a joined emoji."""
    found: list[str] = []
    for char in text:
        mark = unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Mc", "Sk")
        joined = bool(found) and found[-1].endswith(JOINER)
        if found and (mark or joined or char in (JOINER, "\ufe0f", "\ufe0e")):
            found[-1] += char
        else:
            found.append(char)
    return found


def cut(text: str, limit: int) -> str:
    """At most `limit` code points, whole characters, with an ellipsis where something was cut."""
    if len(text) <= limit:
        return text
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) > limit - 1:
            break
        kept += cluster
    return kept.rstrip() + "…"


def parts(text: str, limit: int) -> list[str]:
    """A long text in parts of at most `limit`, cut at paragraphs, lines, words, then characters."""
    found: list[str] = []
    rest = text
    while len(rest) > limit:
        head = rest[:limit]
        at = max(head.rfind("\n\n"), 0) or max(head.rfind("\n"), 0) or max(head.rfind(" "), 0)
        if at < limit // 2:
            at, size = 0, 0
            for cluster in clusters(head):
                if size + len(cluster) > limit:
                    break
                size += len(cluster)
            at = size
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*found, rest] if rest or not found else found


def without_isolates(text: str) -> str:
    return "".join(c for c in text if c not in ISOLATES)


def without_controls(text: str) -> str:
    """Without anything that turns the direction of its surroundings, and without control codes."""
    return "".join(
        c for c in text if c not in CONTROLS and (c in "\n\t" or unicodedata.category(c) != "Cc")
    )
