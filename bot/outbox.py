"""What leaves: bubbles in order for each person, sent only after their commit, marked only after
they left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import wire
from bot.carry_out import Leaving
from bot.cases import receipt
from bot.parts import Parts
from bot.store import Conversation, Due
from channels.port import Address, ChannelError, Inbound, Outbound

log = logging.getLogger(__name__)

TRIES = 10
HIDE = timedelta(hours=47)
"""Telegram lets a bot delete what is younger than two days; others are not older."""


@dataclass(frozen=True, slots=True)
class Outbox:
    parts: Parts

    async def deliver(self, conversation: Conversation, leaving: Sequence[Leaving]) -> None:
        """Send what this turn committed; what does not leave now stays for the sweep."""
        if conversation.behind:
            return  # an earlier bubble comes first: the sweep sends them in order
        for bubble in leaving:
            if not await self._send(conversation, bubble.row.id, bubble.message,
                                    bubble.row.receipt_case_id):  # fmt: skip
                return

    async def sweep(self) -> int:
        """Send what another process, or an earlier hour, left behind. How many left."""
        sent = 0
        while due := await self.parts.store.outbound_to_send(self.parts.now()):
            # For each person the first in her order: those behind it come in the next round.
            outcomes = await asyncio.gather(*(self._send_due(one) for one in due))
            sent += sum(outcomes)
        return sent

    async def _send_due(self, due: Due) -> bool:
        conversation = await self.parts.store.load(due.conversation_id)
        message = wire.outbound(due.payload)
        return await self._send(conversation, due.id, message, due.receipt_case_id, due.attempts)

    async def _send(
        self,
        conversation: Conversation,
        row_id: str,
        message: Outbound,
        receipt_case_id: str | None,
        attempts: int = 0,
    ) -> bool:
        channel = self.parts.channels.get(message.address.channel)
        now = self.parts.now()
        try:
            if channel is None:
                raise ChannelError("misconfigured", "channel is off")
            shown = message
            if receipt_case_id:
                shown = await self._with_receipt(message, receipt_case_id)
            taken = await channel.send(shown)
        except ChannelError as error:
            # A message that may have arrived is sent again: twice is better than never here,
            # for it may hold the numbers to call or a receipt.
            final = error.reason in ("blocked", "rejected") or attempts + 1 >= TRIES
            wait = error.retry_after or min(2.0**attempts, 600.0)
            await self.parts.store.failed(
                conversation,
                row_id,
                reason=str(error)[:64],
                next_at=None if final else now + timedelta(seconds=wait),
                now=now,
            )
            log.warning("bubble not sent", extra={"outbound": row_id, "reason": error.reason})
            return False
        await self.parts.store.sent(conversation, row_id, taken.message_id, now=now)
        if receipt_case_id:
            await self.parts.store.write(lambda conn: receipt.shown(conn, receipt_case_id))
        return True

    async def _with_receipt(self, message: Outbound, case_id: str) -> Outbound:
        digits = await self.parts.store.read(
            lambda conn: receipt.unsealed(conn, self.parts.store.vault, case_id)
        )
        if digits is None:
            return message
        grouped = " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))
        return replace(message, text=message.text.replace("{receipt}", grouped), receipt=digits)

    async def hide(self, conversation: Conversation, asked: Inbound) -> None:
        """Quick exit: take away what was said on this address, as far as the channel lets us."""
        channel = self.parts.channels.get(asked.address.channel)
        if channel is None or not channel.capabilities.deletes:
            return
        since = self.parts.now() - HIDE
        ours = await self.parts.store.read(
            lambda conn: self.parts.store.sent_ids(conn, conversation, since)
        )
        hers = await self.parts.store.read(
            lambda conn: self.parts.store.inbound_payloads(conn, conversation, since)
        )
        address = Address(asked.address.channel, asked.address.id)
        try:
            refs = (wire.inbound(payload).ref for payload in hers)
            await channel.delete(address, (*ours, *(ref for ref in refs if ref)))
        except ChannelError as error:
            log.info("not hidden", extra={"reason": error.reason})
