"""Numbers in a message: ages, telephone numbers, receipts. Input is folded: digits are ASCII."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from nlu.normal import Normal
from nlu.understood import Entity
from nlu.wordlists import number_words

_WORDS: Mapping[str, int] = number_words()
_NUMBER = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_YEARS = (
    r"(?:snin|sninn|snine|sna|sana|snwat|sanawat|3am|3wam|a3wam|ans?|annees?|3amayn|years?|سنين|سنوات|سنه|عام|عوام|"
    r"اعوام|اعوم|سنيين)"
)
_MONTHS = r"(?:chhor|chhour|chher|chhar|chouhour|mois|شهر|شهور|اشهر|chhoura|شهورا)"
_AGE = re.compile(
    rf"(?<![\w.,])(?:(?P<digits>\d{{1,3}})|(?P<word>{_NUMBER})) ?(?:d |dyal |ديال )?"
    rf"(?:(?P<years>{_YEARS})|(?P<months>{_MONTHS}))(?!\w)"
)
_TWO = re.compile(r"(?<!\w)(?:عامين|سنتين|سنتان|3amin|3amayn|3amein)(?!\w)")
_HAS = (
    r"(?:عندو|عندها|عندي|عمرو|عمرها|عمري|عمره|العمر|3ndo|3ndha|3ndi|3mro|3mrha|3mri|3omro|3omrha|"
    r"3omri|3andou|3andha|3andi|agee? de|age de|age|a)"
)
_NOT_YEARS = (
    r"dh|dirham|درهم|%|h\b|heures?|jours?|enfants?|ايام|يوم|دراري|drari|wlad|ولاد|اطفال|mois|chhor|"
    r"شهور|شهر|km|mill"
)
_AGED = re.compile(rf"(?<!\w){_HAS} (?P<digits>\d{{1,3}})(?!\d| ?(?:{_NOT_YEARS}))")
_BABY = re.compile(r"(?<!\w)(?:رضيع|رضيعه|bebe|nourrisson|nouveau-ne|بيبي|تربيه|rdi3|radi3)(?!\w)")
_PHONE = re.compile(r"(?<![\d+])(?:\+|00)?\d(?:[ .\-/()]{0,2}\d){8,14}(?!\d)")
_RECEIPT = re.compile(r"(?<!\d)\d(?:[ .\-]{0,3}\d){15}(?![ .\-]?\d)")
TRIED = 8
"""Of what looks like a telephone number in one message."""
PATTERNS = {"child_age": _AGE.pattern, "phone": _PHONE.pattern, "receipt": _RECEIPT.pattern}
"""By entity, for tools that look for the same; over folded text."""
_BARE = re.compile(r"^\D{0,12}?(?<!\w)(\d{1,4})(?!\w)\D{0,12}$")


def numbers(text: Normal) -> list[Entity]:
    """Entities `child_age` (years; months count as 0), `phone` (E.164), `receipt` (16 digits),
    `number` (a message that is a number and little else)."""
    folded = text.text
    found: list[Entity] = []
    receipt = _RECEIPT.search(folded)
    if receipt:
        digits = re.sub(r"\D", "", receipt.group())
        found.append(_entity(text, "receipt", digits, receipt, 1.0))
    elif phone := _phone(text):
        found.append(phone)
    found += _age(text)
    if not found and (bare := _BARE.match(folded)):
        words = [w for w in folded.split() if not w.isdecimal()]
        if len(words) <= 2:
            found.append(_entity(text, "number", int(bare.group(1)), bare, 0.95, group=1))
    elif not found and folded in _WORDS:
        found.append(Entity("number", _WORDS[folded], folded, confidence=0.9))
    return found


def _age(text: Normal) -> list[Entity]:
    folded = text.text
    if match := _AGE.search(folded):
        number = int(match["digits"]) if match["digits"] else _WORDS[match["word"]]
        past = folded[max(0, match.start() - 14) : match.start()]
        if re.search(r"(?:il y a|depuis|pendant|depuis|من|هادي|hadi|منذ|قبل|men|mn) $", past):
            return []  # how long, not how old
        years = 0 if match["months"] else number
        return [_entity(text, "child_age", years, match, 0.95)]
    if match := _TWO.search(folded):
        return [_entity(text, "child_age", 2, match, 0.85)]
    if match := _AGED.search(folded):
        return [_entity(text, "child_age", int(match["digits"]), match, 0.85)]
    if match := _BABY.search(folded):
        return [_entity(text, "child_age", 0, match, 0.7)]
    return []


def _phone(text: Normal) -> Entity | None:
    for match in islice(_PHONE.finditer(text.text), TRIED):
        import phonenumbers  # large, and few messages hold a number

        raw = match.group()
        digits = re.sub(r"\D", "", raw)
        international = raw.startswith("+") or digits.startswith("00")
        spelled = f"+{digits.removeprefix('00')}" if international else digits
        if not international and digits.startswith("212"):
            spelled = f"+{digits}"
        try:
            parsed = phonenumbers.parse(spelled, "MA")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            value = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            return _entity(text, "phone", value, match, 0.98)
    return None


def _entity(
    text: Normal, name: str, value: str | int, match: re.Match[str], sure: float, *, group: int = 0
) -> Entity:
    start, end = text.original(match.start(group), match.end(group))
    return Entity(name, value, match.group(group), start, end, sure)
