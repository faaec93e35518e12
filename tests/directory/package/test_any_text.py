"""No cell is a formula for a spreadsheet, and no text is lost by it."""

from __future__ import annotations

from sqlalchemy import insert

from services_directory.tables import HSDS
from tests.directory.package.foreign import FOREIGN, U
from tests.directory.package.packages import (
    all_rows,
    at,
    cells_of,
    exports,
    imports,
    row_in,
    small,
    written,
)

HARMLESS = ["é'=", " =1"]


FORMULAS = ["=1+1", "+212500000000", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'", "'=1", "''", "'x",
            "\uff1d1", "=", *HARMLESS]  # fmt: skip


def test_no_cell_is_a_formula(make, tmp_path):
    first, second = make(), make()
    rows = [{"id": f"={n}", "name": text, "description": "x", "version": text}
            for n, text in enumerate(FORMULAS)]  # fmt: skip
    with first.begin() as conn:
        conn.execute(insert(HSDS["taxonomy"]), rows)
    went = exports(first, tmp_path / "a")
    found = {row["id"]: row for row in cells_of(went, "taxonomy")}
    for row in rows:
        text = row["name"]
        cells = found[f"'{row['id']}"]
        assert cells["name"] == cells["version"] == (text if text in HARMLESS else f"'{text}")
        assert not any(v.startswith(("=", "+", "-", "@", "\t", "\r")) for v in cells.values())
    assert imports(second, went).lines == ()
    assert all_rows(first, "taxonomy") == all_rows(second, "taxonomy")


def test_numbers_are_no_formulas(sqlite, tmp_path):
    engine = sqlite()
    rows = at(city="x") | {"location": [{**FOREIGN["location"], "id": U(4)}]}
    imports(engine, written(tmp_path / "p", rows))
    found = cells_of(exports(engine, tmp_path / "a"), "location")[0]
    assert found["longitude"] == "-6.7985"


def test_foreign_packages_are_never_altered(sqlite, tmp_path):
    engine = sqlite()
    for n, more in enumerate(({}, {"sanad:escaped": False}, {"sanad:escaped": "true"})):
        rows = small(organization={"name": f"'=quoted{n}"})
        imports(engine, written(tmp_path / "p", rows, described=more))
        assert row_in(engine, "organization", U(1))["name"] == f"'=quoted{n}"
    imports(engine, written(tmp_path / "p", rows, described={"sanad:escaped": True}))
    assert row_in(engine, "organization", U(1))["name"] == "=quoted2"
