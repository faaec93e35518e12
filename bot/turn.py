"""One message, one turn, one commit: read, understand, advance, write, and only then send.

    Inbound -> receive() -> [commit 1: the message is ours, the webhook answers 200]
            -> handle()  -> understand -> advance -> compose -> [commit 2: everything at once]
            -> Outbox    -> channel.send -> [commit 3: sent]

A process killed between any two of these leaves a row that a sweep takes up again.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot import wire
from bot.carry_out import Plan, carry_out
from bot.engine import Elapsed, Event, Handover, Put, Say, Session, Timers, advance
from bot.engine.effects import Effects
from bot.flows import FLOWS
from bot.interpret import interpret, scrubbed, understanding
from bot.outbox import Outbox
from bot.parts import Parts
from bot.store import Conflict, Conversation, Received, TurnWrite, Waiting
from bot.store.ids import new_id
from bot.surroundings import surroundings
from bot.trace import where
from channels.port import ChannelError, Inbound, Media
from nlu.understood import Understood

log = logging.getLogger(__name__)

TRIES = 3
"""A message that breaks a turn this often is answered with an apology and left to a person."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of every conversation; the order within one is the caller's (`Dispatcher`)."""

    parts: Parts
    outbox: Outbox

    async def receive(self, message: Inbound) -> Received:
        """Store a message. Raises StoreError where it could not be stored: the provider retries."""
        message = scrubbed(message)
        return await self.parts.store.receive(
            channel=message.address.channel,
            address=message.address.id,
            provider_id=message.message_id,
            payload=wire.write_inbound(message),
            now=self.parts.now(),
        )

    async def handle(self, conversation_id: str) -> int:
        """Answer everything that waits in a conversation, in order. How many turns there were."""
        turns = 0
        while True:
            conversation = await self.parts.store.load(conversation_id)
            if not conversation.waiting:
                return turns
            try:
                await self._answer(conversation, conversation.waiting[0])
            except Conflict:
                continue  # somebody else moved the conversation on: look again
            turns += 1

    async def ring(self, conversation_id: str) -> None:
        """A timer of the conversation is due."""
        conversation = await self.parts.store.load(conversation_id)
        now = self.parts.now()
        if conversation.waiting or not conversation.due_at or conversation.due_at > now:
            return
        what: Literal["nudge", "expire"] = "nudge" if conversation.due == "nudge" else "expire"
        session = wire.session(conversation.state)
        around = await surroundings(self.parts, conversation, None, (), session, now)
        session, effects = advance(FLOWS, session, Elapsed(what), around)
        if self.parts.watch:
            self.parts.watch(session, effects)
        plan = carry_out(self.parts, conversation, session, effects, to=None, now=now)
        if what == "nudge" and session.stack:
            expire = next(e.expire for e in effects if isinstance(e, Timers))
            due_at = conversation.last_inbound_at + (expire or timedelta())
            plan = replace(plan, due="expire", due_at=due_at)
        try:
            await self._commit(conversation, plan, handled=None, understood=None)
        except Conflict:
            return  # she wrote at this very moment: that turn set its own timers
        await self.outbox.deliver(conversation, plan.outbound)

    async def _answer(self, conversation: Conversation, waiting: Waiting) -> None:
        message = wire.inbound(waiting.payload)
        now = self.parts.now()
        session = wire.session(conversation.state)
        understood: Understood | None = None
        try:
            if waiting.attempts >= TRIES:
                raise _GivenUp
            understood = (
                wire.understood(waiting.understood)
                if waiting.understood
                else await self.parts.judged(
                    understanding(message.content, session, self.parts.understand)
                )
            )
            session, effects, attachment = await self._advance(
                conversation, message, session, understood, now
            )
            plan = carry_out(
                self.parts,
                conversation,
                session,
                effects,
                to=waiting.address_id,
                now=now,
                file=(attachment, message.content)
                if isinstance(message.content, Media) and attachment
                else None,
            )
        except Exception as error:
            # The only broad one: it answers the person, rings a bell, and loses nothing.
            log.error(
                "turn failed",
                extra={"conversation": conversation.id, "seq": waiting.seq, "at": where(error)},
            )
            session = wire.session(conversation.state)
            plan = carry_out(
                self.parts,
                conversation,
                session,
                (Handover("fault"), Say("fault")),
                to=waiting.address_id,
                now=now,
            )
            await self._commit(conversation, plan, waiting, None, failed=True)
        else:
            await self._commit(conversation, plan, waiting, understood)
        await self._press(message)
        if plan.hide:
            await self.outbox.hide(conversation, message)
        await self.outbox.deliver(conversation, plan.outbound)

    async def _advance(
        self,
        conversation: Conversation,
        message: Inbound,
        session: Session,
        understood: Understood | None,
        now: datetime,
    ) -> tuple[Session, Effects, str]:
        attachment = new_id(now) if isinstance(message.content, Media) else ""
        events: tuple[Event, ...] = interpret(
            message.content,
            session,
            understood=understood,
            attachment=attachment,
            nearest=self.parts.nearest,
        )
        effects: Effects = ()
        around = await surroundings(self.parts, conversation, understood, events, session, now)
        for event in events:
            # Of two events in one message only the last one's question is put.
            effects = tuple(e for e in effects if not isinstance(e, Put | Timers))
            session, more = advance(FLOWS, session, event, around)
            effects = (*effects, *more)
            around = replace(around, silent=timedelta())
        if self.parts.watch:
            self.parts.watch(session, effects)
        return session, effects, attachment

    async def _commit(
        self,
        conversation: Conversation,
        plan: Plan,
        handled: Waiting | None,
        understood: Understood | None,
        *,
        failed: bool = False,
    ) -> None:
        await self.parts.store.commit(
            TurnWrite(
                conversation=conversation,
                state=wire.write(plan.session),
                handled=handled,
                failed=failed,
                understood=wire.write(understood) if understood else None,
                outbound=tuple(b.row for b in plan.outbound),
                claim=not conversation.behind,
                due_at=plan.due_at,
                due=plan.due,
                also=plan.also,
                now=self.parts.now(),
            )
        )

    async def _press(self, message: Inbound) -> None:
        if not message.press:
            return
        channel = self.parts.channels.get(message.address.channel)
        try:
            if channel:
                await channel.pressed(message)
        except ChannelError as error:
            log.info("button not acknowledged", extra={"reason": error.reason})


class _GivenUp(Exception):
    """Tried often enough."""


__all__ = ["Turns"]
