"""Text for SMS: the cheapest letters that say the same (GSM 03.38), and what a text costs."""

from __future__ import annotations

import unicodedata

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€")
"""Cost two units each."""

_INSTEAD = {"œ": "oe", "Œ": "OE", "’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"',
            "…": "...", "•": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "}  # fmt: skip


def fold(text: str) -> str:
    """A Latin text in the GSM-7 alphabet, so that one accent does not double its price; a text in
    another script only loses its pictures."""
    plain = "".join(_INSTEAD.get(c, c) for c in text)
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("So", "Mn", "Cf"))
    if any("ARABIC" in unicodedata.name(c, "") for c in plain if c.isalpha()):
        return plain.strip()
    return "".join(c if c in GSM7 or c in EXTENDED else _bare(c) for c in plain).strip()


def _bare(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    return base if base in GSM7 else ""


def segments(text: str) -> int:
    """How many SMS a text is sent as (GSM-7: 160, then 153 each; UCS-2: 70, then 67)."""
    if all(c in GSM7 or c in EXTENDED for c in text):
        units = sum(2 if c in EXTENDED else 1 for c in text)
        return 1 if units <= 160 else -(-units // 153)
    units = len(text.encode("utf-16-le")) // 2
    return 1 if units <= 70 else -(-units // 67)
