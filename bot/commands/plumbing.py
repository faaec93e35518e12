"""What every subcommand shares: settings and store opened, errors as one plain sentence."""

from __future__ import annotations

import functools
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn, ParamSpec, TypeVar

import typer

from bot.settings import Settings, SettingsError, load
from bot.store import Role, Store, StoreError, open_store

P = ParamSpec("P")
R = TypeVar("R")


def fail(sentence: str) -> NoReturn:
    """The answer is no: a reason on standard error, exit code 1."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def command(body: Callable[P, R]) -> Callable[P, R]:
    """A subcommand whose known failures are sentences, never tracebacks."""

    @functools.wraps(body)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return body(*args, **kwargs)
        except (SettingsError, StoreError) as error:
            fail(str(error))
        except BrokenPipeError:
            # The reader went away (`| head`): nothing is left to say to it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None

    return wrapped


@contextmanager
def open_parts(role: Role = "command") -> Iterator[tuple[Settings, Store]]:
    """The settings and the store, created where there is none yet."""
    settings = load()
    store = open_store(settings, role=role)
    try:
        yield settings, store
    finally:
        store.close()


def configure_logging(*, verbose: bool = False) -> None:
    """One line an event on standard error: time, level, place, ids. Never contents."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=[handler])
    for chatty in ("httpx", "httpcore", "dbos", "uvicorn.access", "telegram"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


_KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class _Line(logging.Formatter):
    """The message, then the `extra` ids as key=value."""

    def format(self, record: logging.LogRecord) -> str:
        extra = " ".join(f"{k}={v}" for k, v in vars(record).items() if k not in _KNOWN)
        line = super().format(record)
        return f"{line} {extra}" if extra else line
