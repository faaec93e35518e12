"""One turn, one bubble: what the engine wants said, in the person's language, for her channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from bot.engine import Arg, Place, Put, ReceiptDigits, Say, Session, Tell, Term
from bot.speech.catalogue import locale_of, text
from bot.speech.isolate import isolated, quoted
from bot.speech.sms import fold
from channels.port import Capabilities, Choice
from channels.text import cut, without_controls

LONGEST_VALUE = 64
"""Bytes of a button's value (Telegram's limit, the smallest)."""
OWN_WORDS = 300
"""Characters of a person's own words that a read-back shows."""


class Dated(NamedTuple):
    source: str
    """The date of its source."""
    of_page: bool
    """False: the page has no date, that is when it was read."""
    verified: str
    """The day on which somebody confirmed it last; empty: nobody has yet."""
    stale: bool
    """Nobody has looked at it for half a year."""
    ours: bool = False
    """Sanad says it of itself; else it is compiled from public sources."""


class Labels(Protocol):
    """Names that are not in the catalogues."""

    def place(self, code: str, locale: str) -> str: ...

    def record(self, record_id: str, locale: str) -> tuple[str, str, str]:
        """An entry of the guide: its name, its answer, who published it."""

    def dated(self, record_id: str) -> Dated:
        """How old what an entry says is."""


@dataclass(frozen=True, slots=True)
class Bubble:
    text: str
    choices: tuple[Choice, ...] = ()
    """Buttons; empty where the channel shows numbered lines instead."""
    labels: tuple[tuple[str, str], ...] = ()
    """(value, label) of everything that may be picked, in the order shown."""
    wants: Literal["", "contact", "location"] = ""
    wants_label: str = ""
    receipt: bool = False
    """The text holds `{receipt}`, to be replaced when it is sent."""


def compose(
    effects: tuple[Say | Put | Tell, ...],
    *,
    session: Session,
    capabilities: Capabilities,
    labels: Labels,
) -> Bubble:
    """`session` as the turn left it: its screen is the one this bubble shows."""
    voice = _Voice(locale_of(session.language), session.child, capabilities, labels)
    paragraphs = [p for e in effects if (p := voice.paragraph(e))]
    put = next((e for e in reversed(effects) if isinstance(e, Put)), None)
    shown: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    wants: Literal["", "contact", "location"] = ""
    if put:
        number = session.screen.number if session.screen else 0
        shown = tuple((v, voice.label(put, v)) for v in (*put.choices, *put.controls))
        if capabilities.buttons and len(shown) <= capabilities.buttons:
            choices = tuple(Choice(label, _value(put.slot, v, number)) for v, label in shown)
        else:
            paragraphs += voice.numbered(put)
        if _can(put.wants, capabilities):
            wants = put.wants
    whole = "\n\n".join(paragraphs)
    if capabilities.isolates:
        whole = isolated(whole)
    if capabilities.sms:
        whole = fold(whole)
    return Bubble(
        whole,
        choices,
        shown,
        wants,
        voice.say(f"share-{wants}") if wants else "",
        receipt="{receipt}" in whole,
    )


def _can(wants: str, capabilities: Capabilities) -> bool:
    return (wants == "contact" and capabilities.asks_contact) or (
        wants == "location" and capabilities.asks_location
    )


def _value(slot: str, value: str, number: int) -> str:
    whole = f"{slot}={value}@{number}"
    if len(whole.encode()) > LONGEST_VALUE:
        raise ValueError(f"a button of {slot} is too long")
    return whole


@dataclass(frozen=True, slots=True)
class _Voice:
    locale: str
    child: bool
    capabilities: Capabilities
    labels: Labels

    def paragraph(self, effect: Say | Put | Tell) -> str:
        if isinstance(effect, Tell):
            name, answer, source = self.labels.record(effect.record, self.locale)
            dated = self.labels.dated(effect.record)
            of: dict[str, str | int] = {
                "source": source, "date": dated.source, "dated": "yes" if dated.of_page else "no",
                "verified": dated.verified or "no", "ours": "yes" if dated.ours else "no",
            }  # fmt: skip
            caution = [self.say("source-stale")] if dated.stale else []
            return "\n".join([name, answer, *caution, self.say("source", of)])
        lines = [f"• {self._message(line)}" for line in effect.lines]
        return "\n".join(line for line in (self._message(effect), *lines) if line)

    def numbered(self, put: Put) -> list[str]:
        """Choices as lines where there are no buttons; ways out as a hint."""
        found: list[str] = []
        if put.numbered and put.choices:
            found.append(
                "\n".join(
                    self.say("option-line", {"number": n, "label": self.label(put, value)})
                    for n, value in enumerate(put.choices, start=1)
                )
            )
        hints = [text(self.locale, f"control-hint-{c}") for c in put.controls]
        return [*found, *(hint for hint in hints if hint)]

    def label(self, put: Put, value: str) -> str:
        key = value.replace("_", "-")
        found = (
            text(self.locale, put.message, {"child": "no"}, attribute=key)
            or text(self.locale, f"choice-{key}")
            or text(self.locale, f"control-{key}")
        )
        if found is None and put.slot == "guide":
            found = self.labels.record(value, self.locale)[0]
        if found is None:
            found = self.labels.place(value, self.locale)
        return cut(found, self.capabilities.label_length)

    def say(self, message_id: str, args: Mapping[str, str | int] | None = None) -> str:
        found = text(
            self.locale,
            message_id,
            {"child": "yes" if self.child else "no", **(args or {})},
            sms=self.capabilities.sms,
        )
        if found is None:
            raise LookupError(f"the catalogues have no {message_id}")
        return found

    def _message(self, effect: Say | Put) -> str:
        args: dict[str, str | int] = {}
        private: dict[str, str] = {}
        for name, arg in effect.args.items():
            if isinstance(arg, str) and arg and name == "value":
                # Her own words do not pass through the catalogue: nothing of them is cached there.
                private[f"\x00{name}\x00"] = self._own(arg)
                args[name] = f"\x00{name}\x00"
            else:
                args[name] = self._value(arg)
        said = self.say(effect.message, args)
        for mark, words in private.items():
            said = said.replace(mark, words)
        return said

    def _own(self, words: str) -> str:
        shown = cut(" ".join(without_controls(words).split()), OWN_WORDS)
        return quoted(shown) if self.capabilities.isolates else shown

    def _value(self, arg: Arg) -> str | int:
        match arg:
            case Term(kind, value):
                return self.say(f"{kind}-{value}".replace("_", "-"))
            case Place(code):
                return self.labels.place(code, self.locale)
            case ReceiptDigits():
                return "{receipt}"
            case tuple():
                joint = "، " if self.locale in ("ary", "ar") else ", "
                return joint.join(str(self._value(one)) for one in arg)
        return arg
