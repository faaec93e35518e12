"""Which rows of the directory go into a data package.

To the public: the services that may be seen today, what hangs on them, the organizations behind
them, and all taxonomies. A row that refers to something that stays behind stays behind itself: a
draft's telephone does not come out through its organization. The locations of a confidential
record never come out, whatever was asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from services_directory import changes
from services_directory.hsds.fields import FIELDS, REFERENCES
from services_directory.hsds.package.columns import COLUMNS
from services_directory.records import hsds_id
from services_directory.tables import HSDS, TABLES, record

Row = Mapping[str, Any]

ORDER = (
    "organization", "program", "location", "service", "service_at_location", "taxonomy",
    "taxonomy_term", "contact", "phone", "address", "schedule", "funding", "service_area",
    "required_document", "language", "accessibility", "cost_option", "organization_identifier",
    "attribute", "metadata", "meta_table_description", "record", "translation",
)  # fmt: skip
"""Each table after those that its rows refer to."""

_CHOSEN = ("organization", "program", "location", "service", "record")
_ALWAYS = ("taxonomy", "taxonomy_term", "meta_table_description")
_LINKS: Mapping[str, tuple[str, str]] = {
    "attribute": ("link_id", "link_entity"),
    "metadata": ("resource_id", "resource_type"),
    "translation": ("row_id", "table_name"),
}
"""Tables whose rows say which table they refer to: the fields with the id and the table."""


_REFERRING: Mapping[str, tuple[tuple[str, str], ...]] = {
    table: tuple((c.name, to) for c in columns if (to := REFERENCES.get(c.name)))
    for table, columns in COLUMNS.items()
}
"""The fields of a table that refer, and to which."""


@dataclass(slots=True)
class Choice:
    """Asked row by row, in the order of `ORDER`."""

    chosen: Mapping[str, Collection[str]]
    """Ids that may go out, of the tables that are chosen as a whole, and of all terms."""
    everything: bool
    kept: dict[str, set[str]] = field(default_factory=dict)
    """Ids that went out, by table."""

    def take(self, table: str, row: Row) -> Row | None:
        """The row as it goes out, None where it does not."""
        if table in _CHOSEN and row["id"] not in self.chosen[table]:
            return None
        taken = self._taken(table, row)
        if taken is not None:
            self.kept.setdefault(table, set()).add(row["id"])
        return taken

    def _taken(self, table: str, row: Row) -> Row | None:
        if table in _LINKS:
            own, of = _LINKS[table]
            if not self._linked(row[own], row[of]):
                return None
        references = [(name, other) for name, other in _REFERRING[table] if row[name]]
        lost = [name for name, other in references if not self._out(name, other, row)]
        if table == "record" and "service_id" in lost:
            return None
        if table in _CHOSEN or table == "taxonomy_term":
            emptied = {**row, **dict.fromkeys(lost)} if lost else row
            # Who reviewed it is nobody's business outside.
            return emptied if self.everything or table != "record" else _unsigned(emptied)
        public = table in _ALWAYS or table in _LINKS or bool(references)
        return row if not lost and (public or self.everything) else None

    def _out(self, name: str, other: str, row: Row) -> bool:
        """Whether what a field refers to goes out."""
        if name in ("parent_organization_id", "parent_id"):
            return row[name] in self.chosen[other]
        return row[name] in self.kept.get(other, ())

    def _linked(self, own: str, of: str | None) -> bool:
        if of is not None and of in TABLES:
            return own in self.kept.get(of, ())
        return any(own in ids for ids in self.kept.values())


def _unsigned(row: Row) -> Row:
    return {**row, "reviewed_by": None}


def choose(conn: Connection, *, today: date, everything: bool) -> Choice:
    """What goes out on a day in Morocco."""
    records = _rows(conn, record, "id", "kind", "publish", "valid_from", "valid_until",
                    "service_id", "organization_id", "confidential")  # fmt: skip
    known = {t: _bare(conn, t) for t in ("organization", "program", "location", "service")}
    links = _rows(conn, HSDS["service_at_location"], "service_id", "location_id")
    shown = [r for r in records if everything or _shown(r, today.isoformat())]
    seen = {r["service_id"] for r in shown}
    # A service without a record is no draft, but nobody published it either.
    services = {s: r for s, r in known["service"].items() if everything or s in seen}
    hidden = _hidden(records, known, links)
    used = {r["location_id"] for r in links if r["service_id"] in services}
    linked = {r["location_id"] for r in links}
    locations = {
        x: r for x, r in known["location"].items()
        if x not in hidden and (everything or x in used)
    }  # fmt: skip
    programs = {r["program_id"] for r in services.values()}
    behind = {
        *(r["organization_id"] for r in (*services.values(), *locations.values(), *shown)),
        *(known["program"][p]["organization_id"] for p in programs if p in known["program"]),
    }
    organizations = set(known["organization"]) if everything else _with_parents(behind, known)
    of_drafts = {r["program_id"] for r in known["service"].values()} - programs
    more = {
        x for x, r in known["location"].items()
        if r["organization_id"] in organizations and x not in linked and x not in hidden
    }  # fmt: skip
    return Choice(
        {
            "organization": organizations,
            "program": {p for p, r in known["program"].items()
                        if r["organization_id"] in organizations
                        and (everything or p not in of_drafts)},
            "location": more | set(locations),
            "service": set(services),
            "taxonomy_term": set(conn.scalars(select(HSDS["taxonomy_term"].c.id))),
            "record": {r["id"] for r in shown}
            | {r["id"] for r in records
               if r["kind"] == "organization" and r["organization_id"] in organizations
               and (everything or r["publish"] == "ok")},
        },
        everything,
    )  # fmt: skip


def _shown(r: Row, today: str) -> bool:
    """As `Record.shown`, of a row."""
    begun = not r["valid_from"] or r["valid_from"] <= today
    lasts = not r["valid_until"] or today <= r["valid_until"]
    return r["kind"] != "organization" and r["publish"] == "ok" and begun and lasts


def _hidden(
    records: Iterable[Row], known: Mapping[str, Mapping[str, Row]], links: Iterable[Row]
) -> set[str]:
    """The locations of confidential records: those at which the service is, that which was made
    for the record, even where nothing leads to it any more; and where the organization behind it
    has a location without any service, that may be the shelter itself."""
    confidential = [r for r in records if r["confidential"]]
    services: set[str] = {r["service_id"] for r in confidential if r["service_id"]}
    behind = {known["service"][s]["organization_id"] for s in services if s in known["service"]}
    at = {r["location_id"] for r in links}
    return {
        *(r["location_id"] for r in links if r["service_id"] in services),
        *(hsds_id("location", r["id"]) for r in confidential),
        *(x for x, r in known["location"].items()
          if x not in at and r["organization_id"] and r["organization_id"] in behind),
    }  # fmt: skip


def _with_parents(behind: Iterable[str | None], known: Mapping[str, Mapping[str, Row]]) -> set[str]:
    found: set[str] = set()
    for own in behind:
        up = own
        while up is not None and up in known["organization"] and up not in found:
            found.add(up)
            up = known["organization"][up]["parent_organization_id"]
    return found


def _bare(conn: Connection, table: str) -> dict[str, Row]:
    """The rows by id, with nothing but what they refer to."""
    names = [f.name for f in FIELDS[table] if f.name == "id" or f.name in REFERENCES]
    return {r["id"]: r for r in _rows(conn, HSDS[table], *names)}


def _rows(conn: Connection, table: Table, *names: str) -> list[Row]:
    return changes.rows(conn, select(*(table.c[name] for name in names)))
