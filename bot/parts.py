"""The parts a running Sanad is made of, put together once at start."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

import nlu
from bot import learning
from bot.engine import Session
from bot.engine.effects import Effects
from bot.guide import Known
from bot.settings import Settings
from bot.store import Store
from channels.port import Channel
from nlu.remote import RasaServer
from nlu.understood import Language, Understood
from services_directory import Directory, the_map


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parts:
    """Everything a turn may use. The clock is a part like the others: tests and `talk` move it."""

    settings: Settings
    store: Store
    channels: Mapping[str, Channel]
    guide: Known
    places: nlu.PlaceIndex
    now: Callable[[], datetime] = _utc_now
    mechanisms: Mapping[str, str] = field(default_factory=dict)
    wide: frozenset[str] = frozenset()
    models: nlu.Models | None = None
    """Later than those the package ships, where some were promoted."""
    rasa: RasaServer | None = None
    """Another judge of intents, where one is set."""
    watch: Callable[[Session, Effects], None] | None = None
    """Told of each turn's outcome: scripts and tests look on."""

    @property
    def directory(self) -> Directory:
        return self.guide.directory

    @property
    def demo(self) -> bool:
        return self.settings.mode == "demo"

    def understand(self, text: str, hint: Language | None) -> Understood:
        return nlu.understand(text, hint=hint, places=self.places, models=self.models)

    async def judged(self, understood: Understood | None) -> Understood | None:
        """With the intents of the Rasa server, where there is one and it is not an emergency."""
        if self.rasa is None or understood is None or understood.emergency.alarm:
            return understood
        intents = await self.rasa.intents(understood.text)
        return nlu.rejudged(understood, intents) if intents else understood

    def nearest(self, latitude: float, longitude: float) -> tuple[str, ...]:
        return tuple(unit.code for unit, _ in self.directory.nearest(latitude, longitude))


def assemble(
    settings: Settings,
    store: Store,
    channels: Mapping[str, Channel],
    *,
    now: Callable[[], datetime] = _utc_now,
) -> Parts:
    places, mechanisms, wide = _of_the_map()
    return Parts(
        settings=settings,
        store=store,
        channels=channels,
        guide=Known(store, settings.data_dir),
        places=places,
        now=now,
        mechanisms=mechanisms,
        wide=wide,
        models=learning.models(settings.data_dir),
        rasa=RasaServer(settings.rasa_url.get_secret_value()) if settings.rasa_url else None,
    )


def settle() -> None:
    """What is loaded now stays as long as the process: the garbage collector need not look at it
    again and again. Worth a quarter of all turns a second (docs/performance.md)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@cache
def _of_the_map() -> tuple[nlu.PlaceIndex, Mapping[str, str], frozenset[str]]:
    """What is built from the map, once for a process."""
    units = the_map()
    return (
        nlu.PlaceIndex(units.gazetteer()),
        {u.code: m for u in units if (m := units.mechanism_of(u.code))},
        frozenset(u.code for u in units if u.kind == "region"),
    )
