"""`sanad db` and `sanad doctor`: the database, and what is configured."""

from __future__ import annotations

from urllib.parse import urlsplit

import typer

from bot.commands.plumbing import command, fail, open_parts
from bot.settings import Settings, load
from bot.store import StoreError, open_store

db = typer.Typer(no_args_is_help=True, add_completion=False)


@db.callback()
def _db() -> None:
    """The database."""


@db.command("upgrade")
@command
def upgrade() -> None:
    """Create the database, or bring it to the newest form."""
    with open_parts():
        typer.echo("The database is up to date.")


@command
def doctor() -> None:
    """Say what is configured, what is missing, what cannot be reached."""
    settings = load()
    wrong = 0
    typer.echo(f"mode      {settings.mode}")
    try:
        store = open_store(settings, role="command")
    except StoreError as error:
        typer.echo(f"database  {error}")
        wrong += 1
    else:
        typer.echo(f"database  {_where(settings)}: reachable, up to date")
        store.close()
    typer.echo(f"telegram  {_telegram(settings)}")
    typer.echo("whatsapp  off: not part of this version")
    typer.echo("sms       off: not part of this version")
    typer.echo(f"e-mail    {_mail(settings)}")
    if wrong:
        fail("Something above cannot be reached.")


def _where(settings: Settings) -> str:
    if settings.database_url is None:
        return f"SQLite in {settings.data_dir}"
    parts = urlsplit(settings.database_url.get_secret_value())
    return f"{parts.scheme.partition('+')[0]} at {parts.hostname or 'a file'}"


def _telegram(settings: Settings) -> str:
    if settings.telegram_token is None:
        return "off: TELEGRAM_BOT_TOKEN is not set"
    if settings.public_url:
        return f"webhook at {settings.public_url}/webhooks/telegram"
    return "polling: SANAD_PUBLIC_URL is not set"


def _mail(settings: Settings) -> str:
    if settings.smtp_url is None:
        return "off: SANAD_SMTP_URL is not set; offices are told in their inbox only"
    return f"through {urlsplit(settings.smtp_url.get_secret_value()).hostname}"
