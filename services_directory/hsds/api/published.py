"""What the public may see of the directory, as conditions of SQL with the day as their parameter
`today`.

A service is seen through its record, a location through the services at it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    exists,
    or_,
    select,
)

from services_directory.tables import HSDS, record

TODAY = bindparam("today", type_=String)
"""The day in Morocco, YYYY-MM-DD."""


def published(own: FromClause) -> ColumnElement[bool]:
    """Whether a row of `directory_record` is a service that may be seen today."""
    columns = own.c
    return and_(
        columns.publish == "ok",
        columns.kind != "organization",
        or_(columns.valid_from.is_(None), columns.valid_from <= TODAY),
        or_(columns.valid_until.is_(None), columns.valid_until >= TODAY),
    )


def shown_service(own: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the service with this id may be seen."""
    its = record.alias()
    return exists().where(its.c.service_id == own, published(its))


def shown_organization(own: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an organization stands behind a service that may be seen."""
    its, service = record.alias(), HSDS["service"].alias()
    return exists().where(
        service.c.organization_id == own, its.c.service_id == service.c.id, published(its)
    )


def shown_link(link: FromClause) -> ColumnElement[bool]:
    """Whether a service at a location may be seen."""
    other = HSDS["service_at_location"].alias()
    return and_(
        shown_service(link.c.service_id),
        link.c.location_id.is_not(None),
        # Asked of very many at once: one list of the few is quicker than a look for each.
        link.c.location_id.not_in(_confidential(other).where(other.c.location_id.is_not(None))),
    )


def shown_location(location: FromClause) -> ColumnElement[bool]:
    """Whether a location is of no confidential service, and of one that may be seen. One without
    any service is its organization's own, unless that stands behind a confidential service: then
    it may be the shelter itself."""
    link, of_seen = HSDS["service_at_location"].alias(), HSDS["service_at_location"].alias()
    linked = exists().where(link.c.location_id == location.c.id)
    used = exists().where(
        of_seen.c.location_id == location.c.id, shown_service(of_seen.c.service_id)
    )
    service, its = HSDS["service"].alias(), record.alias()
    shelter = exists().where(
        service.c.organization_id == location.c.organization_id,
        its.c.service_id == service.c.id,
        its.c.confidential.is_(True),
    )
    hiding = HSDS["service_at_location"].alias()
    secret = _confidential(hiding).where(hiding.c.location_id == location.c.id).exists()
    return and_(~secret, or_(used, ~linked & ~shelter))


def _confidential(link: FromClause) -> Select[Any]:
    """The locations at which confidential services are, drafts too."""
    its = record.alias()
    return select(link.c.location_id).where(
        its.c.service_id == link.c.service_id, its.c.confidential.is_(True)
    )
