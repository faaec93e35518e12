"""One turn of a conversation, as one pure function."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.effects import Alert, Effects, Handover, PassOn, Put, Say, Timers
from bot.engine.events import Elapsed, Event, Said, Surroundings
from bot.engine.flow import Flows
from bot.engine.form import Outcome, Turn
from bot.engine.kinds import word_count
from bot.engine.ladder import BEFORE, LADDER, Rung, on_screen
from bot.engine.rungs.danger import NOW
from bot.engine.rungs.goals import lost
from bot.engine.session import Screen, Session


def advance(flows: Flows, session: Session, event: Event, around: Surroundings) -> Outcome:
    """What is remembered and what is to be said and done after this event.

    Pure: no clock, no chance, no store. Raises nothing that a person's message can cause.
    """
    session, retired = _without_retired(flows, session)
    session = _listen(session, event)
    t = Turn(flows, session, event, around)
    harm = _harm_told(t)
    if harm:
        t = replace(t, session=replace(t.session, warned=True))
    outcome = _first(BEFORE, t) or _first(LADDER, on_screen(t)) or lost(t)
    session, effects = outcome
    session, effects = _greet(session, (*retired, *harm, *effects), around, event)
    session = _remember_screen(session, effects)
    return session, (*effects, _timers(flows, session))


def _first(rungs: tuple[Rung, ...], t: Turn) -> Outcome | None:
    return next((outcome for rung in rungs if (outcome := rung(t))), None)


def _harm_told(t: Turn) -> Effects:
    """Harm that goes on, told without saying that it is now: an alarm, and the numbers once."""
    if not (t.u and t.u.emergency.alarm and t.u.emergency.probability < NOW):
        return ()
    alert = Alert(tuple(t.u.emergency.categories), now=False)
    if t.session.warned or t.session.held:
        return (alert,)
    return (alert, Say("numbers-brief"))


def _listen(session: Session, event: Event) -> Session:
    """Answer in her language and script; know a child who speaks of itself."""
    if not isinstance(event, Said):
        return session
    u = event.understood
    # One word is too little to change the language of a conversation.
    tells = session.language is None or word_count(u.text) >= 3
    if u.language != "other" and tells and not session.chosen:
        session = replace(session, language=u.language)
    herself = any(e.value == "child" and e.confidence >= 0.8 for e in u.of("reporter"))
    if herself or (u.intent == "report_abuse.child_self" and u.confidence >= 0.8):
        session = replace(session, child=True)
    return session


def _without_retired(flows: Flows, session: Session) -> tuple[Session, Effects]:
    """A form whose flow is gone is not dropped in silence: a person looks at it."""
    kept = tuple(f for f in session.stack if f.flow in flows)
    if len(kept) == len(session.stack):
        return session, ()
    return replace(session, stack=kept, pending=None), (Handover("fault"),)


def _greet(
    session: Session, effects: Effects, around: Surroundings, event: Event
) -> tuple[Session, Effects]:
    """The first reply says who speaks, and in demo mode that this is a demonstration.

    In an emergency the numbers stand before it.
    """
    if session.welcomed or isinstance(event, Elapsed) or PassOn() in effects:
        return session, effects
    hello = Say("welcome-demo" if around.demo else "welcome")
    urgent = [
        n
        for n, e in enumerate(effects)
        if isinstance(e, Say) and e.message in ("emergency-numbers", "numbers-brief", "voice-kept")
    ]
    at = urgent[0] + 1 if urgent else 0
    return replace(session, welcomed=True), (*effects[:at], hello, *effects[at:])


def _remember_screen(session: Session, effects: Effects) -> Session:
    put = next((e for e in reversed(effects) if isinstance(e, Put)), None)
    if put is None:
        return session if not any(isinstance(e, Say) for e in effects) else _no_screen(session)
    number = session.screens + 1
    shown = tuple((value, "") for value in (*put.choices, *put.controls))
    return replace(
        session,
        screens=number,
        screen=Screen(number, put.slot, shown, numbered=put.numbered),
    )


def _no_screen(session: Session) -> Session:
    return replace(session, screen=None)


def _timers(flows: Flows, session: Session) -> Timers:
    if not session.top:
        return Timers()
    flow = flows[session.top.flow]
    return Timers(flow.nudge_after, flow.expire_after)
