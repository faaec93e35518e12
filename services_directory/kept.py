"""What an index is made of, on disk: a large guide takes a minute to cut into pieces, and a second
to read back. Only published records are in it, and of them neither names nor texts."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path

import msgspec
import numpy as np

from services_directory.postings import Postings
from services_directory.search import Built, Card

ARRAYS = ("start", "holder", "value", "rarity")


class _Rest(msgspec.Struct):
    key: str
    cards: tuple[Card, ...]
    local: tuple[tuple[int, int], ...]
    pieces: tuple[str, ...]


def keep(built: Built, path: Path, *, key: str) -> None:
    """Replaces what is there, whole or not at all. `key`: what it was made from. Raises OSError."""
    postings = built.postings
    pieces = tuple(sorted(postings.numbers, key=postings.numbers.__getitem__))
    rest = msgspec.msgpack.encode(_Rest(key, built.cards, built.local, pieces))
    arrays = {name: getattr(postings, name) for name in ARRAYS}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, rest=np.frombuffer(rest, np.uint8), **arrays)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def kept(path: Path, *, key: str) -> Built | None:
    """None where nothing is kept, it was made from something else, or it cannot be read."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            rest = msgspec.msgpack.decode(file["rest"].tobytes(), type=_Rest)
            if rest.key != key:
                return None
            arrays = {name: file[name] for name in ARRAYS}
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile, msgspec.MsgspecError):
        return None
    numbers = {piece: n for n, piece in enumerate(rest.pieces)}
    return Built(rest.cards, Postings(len(rest.cards), numbers, **arrays), rest.local)
