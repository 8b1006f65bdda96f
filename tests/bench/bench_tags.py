"""How long tags take in a library of 100,000 papers with 5,000 tags: processor and wall-clock seconds.

Run it with a folder for the library: `python tests/bench/bench_tags.py FOLDER`; what is there already is used again.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import biglibrary

from db.services import reading, retagging, searching, suggesting, tagging, undoing
from db.services.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable

PAPERS, TAGS, EACH = 100_000, 5_000, 3


def fill(path: Path) -> None:
    """Make the library; few tags have many papers and many have few, 40 hold the others."""
    biglibrary.make(path, PAPERS)
    dice = random.Random(3)
    pairs = {
        (paper, min(TAGS, int(dice.paretovariate(0.35)))) for paper in range(1, PAPERS + 1) for _tag in range(EACH)
    }
    names = [(n, f"area{n % 40}/topic {n}", f"area{n % 40}/topic {n}", n % 8) for n in range(1, TAGS + 1)]
    library = Library.open(path)
    with library.writing("Tags", journalled=False) as write:
        run = write.session.connection().exec_driver_sql
        run("INSERT INTO tag (id, name, name_key, colour, version) VALUES (?, ?, ?, ?, 1)", names)
        run("INSERT INTO paper_tag (paper_id, tag_id) VALUES (?, ?)", sorted(pairs))
    library.close()


def measured(what: str, do: Callable[[], Any]) -> None:
    """Do something and print how long it took."""
    processor, clock = time.process_time(), time.perf_counter()
    do()
    spent = {"processor": time.process_time() - processor, "clock": time.perf_counter() - clock}
    print(json.dumps({"what": what, **{name: round(seconds, 3) for name, seconds in spent.items()}}), flush=True)


def main(folder: Path) -> None:
    """Print one line for each thing that is done with tags."""
    path = folder / "tags.sheaf"
    if not path.exists():
        fill(path)
    library = Library.open(path)
    ids = list(searching.find(library, "").ids)
    measured("sidebar", lambda: reading.sidebar(library))
    for number in (1, 20, 200):
        measured(f"suggest for {number}", lambda number=number: suggesting.suggest(library, ids[:number]))
    for number in (10_000, 100_000):
        measured(f"tag {number}", lambda number=number: tagging.tag(library, ids[:number], add=["bulk"]))
        measured(f"undo {number}", lambda: undoing.undo(library))
    measured("rename 125 tags", lambda: retagging.rename(library, "area1", "field"))
    measured("undo it", lambda: undoing.undo(library))
    library.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
