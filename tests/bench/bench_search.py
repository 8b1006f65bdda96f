"""Search latency over invented papers: `python tests/bench/bench_search.py [PAPERS ...]` prints a table."""

from __future__ import annotations

import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.services import reading, searching
from db.services.library import Library
from db.store import imports

if TYPE_CHECKING:
    from collections.abc import Callable

SYLLABLES = "ka lo mi ren tas vor pel dun shi gra neo fex bri ul quo zan".split()
SORTS = "title authors date tags status comments dumps key added rating starred".split()
BATCH = 5_000


def vocabulary(chance: random.Random) -> list[str]:
    """Return invented words, the frequent ones first."""
    made = {"".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(30_000)}
    return sorted(made, key=lambda word: (len(word), word))


UNKNOWN = "organization organization_slug month_day upvotes arxiv_id doi venue".split()


def fill(library: Library, papers: int) -> float:
    """Add invented papers; return the seconds it took."""
    chance = random.Random(5)
    words = vocabulary(chance)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    started = time.perf_counter()
    with library.writing("Add invented papers") as write:
        for start in range(0, papers, BATCH):
            rows = []
            for i in range(start + 1, min(start + BATCH, papers) + 1):
                text = chance.choices(words, weights, k=160)
                rows.append(
                    {
                        "id": i,
                        "title": " ".join(text[:10]),
                        "abstract": " ".join(text[10:]),
                        "abstract_truncated": False,
                        "authors": [[text[0].title(), ""]] if i % 3 else [],
                        "author_count": i % 17 or None,
                        "year": 2015 + i % 11,
                        "month": i % 12 + 1,
                        "day": i % 28 + 1,
                        "comments": i % 40 or None,
                        **dict.fromkeys(UNKNOWN),
                        "year_inferred": i % 5 == 0,
                        "year_evidence": "",
                        "urls": [],
                        "entry_type": "misc",
                        "fields": {},
                        "origins": {},
                        "citation_key": f"{text[0]}-{i}",
                        "added_at": "2025-01-01T00:00:00Z",
                    }
                )
            imports.add_papers(write.session, rows)
    return time.perf_counter() - started


def typed(chance: random.Random, words: list[str], number: int) -> list[str]:
    """Return what the search field holds while people type one, two or three words."""
    texts = []
    for _ in range(number):
        whole = " ".join(chance.choices(words[:5_000], k=chance.choice((1, 1, 2, 3))))
        texts += [whole[:length] for length in range(2, len(whole) + 1, 2)]
    return texts


def measure(run: Callable[[], object]) -> float:
    """Return the milliseconds of one run."""
    started = time.perf_counter()
    run()
    return (time.perf_counter() - started) * 1_000


def show(name: str, times: list[float]) -> None:
    """Print a line of the table."""
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"| {name:<34} | {statistics.median(ordered):8.1f} | {p95:8.1f} | {ordered[-1]:8.1f} |")


def bench(papers: int) -> None:
    """Print the latencies at one size."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "bench.sheaf")
        seconds = fill(library, papers)
        chance = random.Random(7)
        words = vocabulary(random.Random(5))
        print(f"\n{papers:,} papers, added at {papers / seconds:,.0f}/s")
        print(f"| {'question':<34} | {'p50 ms':>8} | {'p95 ms':>8} | {'max ms':>8} |")
        texts = typed(chance, words, 60)
        for sort in ("added", "title"):
            found = [measure(partial(searching.find, library, text, sort=sort)) for text in texts]
            show(f"as you type, by {sort}", found)
        for sort in SORTS:
            show(f"all papers, by {sort}", [measure(partial(searching.find, library, sort=sort)) for _ in range(5)])
        for asked in ("is:unread year:2024", "-is:starred has:notes"):
            show(asked, [measure(partial(searching.find, library, asked)) for _ in range(5)])
        ids = searching.find(library).ids
        starts = range(0, len(ids) - 128, 977)
        show("a page of 128 rows", [measure(partial(reading.rows, library, ids[at : at + 128])) for at in starts])
        show("sidebar", [measure(partial(reading.sidebar, library)) for _ in range(5)])
        library.close()


if __name__ == "__main__":
    print(f"{platform.platform()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    for size in [int(one) for one in sys.argv[1:]] or [10_000, 100_000]:
        bench(size)
