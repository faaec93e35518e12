"""Models by version, in the data folder: trained, measured, promoted, rolled back.

models/current            the name of the version at work; absent: the models of the package
models/<version>/         intents.npz, danger.npz, learned.yml, score.json
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.learning.candidates import LearningError
from nlu.building import build_danger, build_intents
from nlu.linear import ModelError
from nlu.models import Models, models_in, shipped
from nlu.scoring import Score, score
from nlu.training import Example

SHIPPED = "shipped"
"""The name of the models that come with the package."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """What became of a training. `refused`: why the old model stays."""

    version: str
    before: Score
    after: Score
    refused: str | None


def folder(data_dir: Path) -> Path:
    return data_dir / "models"


def versions(data_dir: Path) -> list[str]:
    """Oldest first, the package's before all."""
    found = folder(data_dir)
    names = sorted(p.name for p in found.iterdir() if p.is_dir()) if found.is_dir() else []
    return [SHIPPED, *(n for n in names if (folder(data_dir) / n / "score.json").exists())]


def current(data_dir: Path) -> str:
    try:
        name = (folder(data_dir) / "current").read_text("utf-8").strip()
    except OSError:
        return SHIPPED
    return name if name in versions(data_dir) else SHIPPED


def models(data_dir: Path) -> Models:
    """Those at work; the package's where the others cannot be read."""
    name = current(data_dir)
    if name == SHIPPED:
        return shipped()
    try:
        return models_in(folder(data_dir) / name)
    except ModelError:
        return shipped()


def promote(data_dir: Path, learned: Sequence[Example], *, now: datetime) -> Promotion:
    """Train on our phrases and on what was learnt; put the new models to work where neither the
    frozen sets nor the recall of emergencies fall. Raises TrainingError."""
    version = now.strftime("%Y%m%dT%H%M%SZ")
    place = folder(data_dir) / version
    place.mkdir(parents=True, exist_ok=True)
    build_intents(place, learned)
    build_danger(place, learned)
    before, after = score(models(data_dir)), score(models_in(place))
    refused = after.worse_than(before)
    (place / "learned.yml").write_text(_yaml(learned), "utf-8")
    report = {"before": before.shape(), "after": after.shape(), "refused": refused}
    (place / "score.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    if refused is None:
        _point(data_dir, version)
    return Promotion(version, before, after, refused)


def roll_back(data_dir: Path, to: str | None = None) -> str:
    """Put an earlier version to work: the one named, or the last promoted before the present one.
    Its name. Raises LearningError."""
    known = versions(data_dir)
    present = current(data_dir)
    if to is None:
        earlier = [v for v in known[: known.index(present)] if _promoted(data_dir, v)]
        if not earlier:
            raise LearningError("There is no earlier version.")
        to = earlier[-1]
    if to not in known:
        raise LearningError(f"There is no version {to}: see `sanad nlu versions`.")
    _point(data_dir, to)
    return to


def _promoted(data_dir: Path, version: str) -> bool:
    if version == SHIPPED:
        return True
    report = json.loads((folder(data_dir) / version / "score.json").read_text("utf-8"))
    return report["refused"] is None


def _point(data_dir: Path, version: str) -> None:
    """Whole or not at all: a crash leaves the old name."""
    place = folder(data_dir)
    place.mkdir(parents=True, exist_ok=True)
    fresh = place / "current.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place / "current")


def _yaml(learned: Sequence[Example]) -> str:
    lines = ['version: "3.1"', "nlu:"]
    for intent, language in sorted({(e.intent, e.language or "") for e in learned}):
        lines += [f"- intent: {intent}", f"  metadata: {{language: {language}}}", "  examples: |"]
        same = (e for e in learned if (e.intent, e.language) == (intent, language))
        lines += [f"    - {e.text}" for e in same]
    return "\n".join(lines) + "\n"
