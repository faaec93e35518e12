"""Morocco's administrative map: regions, provinces, prefectures, communes, and the 82 mechanisms.

`data/units.csv` and `data/aliases.csv` are the truth, edited by hand; where they come from stands
in `data/SOURCES.md`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent / "data"

CASABLANCA = "MA-CAS"
ARABIC = ("ary", "ar")


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit.

    `code`: ISO 3166-2 (MA-SAL) for regions and provinces, `x-CAS-…` for Casablanca's arrondissement
    prefectures (they have no ISO code), the HCP code (04.441.01.03) for communes.
    """

    code: str
    hcp: str
    kind: str
    """region, province, prefecture, arrondissements, commune."""
    name_fr: str
    name_ar: str
    province: str | None
    region: str
    ar_doubt: bool
    """The Arabic name looks machine-translated: it is not shown."""

    @property
    def urban(self) -> bool:
        """A municipality or an arrondissement of a city: HCP numbers their circle 01."""
        return self.kind == "commune" and self.hcp.split(".")[2] == "01"


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of one unit, for understanding."""

    name: str
    code: str
    kind: str
    province: str | None


class Units:
    def __init__(self, units: tuple[Unit, ...], aliases: tuple[tuple[str, str], ...]) -> None:
        self._by_code = {u.code: u for u in units}
        self._aliases = aliases
        parts = tuple(u for u in units if u.kind == "arrondissements")
        self._part_of_ten = {p.hcp.rsplit(".", 1)[1][0]: p.code for p in parts}
        provinces = tuple(u for u in units if u.kind in ("province", "prefecture"))
        self.mechanisms: tuple[Unit, ...] = (
            *(u for u in provinces if u.code != CASABLANCA),
            *parts,
        )
        """The 82 territorial mechanisms: one a province or prefecture, and Casablanca's eight."""
        whole = tuple(p.code for p in parts)
        split = [u.code for u in units if u.province == CASABLANCA and u.kind != "arrondissements"]
        self.splits: Mapping[str, tuple[str, ...]] = MappingProxyType(
            {code: whole for code in split if self.mechanism_of(code) is None}
        )
        """Units with several mechanisms, and which: Casablanca as a whole."""

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._by_code.values())

    def get(self, code: str) -> Unit | None:
        return self._by_code.get(code)

    def mechanism_of(self, code: str) -> str | None:
        """The one mechanism that answers for a unit; None for a region, for Casablanca as a whole,
        and for what is not known.

        Casablanca's communes join its eight by the tens digit of their HCP code.
        """
        unit = self._by_code.get(code)
        if unit is None or unit.kind == "region":
            return None
        if unit.province != CASABLANCA:
            return unit.province
        if unit.kind == "arrondissements":
            return unit.code
        if unit.kind == "commune":
            return self._part_of_ten.get(unit.hcp.rsplit(".", 1)[1][0])
        return None

    def around(self, code: str) -> tuple[str, ...]:
        """A unit and those it lies in, smallest first: commune, mechanism, province, region."""
        unit = self._by_code.get(code)
        if unit is None:
            return (code,)
        found = (code, self.mechanism_of(code), unit.province, unit.region)
        return tuple(dict.fromkeys(c for c in found if c))

    def label(self, code: str, locale: str) -> str:
        """The name to show; the French one where the Arabic one is in doubt."""
        unit = self._by_code.get(code)
        if unit is None:
            return code
        return unit.name_ar if locale in ARABIC and not unit.ar_doubt else unit.name_fr

    def gazetteer(self) -> tuple[PlaceName, ...]:
        """Every name by which a unit may be called. An urban commune, or one that people have names
        of their own for, is a `town`: it needs no preposition to be known in a message."""
        names = []
        for name, code in self._aliases:
            unit = self._by_code[code]
            kind = "town" if unit.kind == "commune" else unit.kind
            names.append(PlaceName(name, code, kind, unit.province))
        names += [
            PlaceName(name, u.code, "town" if u.urban else u.kind, u.province)
            for u in self
            for name in dict.fromkeys((u.name_fr, "" if u.ar_doubt else u.name_ar))
            if name
        ]
        return tuple(names)


def load_units(folder: Path = DATA) -> Units:
    with (folder / "units.csv").open(encoding="utf-8", newline="") as file:
        units = tuple(
            Unit(
                r["code"], r["hcp"], r["kind"], r["name_fr"], r["name_ar"],
                r["province"] or None, r["region"], r["ar_doubt"] == "yes",
            )
            for r in csv.DictReader(file)
        )  # fmt: skip
    with (folder / "aliases.csv").open(encoding="utf-8", newline="") as file:
        aliases = tuple((r["name"], r["code"]) for r in csv.DictReader(file))
    return Units(units, aliases)


@cache
def the_map() -> Units:
    """Read once for each process."""
    return load_units()
