"""Looking at a library: `python tests/bench/bench_look.py [PAPERS ...]` prints seconds and memory of each step.

With a library file instead of a number it measures that one. Processor time stands beside the clock, for machines
that others use, too.
"""

from __future__ import annotations

import platform
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import topical

from db.services import alike, exploring, kinds, overtime, searching, tagpairs
from db.services.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable


def cpu() -> float:
    """Return the processor seconds of this process and of those that it ended."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def show(name: str, run: Callable[[], Any]) -> Any:
    """Run something and print a line of the table."""
    clock, work = time.perf_counter(), cpu()
    result = run()
    print(f"| {name:<28} | {time.perf_counter() - clock:8.2f} | {cpu() - work:8.2f} |", flush=True)
    return result


def peak(who: int) -> int:
    """Return the largest memory in MB."""
    return resource.getrusage(who).ru_maxrss // 1024


def bench(path: Path) -> None:
    """Print the figures of a library."""
    library = Library.open(path)
    ids = searching.find(library).ids
    print(f"\n{len(ids):,} papers\n| {'':<28} | {'seconds':>8} | {'cpu s':>8} |")
    survey = show("terms and topics", lambda: exploring.survey(library, ids))
    show("over time, by dump", lambda: overtime.over_time(library, ids, "dump"))
    show("colours by tag", lambda: kinds.grouped(library, ids, "tag"))
    show("tags together", lambda: tagpairs.tag_pairs(library, ids))
    some = ids[:: max(1, len(ids) // 20)][:20]
    show(f"papers like one, {len(some)} times", lambda: [alike.papers_like(library, one) for one in some])
    topics = len(survey.map.topics) if survey.map else 0
    print(f"{topics} topics; {peak(resource.RUSAGE_CHILDREN)} MB to look, {peak(resource.RUSAGE_SELF)} MB here")
    library.close()


def main() -> None:
    """Measure the libraries that were asked for."""
    print(f"{platform.platform()}, Python {platform.python_version()}")
    for asked in sys.argv[1:] or ["400", "10000", "100000"]:
        if not asked.isdecimal():
            bench(Path(asked))
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "look.sheaf"
            topical.make(path, int(asked))
            bench(path)


if __name__ == "__main__":
    main()
