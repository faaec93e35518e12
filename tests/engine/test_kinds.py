"""How single answers are read."""

from __future__ import annotations

import pytest

from bot.engine import Said
from bot.engine.kinds import ChildAge, Reading, Refused
from tests.engine.chat import Surroundings, understood

IN_2026 = Surroundings(year=2026)


@pytest.mark.parametrize(
    ("entities", "asked", "read"),
    [
        ({"child_age": 6}, True, Reading(6, 0.95)),
        ({"birth_year": 2018}, True, Reading(8, 0.95)),
        ({"birth_year": 2018}, False, Reading(8, 0.95)),
        ({"number": 2018}, True, Reading(8, 0.95)),
        ({"number": 2018}, False, None),
        ({"number": 2001}, True, Refused("age-adult")),
        ({"number": 2030}, True, Refused("age-impossible")),
        ({"birth_year": 2030}, True, Refused("age-impossible")),
        ({"number": 200}, True, Refused("age-impossible")),
        ({"number": 17}, True, Reading(17, 0.95)),
    ],
)
def test_an_age_may_be_a_year_of_birth(entities, asked, read):
    assert ChildAge().read(Said(understood(**entities)), IN_2026, asked=asked) == read
