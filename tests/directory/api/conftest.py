"""The API over both databases, with rows in every table."""

from __future__ import annotations

import pytest

from tests.conftest import BOTH
from tests.directory.api.client import client_of, filled


@pytest.fixture(scope="module", params=BOTH)
def engine(request, tmp_path_factory):
    with filled(request.param, tmp_path_factory.mktemp("hsds")) as engine:
        yield engine


@pytest.fixture
async def api(engine):
    async with client_of(engine) as client:
        yield client
