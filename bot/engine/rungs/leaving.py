"""Leaving and coming back: quick exit, stop, silence, buttons of another moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from bot.engine.effects import Effects, Hide, Put, Say
from bot.engine.events import Picked
from bot.engine.flow import Flow
from bot.engine.form import Outcome, Turn, absorb, keep_words
from bot.engine.rungs.answers import answer
from bot.engine.rungs.danger import each_form, emptied
from bot.engine.rungs.menu import menu, open_flow
from bot.engine.session import Pending

SILENCE = timedelta(minutes=10)
"""After this long the phone may be in other hands: only a neutral menu shows."""


def stale(t: Turn) -> Outcome | None:
    """A button of another moment fills nothing: it may mean something else by now."""
    if not isinstance(t.event, Picked):
        return None
    screen = t.session.screen
    old = t.event.screen is not None and (screen is None or t.event.screen != screen.number)
    # A menu is a menu at any age; an answer is an answer only to what is asked.
    if old and t.event.slot not in ("menu", "language", "guide"):
        return t.again(Say("stale"), *(() if t.session.stack else (menu(t),)))
    return None


def leave(t: Turn) -> Outcome | None:
    """Quick exit: a neutral word, and nothing compromising left in view."""
    if not t.hears("control.exit"):
        return None
    session = replace(t.session, pending=None, screen=None, locked=bool(t.session.stack))
    return session, (Hide(), Say("exit"))


def welcome_back(t: Turn) -> Outcome | None:
    """After a silence nothing of the report shows before she asks for it; what she says is kept."""
    if t.around.silent < SILENCE or not t.session.top or not t.flow:
        return None
    if t.hears("control.exit", "person", "control.stop") or t.around.case:
        return None
    if t.session.pending and t.session.pending.kind == "welcome_back":
        return None
    answered = answer(t)
    if answered and len(answered[0].stack) < len(t.session.stack):
        return answered  # it was the last answer: what it finished is not taken back
    frame = answered[0].top if answered else None
    if frame is None:
        frame = keep_words(t.flow, absorb(t.flow, t.session.top, t.event, t.around), t.event)
    session = replace(t.session.put(frame), locked=True, pending=Pending("welcome_back"))
    return session, (Put("welcome-back", "welcome_back", choices=("continue", "restart")),)


def stop(t: Turn) -> Outcome | None:
    if t.hears("control.restart"):
        return _ask_stop(t, "restart")
    if not t.hears("control.stop"):
        return None
    return _ask_stop(t) if t.session.stack else (t.session, (Say("bye"),))


def pending(t: Turn) -> Outcome | None:
    """The answer to a question of the engine's own."""
    if not (ours := t.session.pending):
        return None
    picked = t.event.value if isinstance(t.event, Picked) else ""
    yes = t.hears("control.yes") or picked == "yes"
    no = t.hears("control.no") or picked == "no"
    clear = replace(t, session=replace(t.session, pending=None))
    if ours.kind == "stop":
        if picked == "send":
            return _send_and_stop(clear)
        if picked == "drop":
            return _throw_away(clear, then_menu=ours.value == "restart")
        if picked == "continue" or no:
            return clear.again()
    if ours.kind == "welcome_back":
        if picked == "continue" or yes:
            return clear.again()
        if picked == "restart" or no:
            return _ask_stop(clear, "restart")
    if ours.kind == "goal":
        if yes:
            return open_flow(clear, ours.value)
        if no:
            return clear.again(*(() if t.session.stack else (menu(t),)))
    return None


def _ask_stop(t: Turn, why: str = "") -> Outcome:
    """She chooses: send what she has said, or throw it away. Nothing is sent behind her back."""
    if not any(t.flows[f.flow].worth_sending(t.flows[f.flow].known(f)) for f in t.session.stack):
        return _throw_away(t, then_menu=why == "restart")
    session = replace(t.session, pending=Pending("stop", why))
    return session, (Put("stop", "stop", choices=("send", "drop", "continue")),)


def _send_and_stop(t: Turn) -> Outcome:
    def send(flow: Flow[Any], known: Any) -> Effects:
        if not flow.worth_sending(known):
            return ()
        return (*flow.stopped(known, t.around), *flow.told(known, t.around))

    return emptied(t.session), each_form(t, send)


def _throw_away(t: Turn, *, then_menu: bool) -> Outcome:
    over = emptied(t.session)
    after: Effects = (menu(replace(t, session=over)),) if then_menu else ()
    return over, (Say("stopped"), *after)
