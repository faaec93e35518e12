"""A record for each of the 82 territorial mechanisms, made from one set of texts: nothing is
published that would tell one from another, except that four are known to have opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services_directory.records import LOCALES, Record, Source
from services_directory.units import the_map


def mechanism_id(code: str) -> str:
    """The record of a mechanism: `mechanism-ma-sal`."""
    return f"mechanism-{code.lower()}"


def mechanisms(template: Mapping[str, Any]) -> Iterator[Record]:
    units = the_map()
    known = template["operational"]
    for unit in units.mechanisms:
        found = known.get(unit.code)
        state = "operational" if found else "unknown"
        names: dict[str, str] = {locale: units.label(unit.code, locale) for locale in LOCALES}

        def told(texts: Mapping[str, str], names: Mapping[str, str] = names,
                 year: str = found["year"] if found else "") -> dict[str, str]:  # fmt: skip
            return {
                locale: text.replace("{place}", names[locale]).replace("{year}", year)
                for locale, text in texts.items()
            }

        yield Record(
            id=mechanism_id(unit.code),
            kind="mechanism",
            status=state,
            name=told(template["name"]),
            answer=told(template["answer"][state]),
            aliases={
                locale: tuple(line.replace("{place}", names[locale]) for line in lines)
                for locale, lines in template["aliases"].items()
            },
            organization=template["organization"],
            places=(unit.code,),
            age=(None, template["age"]["max"]),
            confidence=template["confidence"],
            compiled_on=template["compiled_on"].isoformat(),
            source=Source(**(found["source"] if found else template["source"])),
        )
