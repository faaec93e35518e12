"""The ladder: the first rung that answers wins. Its order is the policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.engine.effects import (
    Alert,
    Effects,
    Handover,
    Hide,
    PassOn,
    Put,
    Say,
    Tell,
    Term,
)
from bot.engine.events import Elapsed, GaveContact, Opened, Picked, Pinned, Said, SentFile
from bot.engine.flow import Flow
from bot.engine.form import Outcome, Turn, absorb, doubt, heard, keep_words, resume
from bot.engine.kinds import MAYBE, SURE, Refused, is_question
from bot.engine.session import Frame, Pending, Screen, Session

Rung = Callable[[Turn], Outcome | None]

SILENCE = timedelta(minutes=10)
"""After this long the phone may be in other hands: only a neutral menu shows."""
NOW = 0.6
"""An alarm this probable is danger now; below it, harm that goes on: numbers, and we ask."""
MISSES = 3

MENU = ("report", "guide", "jisr", "status", "person", "language")
LANGUAGES = ("ary-Arab", "ary-Latn", "arb", "fra")
GOALS = {"report_abuse": "report", "case_status": "status"}
"""The flow that a goal opens."""


def menu(t: Turn) -> Put:
    choices = ("continue", *MENU) if t.session.stack else MENU
    return Put("menu", "menu", choices=choices)


def flow_of_danger(t: Turn) -> Flow[Any]:
    return next(flow for flow in t.flows.values() if flow.danger)


# --- timers ---------------------------------------------------------------------------------------


def elapsed(t: Turn) -> Outcome | None:
    """Neutral on purpose: others may see the phone. Silence runs for every form on the stack."""
    if not isinstance(t.event, Elapsed):
        return None
    if not t.session.stack:
        return t.session, ()
    if t.event.what == "nudge":
        return replace(t.session, locked=True), (Say("nudge"),)
    return _emptied(t.session), _each_form(t, lambda flow, known: flow.silent(known, t.around))


def _each_form(t: Turn, what: Callable[[Flow[Any], Any], Effects]) -> Effects:
    effects: Effects = ()
    for frame in reversed(t.session.stack):
        flow = t.flows[frame.flow]
        effects = (*effects, *what(flow, flow.known(frame)))
    return effects


# --- danger ---------------------------------------------------------------------------------------


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


# --- coming back ----------------------------------------------------------------------------------


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
            return _open(clear, ours.value)
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

    return _emptied(t.session), _each_form(t, send)


def _throw_away(t: Turn, *, then_menu: bool) -> Outcome:
    over = _emptied(t.session)
    after: Effects = (menu(replace(t, session=over)),) if then_menu else ()
    return over, (Say("stopped"), *after)


def _emptied(session: Session) -> Session:
    """Nothing open; who she is (language, welcome, notice) stays known."""
    return replace(
        session, stack=(), pending=None, screen=None, locked=False, misses=0, child=False
    )


# --- commands -------------------------------------------------------------------------------------


def person(t: Turn) -> Outcome | None:
    """A person is asked for: the queue, the truth about who is there, and the numbers."""
    asked = isinstance(t.event, Picked) and t.event.value == "person" and t.event.slot == "menu"
    if not (asked or t.hears("person")):
        return None
    duty = Term("duty", "yes" if t.around.on_duty else "no")
    return t.again(Handover("asked"), Say("person-wait", {"duty": duty.value}))


def leave(t: Turn) -> Outcome | None:
    """Quick exit: a neutral word, and nothing compromising left in view."""
    if not t.hears("control.exit"):
        return None
    session = replace(t.session, pending=None, screen=None, locked=bool(t.session.stack))
    return session, (Hide(), Say("exit"))


def stop(t: Turn) -> Outcome | None:
    if t.hears("control.restart"):
        return _ask_stop(t, "restart")
    if not t.hears("control.stop"):
        return None
    return _ask_stop(t) if t.session.stack else (t.session, (Say("bye"),))


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
            session = replace(t.session, language=code, chosen=True)  # type: ignore[arg-type]
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
            return _open(t, "report_abuse")
        case "status":
            return _open(t, "case_status")
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


# --- answers --------------------------------------------------------------------------------------


def clear_doubt(t: Turn) -> Outcome | None:
    if not (t.flow and t.session.top and (open_doubt := t.session.top.doubt)):
        return None
    frame = t.session.top
    picked = t.event.value if isinstance(t.event, Picked) else ""
    if picked == "yes" or t.hears("control.yes"):
        ask = t.flow.ask(open_doubt.slot)
        settled = ask.settle(frame, ask.slot, open_doubt.value) if ask else frame
        return t.go_on(replace(settled, doubt=None))
    if picked == "no" or t.hears("control.no"):
        return t.go_on(replace(frame, doubt=None))
    return None


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


def answer(t: Turn) -> Outcome | None:
    """The answer to what was asked, and whatever else the same message says."""
    if not (t.flow and t.session.top and (ask := t.asking)):
        return None
    frame = t.session.top
    if frame.doubt and frame.doubt.slot != ask.slot:
        return None
    if isinstance(t.event, Picked) and t.event.slot != f"{t.flow.name}.{ask.slot}":
        return None
    reading = ask.kind.read(t.event, t.around, asked=True)
    if ask.no_means_skip and t.hears("control.no"):
        return t.go_on(frame.skip(ask.slot))
    if isinstance(reading, Refused):
        if ask.refused_to and t.u:
            kept = {**frame.answers, ask.refused_to: t.u.text.strip()}
            frame = replace(frame, answers=kept)
        return t.go_on(replace(frame, doubt=None), Say(reading.message))
    if not reading or reading.confidence < MAYBE:
        return None
    frame = replace(frame, doubt=None)
    if reading.confidence < SURE:
        return t.go_on(doubt(frame, ask.slot, reading.value))
    settled = ask.settle(frame, ask.slot, reading.value)
    if not ask.kind.volunteers:
        more = absorb(t.flow, settled, t.event, t.around)
        own_slot = isinstance(reading.value, str) and t.u and reading.value == t.u.text
        more = more if own_slot else keep_words(t.flow, more, t.event)
    else:
        more = keep_words(t.flow, absorb(t.flow, settled, t.event, t.around), t.event)
    return t.go_on(more, *heard(t.flow, settled, more))


def unasked(t: Turn) -> Outcome | None:
    """Files, pins and contact cards where no question asks for them."""
    offer = () if t.session.stack else (menu(t),)
    match t.event:
        case SentFile(kind, attachment):
            frame = t.session.top
            if t.flow and frame and t.flow.files:
                files: list[str] = list(frame.answers.get(t.flow.files) or ())
                kept = {**frame.answers, t.flow.files: [*files, attachment]}
                t = replace(t, session=t.session.put(replace(frame, answers=kept)))
            if kind in ("voice", "audio"):
                # Never refused: it may be the only way this person can tell it.
                session = replace(t.session, warned=True)
                said = (Alert(now=False), Handover("voice"), Say("voice-kept"))
                return t.again(*said, *offer, session=session)
            return t.again(Say("file-kept" if t.session.stack else "file-alone"), *offer)
        case GaveContact():
            return volunteered(t) or t.again(Say("contact-unasked"), *offer)
        case Pinned(places):
            return volunteered(t) or t.again(Say("pin-unasked" if places else "place-far"), *offer)
    return None


def receipt(t: Turn) -> Outcome | None:
    """Sixteen digits, whatever was asked: the state of her case in plain words."""
    if not (seen := t.around.case):
        return None
    session = t.session
    if session.top and session.top.flow == "status":
        session = session.pop()
    said = Say(
        "status",
        {"state": seen.state, "created": seen.created, "at": seen.at or "desk"},
    )
    return t.again(said, session=replace(session, misses=0))


def volunteered(t: Turn) -> Outcome | None:
    """What the message says of other questions of this form; an edit corrects what was said."""
    if not (t.flow and t.session.top):
        return None
    edits = isinstance(t.event, Said) and t.event.edits
    before = t.session.top
    frame = absorb(t.flow, before, t.event, t.around, overwrite=edits)
    if frame == before:
        same_goal = t.u and GOALS.get(t.u.goal.name) == t.flow.name and t.u.goal.confidence >= SURE
        if not (same_goal and t.flow.words):
            return None
    frame = keep_words(t.flow, frame, t.event)
    return t.go_on(frame, *heard(t.flow, before, frame))


# --- questions and goals --------------------------------------------------------------------------


def question(t: Turn) -> Outcome | None:
    """Answer from the guide, then put our own question again."""
    ask_more = () if t.session.stack else (Put("more-help", "menu", choices=MENU[:5]),)
    session = replace(t.session, misses=0)
    if isinstance(t.event, Picked) and t.event.slot == "guide":
        if t.event.value == "none":
            return t.again(Say("guide-unknown"), *ask_more, session=session)
        return t.again(Tell(t.event.value), *ask_more, session=session)
    found = t.around.guide
    waiting = t.session.screen is not None and t.session.screen.slot == "guide"
    wants = bool(t.u and (is_question(t.u) or waiting)) or isinstance(t.event, Picked)
    likely = bool(t.u and t.u.goal.name in ("about", "find_service", "jisr"))
    likely = likely and bool(t.u and t.u.goal.confidence >= MAYBE)
    if t.u and t.u.goal.name in ("case_status", "person", "report_abuse", "control") and not found:
        return None
    if found and found[0][1] >= SURE and (wants or likely or not t.session.stack):
        return t.again(Tell(found[0][0]), *ask_more, session=session)
    if found and found[0][1] >= MAYBE and (wants or likely or not t.session.stack):
        best = tuple(record for record, score in found[:3] if score >= MAYBE)
        asks = Put("guide-did-you-mean", "guide", choices=(*best, "none"))
        return replace(session, pending=None), (asks,)
    if wants or likely:
        return t.again(Say("guide-unknown"), *ask_more, session=session)
    return None


def new_goal(t: Turn) -> Outcome | None:
    if not t.u:
        return None
    goal = t.u.goal
    if t.u.emergency.alarm and not t.session.stack:
        return _open(t, "report_abuse")
    if goal.name not in GOALS:
        return None
    if goal.confidence >= SURE:
        return _open(t, goal.name)
    if goal.confidence >= MAYBE and not t.session.stack:
        session = replace(t.session, pending=Pending("goal", goal.name))
        asks = Put(f"goal-{GOALS[goal.name]}", "goal", choices=("yes", "no"))
        return session, (asks,)
    return None


def _open(t: Turn, goal: str) -> Outcome:
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


def smalltalk(t: Turn) -> Outcome | None:
    if not (t.u and t.u.goal.name == "smalltalk" and t.u.confidence >= MAYBE):
        return None
    said = Say(t.u.intent.removeprefix("smalltalk.").replace("_", "-"))
    if t.session.stack:
        return t.again(*(() if said.message == "greet" else (said,)))
    if said.message in ("greet", "how-are-you"):
        return t.session, (*(() if said.message == "greet" else (said,)), menu(t))
    return t.session, (said,)


def lost(t: Turn) -> Outcome:
    if t.u and t.u.language == "other" and not t.session.stack and any(map(str.isalpha, t.u.text)):
        return t.session, (Put("language-unknown", "language", choices=LANGUAGES),)
    misses = t.session.misses + 1
    offer = () if t.session.stack else (menu(t),)
    if misses >= MISSES:
        session = replace(t.session, misses=0)
        said = Say("lost-person", {"duty": "yes" if t.around.on_duty else "no"})
        return t.again(Handover("misses"), said, *offer, session=session)
    return t.again(Say("lost"), *offer, session=replace(t.session, misses=misses))


BEFORE: tuple[Rung, ...] = (elapsed, emergency)
"""What is seen before anything else is understood."""

LADDER: tuple[Rung, ...] = (
    held,
    stale,
    leave,
    welcome_back,
    person,
    stop,
    language,
    pending,
    back,
    skip,
    receipt,
    clear_doubt,
    answer,
    show_menu,
    unasked,
    volunteered,
    question,
    new_goal,
    smalltalk,
)
"""Where none of these answers, `lost` does."""


def on_screen(t: Turn) -> Turn:
    """A number, a label or a cut label typed in place of a button is that button."""
    screen: Screen | None = t.session.screen
    if not (screen and t.u and screen.choices):
        return t
    if not (said := _plain(t.u.text)):
        return t
    for n, (value, label) in enumerate(screen.choices, start=1):
        by_number = screen.numbered and said.isdecimal() and int(said[:4]) == n
        by_label = said == _plain(label) or (
            len(said) >= 8 and said.endswith("…") and _plain(label).startswith(said[:-1])
        )
        if by_number or by_label:
            return replace(t, event=Picked(screen.slot, value, screen.number))
    return t


def _plain(text: str) -> str:
    return " ".join(text.casefold().strip(" .!؟?،\u2066\u2067\u2068\u2069").split())
