"""Tamazight is recognised, with what is dangerous in it; nothing else is taken for it."""

from __future__ import annotations

import pytest

import nlu
from nlu.building import INTENTS
from nlu.scoring import frozen
from nlu.tamazight import variant, words_of
from nlu.training import read_examples


@pytest.mark.parametrize(
    "text",
    [
        "azul fellawen",
        "tanmmirt bahra",
        "manik an tgit",
        "ur ssinegh",
        "ⴰⵣⵓⵍ",
        "ⵔⵉⵖ ⴰⴷ ⵙⵙⵏⵖ",
        "righ ad sawlgh d yan urgaz",
        "xsegh ad siwlegh akidwem",
        "nekkin zdeghegh di nador",
        "أزول فلاون",
        "تانميرت أولتما",
    ],
)
def test_it_is_known(text):
    understood = nlu.understand(text)
    assert understood.language == "other"
    assert understood.of("speaks")
    assert understood.intents == ()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("azul ar iyi ikkat baba", "physical_danger"),
        ("tteggwdegh yeccat ayi baba kur ass", "physical_danger"),
        ("ⴰⵔ ⵉⵢⵉ ⵉⴽⴽⴰⵜ ⴱⴰⴱⴰ", "physical_danger"),
        ("ur ufigh yiwi gh agadir", "child_alone"),
        ("iwin illi", "abduction"),
        ("righ ad mmtgh", "self_harm"),
    ],
)
def test_danger_in_it_rings(text, category):
    understood = nlu.understand(text)
    assert understood.emergency.alarm
    assert category in understood.emergency.categories


def test_nothing_else_is_taken_for_it():
    ours = [e.text for e in read_examples(INTENTS)]
    ours += [text for language, text in frozen("language") if language != "other"]
    assert [text for text in ours if variant(text, words_of(text))] == []
