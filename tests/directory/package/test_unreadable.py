"""Packages that are broken, lead out of their folder, or would fill the memory."""

from __future__ import annotations

import secrets
import struct
import zipfile

import pytest

from services_directory.hsds.fields import FIELDS
from services_directory.hsds.package import (
    PackageError,
    read_package,
)
from services_directory.hsds.package.columns import file_of
from tests.directory.package.foreign import foreign_rows
from tests.directory.package.packages import (
    HEAD,
    described,
    exports,
    imports,
    packed,
    small,
    written,
    zipped,
)


@pytest.mark.parametrize(
    ("description", "sentence"),
    [
        (b"{", "datapackage.json is no JSON"),
        (b"\xff\xfe", "datapackage.json is no JSON"),
        (b"[" * 100_000, "datapackage.json is no JSON"),
        (b"[]", "datapackage.json has no list of resources"),
        (b'{"resources": {}}', "datapackage.json has no list of resources"),
        (b'{"resources": [1]}', "datapackage.json has no list of resources"),
        (b'{"resources": []}', "x.zip holds no table of HSDS 3.0"),
        (b'{"resources": [{"name": "service"}]}', "service has neither a path nor rows"),
        (b'{"resources": [{"name": "service", "path": 7}]}', "a path is no text"),
        (b'{"resources": [{"name": "service", "path": "services.csv"}]}',
         "The package has no services.csv"),
        (b'{"resources": [{"name": "service", "path": "s.csv", "dialect": "d.json"}]}',
         "the dialect of service is no object"),
        (b'{"resources": [{"name": "service", "path": "s.csv", "dialect": {"delimiter": ";;"}}]}',
         "delimiter must be one character"),
        (b'{"resources": [{"name": "service", "path": "s.csv", "dialect": {"header": false}}]}',
         "service has no header and no fields in its schema"),
        (b'{"resources": [{"name": "service", "path": "s.csv", "encoding": "rot13"}]}',
         "s.csv: the encoding rot13 is not read here"),
        (b'{"resources": [{"name": "service", "path": "s.csv", "encoding": "zip"}]}',
         "s.csv: the encoding zip is not read here"),
        (b'{"resources": [{"name": "service", "path": "s.csv"}]}',
         "s.csv, line 2: this is not utf-8"),
        (b'{"resources": [{"name": "service", "path": "s.csv", "encoding": "utf-16"}]}',
         "s.csv, line 2: this is not utf-16"),
        (b'{"resources": [{"name": "taxonomy", "data": [{"id": "\\ud800"}]}]}',
         "taxonomy holds what is no text"),
    ],
)  # fmt: skip
def test_broken_descriptions(tmp_path, description, sentence):
    path = packed(tmp_path / "x.zip", {"datapackage.json": description, "s.csv": b"id\n\xe9\n"})
    with pytest.raises(PackageError, match=r"^[^\n]*$") as raised:
        read_package(path)
    assert sentence in str(raised.value)


OUTSIDE = ["../services.csv", "a/../../services.csv", "/etc/passwd", "\\services.csv",
           "..\\services.csv", "C:\\services.csv", "file:///etc/passwd", "services.csv\0",
           "https://example.org/services.csv", "HTTP://example.org/services.csv"]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("table", ["service", "photos"])
def test_paths_that_lead_out(tmp_path, name, table):
    (tmp_path / "services.csv").write_text("id,name\nsecret,x\n")
    for path in (name, ["ok.csv", name]):
        folder = described(tmp_path / "p", {"name": table, "path": path})
        (folder / "ok.csv").write_text("id\n")
        with pytest.raises(PackageError, match="leads out of the package"):
            read_package(folder)


@pytest.mark.parametrize("name", [n for n in OUTSIDE if "\0" not in n])
def test_names_in_a_zip_that_lead_out(tmp_path, name):
    path = packed(tmp_path / "x.zip", {"services.csv": b"id\n", name: b"id\n"})
    with pytest.raises(PackageError, match="leads out of the package"):
        read_package(path)


def test_links_that_lead_out(tmp_path):
    (tmp_path / "secret.csv").write_text("id,name,description\na,secret,x\n")
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "taxonomies.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(PackageError, match="leads out of the package"):
        read_package(folder)
    (folder / "taxonomies.csv").unlink()
    (folder / "taxonomies.csv").symlink_to(folder / "taxonomies.csv")
    described(folder, {"name": "taxonomy", "path": "taxonomies.csv"})
    with pytest.raises(PackageError, match="leads out of the package"):
        read_package(folder)


def test_bombs(tmp_path):
    bomb = packed(tmp_path / "bomb.zip", {"services.csv": b"id\n" + b"\n" * 50_000_000})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(PackageError, match="packed 200 times smaller than it is"):
        read_package(bomb)
    several = {f"{file_of(t)}": b"id\n" + secrets.token_hex(200_000).encode() for t in FIELDS}
    with pytest.raises(PackageError, match="The package is larger than 2 MB"):
        read_package(packed(tmp_path / "many.zip", several), most=2_000_000)
    with pytest.raises(PackageError, match=r"The package is larger than 0\.05 MB"):
        read_package(written(tmp_path / "p", small(service={"name": "x" * 60_000})), most=50_000)


def test_a_zip_that_lies_about_its_sizes(tmp_path):
    """What the list of contents says is not believed: reading stops at the limit."""
    path = packed(tmp_path / "x.zip", {"taxonomies.csv": b"id,name\n" + b"0" * 3_000_000})
    data = path.read_bytes()
    for mark, place in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        at = data.index(mark) + place
        data = data[:at] + struct.pack("<I", 10) + data[at + 4 :]
    path.write_bytes(data)
    with pytest.raises(PackageError, match=r"damaged|larger|times smaller"):
        read_package(path, most=1_000_000)


def test_a_zip_of_a_million_names(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as out:
        for n in range(20_000):
            out.writestr(f"{n:050}.csv", b"")
    with pytest.raises(PackageError, match="holds too many files"):
        read_package(path)


def test_zips_that_are_none(tmp_path):
    path = tmp_path / "x.zip"
    whole = zipped(tmp_path / "y.zip", written(tmp_path / "p", foreign_rows())).read_bytes()
    for data in (b"", b"PK", b"hello", whole[:-30], whole[30:], b"PK\5\6" + b"\0" * 18):
        path.write_bytes(data)
        with pytest.raises(PackageError, match=r"no zip|holds no table|damaged"):
            read_package(path)
    broken = bytearray(whole)
    broken[200:400] = bytes(200)
    path.write_bytes(broken)
    with pytest.raises(PackageError, match="damaged"):
        read_package(path)


def test_zips_that_are_not_opened(tmp_path):
    path = packed(tmp_path / "x.zip", {"taxonomies.csv": b"id\n"})
    locked = bytearray(path.read_bytes())
    for mark, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        locked[locked.index(mark) + place] |= 1
    path.write_bytes(locked)
    with pytest.raises(PackageError, match="The zip has a password"):
        read_package(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as out:
        out.writestr("taxonomies.csv", b"id\n")
    with pytest.raises(PackageError, match="packed in a way that is not read here"):
        read_package(path)
    packed(path, {"a/datapackage.json": b"{}", "b/datapackage.json": b"{}"})
    with pytest.raises(PackageError, match=r"several datapackage.json"):
        read_package(path)


def test_packages_without_anything(sqlite, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackageError, match=r"empty holds no table of HSDS 3\.0"):
        read_package(tmp_path / "empty")
    with pytest.raises(PackageError, match="There is no"):
        read_package(tmp_path / "nowhere")
    (tmp_path / "x.csv").write_text("id\n")
    with pytest.raises(PackageError, match=r"x\.csv is no folder, no zip and no datapackage\.json"):
        read_package(tmp_path / "x.csv")
    (tmp_path / "empty" / "taxonomies.csv").write_text(HEAD)
    with pytest.raises(PackageError, match="The package empty holds no rows"):
        imports(sqlite(), tmp_path / "empty")
    exports(sqlite(), tmp_path / "none.zip")
    with pytest.raises(PackageError, match="holds no table"):
        read_package(tmp_path / "none.zip")
