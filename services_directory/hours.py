"""When a service answers: weekly hours, and dated exceptions (Ramadan, a holiday) that outrank
them. HSDS writes the same as schedule rows (RFC 5545 days, opens_at, closes_at, valid_from and
valid_to)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Day = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS: tuple[Day, ...] = get_args(Day)
RABAT = ZoneInfo("Africa/Casablanca")


@dataclass(frozen=True, slots=True)
class Hours:
    days: tuple[Day, ...] = DAYS
    opens: time | None = None
    closes: time | None = None
    """At or before `opens`: of the next day, so 00:00 to 00:00 is the whole day. Both None: closed
    on these days."""
    starts: date | None = None
    ends: date | None = None
    """The last day on which this holds."""
    note: str | None = None

    def on(self, day: date) -> bool:
        """Whether this says anything of that day."""
        began = self.starts is None or self.starts <= day
        lasts = self.ends is None or day <= self.ends
        return began and lasts and DAYS[day.weekday()] in self.days

    @property
    def exceptional(self) -> bool:
        """Bounded on both sides: it outranks what holds all year."""
        return self.starts is not None and self.ends is not None


ALWAYS = Hours(opens=time(0), closes=time(0))


def is_open(hours: Iterable[Hours], moment: datetime) -> bool | None:
    """Whether somebody answers at that moment (aware; told in Morocco's time); None: not known."""
    every = tuple(hours)
    if not every:
        return None
    here = moment.astimezone(RABAT)
    today, clock = here.date(), here.time().replace(tzinfo=None)
    for h in _of(every, today):
        if h.opens is not None and h.closes is not None and clock >= h.opens:
            over_night = h.closes <= h.opens
            if over_night or clock < h.closes:
                return True
    for h in _of(every, today - timedelta(days=1)):
        after_midnight = h.opens is not None and h.closes is not None and h.closes <= h.opens
        if after_midnight and h.closes is not None and clock < h.closes:
            return True
    return False


def _of(every: tuple[Hours, ...], day: date) -> tuple[Hours, ...]:
    """What holds on a day: exceptions alone where there are any."""
    holding = tuple(h for h in every if h.on(day))
    return tuple(h for h in holding if h.exceptional) or holding
