"""Understanding, measured on sentences that no model has seen: how right, how fast, how large; beside
langdetect, and beside Rasa's DIET where `make rasa` installed it, on the same messages in one run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nlu
from nlu.rasa import prove
from nlu.scoring import frozen, macro_f1, score
from nlu.training import Example
from nlu.understanding import danger

RASA = Path(".venv-rasa/bin/rasa")
TAGS = {"ar": "arb", "fr": "fra"}
"""langdetect's names for what it can know; anything else it says is `other`."""
ALONE = """
import sys, time
began = time.perf_counter()
import nlu
nlu.understand("salam 3likom"), nlu.understand("السلام عليكم"), nlu.understand("bonjour à tous")
loaded = time.perf_counter() - began
texts = sys.stdin.read().split("\\n")
times = []
for text in texts:
    began = time.perf_counter()
    nlu.understand(text)
    times.append((time.perf_counter() - began) * 1e3)
times.sort()
status = open("/proc/self/status").read()
resident = int(status.split("VmRSS:")[1].split()[0]) / 1024
print(loaded, times[len(times) // 2], times[int(len(times) * 0.99)], resident)
"""
"""In a process of its own: what it takes to load, each message once, and what it then holds."""


def understanding() -> Iterator[str]:
    """Lines of the report."""
    sentences = [row[-1] for name in ("intents", "emergency", "language") for row in frozen(name)]
    loaded, p50, p99, resident = alone(sentences)
    yield f"{len(sentences)} messages never seen, each once, in a fresh process:"
    yield f"  loaded in {loaded:.2f} s, {p50:.2f} ms p50, {p99:.2f} ms p99, {resident:.0f} MB"
    found = score()
    yield (
        f"intents {found.intents:.1%}, goals {found.goals:.1%}, calibration error "
        f"{found.calibration_error:.3f}"
    )
    yield f"emergencies: {found.recall:.1%} recalled, {found.false_alarms:.1%} false alarms"
    yield from trade_off()
    yield from acting()
    yield from languages()
    if RASA.exists():
        rows = [Example(text, intent, w) for intent, w, text in frozen("intents")]
        with tempfile.TemporaryDirectory() as folder:
            yield prove.compare(RASA, rows, Path(folder))
    else:
        yield "Rasa: not installed (`make rasa`)"


def alone(texts: list[str]) -> tuple[float, float, float, float]:
    """Seconds to load, milliseconds p50 and p99, megabytes resident."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE], input="\n".join(texts), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    loaded, p50, p99, resident = map(float, done.stdout.split())
    return loaded, p50, p99, resident


def trade_off() -> Iterator[str]:
    """What another threshold of the danger model would ring for."""
    rows = [(kind == "alarm", danger(text)) for kind, _, _, text in frozen("emergency")]
    yield "danger model alone, by threshold (recalled, false):"
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6):
        yield f"  {threshold:.1f}  " + "  ".join(
            f"{sum(p >= threshold for true, p in rows if true is which) / count:.1%}"
            for which in (True, False)
            for count in [sum(true is which for true, _ in rows)]
        )


def acting() -> Iterator[str]:
    """What another threshold for goals (SANAD_THRESHOLDS) would act on, and how rightly."""
    rows = [
        (u.goal.confidence, u.goal.name == intent.partition(".")[0])
        for intent, _, text in frozen("intents")
        for u in [nlu.understand(text)]
    ]
    yield "goals, by threshold (acted on, of these right):"
    for threshold in (0.5, 0.6, 0.7, 0.8, 0.9):
        acted = [right for sure, right in rows if sure >= threshold]
        yield f"  {threshold:.1f}  {len(acted) / len(rows):.1%}  {sum(acted) / len(acted):.1%}"


def languages() -> Iterator[str]:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0

    def theirs(text: str) -> str:
        try:
            return TAGS.get(detect(text), "other")
        except LangDetectException:
            return "other"

    for name, judge in (
        ("ours", lambda text: nlu.understand(text).language),
        ("langdetect", theirs),
    ):
        f1, milliseconds = timed(judge)
        yield f"languages, {name:<11} macro F1 {f1:.3f}, {milliseconds:.2f} ms a message"


def timed(judge: Callable[[str], str]) -> tuple[float, float]:
    rows = frozen("language")
    began = time.perf_counter()
    guesses = [(writing, judge(text)) for writing, text in rows]
    return macro_f1(guesses), (time.perf_counter() - began) / len(rows) * 1e3
