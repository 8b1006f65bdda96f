"""Bags of terms as short vectors: TF-IDF, then latent semantic analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.domain.terms import Bags

SEED = 20
DIMENSIONS = 50
FIT = 10_000
"""Papers that the vectors' directions are learnt from; all others are projected on them."""


def spread(total: int, number: int) -> NDArray[np.int64]:
    """Return at most `number` of `total` places, evenly spread."""
    return np.unique(np.linspace(0, total - 1, min(total, number)).astype(np.int64))


def matrix(bags: Bags) -> Any:
    """Return papers by terms, each paper of length one (or nothing); a term counts the more the rarer it is."""
    numbers = np.frombuffer(bags.numbers, dtype=np.int32)
    starts = np.frombuffer(bags.starts, dtype=np.int64)
    width = len(bags.vocabulary.terms)
    papers = np.bincount(numbers, minlength=width)
    rarity = (np.log((1 + len(bags)) / (1 + papers)) + 1).astype(np.float32)
    values = np.frombuffer(bags.weights, dtype=np.int8).astype(np.float32)
    values *= rarity[numbers]
    made = csr_matrix((values, numbers, starts), shape=(len(bags), width))
    return normalize(made, copy=False)


def vectors(weighted: Any) -> NDArray[np.float32]:
    """Return a short vector of length one for each paper that has terms."""
    if min(weighted.shape) <= DIMENSIONS:
        return np.asarray(weighted.toarray(), dtype=np.float32)  # short already
    svd = TruncatedSVD(DIMENSIONS, n_iter=4, random_state=SEED)
    with np.errstate(invalid="ignore"):  # papers that all say the same have no variance to share out
        svd.fit(weighted[spread(weighted.shape[0], FIT)])
    found = np.asarray(svd.transform(weighted), dtype=np.float32)
    return np.asarray(normalize(found, copy=False), dtype=np.float32)
