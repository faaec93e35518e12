"""`make bench`: how well and how fast messages are understood, the directory, durable turns a second and their
latency, and what each stage costs. `python -m tests.bench understanding` (or `directory`, or `turns`) does only that.

Machines are noisy: every line is measured several times, in turns, beside a loop that does nothing
but count, and the median and the best are shown.
"""

from __future__ import annotations

import asyncio
import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.directory import directory
from tests.bench.processes import one, two
from tests.bench.stages import stages
from tests.bench.turns import measure
from tests.bench.understanding import understanding
from tests.databases import Templates

ROUNDS = 5


def counting() -> float:
    """Milliseconds of a loop that counts: how fast this machine is at this moment."""
    began = time.perf_counter()
    total = 0
    for n in range(2_000_000):
        total += n
    return (time.perf_counter() - began) * 1e3


def main() -> None:
    logging.disable(logging.WARNING)
    wanted = sys.argv[1:] or ["understanding", "directory", "turns"]
    for name, part in (("understanding", understanding), ("directory", directory)):
        if name in wanted:
            for line in part():
                print(line, flush=True)
            print()
    if "turns" in wanted:
        turns()


def turns() -> None:
    folder = Path(tempfile.mkdtemp())
    templates = Templates(folder / "templates")
    kinds = (
        ("SQLite, one process", templates.sqlite, one),
        ("PostgreSQL, one process", templates.postgresql, one),
        ("PostgreSQL, two processes", templates.postgresql, two),
    )
    rates: dict[str, list[tuple[float, float, float]]] = {name: [] for name, _, _ in kinds}
    speeds = []
    try:
        asyncio.run(measure(templates.sqlite(folder / "warm"), rounds=12))
        alone = {
            name: asyncio.run(measure(make(folder / name), people=1, rounds=400))
            for name, make in (("SQLite", templates.sqlite), ("PostgreSQL", templates.postgresql))
        }
        for n in range(ROUNDS):
            for name, make, run in kinds:
                speeds.append(counting())
                found = run(make(folder / f"{n}{name[:12]}{name[-14:]}"))
                rates[name].append((sum(m.rate for m in found), max(m.p50 for m in found),
                                    max(m.p99 for m in found)))  # fmt: skip
    finally:
        templates.close()
    print(f"{os.cpu_count()} cores; counting to 2,000,000 took {min(speeds):.0f} to "
          f"{max(speeds):.0f} ms between the runs\n")  # fmt: skip
    print(f"{'durable turns, 128 people at once':<36}{'median/s':>9}{'best/s':>8}{'p50 ms':>8}"
          f"{'p99 ms':>8}")  # fmt: skip
    for name, found in rates.items():
        median = statistics.median(r for r, _, _ in found)
        best, p50, p99 = max(found)
        print(f"{name:<36}{median:>9.0f}{best:>8.0f}{p50:>8.0f}{p99:>8.0f}")
    print()
    for name, m in alone.items():
        print(f"{'one person alone, ' + name:<36}{m.rate:>9.0f}{m.rate:>8.0f}{m.p50:>8.1f}"
              f"{m.p99:>8.1f}")  # fmt: skip
    print()
    for name, cost in stages().items():
        print(f"{name:<36}{cost:>9.0f} us")


if __name__ == "__main__":
    main()
