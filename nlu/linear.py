"""A linear model in one small file: weights of features, run with numpy alone.

Trained elsewhere (`nlu.train`); here it only looks up and multiplies. The file is `.npz`: the
features' numbers in order, rarities, weights in bytes with a scale for each class, and what makes
confidences mean what they say: a temperature and a calibration.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.features import Features


class ModelError(ValueError):
    """Not a model that this program can run: one plain sentence."""


@dataclass(frozen=True, slots=True)
class Linear:
    classes: tuple[str, ...]
    features: Features
    """In order; row n of the weights is that of feature n."""
    rarity: NDArray[np.float32]
    weights: NDArray[np.int8]
    """One row a feature, one column a class; times `scale`."""
    scale: NDArray[np.float32]
    """What a unit of weight is worth, for each class."""
    bias: NDArray[np.float32]
    temperature: float
    calibration: tuple[float, float, float] = (1.0, 1.0, 0.0)
    """(a, b, c): what the best class is said to be sure of, p, happens with probability
    sigmoid(a log p - b log(1 - p) + c): beta calibration (Kull, Silva Filho, Flach 2017)."""

    def scores(self, text: Features) -> NDArray[np.float64]:
        """A probability for each class; they add up to one."""
        rows = self._rows(text)
        values = self.rarity[rows]
        length = math.sqrt(float(values @ values)) or 1.0
        raw = (values @ self.weights[rows].astype(np.float32)) * self.scale / length + self.bias
        scaled = raw.astype(np.float64) / self.temperature
        found: NDArray[np.float64] = np.exp(scaled - scaled.max())
        found /= found.sum()
        return self._honest(found)

    def knows(self, features: Features) -> NDArray[np.bool_]:
        """Which of these it has seen; of the same shape."""
        at = np.searchsorted(self.features, features)
        found: NDArray[np.bool_] = self.features.take(at, mode="clip") == features
        return found

    def _rows(self, text: Features) -> NDArray[np.intp]:
        at = np.searchsorted(self.features, text)
        found: NDArray[np.intp] = at[self.features.take(at, mode="clip") == text]
        return found

    def _honest(self, found: NDArray[np.float64]) -> NDArray[np.float64]:
        best = int(found.argmax())
        said = min(float(found[best]), 1.0 - 1e-9)
        a, b, c = self.calibration
        sure = 1.0 / (1.0 + math.exp(b * math.log1p(-said) - a * math.log(said) - c))
        found *= (1.0 - sure) / (1.0 - said)
        found[best] = sure
        return found


def in_bytes(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as signed bytes, and the scale of each class."""
    scale = (np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127.0).astype(np.float32)
    return np.round(weights / scale).astype(np.int8), scale


def save(path: Path, model: Linear, **more: str) -> None:
    """Written small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        classes=np.array("\n".join(model.classes)),
        features=model.features,
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
        a, b, c = map(float, found.pop("calibration"))
        model = Linear(
            tuple(str(found.pop("classes")).split("\n")),
            found.pop("features"),
            found.pop("rarity").astype(np.float32),
            found.pop("weights"),
            found.pop("scale"),
            found.pop("bias"),
            float(found.pop("temperature")),
            (a, b, c),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path.name} is no model of Sanad.") from error
    return model, {k: str(v) for k, v in found.items()}
