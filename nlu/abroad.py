"""Whether somebody writes from another country: not every number can be reached from there."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.normal import Token
from nlu.understood import Entity
from nlu.wordlists import table, words

ANYWHERE = "XX"
"""Abroad, and nothing said of where."""
ATTACHED = ("ف", "ب", "فا", "بال", "فال", "ال", "f", "b", "fl")
"""What stands before a country's name, written with it."""
FROM = "من"
"""From: who comes from there need not be there."""


def abroad(cut: Sequence[Token]) -> list[Entity]:
    """The first country that the message says somebody is in. Offsets are those of the folded
    text's tokens, so none are given."""
    countries, before = table("countries"), words("before_place")
    for n, token in enumerate(cut):
        alone = countries.get(token.text)
        said_in = n > 0 and cut[n - 1].text in before and cut[n - 1].text not in ("de", "d", FROM)
        if alone and (said_in or alone == ANYWHERE):
            return [Entity("abroad", alone, confidence=0.9)]
        for letters in ATTACHED:
            rest = token.text.removeprefix(letters)
            if rest != token.text and (found := countries.get(rest)):
                return [Entity("abroad", found, confidence=0.9)]
    return []
