"""Where something broke, without the values: an exception's message may hold a person's words."""

from __future__ import annotations

import traceback
from pathlib import Path


def where(error: BaseException) -> str:
    """`ValueError at turn.py:12 < dispatch.py:80`: the type and the last four places."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames)]
    return f"{type(error).__name__} at {' < '.join(places)}"
