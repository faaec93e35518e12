"""Questions for the guide, new goals, small talk, and being lost."""

from __future__ import annotations

from msgspec.structs import replace

from bot.engine.effects import Handover, Put, Say, Tell
from bot.engine.events import Picked
from bot.engine.form import Outcome, Turn
from bot.engine.kinds import ALIKE, MAYBE, SURE, is_question, word_count
from bot.engine.rungs.menu import GOALS, MENU, menu, open_flow
from bot.engine.session import Pending
from nlu.understood import GoalName

MISSES = 3


FOREIGN = 3
"""Words from which the language of a message is sure enough."""


def question(t: Turn) -> Outcome | None:
    """Answer from the guide, then put our own question again."""
    ask_more = () if t.session.stack else (Put("more-help", "menu", choices=MENU[:5]),)
    session = replace(t.session, misses=0)
    if isinstance(t.event, Picked) and t.event.slot == "guide":
        if t.event.value not in t.around.offered:
            # None of these; or it was withdrawn since: a number may be wrong now.
            return t.again(Say("guide-unknown"), *ask_more, session=session)
        return t.again(Tell(t.event.value), *ask_more, session=session)
    found = t.around.guide
    waiting = t.session.screen is not None and t.session.screen.slot == "guide"
    wants = bool(t.u and (is_question(t.u) or waiting)) or isinstance(t.event, Picked)
    likely = bool(t.u and t.u.goal.name in ("about", "find_service", "jisr"))
    likely = likely and bool(t.u and t.u.goal.confidence >= MAYBE)
    if t.u and t.u.goal.name in ("case_status", "person", "report_abuse", "control") and not found:
        return None
    if found and found[0][1] >= SURE and (wants or likely or not t.session.stack):
        return t.again(Tell(found[0][0]), *ask_more, session=session)
    if found and found[0][1] >= ALIKE and (wants or likely or not t.session.stack):
        best = tuple(record for record, score in found[:3] if score >= found[0][1] / 2)
        asks = Put("guide-did-you-mean", "guide", choices=(*best, "none"))
        return replace(session, pending=None), (asks,)
    if wants or likely:
        return t.again(Say("guide-unknown"), *ask_more, session=session)
    return None


OFFERED = {
    "report_abuse": "report",
    "find_service": "guide",
    "jisr": "jisr",
    "case_status": "status",
    "person": "person",
}
"""The button of the menu that stands for a goal."""
WORTH = 0.15
"""How likely a goal must be to be among the two or three that are offered."""


def bars(t: Turn, goal: GoalName) -> tuple[float, float]:
    """How sure a goal must be to be acted on, and to be asked about."""
    return t.around.bars.get(goal, (SURE, MAYBE))


def which_goal(t: Turn) -> Outcome | None:
    """Not sure enough of any: the two or three best as buttons."""
    if not t.u or t.session.stack or t.u.language == "other":
        return None
    likely = [g for g in t.u.goals if g.confidence >= WORTH and g.name in OFFERED][:3]
    if len(likely) < 2 or likely[0].name != t.u.goals[0].name:
        return None
    choices = (*(OFFERED[g.name] for g in likely), "menu")
    return replace(t.session, pending=None, misses=0), (Put("which-goal", "menu", choices=choices),)


def new_goal(t: Turn) -> Outcome | None:
    if not t.u:
        return None
    goal = t.u.goal
    if t.u.emergency.alarm and not t.session.stack:
        return open_flow(t, "report_abuse")
    if goal.name not in GOALS:
        return None
    act, ask = bars(t, goal.name)
    if goal.confidence >= act:
        return open_flow(t, goal.name)
    if goal.confidence >= ask and not t.session.stack:
        session = replace(t.session, pending=Pending("goal", goal.name))
        asks = Put(f"goal-{GOALS[goal.name]}", "goal", choices=("yes", "no"))
        return session, (asks,)
    return None


def smalltalk(t: Turn) -> Outcome | None:
    if not (t.u and t.u.goal.name == "smalltalk" and t.u.confidence >= MAYBE):
        return None
    said = Say(t.u.intent.removeprefix("smalltalk.").replace("_", "-"))
    if t.session.stack:
        return t.again(*(() if said.message == "greet" else (said,)))
    if said.message in ("greet", "how-are-you"):
        return t.session, (*(() if said.message == "greet" else (said,)), menu(t))
    return t.session, (said,)


def foreign(t: Turn) -> Outcome | None:
    """A sentence in a language we do not have: what looks like an intent in it is chance. Of those
    one is the country's own: who writes Tamazight gets the numbers and a speaker."""
    if t.u and (spoken := t.u.of("speaks")):
        hands_over = Handover("language", str(spoken[0].value))
        duty = "yes" if t.around.on_duty else "no"
        return t.again(hands_over, Say("tamazight", {"duty": duty}), session=t.session)
    if not (t.u and word_count(t.u.text) >= FOREIGN) or t.u.of("harm"):
        return None
    return _which_language(t)


def _which_language(t: Turn) -> Outcome | None:
    if t.session.stack or not (t.u and t.u.language == "other"):
        return None
    if not any(map(str.isalpha, t.u.text)):
        return None
    choices = ("ary-Arab", "ary-Latn", "arb", "fra")
    return t.session, (Put("language-unknown", "language", choices=choices),)


def lost(t: Turn) -> Outcome:
    if which := _which_language(t):
        return which
    misses = t.session.misses + 1
    offer = () if t.session.stack else (menu(t),)
    if misses >= MISSES:
        session = replace(t.session, misses=0)
        said = Say("lost-person", {"duty": "yes" if t.around.on_duty else "no"})
        return t.again(Handover("misses"), said, *offer, session=session)
    return t.again(Say("lost"), *offer, session=replace(t.session, misses=misses))
