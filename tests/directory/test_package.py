"""The directory as a data package, and anybody's package into the directory."""

from __future__ import annotations

import csv
import json
import secrets
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, delete, func, insert, select

from services_directory import changes, load, shipped_digest, stored
from services_directory.changes import Write
from services_directory.hours import Hours
from services_directory.hsds.fields import FIELDS, REFERENCES
from services_directory.hsds.package import (
    Package,
    PackageError,
    Report,
    export,
    export_yaml,
    import_package,
    import_yaml,
    read_package,
)
from services_directory.hsds.package.cells import cell, unquoted
from services_directory.hsds.package.choice import ORDER
from services_directory.hsds.package.columns import COLUMNS, file_of
from services_directory.records import Guide, GuideError, Organization, Record, Source, hsds_id
from services_directory.tables import HSDS, TABLES, metadata, record
from tests.databases import Postgres

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=40)
UNITS = load().units
Make = Callable[[], Engine]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    made = Postgres()
    made.start()
    yield made
    made.remove()


@pytest.fixture
def engines() -> Iterator[list[Engine]]:
    made: list[Engine] = []
    yield made
    for engine in made:
        engine.dispose()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "0.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture
def sqlite(tmp_path: Path, engines: list[Engine], empty: Path) -> Make:
    """Makes empty directories in files."""

    def make() -> Engine:
        path = shutil.copy(empty, tmp_path / f"{len(engines)}.db")
        engines.append(create_engine(f"sqlite:///{path}"))
        return engines[-1]

    return make


@pytest.fixture
def postgresql(request: pytest.FixtureRequest, engines: list[Engine]) -> Make:
    """Makes empty directories on a real server."""

    def make() -> Engine:
        server: Postgres = request.getfixturevalue("server")
        name = f"d{len(engines)}x{abs(hash(request.node.nodeid))}"
        server.execute(f"CREATE DATABASE {name}")
        url = server.url(name).replace("postgresql:", "postgresql+psycopg:")
        engines.append(create_engine(url))
        metadata.create_all(engines[-1])
        return engines[-1]

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes empty directories, on each kind of database."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def two() -> Iterator[tuple[Engine, Engine]]:
    """Empty directories in memory, for what is tried many times."""
    made = create_engine("sqlite://"), create_engine("sqlite://")
    for engine in made:
        metadata.create_all(engine)
    yield made
    for engine in made:
        engine.dispose()


def bring(engine: Engine, guide: Guide | None = None) -> None:
    """What Sanad ships, or another guide."""
    with engine.begin() as conn:
        stored.bring(conn, guide or load().guide, UNITS, digest=shipped_digest(), now=NOW)


def imports(engine: Engine, package: Path | Package, *, now: datetime = NOW) -> Report:
    read = read_package(package) if isinstance(package, Path) else package
    with engine.begin() as conn:
        return import_package(conn, read, UNITS, author="test", now=now)


def exports(engine: Engine, path: Path, *, everything: bool = False, now: datetime = NOW) -> Path:
    with engine.connect() as conn:
        export(conn, path, now=now, everything=everything)
    return path


def guide_in(engine: Engine) -> Guide:
    with engine.connect() as conn:
        return stored.read_guide(conn)


def rows_in(engine: Engine, *tables: str) -> dict[str, int]:
    with engine.connect() as conn:
        return {
            name: n
            for name, table in TABLES.items()
            if (not tables or name in tables)
            and (n := conn.scalar(select(func.count()).select_from(table)))
        }


def row_in(engine: Engine, table: str, own: str) -> dict[str, object]:
    with engine.connect() as conn:
        found = select(TABLES[table]).where(TABLES[table].c.id == own)
        return dict(conn.execute(found).mappings().one())


def changes_in(engine: Engine) -> int:
    with engine.connect() as conn:
        return len(changes.latest(conn, limit=1000))


def cells_of(path: Path, table: str) -> list[dict[str, str]]:
    with (path / file_of(table)).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def all_of(package: Path) -> str:
    """Every byte of it, as text."""
    if package.is_dir():
        return "".join(p.read_text(encoding="utf-8") for p in package.iterdir())
    with zipfile.ZipFile(package) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


# --- out and in again -----------------------------------------------------------------------------


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


# --- what does not go out -------------------------------------------------------------------------

HIDDEN = Source("https://example.org", "2026-01", "Essai")


def invented(slug: str, **more: object) -> Record:
    texts = dict.fromkeys(("ary", "ary-Latn", "ar", "fr"), f"{slug} SECRET-{slug}")
    return Record(slug, "service", texts, texts, HIDDEN, organization=f"{slug}-org",
                  phones=(f"+2125000{len(slug)}",), places=("MA-SAL",),
                  address={"fr": f"ADDRESS-{slug}", "ar": f"ADDRESS-{slug}"}, **more)  # type: ignore[arg-type]  # fmt: skip


KINDS = {
    "open": {}, "shelter": {"confidential": True}, "draft": {"publish": "draft"},
    "gone": {"publish": "withdrawn"}, "past": {"valid_until": NOW.date() - timedelta(days=1)},
    "future": {"valid_from": NOW.date() + timedelta(days=1)},
    "today": {"valid_from": NOW.date(), "valid_until": NOW.date()},
    "hidden-draft": {"publish": "draft", "confidential": True},
}  # fmt: skip
SHOWN = {"open", "shelter", "today"}


@pytest.fixture
def mixed(sqlite: Make) -> Engine:
    """A service of each kind, each with a location at which further things hang."""
    engine = sqlite()
    organizations = {
        f"{k}-org": Organization(f"{k}-org", {"fr": f"ORG-{k}", "ar": f"ORG-{k}"}) for k in KINDS
    }
    guide = Guide({k: invented(k, **more) for k, more in KINDS.items()}, organizations)
    bring(engine, guide)
    with engine.begin() as conn:
        writes = [w for k in KINDS for w in hung(k)]
        changes.apply(conn, writes, author="test", why="test", now=NOW)
    return engine


def hung(k: str) -> list[Write]:
    """What hangs on the location and on the organization of a service."""
    service, where = hsds_id("service", k), hsds_id("location", k)
    own, link = hsds_id("organization", f"{k}-org"), hsds_id("service_at_location", k)
    return [
        Write("phone", f"at-{k}", {"number": f"AT-{k}", "location_id": where}),
        Write("phone", f"both-{k}", {"number": f"BOTH-{k}", "location_id": where,
                                     "organization_id": own}),
        Write("phone", f"of-{k}", {"number": f"OF-{k}", "organization_id": own}),
        Write("phone", f"draft-{k}", {"number": f"S-{k}", "organization_id": own,
                                      "service_id": service}),
        Write("contact", f"at-{k}", {"name": f"AT-{k}", "service_at_location_id": link}),
        Write("phone", f"deep-{k}", {"number": f"AT-{k}", "contact_id": f"at-{k}"}),
        Write("accessibility", f"at-{k}", {"description": f"AT-{k}", "location_id": where}),
        Write("attribute", f"at-{k}", {"link_id": where, "link_entity": "location",
              "taxonomy_term_id": hsds_id("taxonomy_term", "kinds/hotline"), "value": f"AT-{k}"}),
        Write("metadata", f"at-{k}", {
            "resource_id": hsds_id("address", k), "resource_type": "address",
            "previous_value": f"AT-{k}", "replacement_value": "x", "field_name": "address_1",
            "updated_by": "x", "last_action_date": "2026-01-01", "last_action_type": "update"}),
        Write("location", f"own-{k}", {"location_type": "physical", "name": f"OWN-{k}",
                                       "organization_id": own}),
    ]  # fmt: skip


def test_the_public_gets_what_may_be_seen_today(mixed, tmp_path):
    said = all_of(exports(mixed, tmp_path / "a"))
    for k in KINDS:
        assert (f"SECRET-{k}" in said) is (k in SHOWN), k
        assert (f"ORG-{k}" in said) is (k in SHOWN), k
        assert (f"OF-{k}" in said) is (k in SHOWN), k
        assert (f"S-{k}" in said) is (k in SHOWN), k
        # A location without a service, of the organization behind a shelter, may be the shelter.
        for mark in ("ADDRESS-", "AT-", "BOTH-", "OWN-"):
            assert (f"{mark}{k}" in said) is (k in SHOWN and k != "shelter"), (mark, k)


def test_confidential_locations_never_go_out(mixed, tmp_path):
    said = all_of(exports(mixed, tmp_path / "a.zip", everything=True))
    for k in KINDS:
        assert f"SECRET-{k}" in said
        for mark in ("ADDRESS-", "AT-", "BOTH-", "OWN-"):
            assert (f"{mark}{k}" in said) is (k not in ("shelter", "hidden-draft")), (mark, k)
    links = hsds_id("location", "shelter"), hsds_id("service_at_location", "shelter")
    assert not any(own in said for own in links)


def test_a_shelter_that_lost_its_link_stays_hidden(mixed, tmp_path):
    with mixed.begin() as conn:
        link = hsds_id("service_at_location", "shelter")
        gone = [Write("service_at_location", link, None)]
        changes.apply(conn, gone, author="test", why="test", now=NOW)
    said = all_of(exports(mixed, tmp_path / "a.zip", everything=True))
    assert "ADDRESS-shelter" not in said and "AT-shelter" not in said


def test_a_shelter_shared_with_an_open_service_stays_hidden(mixed, tmp_path):
    with mixed.begin() as conn:
        row = {
            "service_id": hsds_id("service", "open"),
            "location_id": hsds_id("location", "shelter"),
        }
        changes.apply(conn, [Write("service_at_location", "shared", row)],
                      author="test", why="test", now=NOW)  # fmt: skip
    said = all_of(exports(mixed, tmp_path / "a.zip"))
    assert "ADDRESS-shelter" not in said and "ADDRESS-open" in said


def test_who_reviewed_it_stays_inside(mixed, tmp_path):
    with mixed.begin() as conn:
        stored.review(conn, "open", UNITS, author="Naïma du bureau", now=NOW)
    assert "Naïma" not in all_of(exports(mixed, tmp_path / "a"))
    assert "Naïma" in all_of(exports(mixed, tmp_path / "b", everything=True))


def test_what_went_out_of_a_mixed_directory_can_come_in(mixed, sqlite, tmp_path):
    for name, everything in (("a.zip", False), ("b.zip", True)):
        went = exports(mixed, tmp_path / name, everything=everything)
        second = sqlite()
        assert imports(second, went).lines == ()
        again = exports(second, tmp_path / f"again-{name}", everything=everything)
        assert went.read_bytes() == again.read_bytes()


# --- where to -------------------------------------------------------------------------------------


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


# --- anybody's package ----------------------------------------------------------------------------

U = "00000000-0000-4000-8000-0000000000{:02d}".format
FOREIGN: dict[str, dict[str, str]] = {
    "organization": {
        "id": U(1), "name": "Fédération « L'Œuvre »", "alternate_name": "L'Œuvre",
        "description": "Elle aide les familles;\nà Salé, et ailleurs.", "email": "info@example.org",
        "website": "https://example.org/", "tax_status": "association", "tax_id": "00123",
        "year_incorporated": "1998", "legal_status": "reconnue", "logo": "https://example.org/l.png",
        "uri": "https://example.org/id/1", "parent_organization_id": U(2),
    },
    "program": {
        "id": U(3), "organization_id": U(1), "name": "Programme été",
        "alternate_name": "Été", "description": "Pour l'été.",
    },
    "service": {
        "id": U(4), "organization_id": U(1), "program_id": U(3), "name": "Écoute",
        "alternate_name": "L'écoute", "description": "<b>Une ligne</b> d'écoute",
        "url": "https://example.org/ecoute", "email": "ecoute@example.org",
        "status": "temporarily closed", "interpretation_services": "en langue des signes",
        "application_process": "Appelez", "fees_description": "10 € l'heure", "wait_time": "2 jours",
        "fees": "10 €", "accreditations": "aucune", "eligibility_description": "Toutes",
        "minimum_age": "12", "maximum_age": "99.5", "assured_date": "2024-05-06",
        "assurer_email": "q@example.org", "licenses": "aucune", "alert": "Fermé en août",
        "last_modified": "2024-06-07T09:10:11.123+01:00",
    },
    "location": {
        "id": U(5), "location_type": "physical", "url": "https://example.org/lieu",
        "organization_id": U(1), "name": "Maison", "alternate_name": "La maison",
        "description": "En ville", "transportation": "Tramway", "latitude": "34.0531",
        "longitude": "-6.7985", "external_identifier": "///a.b.c",
        "external_identifier_type": "what3words",
    },
    "service_at_location": {
        "id": U(6), "service_id": U(4), "location_id": U(5), "description": "Au premier",
    },
    "address": {
        "id": U(7), "location_id": U(5), "attention": "Accueil", "address_1": "1, rue Exemple",
        "address_2": "1er étage", "city": "Salé", "region": "Rabat-Salé-Kénitra",
        "state_province": "Salé", "postal_code": "11000", "country": "MA",
        "address_type": "physical",
    },
    "phone": {
        "id": U(8), "location_id": U(5), "service_id": U(4), "organization_id": U(1),
        "contact_id": U(9), "service_at_location_id": U(6), "number": "+212 500-000000",
        "extension": "12", "type": "voice", "description": "Le matin",
    },
    "contact": {
        "id": U(9), "organization_id": U(1), "service_id": U(4), "service_at_location_id": U(6),
        "location_id": U(5), "name": "Nour Exemple", "title": "Accueil", "department": "Écoute",
        "email": "nour@example.org",
    },
    "schedule": {
        "id": U(10), "service_id": U(4), "location_id": U(5), "service_at_location_id": U(6),
        "valid_from": "2024-01-01", "valid_to": "2026-12-31", "dtstart": "2024-01-01",
        "timezone": "1", "until": "2026-12-31", "count": "3", "wkst": "MO", "freq": "WEEKLY",
        "interval": "1", "byday": "TU,TH", "byweekno": "1,2", "bymonthday": "3", "byyearday": "4",
        "description": "Le mardi", "opens_at": "10:00:00", "closes_at": "18:30:00+01:00",
        "schedule_link": "https://example.org/h", "attending_type": "sur place", "notes": "Sonnez",
    },
    "funding": {"id": U(11), "organization_id": U(1), "service_id": U(4), "source": "Dons"},
    "service_area": {
        "id": U(12), "service_id": U(4), "name": "sale", "description": "La ville",
        "extent": "La ville et ses alentours", "extent_type": "text", "uri": "https://example.org/s",
    },
    "required_document": {
        "id": U(13), "service_id": U(4), "document": "CIN", "uri": "https://example.org/cin",
    },
    "language": {
        "id": U(14), "service_id": U(4), "location_id": U(5), "phone_id": U(8), "name": "Français",
        "code": "fr", "note": "le matin",
    },
    "accessibility": {
        "id": U(15), "location_id": U(5), "description": "Rampe", "details": "À droite",
        "url": "https://example.org/rampe",
    },
    "cost_option": {
        "id": U(16), "service_id": U(4), "valid_from": "2024-01-01", "valid_to": "2024-12-31",
        "option": "Moins de 18 ans", "currency": "mad", "amount": "10.25",
        "amount_description": "l'heure",
    },
    "organization_identifier": {
        "id": U(17), "organization_id": U(1), "identifier_scheme": "MA-ICE",
        "identifier_type": "ICE", "identifier": "000123",
    },
    "taxonomy": {
        "id": U(18), "name": "Thèmes", "description": "Les nôtres", "uri": "urn:x:themes",
        "version": "1.0",
    },
    "taxonomy_term": {
        "id": U(19), "code": "A.1", "name": "Écoute", "description": "Par téléphone",
        "parent_id": U(20), "taxonomy": "Thèmes", "language": "fr", "taxonomy_id": U(18),
        "term_uri": "urn:x:themes:1",
    },
    "attribute": {
        "id": U(21), "link_id": U(4), "taxonomy_term_id": U(19), "link_type": "topic",
        "link_entity": "service", "value": "oui",
    },
    "metadata": {
        "id": U(22), "resource_id": U(4), "resource_type": "service",
        "last_action_date": "2024-06-07", "last_action_type": "update", "field_name": "name",
        "previous_value": "Ecoute", "replacement_value": "Écoute", "updated_by": "Nour Exemple",
    },
    "meta_table_description": {
        "id": U(23), "name": "services", "language": "fr", "character_set": "windows-1252",
    },
}  # fmt: skip
FURTHER: dict[str, dict[str, str]] = {
    "organization": {"id": U(2), "name": "Maison mère", "description": "Au-dessus"},
    "taxonomy_term": {"id": U(20), "name": "Aide", "description": "Toute"},
}
"""A second row, where one refers to another of its table."""


def foreign_rows() -> dict[str, list[dict[str, str]]]:
    return {
        table: [row, *([FURTHER[table]] if table in FURTHER else [])]
        for table, row in FOREIGN.items()
    }


def written(
    folder: Path,
    rows: dict[str, list[dict[str, str]]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    described: dict[str, object] | None = None,
    describes: bool = True,
) -> Path:
    """A package of others, with its columns from the last to the first."""
    folder.mkdir(exist_ok=True)
    resources = []
    for table, several in rows.items():
        names = list(dict.fromkeys(reversed([name for row in several for name in row])))
        with (folder / file_of(table)).open("w", encoding=encoding, newline="") as file:
            out = csv.DictWriter(file, names, delimiter=delimiter, restval="", lineterminator="\n")
            out.writeheader()
            out.writerows(several)
        resources.append({"name": table, "path": file_of(table), "encoding": encoding,
                          "dialect": {"delimiter": delimiter}})  # fmt: skip
    if describes:
        made = {"name": "oeuvre", "resources": resources, **(described or {})}
        (folder / "datapackage.json").write_text(json.dumps(made), encoding="utf-8")
    return folder


def zipped(path: Path, folder: Path, *, under: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in folder.iterdir():
            packed.write(file, under + file.name)
    return path


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


def small(**more: object) -> dict[str, list[dict[str, str]]]:
    """One organization and one service, with what else is given: changes to their rows, or rows of
    other tables."""
    rows = {
        "organization": [{"id": U(1), "name": "Une association", "description": "Elle aide"}],
        "service": [{"id": U(2), "organization_id": U(1), "name": "Écoute", "status": "active"}],
    }
    for table, said in more.items():
        if isinstance(said, dict):
            rows[table] = [{**rows.get(table, [{"id": U(3)}])[0], **said}]
        else:
            rows[table] = said  # type: ignore[assignment]
    return rows


def at(**address: str) -> dict[str, list[dict[str, str]]]:
    """A service at an address."""
    full = {"id": U(5), "location_id": U(4), "address_1": "1", "city": "?", "state_province": "?",
            "postal_code": "0", "country": "MA", "address_type": "physical", **address}  # fmt: skip
    return small(
        location={"id": U(4), "location_type": "physical"}, address=[full],
        service_at_location={"id": U(6), "service_id": U(2), "location_id": U(4)},
    )  # fmt: skip


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


def all_rows(engine: Engine, table: str) -> list[dict[str, object]]:
    with engine.connect() as conn:
        return changes.rows(conn, select(TABLES[table]).order_by(TABLES[table].c.id))


# --- how packages may come ------------------------------------------------------------------------


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


def described(folder: Path, *resources: dict[str, object], **more: object) -> Path:
    folder.mkdir(exist_ok=True)
    made = {"name": "x", "resources": list(resources), **more}
    (folder / "datapackage.json").write_text(json.dumps(made), encoding="utf-8")
    return folder


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


# --- bad rows -------------------------------------------------------------------------------------

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


HEAD = "id,name,description\n"


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


# --- our own tables in a package ------------------------------------------------------------------


def ours(
    engine: Engine, path: Path, table: str, change: Callable[[list[dict[str, str]]], None]
) -> Path:
    """A package of ours in which somebody changed a file."""
    exports(engine, path, everything=True)
    rows = cells_of(path, table)
    change(rows)
    with (path / file_of(table)).open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    return path


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


# --- packages that cannot be read -----------------------------------------------------------------


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


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


@given(place=st.integers(0, 100_000), byte=st.integers(0, 255), end=st.booleans())
@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_a_damaged_zip_breaks_nothing_else(tmp_path, two, place, byte, end):
    if not (tmp_path / "whole.zip").exists():
        zipped(tmp_path / "whole.zip", written(tmp_path / "p", foreign_rows()))
    data = bytearray((tmp_path / "whole.zip").read_bytes())
    data[(-1 - place % 300) if end else place % len(data)] = byte
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with two[0].connect() as conn:
        with suppress(PackageError):
            import_package(conn, read_package(path), UNITS, author="test", now=NOW)
        conn.rollback()


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


# --- formulas, and any text -----------------------------------------------------------------------

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


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "''", "\t", "\r", "\n", '"', ",", "\ufeff"])
TEXTS = st.builds(str.__add__, STARTS, ANY)
WORDS = TEXTS.filter(lambda text: text.strip() != "")


@given(
    organization=st.fixed_dictionaries(
        {"name": WORDS, "description": WORDS, "alternate_name": TEXTS, "legal_status": TEXTS}
    ),
    translated=WORDS,
    aliases=st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3), max_size=3),
    number=st.floats(allow_nan=False, allow_infinity=False),
    as_zip=st.booleans(),
)
@settings(max_examples=80, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_any_text_survives(tmp_path, two, organization, translated, aliases, number, as_zip):
    first, second = two
    for engine in two:
        with engine.begin() as conn:
            for table in metadata.sorted_tables:
                conn.execute(delete(table))
    key = f"organization/{U(1)}/name/ar"
    with first.begin() as conn:
        conn.execute(insert(HSDS["organization"]).values(
            id=U(1), year_incorporated=number, **organization))  # fmt: skip
        conn.execute(insert(record).values(
            id="one", kind="organization", publish="ok", origin="written",
            organization_id=U(1), aliases=aliases))  # fmt: skip
        conn.execute(insert(TABLES["translation"]).values(
            id=key, table_name="organization", row_id=U(1), field="name", locale="ar",
            text=translated))  # fmt: skip
    path = exports(first, tmp_path / ("p.zip" if as_zip else "p"), everything=True)
    assert imports(second, path).lines == ()
    for table, own in (("organization", U(1)), ("record", "one"), ("translation", key)):
        # An empty cell is nothing.
        before = {k: None if v == "" else v for k, v in row_in(first, table, own).items()}
        assert row_in(second, table, own) == before
    again = exports(second, tmp_path / ("q.zip" if as_zip else "q"), everything=True)
    assert all_of(again) == all_of(path)


# --- YAML -----------------------------------------------------------------------------------------


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


# --- that nothing is forgotten --------------------------------------------------------------------


def test_every_table_has_its_place():
    assert sorted(ORDER) == sorted(TABLES) == sorted(COLUMNS)
    for n, table in enumerate(ORDER):
        for column in COLUMNS[table]:
            referred = REFERENCES.get(column.name)
            if referred and referred != table:
                assert ORDER.index(referred) < n, (table, column.name)
        assert [c.name for c in COLUMNS[table]] == TABLES[table].c.keys()
