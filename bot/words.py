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
        """Name, answer, and where it comes from with its date."""
        record = self.directory.records[record_id]
        source = f"{record.source.publisher}, {record.source.date}"
        return record.name[locale], record.answer[locale], source
