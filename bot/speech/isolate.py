"""Isolates: what reads from left to right inside an Arabic line keeps its order.

Without them a phone number with spaces shows its groups reversed: a wrong number in an emergency.
"""

from __future__ import annotations

import re

from channels.text import FSI, LRI, PDI, without_controls

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_RUN = re.compile(
    r"\{receipt\}|\+?\d[\d ]*\d(?:-\d+)*|[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9.:/@_'’-]*(?: [A-Za-zÀ-ÿ]"
    r"[A-Za-zÀ-ÿ0-9.:/@_'’-]*)*"
)
_INSIDE = re.compile(f"({FSI}[^{PDI}]*{PDI}|{LRI}[^{PDI}]*{PDI})")


def isolated(text: str) -> str:
    """A text of ours with its left-to-right runs isolated, line by line."""
    return "\n".join(_line(line) for line in text.split("\n"))


def quoted(words: str) -> str:
    """Words of a person, unable to turn what stands around them."""
    return f"{FSI}{without_controls(words)}{PDI}"


def _line(line: str) -> str:
    if not _ARABIC.search(line):
        return line.replace("{receipt}", f"{LRI}{{receipt}}{PDI}")
    pieces = _INSIDE.split(line)
    return "".join(p if n % 2 else _RUN.sub(f"{LRI}\\g<0>{PDI}", p) for n, p in enumerate(pieces))
