"""The effects of a turn, as rows to write in its commit and bubbles to send after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from msgspec import structs
from sqlalchemy import Connection

from bot import files, wire
from bot.cases import Report, file_report
from bot.desk.queue import ring, wait_for_person
from bot.engine import (
    Alert,
    Handover,
    Hide,
    OpenCase,
    PassOn,
    Put,
    Say,
    Session,
    Tell,
    Timers,
)
from bot.engine.effects import Effects
from bot.parts import Parts
from bot.speech import Bubble, compose
from bot.store import Conversation, NewOutbound
from bot.store.ids import new_id
from bot.words import Labels
from bot.work import enqueue_delivery
from channels.port import Address, Media, Outbound

Write = Callable[[Connection], None]


@dataclass(slots=True)
class Leaving:
    """A bubble on its way: its row, what is sent, and the digits that replace `{receipt}`."""

    row: NewOutbound
    message: Outbound
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one turn writes and sends."""

    session: Session
    outbound: tuple[Leaving, ...] = ()
    also: tuple[Write, ...] = ()
    due_at: datetime | None = None
    due: str | None = None
    hide: bool = False


def carry_out(
    parts: Parts,
    conversation: Conversation,
    session: Session,
    effects: Effects,
    *,
    to: str | None,
    now: datetime,
    file: tuple[str, Media] | None = None,
) -> Plan:
    """`to`: the address to answer on, None for the last one used; `file`: (id, media) to keep."""
    plan = Plan(session)
    before: list[Write] = []
    if file:
        before.append(
            partial(
                files.keep,
                store=parts.store,
                conversation=conversation,
                attachment_id=file[0],
                media=file[1],
                channel=_channel(conversation, to),
                now=now,
            )
        )
    cases: list[str] = []
    for effect in effects:
        match effect:
            case Alert(categories=categories):
                write = partial(ring, conversation_id=conversation.id, categories=categories)
                before.append(partial(write, now=now))
            case Handover(why=why, language=needed):
                urgent = why in ("emergency", "voice")
                before.append(
                    partial(
                        wait_for_person,
                        conversation_id=conversation.id,
                        why=why,
                        urgent=urgent,
                        language=needed or session.language or "other",
                        now=now,
                    )
                )
            case OpenCase() as open_case:
                case_id = new_id(now)
                cases.append(case_id)
                before.append(_file(parts, conversation, session, open_case, case_id, now))
            case Hide():
                plan = replace(plan, hide=True)
            case Timers(nudge=nudge) if nudge:
                plan = replace(plan, due="nudge", due_at=now + nudge)
            case Say() | Put() | Tell() | PassOn() | Timers():
                pass
    plan = replace(plan, also=tuple(before))
    return _with_bubble(parts, conversation, plan, effects, to, cases, now)


def _file(
    parts: Parts,
    conversation: Conversation,
    session: Session,
    effect: OpenCase,
    case_id: str,
    now: datetime,
) -> Write:
    """The report, its case, its referral and the durable promise to deliver it: one commit."""
    known = {k: v for k, v in effect.answers.items() if v is not None}
    report = Report.model_validate(
        {
            **known,
            "place": known.get("part") or known.get("place"),
            "partial": effect.partial,
            "language": session.language or "other",
            "channel": _channel(conversation, None),
        }
    )

    def write(conn: Connection) -> None:
        filed = file_report(
            conn,
            vault=parts.store.vault,
            report=report,
            case_id=case_id,
            conversation_id=conversation.id,
            # The same turn tried again files nothing twice.
            dedupe=f"{conversation.id}:{conversation.version}",
            now=now,
            enqueue=enqueue_delivery,
        )
        files.give_to_case(
            conn,
            store=parts.store,
            conversation=conversation,
            attachments=report.attachments,
            case_id=filed.case_id,
        )

    return write


def _channel(conversation: Conversation, address_id: str | None) -> str:
    address = conversation.address(address_id)
    return address.channel if address else ""


def _with_bubble(
    parts: Parts,
    conversation: Conversation,
    plan: Plan,
    effects: Effects,
    to: str | None,
    cases: list[str],
    now: datetime,
) -> Plan:
    said = tuple(e for e in effects if isinstance(e, Say | Put | Tell))
    address = conversation.address(to)
    if not said or address is None or PassOn() in effects:
        return plan
    channel = parts.channels.get(address.channel)
    if channel is None:
        return plan
    labels = Labels(parts.directory, parts.now().date())
    bubble: Bubble = compose(
        said, session=plan.session, capabilities=channel.capabilities, labels=labels
    )
    row_id = new_id(now)
    message = Outbound(
        address=Address(address.channel, address.id),
        key=row_id,
        text=bubble.text,
        choices=bubble.choices,
        ask_contact=bubble.wants_label if bubble.wants == "contact" else "",
        ask_location=bubble.wants_label if bubble.wants == "location" else "",
        clear_keyboard=not bubble.wants,
    )
    receipt_case = cases[-1] if cases and bubble.receipt else None
    row = NewOutbound(
        id=row_id,
        address_id=address.address_id,
        sealed=parts.store.seal_outbound(conversation, row_id, wire.write(message)),
        receipt_case_id=receipt_case,
    )
    session = plan.session
    if session.screen:
        screen = structs.replace(session.screen, choices=bubble.labels)
        session = structs.replace(session, screen=screen)
    return replace(plan, session=session, outbound=(Leaving(row, message),))
