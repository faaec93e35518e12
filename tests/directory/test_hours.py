"""Who answers when: weekly hours, nights, and exceptions that outrank them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from services_directory.hours import ALWAYS, Hours, is_open

DAY = Hours(opens=time(8, 30), closes=time(18))
OFFICE = Hours(("MO", "TU", "WE", "TH", "FR"), time(9), time(16))
NIGHT = Hours(opens=time(20), closes=time(6))
RAMADAN = Hours(
    ("MO", "TU", "WE", "TH", "FR"), time(9), time(15), date(2027, 2, 8), date(2027, 3, 9)
)
HOLIDAY = Hours(starts=date(2026, 11, 18), ends=date(2026, 11, 18))


def at(text):
    """Morocco is an hour ahead of UTC, outside Ramadan."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "moment", "answers"),
    [
        ((), "2026-11-24T12:00", None),
        ((ALWAYS,), "2026-11-24T03:00", True),
        ((DAY,), "2026-11-24T07:29", False),  # 08:29 there
        ((DAY,), "2026-11-24T07:30", True),
        ((DAY,), "2026-11-24T17:00", False),  # closes at 18:00 there
        ((OFFICE,), "2026-11-24T10:00", True),  # a Tuesday
        ((OFFICE,), "2026-11-28T10:00", False),  # a Saturday
        ((NIGHT,), "2026-11-24T22:00", True),
        ((NIGHT,), "2026-11-25T04:00", True),  # still the night before
        ((NIGHT,), "2026-11-25T12:00", False),
        ((OFFICE, RAMADAN), "2027-02-10T15:30", False),  # open on other days at that hour
        ((OFFICE, RAMADAN), "2027-02-10T12:00", True),
        ((OFFICE, HOLIDAY), "2026-11-18T10:00", False),
        ((OFFICE, HOLIDAY), "2026-11-19T10:00", True),
    ],
)  # fmt: skip
def test_who_answers(hours, moment, answers):
    assert is_open(hours, at(moment)) is answers
