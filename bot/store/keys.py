"""The keys that are not in the database: made on the first run, or given by `SANAD_KEYS`."""

from __future__ import annotations

import base64
import json
import logging
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from bot.store.errors import StoreError

log = logging.getLogger(__name__)

SIZE = 32
"""Bytes of every key."""


@dataclass(frozen=True)
class Keys:
    """`masters`: id and key, newest first; each of the others has a purpose of its own."""

    masters: tuple[tuple[str, bytes], ...]
    index: bytes
    receipt: bytes
    database: bytes

    def __repr__(self) -> str:
        return f"Keys(masters={[name for name, _ in self.masters]})"

    def master(self, key_id: str) -> bytes | None:
        return next((key for name, key in self.masters if name == key_id), None)


def load_keys(settings: Settings) -> Keys:
    """From SANAD_KEYS (JSON text or the path of a JSON file), else the data folder; made there
    where there are none. Raises StoreError."""
    if settings.keys is not None:
        given = settings.keys.get_secret_value().strip()
        if given.startswith("{"):
            return _read(given, "SANAD_KEYS")
        return _from_file(Path(given), "SANAD_KEYS")
    path = settings.data_dir / "keys.json"
    if not path.exists():
        _make(path)
    return _from_file(path, str(path))


def _from_file(path: Path, name: str) -> Keys:
    try:
        return _read(path.read_text(encoding="ascii"), name)
    except (OSError, UnicodeDecodeError):
        raise StoreError(f"The keys in {name} cannot be read.") from None


def _read(text: str, name: str) -> Keys:
    try:
        data = json.loads(text)
        keys = Keys(
            masters=tuple((str(m["id"]), base64.b64decode(m["key"])) for m in data["masters"]),
            index=base64.b64decode(data["index"]),
            receipt=base64.b64decode(data["receipt"]),
            database=base64.b64decode(data["database"]),
        )
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"The keys in {name} are not in the form that Sanad writes.") from None
    every = (*(key for _, key in keys.masters), keys.index, keys.receipt, keys.database)
    if not keys.masters or any(len(key) != SIZE for key in every):
        raise StoreError(f"The keys in {name} are not in the form that Sanad writes.")
    return keys


def _make(path: Path) -> None:
    """Write new keys, whole or not at all, readable by the owner only."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(SIZE)).decode()

    made = {
        "masters": [{"id": secrets.token_hex(4), "key": key()}],
        "index": key(),
        "receipt": key(),
        "database": key(),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = path.with_suffix(f".{os.getpid()}.half")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(made, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(half, path)  # refuses to replace keys that another process just made
        except FileExistsError:
            return
        finally:
            half.unlink()
    except OSError:
        raise StoreError(f"The data folder {path.parent} cannot be written.") from None
    log.warning("New keys were made in %s: keep a copy elsewhere, nothing opens without them", path)
