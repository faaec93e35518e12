"""Databases of the tests of packages: the directory's tables alone, empty."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, delete, insert

from services_directory import changes
from services_directory.hsds.package import (
    PackageError,
    import_package,
    read_package,
)
from services_directory.records import Guide, Organization
from services_directory.tables import HSDS, TABLES, metadata, record
from tests.databases import Postgres
from tests.directory.package.foreign import U, foreign_rows
from tests.directory.package.packages import (
    KINDS,
    NOW,
    TEXTS,
    UNITS,
    WORDS,
    Make,
    all_of,
    bring,
    exports,
    hung,
    imports,
    invented,
    row_in,
    written,
    zipped,
)


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    made = Postgres()
    made.start()
    yield made
    made.remove()


@pytest.fixture
def engines() -> Iterator[list[Engine]]:
    made: list[Engine] = []
    yield made
    for engine in made:
        engine.dispose()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "0.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite(tmp_path: Path, engines: list[Engine], empty: Path) -> Make:
    """Makes empty directories in files."""

    def make() -> Engine:
        path = shutil.copy(empty, tmp_path / f"{len(engines)}.db")
        engines.append(create_engine(f"sqlite:///{path}"))
        return engines[-1]

    return make


@pytest.fixture
def postgresql(request: pytest.FixtureRequest, engines: list[Engine]) -> Make:
    """Makes empty directories on a real server."""

    def make() -> Engine:
        server: Postgres = request.getfixturevalue("server")
        name = f"d{len(engines)}x{abs(hash(request.node.nodeid))}"
        server.execute(f"CREATE DATABASE {name}")
        url = server.url(name).replace("postgresql:", "postgresql+psycopg:")
        engines.append(create_engine(url))
        metadata.create_all(engines[-1])
        return engines[-1]

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes empty directories, on each kind of database."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def two() -> Iterator[tuple[Engine, Engine]]:
    """Empty directories in memory, for what is tried many times."""
    made = create_engine("sqlite://"), create_engine("sqlite://")
    for engine in made:
        metadata.create_all(engine)
    yield made
    for engine in made:
        engine.dispose()


@pytest.fixture
def mixed(sqlite: Make) -> Engine:
    """A service of each kind, each with a location at which further things hang."""
    engine = sqlite()
    organizations = {
        f"{k}-org": Organization(f"{k}-org", {"fr": f"ORG-{k}", "ar": f"ORG-{k}"}) for k in KINDS
    }
    guide = Guide({k: invented(k, **more) for k, more in KINDS.items()}, organizations)
    bring(engine, guide)
    with engine.begin() as conn:
        writes = [w for k in KINDS for w in hung(k)]
        changes.apply(conn, writes, author="test", why="test", now=NOW)
    return engine


@given(place=st.integers(0, 100_000), byte=st.integers(0, 255), end=st.booleans())
@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_a_damaged_zip_breaks_nothing_else(tmp_path, two, place, byte, end):
    if not (tmp_path / "whole.zip").exists():
        zipped(tmp_path / "whole.zip", written(tmp_path / "p", foreign_rows()))
    data = bytearray((tmp_path / "whole.zip").read_bytes())
    data[(-1 - place % 300) if end else place % len(data)] = byte
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with two[0].connect() as conn:
        with suppress(PackageError):
            import_package(conn, read_package(path), UNITS, author="test", now=NOW)
        conn.rollback()


@given(
    organization=st.fixed_dictionaries(
        {"name": WORDS, "description": WORDS, "alternate_name": TEXTS, "legal_status": TEXTS}
    ),
    translated=WORDS,
    aliases=st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3), max_size=3),
    number=st.floats(allow_nan=False, allow_infinity=False),
    as_zip=st.booleans(),
)
@settings(max_examples=80, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_any_text_survives(tmp_path, two, organization, translated, aliases, number, as_zip):
    first, second = two
    for engine in two:
        with engine.begin() as conn:
            for table in metadata.sorted_tables:
                conn.execute(delete(table))
    key = f"organization/{U(1)}/name/ar"
    with first.begin() as conn:
        conn.execute(insert(HSDS["organization"]).values(
            id=U(1), year_incorporated=number, **organization))  # fmt: skip
        conn.execute(insert(record).values(
            id="one", kind="organization", publish="ok", origin="written",
            organization_id=U(1), aliases=aliases))  # fmt: skip
        conn.execute(insert(TABLES["translation"]).values(
            id=key, table_name="organization", row_id=U(1), field="name", locale="ar",
            text=translated))  # fmt: skip
    path = exports(first, tmp_path / ("p.zip" if as_zip else "p"), everything=True)
    assert imports(second, path).lines == ()
    for table, own in (("organization", U(1)), ("record", "one"), ("translation", key)):
        # An empty cell is nothing.
        before = {k: None if v == "" else v for k, v in row_in(first, table, own).items()}
        assert row_in(second, table, own) == before
    again = exports(second, tmp_path / ("q.zip" if as_zip else "q"), everything=True)
    assert all_of(again) == all_of(path)
