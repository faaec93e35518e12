"""A bubble as a terminal shows it, and what each channel could show: for `talk` and for tests."""

from __future__ import annotations

from channels.port import Capabilities, ChannelName, Outbound
from channels.telegram import CAPABILITIES as TELEGRAM
from channels.text import without_isolates

CAPABILITIES: dict[ChannelName, Capabilities] = {
    "terminal": Capabilities(
        buttons=12, label_length=60, text_length=10_000, isolates=True, asks_location=False,
        deletes=True,
    ),
    "telegram": TELEGRAM,
    # Three quick replies; more become numbered lines (a list picker is another capability's work).
    "whatsapp": Capabilities(buttons=3, label_length=20, text_length=1024, isolates=True),
    "sms": Capabilities(buttons=0, label_length=40, text_length=670, isolates=False, sms=True),
}  # fmt: skip


def capabilities_of(channel: ChannelName) -> Capabilities:
    return CAPABILITIES[channel]


def render(message: Outbound, capabilities: Capabilities) -> str:
    """Lines of text: the bubble, then its buttons, each with the number that picks it."""
    lines = [message.text]
    buttons = [f"[{n}] {choice.label}" for n, choice in enumerate(message.choices, start=1)]
    if buttons and capabilities.buttons:
        lines += ["", *buttons]
    lines += [f"[{label}]" for label in (message.ask_contact, message.ask_location) if label]
    return without_isolates("\n".join(lines)) + "\n"
