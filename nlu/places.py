"""Places in a message: names of administrative units, in both scripts, with the prepositions that
Darija and French glue to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from nlu.normal import Normal, Token, normal, tokens
from nlu.skeleton import skeleton
from nlu.understood import Entity, PlaceName
from nlu.wordlists import words

WIDEST = 6
"""Words of the longest name that is looked for."""
LOOKED_AT = 200
"""Words of a message in which names are looked for."""
GUESS = 0.65
"""How sure a short message is a misspelt name: enough to ask, never enough to believe."""
ALIKE = 80.0
"""Likeness (0-100) of a name with the same consonants that is believed after a preposition."""
CLOSE = 86.0
"""Likeness (0-100) of a misspelt name that is still proposed."""

_GLUED_ARABIC = ("بال", "فال", "وال", "لل", "ف", "ب", "ل", "و")
_WITH_ARTICLE = frozenset(_GLUED_ARABIC[:4])
_GLUED_LATIN = ("f", "b", "l", "d", "fe", "be", "el", "al")
_BEFORE, _TRAPS, _AMBIGUOUS = (words(n) for n in ("before_place", "traps", "ambiguous"))
"""`data/words.yaml` says what they are."""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a text names."""

    code: str
    confidence: float
    start: int
    end: int
    others: tuple[str, ...] = ()
    """Other units of the same name."""
    spelt: bool = True
    """As the directory spells it, not merely alike."""


class PlaceIndex:
    """Built once from the directory's names."""

    def __init__(self, names: Iterable[PlaceName]) -> None:
        exact: dict[str, dict[str, PlaceName]] = defaultdict(dict)
        bones: dict[str, dict[str, PlaceName]] = defaultdict(dict)
        self._spellings: dict[str, set[str]] = defaultdict(set)
        for name in names:
            words = [t.text for t in tokens(normal(name.name).text)]
            if not words:
                continue
            for key in _keys(words):
                exact[key].setdefault(name.code, name)
                self._spellings[name.code].add(key)
            bone = _bone(words)
            if len(bone.replace(" ", "")) >= 3:
                bones[bone].setdefault(name.code, name)
        self._exact = {key: _ranked(found) for key, found in exact.items()}
        self._bones = {key: _ranked(found) for key, found in bones.items()}
        self._first = {key.partition(" ")[0] for key in self._exact}
        # People get the first letter of a town right.
        self._keys: dict[str, list[str]] = defaultdict(list)
        for key in self._exact:
            self._keys[key[0]].append(key)

    def find(self, text: str | Normal) -> tuple[Found, ...]:
        """Units named in a message, in the order of the text; offsets are into the original."""
        folded = text if isinstance(text, Normal) else normal(text)
        return self._find(folded, tokens(folded.text)[:LOOKED_AT])

    def _find(self, folded: Normal, words: list[Token]) -> tuple[Found, ...]:
        found: list[Found] = []
        n = 0
        while n < len(words):
            hit = self._at(folded, words, n)
            if hit is None:
                n += 1
                continue
            place, n = hit
            found.append(place)
        return tuple(found)

    def resolve(self, text: str) -> tuple[Found, ...]:
        """The units a text names as a whole, best first; misspellings are tried last."""
        folded = normal(text)
        words = tokens(folded.text)
        if not words:
            return ()
        several = [t.text for t in words]
        whole = " ".join(several)
        for key, sure in ((whole, 0.97), (_plain(several), 0.95)):
            if units := self._exact.get(key):
                return tuple(
                    Found(u.code, sure if k == 0 else 0.6, 0, len(text))
                    for k, u in enumerate(units)
                )
        if units := self._bones.get(_bone(several)):
            return tuple(
                Found(u.code, 0.85 if k == 0 else 0.5, 0, len(text)) for k, u in enumerate(units)
            )
        if inside := self.find(folded):
            return tuple(sorted(inside, key=lambda f: (-f.code.count("."), -f.confidence)))
        near = self._keys.get(whole[0], ())
        close = process.extractOne(whole, near, scorer=fuzz.ratio, score_cutoff=CLOSE)
        if close and len(whole) >= 5:
            units = self._exact[close[0]]
            return (Found(units[0].code, round(close[1] / 100 * 0.8, 2), 0, len(text)),)
        return ()

    def named(self, text: Normal, words: list[Token]) -> tuple[Found, ...]:
        """Units named in a message that is cut already; offsets are into the folded text."""
        return self._find(text, words[:LOOKED_AT])

    def entities(
        self, text: Normal, words: list[Token], named: tuple[Found, ...], *, guess: bool = True
    ) -> list[Entity]:
        """As entities: the best reading of each name, and others of the same name beside it.

        `guess`: a short message that is no name may be a misspelt one.
        """
        found: list[Entity] = []
        for place in named:
            start, end = text.original(place.start, place.end)
            spoken = text.text[place.start : place.end]
            found.append(Entity("place", place.code, spoken, start, end, place.confidence))
            found += [
                Entity("place_alternative", other, spoken, start, end, 0.4)
                for other in place.others[:3]
            ]
        if guess and not found and 0 < len(words) <= 3:
            for place in self.resolve(text.text)[:1]:
                start, end = text.original(0, len(text.text))
                sure = min(place.confidence, GUESS)
                found.append(Entity("place", place.code, text.text, start, end, sure))
        return found

    def _at(self, folded: Normal, words: list[Token], n: int) -> tuple[Found, int] | None:
        """The longest name that begins at a word."""
        told = n > 0 and words[n - 1].text in _BEFORE
        starts = [(cut, bare) for cut, bare in _unglued(words[n].text) if bare in self._first]
        for width in range(min(WIDEST, len(words) - n) if starts else 0, 0, -1):
            rest = "".join(f" {t.text}" for t in words[n + 1 : n + width])
            for cut, bare in starts:
                key = bare + rest
                units = self._exact.get(key)
                if not units:
                    continue
                alone = width == len(words)
                if cut and key in _TRAPS and units[0].kind == "commune":
                    continue  # "فتاه" is a girl, not in Tah
                spelled = not folded.plain(words[n].start + cut, words[n + width - 1].end)
                sure = _sureness(
                    units[0], key, told=told or bool(cut) or spelled, alone=alone, width=width
                )
                if sure is None:
                    continue
                start = words[n].start + cut
                rivals = [u for u in units[1:] if u.province != units[0].province]
                if rivals and units[0].kind == "commune":
                    sure = min(sure, 0.6)
                others = tuple(u.code for u in rivals)
                place = Found(units[0].code, sure, start, words[n + width - 1].end, others)
                return place, n + width
        return self._by_bones(words, n) if told else None

    def _by_bones(self, words: list[Token], n: int) -> tuple[Found, int] | None:
        """After a preposition a misspelt name is likely a name."""
        for width in range(min(3, len(words) - n), 0, -1):
            several = [t.text for t in words[n : n + width]]
            units = self._bones.get(_bone(several))
            named = units and units[0].kind != "commune" and several[0] not in _TRAPS
            # The same consonants are not enough: l'école is no Lqliaa.
            named = named and units and self._alike(" ".join(several), units[0].code)
            if units and named and all(w not in _BEFORE for w in several):
                end = words[n + width - 1].end
                return Found(units[0].code, 0.82, words[n].start, end, spelt=False), n + width
        return None

    def _alike(self, said: str, code: str) -> bool:
        """Spelt almost like one of a unit's names, and that name no everyday word."""
        names = self._spellings[code]
        nearest = max(names, key=lambda name: fuzz.ratio(said, name))
        return nearest not in _TRAPS and fuzz.ratio(said, nearest) >= ALIKE


def outside(words: list[Token], named: tuple[Found, ...]) -> list[str]:
    """The words that are in no name: "Casablanca" is no insult, الداخلة nobody who enters."""
    spans = [(place.start, place.end) for place in named if place.spelt]
    return [t.text for t in words if not any(t.start < e and s < t.end for s, e in spans)]


def _sureness(unit: PlaceName, key: str, *, told: bool, alone: bool, width: int) -> float | None:
    trap = key in _TRAPS or len(key) < 3
    if trap:
        if told:
            return {"commune": 0.45, "town": GUESS}.get(unit.kind, 0.9)
        return (0.65 if key in _AMBIGUOUS else 0.9) if alone else None
    if unit.kind == "commune":
        if told or alone:
            return 0.9
        return 0.7 if width > 1 else None
    return 0.95


def _ranked(found: dict[str, PlaceName]) -> list[PlaceName]:
    """Provinces before communes of the same name: the mechanism is the same, the name wider."""
    order = {"province": 0, "prefecture": 0, "town": 1, "arrondissements": 1, "region": 2}
    units = sorted(found.values(), key=lambda u: (order.get(u.kind, 3), u.code))
    best = units[0]
    if best.kind in ("province", "prefecture"):
        return [best, *(u for u in units[1:] if u.province != best.code and u.kind != "commune")]
    return units


def _keys(words: list[str]) -> set[str]:
    """Spellings under which a name is looked for: القصر الكبير is also written لقصر لكبير, and
    القنيطرة القنيطرا."""
    whole = " ".join(words)
    found = {whole, _plain(words), " ".join(_short_article(word) for word in words)}
    return found | {f"{name[:-1]}ا" for name in found if name.endswith("ه") and len(name) > 4}


def _short_article(word: str) -> str:
    return f"ل{word[2:]}" if word.startswith("ال") and len(word) > 4 else word


def _plain(words: list[str]) -> str:
    """Without the article in front: القنيطرة and قنيطرة, El Jadida and Jadida."""
    first, *rest = words
    if first.startswith("ال") and len(first) > 4:
        first = first[2:]
    elif first in ("el", "al", "la", "le", "les") and rest:
        return " ".join(rest)
    return " ".join([first, *rest])


def _bone(words: list[str]) -> str:
    return " ".join(b for w in words if (b := skeleton(w)))


@lru_cache(maxsize=8_192)
def _unglued(word: str) -> list[tuple[int, str]]:
    """The word, and the word without a preposition glued to it, with how much was cut."""
    found = [(0, word)]
    glued = _GLUED_ARABIC if word and "\u0600" <= word[0] <= "\u06ff" else _GLUED_LATIN
    for prefix in glued:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= 3:
            cut = len(prefix)
            # "بالفاس" is with the pickaxe: Fès has no article.
            found.append((cut, f"ال{rest}" if prefix in _WITH_ARTICLE else rest))
    if "'" in word:
        head, _, tail = word.partition("'")
        if len(head) <= 2 and len(tail) >= 3:
            found.append((len(head) + 1, tail))
    return found
