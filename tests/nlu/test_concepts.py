"""Words of three languages that mean the same, and the forms of one word."""

from __future__ import annotations

import pytest

from nlu.concepts import concepts
from nlu.features import names, pieces, words_of
from nlu.models import shipped
from nlu.normal import normal
from nlu.skeleton import skeleton, sound, within
from nlu.stems import french, rests
from nlu.written import COMPILED, DATA, compiled


def folded(word):
    return normal(word).text


def test_the_compiled_lists_are_what_people_wrote():
    assert COMPILED.read_bytes() == compiled(), "python -m nlu.building --words"


@pytest.mark.parametrize(
    "words",
    [
        ("كيضربني", "يضربها", "frappé", "kaydrbni"),
        ("المحامي", "lmo7ami", "avocate"),
        ("سبيطار", "المستشفى", "hôpital", "sbitar"),
    ],
)
def test_one_concept_in_three_languages(words):
    shared = set.intersection(*(set(concepts(folded(word))) for word in words))
    assert shared, [concepts(folded(w)) for w in words]


def test_the_forms_of_one_word_meet():
    assert all("ضرب" in rests(folded(form)) for form in ("كيضربوني", "ضربها", "غيضربو", "بالضرب"))
    assert {skeleton(rest) for rest in rests("kaydrebha")} >= {"drb"}
    assert len({french(folded(form)) for form in ("frappé", "frappait", "frapper")}) == 1


@pytest.mark.parametrize(
    ("arabic", "latin", "heard"),
    [("دراري", "drari", True), ("ولدي", "weldi", True), ("خويا", "khouya", True),
     ("دار", "drari", True), ("دراري", "dar", False), ("بنتي", "bnat", False)],
)  # fmt: skip
def test_latin_letters_hold_the_vowels_of_arabic_ones(arabic, latin, heard):
    assert within(sound(folded(arabic)), sound(folded(latin))) is heard


def test_the_lexicon_is_whole():
    rows = [line.split("\t") for line in (DATA / "concepts.tsv").read_text("utf-8").splitlines()]
    assert all(len(row) == 4 and all(map(str.strip, row)) for row in rows)
    concepts_ = [row[0] for row in rows]
    assert concepts_ == sorted(set(concepts_))


def test_features_of_nothing():
    assert pieces([]).size == 0
    assert names([]).shape == (0, 2)
    scores = shipped().intents.scores(pieces([]))
    assert abs(float(scores.sum()) - 1) < 1e-9


def test_the_order_of_words_counts():
    one, other = (sorted(pieces(words_of(t))) for t in ("kaydreb bba", "bba kaydreb"))
    assert one != other
