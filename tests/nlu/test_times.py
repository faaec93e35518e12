"""Days, hours, sums of money and years of birth, as Moroccans say them."""

from __future__ import annotations

import pytest

import nlu
from nlu.normal import normal, tokens
from nlu.times import times


def told(text):
    read = normal(text)
    return [(e.entity, e.value) for e in times(read, [t.text for t in tokens(read.text)])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("مزيود ف 2018", [("birth_year", 2018)]),
        ("ولدي مزداد سنة 2015", [("birth_year", 2015)]),
        ("né en 2014", [("birth_year", 2014)]),
        ("tzad f 2019", [("birth_year", 2019)]),
        ("كان هادشي البارح مع 8 د العشية", [("days", -1), ("time", "20:00")]),
        ("lbare7 f lil m3a 10 d lil", [("days", -1), ("time", "22:00")]),
        ("il y a 3 jours vers 20h30", [("days", -3), ("time", "20:30")]),
        ("hadi 3 simanat", [("days", -21)]),
        ("هادي شهرين", [("days", -60)]),
        ("اول أمس", [("days", -2)]),
        ("من بعد غد", [("days", 2)]),
        ("الساعة خمسة د الصباح", [("time", "05:00")]),
        ("15 mars 2026", [("date", "2026-03-15")]),
        ("يوم ١٢ شتنبر", [("date", "--09-12")]),
        ("12/03/2026", [("date", "2026-03-12")]),
        ("3ndi 5000 dh", [("amount", 5000)]),
        ("خاصني خمسين الف درهم", [("amount", 50000)]),
        ("بغيت 20 الف ريال", [("amount", 1000)]),
        ("جوج مليون", [("amount", 20000)]),
        ("40 مليون سنتيم", [("amount", 400000)]),
        ("الفين درهم", [("amount", 2000)]),
        ("30 000 dirhams", [("amount", 30000)]),
        ("mya d drhem", [("amount", 100)]),
        # What is none of it.
        ("32/13/2026", []),
        ("30 février", []),
        ("il a 6 ans et elle 3", []),
        ("mars c'est une planète", []),
        ("الله يرحم الوالدين", []),
        ("0612345678", []),
    ],
)
def test_what_is_told(text, found):
    assert told(text) == found


def test_a_date_points_at_the_original():
    [day] = [e for e in nlu.understand("وقع هادشي الـبـارح").entities if e.entity == "days"]
    assert day.start is not None
    assert "الـبـارح"[:2] in "وقع هادشي الـبـارح"[day.start : day.end]


def test_a_year_of_birth_is_no_bare_number():
    assert [e.entity for e in nlu.understand("tzad f 2018").entities] == ["birth_year"]


def test_a_telephone_is_no_date_and_an_age_no_delay():
    assert {e.entity for e in nlu.understand("06 12 03 20 26").entities} == {"phone"}
    assert [e.entity for e in nlu.understand("عندو 5 شهور").entities] == ["child_age"]


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("بغيت نفتح كوافورة", "sector", "beauty"),
        ("bghit nkhdem b lkhiyata", "sector", "sewing"),
        ("نحن تعاونية لإنتاج زيت أركان", "sector", "agri_food_products"),
        ("نحن تعاونية لإنتاج زيت أركان", "legal_form", "cooperative"),
        ("je fais des gâteaux chez moi", "sector", "food"),
        ("je suis auto-entrepreneuse", "legal_form", "auto_entrepreneur"),
        ("واش خاصني ندير مقاول ذاتي", "legal_form", "auto_entrepreneur"),
        ("jaj beldi bghit nrebbih", "sector", "livestock"),
    ],
)
def test_a_project_says_what_it_is(text, entity, value):
    assert [e.value for e in nlu.understand(text).of(entity)] == [value]
