"""The sheets of a package as rows of our tables: every cell read, every bad one reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from services_directory.hsds.fields import FIELDS
from services_directory.hsds.package.cells import (
    LONGEST,
    PLAIN,
    Malformed,
    Reader,
    is_uuid,
    reader,
    short,
    unquoted,
)
from services_directory.hsds.package.columns import COLUMNS, LACKED, RESOURCES
from services_directory.hsds.package.reading import Package
from services_directory.hsds.package.report import Findings
from services_directory.hsds.package.sheets import Broken, Sheet, header_of


class Read(NamedTuple):
    file: str
    line: int
    row: dict[str, Any]
    """Without what is empty."""


Rows = dict[str, dict[str, Read]]
"""Table, id, row; the bad ones too, as far as they could be read."""


class _Cell(NamedTuple):
    at: int
    name: str
    read: Reader | None
    quoted: bool
    """Whether a quote before it is ours."""


def read_rows(package: Package, found: Findings) -> Rows:
    rows: Rows = {}
    for sheet in package.sheets:
        _Reading(sheet, found, escaped=package.escaped).into(rows.setdefault(sheet.table, {}))
    return rows


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One sheet while it is read."""

    sheet: Sheet = field(kw_only=False)
    found: Findings = field(kw_only=False)
    escaped: bool
    foreign: list[int] = field(default_factory=list)
    """Lines with ids that are no UUIDs."""

    def into(self, rows: dict[str, Read]) -> None:
        try:
            self._into(rows)
        except Broken as error:
            what = "its quotes are broken" if "limit" not in str(error) else "a cell has no end"
            self._bad(error.line, f"{what} ({error}); from here on nothing was read")
        self.found.note(self.sheet.file, self.foreign, "ids that are no UUIDs, kept as they are")

    def _into(self, rows: dict[str, Read]) -> None:
        lines = self.sheet.rows()
        header = header_of(self.sheet.header or next(lines, (1, []))[1])
        if not self._fits(header):
            return
        plan, required = self._plan(header), self._required(header)
        lacked = [n for n in self._lacked() & set(header) if not n.endswith("_id")]
        # Most files have none: looked at once, not at every cell.
        nul = "\0" in self.sheet.text
        for line, cells in lines:
            if len(cells) != len(header):
                self._bad(line, f"{len(cells)} cells where the header has {len(header)}")
                continue
            if self.sheet.header and header_of(cells) == header:
                continue
            if nul or max(map(len, cells)) > LONGEST:
                self._refuse_odd(line, cells, header)
            row = self._row(line, cells, plan, required)
            for name in lacked:
                row.setdefault(name, "")
            self._keep(line, row, rows)

    def _fits(self, header: tuple[str, ...]) -> bool:
        """Whether the rows can be read at all."""
        if not header:
            self._bad(1, "there is no header")
        elif twice := {name for name in header if header.count(name) > 1}:
            self._bad(1, f"the column {short(min(twice))} stands twice")
        elif "id" not in header:
            self._bad(1, "there is no column id")
        else:
            return True
        return False

    def _plan(self, header: tuple[str, ...]) -> list[_Cell]:
        columns = {c.name: c for c in COLUMNS[self.sheet.table]}
        if unknown := [short(name) or "without a name" for name in header if name not in columns]:
            several = ", ".join(unknown[:20])
            what = f"the columns {several} are" if len(unknown) > 1 else f"the column {several} is"
            name = RESOURCES[self.sheet.table]
            self.found.notes.append(
                f"{self.sheet.file}: {what} not of {name} in HSDS 3.0 and left out"
            )
        return [
            _Cell(n, name, reader(c), self.escaped and c.type not in PLAIN)
            for n, name in enumerate(header) if (c := columns.get(name))
        ]  # fmt: skip

    def _required(self, header: tuple[str, ...]) -> list[str]:
        several = [c.name for c in COLUMNS[self.sheet.table] if c.required]
        wanted = [name for name in several if name not in self._lacked()]
        for name in wanted:
            if name not in header:
                self._bad(1, f"there is no column {name}")
        return [name for name in wanted if name in header]

    def _lacked(self) -> frozenset[str]:
        return LACKED.get(self.sheet.table, frozenset()) if self.escaped else frozenset()

    def _row(
        self, line: int, cells: list[str], plan: list[_Cell], required: list[str]
    ) -> dict[str, Any]:
        row: dict[str, Any] = {}
        nulls = self.sheet.dialect.nulls
        bad: list[str] = []
        for at, name, read, quoted in plan:
            text = cells[at]
            if text in nulls:
                continue
            if quoted:
                text = unquoted(text)
            if read is None:
                row[name] = text
                continue
            try:
                row[name] = read(text)
            except Malformed as error:
                bad.append(name)
                self._bad(line, f"{name} {error}")
        for name in required:
            value = row.get(name)
            if (value is None and name not in bad) or (isinstance(value, str) and value.isspace()):
                self._bad(line, f"{name} is missing")
        return row

    def _keep(self, line: int, row: dict[str, Any], rows: dict[str, Read]) -> None:
        if (own := row.get("id")) is None:
            return
        if before := rows.get(own):
            where = "" if before.file == self.sheet.file else f" of {before.file}"
            self._bad(line, f"the id {short(own)} stands in line {before.line}{where} already")
            return
        if self.sheet.table in FIELDS and not is_uuid(own):
            self.foreign.append(line)
        rows[own] = Read(self.sheet.file, line, row)

    def _refuse_odd(self, line: int, cells: list[str], header: tuple[str, ...]) -> None:
        for name, text in zip(header, cells, strict=True):
            if "\0" in text:
                self._bad(line, f"{short(name)} holds a NUL character")
            if len(text) > LONGEST:
                self._bad(line, f"{short(name)} is longer than {LONGEST:,} characters")

    def _bad(self, line: int, what: str) -> None:
        self.found.add(self.sheet.file, line, what)
