"""Search in SQL: every word must occur in a name or description, in any writing, whatever its case
and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import ColumnElement, exists, func, or_

from services_directory.tables import HSDS, translation

FIELDS = ("name", "description")

_VARIANTS: Mapping[str, str] = MappingProxyType(
    {
        "a": "àâÀÂ", "c": "çÇ", "e": "éèêëÉÈÊË", "i": "îïÎÏ", "o": "ôÔ", "u": "ùûüÙÛÜ",
        "ا": "أإآ", "ه": "ة", "ي": "ى",
    }
)  # fmt: skip
"""Letters of French and Arabic that people type without what distinguishes them."""
_PLAIN = str.maketrans({v: base for base, several in _VARIANTS.items() for v in several})


def every_word(
    text: str, where: Iterable[tuple[ColumnElement[str], str]]
) -> list[ColumnElement[bool]]:
    """A condition a word: it stands in the row of one of these tables, of which the columns hold
    the ids."""
    places = list(where)
    words = unicodedata.normalize("NFC", text).lower().translate(_PLAIN).split()
    return [
        or_(*(_stands(word, own, table) for own, table in places)) for word in dict.fromkeys(words)
    ]


def _stands(word: str, own: ColumnElement[str], table: str) -> ColumnElement[bool]:
    row, said = HSDS[table].alias(), translation.alias()
    base = exists().where(row.c.id == own, or_(*(_holds(row.c[name], word) for name in FIELDS)))
    translated = exists().where(
        said.c.row_id == own,
        said.c.table_name == table,
        said.c.field.in_(FIELDS),
        _holds(said.c.text, word),
    )
    return or_(base, translated)


def _holds(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """SQLite folds the case of ASCII only, and neither database folds accents by itself: what may
    vary in the letters of this word is replaced, no more."""
    plain: ColumnElement[str] = func.lower(column)
    for base, variants in _VARIANTS.items():
        if base in word:
            for variant in variants:
                plain = func.replace(plain, variant, base)
    return plain.contains(word, autoescape=True)
