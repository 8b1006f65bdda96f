"""How well twins are found, on labelled sets: `python tests/bench/bench_twins.py FOLDER [--peer PYTHON]`.

FOLDER holds the sets (see `labelled`), PYTHON is an interpreter that has bib-dedupe, the peer to compare with. A pair
counts as found when both are in one set of *same*; *maybe* is for people and counts as not found. The weights were
learned from half of the works (`fit_twins.py`): the last columns are of the other half. Asserts nothing.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench")]

import bibdedupe  # noqa: E402
import labelled  # noqa: E402

from db.domain.duplicates import groups, pairs  # noqa: E402
from db.domain.records import Verdict  # noqa: E402


def quality(found: set[labelled.Pair], true: set[labelled.Pair]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of pairs."""
    right = len(found & true)
    precision, recall = right / len(found) if found else 1.0, right / len(true) if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def row(name: str, fields: str, tool: str, one: labelled.Labelled, found: set[labelled.Pair], rest: str) -> None:
    """Print the quality over all pairs and over those of the half that was not learned from."""
    true = one.twins
    unseen = [{(a, b) for a, b in some if one.half(a) and one.half(b)} for some in (found, true)]
    p, r, f = quality(found, true)
    p2, r2, f2 = quality(*unseen)
    print(f"{name:20}{fields:6}{tool:11}{p:7.3f}{r:7.3f}{f:7.3f}{p2:9.3f}{r2:7.3f}{f2:7.3f}  {rest}")


def ours(one: labelled.Labelled) -> tuple[set[labelled.Pair], int, float]:
    """Return the pairs in sets of *same*, the number of *maybe* pairs, and the seconds."""
    candidates = dict(enumerate(one.records))
    start = time.perf_counter()
    scored = list(pairs(candidates.items()))
    found = labelled.pairs_of(groups(candidates, scored))
    took = time.perf_counter() - start
    return found, sum(score.verdict is Verdict.MAYBE for *_, score in scored), took


def main() -> None:
    """Print the table."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    peer = sys.argv[sys.argv.index("--peer") + 1] if "--peer" in sys.argv else None
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'set':20}{'fields':6}{'tool':>10} {'P':>7}{'R':>7}{'F1':>7}{'P half':>9}{'R':>7}{'F1':>7}")
    for folder in labelled.sets_in(Path(sys.argv[1])):
        for fields in ("all", "some"):
            one = labelled.load(folder, all_fields=fields == "all")
            found, maybe, took = ours(one)
            row(folder.name, fields, "Sheaf", one, found, f"{took:5.2f} s, {maybe} pairs maybe")
            if peer:
                seconds, sets = bibdedupe.run(peer, folder / labelled.RECORDS, fields)
                row(folder.name, fields, "bib-dedupe", one, labelled.pairs_of(sets), f"{seconds:5.2f} s")
    print("some: title, abstract and year alone")


if __name__ == "__main__":
    main()
