"""What the guide is made of: records in four writings, each with its source and date, and the
organizations that stand behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, get_args
from uuid import UUID, uuid5

from services_directory.hours import Hours

Locale = Literal["ary", "ary-Latn", "ar", "fr"]
LOCALES: tuple[Locale, ...] = get_args(Locale)
LONGEST = 600
"""Characters of an answer: what still reads as one message."""

Kind = Literal[
    "hotline", "service", "mechanism", "incubator", "finance", "market", "legal_form", "topic"
]
SERVICES: tuple[Kind, ...] = ("hotline", "service", "mechanism", "incubator", "finance", "market")
"""Kinds that are a service in the sense of HSDS; the others are texts of the guide only."""
Publish = Literal["ok", "draft", "withdrawn"]
Confidence = Literal["high", "medium", "low"]

UNREVIEWED = timedelta(days=180)
"""After so long without review a record is stale: editors are told, and people are cautioned."""

NAMESPACE = UUID("6f0d6a3c-6b0e-5c7f-9d43-2f1b7a5e9c10")
"""Ids of HSDS are UUIDv5 of this and `table/slug`."""


class GuideError(ValueError):
    """A record that cannot be taken: file, record, and what is wrong, in one sentence."""


def hsds_id(table: str, slug: str) -> str:
    return str(uuid5(NAMESPACE, f"{table}/{slug}"))


@dataclass(frozen=True, slots=True)
class Source:
    url: str
    date: str
    """Year, month or day, as the source gives it; of an undated page, when it was read."""
    publisher: str
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Organization:
    id: str
    name: Mapping[str, str]
    """By locale; French and Arabic at least."""
    description: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    id: str
    kind: Kind
    name: Mapping[str, str]
    answer: Mapping[str, str]
    """What a person reads, by locale."""
    source: Source
    sources: tuple[Source, ...] = ()
    """Further ones."""
    publish: Publish = "ok"
    confidence: Confidence = "medium"
    status: str | None = None
    """Of a call, a fund, an incubator, a mechanism: open, by_call, closed, unknown..."""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How people ask for it, by writing."""
    intents: tuple[str, ...] = ()
    """What it answers; it is the first answer to the first of them."""
    organization: str | None = None
    phones: tuple[str, ...] = ()
    url: str | None = None
    email: str | None = None
    places: tuple[str, ...] = ()
    """Whom it serves, as codes of the map; empty: the whole country."""
    address: Mapping[str, str] = field(default_factory=dict)
    confidential: bool = False
    """Its address is never published: a shelter."""
    age: tuple[int | None, int | None] = (None, None)
    """Years, both included."""
    eligibility: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Papers to bring, by locale, in the same order in each."""
    cost: Mapping[str, str] = field(default_factory=dict)
    hours: tuple[Hours, ...] = ()
    """Empty: not known."""
    languages: tuple[str, ...] = ()
    """ISO 639-1, or 639-3 where there is no shorter code."""
    abroad: bool = False
    """It can be reached from another country."""
    compiled_on: str | None = None
    """Day on which its texts were compared with the sources, YYYY-MM-DD."""
    reviewed_by: str | None = None
    reviewed_on: str | None = None
    """Day on which somebody last confirmed it, YYYY-MM-DD."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day on which it may be shown."""

    def said(self, texts: Mapping[str, str], locale: str) -> str:
        """A text in a locale, or in the nearest there is: Darija falls to Arabic, all to French,
        then to any."""
        for one in FALLBACK.get(locale, ("fr",)):
            if texts.get(one):
                return texts[one]
        return next(iter(texts.values()), "")

    def stale(self, today: date) -> bool:
        """Whether nobody has looked at it for half a year."""
        looked = max(filter(None, (self.reviewed_on, self.compiled_on)), default=None)
        return looked is None or today - date.fromisoformat(looked) > UNREVIEWED

    def shown(self, today: date) -> bool:
        """Whether people may see it on that day."""
        begun = self.valid_from is None or self.valid_from <= today
        lasts = self.valid_until is None or today <= self.valid_until
        return self.publish == "ok" and begun and lasts


FALLBACK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ary-Latn": ("ary-Latn", "ary", "ar", "fr"),
        "ary": ("ary", "ar", "fr"),
        "ar": ("ar", "ary", "fr"),
        "fr": ("fr", "ar"),
    }
)


@dataclass(frozen=True, slots=True)
class Guide:
    """Records and organizations by id, as they stand at one moment."""

    records: Mapping[str, Record]
    organizations: Mapping[str, Organization]
