"""The directory's own tables on both databases, empty or with the guide that Sanad ships."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, delete

from bot.store import Store
from services_directory.tables import metadata

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def engine(store: Store) -> Engine:
    """With the guide in it, as every store has it."""
    return store.engine


@pytest.fixture
def empty(store: Store) -> Engine:
    with store.engine.begin() as conn:
        for table in metadata.sorted_tables:
            conn.execute(delete(table))
    return store.engine
