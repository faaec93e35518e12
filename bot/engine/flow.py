"""What a flow is: the questions it may ask and how it ends. There is no program counter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.engine.effects import Arg, Effects, Say
from bot.engine.events import Surroundings
from bot.engine.kinds import Kind
from bot.engine.session import Frame


class Answers(BaseModel):
    """What a flow wants to know. Every field optional, unknown stored keys ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


A = TypeVar("A", bound=Answers)

_last: dict[str, tuple[Any, Any]] = {}
"""For each flow the answers read last, and what they were read as."""


def _always(_: Answers, __: Surroundings) -> bool:
    return True


def _never(_: Answers, __: Surroundings) -> bool:
    return False


def _nothing(_: Answers, __: Surroundings) -> None:
    return None


def _settle(frame: Frame, slot: str, value: Any) -> Frame:
    return frame.settle(slot, value)


@dataclass(frozen=True, slots=True)
class Ask(Generic[A]):
    """One question: message `<flow>-<slot>` of the catalogue."""

    slot: str
    kind: Kind
    when: Callable[[A, Surroundings], bool] = _always
    skippable: bool = False
    no_means_skip: bool = False
    """ "Anything else?" "No." """
    settle: Callable[[Frame, str, Any], Frame] = _settle
    """What the answer does to the form where it is more than filling the slot."""
    choices: Callable[[A, Surroundings], tuple[str, ...]] | None = None
    """The values to show where they depend on the answers; else the kind's."""
    args: Callable[[A, Surroundings], Mapping[str, Arg]] | None = None
    lines: Callable[[A, bool], tuple[Say, ...]] | None = None
    """What stands below the question (a read-back). The flag: hide what was said before."""
    refused_to: str | None = None
    """The slot that keeps her words when the answer could not be taken."""


def volunteered(slot: str, kind: Kind) -> Ask[Any]:
    """A slot that is never asked for, only filled when she says it."""
    return Ask(slot, kind, when=_never)


@dataclass(frozen=True, slots=True)
class Flow(Generic[A]):
    name: str
    answers: type[A]
    asks: tuple[Ask[A], ...]
    done: Callable[[A, Surroundings], Effects]
    stopped: Callable[[A, Surroundings], Effects] = lambda _, __: ()
    """She stopped and chose to send what she had said."""
    silent: Callable[[A, Surroundings], Effects] = lambda _, __: ()
    """She fell silent: what must not be lost."""
    told: Callable[[A, Surroundings], Effects] = lambda _, __: ()
    """What she is told when she stopped and chose to send."""
    worth_sending: Callable[[A], bool] = lambda _: False
    refuses: Callable[[A, Surroundings], str | None] = _nothing
    """The message that says why the form cannot go on, or None."""
    heard: Callable[[A, A], tuple[Say, ...]] = lambda _, __: ()
    """What to confirm of what was volunteered, from the answers before and after."""
    danger: str | None = None
    """The slot that an emergency settles: the one flow that has it is opened by an emergency."""
    words: str | None = None
    """The slot that keeps her own words, as a list."""
    files: str | None = None
    """The slot that keeps what she sends: ids of attachments."""
    personal: bool = False
    """Asks for personal data: the short notice comes first."""
    nudge_after: timedelta = timedelta(hours=1)
    expire_after: timedelta = timedelta(days=1)

    def __post_init__(self) -> None:
        slots = [a.slot for a in self.asks]
        if len(slots) != len(set(slots)):
            raise TypeError(f"{self.name}: a slot is asked twice")
        extra = {s for s in (self.words, self.files) if s}
        if missing := (set(slots) | extra) - self.answers.model_fields.keys():
            raise TypeError(f"{self.name}: no such slot {sorted(missing)}")

    def known(self, frame: Frame) -> A:
        """The stored answers as this deploy understands them; the rest is simply unknown again."""
        # A turn asks this of the same frame many times over.
        if (last := _last.get(self.name)) and last[0] is frame.answers:
            known: A = last[1]
            return known
        known = self._known(frame)
        _last[self.name] = (frame.answers, known)
        return known

    def _known(self, frame: Frame) -> A:
        try:
            return self.answers.model_validate(frame.answers)
        except ValidationError as error:
            bad = {e["loc"][0] for e in error.errors()}
            kept = {k: v for k, v in frame.answers.items() if k not in bad}
            return self.answers.model_validate(kept)

    def next(self, frame: Frame, around: Surroundings) -> Ask[A] | None:
        """The first question that matters and has no answer."""
        known = self.known(frame)
        return next(
            (
                a
                for a in self.asks
                if getattr(known, a.slot) is None
                and a.slot not in frame.skipped
                and a.when(known, around)
            ),
            None,
        )

    def ask(self, slot: str | None) -> Ask[A] | None:
        return next((a for a in self.asks if a.slot == slot), None)


Flows = Mapping[str, Flow[Any]]
