"""Every file in `conversations/` is a test: the whole turn, with a real store, in its language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.script import play, read_script
from tests.people import a_talk

SCRIPTS = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))


def test_there_are_enough_of_them():
    assert len(SCRIPTS) >= 60
    for writing in ("ary", "latn", "ar", "fr"):
        assert sum(f".{writing}." in s.name for s in SCRIPTS) >= 15, writing


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
async def test_conversation(path, templates, tmp_path):
    script = read_script(path)
    settings = templates.sqlite(tmp_path / "data", mode=script.mode or "demo")
    async with a_talk(settings, reachable=script.offices, answered=script.answered) as talk:
        assert await play(talk, script) == []


async def test_a_script_that_differs_is_told(sqlite_settings):
    script = read_script(SCRIPTS[0].parent / "a-person.fr.yaml")
    wrong = [{**turn, "bot": ["bye"], "says": ["nowhere"]} for turn in script.turns]
    async with a_talk(sqlite_settings) as talk:
        assert len(await play(talk, type(script)(script.name, wrong))) == 2
