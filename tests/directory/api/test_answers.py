"""The API of HSDS 3.0: valid against the standard's schemas, and silent about what is not public.

On both databases.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import event

from services_directory.hsds.api.languages import chosen
from tests.directory.api.client import (
    LISTS,
    PAGE,
    SCHEMA_OF,
    SHOWN,
    VALIDATORS,
    answered,
    client_of,
    found,
    sample,
)
from tests.directory.api.rows import ident

LANGUAGES = ("fr", "ar", "ary", "ary-Latn")


def test_the_checks_can_fail():
    right = {"id": ident("service", "x"), "name": "x", "status": "active"}
    VALIDATORS["service"].validate(right)
    for wrong in (
        {"id": "12"}, {"url": "not a uri"}, {"email": "a@b"}, {"last_modified": "yesterday"},
        {"status": "open"}, {"minimum_age": "12"}, {"phones": [{"id": right["id"]}]},
        {"organization": {"id": right["id"]}}, {"position": 1}, {"description": None},
    ):  # fmt: skip
        assert not VALIDATORS["service"].is_valid({**right, **wrong}), wrong


def _scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)


@pytest.mark.parametrize(
    ("what", "query"),
    [
        *((what, "") for what in LISTS), *((what, "&full=true") for what in LISTS[:3]),
        ("organizations", "&full_service=true"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "ary-latn"])
async def test_lists_are_valid(api, what, query, language):
    path = f"/{what}?per_page=500{query}"
    page = await answered(api, path, **{"Accept-Language": language})
    PAGE.validate(page)
    assert page["contents"]
    for one in page["contents"]:
        VALIDATORS[SCHEMA_OF[what]].validate(one)
        if not query:
            nested = {k: v for k, v in one.items() if not _scalar(v)}
            assert set(nested) <= {
                "organization", "program", "source", "location", "service", "taxonomy_detail"
            }  # fmt: skip
            assert not any(isinstance(v, list) for v in nested.values())


@pytest.mark.parametrize("what", LISTS)
async def test_each_thing_is_valid(api, what):
    for own in sample(await found(api, f"/{what}")):
        one = await answered(api, f"/{what}/{own}")
        assert one["id"] == own
        VALIDATORS[SCHEMA_OF[what]].validate(one)


async def test_shipped_services_say_where_they_come_from(api):
    record = next(r for r in SHOWN if r.phones)
    page = await answered(api, "/services?per_page=500&full=true")
    (one,) = [s for s in page["contents"] if s["x_slug"] == record.id]
    assert one["source"] == {
        "url": quote(record.source.url, safe="%/:?#[]@!$&'()*+,;="), "date": record.source.date,
        "publisher": record.source.publisher, "dated": record.source.dated,
    }  # fmt: skip
    assert (one["x_kind"], one.get("x_verified_on")) == (record.kind, record.reviewed_on)
    assert (one.get("x_status"), one["name"]) == (record.status, record.name["fr"])
    assert [p["number"] for p in one["phones"]] == list(record.phones)
    (ours,) = [s for s in page["contents"] if s["x_slug"] == "invented-open"]
    assert (ours["x_status"], ours["x_verified_on"]) == ("by_call", "2026-01-01")


async def test_everything_nests(api):
    """At its place, and whole numbers are integers."""
    one = await answered(api, f"/services/{ident('service', 'open')}")
    assert {k for k, v in one.items() if isinstance(v, list)} == {
        "phones", "schedules", "service_areas", "service_at_locations", "languages", "funding",
        "cost_options", "required_documents", "contacts", "attributes", "metadata",
    }  # fmt: skip
    body = one["organization"]
    assert {k for k, v in body.items() if isinstance(v, list)} == {
        "funding", "contacts", "phones", "locations", "programs", "organization_identifiers",
        "attributes", "metadata",
    }  # fmt: skip
    assert one["program"] == body["programs"][0]
    place = one["service_at_locations"][0]["location"]
    assert place == body["locations"][0]
    assert place["addresses"][0]["postal_code"] == "10100"
    assert one["contacts"][0]["phones"][0]["languages"][0]["attributes"][0]["taxonomy_term"][
        "taxonomy_detail"
    ]["metadata"]
    assert '"minimum_age":12,' in json.dumps(one, separators=(",", ":"))


async def test_a_service_at_a_location_holds_the_service_without_the_way_back(api):
    one = await answered(api, f"/service_at_locations/{ident('service_at_location', 'open')}")
    assert one["service"]["id"] == one["service_id"]
    assert "service_at_locations" not in one["service"]
    assert one["service"]["phones"] and one["service"]["organization"]["phones"]


async def test_an_organization_holds_its_services(api):
    path = f"/organizations/{ident('organization', 'many')}"
    simple = (await answered(api, path))["services"]
    assert {s["id"] for s in simple} == {ident("service", n) for n in ("open", "shelter", "today")}
    assert set(simple[0]) == {"id", "name", "status"}
    full = (await answered(api, f"{path}?full_service=true"))["services"]
    assert {s["id"] for s in full} == {s["id"] for s in simple}
    assert all(s["phones"] and "organization" not in s for s in full)


async def test_where_to_read_on(engine, api):
    for path in ("", "/"):
        assert (await answered(api, path)) == {
            "version": "3.0", "profile": "http://sanad/hsds/profile",
            "openapi_url": "http://sanad/openapi.json",
        }  # fmt: skip
    async with client_of(engine, url="https://sanad.example.ma/") as known:
        meta = await answered(known, "/")
        assert meta["profile"] == "https://sanad.example.ma/hsds/profile"
    assert "x_slug" in json.dumps(await answered(api, "/profile"))


async def test_openapi_names_the_parameters(api):
    document = (await api.get("/openapi.json")).json()
    operation = document["paths"]["/hsds/service_at_locations"]["get"]
    assert {p["name"] for p in operation["parameters"]} == {
        "search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "full",
        "page", "per_page", "format", "postcode", "proximity",
    }  # fmt: skip
    assert all(p["description"] and not p["required"] for p in operation["parameters"])
    assert "422" not in operation["responses"]


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "locale"),
    [
        (None, "fr"), ("", "fr"), ("fr", "fr"), ("ar", "ar"), ("ar-MA", "ar"), ("ARY", "ary"),
        ("ary-latn", "ary-Latn"), ("ary-Latn-MA", "ary-Latn"), ("ary-Arab-MA", "ary"),
        ("en", "fr"), ("en, ar;q=0.2", "ar"), ("fr;q=0.3, ar;q=0.8", "ar"), ("ar, fr", "ar"),
        ("*", "fr"), ("fr;q=0, *", "ar"), ("fr;q=0.5, *;q=0.9", "ar"), ("fr;q=0, ar;q=0, *", "ary"),
        ("ar;q=0", "fr"), ("ar;q=2, fr", "fr"), ("ar;q=abc", "fr"), (";;,,=", "fr"),
        ("ar ; q=0.9 , fr ; q=0.1", "ar"), ("fr;q=0", "fr"), ("x" * 5000, "fr"), ("fr-a" + "-a" * 50_000, "fr"),
    ],
)  # fmt: skip
def test_accept_language(accept, locale):
    assert chosen(accept) == locale


@pytest.mark.parametrize("language", LANGUAGES)
async def test_texts_in_each_language(api, language):
    answer = await api.get("/hsds/services?per_page=500", headers={"Accept-Language": language})
    assert answer.headers["Content-Language"] == language
    assert answer.headers["Vary"] == "Accept-Language"
    said = {s["x_slug"]: s for s in answer.json()["contents"]}
    for record in SHOWN:
        assert said[record.id]["name"] == record.said(record.name, language)
        assert said[record.id]["description"] == record.said(record.answer, language)


async def test_what_is_not_translated_falls_back(api):
    """The invented rows have one text in Arabic, the description; French is the base."""
    path = f"/hsds/services/{ident('service', 'open')}"
    for language, description in (("fr", "description OPEN"), ("ary-Latn", "نص OPEN")):
        one = (await api.get(path, headers={"Accept-Language": language})).json()
        assert one["description"] == description
        assert one["name"] == "name OPEN"
        assert one["organization"]["locations"][0]["description"] == description
        assert one["schedules"][0]["description"] == description


# --- HTTP -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["", "/profile", "/services", "/services?minimal=true", "/taxonomies", "/services/{id}"]
)
async def test_etags(api, path):
    path = f"/hsds{path.replace('{id}', ident('service', 'open'))}"
    first = await api.get(path)
    etag = first.headers["ETag"]
    assert re.fullmatch(r'"[0-9a-f]{32}"', etag)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    for known in (etag, f'"x", {etag}', f"W/{etag}", "*"):
        again = await api.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert (await api.get(path, headers={"If-None-Match": '"x"'})).status_code == 200


async def test_other_languages_have_other_etags(api):
    path = f"/hsds/services/{ident('service', 'open')}"
    french, arabic = [
        (await api.get(path, headers={"Accept-Language": x})).headers["ETag"] for x in ("fr", "ar")
    ]
    assert french != arabic


async def test_when_a_service_was_modified(api):
    answer = await api.get(f"/hsds/services/{ident('service', 'open')}")
    assert answer.headers["Last-Modified"] == "Sat, 01 Mar 2025 10:00:00 GMT"


@pytest.mark.parametrize("query", ["full=false", "full=true"])
@pytest.mark.parametrize("what", LISTS[:3])
async def test_a_longer_page_costs_no_more_statements(engine, api, what, query):
    statements: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        counts = set()
        for search in ("open", ""):
            statements.clear()
            await answered(api, f"/{what}?{query}&per_page=500&search={search}")
            counts.add(len(statements))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(counts) == 1
    assert max(counts) < 45
