"""Values as cells of a data package's CSV files, and cells as values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from services_directory.hsds.package.columns import Column, Type

LONGEST = 100_000
"""Characters of a cell."""


class Malformed(ValueError):
    """What is wrong with a cell, to be read after its column's name."""


# --- values as cells ------------------------------------------------------------------------------

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), in full width
too; and the quote itself, so that one taken off again is always one of ours."""


PLAIN = frozenset({"number", "integer", "boolean", "list", "sources", "lists"})
"""Types whose cells are no text: nothing is put before them."""


def cell(column: Column, value: Any) -> str:
    """The value as a cell of a package of ours, safe in a spreadsheet."""
    if value is None or value == "":
        return ""
    match column.type:
        case "number":
            return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
        case "integer":
            return str(value)
        case "boolean":
            return "true" if value else "false"
        case "list" | "sources" | "lists":
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case _:
            return "'" + value if value.startswith(RISKY) else str(value)


def unquoted(text: str) -> str:
    """A cell of a package of ours without the quote that `cell` put before it."""
    return text.removeprefix("'")


# --- cells as values ------------------------------------------------------------------------------

Reader = Callable[[str], Any]
"""Of a cell that is not empty its value. Raises Malformed."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_KNOWN_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", re.ASCII)
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?"
_TIME = re.compile(_CLOCK, re.ASCII | re.IGNORECASE)
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]" + _CLOCK, re.ASCII | re.IGNORECASE)
_URI = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):[^\s<>\"]+")
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")
_TRUE, _FALSE = ("true", "1"), ("false", "0")
RUNS = ("javascript", "data", "vbscript", "file")
"""Addresses that would do something to whoever follows them where they are shown as links."""


def short(text: str) -> str:
    """Of a cell as much as a sentence can carry, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"


def reader(column: Column) -> Reader | None:
    """How to read a column; None where its text is taken as it is."""
    if column.choices:
        return _one_of(column.choices)
    if read := _READERS.get(column.type):
        return read
    return _at_most(column.longest) if column.longest else None


def _one_of(choices: tuple[str, ...]) -> Reader:
    def read(text: str) -> str:
        if text not in choices:
            raise Malformed(f"is none of {', '.join(choices)}: {short(text)}")
        return text

    return read


def _at_most(longest: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > longest:
            raise Malformed(f"is longer than {longest} characters: {short(text)}")
        return text

    return read


def _id(text: str) -> str:
    own = text.strip()
    if len(own) > 64:
        raise Malformed(f"is longer than 64 characters: {short(own)}")
    if not own:
        raise Malformed("is blank")
    return own


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text.strip()) or not math.isfinite(found := float(text)):
        raise Malformed(f"is no number: {short(text)}")
    return found


def _integer(text: str) -> int:
    found = _number(text)
    if found != int(found) or abs(found) >= 2**31:
        raise Malformed(f"is no whole number: {short(text)}")
    return int(found)


def _boolean(text: str) -> bool:
    if (low := text.strip().lower()) in (*_TRUE, *_FALSE):
        return low in _TRUE
    raise Malformed(f"is neither true nor false: {short(text)}")


def _date(text: str) -> str:
    return _matching(_DATE, text, "is no date (YYYY-MM-DD)")


def _known_date(text: str) -> str:
    return _matching(_KNOWN_DATE, text, "is no year, month or day (YYYY-MM-DD)")


def _time(text: str) -> str:
    if len(text.strip()) > 40:
        raise Malformed(f"is no time (HH:MM:SS): {short(text)}")
    return _matching(_TIME, text, "is no time (HH:MM:SS)")


def _datetime(text: str) -> str:
    """The moment in UTC, written as `changes` writes it: the database compares the texts. Without
    an offset it is UTC already."""
    wrong = "is no date and time (YYYY-MM-DDTHH:MM:SSZ)"
    try:
        found = datetime.fromisoformat(_matching(_DATETIME, text, wrong))
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError):
        raise Malformed(f"{wrong}: {short(text)}") from None


def _matching(pattern: re.Pattern[str], text: str, wrong: str) -> str:
    own = text.strip()
    if not pattern.fullmatch(own):
        raise Malformed(f"{wrong}: {short(text)}")
    if _DATE.match(own):
        try:
            date.fromisoformat(own[:10])
        except ValueError:
            raise Malformed(f"{wrong}: {short(text)}") from None
    return own


def _uri(text: str) -> str:
    own = text.strip()
    if not (found := _URI.fullmatch(own)) or found[1].lower() in RUNS:
        raise Malformed(f"is no web address (https://...): {short(text)}")
    return own


def _link(text: str) -> str:
    """A source: an address, or the name of a paper."""
    if text.split(":", maxsplit=1)[0].strip().lower() in RUNS:
        raise Malformed(f"is no web address (https://...): {short(text)}")
    return text


def _email(text: str) -> str:
    own = text.strip()
    if not _EMAIL.fullmatch(own):
        raise Malformed(f"is no e-mail address: {short(text)}")
    return own


def _json(text: str, fits: Callable[[Any], bool], shape: str) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed(f"is no JSON: {short(text)}") from None
    if not fits(found):
        raise Malformed(f"is not {shape}: {short(text)}")
    return found


def _text(value: Any) -> bool:
    """Whether it is a text that every database takes: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str):
        return False
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _sources(value: Any) -> bool:
    """Whether it is [[address, date, publisher, dated]...]."""
    return isinstance(value, list) and all(
        isinstance(s, list) and len(s) == 4 and _texts(s[:3]) and isinstance(s[3], bool)
        and s[0].split(":")[0].strip().lower() not in RUNS
        for s in value
    )  # fmt: skip


def _by_locale(value: Any) -> bool:
    return isinstance(value, dict) and _texts([*value]) and all(map(_texts, value.values()))


_READERS: Mapping[Type, Reader] = MappingProxyType(
    {
        "uuid": _id, "uri": _uri, "email": _email, "number": _number, "integer": _integer,
        "date": _date, "time": _time, "datetime": _datetime, "boolean": _boolean, "link": _link,
        "known_date": _known_date,
        "list": lambda text: _json(text, _texts, "a list of texts"),
        "sources": lambda text: _json(text, _sources, "a list of [address, date, publisher, true]"),
        "lists": lambda text: _json(text, _by_locale, "lists of texts by writing"),
    }
)  # fmt: skip


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
