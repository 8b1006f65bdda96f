"""A library of invented papers of any size, the same ones each time, some of them twins of others.

Papers go in past the reading and matching of an import, which would merge the certain twins. What `used` adds is what
years of work leave behind: see `biguse`.
"""

from __future__ import annotations

import os
import random
import tempfile
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.services.library import Library
from db.store import bulk, imports
from db.store.backlog import Backlog
from tests.bench.biguse import Use
from tests.bench.layouts import SYLLABLES, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMONEST = 10
"""How steeply the frequencies of words fall: the n-th is drawn in proportion to 1 / (n + COMMONEST)."""
AT_ONCE, AT_ONE_COMMIT = 5_000, 50_000
TWINS = 0.05
REMEMBERED = 5_000
"""Earlier papers a twin may be of."""
KEPT = Path(os.environ.get("SHEAF_BIG") or Path(tempfile.gettempdir()) / "big")
"""Where libraries stay from one benchmark to the next: a million papers take several minutes to make."""
EMPTY: dict[str, Any] = dict.fromkeys(imports.ABSORBED) | {
    "abstract_truncated": False, "year_inferred": False, "year_evidence": "", "entry_type": "misc", "notes": "",
    "added_at": "2026-01-01T00:00:00.000000+00:00",
}  # fmt: skip
KNOWN = (
    "the of and a to in we for that with on is models language model by as are from our learning this an can data "
    "training be which tasks performance large it method based more methods using image however at these across new "
    "while or such generation reasoning approach video framework has through human their between both propose results "
    "llms have not existing work over paper than show information diffusion high different each where visual multi "
    "without use first two quality text its code only attention benchmark novel state also time effective agents into "
    "during task knowledge introduce into prompt tokens reward world scale process improve space better one feature "
    "features network networks neural system step problem key domain policy search reinforcement memory loss systems "
    "learn evaluation demonstrate efficient semantic object motion long short sample samples adaptive context given "
    "representation alignment pretraining preference feedback safety speech audio robot graph transformer sparse "
    "latent encoder decoder scene depth camera point cloud mask token cache kernel hardware latency inference bound "
    "optimal gradient noise score flow matching sampling guidance retrieval question answer answers math proof theorem "
    "logic symbolic program software bug test repair compiler tool agent planning environment simulation control"
).split()
"""Words that stand in front of the invented ones, so that searches can be typed as people type them."""


def vocabulary() -> list[str]:
    """Return words, the frequent ones first."""
    dice = random.Random(5)
    known = list(dict.fromkeys(KNOWN))
    return known + ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(VOCABULARY - len(known))]


def papers() -> Iterator[dict[str, Any]]:
    """Yield papers without end; titles have ten words, abstracts about 1,500 characters."""
    dice = random.Random(5)
    drawn = vocabulary()
    steps = list(accumulate(1 / (n + COMMONEST) for n in range(VOCABULARY)))

    def words(number: int) -> list[str]:
        return dice.choices(drawn, cum_weights=steps, k=number)

    earlier: list[dict[str, Any]] = []
    while True:
        if earlier and dice.random() < TWINS:
            yield _twin(dice, dice.choice(earlier))
            continue
        paper = {
            "title": " ".join([*words(5), "for", *words(4)]).title(),
            "abstract": " ".join(words(200)).capitalize() + ".",
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


def make(path: Path | str, number: int, *, used: bool = False) -> None:
    """Make a library of so many papers, in a file or at an address; one that was used has a history, too."""
    library = Library.open(path)
    rows = enumerate(islice(papers(), number), start=1)
    use = Use() if used else None
    for _commit in range(0, number, AT_ONE_COMMIT):
        with library.writing("Fill", journalled=used) as write, bulk.inserts(write.session):
            waiting = Backlog(write.session)
            for _batch in range(0, AT_ONE_COMMIT, AT_ONCE):
                batch = [
                    {**EMPTY, **paper, "id": at, "citation_key": f"key{at}", "urls": [], "fields": {}, "origins": {}}
                    for at, paper in islice(rows, AT_ONCE)
                ]
                if use and batch:
                    use.dump(write.session, batch)
                imports.add_papers(write.session, batch)
                if use:
                    use.beside(write.session, batch)
                waiting.add(batch, {})
                waiting.settle(lambda: None)
    library.close()


def kept(number: int) -> Path:
    """Return a used library of so many papers, made when there is none yet; not to be changed."""
    path = KEPT / f"{number}.sheaf"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        part = KEPT / f"{number}.part"
        part.unlink(missing_ok=True)
        make(part, number, used=True)
        part.rename(path)
    return path
