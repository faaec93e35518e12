"""The directory at today's size and at a hundred times that: loading, searching, HSDS pages."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import insert, select

import nlu
from bot.guide import Known
from bot.settings import Settings
from bot.store import Store, open_store
from services_directory import Asked, Record, load, the_map
from services_directory.hsds.api.routes import router
from services_directory.mapping import guide_rows
from services_directory.records import SERVICES, Guide, hsds_id
from services_directory.tables import TABLES, change

SIZES = (500, 50_000)
QUESTIONS = (
    "fin kayn markaz 7imayat toffola", "كيفاش نسجل ولدي فالحالة المدنية", "numéro de la gendarmerie",
    "كيف أحصل على تمويل لمشروعي", "bghit credit sghir l lkhyata", "mon fils a quitté l'école",
    "شكون يعاون وليدات الشارع", "association pour enfants handicapés à Tinghir",
)  # fmt: skip


def generated(count: int) -> Iterator[Record]:
    """Invented services: real texts, mixed, in every commune of the country."""
    dice = random.Random(7)  # noqa: S311 - no secret
    models = [r for r in load().records.values() if r.publish == "ok" and r.kind in SERVICES]
    units = [u for u in the_map() if u.kind == "commune"]
    for n in range(count):
        one, other, unit = dice.choice(models), dice.choice(models), dice.choice(units)
        yield replace(
            one,
            id=hsds_id("bench", str(n)),
            name={
                "fr": f"{one.name['fr']} {unit.name_fr}",
                "ar": f"{one.name['ar']} {unit.name_ar}",
            },
            answer={"fr": other.answer["fr"][:300], "ar": other.answer["ar"][:300]},
            places=(unit.code,),
            phones=(f"+2125{dice.randrange(10**7, 10**8)}",),
            aliases={},
        )


def fill(store: Store, records: Iterator[Record]) -> None:
    guide = Guide({r.id: r for r in records}, load().guide.organizations)
    now = datetime.now(UTC)
    with store.begin() as conn:
        for name, several in guide_rows(guide, the_map()).items():
            table = TABLES[name]
            there = set(conn.scalars(select(table.c.id)))
            full: list[dict[str, Any]] = [
                {**dict.fromkeys(table.columns.keys()), **row}
                for own, row in several.items() if own not in there
            ]  # fmt: skip
            for row in full:
                if name == "service":
                    row["last_modified"] = now.isoformat(timespec="milliseconds")
            for k in range(0, len(full), 5000):
                conn.execute(insert(table), full[k : k + 5000])
        conn.execute(insert(change).values(at=now.isoformat(), author="bench", why="bench"))


def resident() -> float:
    """Megabytes in memory."""
    line = next(x for x in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in x)
    return int(line.split()[1]) / 1024


def measure(folder: Path) -> dict[str, float]:
    store = open_store(Settings(_env_file=None, data_dir=folder))
    nlu.Analysis.pieces(nlu.Analysis.words("سلام salam")[0])
    before, began = resident(), time.perf_counter()
    known = Known(store, folder)
    found = {"load s": time.perf_counter() - began}
    for _ in range(10):
        for question in QUESTIONS:
            known.index.search(Asked(question))
    times = []
    for _ in range(20):
        for question in QUESTIONS:
            began = time.perf_counter()
            known.index.search(Asked(question))
            times.append((time.perf_counter() - began) * 1e3)
    found |= {"added MB": resident() - before, "resident MB": resident(),
              "search ms p50": statistics.median(times),
              "search ms p99": statistics.quantiles(times, n=100)[98]}  # fmt: skip
    app = FastAPI()
    app.include_router(router(store.reading, url=lambda: None))
    with TestClient(app) as client:
        pages = client.get("/hsds/services?per_page=50").json()["total_pages"]
        for name, path in (
            ("first page ms", "page=1"), ("middle page ms", f"page={pages // 2}"),
            ("last page ms", f"page={pages}"), ("full page ms", "full=true"),
        ):  # fmt: skip
            seen = []
            for _ in range(9):
                began = time.perf_counter()
                answer = client.get(f"/hsds/services?per_page=50&{path}")
                seen.append((time.perf_counter() - began) * 1e3)
                assert answer.status_code == 200
            found[name] = statistics.median(seen)
    store.close()
    return found


def directory() -> Iterator[str]:
    """The lines of the report: each size built in one process, then loaded and asked in another."""
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            for stage in ("build", "ask"):
                done = subprocess.run(
                    [sys.executable, "-W", "ignore", "-m", "tests.bench.directory", stage, folder,
                     str(count)],
                    check=True, capture_output=True, text=True,
                )  # fmt: skip
                yield f"{count:,} services: {done.stdout.strip()}"


def main() -> None:
    stage, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if stage == "build":
        store = open_store(Settings(_env_file=None, data_dir=folder))
        fill(store, generated(count))
        began = time.perf_counter()
        Known(store, folder)
        print(f"read and built in {time.perf_counter() - began:.1f} s")
        store.close()
    else:
        print(", ".join(f"{name} {value:,.2f}" for name, value in measure(folder).items()))


if __name__ == "__main__":
    main()
