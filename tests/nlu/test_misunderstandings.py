"""What was once misunderstood and is no more; what intents must not take from one another."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

import nlu
from nlu.building import DANGER, INTENTS
from nlu.features import words_of
from nlu.skeleton import skeletons
from nlu.training import read_examples
from services_directory import load

UNITS = load().units
PLACES = nlu.PlaceIndex(UNITS.gazetteer())
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("misunderstandings.tsv").read_text("utf-8").splitlines()
]
WRITINGS = ("ary-Arab", "ary-Latn", "arb", "fra")
SURE = 0.65
"""From where a place is more than a question."""


def province(text):
    """The province of the surest place, or a dash."""
    best = max(
        nlu.understand(text, places=PLACES).of("place"), key=lambda e: e.confidence, default=None
    )
    if best is None or best.confidence <= SURE:
        return "-"
    unit = UNITS.get(str(best.value))
    return unit.province or unit.code


@pytest.mark.parametrize(("wanted", "text"), ROWS)
def test_it_stays_understood(wanted, text):
    kind, _, value = wanted.partition("=")
    heard = nlu.understand(text, places=PLACES)
    told = {
        "alarm": lambda: heard.emergency.alarm,
        "calm": lambda: not heard.emergency.alarm,
        "goal": lambda: heard.goal.name == value,
        "language": lambda: heard.language == value,
        "place": lambda: province(text) == value,
    }
    assert told[kind](), heard


def test_enough_phrases_of_every_intent_in_every_writing():
    counts = Counter((e.intent, e.language) for e in read_examples(INTENTS))
    intents = {intent for intent, _ in counts}
    assert len(intents) >= 40
    assert {k: n for k in intents for w in WRITINGS if (n := counts[k, w]) < 40} == {}


def test_no_phrase_stands_under_two_goals():
    """The same words, in any spelling, cannot mean two things: one of them is misplaced."""
    under = defaultdict(set)
    for e in read_examples(INTENTS):
        words = words_of(e.text)
        if len(words) > 2:
            under[e.language, tuple(skeletons(words))].add(e.intent.partition(".")[0])
    assert {k: v for k, v in under.items() if len(v) > 1} == {}


def test_no_phrase_is_danger_and_calm():
    under = defaultdict(set)
    for e in read_examples(DANGER):
        words = words_of(e.text)
        if len(words) > 1:
            under[" ".join(words)].add(e.intent == "calm")
    assert [words for words, kinds in under.items() if len(kinds) > 1] == []


def test_no_intent_steals_anothers_phrases():
    """Of the very phrases it was taught: fewer than one in fifty may go to another intent, and no
    one intent may take more than one in thirty of another's."""
    stolen, all_ = Counter(), Counter()
    model = nlu.shipped().intents
    for e in read_examples(INTENTS):
        scores = model.scores(nlu.features.pieces(words_of(e.text)))
        guess = model.classes[int(scores.argmax())]
        all_[e.intent] += 1
        if guess != e.intent:
            stolen[e.intent, guess] += 1
    assert sum(stolen.values()) <= sum(all_.values()) / 50
    thieves = {k: n for k, n in stolen.items() if n > max(2, all_[k[0]] / 30)}
    assert thieves == {}
