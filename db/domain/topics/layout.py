"""Where papers stand on the map: like ones near each other, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.manifold import TSNE

from db.domain.topics.vectors import SEED, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

LANDMARKS = 1_500
"""Papers that are laid out among each other; all others stand among those that they are most like."""
NEAR = 4
STEPS = 500
AT_ONCE = 4_000
FEWEST = 5
"""Fewer papers are set on a circle."""
EDGE = 0.04


def place(short: NDArray[np.float32], groups: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return a place from 0 to 1 for each vector of length one; equal vectors stand beside each other."""
    marks = _landmarks(short, groups)
    if len(marks) < FEWEST:
        angle = np.linspace(0, 2 * np.pi, len(short), endpoint=False)
        return np.stack([0.5 + 0.3 * np.cos(angle), 0.5 + 0.3 * np.sin(angle)], axis=1).astype(np.float32)
    laid = _laid_out(short[marks])
    found = np.empty((len(short), 2), dtype=np.float32)
    for start in range(0, len(short), AT_ONCE):
        found[start : start + AT_ONCE] = _among(short[start : start + AT_ONCE], short[marks], laid)
    found[marks] = laid
    return _fitted(found)


def _landmarks(short: NDArray[np.float32], groups: NDArray[np.int32]) -> NDArray[np.int64]:
    """Choose evenly from the papers, in the order of their groups, so that each is there in its size."""
    order = np.argsort(groups, kind="stable")
    return np.sort(order[spread(len(short), LANDMARKS)])


def _laid_out(short: NDArray[np.float32]) -> NDArray[np.float32]:
    # What says the same would be torn apart by its own noise: t-SNE wants a little room between points.
    noise = np.random.default_rng(SEED).normal(0, 1e-3, short.shape).astype(np.float32)
    perplexity = min(30.0, (len(short) - 1) / 3)
    made = TSNE(2, perplexity=perplexity, init="pca", random_state=SEED, max_iter=STEPS).fit_transform(short + noise)
    return np.asarray(made, dtype=np.float32)


def _among(some: NDArray[np.float32], marks: NDArray[np.float32], laid: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return places in the middle of the nearest landmarks, the likest of which pulls hardest."""
    near = min(NEAR, len(marks))
    likeness = some @ marks.T
    best = np.argpartition(-likeness, near - 1, axis=1)[:, :near]
    pull = np.exp(12 * np.take_along_axis(likeness, best, axis=1))
    pull /= pull.sum(axis=1, keepdims=True)
    return np.asarray((laid[best] * pull[:, :, None]).sum(axis=1), dtype=np.float32)


def _fitted(found: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return places in the unit square, both ways at one scale."""
    low, high = found.min(axis=0), found.max(axis=0)
    scale = float((high - low).max()) or 1.0
    middle = (low + high) / 2
    return np.asarray(0.5 + (found - middle) / scale * (1 - 2 * EDGE), dtype=np.float32)
