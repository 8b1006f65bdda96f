"""A library of invented papers on invented topics, the same ones each time: abstracts of about 1,500 characters."""

from __future__ import annotations

import random
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from biglibrary import EMPTY
from layouts import SYLLABLES

from db.services.library import Library
from db.store import imports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOPICS, OWN, COMMON = 40, 150, 20_000
SHARE = 0.3
"""Of the words of a paper so many are its topic's own."""
AT_ONCE, AT_ONE_COMMIT = 5_000, 50_000


def papers() -> Iterator[dict[str, Any]]:
    """Yield papers without end."""
    dice = random.Random(5)
    vocabulary = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(COMMON)]
    steps = list(accumulate(1 / (n + 10) for n in range(COMMON)))
    own = [dice.sample(vocabulary, OWN) for _ in range(TOPICS)]
    sizes = [1 / (n + 3) for n in range(TOPICS)]
    while True:
        (topic,) = dice.choices(range(TOPICS), sizes)

        def words(number: int, topic: int = topic) -> list[str]:
            common = iter(dice.choices(vocabulary, cum_weights=steps, k=number))
            return [dice.choice(own[topic]) if dice.random() < SHARE else next(common) for _ in range(number)]

        yield {
            "title": " ".join(words(9)).capitalize(),
            "abstract": " ".join(words(185)).capitalize(),
            "authors": [],
            "year": dice.randint(2015, 2025),
            "month": dice.randint(1, 12),
        }


def make(path: Path, number: int) -> None:
    """Make a library file of so many papers, with its indexes and without a history."""
    library = Library.open(path)
    rows = enumerate(islice(papers(), number), start=1)
    for _commit in range(0, number, AT_ONE_COMMIT):
        with library.writing("Fill", journalled=False) as write:
            for _batch in range(0, AT_ONE_COMMIT, AT_ONCE):
                batch = [
                    {**EMPTY, **paper, "id": at, "citation_key": f"key{at}", "urls": [], "fields": {}, "origins": {}}
                    for at, paper in islice(rows, AT_ONCE)
                ]
                if batch:
                    imports.add_papers(write.session, batch)
    library.close()
