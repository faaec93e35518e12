"""Trains Rasa on our phrases, serves it on loopback, and compares it with the embedded engine.

    python -m nlu.rasa.prove --rasa .venv-rasa/bin/rasa --frozen nlu/frozen/intents.tsv

Writes the comparison into `docs/performance.md` and real answers of the server into
`tests/nlu/recorded/rasa.json`, against which the client is tested without a Rasa.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import json
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

from nlu.remote import RasaServer
from nlu.training import Example, load_model, train

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
INTENTS = ROOT / "nlu" / "data" / "intents"
LOOKUPS = ROOT / "nlu" / "data" / "lookups.yml"
REPORT = ROOT / "docs" / "performance.md"
RECORDED = ROOT / "tests" / "nlu" / "recorded" / "rasa.json"
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}
TO_RECORD = ("بغيت نهضر مع شي واحد", "où en est mon dossier", "/control.stop", "", "😂")


class RasaError(Exception):
    """What went wrong with Rasa, in one sentence."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rasa", type=Path, required=True)
    parser.add_argument("--frozen", type=Path, required=True)
    given = parser.parse_args()
    rows = read_frozen(given.frozen)
    with tempfile.TemporaryDirectory() as folder:
        try:
            told = compare(given.rasa, rows, Path(folder))
        except RasaError as error:
            sys.exit(str(error))
    write_report(told)
    print(told)


def read_frozen(path: Path) -> list[Example]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Example(text, intent, language) for intent, language, text in rows]


def compare(rasa: Path, rows: list[Example], folder: Path) -> str:
    """The lines of the report."""
    data = folder / "data"
    shutil.copytree(INTENTS, data)
    shutil.copy(LOOKUPS, data)
    began = time.monotonic()
    run(folder, rasa.absolute(), "train", "nlu", "--config", HERE / "config.yml", "--nlu", data,
        "--domain", HERE / "domain.yml",
        "--out", folder / "rasa", "--fixed-model-name", "sanad")  # fmt: skip
    took = time.monotonic() - began
    began = time.monotonic()
    train(INTENTS, folder / "ours")
    ours_took = time.monotonic() - began
    parser = load_model(folder / "ours")
    token, port = secrets.token_hex(16), free_port()
    server = subprocess.Popen(
        [rasa.absolute(), "run", "--enable-api", "--interface", "127.0.0.1", "--port", str(port),
         "--auth-token", token, "--model", folder / "rasa" / "sanad.tar.gz"],
        cwd=folder, env={**os.environ, **QUIET},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}?token={token}"
    try:
        wait_for(url, server)

        async def theirs() -> tuple[float, float, float]:
            client = RasaServer(url)
            try:
                return await score(rows, lambda text: asked(client, text))
            finally:
                await client.close()

        async def parsed(text: str) -> str:
            return str(parser.parse(text)["intent"]["name"])

        results = {
            "Rasa 3.6.21, DIET": (*asyncio.run(theirs()), took, resident(server.pid)),
            "embedded": (*asyncio.run(score(rows, parsed)), ours_took, resident(os.getpid())),
        }
        record(url)
    finally:
        server.terminate()
        server.wait(30)
    lines = [
        f"{len(rows)} sentences that neither has seen, one at a time, after the same phrases, in "
        "the same run. The embedded engine's memory is that of the process that trained it.",
        "",
        "| engine | right | p50 ms | p99 ms | training s | resident MB |",
        "|---|---|---|---|---|---|",
    ]
    for name, (right, p50, p99, seconds, memory) in results.items():
        lines.append(
            f"| {name} | {right:.1%} | {p50:.2f} | {p99:.2f} | {seconds:.0f} | {memory:.0f} |"
        )
    return "\n".join(lines)


async def asked(client: RasaServer, text: str) -> str:
    intents = await client.intents(text)
    return intents[0].name if intents else ""


async def score(
    rows: list[Example], judge: Callable[[str], Awaitable[str]]
) -> tuple[float, float, float]:
    """Share right, and milliseconds p50 and p99 of one."""
    times, right = [], 0
    for row in rows:
        began = time.perf_counter()
        name = await judge(row.text)
        times.append((time.perf_counter() - began) * 1e3)
        right += name == row.intent
    cuts = statistics.quantiles(times, n=100)
    return right / len(rows), cuts[49], cuts[98]


def record(url: str) -> None:
    """Real answers, and a real refusal, for the client's tests."""
    where = httpx.URL(url)
    to = where.copy_with(path="/model/parse")
    with httpx.Client(timeout=10) as client:
        answers = [
            {"text": text, "status": (r := client.post(to, json={"text": text})).status_code,
             "body": r.json()} for text in TO_RECORD
        ]  # fmt: skip
        refused = client.post(to.copy_with(query=b"token=wrong"), json={"text": "salam"})
    answers.append({"text": "salam", "status": refused.status_code, "body": refused.json()})
    RECORDED.parent.mkdir(parents=True, exist_ok=True)
    RECORDED.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def run(folder: Path, *command: object) -> None:
    """In a folder of its own: Rasa leaves a cache where it stands. What it prints is shown."""
    done = subprocess.run(
        [str(c) for c in command], cwd=folder, env={**os.environ, **QUIET}, check=False
    )
    if done.returncode:
        raise RasaError("Rasa did not train: it says why above.")


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes], *, seconds: int = 180) -> None:
    status = httpx.URL(url).copy_with(path="/status")
    for _ in range(seconds):
        if server.poll() is not None:
            raise RasaError("Rasa's server ended by itself.")
        try:
            if httpx.get(status, timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(1)
    raise RasaError(f"Rasa's server did not answer within {seconds} seconds.")


def resident(pid: int) -> float:
    """Megabytes a process holds in memory."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return float("nan")
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def write_report(told: str) -> None:
    text = REPORT.read_text(encoding="utf-8")
    head, _, rest = text.partition("<!-- rasa -->")
    _, _, tail = rest.partition("<!-- /rasa -->")
    if not rest:
        head, tail = f"{text.rstrip()}\n\n## Beside Rasa (`make rasa`)\n\n", "\n"
    REPORT.write_text(f"{head}<!-- rasa -->\n{told}\n<!-- /rasa -->{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
