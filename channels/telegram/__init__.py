"""Telegram: reading updates, sending bubbles, polling."""

from channels.telegram.incoming import Group, Malformed, Update, convert, parse
from channels.telegram.outgoing import CAPABILITIES, TelegramChannel

__all__ = ["CAPABILITIES", "Group", "Malformed", "TelegramChannel", "Update", "convert", "parse"]
