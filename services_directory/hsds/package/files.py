"""The files of a data package as it came: a folder or a zip. Nothing is unpacked to disk, nothing
outside is opened, and never more is read than was agreed."""

from __future__ import annotations

import errno
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from services_directory.hsds.package.columns import PackageError

DESCRIPTION = "datapackage.json"
MB = 1_000_000
CHUNK = 65_536
RATIO = 200
"""How many times larger than packed a file may become: CSV comes to ten, repeated rows to a
hundred."""
MOST_NAMES = MB
"""Bytes of a zip's list of contents: some ten thousand files."""
_DAMAGED = (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error)
"""What zipfile raises, each in its place."""
_DRIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Files(Protocol):
    names: frozenset[str]
    """As they stand in the package, with / between folders; datapackage.json is at its root."""

    def read(self, name: str) -> bytes:
        """Raises PackageError."""
        ...


@dataclass(slots=True)
class Budget:
    """How much may be read yet of a package."""

    most: int
    read: int = 0

    def take(self, stream: IO[bytes], name: str, *, packed: int | None = None) -> bytes:
        parts = []
        size = 0
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            self.read += len(chunk)
            if self.read > self.most:
                raise PackageError(f"The package is larger than {self.most / MB:g} MB")
            if packed is not None and size > MB and size > RATIO * packed:
                raise PackageError(f"{name} is packed {RATIO} times smaller than it is: not opened")
            parts.append(chunk)
        return b"".join(parts)


@contextmanager
def opened(path: Path, *, most: int) -> Iterator[Files]:
    """Of a folder, a zip, or a datapackage.json in its folder. Raises PackageError."""
    try:
        if path.is_dir():
            yield _Folder(path, Budget(most))
        elif not path.exists():
            raise PackageError(f"There is no {path}")
        elif path.name == DESCRIPTION:
            yield _Folder(path.parent, Budget(most))
        elif path.suffix.lower() != ".zip":
            raise PackageError(f"{path.name} is no folder, no zip and no {DESCRIPTION}")
        else:
            with _unzipped(path, most) as packed:
                yield _Zip(packed, Budget(most))
    except OSError as error:
        raise PackageError(f"{path} cannot be read: {error.strerror or error}") from error


def refuse_outside(name: str) -> None:
    """Raises PackageError for what leads out of a package: other folders, other machines."""
    outside = name.startswith(("/", "\\")) or _DRIVE.match(name) or "\0" in name
    odd = name != name.encode(errors="replace").decode()
    if outside or odd or ".." in re.split(r"[/\\]", name):
        raise PackageError(f"{name!r} leads out of the package")


@dataclass(slots=True)
class _Folder:
    folder: Path
    budget: Budget
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        # What stands deeper is found by the path that datapackage.json gives.
        self.names = frozenset(entry.name for entry in self.folder.iterdir() if entry.is_file())

    def read(self, name: str) -> bytes:
        refuse_outside(name)
        try:
            path = (self.folder / name).resolve()
            inside = path.is_relative_to(self.folder.resolve())
        except RuntimeError:  # links that lead to each other
            inside = False
        if not inside:
            raise PackageError(f"{name!r} leads out of the package")
        if not path.is_file():
            raise PackageError(f"The package has no {name}")
        with path.open("rb") as stream:
            return self.budget.take(stream, name)


@dataclass(slots=True)
class _Zip:
    packed: zipfile.ZipFile
    budget: Budget
    root: str = field(init=False)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        entries = [e.filename for e in self.packed.infolist() if not e.filename.endswith("/")]
        for name in entries:
            refuse_outside(name)
        # What macOS puts into a zip beside the files.
        own = [n for n in entries if not n.startswith("__MACOSX/")]
        self.root = _root(own)
        self.names = frozenset(n[len(self.root) :] for n in own if n.startswith(self.root))

    def read(self, name: str) -> bytes:
        refuse_outside(name)
        if name not in self.names:
            raise PackageError(f"The package has no {name}")
        entry = self.packed.getinfo(self.root + name)
        if entry.flag_bits & 1:
            raise PackageError("The zip has a password")
        plain = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not plain or stat.S_ISLNK(entry.external_attr >> 16):
            raise PackageError(f"{name} is packed in a way that is not read here")
        try:
            with self.packed.open(entry) as stream:
                return self.budget.take(stream, name, packed=entry.compress_size)
        except PackageError:
            raise
        except (*_DAMAGED, zlib.error, EOFError, OSError) as error:
            raise PackageError(f"{name} is damaged in the zip") from error


def _root(names: list[str]) -> str:
    """The folder of datapackage.json inside a zip; without one that in which the files lie."""
    described = [n for n in names if PurePosixPath(n).name == DESCRIPTION]
    if DESCRIPTION in described:
        return ""
    if len(described) > 1:
        raise PackageError(f"The zip holds several {DESCRIPTION}: {', '.join(sorted(described))}")
    if described:
        return described[0].removesuffix(DESCRIPTION)
    folders = {n[: n.rfind("/") + 1] for n in names if n.lower().endswith(".csv")}
    return folders.pop() if len(folders) == 1 else ""


@contextmanager
def _unzipped(path: Path, most: int) -> Iterator[zipfile.ZipFile]:
    if path.stat().st_size > most:
        raise PackageError(f"The package is larger than {most / MB:g} MB")
    _refuse_endless(path)
    try:
        packed = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise PackageError(f"{path.name} is no zip, or it is damaged") from error
    except OSError as error:
        # It looked for its list of contents before the file begins.
        if error.errno != errno.EINVAL:
            raise
        raise PackageError(f"{path.name} is no zip, or it is damaged") from error
    with packed:
        yield packed


def _refuse_endless(path: Path) -> None:
    """zipfile reads a zip's whole list of contents into memory when it opens it; how long that is
    stands in the zip's last bytes (PKWARE APPNOTE 4.3.16)."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - CHUNK - 22))
        tail = file.read()
    end = tail.rfind(b"PK\5\6")
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if end >= 0 and (length > MOST_NAMES or b"PK\6\7" in tail[max(0, end - 20) : end]):
        raise PackageError(f"{path.name} holds too many files")
