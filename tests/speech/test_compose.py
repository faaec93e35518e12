"""One bubble for each channel, whatever was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.engine import Place, Put, ReceiptDigits, Say, Screen, Session, Tell, Term
from bot.speech import compose
from bot.speech.compose import Dated
from bot.speech.isolate import isolated, quoted
from bot.speech.sms import GSM7, fold, segments
from channels.terminal import capabilities_of
from channels.text import FSI, LRI, PDI

LANGUAGES = ("ary-Arab", "ary-Latn", "arb", "fra", "other", None)
CHANNELS = ("terminal", "telegram", "whatsapp", "sms")


class Names:
    age = Dated("2025-12-10", True, "", False)

    def place(self, code, locale):
        return "سلا" if locale in ("ary", "ar") else "Salé"

    def record(self, record_id, locale):
        return "2511", "رقم 2511 فابور" if locale in ("ary", "ar") else "Le 2511", "ONDE"

    def dated(self, record_id):
        return self.age


def made(*effects, language="ary-Arab", channel="telegram", child=False):
    session = Session(language=language, child=child, screen=Screen(7, "report.danger"))
    return compose(effects, session=session, capabilities=capabilities_of(channel), labels=Names())


DANGER = Put("report-danger", "report.danger", choices=("yes", "no"), controls=("skip",))


def test_choices_are_buttons_that_know_their_screen():
    found = made(DANGER)
    assert [c.value for c in found.choices] == [
        "report.danger=yes@7", "report.danger=no@7", "report.danger=skip@7",
    ]  # fmt: skip
    assert found.labels[0] == ("yes", "آه")


def test_without_buttons_they_are_numbered_lines():
    found = made(DANGER, channel="sms", language="fra")
    assert found.choices == ()
    assert "1. Oui\n2. Non" in found.text
    assert "passer" in found.text
    assert set(found.text) <= GSM7


def test_a_number_that_is_an_answer_is_not_a_choice():
    age = Put("report-child_age", "report.child_age", controls=("skip",), numbered=False)
    assert "1." not in made(age, channel="sms", language="fra").text


def test_a_child_is_spoken_to_as_a_child():
    assert "Es-tu" in made(DANGER, language="fra", child=True).text
    assert "L'enfant" in made(DANGER, language="fra").text


def test_the_receipt_waits_for_its_digits():
    found = made(Say("report-filed", {"receipt": ReceiptDigits(), "why": "reached",
                 "place": Place("MA-SAL"), "demo": "no", "urgent": "no", "call": "no",
                 "to": "office"}))  # fmt: skip
    assert found.receipt
    assert f"{LRI}{{receipt}}{PDI}" in found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_her_words_cannot_turn_ours(language):
    found = made(Say("line-more", {"value": "x\u202e\u2067evil\u2069\u0007"}), language=language)
    assert quoted("xevil") in found.text
    assert "\u202e" not in found.text


def test_her_words_are_not_read_as_ours():
    words = "{ $child } {receipt} \x00value\x00"
    found = made(Say("line-more", {"value": words}), language="fra")
    assert "$child" in found.text


def test_an_entry_that_somebody_confirmed_says_when(monkeypatch):
    monkeypatch.setattr(Names, "age", Dated("2025", True, "2026-12-01", False))
    text = made(Tell("onde-2511"), language="fra").text
    assert "vérifié le" in text and "2026-12-01" in text and "n'est pas récente" not in text


def test_a_stale_entry_carries_a_caution(monkeypatch):
    monkeypatch.setattr(Names, "age", Dated("2025", True, "", True))
    assert "n'est pas récente" in made(Tell("onde-2511"), language="fra").text


def test_an_entry_of_the_guide_has_its_source_and_date():
    assert "2025-12-10" in made(Tell("onde-2511"), language="fra").text


TERMS = st.sampled_from([Term("harm", "physical_abuse"), Term("harm", "other")])
VALUES = st.one_of(TERMS, st.tuples(TERMS, TERMS), st.text(max_size=400), st.integers(0, 200),
                   st.just(Place("MA-SAL")))  # fmt: skip


@given(VALUES, st.sampled_from(LANGUAGES), st.sampled_from(CHANNELS), st.booleans())
def test_isolates_are_balanced_and_nothing_raises(value, language, channel, child):
    name = "line-child-age" if isinstance(value, int) else "line-more"
    found = made(Say("report-heard", lines=(Say(name, {"value": value}),)), DANGER,
                 language=language, channel=channel, child=child)  # fmt: skip
    opened = sum(found.text.count(c) for c in (FSI, LRI, "\u2067"))
    assert opened == found.text.count(PDI)
    if channel == "sms":
        assert opened == 0


def test_phone_numbers_are_isolated_once():
    assert isolated("عيطو 06 12 34 56 78 دابا") == f"عيطو {LRI}06 12 34 56 78{PDI} دابا"
    assert isolated("تاريخ 2026-11-23.") == f"تاريخ {LRI}2026-11-23{PDI}."
    assert isolated("Appelez le 19") == "Appelez le 19"
    once = isolated(f"رقم {quoted('06 12')}")
    assert once.count(LRI) == 0


def test_sms_letters():
    assert fold("Être français, l’été… « là » • œuf") == 'Etre francais, l\'été... " là " - oeuf'
    assert segments("a" * 160) == 1
    assert segments("a" * 161) == 2
    assert segments("س" * 70) == 1
    assert segments("س" * 71) == 2
    assert segments("{" * 81) == 2


def test_the_screen_of_no_question():
    session = replace(Session(), screen=None)
    found = compose((Say("thanks"),), session=session, capabilities=capabilities_of("sms"),
                    labels=Names())  # fmt: skip
    assert found.choices == () and found.text
