"""What a data set in Rasa's format teaches beside intents: lookups, synonyms, expressions, marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nlu
from nlu.building import LOOKUPS
from nlu.lookups import NOTHING, lookups_from, lookups_in
from nlu.rasa.lookups import lookups_yaml
from nlu.training import read_entries

DATA = """version: "3.1"
nlu:
- intent: no
  examples: |
    - ana f [sla](place:MA-SAL)
    - wach kayn f [Témara](place)
    - no thanks
- intent: book
  examples:
  - text: 'a table for [two]{"entity": "number", "value": "2"}'
  - text: a place tonight please
- lookup: dish
  examples: |
    - tajine
    - كسكسو
- synonym: couscous
  examples: |
    - كسكسو
- regex: order
  examples: |
    - [A-Z]{2}-\\d{4}
"""


@pytest.fixture
def parser(tmp_path):
    path = tmp_path / "nlu.yml"
    path.write_text(DATA, "utf-8")
    nlu.train(path, tmp_path / "model")
    return nlu.load_model(tmp_path / "model")


@pytest.mark.parametrize(
    ("text", "entity", "said", "value"),
    [
        ("bghit n3ref f Sla 3afak", "place", "Sla", "MA-SAL"),
        ("temara", "place", "temara", "temara"),
        ("بغيت كُسْكُسُو دابا", "dish", "كُسْكُسُو", "couscous"),
        ("two", "number", "two", "2"),
        ("my order AB-1234!", "order", "AB-1234", "AB-1234"),
    ],
)
def test_entities_are_found(parser, text, entity, said, value):
    [found] = parser.parse(text)["entities"]
    assert (found["entity"], found["value"]) == (entity, value)
    assert text[found["start"] : found["end"]] == said


def test_no_is_a_word_in_yaml_1_2(parser):
    assert set(parser.model.classes) == {"no", "book"}


def test_an_expression_that_is_none_is_one_sentence(tmp_path):
    path = tmp_path / "nlu.yml"
    path.write_text(DATA.replace("[A-Z]{2}-\\d{4}", "(["), "utf-8")
    with pytest.raises(nlu.TrainingError, match="no regular expression"):
        nlu.train(path, tmp_path)


def test_what_is_written_is_read_again():
    found = lookups_in([{"lookup": "dish", "examples": "- tajine"}])
    assert lookups_from(found.written()) == found
    assert NOTHING.find("tajine") == []


@given(st.text(max_size=80))
def test_offsets_hold_whatever_the_text(text):
    found = lookups_in([{"lookup": "letter", "examples": "- a\n- ب\n- b c"}])
    for one in found.find(text):
        assert 0 <= one["start"] < one["end"] <= len(text)


def test_the_lookups_for_rasa_are_those_of_our_engine():
    assert LOOKUPS.read_text("utf-8") == lookups_yaml(), "python -m nlu.building --words"
    found = lookups_in(read_entries(LOOKUPS))
    [one] = found.find("bghit nfte7 salon de coiffure")[:1]
    assert (one["entity"], one["value"]) == ("sector", "beauty")
