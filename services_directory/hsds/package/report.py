"""What came of an import, for whoever asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST = 1000
"""Problems that are told one by one."""


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int
    """From 1, which is the header."""
    what: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    change: int | None
    """Its number, as `changes` has it; None where nothing was different, or nothing was taken."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """Read, by table."""
    errors: tuple[Problem, ...] = ()
    """Where there are any, nothing was written."""
    more: int = 0
    """Errors beyond `MOST`."""
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The errors as text."""
        return (*map(str, self.errors), *([f"and {self.more:,} more"] if self.more else ()))


@dataclass(slots=True)
class Findings:
    """Problems and notes while a package is read."""

    files: tuple[str, ...]
    """In the order in which they are told."""
    notes: list[str]
    problems: list[Problem] = field(default_factory=list)
    more: int = 0

    def add(self, file: str, line: int, what: str) -> None:
        if len(self.problems) < MOST:
            self.problems.append(Problem(file, line, what))
        else:
            self.more += 1

    def note(self, file: str, lines: Iterable[int], what: str) -> None:
        """One note for all lines of which the same is to be said."""
        found = list(lines)
        if found:
            self.notes.append(f"{file}: {what}: {len(found):,} (first in line {found[0]})")

    def report(self, rows: Mapping[str, int], change: int | None) -> Report:
        order = {file: n for n, file in enumerate(dict.fromkeys(self.files))}
        told = sorted(self.problems, key=lambda p: (order.get(p.file, -1), p.line))
        return Report(change, rows, tuple(told), self.more, tuple(self.notes))
