"""The map and the guide: complete, sourced, and found by the questions people ask."""

from __future__ import annotations

import re
from collections import Counter

import phonenumbers
import pytest

import nlu
from nlu.building import INTENTS
from nlu.training import read_examples
from services_directory import GuideError, load
from services_directory.records import LOCALES, load_records

DIRECTORY = load()
UNITS = DIRECTORY.units
RECORDS = DIRECTORY.records.values()
SHORT = {"19", "177", "15", "2511"}
FORBIDDEN = ("0537718888", "0800008888", "0801004747", "08000088")


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


def test_every_entry_is_complete():
    for record in RECORDS:
        assert record.source.url and record.source.date and record.source.publisher
        for locale in LOCALES:
            assert record.name[locale] and record.answer[locale], record.id


def test_every_number_is_known_and_none_is_forbidden():
    for record in RECORDS:
        for phone in record.phones:
            if phone in SHORT:
                continue
            assert phonenumbers.is_valid_number(phonenumbers.parse(phone, "MA")), record.id
        text = " ".join(record.answer.values()).replace(" ", "")
        assert not any(number in text for number in FORBIDDEN), record.id
        for number in re.findall(r"0\d{8,9}", text):
            assert number in {"0800004747"}, record.id


def test_nothing_is_promised():
    promise = re.compile(r"24/7|24h|garanti|anonymat total|100 ?%", re.IGNORECASE)
    for record in RECORDS:
        assert not any(promise.search(a) for a in record.answer.values()), record.id


def test_every_intent_has_an_answer_of_its_own():
    asked = {
        e.intent
        for e in read_examples(INTENTS)
        if e.intent.partition(".")[0] in ("about", "find_service", "jisr")
    }
    for intent in asked:
        answers = DIRECTORY.for_intent(intent)
        assert answers, intent
        assert answers[0].intents.index(intent) <= 1, intent


def test_every_entry_is_found_by_its_name_and_its_questions():
    index = DIRECTORY.index(nlu.analyse)
    missed = []
    for record in RECORDS:
        for locale in LOCALES:
            for question in (record.name[locale], *record.aliases.get(locale, ())):
                best = [h.record.id for h in index.search(question, limit=3)]
                if record.id not in best:
                    missed.append((record.id, question, best))
    assert missed == []


GOLDEN = [
    ("كيفاش نسجل بنتي فالحالة المدنية", "etat-civil"),
    ("bghit nkfel wahd tfel", "kafala"),
    ("ma fille est handicapée, qui peut aider", "handicap-scol"),
    ("numéro de la gendarmerie", "gendarmerie-177"),
    ("شنو هو 2511", "onde-2511"),
    ("comment porter plainte pour mon fils", "parquet-cellule"),
    ("certificat médical pour un enfant battu", "hopital-unite"),
    ("programme jisr c'est quoi", "jisr-what"),
    ("واش غادي يعرفوني", "about-confidentiality"),
    ("âge du mariage", "mariage-mineur"),
    ("orphelinat à Fès", "eps"),
]


@pytest.mark.parametrize(("question", "record"), GOLDEN)
def test_golden_questions(question, record):
    index = DIRECTORY.index(nlu.analyse)
    assert record in [h.record.id for h in index.search(question, limit=3)]


def test_a_search_for_nothing_finds_nothing():
    index = DIRECTORY.index(nlu.analyse)
    assert index.search("") == ()
    assert index.search("😀😀") == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": {"ary": "x"}}, "answer must stand in"),
        ({"id": "Bad Id"}, "id"),
        ({"source": {"url": "", "date": "2026", "publisher": "x"}}, "source.url"),
        ({"extra": 1}, "extra"),
        ({"answer": dict.fromkeys(LOCALES, "x" * 700)}, "over 600"),
    ],
)
def test_an_entry_that_cannot_be_published_says_why(tmp_path, change, said):
    import json

    entry = {"id": "x", "kind": "topic", "name": dict.fromkeys(LOCALES, "x"),
             "answer": dict.fromkeys(LOCALES, "x"),
             "source": {"url": "u", "date": "2026-11", "publisher": "p"}} | change  # fmt: skip
    (tmp_path / "a.yaml").write_text(json.dumps([entry]), "utf-8")
    with pytest.raises(GuideError, match=re.escape(said)):
        load_records(tmp_path)
