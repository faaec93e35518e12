"""Anybody's package of HSDS 3.0 comes in, and what becomes of its rows."""

from __future__ import annotations

from datetime import date, time

import pytest

from services_directory import changes
from services_directory.changes import Write
from services_directory.hours import Hours
from services_directory.hsds.fields import FIELDS
from services_directory.hsds.package.cells import unquoted
from services_directory.records import Record, Source
from services_directory.tables import record
from tests.directory.package.foreign import FOREIGN, U, foreign_rows
from tests.directory.package.packages import (
    LATER,
    NOW,
    all_rows,
    at,
    cells_of,
    exports,
    guide_in,
    imports,
    row_in,
    small,
    written,
)


def test_the_foreign_package_fills_every_field():
    assert {t: set(row) for t, row in FOREIGN.items()} == {
        t: {f.name for f in fields} for t, fields in FIELDS.items()
    }


def test_a_foreign_package_comes_in_and_back(make, tmp_path):
    engine = make()
    package = written(tmp_path / "p", foreign_rows(), encoding="windows-1252", delimiter=";",
                      described={"title": "Œuvres", "homepage": "https://example.org"})  # fmt: skip
    report = imports(engine, package)
    assert report.lines == () and report.notes == ()
    assert report.rows == {t: len(rows) for t, rows in foreign_rows().items()}
    back = exports(engine, tmp_path / "back", everything=True)
    for table, several in foreign_rows().items():
        found = {row["id"]: row for row in cells_of(back, table)}
        for row in several:
            came = {k: unquoted(v) for k, v in found[row["id"]].items() if v}
            if table == "service":
                # The same moment, as the directory writes it.
                assert came["last_modified"] == "2024-06-07T08:10:11.123+00:00"
                came["last_modified"] = row["last_modified"]
            assert came == row
    assert imports(make(), back).lines == ()
    assert imports(engine, package, now=LATER).change is None


def test_a_foreign_service_is_shown(sqlite, tmp_path):
    engine = sqlite()
    imports(engine, written(tmp_path / "p", foreign_rows(), described={"title": "Œuvres"}))
    assert guide_in(engine).records[U(4)] == Record(
        U(4), "service", {"fr": "Écoute"}, {"fr": "<b>Une ligne</b> d'écoute"},
        Source("https://example.org/ecoute", "2024-05-06", "Œuvres"), confidence="low",
        organization=U(1), phones=("+212 500-000000",), url="https://example.org/ecoute",
        email="ecoute@example.org", places=("MA-SAL",), address={"fr": "1, rue Exemple"},
        age=(12, 99), eligibility={"fr": "Toutes"}, documents={"fr": ("CIN",)},
        cost={"fr": "10 € l'heure"}, languages=("fr",),
        hours=(Hours(("TU", "TH"), time(10), time(18, 30), date(2024, 1, 1), date(2026, 12, 31),
                     "Le mardi"),),
    )  # fmt: skip
    assert row_in(engine, "record", U(4))["origin"] == "imported"
    assert row_in(engine, "record", U(1)) | {"origin": ""} == {
        **dict.fromkeys(record.c.keys()), "id": U(1), "kind": "organization", "publish": "ok",
        "organization_id": U(1), "origin": "",
    }  # fmt: skip
    # And the public sees it.
    assert [r["id"] for r in cells_of(exports(engine, tmp_path / "a"), "service")] == [U(4)]


def area(**more: str) -> dict[str, dict[str, str]]:
    return {"service_area": {"id": U(7), "service_id": U(2), **more}}


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        (small(), []),
        (small(**area(extent="MA-SAL", name="n'importe")), ["MA-SAL"]),
        (small(**area(name="SALÉ")), ["MA-SAL"]),
        (small(**area(name="سلا")), ["MA-SAL"]),
        (small(**area(name="Settat")), ["MA-SET"]),
        (small(**area(name="شكران")), []),
        (small(service_area=[{"id": U(7), "service_id": U(2), "name": "Salé"},
                             {"id": U(8), "service_id": U(2), "extent": "MA-AGD"},
                             {"id": U(9), "service_id": U(2), "extent": "MA-SAL"}]),
         ["MA-SAL", "MA-AGD"]),
        (at(city="Tanger", state_province="Salé"), ["MA-TNG"]),
        (at(state_province=" salé "), ["MA-SAL"]),
        (at(region="Drâa-Tafilalet"), ["MA-08"]),
        (at(city="Salé") | small(**area(name="Maroc")), []),
        (at(city="Salé") | small(**area(name="ailleurs")), ["MA-SAL"]),
        (at(), []),
    ],
)  # fmt: skip
def test_where_a_service_is_for(sqlite, tmp_path, rows, places):
    engine = sqlite()
    report = imports(engine, written(tmp_path / "p", rows))
    assert report.lines == ()
    assert row_in(engine, "record", U(2))["places"] == places


@pytest.mark.parametrize(
    ("service", "described", "source"),
    [
        ({}, {}, ("package:oeuvre", "2026-11-24", "Une association", False)),
        ({"url": "https://a.example"}, {}, ("https://a.example", "2026-11-24", "Une association", False)),
        ({"url": "https://a.example"}, {"homepage": "https://b.example", "title": "B"},
         ("https://b.example", "2026-11-24", "B", False)),
        ({"last_modified": "2025-01-02T23:30:00-02:00"}, {},
         ("package:oeuvre", "2025-01-03", "Une association", True)),
        ({"last_modified": "2025-01-02T03:04:05Z", "assured_date": "2024-05-06"}, {},
         ("package:oeuvre", "2024-05-06", "Une association", True)),
        ({}, {"title": 7, "homepage": "javascript:alert(1)"},
         ("package:oeuvre", "2026-11-24", "Une association", False)),
    ],
)  # fmt: skip
def test_where_it_is_from(sqlite, tmp_path, service, described, source):
    engine = sqlite()
    package = written(tmp_path / "p", small(service=service), described=described)
    imports(engine, package)
    names = ("source_url", "source_date", "source_publisher", "source_dated")
    found = row_in(engine, "record", U(2))
    assert tuple(found[name] for name in names) == source
    # Read again later it is no newer.
    assert imports(engine, package, now=LATER).change is None


def test_what_an_editor_made_of_it_stays(sqlite, tmp_path):
    engine = sqlite()
    package = written(tmp_path / "p", small(phone={"id": U(3), "service_id": U(2), "number": "1"}))
    imports(engine, package)
    with engine.begin() as conn:
        row = {**row_in(engine, "record", U(2)), "publish": "withdrawn", "origin": "written"}
        changes.apply(conn, [Write("record", U(2), row)], author="test", why="test", now=NOW)
    newer = small(phone={"id": U(3), "service_id": U(2), "number": "2"})
    assert imports(engine, written(tmp_path / "p", newer, described={"title": "T"})).change
    assert row_in(engine, "record", U(2)) == row
    assert row_in(engine, "phone", U(3))["number"] == "2"


def test_a_newer_package_says_newer_things(sqlite, tmp_path):
    engine = sqlite()
    imports(engine, written(tmp_path / "p", small()))
    newer = small(service={"assured_date": "2026-11-20"}, **area(extent="MA-SAL"))
    imports(engine, written(tmp_path / "p", newer))
    found = row_in(engine, "record", U(2))
    assert (found["source_date"], found["source_dated"]) == ("2026-11-20", True)
    assert found["places"] == ["MA-SAL"]


def test_ids_that_are_no_uuids(sqlite, tmp_path):
    engine = sqlite()
    rows = small(organization={"id": "1"}, service={"id": "1", "organization_id": "1"})
    rows["organization"] += [
        {"id": own, "name": "x", "description": "x"}
        for own in ("A b", "a-B", "جمعية", U(9).replace("8000", "800A"))
    ]
    report = imports(engine, written(tmp_path / "p", rows))
    assert report.lines == ()
    assert report.notes == (
        "organizations.csv: ids that are no UUIDs, kept as they are: 4 (first in line 2)",
        "services.csv: ids that are no UUIDs, kept as they are: 1 (first in line 2)",
    )
    slugs = {r["organization_id"]: r["id"] for r in all_rows(engine, "record")
             if r["kind"] == "organization"}  # fmt: skip
    assert len(set(slugs.values())) == 5
    assert all(s.isascii() and s == s.lower() and " " not in s for s in slugs.values())
    assert slugs["A b"].startswith("a-b-") and slugs["1"].startswith("1-")
    assert guide_in(engine).records["1"].organization == slugs["1"]
