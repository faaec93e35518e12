"""Records and organizations as rows of the directory's tables, and rows as records again.

The columns of HSDS hold the French text, `directory_translation` the other writings. What becomes
of a record here comes back the same: a test holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, cast

from services_directory import taxonomy
from services_directory.hours import DAYS, Day, Hours
from services_directory.records import (
    SERVICES,
    Confidence,
    Guide,
    Kind,
    Organization,
    Publish,
    Record,
    Source,
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


# --- back again -----------------------------------------------------------------------------------


def guide_of(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Guide:
    """The guide that stands in rows. Of a table: its rows in any order."""
    texts = _texts(rows.get("translation", ()))
    hung = {
        table: _by(rows.get(table, ()), "service_id" if table != "attribute" else "link_id")
        for table in OWNED
    }
    services = {row["id"]: row for row in rows.get("service", ())}
    bodies = {row["id"]: row for row in rows.get("organization", ())}
    addresses = {row["location_id"]: row for row in rows.get("address", ())}
    own = list(rows.get("record", ()))
    slugs = {r["organization_id"]: r["id"] for r in own if r["kind"] == "organization"}
    organizations = {
        r["id"]: _organization(r["id"], bodies[r["organization_id"]], texts)
        for r in own if r["kind"] == "organization" and r["organization_id"] in bodies
    }  # fmt: skip
    records: dict[str, Record] = {}
    for row in own:
        if row["kind"] == "organization":
            continue
        if row["service_id"] is None:
            records[row["id"]] = _text_record(row, texts, slugs)
        elif row["service_id"] in services:
            service = services[row["service_id"]]
            parts = {table: found.get(service["id"], ()) for table, found in hung.items()}
            records[row["id"]] = _service_record(row, service, parts, addresses, texts, slugs)
    return Guide(records, organizations)


Texts = Mapping[tuple[str, str, str], Mapping[str, str]]


def _texts(rows: Iterable[Mapping[str, Any]]) -> Texts:
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for r in rows:
        found.setdefault((r["table_name"], r["row_id"], r["field"]), {})[r["locale"]] = r["text"]
    return found


def _by(rows: Iterable[Mapping[str, Any]], field: str) -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row[field]:
            found.setdefault(row[field], []).append(row)
    for several in found.values():
        several.sort(key=lambda row: (row["position"] or 0, row["id"]))
    return found


def _said(texts: Texts, table: str, row: str, field: str, base: str | None) -> dict[str, str]:
    """A text in every writing it has; the French one first."""
    others = texts.get((table, row, field), {})
    return {**others, BASE: base} if base else dict(others)


def _organization(slug: str, row: Mapping[str, Any], texts: Texts) -> Organization:
    name = _said(texts, "organization", row["id"], "name", row["name"])
    description = row["description"] if row["description"] != row["name"] else ""
    return Organization(slug, name, description or "", row["website"])


def _shared(row: Mapping[str, Any]) -> dict[str, Any]:
    """What `directory_record` says of a record of either kind."""
    return {
        "id": row["id"], "kind": cast(Kind, row["kind"]),
        "publish": cast(Publish, row["publish"]), "status": row["status"],
        "source": Source(
            row["source_url"] or "", row["source_date"] or "", row["source_publisher"] or "",
            bool(row["source_dated"]),
        ),
        "sources": tuple(Source(*several) for several in row["sources"] or ()),
        "confidence": cast(Confidence, row["confidence"] or "low"),
        "compiled_on": row["compiled_on"], "reviewed_by": row["reviewed_by"],
        "reviewed_on": row["reviewed_on"],
        "valid_from": _day(row["valid_from"]), "valid_until": _day(row["valid_until"]),
        "intents": tuple(row["intents"] or ()),
        "aliases": {k: tuple(v) for k, v in (row["aliases"] or {}).items()},
        "places": tuple(row["places"] or ()), "abroad": bool(row["abroad"]),
        "confidential": bool(row["confidential"]),
    }  # fmt: skip


def _text_record(row: Mapping[str, Any], texts: Texts, slugs: Mapping[str, str]) -> Record:
    return Record(
        name=_said(texts, "record", row["id"], "name", row["name"]),
        answer=_said(texts, "record", row["id"], "answer", row["answer"]),
        organization=slugs.get(row["organization_id"]),
        phones=tuple(row["phones"] or ()),
        url=row["url"],
        **_shared(row),
    )


def _service_record(
    row: Mapping[str, Any],
    service: Mapping[str, Any],
    parts: Mapping[str, Iterable[Mapping[str, Any]]],
    addresses: Mapping[str, Mapping[str, Any]],
    texts: Texts,
    slugs: Mapping[str, str],
) -> Record:
    own = service["id"]
    documents: dict[str, list[str]] = {}
    for paper in parts["required_document"]:
        said = _said(texts, "required_document", paper["id"], "document", paper["document"])
        for locale, text in said.items():
            documents.setdefault(locale, []).append(text)
    where = next((addresses[link["location_id"]] for link in parts["service_at_location"]
                  if link["location_id"] in addresses), None)  # fmt: skip
    return Record(
        name=_said(texts, "service", own, "name", service["name"]),
        answer=_said(texts, "service", own, "description", service["description"]),
        organization=slugs.get(service["organization_id"]),
        phones=tuple(p["number"] for p in parts["phone"]),
        url=service["url"],
        email=service["email"],
        address=_said(texts, "address", where["id"], "address_1", where["address_1"])
        if where else {},
        age=(_years(service["minimum_age"]), _years(service["maximum_age"])),
        eligibility=_said(texts, "service", own, "eligibility_description",
                          service["eligibility_description"]),
        documents={locale: tuple(several) for locale, several in documents.items()},
        cost=_said(texts, "service", own, "fees_description", service["fees_description"]),
        hours=tuple(_hours(s) for s in parts["schedule"] if _plain(s)),
        languages=tuple(x["code"] for x in parts["language"] if x["code"]),
        **_shared(row),
    )  # fmt: skip


def _plain(schedule: Mapping[str, Any]) -> bool:
    """Whether it repeats by weekdays only: what else RFC 5545 can say is not told from here."""
    days = (schedule["byday"] or "").split(",")
    weekly = schedule["freq"] in (None, "WEEKLY") and (schedule.get("interval") or 1) == 1
    return weekly and all(day in DAYS or day == "" for day in days)


def _hours(s: Mapping[str, Any]) -> Hours:
    days = cast(tuple[Day, ...], tuple(d for d in (s["byday"] or "").split(",") if d))
    return Hours(
        days or DAYS, _clock(s["opens_at"]), _clock(s["closes_at"]), _day(s["valid_from"]),
        _day(s["valid_to"]), s["description"],
    )  # fmt: skip


def _clock(text: str | None) -> time | None:
    """Of 08:30, 08:30:00Z or 08:30+01:00 the hour and minute as written."""
    try:
        return time.fromisoformat(text[:5]) if text else None
    except ValueError:
        return None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _years(number: float | None) -> int | None:
    return None if number is None else int(number)
