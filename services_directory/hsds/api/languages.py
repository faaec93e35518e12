"""Which of our writings somebody gets who says what they read: Accept-Language (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from services_directory.mapping import BASE
from services_directory.records import FALLBACK, LOCALES, Locale

DEFAULT: Locale = "fr"
_ALL: tuple[Locale, ...] = (DEFAULT, "ar", *(x for x in LOCALES if x not in (DEFAULT, "ar")))
_BY_TAG: Mapping[str, Locale] = MappingProxyType({locale.lower(): locale for locale in _ALL})
_QUALITY = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII | re.IGNORECASE)


def chosen(accept: str | None) -> Locale:
    """The best of what is asked for that we have; French where there is none."""
    ranges = list(_ranges(accept or ""))
    named = {_ours(tag) for tag, _ in ranges}
    for tag, quality in sorted(ranges, key=lambda r: -r[1]):
        if quality == 0:
            break
        if tag == "*":
            if (free := next((x for x in _ALL if x not in named), None)) is not None:
                return free
        elif (ours := _ours(tag)) is not None:
            return ours
    return DEFAULT


def writings(locale: Locale) -> tuple[str, ...]:
    """The translations to look into, best first, before the base text; none for French."""
    several = FALLBACK[locale]
    return several[: several.index(BASE)]


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        tag, *parameters = (x.strip() for x in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if not (found := _QUALITY.fullmatch(parameter)):
                break
            quality = float(found[1])
        else:
            if tag:
                yield tag.lower(), quality


def _ours(tag: str) -> Locale | None:
    """The lookup of RFC 4647: ary-Latn-MA is ary-Latn, fr-CA is fr."""
    subtags = tag.split("-", 3)[:3]
    while subtags:
        if found := _BY_TAG.get("-".join(subtags)):
            return found
        subtags.pop()
    return None
