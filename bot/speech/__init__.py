"""What the assistant says: the four catalogues, and composing one bubble for a channel."""

from bot.speech.catalogue import LOCALES, locale_of, text
from bot.speech.compose import Bubble, Labels, compose

__all__ = ["LOCALES", "Bubble", "Labels", "compose", "locale_of", "text"]
