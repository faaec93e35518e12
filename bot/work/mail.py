"""The e-mail to an office: that something waits, and where. Never what."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from fluent.runtime import FluentBundle, FluentResource

DEADLINE = 30.0
"""Seconds for each exchange with the mail server."""
LOCALES = Path(__file__).parent.parent / "speech" / "locales"


class MailError(Exception):
    """The mail server did not take it."""


@dataclass(frozen=True, slots=True)
class Notice:
    to: str
    sender: str
    ref: str
    urgent: bool
    link: str | None
    message_id: str
    """The same notice sent again has the same one, so that the office's server may drop it."""


def send_notice(url: str, notice: Notice) -> None:
    """Raises MailError, smtplib's errors and OSError."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port or 465, timeout=DEADLINE, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, port or (587 if "starttls" in parts.scheme else 25),
                              timeout=DEADLINE)  # fmt: skip
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        if server.send_message(letter(notice)):
            raise MailError("refused")


def letter(notice: Notice) -> EmailMessage:
    """Arabic, then French; a reference and a link."""
    message = EmailMessage()
    message["From"] = notice.sender
    message["To"] = notice.to
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{notice.message_id}@{notice.sender.rpartition('@')[2]}>"
    args = {"ref": notice.ref, "urgent": "yes" if notice.urgent else "no",
            "link": notice.link or ""}  # fmt: skip
    subjects = [_say(locale, "mail-subject", args) for locale in ("ar", "fr")]
    message["Subject"] = " | ".join(subjects)
    message.set_content("\n\n".join(_say(locale, "mail-body", args) for locale in ("ar", "fr")))
    return message


@cache
def _bundle(locale: str) -> FluentBundle:
    bundle = FluentBundle([locale], use_isolating=False)
    text = (LOCALES / locale / "mail.ftl").read_text(encoding="utf-8")
    bundle.add_resource(FluentResource(text))
    return bundle


def _say(locale: str, message_id: str, args: dict[str, str]) -> str:
    message = _bundle(locale).get_message(message_id)
    if message.value is None:
        raise ValueError(f"{message_id} in {locale} says nothing")
    text, errors = _bundle(locale).format_pattern(message.value, args)
    if errors:
        raise ValueError(f"{message_id} in {locale}")
    return str(text)
