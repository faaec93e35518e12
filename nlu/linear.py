"""A linear model in one small file: weights of pieces, run with numpy alone.

Trained elsewhere (`nlu.train`); here it only reads and multiplies. The file is `.npz`: a
vocabulary, rarities, weights in bytes with a scale for each class, and a temperature that makes
confidences mean what they say.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


class ModelError(ValueError):
    """Not a model that this program can run: one plain sentence."""


@dataclass(frozen=True, slots=True)
class Linear:
    classes: tuple[str, ...]
    vocabulary: dict[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    """One row a piece, one column a class."""
    bias: NDArray[np.float32]
    temperature: float

    def scores(self, features: Sequence[str]) -> NDArray[np.float64]:
        """A probability for each class; they add up to one."""
        counts = Counter(n for f in features if (n := self.vocabulary.get(f)) is not None)
        if counts:
            rows = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
            values = np.fromiter(
                (1.0 + math.log(k) for k in counts.values()), dtype=np.float32, count=len(counts)
            )
            values *= self.rarity[rows]
            values /= float(np.sqrt(values @ values)) or 1.0
            raw = values @ self.weights[rows] + self.bias
        else:
            raw = self.bias
        scaled = np.asarray(raw, dtype=np.float64) / self.temperature
        scaled -= scaled.max()
        found: NDArray[np.float64] = np.exp(scaled)
        found /= found.sum()
        return found

    def known(self, features: Sequence[str]) -> int:
        """How many of the features the model has ever seen."""
        return sum(f in self.vocabulary for f in features)


def save(path: Path, model: Linear, **more: str) -> None:
    """Written small: weights as signed bytes, a scale for each class."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-9) / 127.0
    path.parent.mkdir(parents=True, exist_ok=True)
    order = sorted(model.vocabulary, key=model.vocabulary.__getitem__)
    np.savez_compressed(
        path,
        classes=np.array("\n".join(model.classes)),
        vocabulary=np.array("\n".join(order)),
        rarity=model.rarity.astype(np.float16),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.bias.astype(np.float32),
        temperature=np.array(model.temperature, dtype=np.float32),
        **{k: np.array(v) for k, v in more.items()},
    )


def load(path: Path) -> tuple[Linear, dict[str, str]]:
    """The model and what was noted beside it. Raises ModelError."""
    try:
        with np.load(path, allow_pickle=False) as data:
            found: dict[str, Any] = {name: data[name] for name in data.files}
        order = str(found.pop("vocabulary")).split("\n")
        weights = found.pop("weights").astype(np.float32) * found.pop("scale")
        model = Linear(
            tuple(str(found.pop("classes")).split("\n")),
            {piece: n for n, piece in enumerate(order)},
            found.pop("rarity").astype(np.float32),
            np.ascontiguousarray(weights, dtype=np.float32),
            found.pop("bias"),
            float(found.pop("temperature")),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path.name} is no model of Sanad.") from error
    return model, {k: str(v) for k, v in found.items()}
