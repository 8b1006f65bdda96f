"""Whether the window stays quick from ten papers to a million: `python tests/bench/bench_scale.py [PAPERS ...]`.

With `--engine postgresql` first, libraries are on a server that is made for it. Run by hand; asserts nothing. Files
are made once and kept (`biglibrary.kept`); writes go to a copy. Each size is driven through the real window, offscreen,
in a process of its own. A step lasts from the act to the paint of the first rows that show its outcome (search: without
the 60 ms pause after a key); "late" is by how much the event loop missed a tick of 4 ms. Processor time is that of the
whole process, all threads, and in the lower table of the server, too. Under `chrt -f N` the window's thread goes before
the others, as it does with usual scheduling, for it mostly sleeps; else two busy threads keep both cores from it.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench")]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.app import App
    from tests.bench.loopwatch import LoopWatch, Measured

STARTS = 5


def memory(name: str) -> float:
    """Return VmRSS or VmHWM of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def work(app: App, watch: LoopWatch) -> list[Measured]:
    """Do what a person does all day; return what each kind of step took."""
    from tests.bench.workday import Workday

    return Workday(app, watch).whole()


def child(task: str) -> None:
    """Measure in this process; print the outcome."""
    from starting import started

    from tests.bench.loopwatch import HEADING, LoopWatch

    app, marks = started(float(os.environ["STARTED"]))
    watch = LoopWatch(app.window.table.view.viewport())
    if os.sched_getscheduler(0) == os.SCHED_FIFO:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(os.sched_getparam(0).sched_priority + 1))
    if task == "--start":
        watch.settle(300)
        print(*marks, memory("VmRSS:"), flush=True)
        app.windows.quit()
        app.close()
    else:
        print(HEADING)
        for measured in work(app, watch):
            print(measured.line(), flush=True)
        print(f"memory {memory('VmRSS:'):,.0f} MB, at most {memory('VmHWM:'):,.0f} MB")
    os._exit(0)


def run(task: str, library: Path | str, folder: str) -> str:
    """Run this file once more for one library; return what it prints."""
    own = {"SHEAF_LIBRARY": str(library), "SHEAF_CONFIG": folder, "STARTED": str(time.time())}
    environment = os.environ | own | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(
        [sys.executable, __file__, task], env=environment, check=False, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SystemExit(f"The program ended with status {done.returncode}:\n{done.stdout}")
    return done.stdout


def main() -> None:
    """Print the tables."""
    if len(sys.argv) == 2 and sys.argv[1].startswith("--"):
        child(sys.argv[1])
        return
    on_server = sys.argv[1:3] == ["--engine", "postgresql"]
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", end=", ")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    sizes = [int(one) for one in sys.argv[3 if on_server else 1 :]] or [10, 10_000, 100_000, 1_000_000]
    for library, folder in served(sizes) if on_server else copied(sizes):
        starts = [run("--start", library, folder).split() for _ in range(STARTS)][1:]  # the first warms the caches
        columns = zip(*starts, strict=True)
        paint, rows, answer, used, held = (statistics.median(map(float, column)) for column in columns)
        print(f"first paint {paint:.2f} s, first rows {rows:.2f} s, the library's {answer:.2f} s", end=", ")
        print(f"of the processor {used:.2f} s", end=", ")
        print(f"memory then {held:.0f} MB")
        print(run("--work", library, folder), flush=True)


def copied(sizes: list[int]) -> Iterator[tuple[Path, str]]:
    """Yield the copy of a library file for each size, and a folder for settings."""
    import biglibrary

    for size in sizes:
        kept = biglibrary.kept(size)
        print(f"\n{size:,} papers, {kept.stat().st_size / 1e6:,.0f} MB of library", flush=True)
        with tempfile.TemporaryDirectory(dir=biglibrary.KEPT) as folder:
            yield Path(shutil.copy(kept, folder)), folder


def served(sizes: list[int]) -> Iterator[tuple[str, str]]:
    """Yield the address of a library on a server for each size, and a folder for settings."""
    import biglibrary

    from tests.cluster import Cluster

    server = Cluster()
    os.environ["SHEAF_BENCH_SERVER"] = str(server.pid)
    try:
        for size in sizes:
            name, at = f"papers_{size}", time.time()
            address = server.kept(name)
            biglibrary.make(address, size, used=True)
            server.sql("VACUUM ANALYZE", name)  # a server does so by itself after a while
            ((held,),) = server.sql(f"SELECT pg_database_size('{name}')")
            print(f"\n{size:,} papers, {held / 1e6:,.0f} MB of database, made in {time.time() - at:.0f} s", flush=True)
            with tempfile.TemporaryDirectory() as folder:
                yield address, folder
    finally:
        server.stop()


if __name__ == "__main__":
    main()
