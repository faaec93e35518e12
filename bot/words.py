"""What the directory lends to the speech: names of places, entries of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.speech.compose import Dated
from services_directory import Directory

OURS = "docs/"
"""What Sanad says of itself does not age."""


@dataclass(frozen=True, slots=True)
class Labels:
    directory: Directory
    today: date

    def place(self, code: str, locale: str) -> str:
        return self.directory.units.label(code, locale)

    def record(self, record_id: str, locale: str) -> tuple[str, str, str]:
        """Name, answer, where it comes from."""
        record = self.directory.records[record_id]
        name, answer = record.said(record.name, locale), record.said(record.answer, locale)
        return name, answer, record.source.publisher

    def dated(self, record_id: str) -> Dated:
        record = self.directory.records[record_id]
        ours = record.source.url.startswith(OURS)
        stale = record.stale(self.today) and not ours
        return Dated(record.source.date, record.source.dated, record.reviewed_on or "", stale, ours)
