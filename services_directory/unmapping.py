"""Rows of the directory's tables as records and organizations again; `mapping` is the other way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, cast

from services_directory.hours import DAYS, Day, Hours
from services_directory.mapping import BASE, OWNED
from services_directory.records import (
    Confidence,
    Guide,
    Kind,
    Organization,
    Publish,
    Record,
    Source,
)


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
