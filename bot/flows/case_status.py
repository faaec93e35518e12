"""Coming back with a receipt: the ladder answers a whole number, this asks for it."""

from __future__ import annotations

from bot.engine import Answers, Ask, Flow, ReceiptNumber


class Status(Answers):
    receipt: str | None = None


CASE_STATUS = Flow(
    "status",
    Status,
    asks=(Ask("receipt", ReceiptNumber()),),
    done=lambda _, __: (),
)
