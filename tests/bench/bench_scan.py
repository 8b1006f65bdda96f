"""How long the search for twins of a library takes: `python tests/bench/bench_scan.py [PAPERS ...] [--peer PYTHON]`.

"wait" is the longest time between two reports, which is how long a cancel takes at most. Then 500 records of its papers
are imported once more, each of which must find its twin. PYTHON is an interpreter that has bib-dedupe, the peer, which
is given the same papers as a table. Run by hand; asserts nothing.
"""

from __future__ import annotations

import csv
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice, pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench")]

import bibdedupe  # noqa: E402
import biglibrary  # noqa: E402

SEEN_AGAIN = 500


def measure(path: Path) -> None:
    """Search one library, import into it, and print the figures."""
    from db.services import importing, merging
    from db.services.library import Library
    from db.services.progress import silent
    from db.store import meetings

    library = Library.open(path)
    with library.reading() as session:
        compared = len(meetings.meetings(session, lambda _done, _total: None))
    reports = [start := time.perf_counter()]
    worked = time.process_time()
    sets = len(merging.find_duplicates(library, lambda _progress: reports.append(time.perf_counter())).sets)
    took, worked = time.perf_counter() - start, time.process_time() - worked
    wait = max(later - earlier for earlier, later in pairwise([*reports, time.perf_counter()]))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again = path.with_suffix(".txt")
    fresh = islice((one for one in biglibrary.papers() if one["abstract"] and one["authors"]), SEEN_AGAIN)
    again.write_text("\n".join(f"{one['title']}\n\n{one['abstract']}\n" for one in fresh), encoding="utf-8")
    start = time.perf_counter()
    (result,) = importing.import_files(library, [again], silent).files
    imported = time.perf_counter() - start
    library.close()
    print(f"{took} {worked} {wait} {memory:.0f} {compared} {sets} {imported} {result.merged}")


def peer_seconds(python: str, table: Path, number: int) -> float:
    """Return how long the peer searches the same papers."""
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, ["ID", "ENTRYTYPE", "title", "abstract", "author", "year", "journal"])
        rows.writeheader()
        for at, paper in enumerate(islice(biglibrary.papers(), number)):
            authors = " and ".join(", ".join(name) for name in paper["authors"])
            shown = {name: paper[name] for name in ("title", "abstract", "year")}
            rows.writerow({"ID": at, "ENTRYTYPE": "misc", "author": authors, "journal": "", **shown})
    return bibdedupe.run(python, table, "all")[0]


def main() -> None:
    """Print a table of the sizes; each library is searched by a process of its own."""
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        measure(Path(sys.argv[2]))
        return
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    peer = sys.argv[sys.argv.index("--peer") + 1] if "--peer" in sys.argv else None
    heads = f"{'papers':>10}{'made in s':>11}{'search s':>10}{'cpu s':>8}{'wait s':>8}"
    print(f"{heads}{'MB':>6}{'pairs':>10}{'sets':>9}  500 more")
    with tempfile.TemporaryDirectory() as folder:
        for number in [int(one) for one in sys.argv[1:] if one.isdecimal()] or [10_000, 100_000, 1_000_000]:
            path = Path(folder, f"{number}.sheaf")
            start = time.perf_counter()
            biglibrary.make(path, number)
            made = time.perf_counter() - start
            run = [sys.executable, __file__, "--one", str(path)]
            answer = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
            took, worked, wait, memory, compared, sets, imported, seen = (float(one) for one in answer)
            print(
                f"{number:10,}{made:11.1f}{took:10.2f}{worked:8.2f}{wait:8.3f}{memory:6.0f}{compared:10,.0f}{sets:9,.0f}"
                f"  {imported:.2f} s, {seen:,.0f} seen"
            )
            path.unlink()
            if peer:
                theirs = peer_seconds(peer, Path(folder, "papers.csv"), number)
                print(f"{'bib-dedupe':>21}{theirs:10.2f}  {theirs / took:.0f} times as long")


if __name__ == "__main__":
    main()
