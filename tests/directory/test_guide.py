"""The guide that ships: complete in four writings, sourced, promising nothing, found by name."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from services_directory import LOCALES, GuideError, load
from services_directory.checks import check
from services_directory.guide_files import read_guide, write_yaml
from services_directory.records import Guide

GUIDE = load().guide
UNITS = load().units
RECORDS = GUIDE.records.values()
TODAY = date(2026, 11, 24)


def test_nothing_is_wrong_with_what_ships():
    assert [c for c in check(GUIDE, UNITS, TODAY) if c.weight == "error"] == []


def test_every_mechanism_has_a_record():
    records = [r for r in RECORDS if r.kind == "mechanism" and r.publish == "ok"]
    assert {r.places[0] for r in records} == {u.code for u in UNITS.mechanisms}
    assert len(records) == 82
    assert {r.status for r in records} == {"operational", "unknown"}
    assert all(not r.phones for r in records)


def test_what_is_published_stands_in_four_writings_with_questions():
    for r in RECORDS:
        if r.publish == "ok":
            assert all(r.name[x] and r.answer[x] for x in LOCALES), r.id
            assert r.source.url and r.source.date and r.source.publisher, r.id


def test_nothing_is_promised():
    promise = re.compile(r"24/7|24h|garanti[^e]|anonymat total|100 ?%", re.IGNORECASE)
    for r in RECORDS:
        assert not any(promise.search(a) for a in r.answer.values()), r.id


def test_drafts_hold_what_must_be_confirmed():
    drafts = {r.id for r in RECORDS if r.publish == "draft"}
    assert {"cape-sale", "insaf", "bayti", "samu-141"} <= drafts
    assert all(r.confidential for r in RECORDS if r.id == "insaf")


def test_a_number_is_only_in_the_answers_of_who_may_say_it():
    """Every number of five digits and more in a published answer is known to be publishable."""
    for r in RECORDS:
        if r.publish == "ok":
            for text in r.answer.values():
                digits = re.sub(r"(?<=\d) (?=\d)", "", text)
                assert set(re.findall(r"0\d{8,9}", digits)) <= {"0800004747", "0800002511"}, r.id


def test_the_guide_comes_back_from_its_own_yaml(tmp_path):
    path = tmp_path / "guide.yaml"
    path.write_text(write_yaml(GUIDE), "utf-8")
    again = read_guide(path)
    assert again.records == GUIDE.records
    assert again.organizations == GUIDE.organizations


def test_two_of_one_name_are_refused(tmp_path):
    body = {"id": "x", "kind": "organization", "name": {"ar": "x", "fr": "x"}}
    for entries in ([RECORD, RECORD], [RECORD, body], [body, body]):
        (tmp_path / "a.yaml").write_text(json.dumps(entries), "utf-8")
        with pytest.raises(GuideError, match="x stands twice"):
            read_guide(tmp_path)


RECORD = {
    "id": "x", "kind": "topic", "name": dict.fromkeys(LOCALES, "x"),
    "answer": dict.fromkeys(LOCALES, "x"),
    "source": {"url": "u", "date": "2026-11", "publisher": "p"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": {"ary": "x"}}, "answer must stand in ary-Latn, ar, fr"),
        ({"name": {**dict.fromkeys(LOCALES, "x"), "en": "x"}}, "unknown writing: en"),
        ({"id": "Bad Id"}, "id"),
        ({"source": {"url": "", "date": "2026", "publisher": "x"}}, "source.url"),
        ({"source": {"url": "u", "date": "24/11/2026", "publisher": "x"}}, "source.date"),
        ({"extra": 1}, "extra"),
        ({"answer": dict.fromkeys(LOCALES, "x" * 700)}, "over 600"),
        ({"hours": [{"opens": "08:00"}]}, "both opens and closes"),
        ({"hours": [{"opens": "25:00", "closes": "26:00"}]}, "opens"),
        ({"organization": "nobody"}, "no organization nobody"),
        ({"documents": {"fr": ["a", "b"], "ar": ["a"]}}, "as many in every writing"),
        ({"age": {"min": -1}}, "age.min"),
    ],
)
def test_a_record_that_cannot_be_published_says_why(tmp_path, change, said):
    (tmp_path / "a.yaml").write_text(json.dumps([RECORD | change]), "utf-8")
    with pytest.raises(GuideError, match=re.escape(said)):
        read_guide(tmp_path)


@pytest.mark.parametrize("text", ["- [", "just words", "\x00", "- 1\n- 2", "a: &a [*a]"])
def test_a_broken_file_says_why(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(GuideError, match=r"a\.yaml"):
        read_guide(tmp_path)


def complaints(today=TODAY, **changes):
    record = replace(GUIDE.records["onde-2511"], **changes)
    guide = Guide({**GUIDE.records, record.id: record}, GUIDE.organizations)
    return [c.what for c in check(guide, UNITS, today) if c.record == record.id]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phones": ("0537718888",)}, "0537718888 must not stand here"),
        ({"phones": ("080 00 88 88",)}, "must not stand here"),
        (
            {"answer": dict.fromkeys(LOCALES, "appelez le +212 5 37 71 88 88")},
            "must not stand here",
        ),
        ({"phones": ("12",)}, "no valid Moroccan or short number"),
        ({"phones": ("05377",)}, "no valid Moroccan or short number"),
        ({"valid_until": date(2026, 1, 1)}, "it ended on 2026-01-01"),
        ({"answer": {"fr": "x"}}, "answer must stand in"),
        ({"places": ("MA-XXX",)}, "the map knows no MA-XXX"),
        ({"organization": "nobody"}, "no organization nobody"),
        ({"organization": None}, "no organization"),
        ({"aliases": {}}, "nobody's question"),
    ],
)
def test_the_check_says_what_is_wrong(changes, said):
    assert any(said in what for what in complaints(**changes)), complaints(**changes)


def test_what_nobody_has_reviewed_for_half_a_year_is_stale():
    assert complaints() == []
    assert "nobody has reviewed it since 2026-11-24" in complaints(date(2027, 6, 1))
    assert complaints(date(2027, 6, 1), reviewed_on="2027-03-01") == []


def test_a_province_without_mechanism_is_found():
    fewer = {k: r for k, r in GUIDE.records.items() if k != "mechanism-ma-sal"}
    found = check(Guide(fewer, GUIDE.organizations), UNITS, TODAY)
    assert any(c.record == "mechanism-ma-sal" and "has no mechanism" in c.what for c in found)
