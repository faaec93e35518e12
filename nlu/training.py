"""Training the embedded engine from Rasa's NLU YAML; needs scikit-learn (for development only)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu.features import pieces, words_of
from nlu.fitting import TrainingError, fit
from nlu.linear import Linear, save
from nlu.lookups import NOTHING, Lookups, lines_of, lookups_from, lookups_in, unmarked
from nlu.scoring import macro_f1

MODEL = "intents.npz"


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    intent: str
    language: str | None = None


def read_examples(path: Path) -> list[Example]:
    """Rasa NLU YAML: a file or a folder of them. Raises TrainingError."""
    return _examples(read_entries(path))


def read_entries(path: Path) -> list[dict[str, Any]]:
    """The entries under `nlu` of a file or of a folder of them: intents, lookups, synonyms,
    regular expressions. YAML 1.2, so `no` is a word. Raises TrainingError."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    found: list[dict[str, Any]] = []
    for file in sorted(path.rglob("*.y*ml")) if path.is_dir() else [path]:
        try:
            data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, YAMLError) as error:
            raise TrainingError(f"{file.name} cannot be read as Rasa NLU YAML.") from error
        entries = data.get("nlu") if isinstance(data, dict) else None
        found += [e for e in entries or () if isinstance(e, dict)]
    return found


def _examples(entries: Sequence[dict[str, Any]]) -> list[Example]:
    found = [
        Example(text, str(entry["intent"]), (entry.get("metadata") or {}).get("language"))
        for entry in entries
        if "intent" in entry
        for line in lines_of(entry)
        if (text := unmarked(line))
    ]
    if len({e.intent for e in found}) < 2:
        raise TrainingError("There are no examples of at least two intents.")
    return found


def train(data: Path, out: Path) -> str:
    """Train, write `out/intents.npz`, and say what was done. Raises TrainingError."""
    entries = read_entries(data)
    try:
        lookups = lookups_in(entries)
    except ValueError as error:
        raise TrainingError(str(error)) from error
    return train_examples(_examples(entries), out, lookups)


def train_examples(examples: Sequence[Example], out: Path, lookups: Lookups = NOTHING) -> str:
    """The same from examples. Raises TrainingError."""
    model = fit([(e.text, e.intent) for e in examples], pieces, copies=True)
    save(out / MODEL, model, data=digest(examples), lookups=lookups.written())
    return (
        f"{len(examples)} examples of {len(model.classes)} intents; "
        f"{(out / MODEL).stat().st_size // 1024} kB in {out / MODEL}"
    )


def digest(examples: Iterable[Example]) -> str:
    """Tells whether a model was trained on these very examples."""
    lines = sorted(f"{e.intent}\t{e.language}\t{e.text}" for e in examples)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Parser:
    """A trained engine, as `sanad nlu parse` runs it."""

    model: Linear
    lookups: Lookups = NOTHING

    def parse(self, text: str) -> dict[str, Any]:
        """`{"text", "intent": {"name", "confidence"}, "intent_ranking": […], "entities": […]}`, as
        Rasa answers."""
        scores = self.model.scores(pieces(words_of(text)))
        ranked = [
            {"name": self.model.classes[n], "confidence": round(float(scores[n]), 4)}
            for n in np.argsort(-scores)[:10]
        ]
        entities = self.lookups.find(text)
        return {"text": text, "intent": ranked[0], "intent_ranking": ranked, "entities": entities}


def load_model(folder: Path) -> Parser:
    """Raises TrainingError."""
    from nlu.linear import ModelError, load

    try:
        model, notes = load(folder / MODEL)
    except ModelError as error:
        raise TrainingError(str(error)) from error
    return Parser(model, lookups_from(notes["lookups"]) if "lookups" in notes else NOTHING)


def test(model: Path, data: Path) -> str:
    """Score a model: JSON with accuracy, macro-F1 and what was confused most."""
    parser = load_model(model)
    examples = read_examples(data)
    guesses = [(e.intent, parser.parse(e.text)["intent"]["name"]) for e in examples]
    right = sum(a == b for a, b in guesses)
    wrong = Counter(f"{a} -> {b}" for a, b in guesses if a != b)
    return json.dumps(
        {
            "examples": len(guesses),
            "accuracy": round(right / len(guesses), 4),
            "macro_f1": round(macro_f1(guesses), 4),
            "confused": dict(wrong.most_common(10)),
        },
        ensure_ascii=False,
        indent=1,
    )
