"""Invented rows that fill every table of HSDS: what the public may see says OPEN in every text,
what it must never see says UNSEEN."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services_directory.changes import Write
from services_directory.hsds.fields import FIELDS, PARTS, WITHOUT_ATTRIBUTES
from services_directory.records import hsds_id

TODAY = "2026-06-01"
MODIFIED = "2025-03-01T10:00:00.250+00:00"
Rows = list[tuple[str, dict[str, Any]]]

_VALUES = {
    "number": 12.0, "date": "2025-03-01", "time": "08:30", "datetime": MODIFIED,
}  # fmt: skip
_APART = ("location", "service_at_location", "program")


def ident(table: str, name: str) -> str:
    return hsds_id(table, f"invented/{name}")


def row(table: str, name: str, word: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    """A row with every field filled that refers to nothing, and these."""
    made: dict[str, Any] = {}
    for field in FIELDS[table]:
        match field.type:
            case "uuid":
                made[field.name] = None
            case "uri":
                made[field.name] = f"https://example.org/{word}"
            case "email":
                made[field.name] = f"{word}@example.org"
            case "text":
                made[field.name] = field.choices[0] if field.choices else f"{field.name} {word}"
            case _:
                made[field.name] = _VALUES[field.type]
    return table, {**made, "id": ident(table, name), **fields}


def with_parts(
    table: str, name: str, word: str, **fields: Any
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A row, all that can hang on it, a taxonomy term, metadata and an Arabic text at each."""
    own, made = row(table, name, word, **fields)
    yield own, made
    for child, field in PARTS.get(table, {}).values():
        if child not in _APART:
            yield from with_parts(child, f"{name}/{field}", word, **{field: made["id"]})
    if table not in WITHOUT_ATTRIBUTES:
        yield from with_parts(
            "attribute", f"{name}/{table}", word, link_id=made["id"], link_entity=table,
            taxonomy_term_id=ident("taxonomy_term", "child"),
        )  # fmt: skip
    if table != "metadata":
        yield row("metadata", f"{name}/{table}", word, resource_id=made["id"], resource_type=table)
    text = next((f for f in ("description", "name", "value", "notes") if f in made), None)
    if text:
        key = f"{table}/{made['id']}/{text}/ar"
        yield "translation", {
            "id": key, "table_name": table, "row_id": made["id"], "field": text, "locale": "ar",
            "text": f"نص {word}",
        }  # fmt: skip


def record(name: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    return "record", {
        "id": f"invented-{name}", "kind": "service", "publish": "ok", "origin": "written",
        "service_id": ident("service", name), "source_url": "https://example.org/source",
        "source_date": "2025", "source_publisher": "OPEN", "source_dated": True,
        "status": "by_call", "reviewed_on": "2026-01-01", **fields,
    }  # fmt: skip


def service(name: str, word: str, **fields: Any) -> Rows:
    made = {"organization_id": ident("organization", "many"), **fields}
    return list(with_parts("service", name, word, **made))


def link(name: str, word: str, of: str, place: str) -> Rows:
    ids = {"service_id": ident("service", of), "location_id": ident("location", place)}
    return list(with_parts("service_at_location", name, word, **ids))


def location(
    name: str, word: str, organization: str, *, latitude: float = 12.0, postcode: str = "10100"
) -> Rows:
    of = ident("organization", organization)
    made = list(with_parts("location", name, word, organization_id=of, latitude=latitude))
    for table, its in made:
        if table == "address":
            its["postal_code"] = "10666" if word == "UNSEEN" else postcode
    return made


def invented() -> tuple[Rows, Rows]:
    """What may be seen, and what may not."""
    many, program = ident("organization", "many"), ident("program", "one")
    seen: Rows = [
        *with_parts("taxonomy", "all", "OPEN"),
        *with_parts("taxonomy_term", "parent", "OPEN", taxonomy_id=ident("taxonomy", "all")),
        *with_parts(
            "taxonomy_term", "child", "OPEN", taxonomy_id=ident("taxonomy", "all"),
            parent_id=ident("taxonomy_term", "parent"),
        ),
        *with_parts("organization", "many", "OPEN"),
        *with_parts("program", "one", "OPEN", organization_id=many),
        *service("open", "OPEN", program_id=program), record("open"),
        *location("open", "OPEN", "many"), *link("open", "OPEN", "open", "open"),
        # Its address is kept secret, it is not.
        *service("shelter", "OPEN"), record("shelter", confidential=True),
        # An organization's own location, without any service there.
        *with_parts("organization", "quiet", "OPEN"),
        *service("quiet", "OPEN", organization_id=ident("organization", "quiet")), record("quiet"),
        *location("seat", "OPEN", "quiet"),
        # Some 1,112 metres north of the open one.
        *location("north", "OPEN", "quiet", latitude=12.01, postcode="10200"),
        *link("north", "OPEN", "quiet", "north"),
        *service("today", "OPEN"), record("today", valid_from=TODAY, valid_until=TODAY),
    ]  # fmt: skip
    hidden: Rows = [
        *service("draft", "UNSEEN"), record("draft", publish="draft"),
        # A second record of what is published: an editor's draft.
        record("0-draft", publish="draft", service_id=ident("service", "open")),
        *location("draft", "UNSEEN", "many"), *link("draft", "UNSEEN", "draft", "draft"),
        *service("withdrawn", "UNSEEN"), record("withdrawn", publish="withdrawn"),
        *service("early", "UNSEEN"), record("early", valid_from="2026-06-02"),
        *service("late", "UNSEEN"), record("late", valid_until="2026-05-31"),
        *service("unknown", "UNSEEN"),
        *service("body", "UNSEEN"), record("body", kind="organization"),
        # Only a draft stands before it.
        *with_parts("organization", "hidden", "UNSEEN"),
        *with_parts("program", "hidden", "UNSEEN", organization_id=ident("organization", "hidden")),
        *service("alone", "UNSEEN", organization_id=ident("organization", "hidden")),
        record("alone", publish="draft"),
        # The shelter, also where another service shares its house, or nobody says whose it is.
        *location("shelter", "UNSEEN", "many"), *link("shelter", "UNSEEN", "shelter", "shelter"),
        *link("shared", "UNSEEN", "open", "shelter"),
        *location("whose", "UNSEEN", "many"),
        *location("secret draft", "UNSEEN", "many"), *link("sd", "UNSEEN", "sd", "secret draft"),
        *link("sd open", "UNSEEN", "open", "secret draft"),
        *service("sd", "UNSEEN"), record("sd", publish="draft", confidential=True),
        *_crossing(),
    ]  # fmt: skip
    return seen, hidden


def _crossing() -> Rows:
    """What hangs on something seen and something unseen at once."""
    many, seen = ident("organization", "many"), ident("service", "open")
    draft, shelter = ident("service", "draft"), ident("service", "shelter")
    house, here = ident("location", "shelter"), ident("service_at_location", "shelter")
    between = ident("contact", "between")
    return [
        row("phone", "of both", "UNSEEN", organization_id=many, service_id=draft),
        row("phone", "in the house", "UNSEEN", service_id=shelter, location_id=house),
        row("phone", "at the link", "UNSEEN", service_id=seen, service_at_location_id=here),
        row("contact", "in the house", "UNSEEN", service_id=shelter, location_id=house),
        row("contact", "between", "UNSEEN", organization_id=many, service_id=draft),
        row("phone", "of the contact", "UNSEEN", organization_id=many, contact_id=between),
        row("contact", "at the link", "UNSEEN", organization_id=many, service_at_location_id=here),
        row("schedule", "in the house", "UNSEEN", service_id=shelter, location_id=house),
        row("language", "in the house", "UNSEEN", service_id=seen, location_id=house),
        row("language", "spoken", "UNSEEN", service_id=seen, phone_id=ident("phone", "of both")),
        row(
            "language", "far", "UNSEEN", service_id=seen, phone_id=ident("phone", "of the contact")
        ),
        row("funding", "of both", "UNSEEN", organization_id=many, service_id=draft),
    ]


def writes(rows: Rows) -> list[Write]:
    return [Write(table, made["id"], made) for table, made in rows]


def ids(rows: Rows) -> Mapping[str, set[str]]:
    """The ids by table."""
    found: dict[str, set[str]] = {}
    for table, made in rows:
        found.setdefault(table, set()).add(made["id"])
    return found
