"""What the directory lends to the speech: names of places, entries of the guide."""

from __future__ import annotations

from dataclasses import dataclass

from services_directory import Directory


@dataclass(frozen=True, slots=True)
class Labels:
    directory: Directory

    def place(self, code: str, locale: str) -> str:
        return self.directory.units.label(code, locale)

    def record(self, record_id: str, locale: str) -> tuple[str, str, str]:
        """Name, answer, where it comes from."""
        record = self.directory.records[record_id]
        return record.name[locale], record.answer[locale], record.source.publisher

    def dated(self, record_id: str) -> tuple[str, bool]:
        """The date of its source; False: of its reading, the page itself has none."""
        source = self.directory.records[record_id].source
        return source.date, source.dated
