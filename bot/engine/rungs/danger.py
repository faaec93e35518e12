"""What is seen before anything else is understood: timers, danger, a person at work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from bot.engine.effects import Alert, Effects, Handover, PassOn, Say
from bot.engine.events import Elapsed
from bot.engine.flow import Flow
from bot.engine.form import Outcome, Turn, absorb, keep_words, resume
from bot.engine.rungs.menu import flow_of_danger
from bot.engine.session import Frame, Session

NOW = 0.6
"""An alarm this probable is danger now; below it, harm that goes on: numbers, and we ask."""


def elapsed(t: Turn) -> Outcome | None:
    """Neutral on purpose: others may see the phone. Silence runs for every form on the stack."""
    if not isinstance(t.event, Elapsed):
        return None
    if not t.session.stack:
        return t.session, ()
    if t.event.what == "nudge":
        return replace(t.session, locked=True), (Say("nudge"),)
    return emptied(t.session), each_form(t, lambda flow, known: flow.silent(known, t.around))


def emergency(t: Turn) -> Outcome | None:
    """The numbers first, then the shortest possible report: the one begun, never a second."""
    if not (t.u and t.u.emergency.alarm and t.u.emergency.probability >= NOW):
        return None
    session = replace(t.session, warned=True, misses=0)
    help_now: Effects = (
        Alert(tuple(t.u.emergency.categories)),
        Handover("emergency"),
        Say("emergency-numbers"),
    )
    if session.held:
        return session, (*help_now, PassOn())
    if not t.around.takes_reports:
        return resume(t.flows, session, t.around, *help_now, Say("report-closed"))
    flow = flow_of_danger(t)
    assert flow.danger  # noqa: S101 - that is how it was found
    session = session.raise_(flow.name)
    if not (session.top and session.top.flow == flow.name):
        session = session.push(Frame(flow.name))
    assert session.top  # noqa: S101 - just pushed
    before = session.top
    frame = absorb(flow, before, t.event, t.around).settle(flow.danger, True)
    frame = keep_words(flow, frame.reopen("send", "changing", "adding"), t.event)
    return resume(t.flows, session.put(frame), t.around, *help_now)


def held(t: Turn) -> Outcome | None:
    """A person holds the conversation: the assistant does not talk over her."""
    return (t.session, (PassOn(),)) if t.session.held else None


def each_form(t: Turn, what: Callable[[Flow[Any], Any], Effects]) -> Effects:
    effects: Effects = ()
    for frame in reversed(t.session.stack):
        flow = t.flows[frame.flow]
        effects = (*effects, *what(flow, flow.known(frame)))
    return effects


def emptied(session: Session) -> Session:
    """Nothing open; who she is (language, welcome, notice) stays known."""
    return replace(
        session, stack=(), pending=None, screen=None, locked=False, misses=0, child=False
    )
