"""The Fluent catalogues: loaded once, complete in four writings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from nlu.understood import Language

LOCALES = ("ary", "ary-Latn", "ar", "fr")
FALLBACK = {"ary-Latn": ("ary", "ar", "fr"), "ary": ("ar", "fr"), "ar": ("fr",), "fr": ()}
"""Never needed while a test holds the catalogues complete; a message never fails for its want."""
PLURALS = {"ary": "ar", "ary-Latn": "fr", "ar": "ar", "fr": "fr"}
"""Whose plural rules a writing follows: CLDR has none for Darija."""
FILES = ("core.ftl", "report.ftl", "terms.ftl")
FOLDER = Path(__file__).parent / "locales"

_OF_LANGUAGE: Mapping[Language, str] = {
    "ary-Arab": "ary",
    "ary-Latn": "ary-Latn",
    "arb": "ar",
    "fra": "fr",
    "other": "ary",
}


def locale_of(language: Language | None) -> str:
    """The catalogue for a person's language; Darija in Arabic letters where it is not known."""
    return _OF_LANGUAGE[language] if language else "ary"


@cache
def bundle(locale: str) -> FluentBundle:
    """Isolates are ours to place (`compose`): Fluent would put them around our own words too."""
    found = FluentBundle([PLURALS[locale]], use_isolating=False)
    for name in FILES:
        text_ = (FOLDER / locale / name).read_text(encoding="utf-8")
        found.add_resource(FluentResource(text_))
    return found


def text(
    locale: str,
    message_id: str,
    args: Mapping[str, str | int] | None = None,
    *,
    attribute: str | None = None,
    sms: bool = False,
) -> str | None:
    """A message, or one of its attributes; None where there is no such thing.

    `sms`: the `.sms` variant where there is one.
    """
    if sms and attribute is None:
        short = _text(locale, message_id, _key(args), "sms")
        if short is not None:
            return short
    return _text(locale, message_id, _key(args), attribute)


def _key(args: Mapping[str, str | int] | None) -> tuple[tuple[str, str | int], ...]:
    return tuple(sorted(args.items())) if args else ()


@lru_cache(maxsize=8192)
def _text(
    locale: str, message_id: str, args: tuple[tuple[str, str | int], ...], attribute: str | None
) -> str | None:
    for one in (locale, *FALLBACK[locale]):
        pattern = _pattern(one, message_id, attribute)
        if pattern is not None:
            formatted, _ = bundle(one).format_pattern(pattern, dict(args))
            return "\n".join(line.rstrip() for line in str(formatted).strip().splitlines())
    return None


def _pattern(locale: str, message_id: str, attribute: str | None) -> Any:
    found = bundle(locale)
    if not found.has_message(message_id):
        return None
    message = found.get_message(message_id)
    return message.attributes.get(attribute) if attribute else message.value
