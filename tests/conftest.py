"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.store import Store, open_store
from tests.databases import Templates

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    made = Templates(tmp_path_factory.mktemp("templates"))
    yield made
    made.close()


@pytest.fixture(params=BOTH)
def settings(request: pytest.FixtureRequest, templates: Templates, tmp_path: Path) -> Settings:
    """Settings of a fresh database, on each kind."""
    return getattr(templates, request.param)(tmp_path / "data")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A fresh store, on each kind of database."""
    opened = open_store(settings, role="command")
    yield opened
    opened.close()


@pytest.fixture
def sqlite_settings(templates: Templates, tmp_path: Path) -> Settings:
    return templates.sqlite(tmp_path / "data")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests reaches them."""
    import os

    for name in list(os.environ):
        if name.startswith(("SANAD_", "TELEGRAM_", "TWILIO_", "DBOS")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SANAD_DATA_DIR", str(tmp_path / "data"))


Make = Callable[[], Store]
