"""A linear model in one small file: weights of pieces, run with numpy alone.

Trained elsewhere (`nlu.train`); here it only reads and multiplies. The file is `.npz`: a
vocabulary, rarities, weights in bytes with a scale for each class, and a temperature that makes
confidences mean what they say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.features import Group

_Sum = tuple[NDArray[np.float32] | None, float]
REMEMBERED = 65_536
"""Words and pairs whose sums are kept."""


class ModelError(ValueError):
    """Not a model that this program can run: one plain sentence."""


@dataclass(frozen=True, slots=True)
class Linear:
    classes: tuple[str, ...]
    vocabulary: dict[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.int8]
    """One row a piece, one column a class; times `scale`."""
    scale: NDArray[np.float32]
    """What a unit of weight is worth, for each class."""
    bias: NDArray[np.float32]
    temperature: float
    calibration: tuple[float, float, float] = (1.0, 1.0, 0.0)
    """(a, b, c): what the best class is said to be sure of, p, happens with probability
    sigmoid(a log p - b log(1 - p) + c): beta calibration (Kull, Silva Filho, Flach 2017)."""
    _sums: dict[Group, _Sum] = field(default_factory=dict, repr=False, compare=False)

    def scores(self, groups: Iterable[Group]) -> NDArray[np.float64]:
        """A probability for each class; they add up to one."""
        raw = np.zeros(len(self.classes), dtype=np.float32)
        squares = 0.0
        for group in groups:
            added, square = self._sums.get(group) or self._sum(group)
            if added is not None:
                raw += added
                squares += square
        scaled = (raw / math.sqrt(squares) if squares else raw) + self.bias
        scaled = scaled.astype(np.float64) / self.temperature
        found: NDArray[np.float64] = np.exp(scaled - scaled.max())
        found /= found.sum()
        return self._honest(found)

    def _honest(self, found: NDArray[np.float64]) -> NDArray[np.float64]:
        best = int(found.argmax())
        said = min(float(found[best]), 1.0 - 1e-9)
        a, b, c = self.calibration
        sure = 1.0 / (1.0 + math.exp(b * math.log1p(-said) - a * math.log(said) - c))
        found *= (1.0 - sure) / (1.0 - said)
        found[best] = sure
        return found

    def _sum(self, group: Group) -> _Sum:
        """What a group adds: words come back, so it is remembered."""
        rows = [n for f in group if (n := self.vocabulary.get(f)) is not None]
        found: _Sum = (None, 0.0)
        if rows:
            values = self.rarity[rows]
            weighed = values @ self.weights[rows].astype(np.float32)
            found = (weighed * self.scale, float(values @ values))
        if len(self._sums) >= REMEMBERED:
            self._sums.clear()
        self._sums[group] = found
        return found


def in_bytes(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as signed bytes, and the scale of each class."""
    scale = (np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127.0).astype(np.float32)
    return np.round(weights / scale).astype(np.int8), scale


def save(path: Path, model: Linear, **more: str) -> None:
    """Written small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    order = sorted(model.vocabulary, key=model.vocabulary.__getitem__)
    np.savez_compressed(
        path,
        classes=np.array("\n".join(model.classes)),
        vocabulary=np.array("\n".join(order)),
        rarity=model.rarity.astype(np.float16),
        weights=model.weights,
        scale=model.scale,
        bias=model.bias.astype(np.float32),
        temperature=np.array(model.temperature, dtype=np.float32),
        calibration=np.array(model.calibration, dtype=np.float32),
        **{k: np.array(v) for k, v in more.items()},  # type: ignore[arg-type]
    )


def load(path: Path) -> tuple[Linear, dict[str, str]]:
    """The model and what was noted beside it. Raises ModelError."""
    try:
        with np.load(path, allow_pickle=False) as data:
            found: dict[str, Any] = {name: data[name] for name in data.files}
        order = str(found.pop("vocabulary")).split("\n")
        model = Linear(
            tuple(str(found.pop("classes")).split("\n")),
            {piece: n for n, piece in enumerate(order)},
            found.pop("rarity").astype(np.float32),
            found.pop("weights"),
            found.pop("scale"),
            found.pop("bias"),
            float(found.pop("temperature")),
            tuple(map(float, found.pop("calibration"))),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path.name} is no model of Sanad.") from error
    return model, {k: str(v) for k, v in found.items()}
