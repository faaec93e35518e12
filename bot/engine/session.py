"""What is remembered of a conversation between two turns.

Frozen structs of msgspec: written and read as JSON as they are, and cheap to change a copy of.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from nlu.understood import Language


class Doubt(Struct, frozen=True):
    """A reading we were not sure of, waiting for a yes or a no."""

    slot: str
    value: Any


class Frame(Struct, frozen=True):
    """One form being filled in."""

    flow: str
    answers: dict[str, Any] = {}
    skipped: frozenset[str] = frozenset()
    trail: tuple[str, ...] = ()
    """Slots in the order they were settled: all that "back" needs."""
    asking: str | None = None
    doubt: Doubt | None = None

    def settle(self, slot: str, value: Any) -> Frame:
        trail = (*(s for s in self.trail if s != slot), slot)
        answers = {**self.answers, slot: value}
        doubt = None if self.doubt and self.doubt.slot == slot else self.doubt
        return replace(
            self, answers=answers, skipped=self.skipped - {slot}, trail=trail, doubt=doubt
        )

    def skip(self, slot: str) -> Frame:
        trail = (*(s for s in self.trail if s != slot), slot)
        return replace(self, skipped=self.skipped | {slot}, trail=trail, doubt=None)

    def reopen(self, *slots: str) -> Frame:
        """Forget these answers: their questions are put again."""
        return replace(
            self,
            answers={k: v for k, v in self.answers.items() if k not in slots},
            skipped=self.skipped - set(slots),
            trail=tuple(s for s in self.trail if s not in slots),
            doubt=None,
        )


class Screen(Struct, frozen=True):
    """What the person is looking at: to interpret, never to steer."""

    number: int
    slot: str
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) in the order shown."""
    numbered: bool = True


PendingKind = Literal["stop", "welcome_back", "goal"]


class Pending(Struct, frozen=True):
    """A question of the engine's own, outside every form."""

    kind: PendingKind
    value: str = ""


class Session(Struct, frozen=True):
    stack: tuple[Frame, ...] = ()
    language: Language | None = None
    """What we answer in; None before her first words."""
    chosen: bool = False
    """She chose the language herself: it no longer follows what she writes."""
    child: bool = False
    """She is a child speaking of herself: she is spoken to as a child."""
    misses: int = 0
    welcomed: bool = False
    noticed: bool = False
    """The short notice on personal data was given."""
    near: tuple[str, ...] = ()
    """Where her pin was, nearest first: the guide looks there first."""
    warned: bool = False
    """The emergency numbers were given in this conversation."""
    locked: bool = False
    """After a silence: what was said before is not shown, the phone may be in other hands."""
    held: bool = False
    """A person holds the conversation."""
    pending: Pending | None = None
    screen: Screen | None = None
    screens: int = 0

    @property
    def top(self) -> Frame | None:
        return self.stack[-1] if self.stack else None

    def push(self, frame: Frame) -> Session:
        return replace(self, stack=(*self.stack, frame), pending=None)

    def pop(self) -> Session:
        return replace(self, stack=self.stack[:-1])

    def put(self, frame: Frame) -> Session:
        """With the form on top replaced by this one."""
        return replace(self, stack=(*self.stack[:-1], frame))

    def raise_(self, flow: str) -> Session:
        """With this flow's form brought to the top; unchanged where there is none."""
        mine = [f for f in self.stack if f.flow == flow]
        return replace(self, stack=(*(f for f in self.stack if f.flow != flow), *mine))
