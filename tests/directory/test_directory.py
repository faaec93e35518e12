"""The map, and what answers which intent."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

import nlu
from nlu.building import INTENTS
from nlu.training import read_examples
from services_directory import load

DIRECTORY = load()
UNITS = DIRECTORY.units


@cache
def index():
    return DIRECTORY.index(nlu.Analysis)


def test_the_map_is_whole():
    assert Counter(u.kind for u in UNITS) == {
        "region": 12, "province": 62, "prefecture": 13, "arrondissements": 8, "commune": 1687,
    }  # fmt: skip


def test_eighty_two_mechanisms():
    codes = {u.code for u in UNITS.mechanisms}
    assert len(codes) == 82
    assert "MA-CAS" not in codes
    assert sum(c.startswith("x-CAS-") for c in codes) == 8


def test_every_commune_has_its_mechanism_or_is_asked_which():
    codes = {u.code for u in UNITS.mechanisms}
    for unit in UNITS:
        mechanism = UNITS.mechanism_of(unit.code)
        if unit.kind == "region":
            assert mechanism is None
        elif mechanism is None:
            assert UNITS.splits[unit.code] == UNITS.splits["MA-CAS"]
        else:
            assert mechanism in codes


@pytest.mark.parametrize(
    ("code", "mechanism"),
    [("MA-SAL", "MA-SAL"), ("06.141.01.31", "x-CAS-HAYHASSANI"), ("06.141.01.53", "x-CAS-BERNOUSSI"),
     ("x-CAS-ANFA", "x-CAS-ANFA"), ("MA-CAS", None), ("MA-04", None), ("nowhere", None)],
)  # fmt: skip
def test_mechanisms(code, mechanism):
    assert UNITS.mechanism_of(code) == mechanism


def test_doubtful_arabic_names_are_not_shown():
    doubtful = [u for u in UNITS if u.ar_doubt]
    assert len(doubtful) >= 10
    assert all(UNITS.label(u.code, "ary") == u.name_fr for u in doubtful)


def test_aliases_name_units():
    assert all(UNITS.get(name.code) for name in UNITS.gazetteer())


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [(34.03, -6.80, "MA-SAL"), (35.77, -5.80, "MA-TNG"), (30.42, -9.60, "MA-AGD"),
     (34.68, -1.91, "MA-OUJ"), (27.15, -13.20, "MA-LAA")],
)  # fmt: skip
def test_pins(latitude, longitude, code):
    found = DIRECTORY.nearest(latitude, longitude)
    assert UNITS.mechanism_of(found[0][0].code) == code or found[0][0].code == code
    assert found[0][1] < 60


@pytest.mark.parametrize("pin", [(48.8, 2.3), (0.0, 0.0), (500.0, 1.0), (36.7, 3.0)])
def test_pins_elsewhere(pin):
    assert DIRECTORY.nearest(*pin) == ()


def test_every_intent_has_an_answer_of_its_own():
    asked = {
        e.intent
        for e in read_examples(INTENTS)
        if e.intent.partition(".")[0] in ("about", "find_service", "jisr")
    }
    for intent in asked:
        answers = index().answering(intent)
        assert answers, intent
        assert answers[0].intents.index(intent) <= 1, intent


def test_a_place_is_answered_by_its_own_mechanism():
    first = index().answering("find_service.mechanism", place="04.441.01.03")[0]
    assert first.id == "mechanism-ma-sal"
    assert index().answering("find_service.mechanism", place="MA-CAS")[0].kind != "mechanism"
    assert index().answering("find_service.mechanism")[0].kind != "mechanism"


def test_around_a_unit():
    assert UNITS.around("06.141.01.31") == ("06.141.01.31", "x-CAS-HAYHASSANI", "MA-CAS", "MA-06")
    assert UNITS.around("MA-SAL") == ("MA-SAL", "MA-04")
    assert UNITS.around("nowhere") == ("nowhere",)
