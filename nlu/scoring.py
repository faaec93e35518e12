"""How well messages are understood that no model has seen (`nlu/frozen`): what decides whether a
new model may take the place of the one at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nlu.models import Models
from nlu.understanding import understand
from nlu.understood import Understood

FOLDER = Path(__file__).parent / "frozen"
RINGING = 0.005
"""By how much false alarms may rise: nobody looks at what rings all day."""
BINS = 10
"""Of confidence, for the calibration error."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1. `recall` and `false_alarms` are of emergencies."""

    intents: float
    goals: float
    calibration_error: float
    recall: float
    false_alarms: float
    languages: float
    by_writing: dict[str, dict[str, float]]
    confused: dict[str, int]

    def shape(self) -> dict[str, Any]:
        """For JSON, rounded."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}

    def worse_than(self, other: Score) -> str | None:
        """Why this one may not take the other's place; None where it may."""
        for name in ("recall", "intents", "goals"):
            if getattr(self, name) < getattr(other, name):
                return f"{name} fell from {getattr(other, name):.4f} to {getattr(self, name):.4f}"
        if self.false_alarms > other.false_alarms + RINGING:
            return f"false alarms rose from {other.false_alarms:.4f} to {self.false_alarms:.4f}"
        return None


def frozen(name: str) -> list[list[str]]:
    """The rows of a frozen set, in all its parts or in one (`emergency_plain`): `intents` (intent,
    writing, text), `emergency` (alarm or calm, category, writing, text), `language` (language,
    text), `places` (text, province or a dash)."""
    paths = sorted(FOLDER.glob(f"{name}*.tsv"))
    return [line.split("\t") for path in paths for line in path.read_text("utf-8").splitlines()]


def score(models: Models | None = None) -> Score:
    """Of these models, or of those that the package ships."""
    told = [(i, w, understand(t, models=models)) for i, w, t in frozen("intents")]
    alarms = [(k, w, understand(t, models=models)) for k, _, w, t in frozen("emergency")]
    languages = [(w, understand(t).language) for w, t in frozen("language")]
    writings = sorted({w for _, w, _ in told})
    return Score(
        intents=_right(told),
        goals=_share(u.goal.name == i.partition(".")[0] for i, _, u in told),
        calibration_error=calibration_error(
            [(u.confidence, u.intent == i) for i, _, u in told if u.intents]
        ),
        recall=_recall(alarms),
        false_alarms=_false(alarms),
        languages=macro_f1(languages),
        by_writing={
            w: {
                "intents": round(_right([r for r in told if r[1] == w]), 4),
                "recall": round(_recall([r for r in alarms if r[1] == w]), 4),
                "false_alarms": round(_false([r for r in alarms if r[1] == w]), 4),
            }
            for w in writings
        },
        confused=dict(
            Counter(
                f"{i} -> {u.intent or 'none'}" for i, _, u in told if u.intent != i
            ).most_common(15)
        ),
    )


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over (confidence, right): how far what is said of sureness is
    from what happens, in bins of equal width, weighed by how many fall in each."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    off = sum(abs(sum(c for c, _ in b) - sum(r for _, r in b)) for b in bins.values())
    return off / len(judged) if judged else 0.0


def macro_f1(guesses: Sequence[tuple[str, str]]) -> float:
    """Over (true, guessed) pairs: the mean over the true classes of each one's F1."""
    scores = []
    for name in {a for a, _ in guesses}:
        hit = sum(a == b == name for a, b in guesses)
        said, true = sum(b == name for _, b in guesses), sum(a == name for a, _ in guesses)
        scores.append(2 * hit / (said + true) if said + true else 0.0)
    return sum(scores) / len(scores)


Row = tuple[str, str, Understood]


def _right(rows: Sequence[Row]) -> float:
    return _share(u.intent == i for i, _, u in rows)


def _recall(rows: Sequence[Row]) -> float:
    return _share(u.emergency.alarm for k, _, u in rows if k == "alarm")


def _false(rows: Sequence[Row]) -> float:
    return _share(u.emergency.alarm for k, _, u in rows if k == "calm")


def _share(several: Iterable[bool]) -> float:
    every = list(several)
    return sum(every) / len(every) if every else 0.0
