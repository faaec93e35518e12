"""What each stage of a turn costs by itself, in microseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

import nlu
from bot.engine import Put, Said, Say, Session, Surroundings, Tell, advance
from bot.flows import FLOWS
from bot.speech import compose
from bot.words import Labels
from channels.terminal import capabilities_of
from services_directory import Asked, load
from tests.bench.turns import TEXTS

TODAY = date(2026, 11, 24)


def stages() -> dict[str, float]:
    """The median over repetitions of the mean over the texts."""
    directory = load()
    places = nlu.PlaceIndex(directory.units.gazetteer())
    guide = directory.index(nlu.Analysis)
    labels, capabilities = Labels(directory, TODAY), capabilities_of("telegram")
    heard = [nlu.understand(text, places=places) for text in TEXTS]

    def engine() -> list[tuple[Session, tuple[object, ...]]]:
        session, outcomes = Session(), []
        for understood in heard:
            session, effects = advance(FLOWS, session, Said(understood), Surroundings())
            outcomes.append((session, effects))
        return outcomes

    said = [
        (session, tuple(e for e in effects if isinstance(e, Say | Put | Tell)))
        for session, effects in engine()
    ]
    return {
        "understanding": timed(lambda: [nlu.understand(t, places=places) for t in TEXTS]),
        "engine": timed(engine),
        "composing": timed(
            lambda: [
                compose(effects, session=session, capabilities=capabilities, labels=labels)
                for session, effects in said
            ]
        ),
        "guide search": timed(lambda: [guide.search(Asked(t)) for t in TEXTS]),
    }


def timed(work: Callable[[], object], repetitions: int = 15) -> float:
    work()
    times = []
    for _ in range(repetitions):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) / len(TEXTS) * 1e6
