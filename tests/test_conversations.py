"""Every file in `conversations/` is a test: the whole turn, with a real store, in its language."""

from __future__ import annotations

import asyncio
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
def test_conversation(path, tmp_path):
    script = read_script(path)

    async def run() -> list[str]:
        async with a_talk(tmp_path, mode=script.mode, offices=script.offices) as talk:
            return await play(talk, script)

    assert asyncio.run(run()) == []


def test_a_script_that_differs_is_told(tmp_path):
    path = SCRIPTS[0].parent / "a-person.fr.yaml"
    script = read_script(path)
    wrong = [{**turn, "bot": ["bye"], "says": ["nowhere"]} for turn in script.turns]

    async def run() -> list[str]:
        async with a_talk(tmp_path) as talk:
            return await play(talk, type(script)(script.name, wrong))

    assert len(asyncio.run(run())) == 2
