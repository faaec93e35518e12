"""Scores on sentences that no model has seen. What was reached last time is the floor."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import nlu
from nlu.building import INTENTS
from nlu.training import macro_f1, read_examples
from services_directory import load

FROZEN = Path(__file__).parent / "frozen"


def rows(name):
    lines = (FROZEN / f"{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines]


@cache
def places():
    return nlu.PlaceIndex(load().units.gazetteer())


def test_no_frozen_sentence_is_trained_on():
    """Words of one or two are the same everywhere; whole sentences must not be."""
    trained = {e.text.strip() for e in read_examples(INTENTS) if len(e.text.split()) > 2}
    frozen = {row[-1] for name in ("intents", "emergency", "language") for row in rows(name)}
    assert sorted(trained & frozen) == []


@pytest.mark.parametrize("family", [False, True])
def test_intents(family):
    def name(intent):
        return intent.partition(".")[0] if family else intent

    guesses = [(name(i), name(nlu.understand(text).intent)) for i, _, text in rows("intents")]
    wrong = [(a, b, r[2]) for (a, b), r in zip(guesses, rows("intents"), strict=True) if a != b]
    right = 1 - len(wrong) / len(guesses)
    assert right >= (0.955 if family else 0.91), wrong


def test_emergencies():
    missed, false = [], []
    for wanted, text in rows("emergency"):
        alarm = nlu.understand(text).emergency.alarm
        if wanted == "alarm" and not alarm:
            missed.append(text)
        if wanted == "calm" and alarm:
            false.append(text)
    # 5 of 110 missed, 19 of 99 rung (7 of them only as a question) on 23 November 2026. These
    # lines have been looked at while cues were mended: a fresh set has to be written.
    assert len(missed) <= 5, missed
    assert len(false) <= 19, false


def test_languages():
    guesses = [(wanted, nlu.understand(text).language) for wanted, text in rows("language")]
    wrong = [(a, b, r[1]) for (a, b), r in zip(guesses, rows("language"), strict=True) if a != b]
    assert macro_f1(guesses) >= 0.9, wrong


def test_places():
    wrong = []
    for text, wanted in rows("places"):
        found = nlu.understand(text, places=places()).of("place")
        best = next((e.value for e in found if e.confidence >= 0.65), "-")
        mechanism = load().units.mechanism_of(str(best)) or best
        if wanted not in (best, mechanism):
            wrong.append((text, wanted, best))
    assert len(wrong) <= 2, wrong
