"""The topics of papers: groups of like texts, named by the terms that tell them from the others."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from db.domain.topics.labels import label
from db.domain.topics.layout import place
from db.domain.topics.topicmap import NONE, Topic, TopicMap
from db.domain.topics.vectors import SEED, matrix, spread, vectors

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from db.domain.terms import Bags

MOST = 24
"""Topics of the largest library: more labels could not be read."""
FEW = 4
"""Topics grow as the root of a quarter of the papers: 9 for 346 papers, the most from some 2,300 on."""
LEARNT_FROM, AT_ONCE = 10_000, 5_000
CROWD, AROUND = 400, 0.06
"""Papers of a topic that are asked where it is thickest, and how far they look (of the whole map)."""
APART = 0.02
"""Topics whose middles differ by less (of at most 2) are one."""


def find_topics(bags: Bags, told: Callable[[str], None] = lambda _step: None) -> TopicMap:
    """Return the map of papers, the same one for the same papers; `told` hears the steps and may raise."""
    # One thread: the others would only wait for each other, and the sums of several come in any order.
    with threadpool_limits(1):
        return _find(bags, told)


def _find(bags: Bags, told: Callable[[str], None]) -> TopicMap:
    starts = np.frombuffer(bags.starts, dtype=np.int64)
    worded = np.flatnonzero(np.diff(starts))
    of = np.full(len(bags), NONE, dtype=np.int32)
    xy = np.full((len(bags), 2), 0.5, dtype=np.float32)
    topics: tuple[Topic, ...] = ()
    if len(worded):
        told("Weighing the terms")
        weighted = matrix(bags)
        told("Finding directions")
        short = vectors(weighted if len(worded) == len(bags) else weighted[worded])
        del weighted
        told("Grouping")
        groups = _by_size(_groups(short))
        told("Drawing the map")
        of[worded], xy[worded] = groups, place(short, groups)
        told("Naming the topics")
        topics = _topics(bags, of, xy)
    return TopicMap(topics, array("i", of.tolist()), array("f", xy[:, 0].tolist()), array("f", xy[:, 1].tolist()))


def _groups(short: NDArray[np.float32]) -> NDArray[np.int32]:
    """Return the group of each vector; groups that are all but the same are one."""
    learnt = short[spread(len(short), LEARNT_FROM)]
    wanted = int(min(MOST, max(1, round((len(short) / FEW) ** 0.5)), len(np.unique(learnt.round(4), axis=0))))
    model = KMeans(wanted, n_init=4, random_state=SEED).fit(learnt)
    middles = np.asarray(model.cluster_centers_)
    kept: list[int] = []
    name = np.zeros(wanted, dtype=np.int32)
    for at, middle in enumerate(middles):
        near = [place for place, other in enumerate(kept) if ((middles[other] - middle) ** 2).sum() < APART]
        if not near:
            kept.append(at)
        name[at] = near[0] if near else len(kept) - 1
    return np.asarray(name[model.predict(short)], dtype=np.int32)


def _by_size(groups: NDArray[np.int32]) -> NDArray[np.int32]:
    """Number groups anew, the largest first."""
    sizes = np.bincount(groups)
    order = np.argsort(-sizes, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place[groups].astype(np.int32)


def _topics(bags: Bags, of: NDArray[np.int32], xy: NDArray[np.float32]) -> tuple[Topic, ...]:
    sizes = np.bincount(of[of >= 0])
    within = _met(bags, of, len(sizes))
    every = within.sum(axis=0)
    made = []
    for number, size in enumerate(sizes):
        terms = label(bags.vocabulary, within[number], int(size), every, int(sizes.sum()))
        middle = _thickest(xy[of == number])
        made.append(Topic(terms, int(size), float(middle[0]), float(middle[1])))
    return tuple(made)


def _thickest(places: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the place that has most of the others around it: the middle may lie between two heaps."""
    some = places[spread(len(places), CROWD)]
    away = ((some[:, None, :] - some[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(some[int(np.exp(-away / (2 * AROUND**2)).sum(axis=1).argmax())], dtype=np.float32)


def _met(bags: Bags, of: NDArray[np.int32], topics: int) -> NDArray[np.int64]:
    """Return in how many papers of each topic each term is, some papers at a time: all at once take much room."""
    width = len(bags.vocabulary.terms)
    starts = np.frombuffer(bags.starts, dtype=np.int64)
    numbers = np.frombuffer(bags.numbers, dtype=np.int32)
    met = np.zeros(topics * width, dtype=np.int64)
    for first in range(0, len(bags), AT_ONCE):
        last = min(first + AT_ONCE, len(bags))
        lengths = (starts[first + 1 : last + 1] - starts[first:last]).astype(np.int64)
        rows = np.repeat(of[first:last].astype(np.int64) * width, lengths)
        met += np.bincount(rows + numbers[starts[first] : starts[last]], minlength=len(met))
    return met.reshape(topics, width)
