"""Finding records of the guide by a question: how much of it a record explains (`postings`), what
the understanding takes it for, then place, age and hour."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from services_directory.hours import RABAT, Hours, is_open
from services_directory.postings import Analyse, Postings
from services_directory.records import Record

MEANT = 0.15
"""What a record gains that answers what the understanding takes the question for."""
SECOND = 0.15
"""Of that, what is lost for each intent that the record answers better."""
ELSEWHERE = 0.3
"""What a record of another place keeps."""
SOMEWHERE = 0.7
"""What a record of one place keeps where no place is known."""
HERE = 1.4
"""What a record of that very place gains over those of the whole country."""
FURTHER = 0.03
"""What each further place loses, where she is near to several."""
OTHER_AGE = 0.5
CLOSED = 0.8
"""What a service keeps that does not answer at this hour, or not from abroad."""
LEAST = 0.02
"""Likeness under which nothing is alike."""
CURVE = (3.6, 3.3, 3.97)
"""Fitted on 24 November 2026 (docs/performance.md)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is known of who asks."""

    text: str
    places: tuple[str, ...] = ()
    """Codes of the map, nearest first."""
    age: int | None = None
    at: datetime | None = None
    """When it is asked (aware): who answers now comes first."""
    abroad: bool = False
    intents: tuple[tuple[str, float], ...] = ()
    """What the understanding takes it for, with confidences."""


@dataclass(frozen=True, slots=True)
class Hit:
    record: Record
    score: float
    """0 to 1: how likely this record is the right one; of later hits, what is left for them."""
    likeness: float
    """0 to 1: how much of the question the record explains, times what follows."""
    because: tuple[tuple[str, float], ...] = ()
    """What the likeness was multiplied with, and why: place, age, hour."""


class Card(Struct, frozen=True, array_like=True):
    """What search must know of a record beside its words: the record itself may stay on disk."""

    id: str
    places: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    age: tuple[int | None, int | None] = (None, None)
    hours: tuple[Hours, ...] = ()
    calls: bool = False
    """It is reached by telephone only."""
    abroad: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def valid(self, today: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= today
        return begun and (self.valid_until is None or today <= self.valid_until)


def card(r: Record) -> Card:
    return Card(
        r.id, r.places, r.intents, r.age, r.hours, bool(r.phones) and not r.url, r.abroad,
        r.valid_from,
        r.valid_until,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Built:
    """What an index is made of, and what is kept on disk of a large one."""

    cards: tuple[Card, ...]
    postings: Postings
    local: tuple[tuple[int, int], ...] = ()
    """Records of one place, each with the general one of which it is the local case, by number:
    what is asked of that is asked of it."""


class Index:
    """Searching a guide of some hundred records takes a fraction of a millisecond."""

    def __init__(
        self,
        built: Built,
        records: Mapping[str, Record],
        analyse: Analyse,
        around: Callable[[str], tuple[str, ...]] = lambda code: (code,),
    ) -> None:
        """`around`: a unit of the map and those it lies in, smallest first."""
        self._cards, self._postings = built.cards, built.postings
        self._records, self._analyse, self._around = records, analyse, around
        self._answers: dict[str, list[tuple[int, float]]] = {}
        placed: dict[str, list[int]] = {}
        for n, one in enumerate(self._cards):
            for code in one.places:
                placed.setdefault(code, []).append(n)
            for rank, intent in enumerate(one.intents):
                self._answers.setdefault(intent, []).append((n, max(0.0, 1 - SECOND * rank)))
        self._case, self._of = np.array(built.local, dtype=np.int64).reshape(-1, 2).T
        self._placed = {code: np.array(ns) for code, ns in placed.items()}
        self._local = np.array([bool(c.places) for c in self._cards], dtype=bool)

    def search(self, asked: Asked, *, limit: int = 5) -> tuple[Hit, ...]:
        """The records that explain the question best, best first; none where nothing is alike.
        Never raises, whatever the text."""
        if not self._cards:
            return ()
        scores = self._postings.explained(self._postings.look_up(asked.text, self._analyse))
        for intent, likely in asked.intents:
            for n, share in self._answers.get(intent, ()):
                scores[n] += MEANT * likely * share
        scores[self._case] = np.maximum(scores[self._case], scores[self._of])
        ranked = scores * self._by_place(asked)
        weighed = [self._weighed(asked, n, float(scores[n])) for n in _most(ranked, limit * 3)]
        weighed.sort(key=lambda item: (-item[1], self._cards[item[0]].id))
        best = weighed[0][1]
        if best < LEAST:
            return ()
        sure = confidence(best, weighed[1][1] if len(weighed) > 1 else 0.0)
        return tuple(
            Hit(self._records[self._cards[n].id], sure * score / best, min(score, 1.0), because)
            for n, score, because in weighed[:limit]
            if score >= LEAST
        )

    def answering(self, intent: str, *, place: str | None = None) -> tuple[Record, ...]:
        """The records that answer an intent; first the one that is its first answer, and before
        it, where a place is known, what it is there."""
        ranked = sorted(self._answers.get(intent, ()), key=lambda item: -item[1])
        numbers = [n for n, _ in ranked]
        around = self._around(place) if place else ()
        here = [
            int(case) for case, of in zip(self._case, self._of, strict=True)
            if of in numbers and set(self._cards[case].places) & set(around)
        ]  # fmt: skip
        return tuple(self._records[self._cards[n].id] for n in (*here, *numbers))

    def explain(self, asked: Asked, hit: Hit) -> tuple[tuple[str, float], ...]:
        """The words and meanings of the question that speak most for a record, with their
        shares."""
        n = next(n for n, c in enumerate(self._cards) if c.id == hit.record.id)
        says = self._postings.says(self._postings.look_up(asked.text, self._analyse), n)
        said = sorted(
            ((piece[2:], share) for piece, share in says if piece[0] in "wm"),
            key=lambda item: -item[1],
        )
        whole = sum(share for _, share in said)
        return tuple((piece, share / whole) for piece, share in said[:3])

    def _by_place(self, asked: Asked) -> NDArray[np.float64]:
        factor = np.ones(len(self._cards))
        factor[self._local] = ELSEWHERE if asked.places else SOMEWHERE
        for n, place in reversed(list(enumerate(asked.places))):
            for code in self._around(place):
                if (there := self._placed.get(code)) is not None:
                    factor[there] = HERE - FURTHER * n
        return factor

    def _weighed(
        self, asked: Asked, n: int, score: float
    ) -> tuple[int, float, tuple[tuple[str, float], ...]]:
        """A record's score times place, age and hour, and these."""
        because = tuple(self._because(asked, self._cards[n]))
        return n, score * math.prod(factor for _, factor in because), because

    def _because(self, asked: Asked, one: Card) -> Iterator[tuple[str, float]]:
        if one.places:
            yield "place", self._place_factor(asked, one)
        if asked.age is not None:
            low, high = one.age
            if (low is not None and asked.age < low) or (high is not None and asked.age > high):
                yield "age", OTHER_AGE
        if asked.at is not None:
            if is_open(one.hours, asked.at) is False:
                yield "closed now", CLOSED
            if not one.valid(asked.at.astimezone(RABAT).date()):
                yield "not on this day", 0.0
        if asked.abroad and one.calls and not one.abroad:
            yield "not from abroad", CLOSED

    def _place_factor(self, asked: Asked, one: Card) -> float:
        if not asked.places:
            return SOMEWHERE
        for n, place in enumerate(asked.places):
            if any(code in one.places for code in self._around(place)):
                return HERE - FURTHER * n
        return ELSEWHERE


def _most(ranked: NDArray[np.float64], most: int) -> Sequence[int]:
    """The places of the greatest, in no order."""
    if len(ranked) <= most:
        return range(len(ranked))
    return [int(n) for n in np.argpartition(-ranked, most)[:most]]


def confidence(best: float, second: float) -> float:
    """How likely the first record is the right one, by its likeness and the distance to the next:
    a logistic curve, fitted on the golden questions and on questions that nothing answers."""
    level, likeness, distance = CURVE
    value = level + likeness * math.log(best) + distance * (best - second) / best
    return 1 / (1 + math.exp(-value))


def built(records: Iterable[Record], postings: Postings, local: Mapping[str, str]) -> Built:
    """From records in the order in which they were posted. `local`: a record of one place, and the
    general one of which it is the local case."""
    cards = tuple(map(card, records))
    numbers = {c.id: n for n, c in enumerate(cards)}
    pairs = ((numbers[a], numbers[b]) for a, b in local.items() if {a, b} <= numbers.keys())
    return Built(cards, postings, tuple(pairs))
