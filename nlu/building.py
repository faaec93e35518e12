"""Builds the models that the package ships: `python -m nlu.building --background FOLDER`.

Intents come from `data/intents`. Languages come from the same phrases, and from background texts
that are not in the repository (`data/SOURCES.md`): only their weights are.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np

from nlu.features import Features, letters, pieces, words_of
from nlu.fitting import fit
from nlu.language import MODELS, script_of
from nlu.linear import save
from nlu.models import CALM
from nlu.models import DANGER as DANGER_MODEL
from nlu.rasa.lookups import lookups_yaml
from nlu.training import Example, digest, read_examples, train_examples
from nlu.understood import EmergencyCategory
from nlu.written import COMPILED, compiled

INTENTS = Path(__file__).parent / "data" / "intents"
DANGER = Path(__file__).parent / "data" / "emergency"
APART = Path(__file__).parent / "data" / "languages.tsv"
EVERYDAY = MODELS / "everyday.npz"
"""Features of calm sentences of the background; read in training only."""
LOOKUPS = Path(__file__).parent / "data" / "lookups.yml"
KINDS = frozenset({*get_args(EmergencyCategory), CALM})
"""The classes of the danger model."""
HARMFUL = re.compile(  # in the translation of a sentence: it may not be calm
    r" (?:help|rescu|sav(?:e|ed|ing) |kill|di(?:e|ed|es|ying)\b|dead|death|hit|beat|hurt|harm|"
    r"blood|bleed|knife|gun|scream|shout|cry|cri|afraid|fear|scar|danger|rape|abus|kidnap|lost|miss|"
    r"suicid|fire|burn|police|threat|attack|sick|ill\b|hospital|emergenc|alone|weap|poison|drown)"
)
CAREFUL = 0.5
"""Strength of the danger model: a simpler one misses fewer of what nobody wrote before."""
STRENGTH = 1.0
"""Of the models of languages."""
WEIGHT = 3
"""How often what was written to tell languages apart counts beside other phrases."""
LARGEST = 20_000
"""Pieces of the model for Latin letters; the Arabic one is half of it."""


def background(folder: Path) -> list[tuple[str, str]]:
    """(text, language) of the background texts."""
    found: list[tuple[str, str]] = []
    with (folder / "darija_latin_english.tsv").open(encoding="utf-8", newline="") as file:
        found += [(r["darija"], "ary-Latn") for r in csv.DictReader(file, delimiter="\t")]
    with (folder / "other_languages.tsv").open(encoding="utf-8", newline="") as file:
        found += [(r["text"], r["label"]) for r in csv.DictReader(file, delimiter="\t")]
    return [(text, label) for text, label in found if text and text.strip()]


def build_languages(examples: list[Example], more: list[tuple[str, str]]) -> None:
    several = [(e.text, e.language) for e in examples if e.language]
    several += [*more, *(example for example in languages_apart() for _ in range(WEIGHT))]
    for name, languages, largest in (
        ("latin", ("ary-Latn", "fra", "other"), LARGEST),
        ("arabic", ("ary-Arab", "arb", "other"), LARGEST // 2),
    ):
        pairs = [(t, w) for t, w in several if w in languages and script_of(t) == name]
        save(MODELS / f"{name}.npz", fit(pairs, letters, largest=largest, strength=STRENGTH))
        print(f"{name}: {len(pairs)} texts")


def languages_apart() -> list[tuple[str, str]]:
    """(text, language): other languages, and short messages of ours that are hard to place."""
    rows = (line.split("\t") for line in APART.read_text(encoding="utf-8").splitlines())
    return [(text, language) for language, text in rows]


def everyday(folder: Path) -> list[str]:
    """Sentences of everyday life in the background, without those whose translation holds a word
    of harm, and without every third: those are kept for measuring."""
    with (folder / "darija_latin_english.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        row["darija"]
        for n, row in enumerate(rows)
        if n % 3 and row["darija"] and not HARMFUL.search(f" {row['english'].lower()}")
    ]


def danger_examples(learned: Sequence[Example] = ()) -> list[Example]:
    """What is danger, by category, and what is not: no intent but a report is."""
    calm = [
        Example(e.text, CALM, e.language)
        for e in (*read_examples(INTENTS), *learned)
        if not e.intent.startswith("report_abuse") and e.intent not in KINDS
    ]
    return [*read_examples(DANGER), *(e for e in learned if e.intent in KINDS), *calm]


def build_intents(out: Path, learned: Sequence[Example] = ()) -> str:
    """Raises TrainingError."""
    own = [e for e in learned if e.intent not in KINDS]
    return train_examples([*read_examples(INTENTS), *own], out)


def build_danger(out: Path, learned: Sequence[Example] = ()) -> str:
    """Raises TrainingError."""
    examples = danger_examples(learned)
    model = fit(
        [(e.text, e.intent) for e in examples],
        pieces,
        strength=CAREFUL,
        copies=True,
        beside=everyday_features(),
        label=CALM,
    )
    save(out / DANGER_MODEL, model, data=digest(examples))
    return f"danger: {len(examples)} texts"


def save_everyday(sentences: Sequence[str]) -> None:
    """The sentences are not in the repository: their features are, as numbers."""
    cut = [pieces(words_of(text)) for text in sentences]
    ends = np.cumsum([len(one) for one in cut])
    np.savez_compressed(EVERYDAY, features=np.concatenate(cut), ends=ends)


def everyday_features() -> list[Features]:
    with np.load(EVERYDAY, allow_pickle=False) as data:
        return np.split(data["features"], data["ends"][:-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--background", type=Path, help="folder of the background texts")
    parser.add_argument("--words", action="store_true", help="compile word lists and cues only")
    given = parser.parse_args()
    COMPILED.write_bytes(compiled())
    LOOKUPS.write_text(lookups_yaml(), encoding="utf-8")
    if given.words:
        return
    if given.background:
        save_everyday(everyday(given.background))
    print(build_intents(MODELS))
    print(build_danger(MODELS))
    if given.background:
        phrases = [*read_examples(INTENTS), *read_examples(DANGER)]
        build_languages(phrases, background(given.background))


if __name__ == "__main__":
    main()
