"""The menu, and the flow that a goal opens."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from bot.engine.effects import Put, Say
from bot.engine.flow import Flow
from bot.engine.form import Outcome, Turn, absorb, heard, keep_words, resume
from bot.engine.session import Frame
from nlu.understood import Language

MENU = ("report", "guide", "jisr", "status", "person", "language")
LANGUAGES: tuple[Language, ...] = ("ary-Arab", "ary-Latn", "arb", "fra")
GOALS = {"report_abuse": "report", "case_status": "status"}
"""The flow that a goal opens."""


def menu(t: Turn) -> Put:
    choices = ("continue", *MENU) if t.session.stack else MENU
    return Put("menu", "menu", choices=choices)


def flow_of_danger(t: Turn) -> Flow[Any]:
    return next(flow for flow in t.flows.values() if flow.danger)


def open_flow(t: Turn, goal: str) -> Outcome:
    """Open the flow of a goal, or bring its form to the top."""
    name = GOALS[goal]
    flow = t.flows[name]
    if flow.danger and not t.around.takes_reports:
        offer = () if t.session.stack else (menu(t),)
        return t.again(Say("report-closed"), *offer)
    session = replace(t.session, misses=0, pending=None)
    if any(f.flow == name for f in session.stack):
        session = session.raise_(name)
        return resume(t.flows, session, t.around)
    before = Frame(name)
    frame = keep_words(flow, absorb(flow, before, t.event, t.around), t.event)
    return resume(t.flows, session.push(frame), t.around, *heard(flow, before, frame))
