"""How urgent a report looks: a written rule, for routing; an office assesses anew."""

from __future__ import annotations

from typing import Literal

from bot.cases.harm import HARMS
from bot.cases.report import Report

Risk = Literal["high", "medium", "low", "unknown"]

SMALL = 6
"""Years: a child this young cannot leave or call."""


def risk_of(report: Report) -> Risk:
    """High: danger now, a severe harm, or violence to a small child. Medium: any other harm named.
    Low: only what asks for a service. Unknown: nothing to judge by."""
    known = [HARMS[h] for h in report.harm if h in HARMS]
    if report.danger or any(h.severe for h in known):
        return "high"
    small = report.child_age is not None and report.child_age < SMALL
    if small and any(h.term == "violence" for h in known):
        return "high"
    if any(h.term != "outside" for h in known):
        return "medium"
    return "low" if known and report.harm != ("other",) else "unknown"


def age_band(age: int | None) -> str | None:
    """The band that stands in plain for statistics: 0-4, 5-9, 10-14, 15-17."""
    if age is None:
        return None
    return next(band for least, band in ((15, "15-17"), (10, "10-14"), (5, "5-9"), (0, "0-4"))
                if age >= least)  # fmt: skip
