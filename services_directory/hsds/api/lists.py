"""Which things a list holds: the ids that the public may see and the parameters ask for, in their
order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from services_directory.hsds.api.near import Point, has_postcode, near
from services_directory.hsds.api.parameters import Filtered, Links, Listed, Organizations, Terms
from services_directory.hsds.api.published import published, shown_link, shown_organization
from services_directory.hsds.api.words import every_word
from services_directory.tables import HSDS, record


@dataclass(frozen=True, slots=True)
class Listing:
    """Narrow on purpose: to skip a thousand pages, an index is enough."""

    id: ColumnElement[str]
    where: tuple[ColumnElement[bool], ...]
    today: str

    def count(self, conn: Connection) -> int:
        ids = self._ids().subquery()
        return int(conn.execute(select(func.count()).select_from(ids), self._day()).scalar_one())

    def page(self, number: int, size: int) -> Select[Any]:
        """The ids of a page, counted from 1."""
        return self._ids().order_by(self.id).limit(size).offset((number - 1) * size)

    def after(self, last: str, limit: int) -> Select[Any]:
        """The next ids."""
        return self._ids().where(self.id > last).order_by(self.id).limit(limit)

    def read(self, conn: Connection, ids: Select[Any]) -> Sequence[str]:
        return conn.scalars(ids, self._day()).all()

    def holds(self, conn: Connection, own: str) -> bool:
        ids = self._ids().where(self.id == own).limit(1)
        return conn.scalar(ids, self._day()) is not None

    def _ids(self) -> Select[Any]:
        return select(self.id).where(*self.where)

    def _day(self) -> dict[str, str]:
        return {"today": self.today}


def services(today: str, asked: Filtered | None = None) -> Listing:
    """From the records: each service that may be seen has one."""
    own = record.c.service_id
    where = [own.is_not(None), published(record)]
    if asked:
        where += _about_services(own, asked)
        where += every_word(asked.search, [(own, "service")])
    return Listing(own, tuple(where), today)


def organizations(today: str, asked: Organizations | None = None) -> Listing:
    own = HSDS["organization"].c.id
    where = [shown_organization(own)]
    if asked:
        where += every_word(asked.search, [(own, "organization")])
    return Listing(own, tuple(where), today)


def links(today: str, asked: Links | None = None, *, middle: Point | None = None) -> Listing:
    """Services at locations. `middle`: of the postcode asked for."""
    link = HSDS["service_at_location"]
    where = [shown_link(link)]
    if asked:
        where += _about_services(link.c.service_id, asked)
        where += every_word(
            asked.search,
            [(link.c.service_id, "service"), (link.c.location_id, "location")],
        )
        if asked.proximity is not None and middle is not None:
            where.append(near(link.c.location_id, middle, asked.proximity))
        elif asked.postcode:
            where.append(has_postcode(link, asked.postcode))
    return Listing(link.c.id, tuple(where), today)


def taxonomies(today: str, asked: Listed | None = None) -> Listing:
    own = HSDS["taxonomy"].c.id
    where = every_word(asked.search, [(own, "taxonomy")]) if asked else []
    return Listing(own, tuple(where), today)


def terms(today: str, asked: Terms | None = None) -> Listing:
    columns = HSDS["taxonomy_term"].c
    where: list[ColumnElement[bool]] = []
    if asked:
        where += every_word(asked.search, [(columns.id, "taxonomy_term")])
        if asked.taxonomy_id:
            where.append(columns.taxonomy_id == asked.taxonomy_id)
        if asked.parent_id:
            where.append(columns.parent_id == asked.parent_id)
        if asked.top_only:
            where.append(columns.parent_id.is_(None))
    return Listing(columns.id, tuple(where), today)


def _about_services(own: ColumnElement[str], asked: Filtered) -> Iterator[ColumnElement[bool]]:
    """Conditions on the service with this id."""
    service = HSDS["service"].c
    if asked.organization_id:
        yield own.in_(select(service.id).where(service.organization_id == asked.organization_id))
    if asked.modified_after:
        yield own.in_(select(service.id).where(service.last_modified >= asked.modified_after))
    attribute, term = HSDS["attribute"].c, HSDS["taxonomy_term"].c
    classified = select(attribute.link_id).where(attribute.link_entity == "service")
    if asked.taxonomy_term_id:
        yield own.in_(classified.where(attribute.taxonomy_term_id == asked.taxonomy_term_id))
    if asked.taxonomy_id:
        of = select(term.id).where(term.taxonomy_id == asked.taxonomy_id)
        yield own.in_(classified.where(attribute.taxonomy_term_id.in_(of)))
