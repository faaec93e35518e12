"""What the engine must know of the world for one turn, looked up before it thinks."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.cases import offices, receipt
from bot.engine import ALIKE, CaseSeen, Event, Picked, Pinned, Session, Surroundings
from bot.guide import asked as asked_of
from bot.parts import Parts
from bot.store import Conversation
from nlu.understood import Understood
from services_directory.hours import RABAT
from services_directory.mechanisms import mechanism_id

ANSWERED = ("about", "find_service", "jisr")
"""Goals that the guide answers."""
NOT_SURE = 0.7
"""What is known by its intent only is offered, not told."""


async def surroundings(
    parts: Parts,
    conversation: Conversation,
    understood: Understood | None,
    events: tuple[Event, ...],
    session: Session,
    now: datetime,
) -> Surroundings:
    standing = await offices.standing(parts.store)
    silent = timedelta()
    if session.screens:
        silent = now - conversation.last_inbound_at
    return Surroundings(
        demo=parts.demo,
        takes_reports=parts.demo or standing.desk_ready,
        ready=None if parts.demo else standing.ready,
        reachable=standing.reachable,
        mechanisms=parts.mechanisms,
        splits=parts.directory.units.splits,
        wide=parts.wide,
        bars=parts.settings.thresholds,
        year=now.year,
        silent=silent,
        on_duty=False,
        guide=guide(parts, understood, events, session, now),
        offered=offered(parts, events, session, now),
        case=await _case(parts, conversation, understood, now),
    )


def guide(
    parts: Parts,
    understood: Understood | None,
    events: tuple[Event, ...],
    session: Session,
    now: datetime,
) -> tuple[tuple[str, float], ...]:
    """Entries of the guide that may answer, best first. The search knows the intents; where it
    finds nothing, the intent's own first entry is offered."""
    if any(isinstance(e, Picked) and (e.slot, e.value) == ("menu", "jisr") for e in events):
        return tuple((r.id, 1.0) for r in parts.guide.index.answering("jisr.what")[:1])
    if pinned := next((e for e in events if isinstance(e, Pinned)), None):
        # Whoever sends a place and nothing else is offered what is there.
        there = (m for p in pinned.places if (m := parts.directory.units.mechanism_of(p)))
        return tuple((mechanism_id(m), ALIKE) for m in dict.fromkeys(there))
    if understood is None:
        return ()
    goal = understood.goal
    asked = session.screen is not None and session.screen.slot == "guide"
    # Inside a form what nobody asked is an answer, not a question.
    open_question = goal.name in ANSWERED or (goal.name == "none" and not session.stack)
    if not (asked or open_question):
        return ()
    hits = parts.guide.index.search(asked_of(understood, near=session.near, at=now))
    found = {hit.record.id: hit.score for hit in hits}
    if goal.name in ANSWERED and max(found.values(), default=0.0) < ALIKE:
        place = next((str(e.value) for e in understood.of("place")), None)
        for record in parts.guide.index.answering(understood.intents[0].name, place=place)[:1]:
            found[record.id] = min(goal.confidence, NOT_SURE)
    return tuple(sorted(found.items(), key=lambda item: -item[1])[:5])


def offered(
    parts: Parts, events: tuple[Event, ...], session: Session, now: datetime
) -> frozenset[str]:
    """Of the entries on her screen or on a button, old ones too, those that may be seen today."""
    values = {e.value for e in events if isinstance(e, Picked) and e.slot == "guide"}
    if session.screen and session.screen.slot == "guide":
        values |= {value for value, _ in session.screen.choices}
    records, today = parts.directory.records, now.astimezone(RABAT).date()
    return frozenset(v for v in values if (r := records.get(v)) and r.shown(today))


async def _case(
    parts: Parts, conversation: Conversation, understood: Understood | None, now: datetime
) -> CaseSeen | None:
    """What a receipt in the message finds; guesses are counted, so this is a write."""
    digits = understood.of("receipt") if understood else ()
    if not digits:
        return None
    vault = parts.store.vault
    sender = vault.blind("receipt-sender", conversation.id)

    def look(conn: Connection) -> CaseSeen:
        match receipt.find(conn, vault, str(digits[0].value), sender_blind=sender, now=now):
            case receipt.CaseView() as case:
                created = case.created_at.date().isoformat()
                return CaseSeen(case.state, created, "desk" if case.at_desk else "office")
            case receipt.SlowDown():
                return CaseSeen("slow")
            case _:
                return CaseSeen("unknown")

    return await parts.store.write(look)
