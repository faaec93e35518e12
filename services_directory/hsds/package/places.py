"""Where an imported service is for: the units of the map that its areas name, else those in which
its addresses lie."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from services_directory.hsds.package.rows import Rows
from services_directory.units import Units

COUNTRY = ("ma", "maroc", "morocco", "المغرب")
"""Names of the whole country: a service for it has no places."""
_PARTS_OF_ADDRESS = ("city", "state_province", "region")
"""The smallest first."""


class Places:
    def __init__(self, units: Units, rows: Rows) -> None:
        self._units = units
        names: dict[str, set[str]] = {}
        for name in units.gazetteer():
            names.setdefault(_key(name.name), set()).add(name.code)
        self._names = {name: self._one(codes) for name, codes in names.items()}
        self._country = {_key(name) for name in COUNTRY}
        self._areas = _by(rows, "service_area", "service_id")
        self._links = _by(rows, "service_at_location", "service_id")
        self._addresses = _by(rows, "address", "location_id")

    def of(self, service: str) -> list[str]:
        """Codes, each once; none for the whole country, and where nothing is known."""
        found: dict[str, None] = {}
        for area in self._areas.get(service, ()):
            for text in (area.get("extent"), area.get("name")):
                if text and _key(text) in self._country:
                    return []
                if code := self._code(text):
                    found[code] = None
                    break
        return list(found) or list(self._of_addresses(service))

    def _of_addresses(self, service: str) -> dict[str, None]:
        found: dict[str, None] = {}
        for link in self._links.get(service, ()):
            for address in self._addresses.get(link["location_id"], ()):
                codes = (self._code(address.get(part)) for part in _PARTS_OF_ADDRESS)
                if code := next(filter(None, codes), None):
                    found[code] = None
        return found

    def _code(self, text: str | None) -> str | None:
        if not text:
            return None
        own = text.strip()
        return own if self._units.get(own) else self._names.get(_key(own))

    def _one(self, codes: set[str]) -> str | None:
        """The only one; of a province and its town of the same name the province."""
        whole = [c for c in codes if all(c in self._units.around(x) for x in codes)]
        return whole[0] if len(whole) == 1 else None


def _key(name: str) -> str:
    """Without accents, case and doubled spaces."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def _by(rows: Rows, table: str, field: str) -> Mapping[str, Iterable[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for read in rows.get(table, {}).values():
        if (of := read.row.get(field)) is not None:
            found.setdefault(of, []).append(read.row)
    return found
