"""The same measure in one process, and in two on one database, as two `sanad serve`."""

from __future__ import annotations

import asyncio
import multiprocessing
from typing import Any

from bot.settings import Settings
from tests.bench.turns import Measured, measure


def one(settings: Settings) -> list[Measured]:
    return [asyncio.run(measure(settings))]


def two(settings: Settings) -> list[Measured]:
    context = multiprocessing.get_context("spawn")
    given = {"data_dir": str(settings.data_dir)}
    if settings.database_url:
        given["database_url"] = settings.database_url.get_secret_value()
    with context.Pool(2) as pool:
        return pool.starmap(_measured, [(given, "a-"), (given, "b-")], chunksize=1)


def _measured(given: dict[str, Any], prefix: str) -> Measured:
    return asyncio.run(measure(Settings(_env_file=None, **given), prefix=prefix))
