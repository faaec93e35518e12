"""Kills a process at each of its commit points, one after the other, and lets another go on.

`deaths(work, check)` runs `work(die_at=n)` in a process of its own for n = 1, 2, ... until one of
them ends by itself; after each death `check()` looks at what is left. What is killed is killed as a
power cut would: `os._exit`, nothing flushed, nothing closed.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from typing import Any

KILLED = 77
LIMIT = 400
"""More commit points than any work here has."""

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.warm"])


class Death:
    """Told of commit points; kills the process at the one it was made for."""

    def __init__(self, at: int | None) -> None:
        self._at = at
        self._seen = 0

    def __call__(self, _point: str) -> None:
        self._seen += 1
        if self._seen == self._at:
            os._exit(KILLED)


def run(work: Callable[..., None], **kw: Any) -> bool:
    """Run `work` in a process of its own. True: it was killed. Fails where it broke."""
    process = _context.Process(target=work, kwargs=kw)
    process.start()
    process.join(60)
    assert process.exitcode in (0, KILLED), f"the process ended with {process.exitcode}"
    return process.exitcode == KILLED


def deaths(work: Callable[..., None], **kw: Any) -> int:
    """How many commit points there were: at each of them a process died, and `work` was begun
    again without dying."""
    for n in range(1, LIMIT):
        if not run(work, die_at=n, round_=n, **kw):
            return n - 1
        assert not run(work, die_at=None, round_=n, **kw)
    raise AssertionError("there is no end to the commit points")
