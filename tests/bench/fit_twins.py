"""Learn the weights of `db.domain.duplicates.signs` anew: `python tests/bench/fit_twins.py FOLDER`.

FOLDER holds labelled sets (see `labelled`). Run by hand, with `pip install scipy` in the environment. Logistic
regression over the pairs that share a blocking key, in the training half of every set, with all fields and with titles
and years alone; every set counts alike. A sign that speaks for one work may not get a weight against it, nor the other
way round: the sets are small, and such a weight would be chance.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench")]

import labelled  # noqa: E402
import numpy as np  # noqa: E402
from scipy.optimize import minimize  # noqa: E402

from db.domain.duplicates import blocking_keys  # noqa: E402
from db.domain.duplicates.evidence import facts  # noqa: E402
from db.domain.duplicates.signs import WEIGHTS, signs  # noqa: E402

FOR = {"authors shared", "venue alike", "pages equal", "volume equal", "year equal"}
EITHER = {"title within", "year unknown", "authors unknown", "bias"}
NAMES = [*WEIGHTS, "bias"]
A_SET = 3_000.0
"""What all pairs of a set weigh together."""
PENALTY, MOST = 2.0, 60


def training(one: labelled.Labelled) -> tuple[np.ndarray, np.ndarray]:
    """Return the signs of the pairs of the training half, a row each, and whether they are twins."""
    known = [facts(candidate) for candidate in one.records]
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for place, candidate in enumerate(one.records):
        for key in blocking_keys(candidate.title, candidate.abstract):
            blocks[key].append(place)
    met = {pair for members in blocks.values() for pair in combinations(members[:MOST], 2)}
    rows, true = [], []
    for a, b in sorted(pair for pair in met if one.half(pair[0]) == 0):
        shown = {**signs(known[a], known[b]).numbers(), "bias": 1.0}
        rows.append([float(shown.get(name, 0)) for name in NAMES])
        true.append(one.works[a] == one.works[b])
    return np.array(rows), np.array(true, float)


def fit(rows: np.ndarray, true: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Return the weights in the order of NAMES."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ weights
        slope = rows.T @ (counts * (1 / (1 + np.exp(-odds)) - true))
        slope[:-1] += PENALTY * weights[:-1]
        cost = (counts * (np.logaddexp(0, odds) - true * odds)).sum() + PENALTY / 2 * (weights[:-1] ** 2).sum()
        return cost, slope

    bounds = [(None, None) if one in EITHER else (0, None) if one in FOR else (None, 0) for one in NAMES]
    return minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", bounds=bounds).x


def main() -> None:
    """Print the weights."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folders = labelled.sets_in(Path(sys.argv[1]))
    learned = [training(labelled.load(folder, all_fields=every)) for folder in folders for every in (True, False)]
    counts = np.concatenate([np.full(len(true), A_SET / len(true)) for _, true in learned])
    weights = fit(np.vstack([rows for rows, _ in learned]), np.concatenate([true for _, true in learned]), counts)
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"{name:24}{weight:7.2f}   now {WEIGHTS.get(name, 0):7.2f}")


if __name__ == "__main__":
    main()
