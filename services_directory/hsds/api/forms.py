"""In which forms things are given out: what each nests, as HSDS's compiled schemas have it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services_directory.hsds.fields import FIELDS, ONE, PARTS

Nested = Mapping[str, Mapping[str, tuple[str, str]]]
"""Of a table: name in JSON, the table nested there, and the field that refers."""


_NAMES = {table: tuple(f.name for f in fields) for table, fields in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Form:
    order: tuple[str, ...]
    """Tables whose rows bring further rows, each after all that bring rows of it; the first is what
    is asked for."""
    parts: Nested = field(default_factory=dict)
    """Lists: the field stands in the nested table."""
    ones: Nested = field(default_factory=dict)
    """Single things: the field stands in the nesting table."""
    deep: bool = True
    """With taxonomy terms and metadata at everything."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a table not all fields, and nothing of our own."""

    def fields(self, table: str) -> tuple[str, ...]:
        return self.only.get(table) or _NAMES[table]


_BRIEF = ("id", "name", "status")
_INSIDE = ("service_at_location", "location", "contact", "phone")
_SERVICE = ("service", "service_id")
_SERVICES = {"services": ("service", "organization_id")}


def _without(nested: Nested, table: str, name: str | None = None) -> Nested:
    """Without all that is nested in a table, or without what stands there under one name."""
    left = {k: v for k, v in nested[table].items() if name not in (None, k)}
    return {**nested, table: left}


_OF_ORGANIZATION: Nested = {**PARTS, "organization": {**PARTS["organization"], **_SERVICES}}
_OF_LINK: Nested = {
    **ONE,
    "service_at_location": {**ONE["service_at_location"], "service": _SERVICE},
}

SERVICE = Form(("service", "organization", *_INSIDE), PARTS, ONE)
SERVICE_LIST = Form(("service",), ones={"service": ONE["service"]}, deep=False)
ORGANIZATION = Form(
    ("organization", *_INSIDE),
    _without(_OF_ORGANIZATION, "service"),
    _without(ONE, "service"),
    only={"service": _BRIEF},
)
ORGANIZATION_WITH_SERVICES = Form(
    ("organization", "service", *_INSIDE),
    _OF_ORGANIZATION,
    _without(ONE, "service", "organization"),
)
ORGANIZATION_LIST = Form(("organization",), deep=False)
LINK = Form(
    ("service_at_location", "service", "organization", *_INSIDE[1:]),
    _without(PARTS, "service", "service_at_locations"),
    _OF_LINK,
)
"""A service at a location, with the service."""
LINK_LIST = Form(("service_at_location", "service"), ones=_OF_LINK, deep=False)
TAXONOMY = Form(("taxonomy",))
TAXONOMY_LIST = Form(("taxonomy",), deep=False)
TERM = Form(("taxonomy_term",), ones=ONE)
TERM_LIST = Form(("taxonomy_term",), ones=ONE, deep=False)
