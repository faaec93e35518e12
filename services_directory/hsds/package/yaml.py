"""The directory as our own YAML, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from services_directory import changes, stored
from services_directory.changes import Write
from services_directory.guide_files import read_guide, write_yaml
from services_directory.hsds.package.columns import PackageError
from services_directory.hsds.package.report import Report
from services_directory.hsds.package.writing import written_to
from services_directory.mapping import organization_rows
from services_directory.records import Guide, GuideError, Organization, hsds_id
from services_directory.tables import HSDS, record
from services_directory.units import Units


def export_yaml(conn: Connection, path: Path) -> int:
    """The number of records and organizations written, as one file that `read_guide` takes back:
    all but what was imported from a package, drafts and confidential addresses too. Raises
    PackageError."""
    whole = stored.read_guide(conn)
    imported = set(conn.scalars(select(record.c.id).where(record.c.origin == "imported")))
    guide = Guide(
        {slug: r for slug, r in whole.records.items() if slug not in imported},
        {slug: o for slug, o in whole.organizations.items() if slug not in imported},
    )
    with written_to(path) as temporary:
        temporary.write_text(write_yaml(guide), encoding="utf-8")
    return len(guide.records) + len(guide.organizations)


def import_yaml(
    conn: Connection, path: Path, units: Units, *, author: str, now: datetime
) -> Report:
    """Saves what a YAML file, or a folder of them, says otherwise than the directory: organizations
    as one change, records as another; the report has the last. Raises GuideError before anything
    is written, and PackageError where there is nothing."""
    guide = read_guide(path) if path.exists() else Guide({}, {})
    if not guide.records and not guide.organizations:
        raise PackageError(f"{path} holds no records")
    for new in guide.records.values():
        if unknown := [place for place in new.places if units.get(place) is None]:
            raise GuideError(f"{new.id}: the map knows no {unknown[0]}")
    why = f"import {path.name}"
    before = stored.read_guide(conn)
    bodies = [o for o in guide.organizations.values() if before.organizations.get(o.id) != o]
    number = changes.apply(conn, _organizations(conn, bodies), author=author, why=why, now=now)
    changed = [new for new in guide.records.values() if before.records.get(new.id) != new]
    writes = [write for new in changed for write in stored.writes_of(conn, new, units)]
    number = changes.apply(conn, writes, author=author, why=why, now=now) or number
    counts = {"record": len(guide.records), "organization": len(guide.organizations)}
    return Report(number, counts)


def _organizations(conn: Connection, bodies: Iterable[Organization]) -> Iterator[Write]:
    """Imported organizations keep their ids, and what HSDS holds beyond ours."""
    table = HSDS["organization"]
    for body in bodies:
        statement = select(record.c.organization_id).where(
            record.c.id == body.id, record.c.kind == "organization"
        )
        made = hsds_id("organization", body.id)
        own = conn.scalar(statement) or made
        old = conn.execute(select(table).where(table.c.id == own)).mappings().first()
        for name, several in organization_rows(body).items():
            for key, row in several.items():
                new: dict[str, Any] = {
                    k: v.replace(made, own) if isinstance(v, str) else v for k, v in row.items()
                }
                if name == "organization":
                    new = {**(old or {}), **new}
                elif name == "record":
                    new["origin"] = "written"
                yield Write(name, key.replace(made, own), new)
