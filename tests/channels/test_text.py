"""Cutting between characters, and what the terminal shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from channels.port import Address, Choice, Outbound
from channels.terminal import capabilities_of, render
from channels.text import clusters, cut, parts, without_controls

PIECES = ["ا", "ب", "َ", " ", "\n", "a", "é", "👩‍👧", "👍🏽", "\u200d", "\u2067"]
WORDS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(WORDS, st.integers(2, 30))
def test_a_cut_text_is_whole_characters(text, limit):
    found = cut(text, limit)
    assert len(found) <= max(limit, len(text) if len(text) <= limit else 0)
    if found != text:
        assert found.endswith("…")
        assert "".join(clusters(text)).startswith(found[:-1])


@given(WORDS, st.integers(4, 30))
def test_parts_hold_everything_but_blanks(text, limit):
    found = parts(text, limit)
    assert all(len(p) <= limit for p in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_marks_stay_with_their_letter():
    assert clusters("بَb") == ["بَ", "b"]
    assert len(clusters("👩‍👧")) == 1


def test_controls_are_taken_away():
    assert without_controls("a\u202eb\u2067c\x07d\n") == "abcd\n"


def test_the_terminal_shows_buttons_with_numbers():
    shown = render(
        Outbound(Address("terminal", "1"), "k", "\u2066ok\u2069", (Choice("Oui", "1"),)),
        capabilities_of("terminal"),
    )
    assert shown == "ok\n\n[1] Oui\n"
