"""Conversations written down: she says, the assistant says, time passes, what was done and known.

    about: Everything at once, then a question in the middle.
    mode: live            # or demo; where it is not said, what the settings say
    offices: [MA-SAL]     # mechanisms with a reachable office
    answered: [desk]      # offices whose people have acknowledged a test case
    turns:
      - she: جاري كيضرب ولدو
        bot: [welcome-demo, numbers-brief, report-heard, notice-demo, report-danger]
        says: ["19"]      # the reply holds these words
        never: ["ضرب"]    # and none of these
        language: ary-Arab
        did: [Alert]      # effects beside saying and timers, by name
        knows: {child_age: 6}
      - pick: "no"
      - wait: 3h

`bot` lists catalogue ids in the order said; entries of the guide by `guide:<id>`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.engine import Put, Say, Tell, Timers
from bot.engine.effects import Effects
from bot.talk import Talk, TalkError, content_of
from channels.port import Outbound

_EVENTS = ("she", "pick", "pin", "photo", "voice", "wait")


class ScriptError(ValueError):
    """A script that cannot be played: one plain sentence."""


@dataclass(frozen=True, slots=True)
class Script:
    name: str
    turns: Sequence[Mapping[str, Any]]
    mode: str = ""
    """demo or live; empty: whatever the settings say."""
    offices: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    about: str = ""
    also: Mapping[str, Any] = field(default_factory=dict)


def read_script(path: Path) -> Script:
    """Raises ScriptError."""
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise ScriptError(f"{path.name} cannot be read as a script.") from error
    if not isinstance(data, dict) or not isinstance(data.get("turns"), list):
        raise ScriptError(f"{path.name} has no list of turns.")
    for turn in data["turns"]:
        if not isinstance(turn, dict) or sum(k in turn for k in _EVENTS) != 1:
            raise ScriptError(f"{path.name}: a turn has exactly one of {', '.join(_EVENTS)}.")
    return Script(
        path.stem,
        data["turns"],
        str(data.get("mode", "")),
        tuple(data.get("offices", ())),
        tuple(data.get("answered", ())),
        str(data.get("about", "")),
    )


async def play(talk: Talk, script: Script) -> list[str]:
    """Play it; what differs, a line each. Empty: all as written."""
    differences: list[str] = []
    for n, turn in enumerate(script.turns, start=1):
        talk.seen.clear()
        try:
            replies = await _do(talk, turn)
        except TalkError as error:
            raise ScriptError(f"{script.name}, turn {n}: {error}") from error
        effects: Effects = tuple(e for seen in talk.seen for e in seen.effects)
        found = await _compare(talk, turn, replies, effects)
        differences += [f"{script.name}, turn {n}: {what}" for what in found]
    return differences


async def _do(talk: Talk, turn: Mapping[str, Any]) -> list[Outbound]:
    if "she" in turn:
        content = content_of({"text": str(turn["she"])})
    elif "pin" in turn:
        content = content_of({"location": turn["pin"]})
    else:
        key = next(k for k in _EVENTS if k in turn)
        content = content_of({key: str(turn[key])})
    if isinstance(content, timedelta):
        return await talk.waits(content)
    return await talk.says(content)


async def _compare(
    talk: Talk, turn: Mapping[str, Any], replies: list[Outbound], effects: Effects
) -> list[str]:
    found: list[str] = []
    text = "\n".join(r.text for r in replies)
    session = await talk.session()
    said = [_id(e) for e in effects if isinstance(e, Say | Put | Tell)]
    did = [type(e).__name__ for e in effects if not isinstance(e, Say | Put | Tell | Timers)]
    if "bot" in turn and said != list(turn["bot"]):
        found.append(f"said {said}, not {list(turn['bot'])}")
    if "did" in turn and did != list(turn["did"]):
        found.append(f"did {did}, not {list(turn['did'])}")
    found += [f"did not say {w!r} in {text!r}" for w in turn.get("says", ()) if str(w) not in text]
    found += [f"said {w!r}" for w in turn.get("never", ()) if str(w) in text]
    if "language" in turn and session.language != turn["language"]:
        found.append(f"answers in {session.language}, not {turn['language']}")
    known = dict(session.top.answers) if session.top else {}
    for slot, value in turn.get("knows", {}).items():
        if _plain(known.get(slot)) != _plain(value):
            found.append(f"knows {slot}={known.get(slot)!r}, not {value!r}")
    return found


def _id(effect: Say | Put | Tell) -> str:
    return f"guide:{effect.record}" if isinstance(effect, Tell) else effect.message


def _plain(value: Any) -> str:
    return json.dumps(value, default=list, sort_keys=True)
