"""Reads a tabular data package as it comes, ours or anybody's, into texts by table. What stands in
the rows is for `package_check`."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from services_directory.hsds.package.cells import Malformed, reader
from services_directory.hsds.package.columns import ESCAPED, Column, PackageError
from services_directory.hsds.package.files import DESCRIPTION, MB, Files, opened, refuse_outside
from services_directory.hsds.package.sheets import (
    NEWER,
    Dialect,
    Sheet,
    dialect_of,
    inline,
    plain,
    table_of,
)

ENCODINGS = frozenset(
    {"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "iso8859-1", "iso8859-6",
     "iso8859-15", "cp1252", "cp1256"}
)  # fmt: skip
"""Those of Western Europe, and the Arabic ones."""


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    title: str | None
    homepage: str | None
    escaped: bool
    """Ours: see `ESCAPED`."""
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]


def read_package(path: Path, *, most: int = 100 * MB) -> Package:
    """Of a folder, a zip or a datapackage.json; without a datapackage.json, CSV files by their
    names. `most`: bytes, unpacked. Raises PackageError."""
    with opened(path, most=most) as files:
        if DESCRIPTION in files.names:
            described = _description(files.read(DESCRIPTION))
        else:
            found = sorted(n for n in files.names if n.lower().endswith(".csv") and n[0] != ".")
            described = {"resources": [{"path": name, "dialect": None} for name in found]}
        notes: list[str] = []
        sheets = tuple(
            sheet
            for resource in described["resources"]
            for sheet in _sheets(files, resource, notes)
        )
    if not sheets:
        raise PackageError(f"{path.name} holds no table of HSDS 3.0")
    return Package(
        _line(described.get("name")) or path.resolve().stem,
        _line(described.get("title")),
        _homepage(described.get("homepage"), notes),
        described.get(ESCAPED) is True,
        sheets,
        tuple(notes),
    )


def _description(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{DESCRIPTION} is no JSON") from error
    resources = found.get("resources") if isinstance(found, dict) else None
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        raise PackageError(f"{DESCRIPTION} has no list of resources")
    return found  # type: ignore[no-any-return]


def _sheets(files: Files, resource: Mapping[str, Any], notes: list[str]) -> Iterator[Sheet]:
    """Of one resource: several where its path is a list, none where it is no table of HSDS 3.0."""
    paths = _paths(resource)
    stem = PurePosixPath(paths[0]).stem if paths else None
    known = table_of(resource.get("name")) or table_of(stem)
    if known is None:
        name = resource.get("name") or (paths[0] if paths else "a resource")
        newer = {plain(name), plain(stem)} & NEWER
        what = "a table of HSDS 3.1" if newer else "no table of HSDS"
        notes.append(f"{_line(str(name))} is {what} and was left out")
        return
    if not paths:
        text = inline(resource, known)
        _refuse_surrogates(text, known)
        yield Sheet(known, f"{DESCRIPTION}: {known}", text, Dialect())
        return
    dialect, header = dialect_of(resource, known)
    for path in paths:
        text = _decoded(files.read(path), path, resource.get("encoding"))
        sheet = Sheet(known, path, text, dialect, header).with_delimiter()
        yield sheet
        # Further files of one resource go on where the first ends.
        dialect, header = sheet.dialect, header or tuple(sheet.first())


def _paths(resource: Mapping[str, Any]) -> tuple[str, ...]:
    given = resource.get("path")
    several = given if isinstance(given, list) else [] if given is None else [given]
    for path in several:
        if not isinstance(path, str) or not path:
            raise PackageError(f"{DESCRIPTION}: a path is no text")
        refuse_outside(path)
    return tuple(several)


def _decoded(data: bytes, file: str, encoding: object) -> str:
    named = _line(str(encoding or "utf-8"))
    try:
        codec = codecs.lookup(str(named)).name
    except LookupError:
        codec = ""
    if codec not in ENCODINGS:
        raise PackageError(f"{file}: the encoding {named} is not read here")
    try:
        text = data.decode("utf-8-sig" if codec in ("utf-8", "ascii") else codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackageError(f"{file}, line {line}: this is not {named}") from error
    return text.removeprefix("\ufeff")


def _refuse_surrogates(text: str, table: str) -> None:
    """JSON can write halves of a surrogate pair; no database takes them."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PackageError(f"{DESCRIPTION}: {table} holds what is no text") from error


def _line(value: object) -> str | None:
    """A short text for people, on one line."""
    text = value.encode(errors="replace").decode() if isinstance(value, str) else ""
    return " ".join(text.replace("\0", " ").split())[:200] or None


def _homepage(value: object, notes: list[str]) -> str | None:
    read = reader(Column("homepage", "uri"))
    try:
        return read(_line(value) or "") if read and value else None
    except Malformed as error:
        notes.append(f"The package's homepage {error}")
        return None
