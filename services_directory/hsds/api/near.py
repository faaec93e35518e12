"""Services at locations by postcode, and within a distance of its middle."""

from __future__ import annotations

from math import cos, radians

from sqlalchemy import ColumnElement, Connection, FromClause, func, literal, or_, select

from services_directory.hsds.api.published import shown_location
from services_directory.tables import HSDS

Point = tuple[float, float]
"""Latitude and longitude, degrees."""
DEGREE = 111_195.0
"""Metres in a degree of latitude."""


def middle(conn: Connection, postcode: str, *, today: str) -> Point | None:
    """The middle of the locations with this postcode that may be seen; None where none says where
    it lies."""
    address, location = HSDS["address"], HSDS["location"]
    found = conn.execute(
        select(func.avg(location.c.latitude), func.avg(location.c.longitude)).where(
            address.c.postal_code == postcode,
            location.c.id == address.c.location_id,
            location.c.latitude.is_not(None),
            location.c.longitude.is_not(None),
            shown_location(location),
        ),
        {"today": today},
    ).one()
    return None if found[0] is None else (found[0], found[1])


def near(location_id: ColumnElement[str], point: Point, metres: float) -> ColumnElement[bool]:
    """On a plane through the point: exact to a few metres within a country."""
    location = HSDS["location"].alias()
    north = location.c.latitude - point[0]
    east = (location.c.longitude - point[1]) * cos(radians(point[0]))
    within = north * north + east * east <= (metres / DEGREE) ** 2
    return location_id.in_(select(location.c.id).where(within))


def has_postcode(link: FromClause, postcode: str) -> ColumnElement[bool]:
    """Whether the service's area names the postcode, alone or in a list, or an address of the
    location has it."""
    area, address = HSDS["service_area"].alias(), HSDS["address"].alias()
    listed = func.replace(func.replace(area.c.extent, ";", ","), " ", ",")
    among = (literal(",") + listed + ",").contains(f",{postcode},", autoescape=True)
    areas = select(area.c.service_id).where(or_(area.c.extent == postcode, among))
    addresses = select(address.c.location_id).where(address.c.postal_code == postcode)
    return or_(link.c.service_id.in_(areas), link.c.location_id.in_(addresses))
