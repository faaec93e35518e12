"""A package goes out, comes in, and goes out the same, on both databases."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace

import pytest
from sqlalchemy import insert

from services_directory import changes
from services_directory.hsds.fields import FIELDS, REFERENCES
from services_directory.hsds.package import (
    PackageError,
    export,
)
from services_directory.hsds.package.cells import cell
from services_directory.hsds.package.choice import ORDER
from services_directory.hsds.package.columns import COLUMNS, file_of
from services_directory.records import Guide, Record, hsds_id
from services_directory.tables import HSDS, TABLES
from tests.directory.package.packages import (
    LATER,
    NOW,
    all_of,
    bring,
    cells_of,
    changes_in,
    exports,
    guide_in,
    imports,
    row_in,
    rows_in,
)


def without_address(r: Record) -> Record:
    return replace(r, address={}) if r.confidential else r


@pytest.mark.parametrize("everything", [False, True])
def test_what_went_out_comes_in_and_goes_out_the_same(make, tmp_path, everything):
    first, second = make(), make()
    bring(first)
    went = exports(first, tmp_path / "a.zip", everything=everything)
    report = imports(second, went, now=LATER)
    assert report.lines == () and report.notes == ()
    assert report.change == 1
    again = exports(second, tmp_path / "b.zip", everything=everything)
    assert went.read_bytes() == again.read_bytes()

    guide = guide_in(first)
    shown = {k: without_address(r) for k, r in guide.records.items()
             if everything or r.shown(NOW.date())}  # fmt: skip
    behind = {r.organization for r in shown.values()}
    organizations = {k: o for k, o in guide.organizations.items() if everything or k in behind}
    assert guide_in(second) == Guide(shown, organizations)
    assert len(shown) > 240


def test_from_one_database_to_the_other(sqlite, postgresql, tmp_path):
    first, second, third = sqlite(), postgresql(), sqlite()
    bring(first)
    paths = [exports(first, tmp_path / "0.zip", everything=True)]
    for engine in (second, third):
        imports(engine, paths[-1])
        paths.append(exports(engine, tmp_path / f"{len(paths)}.zip", everything=True))
    assert len({path.read_bytes() for path in paths}) == 1


def test_a_folder_holds_what_a_zip_holds(sqlite, tmp_path):
    engine = sqlite()
    bring(engine)
    folder = exports(engine, tmp_path / "folder")
    with zipfile.ZipFile(exports(engine, tmp_path / "x.ZIP")) as packed:
        assert {p.name: p.read_bytes() for p in folder.iterdir()} == {
            name: packed.read(name) for name in packed.namelist()
        }
    imports(second := sqlite(), folder)
    imports(third := sqlite(), folder / "datapackage.json")
    assert guide_in(second) == guide_in(third)


def test_the_same_package_again_changes_nothing(make, tmp_path):
    first, second = make(), make()
    bring(first)
    went = exports(first, tmp_path / "a.zip", everything=True)
    assert imports(first, went).change is None
    assert imports(second, went).change == 1
    before = row_in(second, "service", hsds_id("service", "onde-2511"))
    assert imports(second, went, now=LATER).change is None
    assert row_in(second, "service", hsds_id("service", "onde-2511")) == before
    assert changes_in(second) == 1


def test_when_a_service_was_modified_comes_with_it(sqlite, tmp_path):
    first, second = sqlite(), sqlite()
    bring(first)
    imports(second, exports(first, tmp_path / "a"), now=LATER)
    own = hsds_id("service", "onde-2511")
    assert row_in(second, "service", own)["last_modified"] == "2026-11-24T12:00:00.000+00:00"


def test_an_import_can_be_undone(sqlite, tmp_path):
    first, second = sqlite(), sqlite()
    bring(first)
    report = imports(second, exports(first, tmp_path / "a"))
    with second.begin() as conn:
        changes.undo(conn, report.change, author="test", why="undo", now=LATER)
    assert rows_in(second) == {}


def test_it_says_what_is_in_it(sqlite, tmp_path):
    engine = sqlite()
    bring(engine)
    written = exports(engine, tmp_path / "a", everything=True)
    described = json.loads((written / "datapackage.json").read_text(encoding="utf-8"))
    assert described["profile"] == "tabular-data-package"
    assert described["created"] == "2026-11-24T12:00:00+00:00"
    assert "licenses" not in described
    resources = {r["name"]: r for r in described["resources"]}
    assert {r["path"] for r in resources.values()} | {"datapackage.json"} == {
        p.name for p in written.iterdir()
    }
    service = resources["service"]
    fields = {f["name"]: f for f in service["schema"]["fields"]}
    assert list(fields) == [*(f.name for f in FIELDS["service"]), "position"]
    assert fields["id"] == {"name": "id", "type": "string", "format": "uuid",
                            "constraints": {"required": True, "unique": True}}  # fmt: skip
    assert fields["status"]["constraints"]["enum"][-1] == "temporarily closed"
    # Thirty-eight services of ours have none, so we do not say that each must.
    assert "constraints" not in fields["organization_id"]
    assert service["schema"]["primaryKey"] == "id"
    assert {"fields": "organization_id",
            "reference": {"resource": "organization", "fields": "id"}} in (
        service["schema"]["foreignKeys"])  # fmt: skip
    for table in described["resources"]:
        for key in table["schema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in ("", *resources)
    with (written / "services.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(fields)


def test_ids_come_in_order(make, tmp_path):
    engine = make()
    with engine.begin() as conn:
        rows = [
            {"id": own, "name": "x", "description": "x"} for own in ("b", "A", "a-1", "a1", "é")
        ]
        conn.execute(insert(HSDS["taxonomy"]), rows)
    found = cells_of(exports(engine, tmp_path / "a"), "taxonomy")
    assert [row["id"] for row in found] == ["A", "a-1", "a1", "b", "é"]


def test_number_of_rows(sqlite, tmp_path):
    engine = sqlite()
    bring(engine)
    with engine.connect() as conn:
        written = export(conn, tmp_path / "a", now=NOW)
    assert written == sum(len(cells_of(tmp_path / "a", t)) for t in ORDER
                          if (tmp_path / "a" / file_of(t)).exists())  # fmt: skip


def test_a_package_may_be_written_over(sqlite, tmp_path):
    engine = sqlite()
    bring(engine)
    exports(engine, tmp_path / "a", everything=True)
    exports(engine, tmp_path / "a.zip", everything=True)
    (tmp_path / "empty").mkdir()
    exports(engine, tmp_path / "a")
    exports(engine, tmp_path / "a.zip")
    exports(engine, tmp_path / "empty")
    # The public has no location here: the file of the first one is gone.
    assert not (tmp_path / "a" / "locations.csv").exists()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


@pytest.mark.parametrize("names", [("notes.txt",), ("services.csv",),
                                   ("datapackage.json", "notes.txt")])  # fmt: skip
def test_no_other_folder_is_written_over(sqlite, tmp_path, names):
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("precious")
    with pytest.raises(PackageError, match="something else than a data package"):
        exports(sqlite(), folder)
    assert {p.name: p.read_text() for p in folder.iterdir()} == dict.fromkeys(names, "precious")


def test_other_things_are_not_written_over(sqlite, tmp_path):
    (tmp_path / "x.zip").mkdir()
    (tmp_path / "file").write_text("precious")
    with pytest.raises(PackageError, match=r"x\.zip is a folder"):
        exports(sqlite(), tmp_path / "x.zip")
    with pytest.raises(PackageError, match="file is no folder"):
        exports(sqlite(), tmp_path / "file")
    with pytest.raises(PackageError, match="cannot be written: "):
        exports(sqlite(), tmp_path / "file" / "a.zip")


@pytest.mark.parametrize("name", ["a", "a.zip"])
def test_a_failed_export_leaves_what_was_there(sqlite, tmp_path, name, monkeypatch):
    engine = sqlite()
    bring(engine)
    before = all_of(exports(engine, tmp_path / name))
    written = iter(range(100))

    def fails(column, value):
        if next(written) == 99:
            raise RuntimeError("the lights went out")
        return cell(column, value)

    monkeypatch.setattr("services_directory.hsds.package.writing.cell", fails)
    with pytest.raises(RuntimeError):
        exports(engine, tmp_path / name, everything=True)
    assert all_of(tmp_path / name) == before
    assert {p.name for p in tmp_path.iterdir()} - {"0.db", "data"} == {name}


def test_every_table_has_its_place():
    assert sorted(ORDER) == sorted(TABLES) == sorted(COLUMNS)
    for n, table in enumerate(ORDER):
        for column in COLUMNS[table]:
            referred = REFERENCES.get(column.name)
            if referred and referred != table:
                assert ORDER.index(referred) < n, (table, column.name)
        assert [c.name for c in COLUMNS[table]] == TABLES[table].c.keys()
