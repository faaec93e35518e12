"""Which records hold which piece of a word, and what it says for each: BM25, in a few flat arrays.

How a text is cut into pieces is given from outside (`Analyse`): what makes the two scripts of
Darija meet belongs to understanding, not to the directory.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services_directory.records import Record

NAME, ASKED_AS, ANSWER = 2.0, 1.0, 0.5
"""What a name, a question people ask and a text count."""
FULL, LENGTH = 2.0, 0.6
"""BM25's k1 and b: how soon a piece that comes again says nothing more, and how much a long record
loses by its length."""
TEXT = 400
"""Characters of a text by which a record is found that nobody has noted questions for."""
BATCH = 4_000
"""Records whose pieces are counted at once."""
LARGE = 5_000
"""Records of a large guide."""
COMMON = 0.02
"""Share of the records of a large guide from which a piece says too little to be looked for."""
LONGEST_QUESTION = 500
MOST = 8
"""How often a piece may come in a question and still count more."""
DAMPED = [0.0, *(1 + math.log(n) for n in range(1, MOST + 1))]


class Analyse(Protocol):
    """How a text is cut into what is looked for."""

    def words(self, text: str) -> Sequence[str]: ...

    def pieces(self, word: str, *, brief: bool = False) -> Sequence[str]:
        """`brief`: without its letters, for long texts."""

    def weight(self, piece: str) -> float: ...


@dataclass(frozen=True, slots=True)
class Found:
    """The pieces of a question that records hold."""

    pieces: Sequence[str]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    weight: NDArray[np.float64]
    """How much each counts in the question."""
    whole: float
    """What all pieces of the question together could say, held or not."""


@dataclass(frozen=True, slots=True)
class Postings:
    total: int
    """Records."""
    numbers: Mapping[str, int]
    """Of pieces."""
    start: NDArray[np.int64]
    """Of each piece, by its number, where its records begin in `holder`; one more at the end."""
    holder: NDArray[np.int32]
    """Records, by their place in the guide; in order for each piece."""
    value: NDArray[np.float32]
    """What the piece says for each."""
    rarity: NDArray[np.float32]
    """Of each piece."""

    def look_up(self, text: str, analyse: Analyse) -> Found:
        """Of a question's pieces those that are held."""
        words = analyse.words(text[:LONGEST_QUESTION])
        times = Counter(piece for word in words for piece in analyse.pieces(word))
        get, weigh = self.numbers.get, analyse.weight
        known = [(p, n, weigh(p) * DAMPED[min(k, MOST)]) for p, k in times.items()
                 if (n := get(p)) is not None]  # fmt: skip
        unheard = sum(weigh(p) * DAMPED[min(k, MOST)] for p, k in times.items() if p not in self)
        numbers = np.array([n for _, n, _ in known], dtype=np.int64)
        weight = np.array([w for _, _, w in known])
        begin, end = self.start[numbers], self.start[numbers + 1]
        whole = float(weight @ self.rarity[numbers]) if known else 0.0
        whole += unheard * math.log1p((self.total + 0.5) / 0.5)
        if self.total > LARGE:
            rare = end - begin <= COMMON * self.total
            kept = np.flatnonzero(rare)
            known = [known[k] for k in kept]
            begin, end, weight = begin[rare], end[rare], weight[rare]
        return Found([p for p, _, _ in known], begin, end, weight, whole)

    def __contains__(self, piece: str) -> bool:
        return piece in self.numbers

    def explained(self, found: Found) -> NDArray[np.float64]:
        """Of each record the share of the question that it explains, 0 to 1."""
        if not found.pieces:
            return np.zeros(self.total)
        at, times = _ranges(found.begin, found.end)
        values = self.value[at] * np.repeat(found.weight, times)
        return np.bincount(self.holder[at], weights=values, minlength=self.total) / found.whole

    def says(self, found: Found, n: int) -> list[tuple[str, float]]:
        """What each piece of the question says for one record."""
        said: list[tuple[str, float]] = []
        for piece, begin, end, weight in zip(
            found.pieces, found.begin, found.end, found.weight, strict=True
        ):
            at = int(begin) + int(np.searchsorted(self.holder[begin:end], n))
            if at < end and self.holder[at] == n:
                said.append((piece, float(weight * self.value[at])))
        return said


def _ranges(
    begin: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All whole numbers of several ranges one after another, and how many each has."""
    times = end - begin
    offsets = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(begin, times) + offsets, times


def post(
    records: Iterable[Record], analyse: Analyse, questions: Mapping[str, Sequence[str]]
) -> Postings:
    """Words are cut once, however often they come; the rest is done for some thousand records at a
    time. `questions`: how people ask for a record, beside what it says itself."""
    words = _Words(analyse)
    waiting, total = iter(records), 0
    parts = [(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))]
    while batch := list(islice(waiting, BATCH)):
        parts.append(_held(words, batch, total, questions))
        total += len(batch)
    holder, piece = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
    count = np.concatenate([part[2] for part in parts])
    seen = np.bincount(piece, minlength=len(words.numbers))
    rarity = np.log1p((total - seen + 0.5) / (seen + 0.5)).astype(np.float32)
    length = np.bincount(holder, weights=count, minlength=max(1, total)).astype(np.float32)
    damped = FULL * (1 - LENGTH + LENGTH * length / max(1e-9, float(length.mean())))
    value = rarity[piece] * count / (count + damped[holder])
    order = np.argsort(piece, kind="stable")
    start = np.concatenate(([0], np.cumsum(seen)))
    return Postings(
        total, words.numbers, start, holder[order], value[order].astype(np.float32), rarity
    )


def _held(
    words: _Words, batch: Sequence[Record], first: int, questions: Mapping[str, Sequence[str]]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """Of a batch of records who holds which piece, and how often, by what its lines count."""
    holders, held, counts = array("q"), array("i"), array("f")
    for n, record in enumerate(batch, start=first):
        for brief, lines in lines_of(record, questions.get(record.id, ())):
            several: dict[int, float] = {}
            for text, weight in lines:
                for word in words.of(text, brief=brief):
                    several[word] = several.get(word, 0.0) + weight
            holders.extend([n] * len(several))
            held.extend(several.keys())
            counts.extend(several.values())
    piece, times = words.pieces(np.array(held, np.int32))
    pairs = np.repeat(np.array(holders, np.int64), times) * len(words.numbers) + piece
    whole, back = np.unique(pairs, return_inverse=True)
    count = np.bincount(back, weights=np.repeat(np.array(counts, np.float32), times))
    holder, piece = np.divmod(whole, max(1, len(words.numbers)))
    return holder.astype(np.int32), piece.astype(np.int32), count.astype(np.float32)


Lines = tuple[tuple[bool, list[tuple[str, float]]], ...]


def lines_of(record: Record, questions: Sequence[str] = ()) -> Lines:
    """What a record is found by, and how much each line counts: its names and the questions people
    ask; where nobody has noted any, what it says too, briefly (True)."""
    names = [(name, NAME) for name in dict.fromkeys(record.name.values())]
    asked = [(q, ASKED_AS) for several in (*record.aliases.values(), questions) for q in several]
    if asked:
        return ((False, names + asked),)
    says = [(answer[:TEXT], ANSWER) for answer in record.answer.values()]
    return (False, names), (True, says)


class _Words:
    """Every word once, with the numbers of its pieces."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._known: dict[tuple[str, bool], int] = {}
        self._parts = array("i")
        self._ends = array("q", [0])
        self.numbers: dict[str, int] = {}
        """Of pieces."""

    def of(self, text: str, *, brief: bool) -> Iterator[int]:
        """The words of a text, as numbers."""
        for word in self._analyse.words(text):
            number = self._known.get((word, brief))
            if number is None:
                number = self._known[word, brief] = len(self._known)
                for piece in self._analyse.pieces(word, brief=brief):
                    self._parts.append(self.numbers.setdefault(piece, len(self.numbers)))
                self._ends.append(len(self._parts))
            yield number

    def pieces(self, words: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The pieces of words one after another, and how many each has."""
        ends = np.array(self._ends)
        at, times = _ranges(ends[words], ends[words + 1])
        return np.array(self._parts, np.int32)[at], times
