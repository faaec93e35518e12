"""What she may ask of the conversation itself: a person, a language, the menu, back, skip."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.effects import Handover, Put, Say
from bot.engine.events import Opened, Picked
from bot.engine.form import Outcome, Turn
from bot.engine.rungs.goals import question
from bot.engine.rungs.menu import LANGUAGES, menu, open_flow


def person(t: Turn) -> Outcome | None:
    """A person is asked for: the queue, the truth about who is there, and the numbers."""
    asked = isinstance(t.event, Picked) and t.event.value == "person" and t.event.slot == "menu"
    if not (asked or t.hears("person")):
        return None
    duty = "yes" if t.around.on_duty else "no"
    return t.again(Handover("asked"), Say("person-wait", {"duty": duty}))


def language(t: Turn) -> Outcome | None:
    chosen: object = None
    if isinstance(t.event, Picked) and t.event.slot == "language":
        chosen = t.event.value
    elif t.hears("control.language") and t.u and (named := t.u.of("language")):
        chosen = named[0].value
    elif not (
        t.hears("control.language")
        or (isinstance(t.event, Picked) and t.event.slot == "menu" and t.event.value == "language")
    ):
        return None
    for code in LANGUAGES:
        if code == chosen:
            session = replace(t.session, language=code, chosen=True)
            t = replace(t, session=session)
            return t.again(Say("language-set"), *(() if session.stack else (menu(t),)))
    return t.session, (Put("language", "language", choices=LANGUAGES),)


def show_menu(t: Turn) -> Outcome | None:
    if isinstance(t.event, Opened) or t.hears("control.menu"):
        return replace(t.session, pending=None), (menu(t),)
    if not (isinstance(t.event, Picked) and t.event.slot == "menu"):
        return None
    match t.event.value:
        case "continue":
            return t.again() if t.session.stack else (t.session, (menu(t),))
        case "report":
            return open_flow(t, "report_abuse")
        case "status":
            return open_flow(t, "case_status")
        case "menu":
            return t.session, (menu(t),)
        case "guide":
            return t.session, (Put("guide-ask", "guide"),)
        case "jisr":
            return question(t)
    return None


def back(t: Turn) -> Outcome | None:
    if not (t.session.top and t.hears("control.back")):
        return None
    frame = t.session.top
    if not frame.trail:
        return t.go_on(replace(frame, doubt=None), Say("back-nothing"))
    return t.go_on(frame.reopen(frame.trail[-1]))


def skip(t: Turn) -> Outcome | None:
    picked = isinstance(t.event, Picked) and t.event.value == "skip"
    if not (t.session.top and (picked or t.hears("control.skip"))):
        return None
    ask = t.asking
    if not ask:
        return t.again()
    if not ask.skippable:
        return t.again(Say("needed"))
    return t.go_on(t.session.top.skip(ask.slot))
