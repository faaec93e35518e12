"""What the tests of packages share: invented packages, and what is in a database."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from services_directory import changes, load, shipped_digest, stored
from services_directory.changes import Write
from services_directory.hsds.package import (
    Package,
    Report,
    export,
    import_package,
    read_package,
)
from services_directory.hsds.package.columns import file_of
from services_directory.records import Guide, Record, Source, hsds_id
from services_directory.tables import TABLES
from tests.directory.package.foreign import U

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


LATER = NOW + timedelta(days=40)


UNITS = load().units


Make = Callable[[], Engine]


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


def all_rows(engine: Engine, table: str) -> list[dict[str, object]]:
    with engine.connect() as conn:
        return changes.rows(conn, select(TABLES[table]).order_by(TABLES[table].c.id))


def described(folder: Path, *resources: dict[str, object], **more: object) -> Path:
    folder.mkdir(exist_ok=True)
    made = {"name": "x", "resources": list(resources), **more}
    (folder / "datapackage.json").write_text(json.dumps(made), encoding="utf-8")
    return folder


HEAD = "id,name,description\n"


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


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "''", "\t", "\r", "\n", '"', ",", "\ufeff"])


TEXTS = st.builds(str.__add__, STARTS, ANY)


WORDS = TEXTS.filter(lambda text: text.strip() != "")
