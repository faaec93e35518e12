"""Fitting a linear model to examples, and making its confidences honest; needs scikit-learn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu.features import Features, words_of
from nlu.linear import Linear, in_bytes
from nlu.romanised import romanised

LARGEST = 120_000
"""Pieces kept: what makes the file small and loses nothing measurable."""
STRENGTH = 2.0
"""How much a training phrase weighs against a simple model (`C` of the support vector machine):
found on phrases held out, as every number here."""
COPY = 0.5
"""What a copy in the other script weighs beside its original."""
LARGE = 12_000
"""Examples, copies included, from which confidences are fitted on two parts held out, not all."""
PARTS = 6
"""Into which examples are cut for that."""
ENOUGH = 200
"""Held-out examples from which a calibration of the best class is worth more than none."""
AS_SAID = (1.0, 1.0, 0.0)
"""No calibration: confidences as they are."""


class TrainingError(ValueError):
    """Data or a model that cannot be used: one plain sentence."""


def fit(
    pairs: Sequence[tuple[str, str]],
    features: Callable[[Sequence[str]], Features],
    *,
    largest: int = LARGEST,
    strength: float = STRENGTH,
    copies: bool = False,
    beside: Sequence[Features] = (),
    label: str = "",
) -> Linear:
    """A linear support vector machine over weighted pieces, one class against the rest, its
    temperature fitted on what is held out. On our own phrases it is right of three in four that it
    has not seen where logistic regression is of seven in ten, and trains in a third of the time.

    `copies`: phrases in Arabic letters are learnt in Latin ones as well. `beside`: more examples,
    of which there are only features; all are of the class `label`.
    """
    try:
        from sklearn.svm import LinearSVC
    except ImportError:
        raise TrainingError("Training needs scikit-learn: install requirements/dev.txt.") from None

    cut = [*(features(words_of(text)) for text, _ in pairs), *beside]
    every = [*(intent for _, intent in pairs), *(label for _ in beside)]
    own = len(cut)
    copied = [(n, c) for n, (t, _) in enumerate(pairs) if copies and (c := romanised(t))]
    cut += [features(words_of(copy)) for _, copy in copied]
    # A copy goes where its original goes: what is held out must not be known by its copy.
    source = [*range(own), *(n for n, _ in copied)]
    labels = np.array([every[n] for n in source])
    known, rarity = _vocabulary(cut, least=2 if len(cut) > 400 else 1, largest=largest)
    matrix = _matrix(cut, known, rarity)

    counts = Counter(labels.tolist())
    balance = {c: (len(labels) / len(counts) / n) ** 0.5 for c, n in counts.items()}

    def model() -> Any:
        return LinearSVC(C=strength, class_weight=balance, random_state=7)

    weights_of = np.array([1.0] * own + [COPY] * len(copied), dtype=np.float32)
    temperature, calibration = _honesty(model, matrix, labels, weights_of, source)
    whole = model().fit(matrix, labels, sample_weight=weights_of)
    classes = [str(c) for c in whole.classes_]
    weights, bias = whole.coef_, whole.intercept_
    if len(classes) == 2:
        weights, bias = np.vstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
    weighed, scale = in_bytes(weights.T.astype(np.float32))
    return Linear(
        tuple(classes),
        known,
        rarity,
        weighed,
        scale,
        bias.astype(np.float32),
        temperature,
        calibration,
    )


def _vocabulary(
    cut: Sequence[Features], *, least: int, largest: int
) -> tuple[Features, NDArray[np.float32]]:
    """The features that at least so many texts have, the most frequent of them, in order; and how
    rare each is."""
    seen, times = np.unique(np.concatenate([np.unique(one) for one in cut]), return_counts=True)
    order = np.lexsort((seen, -times))[:largest]
    order = np.sort(order[times[order] >= least])
    rarity = np.log((1 + len(cut)) / (1 + times[order])) + 1
    return seen[order], rarity.astype(np.float32)


def _matrix(cut: Sequence[Features], known: Features, rarity: NDArray[np.float32]) -> Any:
    from scipy.sparse import csr_matrix

    data, columns, ends = [], [], [0]
    for one in cut:
        at = np.searchsorted(known, one)
        at, counts = np.unique(at[known.take(at, mode="clip") == one], return_counts=True)
        # As the model adds up: a feature that comes twice counts twice, each time by itself.
        length = np.sqrt(float((counts * rarity[at] ** 2).sum())) or 1.0
        data.append(counts * rarity[at] / length)
        columns.append(at)
        ends.append(ends[-1] + len(at))
    return csr_matrix(
        (np.concatenate(data).astype(np.float32), np.concatenate(columns), np.array(ends)),
        shape=(len(cut), len(known)),
    )


def _honesty(
    model: Callable[[], Any], matrix: Any, labels: Any, weights: Any, source: Sequence[int]
) -> tuple[float, tuple[float, float, float]]:
    """The temperature that makes held-out confidences most honest (least log loss), and the
    calibration of the best class after it."""
    own = len(set(source))
    if min(Counter(labels[:own].tolist()).values()) < 3:
        return 1.0, AS_SAID  # too few to hold any out
    order = list(range(own))
    random.Random(7).shuffle(order)  # noqa: S311 - a fixed shuffle
    copies: dict[int, list[int]] = {}
    for row, n in enumerate(source):
        copies.setdefault(n, []).append(row)
    parts, held_out = (PARTS, 2) if len(labels) > LARGE else (PARTS, PARTS)
    every = np.unique(labels)
    raw, true = [], []
    for part in range(held_out):
        held = np.array(order[part::parts])
        rest = np.array(
            [r for k in range(parts) if k != part for n in order[k::parts] for r in copies[n]]
        )
        fitted = model().fit(matrix[rest], labels[rest], sample_weight=weights[rest])
        scores = fitted.decision_function(matrix[held])
        if scores.ndim == 1:
            scores = np.column_stack([-scores, scores]) / 2
        place = {c: n for n, c in enumerate(fitted.classes_)}
        known = [n for n, label in enumerate(labels[held]) if label in place]
        raw.append(_padded(scores[known], fitted.classes_, every))
        true += [int(np.searchsorted(every, labels[held][n])) for n in known]
    scores, truth = np.vstack(raw), np.array(true)
    temperature = float(min(np.geomspace(0.05, 3.0, 60), key=lambda t: _loss(scores / t, truth)))
    return temperature, _calibration(scores / temperature, truth)


def _calibration(scores: Any, truth: Any) -> tuple[float, float, float]:
    from sklearn.linear_model import LogisticRegression

    best = scores.argmax(axis=1)
    right = best == truth
    if len(truth) < ENOUGH or right.all() or not right.any():
        return AS_SAID
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    said = np.clip(1.0 / odds.sum(axis=1), 1e-9, 1.0 - 1e-9)
    fitted = LogisticRegression(C=100.0).fit(
        np.column_stack([np.log(said), -np.log1p(-said)]), right
    )
    (a, b), c = fitted.coef_[0], fitted.intercept_[0]
    # Who was said to be surer must stay so.
    return (float(a), float(b), float(c)) if a >= 0 and b >= 0 else AS_SAID


def _padded(scores: Any, classes: Any, every: Any) -> Any:
    whole = np.full((len(scores), len(every)), -30.0)
    whole[:, np.searchsorted(every, classes)] = scores
    return whole


def _loss(scores: Any, truth: Any) -> float:
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    return float((log_sum - shifted[np.arange(len(truth)), truth]).mean())
