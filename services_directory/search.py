"""Finding entries of the guide by a question: weighted word and letter pieces, best line wins.

How a text is cut into pieces is given from outside (`analyse`): what makes the two scripts of
Darija meet belongs to understanding, not to the directory.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services_directory.records import Record

Analyse = Callable[[str], Sequence[str]]

ANSWER_WEIGHT = 0.6
"""What an answer's own text counts beside the names and the questions people ask."""
ELSEWHERE = 0.5
"""What an entry of another place keeps of its score."""


@dataclass(frozen=True, slots=True)
class Hit:
    record: Record
    score: float
    """0 to 1: the likeness of the question and the entry's best line."""


class Index:
    """Built once; searching is some tens of microseconds for a short question."""

    def __init__(self, records: Iterable[Record], analyse: Analyse) -> None:
        self._analyse = analyse
        lines = [line for record in records for line in _lines(record)]
        counts = [Counter(analyse(text)) for _, _, text in lines]
        seen = Counter(token for count in counts for token in count)
        self._rarity = {t: math.log(1 + len(lines) / n) for t, n in seen.items()}
        self._unseen = math.log(1 + len(lines))
        self._records = [record for record, _, _ in lines]
        self._weight = np.array([weight for _, weight, _ in lines], dtype=np.float32)
        postings: dict[str, list[tuple[int, float]]] = {}
        for n, count in enumerate(counts):
            weights = {t: _damped(k) * self._rarity[t] for t, k in count.items()}
            length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
            for token, weight in weights.items():
                postings.setdefault(token, []).append((n, weight / length))
        self._postings: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = {
            token: (
                np.array([n for n, _ in found], dtype=np.int32),
                np.array([w for _, w in found], dtype=np.float32),
            )
            for token, found in postings.items()
        }

    def search(
        self,
        query: str,
        *,
        place: str | None = None,
        language: str | None = None,
        limit: int = 5,
    ) -> tuple[Hit, ...]:
        """The entries most like the question, best first; none where nothing is alike.

        `language` is accepted for callers that know it; entries answer in every writing.
        """
        count = Counter(self._analyse(query[:500]))
        weights = {t: _damped(k) * self._rarity.get(t, self._unseen) for t, k in count.items()}
        length = math.sqrt(sum(w * w for w in weights.values()))
        if not length or not self._records:
            return ()
        scores = np.zeros(len(self._records), dtype=np.float32)
        for token, weight in weights.items():
            if (posting := self._postings.get(token)) is not None:
                scores[posting[0]] += posting[1] * (weight / length)
        scores *= self._weight
        best: dict[str, Hit] = {}
        for n in np.argsort(-scores)[: limit * 12]:
            score = float(scores[n])
            record = self._records[n]
            if score < 0.05:
                break
            if place and record.places and not _serves(record, place):
                score *= ELSEWHERE
            if record.id not in best or best[record.id].score < score:
                best[record.id] = Hit(record, min(score, 1.0))
        return tuple(sorted(best.values(), key=lambda hit: -hit.score)[:limit])


def _lines(record: Record) -> Iterable[tuple[Record, float, str]]:
    for name in dict.fromkeys(record.name.values()):
        yield record, 1.0, name
    for several in record.aliases.values():
        for alias in several:
            yield record, 1.0, alias
    for answer in record.answer.values():
        yield record, ANSWER_WEIGHT, answer


def _damped(count: int) -> float:
    return 1.0 + math.log(count)


def _serves(record: Record, place: str) -> bool:
    return any(place == mine or place.startswith(f"{mine}.") for mine in record.places)
