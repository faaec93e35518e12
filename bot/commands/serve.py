"""`sanad serve` and `sanad work`: the processes that run."""

from __future__ import annotations

import asyncio
import logging
import signal
from typing import Annotated

import typer

from bot.commands.plumbing import command, configure_logging, fail, open_parts

log = logging.getLogger(__name__)


@command
def serve(
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    no_work: Annotated[
        bool, typer.Option("--no-work", help="Leave the background work to `sanad work`.")
    ] = False,
) -> None:
    """Webhooks, and the background work unless --no-work."""
    import uvicorn

    from bot.app import create_app
    from bot.running import Running

    configure_logging()
    with open_parts(role="serve") as (settings, store):
        if settings.mode == "demo":
            typer.echo("Demo mode: the assistant says in every welcome that nobody receives this.")
        typer.echo(f"Sanad serves on http://{host}:{port} (Ctrl-C stops it).")
        config = uvicorn.Config(
            create_app(Running(settings, store, works=not no_work)),
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=20,
        )
        server = uvicorn.Server(config)
        # uvicorn sends itself the signal again when it has stopped: that is the end, not a crash.
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, _enough)
        try:
            server.run()
        except _Stopped:
            return
        except SystemExit:
            fail(f"Port {port} on {host} cannot be used: another program may have it.")
        if not server.started:
            raise typer.Exit(1)


class _Stopped(BaseException):
    """Told to stop, and stopped."""


def _enough(_signal: int, _frame: object) -> None:
    raise _Stopped


@command
def work() -> None:
    """Background work only: deliveries, deadlines, what others left behind."""
    from bot.running import Running

    configure_logging()
    with open_parts(role="work") as (settings, store):
        typer.echo("Sanad works in the background (Ctrl-C stops it).")
        asyncio.run(_until_stopped(Running(settings, store, receives=False)))


async def _until_stopped(running: object) -> None:
    from bot.running import Running

    assert isinstance(running, Running)  # noqa: S101 - one caller
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, over.set)
    await running.start()
    try:
        await over.wait()
    finally:
        await running.stop()
