"""The directory as one value: the map and the guide, as they stand at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from services_directory import mapping
from services_directory.guide_files import SHIPPED, read_guide
from services_directory.nearest import nearest
from services_directory.postings import Analyse, post
from services_directory.questions import questions
from services_directory.records import Guide, Record
from services_directory.search import Built, Index, built
from services_directory.units import DATA, Unit, Units, the_map

MECHANISM = "cape"
"""The record that says what the mechanism of every province is."""


@dataclass(frozen=True, slots=True)
class Directory:
    units: Units
    guide: Guide

    @property
    def records(self) -> Mapping[str, Record]:
        return self.guide.records

    def built(self, analyse: Analyse) -> Built:
        """What a search index over the published records is made of. Which of them hold on a day,
        the search asks itself."""
        published = [r for r in self.records.values() if r.publish == "ok"]
        local = {r.id: MECHANISM for r in published if r.kind == "mechanism"}
        return built(published, post(published, analyse, questions()), local)

    def index(self, analyse: Analyse) -> Index:
        return Index(self.built(analyse), self.records, analyse, self.units.around)

    def nearest(self, latitude: float, longitude: float) -> tuple[tuple[Unit, float], ...]:
        return nearest(self.units, latitude, longitude)


@cache
def load() -> Directory:
    """What Sanad ships; read once for each process. Raises GuideError."""
    return Directory(the_map(), read_guide())


@cache
def shipped_digest() -> str:
    """Which guide this Sanad ships: of the files it is made from, and of how rows are made."""
    found = hashlib.sha256()
    for path in (*sorted(SHIPPED.glob("*.yaml")), DATA / "taxonomy.yaml", DATA / "units.csv",
                 Path(mapping.__file__)):  # fmt: skip
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
