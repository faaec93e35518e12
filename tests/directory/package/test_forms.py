"""The forms in which packages come: encodings, delimiters, zips, files without a description."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from tests.directory.package.foreign import U
from tests.directory.package.packages import at, described, imports, row_in, small, written, zipped


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1",
                                      "windows-1252", "cp1256", "UTF8"])  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(sqlite, tmp_path, encoding, delimiter):
    engine = sqlite()
    rows = small(
        service={"name": "x"},
        organization={"name": "été; à, la\t|é", "description": 'Dit «é» "ainsi"\r\nou'},
    )
    imports(engine, written(tmp_path / "p", rows, encoding=encoding, delimiter=delimiter))
    found = row_in(engine, "organization", U(1))
    assert {k: found[k] for k in ("name", "description")} == {
        k: rows["organization"][0][k] for k in ("name", "description")
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_without_a_description(sqlite, tmp_path, encoding, delimiter):
    engine = sqlite()
    folder = written(
        tmp_path / "p", small(), encoding=encoding, delimiter=delimiter, describes=False
    )
    (folder / "notes.csv").write_text("a,b\n")
    (folder / "readme.txt").write_text("a,b\n")
    report = imports(engine, folder)
    assert report.lines == () and report.rows == {"organization": 1, "service": 1}
    assert report.notes == ("notes.csv is no table of HSDS and was left out",)
    assert row_in(engine, "record", U(2))["source_url"] == "package:p"


@pytest.mark.parametrize("under", ["", "a/", "a/b/"])
@pytest.mark.parametrize("describes", [True, False])
def test_zips(sqlite, tmp_path, under, describes):
    engine = sqlite()
    folder = written(tmp_path / "p", small(), describes=describes)
    path = zipped(tmp_path / "p.zip", folder, under=under)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("__MACOSX/._services.csv", b"\0")
    report = imports(engine, path)
    assert report.lines == () and report.rows == {"organization": 1, "service": 1}


def test_names_in_the_plural_and_files_of_any_name(sqlite, tmp_path):
    engine = sqlite()
    folder = written(tmp_path / "p", at(city="Salé"))
    (folder / "in").mkdir()
    resources = []
    for name, file in (
        ("Organizations", "o.csv"), ("services", "s.csv"), (None, "address.csv"),
        ("service-at-location", "sal.csv"), ("x", "locations.csv"),
    ):  # fmt: skip
        origin = {"o.csv": "organizations.csv", "s.csv": "services.csv",
                  "address.csv": "addresses.csv", "sal.csv": "services_at_location.csv"}  # fmt: skip
        shutil.move(folder / origin.get(file, file), folder / "in" / file)
        resources.append({"path": f"in/{file}", **({"name": name} if name else {})})
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}))
    report = imports(engine, folder)
    assert report.lines == ()
    assert sum(report.rows.values()) == 5


def test_one_table_in_several_files(sqlite, tmp_path):
    folder = described(tmp_path / "p", {"name": "taxonomy", "path": ["1.csv", "2.csv", "3.csv"]})
    (folder / "1.csv").write_text("id,name,description\na,x,x\n")
    (folder / "2.csv").write_text("b,x,x\n")
    (folder / "3.csv").write_text("id,name,description\nc,x,\n")
    assert imports(sqlite(), folder).lines == ("3.csv, line 2: description is missing",)


def test_rows_in_the_description(sqlite, tmp_path):
    engine = sqlite()
    folder = described(
        tmp_path / "p",
        {"name": "taxonomy", "data": [{"id": "a", "name": "x", "description": "+1"}]},
        {"name": "service", "data": [["id", "name", "status", "minimum_age"],
                                     ["s", "x", None, 7]]},
    )  # fmt: skip
    assert imports(engine, folder).lines == (
        "datapackage.json: service, line 1: there is no column organization_id",
        "datapackage.json: service, line 2: status is missing",
    )


def test_dialects(sqlite, tmp_path):
    engine = sqlite()
    schema = {"fields": [{"name": n} for n in ("id", "name", "description", "version")],
              "missingValues": ["", "n/a"]}  # fmt: skip
    folder = described(tmp_path / "p", {
        "name": "taxonomy", "path": "t.csv", "schema": schema,
        "dialect": {"csv": {"header": False, "quoteChar": "'", "escapeChar": "\\",
                            "doubleQuote": False, "skipInitialSpace": True, "commentChar": "#",
                            "nullSequence": "-"}}})  # fmt: skip
    (folder / "t.csv").write_text("# a, b\na, 'l\\'un', n/a?, -\n\nb, x, x, n/a\n")
    assert imports(engine, folder).lines == ()
    assert [row_in(engine, "taxonomy", own) for own in "ab"] == [
        {"id": "a", "name": "l'un", "description": "n/a?", "uri": None, "version": None,
         "position": None},
        {"id": "b", "name": "x", "description": "x", "uri": None, "version": None,
         "position": None},
    ]  # fmt: skip


def test_what_is_not_of_hsds_3_0_is_left_out(sqlite, tmp_path):
    engine = sqlite()
    rows = small(organization={"label": "x", "x-y": "z"})
    folder = written(tmp_path / "p", rows)
    made = json.loads((folder / "datapackage.json").read_text())
    made["resources"] += [{"name": n, "path": f"{n}.csv"} for n in ("url", "units", "photos")]
    made["resources"] += [{"name": "service_capacity", "path": "service_capacities.csv"}]
    (folder / "datapackage.json").write_text(json.dumps(made))
    report = imports(engine, folder)
    assert report.lines == () and report.change == 1
    assert report.notes == (
        "url is a table of HSDS 3.1 and was left out",
        "units is a table of HSDS 3.1 and was left out",
        "photos is no table of HSDS and was left out",
        "service_capacity is a table of HSDS 3.1 and was left out",
        "organizations.csv: the columns x_y, label are not of organization in HSDS 3.0 and left out",
    )


def test_the_directory_may_have_what_a_package_refers_to(sqlite, tmp_path):
    engine = sqlite()
    imports(engine, written(tmp_path / "p", small()))
    phone = {"phone": [{"id": U(9), "service_id": U(2), "number": "1"}]}
    assert imports(engine, written(tmp_path / "q", phone)).lines == ()
    assert imports(sqlite(), written(tmp_path / "q", phone)).lines == (
        f"phones.csv, line 2: service_id refers to no service: {U(2)}",
    )
