"""What is wrong with the directory, or will be: for editors, and `sanad directory check`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import phonenumbers
from phonenumbers import shortnumberinfo
from ruamel.yaml import YAML

from services_directory.guide_files import refuse_unfinished
from services_directory.mechanisms import mechanism_id
from services_directory.records import LOCALES, SERVICES, Guide, GuideError, Record
from services_directory.units import DATA, Units

Weight = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Complaint:
    record: str
    weight: Weight
    """error: people must not see it so; warning: an editor should look."""
    what: str


def check(guide: Guide, units: Units, today: date) -> tuple[Complaint, ...]:
    """Everything that is wrong, record by record. Drafts are only checked for forbidden numbers."""
    found: list[Complaint] = []
    for r in guide.records.values():
        found += _forbidden(r)
        if r.publish == "ok":
            found += (*_texts(r), *_dates(r, today), *_numbers(r), *_references(r, guide, units))
    found += _mechanisms(guide, units)
    found += _twins(guide)
    return tuple(found)


def _texts(r: Record) -> Iterator[Complaint]:
    try:
        refuse_unfinished(r)
    except GuideError as error:
        yield Complaint(r.id, "error", str(error).removeprefix(f"{r.id}: "))
    if not any(r.aliases.values()):
        yield Complaint(r.id, "warning", "nobody's question is noted: it is found by its name only")


def _dates(r: Record, today: date) -> Iterator[Complaint]:
    if r.valid_until and r.valid_until < today:
        yield Complaint(r.id, "warning", f"it ended on {r.valid_until.isoformat()}: withdraw it")
    if not r.source.date:
        yield Complaint(r.id, "error", "its source has no date")
    elif r.source.date > today.isoformat()[: len(r.source.date)]:
        yield Complaint(r.id, "error", f"its source is of the future: {r.source.date}")
    if not r.source.url:
        yield Complaint(r.id, "error", "it has no source")
    if r.stale(today):
        last = r.reviewed_on or r.compiled_on or "ever"
        yield Complaint(r.id, "warning", f"nobody has reviewed it since {last}")


def _numbers(r: Record) -> Iterator[Complaint]:
    for number in r.phones:
        if not _valid(number):
            yield Complaint(r.id, "error", f"{number} is no valid Moroccan or short number")


def _forbidden(r: Record) -> Iterator[Complaint]:
    said = "\n".join((*r.answer.values(), *r.name.values(), *r.phones))
    digits = re.sub(r"(?<=\d)[ .-]+(?=\d)", "", said)
    digits = re.sub(r"(?:\+|00)212", "0", digits)
    for number, why in known_numbers()["forbidden"].items():
        if re.search(rf"(?<!\d){number}(?!\d)", digits):
            yield Complaint(r.id, "error", f"{number} must not stand here: {why}")


def _references(r: Record, guide: Guide, units: Units) -> Iterator[Complaint]:
    for place in r.places:
        if units.get(place) is None:
            yield Complaint(r.id, "error", f"the map knows no {place}")
    if r.organization and r.organization not in guide.organizations:
        yield Complaint(r.id, "error", f"there is no organization {r.organization}")
    if r.kind in SERVICES and not r.organization:
        yield Complaint(r.id, "warning", "it says no organization that provides it")


def _mechanisms(guide: Guide, units: Units) -> Iterator[Complaint]:
    for unit in units.mechanisms:
        own = guide.records.get(mechanism_id(unit.code))
        if own is None or own.publish != "ok":
            yield Complaint(mechanism_id(unit.code), "error", f"{unit.name_fr} has no mechanism")


def _twins(guide: Guide) -> Iterator[Complaint]:
    """Published records of the same name in the same place."""
    seen: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for r in guide.records.values():
        if r.publish != "ok":
            continue
        for locale in LOCALES:
            name = " ".join(r.name.get(locale, "").casefold().split())
            key = (locale, name, r.places)
            if name and (other := seen.setdefault(key, r.id)) != r.id:
                yield Complaint(r.id, "warning", f"it is called as {other} is: {name}")
                break


def _valid(number: str) -> bool:
    if number in known_numbers()["short"]:
        return True
    try:
        parsed = phonenumbers.parse(number, "MA")
    except phonenumbers.NumberParseException:
        return False
    short = shortnumberinfo.is_valid_short_number_for_region(parsed, "MA")
    return bool(short or phonenumbers.is_valid_number(parsed))


@cache
def known_numbers() -> Mapping[str, Mapping[str, str]]:
    """`short` and `forbidden` numbers, each with why."""
    text = (DATA / "numbers.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = YAML(typ="safe").load(text)
    return found
