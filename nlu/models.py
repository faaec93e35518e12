"""The models that understanding judges with: those the package ships, or later ones in a folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlu.linear import Linear, load

FOLDER = Path(__file__).parent / "model"
INTENTS, DANGER = "intents.npz", "danger.npz"
CALM = "calm"
"""The danger model's class of what is none; its other classes are the categories of emergency."""


@dataclass(frozen=True, slots=True)
class Models:
    """What may be trained anew. The models of languages only come with the package."""

    intents: Linear
    danger: Linear


@cache
def shipped() -> Models:
    return models_in(FOLDER)


def models_in(folder: Path) -> Models:
    """Raises ModelError."""
    return Models(load(folder / INTENTS)[0], load(folder / DANGER)[0])
