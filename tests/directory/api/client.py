"""The API of HSDS 3.0 over a filled database, and the standard's schemas, closed: both for tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from sqlalchemy import Engine, create_engine

from services_directory import changes, load, shipped_digest, stored
from services_directory.hsds.api.routes import router
from services_directory.records import SERVICES
from services_directory.tables import HSDS, metadata
from tests.databases import postgres_server
from tests.directory.api.rows import MODIFIED, TODAY, ids, invented, writes

SCHEMAS = Path(__file__).parents[2] / "standards" / "hsds-3.0"
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
OPEN, HIDDEN = invented()
SHOWN = [
    r for r in load().records.values() if r.kind in SERVICES and r.shown(date.fromisoformat(TODAY))
]
ALL = len(SHOWN) + len(ids(OPEN)["service"])
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[Engine]:
    if kind == "sqlite":
        engine = create_engine(f"sqlite:///{folder / 'hsds.db'}")
        yield engine
        engine.dispose()
        return
    with postgres_server() as server:
        engine = create_engine(server.url().replace("postgresql:", "postgresql+psycopg:", 1))
        yield engine
        engine.dispose()


@contextmanager
def filled(kind: str, folder: Path) -> Iterator[Engine]:
    """The guide that Sanad ships, and the invented rows."""
    with _database(kind, folder) as engine:
        metadata.create_all(engine)
        guide, units = load().guide, load().units
        with engine.begin() as conn:
            stored.bring(conn, guide, units, digest=shipped_digest(), now=NOW)
            changes.apply(conn, writes(OPEN + HIDDEN), author="test", why="invented", now=NOW)
            own = HSDS["service"]
            invented_ones = own.c.id.in_(ids(OPEN)["service"] | ids(HIDDEN)["service"])
            conn.execute(own.update().where(invented_ones).values(last_modified=MODIFIED))
        yield engine


def client_of(engine: Engine, day: str = TODAY, url: str | None = None) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(
        router(engine.connect, url=lambda: url, today=lambda: date.fromisoformat(day))
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sanad")


async def answered(api: httpx.AsyncClient, path: str, **headers: str) -> Any:
    answer = await api.get(f"/hsds{path}", headers=headers)
    assert answer.status_code == 200, (path, answer.text[:200])
    return answer.json()


async def found(api: httpx.AsyncClient, path: str) -> set[str]:
    """The ids that a list gives out."""
    page = await answered(api, f"{path}{'&' if '?' in path else '?'}per_page=500")
    assert page["total_items"] == len(page["contents"]) == page["size"]
    return {one["id"] for one in page["contents"]}


def sample(several: set[str]) -> set[str]:
    """The invented ones, and every tenth of the others."""
    ours = {own for table in ids(OPEN).values() for own in table}
    return several & ours | set(sorted(several - ours)[::10])


# --- the standard's schemas -----------------------------------------------------------------------

OURS = {
    "service": {
        "source": {
            "type": "object",
            "properties": {"url": {"type": "string", "format": "uri"}},
            "required": ["url"],
        },
        **{name: {"type": "string"} for name in ("x_slug", "x_kind", "x_status", "x_verified_on")},
    },
    # What the compiled schemas add to the plain ones.
    "organization": {"services": {"type": "array", "items": {"$ref": "service.json"}}},
    "service_at_location": {"service": {"$ref": "service.json"}},
}
formats = FormatChecker(["uuid", "uri", "email", "date-time", "date", "time"])


@formats.checks("email")
def _email(value: object) -> bool:
    return bool(re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", str(value)))


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, and nothing may stand there that it does not know: a misspelt name would pass."""
    closed = deepcopy(schema)
    closed["properties"] |= OURS.get(schema["name"], {})
    return {**closed, "additionalProperties": False}


REGISTRY = Registry().with_resources(
    (path.name, DRAFT202012.create_resource(_closed(json.loads(path.read_text(encoding="utf-8")))))
    for path in SCHEMAS.glob("*.json")
)
VALIDATORS = {
    name: Draft202012Validator({"$ref": f"{name}.json"}, registry=REGISTRY, format_checker=formats)
    for name in ("service", "organization", "service_at_location", "taxonomy", "taxonomy_term")
}
SCHEMA_OF = dict(
    zip(
        LISTS,
        ("service", "organization", "service_at_location", "taxonomy", "taxonomy_term"),
        strict=True,
    )
)
PAGE = Draft202012Validator(
    {
        "type": "object",
        "properties": {
            **{n: {"type": "integer"} for n in ("total_items", "total_pages", "page_number", "size")},
            **{n: {"type": "boolean"} for n in ("first_page", "last_page", "empty")},
            "contents": {"type": "array"},
        },
        "minProperties": 8,
        "additionalProperties": False,
    }
)  # fmt: skip
