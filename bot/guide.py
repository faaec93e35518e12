"""The guide as a running Sanad knows it: read from the database, searched in memory, and read anew
when somebody has changed it.

What the search is made of is kept beside the database, by what it was made from. Of a large guide
the records stay in the database and are read as they are found.
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

import nlu
from bot.store import Store
from nlu.understood import Understood
from services_directory import Asked, Directory, Guide, Index, Record, kept, stored, the_map
from services_directory.postings import LARGE
from services_directory.questions import QUESTIONS
from services_directory.search import Built

log = logging.getLogger(__name__)

AT_HAND = 512
"""Records of a large guide that are remembered."""

_shared: dict[str, Built] = {}
"""By what it was made from: every store of a process that holds what ships searches the same."""


class Known:
    """The directory and its index, swapped as a whole: whoever asks sees the old or the new."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder
        self._now = store.read_now(self._read)

    @property
    def directory(self) -> Directory:
        return self._now[1]

    @property
    def index(self) -> Index:
        return self._now[2]

    def refresh(self, conn: Connection) -> bool:
        """Whether anything was new."""
        if self._now[0] == stored.stamp(conn):
            return False
        self._now = self._read(conn)
        return True

    def _read(self, conn: Connection) -> tuple[str, Directory, Index]:
        stamp = stored.stamp(conn)
        large = stored.count(conn) > LARGE
        guide = Guide(_Records(self._store), {}) if large else stored.read_guide(conn)
        directory = Directory(the_map(), guide)
        built = self._built(conn, stamp, directory, large=large)
        index = Index(built, directory.records, nlu.Analysis, directory.units.around)
        return stamp, directory, index

    def _built(self, conn: Connection, stamp: str, directory: Directory, *, large: bool) -> Built:
        key = hashlib.sha256(f"{stored.pristine(conn) or stamp} {_made_by()}".encode()).hexdigest()
        path = self._folder / "guide-index.npz"
        built = _shared.get(key) or kept.kept(path, key=key)
        if built is None:
            whole = Directory(the_map(), stored.read_guide(conn)) if large else directory
            built = whole.built(nlu.Analysis)
            try:
                kept.keep(built, path, key=key)
            except OSError as error:
                log.warning("index not kept", extra={"reason": type(error).__name__})
        _shared.clear()
        _shared[key] = built
        return built


class _Records(Mapping[str, Record]):
    """Records read one by one; those asked for last are remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: OrderedDict[str, Record] = OrderedDict()

    def __getitem__(self, slug: str) -> Record:
        found = self._last.get(slug)
        if found is None:
            found = self._store.read_now(lambda conn: stored.read_record(conn, slug))
            if found is None:
                raise KeyError(slug)
            self._last[slug] = found
            if len(self._last) > AT_HAND:
                self._last.popitem(last=False)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.read_now(stored.slugs))

    def __len__(self) -> int:
        return self._store.read_now(stored.count)


def asked(u: Understood, *, near: tuple[str, ...] = (), at: datetime | None = None) -> Asked:
    """What a message asks the guide: its words, its place (else where she is), an age, the hour."""
    places = tuple(str(e.value) for e in u.of("place")) or near
    age = next((int(str(e.value)) for e in u.of("child_age")), None)
    intents = tuple((i.name, i.confidence) for i in u.intents[:3])
    return Asked(_without_places(u), places, age, at, bool(u.of("abroad")), intents)


def _without_places(u: Understood) -> str:
    """The words without the place's name: where it is counts by the map, not by its letters."""
    text = u.text
    for e in sorted(u.of("place"), key=lambda e: -(e.start or 0)):
        if e.start is not None and e.end is not None:
            text = f"{text[: e.start]} {text[e.end :]}"
    return text if any(map(str.isalnum, text)) else u.text


@cache
def _made_by() -> str:
    """By which code and which data an index is made, beside the records themselves."""
    found = hashlib.sha256()
    here = Path(nlu.__file__).parent
    for path in (
        QUESTIONS, here / "model" / "words.msgpack", *sorted(here.glob("*.py")),
        *sorted(Path(stored.__file__).parent.glob("*.py")),
    ):  # fmt: skip
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
