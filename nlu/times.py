"""Days, hours and amounts of money in a message, as Moroccans say them. Input is folded text.

Nothing here knows what day it is: a day that counts from today stays a distance (`days`), and who
holds the clock reckons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from nlu.normal import Normal
from nlu.understood import Entity
from nlu.wordlists import number_words, table

_MONTHS: Mapping[str, int] = table("months")
_DAYS: Mapping[str, int] = table("days_from_today")
_TWO_OF: Mapping[str, int] = table("two_of")
_PARTS: Mapping[str, str] = table("parts_of_day")
_UNITS: Mapping[str, float] = table("money")
_SCALES: Mapping[str, int] = table("scales")
_WORDS: Mapping[str, int] = number_words()


def _any(words: Mapping[str, object]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_DIGIT = re.compile(r"\d")
_MONTH = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:er)? )?(?:d |de |dyal |ديال |من )?(?P<month>{_any(_MONTHS)})"
    r"(?: (?P<year>20\d\d|19\d\d))?(?!\w)"
)
_NUMERIC = re.compile(
    r"(?<![\d/.\-])(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})(?:[/.\-](?P<year>(?:20|19)\d\d))?(?![\d/.\-]|%)"
)
_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_FROM_TODAY = re.compile(rf"(?<!\w)(?P<day>{_any(_DAYS)})(?!\w)")
_AGO = re.compile(
    rf"(?<!\w)(?:هادي|قبل|منذ|hadi|hadchi|il y a|depuis|qbel|9bel) "
    rf"(?:(?P<two>{_any(_TWO_OF)})(?!\w)|(?:(?P<n>\d{{1,3}})|(?P<word>{_any(_WORDS)})) "
    r"(?P<unit>ايام|يوم|ليام|سيمانات|سيمانه|اسابيع|اسبوع|شهور|شهر|اشهر|jours?|semaines?|mois|"
    r"iyam|yam|simanat|simana|chhor|chher|chhour)(?!\w))"
)
_LENGTH = {"s": 7, "اس": 7, "سي": 7, "m": 30, "ch": 30, "شه": 30, "اش": 30}
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3])(?: ?[hH:] ?(?P<minute>[0-5]\d)| ?h(?:eures?)?)(?![\w:])"
)
_AT = re.compile(
    rf"(?<!\w)(?:مع|ف|علي|الساعه|m3a|f|a|vers|apres|avant|saa|sa3a|ساعه|من بعد|قبل|qbel|9bel) ?"
    rf"(?:ال|l)?(?:(?P<hour>\d{{1,2}})|(?P<word>{_any(_WORDS)}))"
    rf"(?: (?P<half>ونص|w nss|w ness|et demie|ونصف))?(?: (?:ديال |د |d |dyal |du |de la |في |ف|f )?"
    rf"(?:ال|l)?(?P<part>{_any(_PARTS)}))(?!\w)"
)
_MONEY = re.compile(
    rf"(?<![\w.,])(?:(?P<number>\d{{1,3}}(?:[ .]\d{{3}})+|\d+)|(?P<word>{_any(_WORDS)}))?"
    rf"(?: ?(?P<scale>{_any(_SCALES)}))? ?(?:(?:د|d|de|ديال|dyal) )?(?P<unit>{_any(_UNITS)})(?!\w)"
)
_MILLION = re.compile(
    rf"(?<!\w)(?:(?P<number>\d{{1,3}})|(?P<word>{_any(_WORDS)})) (?:مليون|ملاين|mlyoun|melyoun|"
    r"million|millions|mlayn)(?!\w)"
)
_BORN = re.compile(
    r"(?<!\w)(?:مزيود\w*|مزاد\w*|مزداد\w*|تزاد\w*|مواليد|ولد|ولدت|ne|nee|nes|tzad\w*|mzyoud\w*|mzad\w*|"
    r"mawalid)(?: \w+)?(?: (?:ف|في|f|fi|en|سنه|عام|3am|d|l'annee))? ?(?P<year>20[0-3]\d)(?!\d)"
)


_TOLD = frozenset(
    word.split()[0]
    for several in (_MONTHS, _DAYS, _PARTS, _UNITS, _SCALES)
    for word in map(str, several)
    if word.split()
) | {"هادي", "قبل", "منذ", "hadi", "hadchi", "depuis", "qbel", "9bel", "il"}
"""Words without one of which, and without a digit, no message holds a day, an hour or a sum."""


def times(text: Normal, words: Iterable[str]) -> list[Entity]:
    """Entities `date` (ISO; `--MM-DD` and `--MM` without a year), `days` (from today: yesterday is
    -1), `time` (HH:MM), `amount` (dirhams), `birth_year`."""
    folded = text.text
    if _TOLD.isdisjoint(words) and not _DIGIT.search(folded):
        return []
    found: list[Entity] = []
    if born := _BORN.search(folded):
        found.append(_entity(text, "birth_year", int(born["year"]), born, 0.9))
    found += _dates(text)
    found += _hours(text)
    found += _amounts(text)
    return found


def _dates(text: Normal) -> list[Entity]:
    folded = text.text
    found = []
    for match in (*_ISO.finditer(folded), *_NUMERIC.finditer(folded)):
        value = _iso(match["year"], match["month"], match["day"])
        if value:
            found.append(_entity(text, "date", value, match, 0.9 if match["year"] else 0.6))
    for match in _MONTH.finditer(folded):
        alone = match["day"] is None and match["year"] is None
        if alone and match["month"] in ("may", "mars", "ماي", "مارس"):
            continue  # also a name, a planet, and "may"
        value = _iso(match["year"], str(_MONTHS[match["month"]]), match["day"])
        if value:
            found.append(_entity(text, "date", value, match, 0.85))
    found += [_entity(text, "days", _DAYS[m["day"]], m, 0.9) for m in _FROM_TODAY.finditer(folded)]
    for match in _AGO.finditer(folded):
        if match["two"]:
            found.append(_entity(text, "days", -_TWO_OF[match["two"]], match, 0.85))
            continue
        n = int(match["n"]) if match["n"] else _WORDS[match["word"]]
        unit = match["unit"]
        length = next((d for start, d in _LENGTH.items() if unit.startswith(start)), 1)
        found.append(_entity(text, "days", -n * length, match, 0.85))
    return found


def _iso(year: str | None, month: str, day: str | None) -> str | None:
    """None where there is no such day."""
    try:
        date(int(year or 2024), int(month), int(day or 1))
    except ValueError:
        return None
    head = year or "-"
    return f"{head}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _hours(text: Normal) -> list[Entity]:
    found = []
    for match in _CLOCK.finditer(text.text):
        value = f"{int(match['hour']):02d}:{match['minute'] or '00'}"
        found.append(_entity(text, "time", value, match, 0.9))
    for match in _AT.finditer(text.text):
        hour = int(match["hour"]) if match["hour"] else _WORDS[match["word"]]
        late = _PARTS[match["part"]] == "pm" and hour < 12
        if 0 < hour <= 12:
            clock = (hour + 12 if late else hour) % 24
            value = f"{clock:02d}:{'30' if match['half'] else '00'}"
            found.append(_entity(text, "time", value, match, 0.85))
    return found


def _amounts(text: Normal) -> list[Entity]:
    found = []
    for match in _MONEY.finditer(text.text):
        if not (match["number"] or match["word"] or match["scale"]):
            continue
        number = _number(match)
        times_ = _SCALES[match["scale"]] if match["scale"] else 1
        dirhams = number * times_ * _UNITS[match["unit"]]
        if dirhams >= 1:
            found.append(_entity(text, "amount", round(dirhams), match, 0.9))
    million = _MILLION.search(text.text)
    if not found and million:
        # Said alone a million counts centimes: ten thousand dirhams. Asked again where it matters.
        found.append(_entity(text, "amount", _number(million) * 10_000, million, 0.6))
    return found


def _number(match: re.Match[str]) -> int:
    if match["number"]:
        return int(re.sub(r"[ .]", "", match["number"]))
    return _WORDS[match["word"]] if match["word"] else 1


def _entity(text: Normal, name: str, value: str | int, match: re.Match[str], sure: float) -> Entity:
    start, end = text.original(match.start(), match.end())
    return Entity(name, value, match.group(), start, end, sure)
