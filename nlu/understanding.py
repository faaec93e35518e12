"""`understand(text)`: language, danger, control words, entities, intents; pure and local."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

import numpy as np

from nlu import tamazight
from nlu.abroad import abroad
from nlu.cues import Folded, folded, meanings
from nlu.emergency import detect, literal
from nlu.features import WORDS, Features, names, pieces
from nlu.language import identify
from nlu.linear import Linear
from nlu.models import CALM, Models, shipped
from nlu.normal import Normal, Token, normal, tokens
from nlu.numbers import numbers
from nlu.people import people, project
from nlu.places import Found, PlaceIndex, outside
from nlu.times import times
from nlu.understood import (
    Emergency,
    EmergencyCategory,
    Entity,
    Goal,
    GoalName,
    Intent,
    Language,
    Understood,
)
from nlu.wordlists import words

POLITE = words("polite")
BRIEF = 6
"""Words: a message this short may be a control word with politeness around it."""
SURE, LIKELY = 0.97, 0.88
TOLD = 0.9
"""A message that names harm to a child is a report, whatever its style."""
CERTAIN = 0.6
"""How probable danger must be to be told by itself what the message is about."""
LEAST = 0.35
"""Below this no goal is named."""
_GOALS = frozenset(get_args(GoalName))


def understand(
    text: str,
    *,
    hint: Language | None = None,
    places: PlaceIndex | None = None,
    models: Models | None = None,
) -> Understood:
    """What a message means. `hint`: the language of the conversation so far; `places`: the
    directory's names; `models`: others than the package ships. Raises nothing, whatever the
    text."""
    models = models or shipped()
    read = normal(text)
    cut = tokens(read.text)
    said = [t.text for t in cut]
    if variant := tamazight.variant(text, said):
        return _in_tamazight(text, read, cut, variant, places)
    language, _ = identify(text, said, hint)
    control = _control(said)
    named = places.named(read, cut) if places else ()
    rest = said if control else outside(cut, named)
    features = None if control else pieces(said)
    intents = (control,) if control else _intents(models.intents, said, features)
    message = literal(folded(rest))
    harms = () if control else _harms(message)
    asks = bool(intents) and intents[0].confidence >= 0.6 and _asks(intents[0].name)
    likely, kind = _danger(models.danger, rest, features)
    emergency = detect(
        message, harms=harms, asks=asks and "?" in read.text, likely=likely, kind=kind
    )
    entities = _entities(read, cut, message, harms, places, named, control)
    if not control:
        intents = _weighed(intents, harms, entities, emergency)
    return Understood(text, language, _goal(intents), intents, entities, emergency)


def _in_tamazight(
    text: str, read: Normal, cut: list[Token], variant: str, places: PlaceIndex | None
) -> Understood:
    """Numbers and names of places are what they are in any language; the rest is not guessed at."""
    named = places.named(read, cut) if places else ()
    entities = (
        Entity("speaks", variant, confidence=0.9),
        *numbers(read),
        *(places.entities(read, cut, named, guess=False) if places else ()),
    )
    categories = tamazight.danger(text)
    alarm = Emergency(True, tamazight.ALARM, categories) if categories else Emergency()
    return Understood(text, "other", Goal("none", 1.0), (), entities, alarm)


def danger(text: str, models: Models | None = None) -> float:
    """How likely the model of danger alone finds it, before cues and policy; 0 where it is not
    asked."""
    words = [t.text for t in tokens(normal(text).text)]
    return _danger((models or shipped()).danger, words, pieces(words))[0] or 0.0


def rejudged(understood: Understood, intents: tuple[Intent, ...]) -> Understood:
    """The same message with its intents judged by another engine. Danger, control words and what
    the words name stay as they were found here."""
    told = len(understood.intents) == 1 and understood.goal.name == "control"
    if understood.emergency.alarm or told or not intents:
        return understood
    harms = tuple(str(e.value) for e in understood.of("harm"))
    weighed = _weighed(intents, harms, understood.entities, understood.emergency)
    return replace(understood, intents=weighed, goal=_goal(weighed))


def _control(said: list[str]) -> Intent | None:
    """A short message that is a word for the conversation itself, politeness aside."""
    if not 0 < len(said) <= BRIEF + 3:
        return None
    bare = [w for w in said if w not in POLITE]
    for several in (said, bare) if bare != said else (said,):
        if not 0 < len(several) <= BRIEF:
            continue
        if name := meanings("controls").whole(folded(several)):
            return Intent(name, SURE)
    return None


def _harms(message: Folded) -> tuple[str, ...]:
    return meanings("harm").found_in(message)


def _intents(model: Linear, said: Sequence[str], features: Features | None) -> tuple[Intent, ...]:
    known = _known(model, said)
    if features is None or not known:
        return ()
    scores = model.scores(features)
    # Words never seen say nothing: of a message made of them the guess is worth as little.
    damp = 0.35 + 0.65 * min(1.0, known * 1.6)
    best = np.argsort(-scores)[:5]
    return tuple(Intent(model.classes[n], round(float(scores[n]) * damp, 4)) for n in best)


def _known(model: Linear, said: Sequence[str]) -> float:
    """Share of the words that the model has seen, spelt so or with these consonants."""
    seen = [bool(word.any()) for word in model.knows(names(said[:WORDS]))]
    return sum(seen) / len(seen) if seen else 0.0


def _danger(
    model: Linear, said: Sequence[str], features: Features | None
) -> tuple[float | None, EmergencyCategory | None]:
    """How much a message sounds like danger, and like which. A word alone is left to the cues."""
    if features is None or len(said) < 2 or not model.knows(names(said[:WORDS])).any():
        return None, None
    scores = model.scores(features)
    calm = model.classes.index(CALM)
    likely = 1.0 - float(scores[calm])
    scores[calm] = -1.0
    return likely, cast(EmergencyCategory, model.classes[int(scores.argmax())])


def _asks(intent: str) -> bool:
    return intent.partition(".")[0] in ("find_service", "about", "jisr", "case_status")


def _entities(
    read: Normal,
    cut: list[Token],
    message: Folded,
    harms: tuple[str, ...],
    places: PlaceIndex | None,
    named: tuple[Found, ...],
    control: Intent | None,
) -> tuple[Entity, ...]:
    found = _with_times(numbers(read), times(read, message.word_list))
    if places:
        # "صافي" may be Safi, but never beside a control word that it is.
        told = places.entities(read, cut, named, guess=control is None)
        # Sidi Bibi is no baby.
        found = [e for e in found if not any(_overlap(e, place) for place in told)]
        found += [replace(e, confidence=min(e.confidence, 0.6)) if control else e for e in told]
    found += [Entity("harm", code, confidence=TOLD) for code in harms]
    found += people(message, harms=harms)
    found += abroad(cut)
    if not harms:
        found += project(message)
    return tuple(found)


def _with_times(found: list[Entity], told: list[Entity]) -> list[Entity]:
    """Days, hours and sums where no telephone, receipt or age stands; a year of birth is no bare
    number."""
    if any(e.entity == "birth_year" for e in told):
        found = [e for e in found if e.entity != "number"]
    return [*found, *(e for e in told if not any(_overlap(e, other) for other in found))]


def _overlap(one: Entity, other: Entity) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    return one.start < other.end and other.start < one.end


def _weighed(
    intents: tuple[Intent, ...],
    harms: tuple[str, ...],
    entities: tuple[Entity, ...],
    emergency: Emergency,
) -> tuple[Intent, ...]:
    """What the words name outweighs how they sound: a receipt asks for a case, harm is a report,
    and so is danger that is no question."""
    if any(e.entity == "receipt" for e in entities):
        return _first(Intent("case_status", SURE), intents)
    herself = any(e.entity == "reporter" and e.value == "child" for e in entities)
    name = "report_abuse.child_self" if herself else "report_abuse"
    best = intents[0] if intents else Intent("none", 0.0)
    if best.confidence >= TOLD and (best.name.startswith("report_abuse") or not harms):
        return intents
    if emergency.alarm and emergency.probability >= CERTAIN:
        return _first(Intent(name, max(emergency.probability, best.confidence)), intents)
    if not harms or (_asks(best.name) and best.confidence >= 0.55):
        return intents
    return _first(Intent(name, TOLD), intents)


def _first(best: Intent, intents: tuple[Intent, ...]) -> tuple[Intent, ...]:
    return (best, *(i for i in intents if i.name != best.name))[:5]


def _goal(intents: tuple[Intent, ...]) -> Goal:
    if not intents or intents[0].confidence < LEAST:
        return Goal("none", round(1 - intents[0].confidence, 4) if intents else 1.0)
    name = intents[0].name.partition(".")[0]
    # Intents of one family say the same thing of the goal.
    together = sum(i.confidence for i in intents if i.name.partition(".")[0] == name)
    goal = cast(GoalName, name) if name in _GOALS else "none"
    return Goal(goal, round(min(together, 1.0), 4))
