"""Every bad row is told with its file and line, and nothing of the package is written."""

from __future__ import annotations

import pytest

from tests.directory.package.foreign import FOREIGN, U, foreign_rows
from tests.directory.package.packages import (
    HEAD,
    all_rows,
    at,
    bring,
    cells_of,
    changes_in,
    imports,
    ours,
    rows_in,
    small,
    written,
)

BAD: list[tuple[dict[str, list[dict[str, str]]], str]] = [
    (small(service={"name": ""}), "services.csv, line 2: name is missing"),
    (small(service={"name": " \t"}), "services.csv, line 2: name is missing"),
    (small(service={"id": ""}), "services.csv, line 2: id is missing"),
    (small(service={"id": " "}), "services.csv, line 2: id is blank"),
    (small(service={"id": "x" * 65}),
     f"services.csv, line 2: id is longer than 64 characters: {'x' * 39}…"),
    (small(service={"organization_id": ""}), "services.csv, line 2: organization_id is missing"),
    (small(service={"organization_id": U(9)}),
     f"services.csv, line 2: organization_id refers to no organization: {U(9)}"),
    (small(service={"program_id": U(9)}),
     f"services.csv, line 2: program_id refers to no program: {U(9)}"),
    (small(service={"status": "open"}), "services.csv, line 2: status is none of active, inactive, "
     "defunct, temporarily closed: open"),
    (small(service={"minimum_age": "douze"}), "services.csv, line 2: minimum_age is no number: douze"),
    (small(service={"minimum_age": "1_000"}), "services.csv, line 2: minimum_age is no number: 1_000"),
    (small(service={"minimum_age": "1e999"}), "services.csv, line 2: minimum_age is no number: 1e999"),
    (small(service={"minimum_age": "nan"}), "services.csv, line 2: minimum_age is no number: nan"),
    (small(service={"minimum_age": "١٢"}), "services.csv, line 2: minimum_age is no number: ١٢"),
    (small(service={"assured_date": "06/05/2024"}),
     "services.csv, line 2: assured_date is no date (YYYY-MM-DD): 06/05/2024"),
    (small(service={"assured_date": "2023-02-29"}),
     "services.csv, line 2: assured_date is no date (YYYY-MM-DD): 2023-02-29"),
    (small(service={"last_modified": "2024-06-07"}), "services.csv, line 2: last_modified is no "
     "date and time (YYYY-MM-DDTHH:MM:SSZ): 2024-06-07"),
    (small(service={"last_modified": "0001-01-01T00:00:00+14:00"}), "services.csv, line 2: "
     "last_modified is no date and time (YYYY-MM-DDTHH:MM:SSZ): 0001-01-01T00:00:00+14:00"),
    (small(service={"url": "www.example.org"}),
     "services.csv, line 2: url is no web address (https://...): www.example.org"),
    (small(service={"url": "JavaScript:alert(1)"}),
     "services.csv, line 2: url is no web address (https://...): JavaScript:alert(1)"),
    (small(service={"email": "info.example.org"}),
     "services.csv, line 2: email is no e-mail address: info.example.org"),
    (small(service={"name": "a\0b"}), "services.csv, line 2: name holds a NUL character"),
    (small(service={"name": "x" * 100_001}),
     "services.csv, line 2: name is longer than 100,000 characters"),
    (small(service={"position": "1.5"}), "services.csv, line 2: position is no whole number: 1.5"),
    (small(schedule={"opens_at": "25:00"}),
     "schedules.csv, line 2: opens_at is no time (HH:MM:SS): 25:00"),
    (small(schedule={"freq": "DAILY"}), "schedules.csv, line 2: freq is none of WEEKLY, MONTHLY: DAILY"),
    (small(attribute={"link_id": U(2), "link_entity": "service", "taxonomy_term_id": U(1)}),
     f"attributes.csv, line 2: taxonomy_term_id refers to no taxonomy_term: {U(1)}"),
    (small(attribute={"link_id": U(9), "link_entity": "Services", "taxonomy_term_id": U(4)},
           taxonomy_term={"id": U(4), "name": "x", "description": "x"}),
     f"attributes.csv, line 2: link_id refers to no service: {U(9)}"),
    (small(organization={"parent_organization_id": U(1)}), "organizations.csv, line 2: "
     f"parent_organization_id leads back to itself: {U(1)} > {U(1)}"),
    (small(taxonomy_term=[{"id": own, "name": "x", "description": "x", "parent_id": up}
                          for own, up in ("ab", "bc", "cd", "db")]),
     "taxonomy_terms.csv, line 3: parent_id leads back to itself: b > c > d > b"),
    (small(service=[small()["service"][0], small()["service"][0]]),
     f"services.csv, line 3: the id {U(2)} stands in line 2 already"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "sentence"), BAD, ids=[s for _, s in BAD])
def test_bad_rows(sqlite, tmp_path, rows, sentence):
    engine = sqlite()
    report = imports(engine, written(tmp_path / "p", rows))
    assert report.lines == (sentence,)
    assert report.change is None
    assert rows_in(engine) == {} and changes_in(engine) == 0


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ["taxonomies.csv, line 1: there is no header"]),
        ("\n\n", ["taxonomies.csv, line 1: there is no header"]),
        ("name,description\nx,x\n", ["taxonomies.csv, line 1: there is no column id"]),
        ("id,name\na,x\n", ["taxonomies.csv, line 1: there is no column description"]),
        ("id,name,Name ,description\na,x,x,x\n",
         ["taxonomies.csv, line 1: the column name stands twice"]),
        (HEAD + "a,x\nb,x,x\nc,x,x,\n",
         ["taxonomies.csv, line 2: 2 cells where the header has 3",
          "taxonomies.csv, line 4: 4 cells where the header has 3"]),
        (HEAD + 'a,"1\n2\r\n3\r4",x\n\nb,,\n',
         ["taxonomies.csv, line 7: name is missing", "taxonomies.csv, line 7: description is missing"]),
        (HEAD + 'a,x,x\nb,"x,x\nc,x,x\n',
         ["taxonomies.csv, line 3: its quotes are broken (unexpected end of data); from here on "
          "nothing was read"]),
        (HEAD + 'a,"x"y,x\nb,,\n',
         ["taxonomies.csv, line 2: its quotes are broken (',' expected after '\"'); from here on "
          "nothing was read"]),
        (HEAD + f'a,"{"x" * 200_000},x\n',
         ["taxonomies.csv, line 2: a cell has no end (field larger than field limit (131072)); "
          "from here on nothing was read"]),
    ],
)  # fmt: skip
def test_bad_files(sqlite, tmp_path, text, sentences):
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "taxonomies.csv").write_text(text, newline="")
    engine = sqlite()
    report = imports(engine, folder)
    assert list(report.lines) == sentences
    assert rows_in(engine) == {}


def test_every_bad_row_is_told_up_to_a_thousand(sqlite, tmp_path):
    rows = {"taxonomy": [{"id": str(n), "name": "", "description": "x"} for n in range(1234)]}
    report = imports(sqlite(), written(tmp_path / "p", rows))
    assert len(report.errors) == 1000 and report.more == 234
    assert report.lines[0] == "taxonomies.csv, line 2: name is missing"
    assert report.lines[999:] == ("taxonomies.csv, line 1001: name is missing", "and 234 more")


def test_a_circle_through_what_is_there_already(sqlite, tmp_path):
    def term(own: str, up: str) -> dict[str, list[dict[str, str]]]:
        return {"taxonomy_term": [{"id": own, "name": "x", "description": "x", "parent_id": up}]}

    engine = sqlite()
    rows = {"taxonomy_term": term("c", "")["taxonomy_term"] + term("b", "c")["taxonomy_term"]}
    imports(engine, written(tmp_path / "p", rows))
    report = imports(engine, written(tmp_path / "q", term("c", "b")))
    assert report.lines == (
        "taxonomy_terms.csv, line 2: parent_id leads back to itself: c > b > c",
    )


def test_all_or_nothing(make, tmp_path):
    engine = make()
    bring(engine)
    before, count = rows_in(engine), changes_in(engine)
    rows = foreign_rows()
    rows["taxonomy_term"].append({"id": U(30), "name": "", "description": "x"})
    report = imports(engine, written(tmp_path / "p", rows))
    assert report.lines == ("taxonomy_terms.csv, line 4: name is missing",)
    assert rows_in(engine) == before and changes_in(engine) == count
    del rows["taxonomy_term"][-1]
    assert imports(engine, written(tmp_path / "p", rows)).change
    after = rows_in(engine)
    assert {t: after[t] - before.get(t, 0) for t in FOREIGN} == {
        t: len(several) for t, several in foreign_rows().items()
    }


def test_many_things_wrong_at_once(sqlite, tmp_path):
    rows = at(city="") | small(
        organization={"name": ""}, service_at_location={"service_id": U(2)}, phone={"number": ""}
    )
    assert imports(sqlite(), written(tmp_path / "p", rows)).lines == (
        "organizations.csv, line 2: name is missing",
        "addresses.csv, line 2: city is missing",
        "services_at_location.csv, line 1: there is no column location_id",
        "phones.csv, line 2: number is missing",
    )


def test_an_id_that_another_record_has(sqlite, tmp_path):
    engine = sqlite()
    bring(engine)
    rows = small(service={"id": "onde-2511"})
    assert imports(engine, written(tmp_path / "p", rows)).lines == (
        "services.csv, line 2: the id onde-2511 is that of another record",
    )


RECORDS = [
    ({"kind": "hospital"}, "kind is none of hotline, service, mechanism, incubator, finance, market, "
     "legal_form, topic, organization: hospital"),
    ({"publish": "yes"}, "publish is none of ok, draft, withdrawn: yes"),
    ({"origin": "heaven"}, "origin is none of shipped, imported, written: heaven"),
    ({"confidence": "some"}, "confidence is none of high, medium, low: some"),
    ({"kind": ""}, "kind is missing"),
    ({"intents": "[1]"}, "intents is not a list of texts: [1]"),
    ({"intents": "a, b"}, "intents is no JSON: a, b"),
    ({"intents": "[" * 50_000}, f"intents is no JSON: {'[' * 39}…"),
    ({"intents": '["a\\u0000"]'}, 'intents is not a list of texts: ["a\\u0000"]'),
    ({"intents": '["\\ud800"]'}, 'intents is not a list of texts: ["\\ud800"]'),
    ({"aliases": '{"fr": "x"}'}, 'aliases is not lists of texts by writing: {"fr": "x"}'),
    ({"sources": '[["u", "2024", "p"]]'},
     'sources is not a list of [address, date, publisher, true]: [["u", "2024", "p"]]'),
    ({"source_url": "javascript:alert(1)"},
     "source_url is no web address (https://...): javascript:alert(1)"),
    ({"source_date": "05/2024"}, "source_date is no year, month or day (YYYY-MM-DD): 05/2024"),
    ({"valid_until": "2024"}, "valid_until is no date (YYYY-MM-DD): 2024"),
    ({"abroad": "perhaps"}, "abroad is neither true nor false: perhaps"),
    ({"status": "x" * 41}, f"status is longer than 40 characters: {'x' * 39}…"),
    ({"service_id": ""}, "service_id is missing: it is a record of kind service"),
    ({"kind": "topic", "name": "x", "answer": "x"},
     "service_id must be empty: it is a record of kind topic"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "sentence"), RECORDS, ids=[s for _, s in RECORDS])
def test_bad_records(mixed, sqlite, tmp_path, changed, sentence):
    package = ours(mixed, tmp_path / "p", "record",
                   lambda rows: next(r for r in rows if r["id"] == "open").update(changed))  # fmt: skip
    line = 2 + [r["id"] for r in cells_of(package, "record")].index("open")
    engine = sqlite()
    report = imports(engine, package)
    assert report.lines == (f"directory_record.csv, line {line}: {sentence}",)
    assert rows_in(engine) == {}


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({"text": ""}, ["text is missing"]),
        ({"locale": "français"}, ["locale is no language: français",
                                  "id must be table_name/row_id/field/locale"]),
        ({"field": "colour"}, ["field is no column of address: colour",
                               "id must be table_name/row_id/field/locale"]),
        ({"table_name": "users"}, ["table_name is no table: users"]),
        ({"row_id": "nobody"}, ["row_id refers to no address: nobody",
                                "id must be table_name/row_id/field/locale"]),
    ],
)  # fmt: skip
def test_bad_translations(mixed, sqlite, tmp_path, changed, sentences):
    package = ours(mixed, tmp_path / "p", "translation", lambda rows: rows[0].update(changed))
    assert list(imports(sqlite(), package).lines) == [
        f"directory_translation.csv, line 2: {sentence}" for sentence in sentences
    ]


def test_what_a_package_of_ours_says_of_its_origin_is_kept(mixed, sqlite, tmp_path):
    def change(rows: list[dict[str, str]]) -> None:
        rows[0]["origin"] = "imported"
        rows[1]["places"] = '["Atlantis"]'

    package = ours(mixed, tmp_path / "p", "record", change)
    engine = sqlite()
    report = imports(engine, package)
    assert [note for note in report.notes if "UUID" not in note] == [
        "directory_record.csv: records with places that the map does not know: 1 (first in line 3)"
    ]
    origins = {r["id"]: r["origin"] for r in all_rows(engine, "record")}
    assert origins.pop(cells_of(package, "record")[0]["id"]) == "imported"
    assert set(origins.values()) == {"shipped"}
