"""Conversations as this process left them a moment ago: read from memory, checked by their version.

Only where the process has the database for itself. Whatever is not certain is forgotten and read.
"""

from __future__ import annotations

from collections import OrderedDict

from msgspec.structs import replace

from bot.store.items import Conversation, TurnWrite, Waiting

KEPT = 4096


class Recent:
    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._known: OrderedDict[str, Conversation] = OrderedDict()
        self._done: dict[str, int] = {}
        """The last message answered here: one that is told of late is not answered again."""

    def get(self, conversation_id: str) -> Conversation | None:
        return self._known.get(conversation_id)

    def keep(self, conversation: Conversation) -> None:
        if not self._enabled or conversation.behind:
            return
        self._known[conversation.id] = conversation
        self._known.move_to_end(conversation.id)
        while len(self._known) > KEPT:
            self.forget(next(iter(self._known)))

    def waits(self, conversation_id: str, message: Waiting) -> None:
        """A message was stored."""
        known = self._known.get(conversation_id)
        done = self._done.get(conversation_id, 0)
        if known and message.seq > done and all(w.seq != message.seq for w in known.waiting):
            waiting = tuple(sorted((*known.waiting, message), key=lambda w: w.seq))
            self._known[conversation_id] = replace(known, waiting=waiting)

    def moved(self, write: TurnWrite) -> None:
        """A turn was committed."""
        known = self._known.get(write.conversation.id)
        if known is None:
            return
        if known.version != write.conversation.version:
            self.forget(known.id)
            return
        done = write.handled
        if done:
            self._done[known.id] = max(done.seq, self._done.get(known.id, 0))
        self._known[known.id] = replace(
            known,
            version=known.version + 1,
            state=write.state,
            due_at=write.due_at,
            due=write.due,
            last_inbound_at=done.received_at if done else known.last_inbound_at,
            waiting=tuple(w for w in known.waiting if not done or w.seq != done.seq),
        )

    def forget(self, conversation_id: str) -> None:
        self._known.pop(conversation_id, None)
        self._done.pop(conversation_id, None)
