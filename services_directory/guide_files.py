"""The guide as YAML files: one list of records and organizations a file. Every text complete, every
record with its source, or it is not read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from services_directory.hours import ALWAYS, DAYS, Day, Hours
from services_directory.mechanisms import mechanisms
from services_directory.records import (
    LOCALES,
    LONGEST,
    Confidence,
    Guide,
    GuideError,
    Kind,
    Organization,
    Publish,
    Record,
    Source,
)
from services_directory.units import DATA

SHIPPED = DATA / "guide"
COMPILED = date(2026, 11, 24)
"""When the shipped texts were compared with the sources, where a record says nothing else."""
SLUG = r"^[a-z0-9][a-z0-9_-]{0,47}$"
"""Fits a button: `guide=…@number` in 64 bytes."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _Source(_Strict):
    url: str = Field(min_length=1)
    date: str = Field(pattern=r"^(19|20)\d\d(-\d\d(-\d\d)?)?$")
    publisher: str = Field(min_length=1)
    dated: bool = True

    def made(self) -> Source:
        return Source(self.url, self.date, self.publisher, self.dated)


class _Hours(_Strict):
    days: list[Day] = list(DAYS)
    opens: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    closes: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    starts: date | None = None
    ends: date | None = None
    note: str | None = None

    def made(self) -> Hours:
        if (self.opens is None) != (self.closes is None):
            raise GuideError("hours need both opens and closes, or neither: closed")
        if self.starts and self.ends and self.ends < self.starts:
            raise GuideError("hours end before they start")
        return Hours(
            tuple(self.days),
            time.fromisoformat(self.opens) if self.opens else None,
            time.fromisoformat(self.closes) if self.closes else None,
            self.starts, self.ends, self.note,
        )  # fmt: skip


class _Age(_Strict):
    min: int | None = Field(default=None, ge=0, le=120)
    max: int | None = Field(default=None, ge=0, le=120)


class _Organization(_Strict):
    id: str = Field(pattern=SLUG)
    kind: Literal["organization"]
    name: dict[str, str]
    description: str = ""
    url: str | None = None
    source: _Source | None = None

    def made(self) -> Organization:
        if missing := {"ar", "fr"} - set(self.name):
            raise GuideError(f"{self.id}: name must stand in {', '.join(sorted(missing))}")
        return Organization(self.id, self.name, self.description, self.url)


class _Record(_Strict):
    id: str = Field(pattern=SLUG)
    kind: Kind
    publish: Publish = "ok"
    status: str | None = Field(default=None, max_length=40)
    name: dict[str, str]
    answer: dict[str, str]
    organization: str | None = Field(default=None, pattern=SLUG)
    phones: list[str] = []
    url: str | None = None
    email: str | None = None
    places: list[str] = []
    address: dict[str, str] = {}
    confidential: bool = False
    age: _Age = _Age()
    eligibility: dict[str, str] = {}
    documents: dict[str, list[str]] = {}
    cost: dict[str, str] = {}
    hours: list[_Hours] | Literal["always"] = []
    languages: list[str] = []
    abroad: bool = False
    intents: list[str] = []
    aliases: dict[str, list[str]] = {}
    source: _Source
    sources: list[_Source] = []
    confidence: Confidence = "medium"
    compiled_on: date = COMPILED
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def made(self) -> Record:
        return Record(
            id=self.id, kind=self.kind, publish=self.publish, status=self.status,
            name=self.name, answer=self.answer, organization=self.organization,
            phones=tuple(self.phones), url=self.url, email=self.email,
            places=tuple(self.places), address=self.address, confidential=self.confidential,
            age=(self.age.min, self.age.max), eligibility=self.eligibility,
            documents={k: tuple(v) for k, v in self.documents.items()}, cost=self.cost,
            hours=(ALWAYS,) if self.hours == "always" else tuple(h.made() for h in self.hours),
            languages=tuple(self.languages), abroad=self.abroad, intents=tuple(self.intents),
            aliases={k: tuple(v) for k, v in self.aliases.items()},
            source=self.source.made(), sources=tuple(s.made() for s in self.sources),
            confidence=self.confidence, compiled_on=self.compiled_on.isoformat(),
            reviewed_by=self.reviewed_by,
            reviewed_on=self.reviewed_on.isoformat() if self.reviewed_on else None,
            valid_from=self.valid_from, valid_until=self.valid_until,
        )  # fmt: skip


def read_guide(folder: Path = SHIPPED) -> Guide:
    """Every record and organization of a folder, or of one file. Raises GuideError."""
    records: dict[str, Record] = {}
    organizations: dict[str, Organization] = {}
    paths = [folder] if folder.is_file() else sorted(folder.glob("*.yaml"))
    for path in paths:
        for made in _read(path):
            known = records if isinstance(made, Record) else organizations
            # Records and organizations stand in one table.
            if made.id in records or made.id in organizations:
                raise GuideError(f"{path.name}: {made.id} stands twice in the guide")
            known[made.id] = made  # type: ignore[assignment]
    for record in records.values():
        if record.organization and record.organization not in organizations:
            raise GuideError(f"{record.id}: no organization {record.organization} in the guide")
    return Guide(records, organizations)


def refuse_unfinished(record: Record) -> None:
    """What may not be published: a text that is missing in a writing, or too long. Raises
    GuideError."""
    for what, texts in (("name", record.name), ("answer", record.answer)):
        if unknown := set(texts) - set(LOCALES):
            raise GuideError(f"{record.id}: {what} stands in an unknown writing: {unknown.pop()}")
        missing = [locale for locale in LOCALES if not texts.get(locale, "").strip()]
        if missing and record.publish == "ok":
            raise GuideError(f"{record.id}: {what} must stand in {', '.join(missing)}")
    long = [locale for locale, text in record.answer.items() if len(text) > LONGEST]
    if long:
        raise GuideError(f"{record.id}: the answer in {long[0]} is over {LONGEST} characters")
    lengths = {len(papers) for papers in record.documents.values()}
    if len(lengths) > 1:
        raise GuideError(f"{record.id}: documents must be as many in every writing")


def _read(path: Path) -> Iterator[Record | Organization]:
    try:
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise GuideError(f"{path.name} cannot be read: {type(error).__name__}") from error
    if isinstance(data, dict) and "mechanisms" in data:
        yield from _checked(path, mechanisms(_template(path, data["mechanisms"])))
        return
    if not isinstance(data or [], list):
        raise GuideError(f"{path.name}: not a list of records")
    for n, entry in enumerate(data or ()):
        name = entry.get("id") if isinstance(entry, dict) else None
        yield from _checked(path, _parse(path, entry, str(name or f"entry {n + 1}")))


def _checked(
    path: Path, several: Iterable[Record | Organization]
) -> Iterator[Record | Organization]:
    for made in several:
        try:
            if isinstance(made, Record):
                refuse_unfinished(made)
        except GuideError as error:
            raise GuideError(f"{path.name}, {error}") from error
        yield made


def _parse(path: Path, entry: Any, name: str) -> Iterator[Record | Organization]:
    try:
        if isinstance(entry, dict) and entry.get("kind") == "organization":
            yield _Organization.model_validate(entry).made()
        else:
            yield _Record.model_validate(entry).made()
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise GuideError(f"{path.name}, {name}: {place}: {first['msg']}") from error
    except GuideError as error:
        raise GuideError(f"{path.name}, {name}: {error}") from error


def _template(path: Path, given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise GuideError(f"{path.name}: mechanisms is no mapping")
    return given


def write_yaml(guide: Guide) -> str:
    """The guide as one file that `read_guide` takes back."""
    yaml = YAML()
    yaml.width = 4096
    yaml.allow_unicode = True
    out = io.StringIO()
    entries = [
        *(_organization_entry(o) for o in guide.organizations.values()),
        *(_record_entry(r) for r in guide.records.values()),
    ]
    yaml.dump(entries, out)
    return out.getvalue()


def _organization_entry(o: Organization) -> dict[str, Any]:
    entry = {"id": o.id, "kind": "organization", "name": dict(o.name),
             "description": o.description, "url": o.url}  # fmt: skip
    return {k: v for k, v in entry.items() if v}


def _record_entry(r: Record) -> dict[str, Any]:
    low, high = r.age
    entry: dict[str, Any] = {
        "id": r.id, "kind": r.kind, "publish": r.publish, "status": r.status,
        "name": dict(r.name), "answer": dict(r.answer), "organization": r.organization,
        "phones": list(r.phones), "url": r.url, "email": r.email, "places": list(r.places),
        "address": dict(r.address), "confidential": r.confidential,
        "age": {k: v for k, v in (("min", low), ("max", high)) if v is not None},
        "eligibility": dict(r.eligibility),
        "documents": {k: list(v) for k, v in r.documents.items()}, "cost": dict(r.cost),
        "hours": [_hours_entry(h) for h in r.hours], "languages": list(r.languages),
        "abroad": r.abroad, "intents": list(r.intents),
        "aliases": {k: list(v) for k, v in r.aliases.items()},
        "source": _source_entry(r.source), "sources": [_source_entry(s) for s in r.sources],
        "confidence": r.confidence,
        "compiled_on": date.fromisoformat(r.compiled_on) if r.compiled_on else None,
        "reviewed_by": r.reviewed_by, "reviewed_on": r.reviewed_on,
        "valid_from": r.valid_from, "valid_until": r.valid_until,
    }  # fmt: skip
    return {k: v for k, v in entry.items() if v not in (None, [], {}, False)}


def _hours_entry(h: Hours) -> dict[str, Any]:
    entry = {
        "days": list(h.days), "opens": h.opens.strftime("%H:%M") if h.opens else None,
        "closes": h.closes.strftime("%H:%M") if h.closes else None,
        "starts": h.starts, "ends": h.ends, "note": h.note,
    }  # fmt: skip
    return {k: v for k, v in entry.items() if v is not None}


def _source_entry(s: Source) -> dict[str, Any]:
    entry: dict[str, Any] = {"url": s.url, "date": s.date, "publisher": s.publisher}
    return entry if s.dated else {**entry, "dated": False}
