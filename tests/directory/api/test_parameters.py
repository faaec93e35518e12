"""The parameters of the API's lists: what they find, and what is refused. On both databases."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from tests.directory.api.client import (
    ALL,
    LISTS,
    SHOWN,
    answered,
    found,
)
from tests.directory.api.rows import ident


async def test_pages_hold_everything_once_in_order(api):
    seen: list[str] = []
    number = 1
    while True:
        page = await answered(api, f"/services?per_page=7&page={number}")
        seen += [one["id"] for one in page["contents"]]
        assert page["total_pages"] == -(-ALL // 7) and page["first_page"] == (number == 1)
        if page["last_page"]:
            break
        number += 1
    assert number == page["total_pages"]
    assert seen == sorted(set(seen)) and len(seen) == ALL
    beyond = await answered(api, "/services?page=1000000000&per_page=500")
    assert beyond["empty"] and beyond["last_page"] and beyond["contents"] == []
    assert (beyond["size"], beyond["total_items"], beyond["page_number"]) == (0, ALL, 10**9)


async def test_minimal_is_everything_at_once(api):
    page = await answered(api, "/services?minimal=true")
    assert page["total_pages"] == 1 and page["size"] == ALL
    assert all(set(one) == {"id", "last_modified"} for one in page["contents"])
    assert (await answered(api, "/services?minimal=true&per_page=3"))["size"] == 3


async def test_ndjson_is_everything_a_line(api):
    for query in ("", "&full=true", "&minimal=true"):
        answer = await api.get(f"/hsds/services?format=ndjson{query}")
        assert answer.headers["Content-Type"] == "application/x-ndjson"
        lines = [json.loads(line) for line in answer.text.splitlines()]
        pages = await answered(api, f"/services?per_page=500{query}")
        assert lines == pages["contents"]


async def test_ndjson_comes_in_batches(api, monkeypatch):
    monkeypatch.setattr("services_directory.hsds.api.routes.BATCH", 10)
    answer = await api.get("/hsds/services?format=ndjson")
    assert len({json.loads(line)["id"] for line in answer.text.splitlines()}) == ALL


@pytest.mark.parametrize(
    ("search", "hit"),
    [
        ("open description", True), ("OPEN  DESCRIPTION", True), ("نص", True), ("open نص", True),
        ("open nowhere", False), ("open%", False), ("o_en", False), ("\\", False), ("'", False),
    ],
)  # fmt: skip
async def test_search(api, search, hit):
    found = (await api.get("/hsds/services", params={"search": search, "per_page": 500})).json()
    assert (ident("service", "open") in {s["id"] for s in found["contents"]}) == hit


@pytest.mark.parametrize("search", ["écoute", "ecoute", "ÉCOUTE", "Ecoute", "e\u0301coute"])
async def test_search_knows_no_accents(api, search):
    page = (await api.get("/hsds/services", params={"search": search, "per_page": 500})).json()
    wanted = {
        r.id for r in SHOWN if any("écoute" in t.lower() for t in (r.name["fr"], r.answer["fr"]))
    }
    assert len(wanted) > 3
    assert wanted <= {s["x_slug"] for s in page["contents"]}


async def test_search_in_the_other_lists(api):
    for what, table, name in (
        ("organizations", "organization", "many"), ("taxonomies", "taxonomy", "all"),
        ("taxonomy_terms", "taxonomy_term", "child"),
        ("service_at_locations", "service_at_location", "open"),
    ):  # fmt: skip
        for word in ("open", "نص"):
            assert ident(table, name) in await found(api, f"/{what}?search={word}")
        assert not await found(api, f"/{what}?search=zzzz")


@pytest.mark.parametrize(
    ("moment", "hit"),
    [
        ("2025-03-01", True), ("2025-03-02", False), ("2025-03-01T10:00:00.250Z", True),
        ("2025-03-01T10:00:00.250001Z", False), ("2025-03-01T10:00:00.249999Z", True),
        ("2025-03-01T11:00:00.250+01:00", True), ("2025-03-01T11:00:00.251+01:00", False),
        ("2025-03-01T00:00:00.250-10:00", True), ("2025-03-01T10:00:00.250", True),
        ("2025-03-01 10:00:01", False),
    ],
)  # fmt: skip
async def test_modified_after(api, moment, hit):
    for what, table in (("services", "service"), ("service_at_locations", "service_at_location")):
        answer = await api.get(f"/hsds/{what}", params={"modified_after": moment, "per_page": 500})
        assert (ident(table, "open") in {s["id"] for s in answer.json()["contents"]}) == hit
    # A plus that came as a space.
    spaced = await api.get(f"/hsds/services?minimal=true&modified_after={moment}")
    assert (ident("service", "open") in spaced.text) == hit


async def test_filters_add_up(api):
    term, taxonomy = ident("taxonomy_term", "child"), ident("taxonomy", "all")
    many, quiet = ident("organization", "many"), ident("organization", "quiet")
    everything = {ident("service", n) for n in ("open", "shelter", "today", "quiet")}
    assert await found(api, f"/services?taxonomy_term_id={term}") == everything
    assert await found(api, f"/services?taxonomy_id={taxonomy}") == everything
    assert await found(api, f"/services?taxonomy_id={taxonomy}&organization_id={quiet}") == {
        ident("service", "quiet")
    }
    both = f"/services?taxonomy_term_id={term}&organization_id={many}"
    assert await found(api, both) == everything - {ident("service", "quiet")}
    assert not await found(api, f"{both}&search=zzzz")
    assert not await found(api, f"{both}&modified_after=2026-01-01")
    other = (await answered(api, "/taxonomies?search=kinds"))["contents"][0]["id"]
    assert not await found(api, f"{both}&taxonomy_id={other}")
    links = f"/service_at_locations?taxonomy_term_id={term}&taxonomy_id={taxonomy}"
    for organization, own in ((many, "open"), (quiet, "north")):
        assert await found(api, f"{links}&organization_id={organization}") == {
            ident("service_at_location", own)
        }
    assert not await found(api, f"{links}&organization_id={ident('organization', 'hidden')}")


async def test_terms_by_taxonomy_and_parent(api):
    parent, child = ident("taxonomy_term", "parent"), ident("taxonomy_term", "child")
    of = f"/taxonomy_terms?taxonomy_id={ident('taxonomy', 'all')}"
    assert await found(api, of) == {parent, child}
    assert await found(api, f"{of}&top_only=true") == {parent}
    assert await found(api, f"{of}&parent_id={parent}") == {child}
    assert not await found(api, f"{of}&parent_id={parent}&top_only=true")


async def test_postcode_and_proximity(api):
    here = {ident("service_at_location", "open")}
    path = "/service_at_locations?postcode"
    assert await found(api, f"{path}=10100") == here
    assert not await found(api, f"{path}=1010")
    assert not await found(api, f"{path}=99999")
    assert await found(api, f"{path}=10100&proximity=1000") == here
    north = {ident("service_at_location", "north")}
    assert await found(api, f"{path}=10100&proximity=1200") == here | north
    assert await found(api, f"{path}=10200&proximity=1") == north
    assert (await api.get(f"/hsds{path}=99999&proximity=100")).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", "page=1e99", "page=abc", "page=99999999999999999999", "page=", "page=1.5",
        "per_page=0", "per_page=-1", "per_page=501", "per_page=abc", "per_page=99999999999999999999",
        "minimal=true&per_page=100001", "minimal=maybe", "full=2", "format=xml", "format=",
        "modified_after=x", "modified_after=2025-13-01", "modified_after=0001-01-01T00:00:00%2B14:00",
        "modified_after=9999-12-31T23:59:59.9999-14:00", "unknown=1", "Search=x", "page=1&page=2",
        "search=%00", "search=a b c d e f g h i j k", f"search={'a' * 10_000}",
        f"taxonomy_id={'a' * 10_000}", f"{'n' * 10_000}=1", "postcode=10100", "proximity=5",
        "%00=1", "<script>=1",
    ],
)  # fmt: skip
async def test_refusals(api, query):
    answer = await api.get(f"/hsds/services?{query}")
    assert answer.status_code == 400
    assert list(answer.json()) == ["detail"]
    assert re.fullmatch(r"[^\n]{5,160}\.", answer.json()["detail"], re.DOTALL)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "query",
    [
        "proximity=5", "postcode=10100&proximity=x", "postcode=10100&proximity=-5",
        "postcode=10100&proximity=nan", "postcode=10100&proximity=inf", "postcode=10100&proximity=1e9",
        f"postcode={'1' * 21}", "minimal=true",
    ],
)  # fmt: skip
async def test_refusals_of_places(api, query):
    assert (await api.get(f"/hsds/service_at_locations?{query}")).status_code == 400


@pytest.mark.parametrize("path", ["", "/", "/profile", "/services/x", "/taxonomies/x"])
async def test_unknown_parameters_are_refused_everywhere(api, path):
    answer = await api.get(f"/hsds{path}?full=true")
    assert answer.status_code == 400
    assert answer.json() == {"detail": "full: there is no such parameter here."}


HOSTILE = (
    "x", "' OR 1=1 --", "1; DROP TABLE hsds_service;--", "<script>alert(1)</script>", "%", "_",
    "a" * 10_000, "\0", "\u202eنص", "%2e%2e", "${7*7}", "😀" * 50,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
async def test_any_id_is_only_an_id(api, text):
    for what in LISTS:
        answer = await api.get(f"/hsds/{what}/{quote(text, safe='')}")
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/json"
    for name in ("search", "taxonomy_id", "taxonomy_term_id", "organization_id"):
        answer = await api.get("/hsds/services", params={name: text})
        assert answer.status_code in (200, 400)
        if name != "search" and answer.status_code == 200:
            assert answer.json()["total_items"] == 0
    assert (await answered(api, "/services"))["total_items"] == ALL
