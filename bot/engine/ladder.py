"""The ladder: the first rung that answers wins. Its order is the policy."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from bot.engine.events import Picked
from bot.engine.form import Outcome, Turn
from bot.engine.rungs.answers import answer, clear_doubt, receipt, unasked, volunteered
from bot.engine.rungs.commands import back, language, person, show_menu, skip
from bot.engine.rungs.danger import elapsed, emergency, held
from bot.engine.rungs.goals import foreign, new_goal, question, smalltalk, which_goal
from bot.engine.rungs.leaving import leave, pending, stale, stop, welcome_back
from bot.engine.session import Screen

Rung = Callable[[Turn], Outcome | None]

BEFORE: tuple[Rung, ...] = (elapsed, emergency)
"""What is seen before anything else is understood."""

LADDER: tuple[Rung, ...] = (
    held,
    stale,
    leave,
    welcome_back,
    person,
    stop,
    language,
    pending,
    back,
    skip,
    receipt,
    clear_doubt,
    answer,
    show_menu,
    unasked,
    volunteered,
    foreign,
    question,
    new_goal,
    smalltalk,
    which_goal,
)
"""Where none of these answers, `lost` does."""


def on_screen(t: Turn) -> Turn:
    """A number, a label or a cut label typed in place of a button is that button."""
    screen: Screen | None = t.session.screen
    if not (screen and t.u and screen.choices):
        return t
    if not (said := _plain(t.u.text)):
        return t
    for n, (value, label) in enumerate(screen.choices, start=1):
        by_number = screen.numbered and said.isdecimal() and int(said[:4]) == n
        by_label = said == _plain(label) or (
            len(said) >= 8 and said.endswith("…") and _plain(label).startswith(said[:-1])
        )
        if by_number or by_label:
            return replace(t, event=Picked(screen.slot, value, screen.number))
    offered = [value for value, _ in screen.choices]
    if "none" in offered:
        # "Is it one of these?" "Yes" means the only one; "no" means none.
        yes = t.hears("control.yes") and len(offered) == 2
        if yes or t.hears("control.no"):
            value = offered[0] if yes else "none"
            return replace(t, event=Picked(screen.slot, value, screen.number))
    return t


def _plain(text: str) -> str:
    return " ".join(text.casefold().strip(" .!؟?،\u2066\u2067\u2068\u2069").split())
