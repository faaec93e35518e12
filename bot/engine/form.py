"""Filling in the form on top: absorbing what a message says, and putting the next question."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.engine.effects import Effect, Effects, Put, Say
from bot.engine.events import Event, Said, Surroundings
from bot.engine.flow import Ask, Flow, Flows
from bot.engine.kinds import MAYBE, SURE, Reading, word_count
from bot.engine.session import Doubt, Frame, Session
from nlu.understood import Understood

Outcome = tuple[Session, Effects]


class Turn(Struct, frozen=True):
    """One event, with everything a rung may look at."""

    flows: Flows
    session: Session
    event: Event
    around: Surroundings

    @property
    def u(self) -> Understood | None:
        return self.event.understood if isinstance(self.event, Said) else None

    @property
    def flow(self) -> Flow[Any] | None:
        return self.flows[self.session.top.flow] if self.session.top else None

    @property
    def asking(self) -> Ask[Any] | None:
        """The question on top that she is looking at."""
        return self.flow.ask(self.session.top.asking) if self.flow and self.session.top else None

    def hears(self, *intents: str) -> bool:
        u = self.u
        return bool(u and u.intent in intents and u.confidence >= SURE)

    def go_on(self, frame: Frame, *before: Effect) -> Outcome:
        """The form on top becomes this one; the next question follows."""
        session = replace(self.session.put(frame), misses=0)
        return resume(self.flows, session, self.around, *before)

    def again(self, *before: Effect, session: Session | None = None) -> Outcome:
        """Say this, then put the open question again."""
        return resume(self.flows, session or self.session, self.around, *before)


def resume(flows: Flows, session: Session, around: Surroundings, *before: Effect) -> Outcome:
    """Put the next open question; or finish the form and go back to the one underneath."""
    session = replace(session, pending=None)
    frame = session.top
    if frame is None:
        return replace(session, locked=False), before
    flow = flows[frame.flow]
    known = flow.known(frame)
    if why := flow.refuses(known, around):
        return resume(flows, session.pop(), around, *before, Say(why))
    if flow.personal and not session.noticed:
        session = replace(session, noticed=True)
        before = (*before, Say("notice-demo" if around.demo else "notice"))
    if frame.doubt and (ask := flow.ask(frame.doubt.slot)):
        value = ask.kind.show(frame.doubt.value)
        question = Put(
            f"{flow.name}-{ask.slot}-confirm",
            f"{flow.name}.{ask.slot}",
            choices=("yes", "no"),
            args={"value": value},
        )
        return session.put(replace(frame, asking=ask.slot)), (*before, question)
    if ask := flow.next(frame, around):
        question = _question(flow, ask, session, around)
        return session.put(replace(frame, asking=ask.slot)), (*before, question)
    return resume(flows, session.pop(), around, *before, *flow.done(known, around))


def _question(flow: Flow[Any], ask: Ask[Any], session: Session, around: Surroundings) -> Put:
    assert session.top  # noqa: S101 - the caller's own frame
    known = flow.known(session.top)
    choices = ask.choices(known, around) if ask.choices else ask.kind.choices(around)
    return Put(
        f"{flow.name}-{ask.slot}",
        f"{flow.name}.{ask.slot}",
        choices=choices,
        controls=("skip",) if ask.skippable else (),
        numbered=ask.kind.numbered,
        args=ask.args(known, around) if ask.args else {},
        lines=ask.lines(known, session.locked) if ask.lines else (),
        wants=ask.kind.wants,
    )


def absorb(
    flow: Flow[Any],
    frame: Frame,
    event: Event,
    around: Surroundings,
    *,
    overwrite: bool = False,
) -> Frame:
    """Take every slot the event volunteers; the first shaky one becomes the doubt to clear up.

    `overwrite`: she corrects what she said before, so what is settled may change.
    """
    for ask in flow.asks:
        if not ask.kind.volunteers:
            continue
        settled = getattr(flow.known(frame), ask.slot) is not None
        if settled and not overwrite:
            continue
        reading = ask.kind.read(event, around, asked=False)
        if not isinstance(reading, Reading):
            continue
        if reading.confidence >= SURE:
            frame = ask.settle(frame, ask.slot, reading.value)
        elif reading.confidence >= MAYBE and not frame.doubt and not settled:
            frame = doubt(frame, ask.slot, reading.value)
    return frame


def doubt(frame: Frame, slot: str, value: Any) -> Frame:
    return replace(frame, doubt=Doubt(slot, value))


def keep_words(flow: Flow[Any], frame: Frame, event: Event) -> Frame:
    """Her own words belong to the report as she wrote them, not only what we made of them."""
    if not (flow.words and isinstance(event, Said)):
        return frame
    text = event.understood.text.strip()
    said: list[str] = list(frame.answers.get(flow.words) or ())
    if word_count(text) < 3 or text in said:
        return frame
    return replace(frame, answers={**frame.answers, flow.words: [*said, text]})


def heard(flow: Flow[Any], before: Frame, after: Frame) -> Effects:
    """Confirm what was understood beyond what was asked."""
    lines = flow.heard(flow.known(before), flow.known(after))
    return (Say(f"{flow.name}-heard", lines=lines),) if lines else ()
