"""The directory as our own YAML, out and in."""

from __future__ import annotations

import pytest

from services_directory import load
from services_directory.hsds.package import (
    PackageError,
    export_yaml,
    import_yaml,
)
from services_directory.records import Guide, GuideError
from tests.directory.package.foreign import U
from tests.directory.package.packages import (
    NOW,
    UNITS,
    all_rows,
    bring,
    guide_in,
    imports,
    row_in,
    rows_in,
    small,
    written,
)


def test_yaml_goes_out_and_comes_in(make, tmp_path):
    first, second = make(), make()
    whole = load().guide
    bring(first, Guide(dict(list(whole.records.items())[::12]), whole.organizations))
    with first.connect() as conn:
        count = export_yaml(conn, tmp_path / "guide.yaml")
    guide = guide_in(first)
    assert count == len(guide.records) + len(guide.organizations) > 60
    with second.begin() as conn:
        report = import_yaml(conn, tmp_path / "guide.yaml", UNITS, author="test", now=NOW)
        assert sum(report.rows.values()) == count
        again = import_yaml(conn, tmp_path / "guide.yaml", UNITS, author="test", now=NOW)
        assert again.change is None
    assert guide_in(second) == guide
    assert {r["origin"] for r in all_rows(second, "record")} == {"written"}
    with first.begin() as conn:
        same = import_yaml(conn, tmp_path / "guide.yaml", UNITS, author="test", now=NOW)
    assert same.change is None


ENTRY = """
- id: {id}
  kind: topic
  name: {{ary: a, ary-Latn: a, ar: a, fr: a}}
  answer: {{ary: a, ary-Latn: a, ar: a, fr: a}}
  source: {{url: "https://example.org", date: "2026", publisher: x}}
  places: [{place}]
"""


def test_bad_yaml_writes_nothing(sqlite, tmp_path):
    engine = sqlite()
    (tmp_path / "good").mkdir()
    (tmp_path / "good" / "a.yaml").write_text(ENTRY.format(id="a", place="MA-SAL"))
    bad = tmp_path / "bad.yaml"
    bad.write_text(ENTRY.format(id="a", place="MA-SAL") + ENTRY.format(id="b", place="MA-XXX"))
    with engine.begin() as conn:
        with pytest.raises(GuideError, match="b: the map knows no MA-XXX"):
            import_yaml(conn, bad, UNITS, author="test", now=NOW)
        for nothing in (tmp_path / "nowhere", tmp_path / "data"):
            with pytest.raises(PackageError, match="holds no records"):
                import_yaml(conn, nothing, UNITS, author="test", now=NOW)
    assert rows_in(engine) == {}
    with engine.begin() as conn:
        import_yaml(conn, tmp_path / "good", UNITS, author="test", now=NOW)
    assert rows_in(engine, "record") == {"record": 1}


def test_yaml_of_an_imported_organization_keeps_its_id(sqlite, tmp_path):
    engine = sqlite()
    imports(engine, written(tmp_path / "p", small(organization={"tax_id": "123"})))
    text = f"- {{id: {U(1)}, kind: organization, name: {{fr: Une autre, ar: أخرى}}}}\n"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with engine.begin() as conn:
        import_yaml(conn, tmp_path / "a.yaml", UNITS, author="test", now=NOW)
    assert rows_in(engine, "organization") == {"organization": 1}
    found = row_in(engine, "organization", U(1))
    assert (found["name"], found["tax_id"]) == ("Une autre", "123")
    assert guide_in(engine).organizations[U(1)].name == {"fr": "Une autre", "ar": "أخرى"}
