"""What is confidential, a draft or out of date is in no answer, no list and no count."""

from __future__ import annotations

import re

import httpx

from tests.directory.api.client import (
    ALL,
    HIDDEN,
    LISTS,
    OPEN,
    SCHEMA_OF,
    answered,
    client_of,
    found,
    sample,
)
from tests.directory.api.rows import ident, ids

LANGUAGES = ("fr", "ar", "ary", "ary-Latn")


async def crawl(api: httpx.AsyncClient) -> str:
    """All that the API gives out, in any form and language."""
    said: list[str] = []
    for what in LISTS:
        queries = ["", "&format=ndjson"]
        if not what.startswith("taxonom"):
            queries += ["&full=true", "&full=true&format=ndjson"]
        queries += ["&full_service=true"] * (what == "organizations")
        queries += ["&minimal=true"] * (what == "services")
        for query in queries:
            for language in LANGUAGES:
                path = f"/hsds/{what}?per_page=500{query}"
                answer = await api.get(path, headers={"Accept-Language": language})
                assert answer.status_code == 200
                said.append(answer.text)
        paths = [f"/hsds/{what}/{own}" for own in sample(await found(api, f"/{what}"))]
        if what == "organizations":
            paths += [f"{path}?full_service=true" for path in paths]
        said += [(await api.get(path)).text for path in paths]
    return "\n".join(said)


async def test_all_that_is_open_comes_out_and_nothing_hidden(api):
    everywhere = await crawl(api)
    assert "UNSEEN" not in everywhere
    assert "10666" not in everywhere
    rows = set(re.findall(r'"id":"([^"]+)"', everywhere))
    for table, several in ids(HIDDEN).items():
        assert not several & rows, table
    for table, several in ids(OPEN).items():
        assert several <= rows or table in ("translation", "record"), table
    for what in LISTS[:3]:
        for own in ids(HIDDEN)[SCHEMA_OF[what]]:
            assert (await api.get(f"/hsds/{what}/{own}")).status_code == 404


async def test_nothing_hidden_is_counted_or_found(api):
    assert (await answered(api, "/services"))["total_items"] == ALL
    open_links = ids(OPEN)["service_at_location"]
    links = await found(api, "/service_at_locations")
    assert links >= open_links
    assert not links & ids(HIDDEN)["service_at_location"]
    for what in LISTS:
        assert not await found(api, f"/{what}?search=unseen")
    assert not await found(api, f"/services?organization_id={ident('organization', 'hidden')}")
    assert not await found(api, "/service_at_locations?postcode=10666")
    near = await api.get("/hsds/service_at_locations?postcode=10666&proximity=1000")
    assert near.status_code == 400


async def test_a_confidential_service_is_named_without_its_house(api):
    one = await answered(api, f"/services/{ident('service', 'shelter')}")
    assert one["phones"] and "service_at_locations" not in one
    assert ident("service", "shelter") in await found(api, "/services")


async def test_services_come_and_go_by_day(engine):
    async with client_of(engine, "2026-06-02") as tomorrow:
        shown = await found(tomorrow, "/services")
    assert ident("service", "early") in shown
    assert ident("service", "today") not in shown
    async with client_of(engine, "2026-05-31") as yesterday:
        assert ident("service", "late") in await found(yesterday, "/services")
