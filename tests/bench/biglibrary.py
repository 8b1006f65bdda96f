"""A library of invented papers of any size, the same ones each time, some of them twins of others.

Papers go in past the reading and matching of an import, which would merge the certain twins.
"""

from __future__ import annotations

import random
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from layouts import SYLLABLES, VOCABULARY

from db.services.library import Library
from db.store import imports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMONEST = 10
"""How steeply the frequencies of words fall: the n-th is drawn in proportion to 1 / (n + COMMONEST)."""
AT_ONCE, AT_ONE_COMMIT = 5_000, 50_000
TWINS = 0.05
REMEMBERED = 5_000
"""Earlier papers a twin may be of."""
EMPTY: dict[str, Any] = dict.fromkeys(imports.ABSORBED) | {
    "abstract_truncated": False, "year_inferred": False, "year_evidence": "", "entry_type": "misc",
    "added_at": "2026-01-01T00:00:00.000000+00:00",
}  # fmt: skip


def papers() -> Iterator[dict[str, Any]]:
    """Yield papers without end; titles have ten words, abstracts about 1,500 characters."""
    dice = random.Random(5)
    vocabulary = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(VOCABULARY)]
    steps = list(accumulate(1 / (n + COMMONEST) for n in range(VOCABULARY)))

    def words(number: int) -> list[str]:
        return dice.choices(vocabulary, cum_weights=steps, k=number)

    earlier: list[dict[str, Any]] = []
    while True:
        if earlier and dice.random() < TWINS:
            yield _twin(dice, dice.choice(earlier))
            continue
        paper = {
            "title": " ".join([*words(5), "for", *words(4)]).title(),
            "abstract": " ".join(words(185)).capitalize(),
            "authors": [[name.title(), "A."] for name in words(3)],
            "year": dice.randint(2010, 2025),
        }
        if len(earlier) < REMEMBERED:
            earlier.append(paper)
        else:
            earlier[dice.randrange(REMEMBERED)] = paper
        yield paper


def _twin(dice: random.Random, paper: dict[str, Any]) -> dict[str, Any]:
    """Return a paper as another source has it: in capitals, with a cut or no abstract, without authors."""
    title = paper["title"].replace(" For ", " for ").upper() if dice.random() < 0.5 else paper["title"]
    abstract = dice.choice([paper["abstract"], paper["abstract"][:300] + "...", ""])
    return {**paper, "title": title, "abstract": abstract, "authors": dice.choice([paper["authors"], []])}


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
                imports.add_papers(write.session, batch)
    library.close()
