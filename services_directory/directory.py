"""The directory as one value: the map and the guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from services_directory.nearest import nearest
from services_directory.records import Record, load_records
from services_directory.search import Analyse, Index
from services_directory.units import Unit, Units, load_units


@dataclass(frozen=True, slots=True)
class Directory:
    units: Units
    records: Mapping[str, Record]

    def index(self, analyse: Analyse) -> Index:
        """A search index over the guide."""
        return Index(self.records.values(), analyse)

    def for_intent(self, intent: str) -> tuple[Record, ...]:
        """The entries that answer an intent; first the one that is its first answer."""
        found = (r for r in self.records.values() if intent in r.intents)
        return tuple(sorted(found, key=lambda r: r.intents.index(intent)))

    def nearest(self, latitude: float, longitude: float) -> tuple[tuple[Unit, float], ...]:
        return nearest(self.units, latitude, longitude)


@cache
def load() -> Directory:
    """Read once for each process. Raises GuideError."""
    return Directory(load_units(), load_records())
