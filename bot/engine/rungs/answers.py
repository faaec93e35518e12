"""Answers: to what was asked, and to what was not."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.effects import Alert, Handover, Put, Say
from bot.engine.events import GaveContact, Picked, Pinned, Said, SentFile
from bot.engine.form import Outcome, Turn, absorb, doubt, heard, keep_words
from bot.engine.kinds import MAYBE, SURE, Refused, is_question
from bot.engine.rungs.menu import GOALS, menu


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
        case Pinned() if not t.session.stack and t.around.guide:
            near = tuple(record for record, _ in t.around.guide[:3])
            asks = Put("pin-guide", "guide", choices=(*near, "none"))
            return replace(t.session, pending=None, near=t.event.places), (asks,)
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


def _asks_guide(t: Turn) -> bool:
    """ "Where is the centre in Taza?" tells no place of a child: the guide knows the answer."""
    if not (t.u and is_question(t.u) and t.around.guide):
        return False
    asks = t.u.goal.name in ("about", "find_service", "jisr") and t.u.goal.confidence >= SURE
    return asks and t.around.guide[0][1] >= SURE


def volunteered(t: Turn) -> Outcome | None:
    """What the message says of other questions of this form; an edit corrects what was said."""
    if not (t.flow and t.session.top) or _asks_guide(t):
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
