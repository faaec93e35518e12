"""The Rasa client against real answers (recorded by `make rasa`), faults included."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from ruamel.yaml import YAML

import nlu
from nlu.building import INTENTS
from nlu.remote import DEADLINE, FAILURES, REST, RasaServer
from nlu.training import read_examples
from nlu.understood import Intent

RASA = Path(nlu.__file__).parent / "rasa"
RECORDED = json.loads((Path(__file__).parent / "recorded" / "rasa.json").read_text("utf-8"))
GOOD = next(a for a in RECORDED if a["status"] == 200 and a["body"]["intent"]["name"])


class Server(httpx.AsyncBaseTransport):
    """Plays answers; keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    async def handle_async_request(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            answer = good()
        return answer


def good():
    return httpx.Response(200, json=GOOD["body"])


def client(*answers, url="http://rasa:5005?token=abc"):
    server = Server(*answers)
    return RasaServer(url, transport=server), server


async def test_a_real_answer_is_read():
    rasa, server = client(good())
    intents = await rasa.intents(GOOD["text"])
    assert intents[0].name == GOOD["body"]["intent"]["name"]
    assert intents[0].confidence == pytest.approx(GOOD["body"]["intent"]["confidence"])
    assert str(server.asked[0].url) == "http://rasa:5005/model/parse?token=abc"


@pytest.mark.parametrize("recorded", RECORDED, ids=range(len(RECORDED)))
async def test_every_recorded_answer_is_survived(recorded):
    rasa, _ = client(httpx.Response(recorded["status"], json=recorded["body"]))
    found = await rasa.intents("bghit nhder m3a chi wa7d")
    assert bool(found) == bool(recorded["status"] == 200 and recorded["body"]["intent"]["name"])


@pytest.mark.parametrize("text", ["", "   ", "/", "\u200f\n", "\u2067/\u2069"])
async def test_empty_text_never_reaches_it(text):
    rasa, server = client(good())
    assert await rasa.intents(text) is None
    assert server.asked == []


@pytest.mark.parametrize("text", ["/control.stop", " //control.stop", "\u200f/control.stop"])
async def test_a_slash_forces_no_intent(text):
    rasa, server = client(good())
    await rasa.intents(text)
    assert json.loads(server.asked[0].content)["text"] == "control.stop"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError("no"),
        httpx.ReadTimeout("no"),
        httpx.Response(500, text="<html>"),
        httpx.Response(200, text="not json"),
        httpx.Response(200, json={"intent": 5}),
        httpx.Response(200, json=[]),
    ],
)
async def test_faults_are_no_answer(answer):
    rasa, _ = client(answer)
    assert await rasa.intents("salam") is None


async def test_who_is_late_is_not_waited_for():
    rasa, _ = client(DEADLINE * 4)
    began = asyncio.get_running_loop().time()
    assert await rasa.intents("salam") is None
    assert asyncio.get_running_loop().time() - began < DEADLINE * 2


async def test_the_breaker_opens_rests_and_closes():
    clock = [0.0]
    rasa, server = client(*[httpx.ConnectError("no")] * (FAILURES + 1), good())
    rasa.now = lambda: clock[0]
    for _ in range(FAILURES + 5):
        assert await rasa.intents("salam") is None
    assert len(server.asked) == FAILURES
    clock[0] += REST + 1
    assert await rasa.intents("salam") is None  # tried once, and open again
    assert await rasa.intents("salam") is None
    assert len(server.asked) == FAILURES + 1
    clock[0] += REST + 1
    assert await rasa.intents("salam")
    assert await rasa.intents("salam")


def test_another_judge_changes_intents_and_nothing_else():
    heard = nlu.understand("bghit nswel 3la jisr")
    other = nlu.rejudged(heard, (Intent("person", 0.9),))
    assert other.goal.name == "person"
    assert (other.text, other.entities, other.emergency) == (
        heard.text, heard.entities, heard.emergency)  # fmt: skip


@pytest.mark.parametrize("text", ["عتقوني دابا", "رجع", "stop"])
def test_danger_and_control_words_are_not_asked_about(text):
    heard = nlu.understand(text)
    if heard.emergency.alarm or heard.goal.name == "control":
        assert nlu.rejudged(heard, (Intent("jisr.what", 1.0),)) is heard


def test_harm_outweighs_another_judge():
    heard = nlu.understand("le voisin frappe sa fille")
    assert nlu.rejudged(heard, (Intent("smalltalk.greet", 0.9),)).goal.name == "report_abuse"


def test_the_domain_lists_what_the_data_teach():
    domain = YAML(typ="safe", pure=True).load((RASA / "domain.yml").read_text("utf-8"))
    assert domain["intents"] == sorted({e.intent for e in read_examples(INTENTS)})
