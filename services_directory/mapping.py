"""Records and organizations as rows of the directory's tables; `unmapping` is the way back.

The columns of HSDS hold the French text, `directory_translation` the other writings. What becomes
of a record here comes back the same: a test holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services_directory import taxonomy
from services_directory.hours import Hours
from services_directory.records import (
    SERVICES,
    Guide,
    Organization,
    Record,
    hsds_id,
)
from services_directory.units import Units

BASE = "fr"
Rows = dict[str, dict[str, dict[str, Any]]]
"""Table, id, row."""

OWNED = (
    "phone", "schedule", "language", "service_area", "required_document", "service_at_location",
    "attribute",
)  # fmt: skip
"""Tables whose rows hang on a service and are made from its record."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "phones": ("phone",),
    "hours": ("schedule",),
    "languages": ("language",),
    "places": ("service_area",),
    "documents": ("required_document",),
    "address": ("service_at_location", "location", "address"),
    "intents": ("attribute",),
}
"""Of a record the fields that become rows of their own, and the tables of these."""

LANGUAGES = {"ar": "Arabe", "fr": "Français", "en": "Anglais", "es": "Espagnol", "ary": "Darija",
             "ber": "Amazighe", "zgh": "Amazighe"}  # fmt: skip

CLOSED = ("closed", "no_open_call_found")
"""States of a fund or a call in which HSDS calls the service inactive."""


def guide_rows(guide: Guide, units: Units) -> Rows:
    """All rows of a guide, taxonomies included."""
    rows = taxonomy.rows()
    for organization in guide.organizations.values():
        _merge(rows, organization_rows(organization))
    for record in guide.records.values():
        _merge(rows, record_rows(record, units))
    return rows


def organization_rows(o: Organization) -> Rows:
    own = hsds_id("organization", o.id)
    rows: Rows = {
        "organization": {
            own: {"id": own, "name": o.name[BASE], "description": o.description or o.name[BASE],
                  "website": o.url}
        },
        "record": {
            o.id: {"id": o.id, "kind": "organization", "publish": "ok", "organization_id": own,
                   "origin": "shipped"}
        },
    }  # fmt: skip
    _translate(rows, "organization", own, "name", o.name)
    if not o.description:
        _translate(rows, "organization", own, "description", o.name)
    return rows


def record_rows(
    r: Record, units: Units, *, origin: str = "shipped", service: str | None = None
) -> Rows:
    """`service`: the id of its service, where it has one of its own: an imported one keeps it."""
    own = service or hsds_id("service", r.id)
    rows: Rows = {"record": {r.id: _own_row(r, origin, own)}}
    if r.kind not in SERVICES:
        _translate(rows, "record", r.id, "name", r.name)
        _translate(rows, "record", r.id, "answer", r.answer)
        return rows
    low, high = r.age
    rows["service"] = {
        own: {
            "id": own, "name": r.name[BASE], "description": r.answer.get(BASE),
            "organization_id": hsds_id("organization", r.organization) if r.organization else None,
            "url": r.url, "email": r.email, "status": _status(r), "minimum_age": low,
            "maximum_age": high, "assured_date": r.reviewed_on,
            "eligibility_description": r.eligibility.get(BASE),
            "fees_description": r.cost.get(BASE),
        }
    }  # fmt: skip
    for field, texts in (
        ("name", r.name), ("description", r.answer),
        ("eligibility_description", r.eligibility), ("fees_description", r.cost),
    ):  # fmt: skip
        _translate(rows, "service", own, field, texts)
    _add(rows, r, own, "phone", [{"number": p, "type": "voice"} for p in r.phones])
    _add(rows, r, own, "schedule", [_schedule(h) for h in r.hours])
    _add(rows, r, own, "language", [{"code": c, "name": LANGUAGES.get(c, c)} for c in r.languages])
    areas = [{"name": units.label(p, BASE), "extent": p, "extent_type": "text"} for p in r.places]
    _add(rows, r, own, "service_area", areas)
    papers = [{"document": d} for d in r.documents.get(BASE, ())]
    for n, paper in enumerate(_add(rows, r, own, "required_document", papers)):
        several = {locale: texts[n] for locale, texts in r.documents.items()}
        _translate(rows, "required_document", paper, "document", several)
    _taxonomy(rows, r, own)
    if r.address:
        _location(rows, r, own, units)
    return rows


def _own_row(r: Record, origin: str, own: str) -> dict[str, Any]:
    service = r.kind in SERVICES
    return {
        "id": r.id, "kind": r.kind, "publish": r.publish, "status": r.status,
        "service_id": own if service else None,
        "organization_id": hsds_id("organization", r.organization)
        if r.organization and not service else None,
        "name": None if service else r.name[BASE],
        "answer": None if service else r.answer.get(BASE),
        "phones": None if service else list(r.phones), "url": None if service else r.url,
        "source_url": r.source.url, "source_date": r.source.date,
        "source_publisher": r.source.publisher, "source_dated": r.source.dated,
        "sources": [[s.url, s.date, s.publisher, s.dated] for s in r.sources],
        "confidence": r.confidence, "compiled_on": r.compiled_on,
        "reviewed_by": r.reviewed_by, "reviewed_on": r.reviewed_on,
        "valid_from": r.valid_from.isoformat() if r.valid_from else None,
        "valid_until": r.valid_until.isoformat() if r.valid_until else None,
        "intents": list(r.intents), "aliases": {k: list(v) for k, v in r.aliases.items()},
        "places": list(r.places), "abroad": r.abroad, "confidential": r.confidential,
        "origin": origin,
    }  # fmt: skip


def _status(r: Record) -> str:
    return "inactive" if r.status in CLOSED or r.publish == "withdrawn" else "active"


def _add(
    rows: Rows, r: Record, service: str, table: str, several: list[dict[str, Any]]
) -> list[str]:
    """Rows that hang on the record's service; their ids."""
    ids = [hsds_id(table, f"{r.id}/{n + 1}") for n in range(len(several))]
    if several:
        rows.setdefault(table, {}).update(
            {
                own: {"id": own, "service_id": service, "position": n, **row}
                for n, (own, row) in enumerate(zip(ids, several, strict=True))
            }
        )
    return ids


def _schedule(h: Hours) -> dict[str, Any]:
    return {
        "freq": "WEEKLY", "byday": ",".join(h.days),
        "opens_at": h.opens.strftime("%H:%M") if h.opens else None,
        "closes_at": h.closes.strftime("%H:%M") if h.closes else None,
        "valid_from": h.starts.isoformat() if h.starts else None,
        "valid_to": h.ends.isoformat() if h.ends else None, "description": h.note,
    }  # fmt: skip


def _taxonomy(rows: Rows, r: Record, own: str) -> None:
    known = taxonomy.terms()
    codes = [("kinds", r.kind), *(("needs", intent) for intent in r.intents)]
    attributes = rows.setdefault("attribute", {})
    for n, (which, code) in enumerate(codes):
        if code in known[which]:
            attribute = hsds_id("attribute", f"{r.id}/{which}/{code}")
            attributes[attribute] = {
                "id": attribute, "link_id": own, "link_entity": "service",
                "link_type": "service_category", "position": n,
                "taxonomy_term_id": taxonomy.term_id(which, code),
            }  # fmt: skip


def _location(rows: Rows, r: Record, own: str, units: Units) -> None:
    place = units.label(r.places[0], BASE) if r.places else ""
    where, line = hsds_id("location", r.id), hsds_id("address", r.id)
    link = hsds_id("service_at_location", r.id)
    rows["location"] = {where: {"id": where, "location_type": "physical", "name": r.name[BASE]}}
    rows["address"] = {
        line: {"id": line, "location_id": where, "address_1": r.address[BASE], "city": place,
               "state_province": place, "postal_code": "", "country": "MA",
               "address_type": "physical"}
    }  # fmt: skip
    rows["service_at_location"] = {link: {"id": link, "service_id": own, "location_id": where}}
    _translate(rows, "address", line, "address_1", r.address)


def _translate(rows: Rows, table: str, row: str, field: str, texts: Mapping[str, str]) -> None:
    for locale, text in texts.items():
        if locale != BASE and text:
            key = f"{table}/{row}/{field}/{locale}"
            rows.setdefault("translation", {})[key] = {
                "id": key, "table_name": table, "row_id": row, "field": field,
                "locale": locale, "text": text,
            }  # fmt: skip


def _merge(into: Rows, more: Rows) -> None:
    for table, several in more.items():
        into.setdefault(table, {}).update(several)
