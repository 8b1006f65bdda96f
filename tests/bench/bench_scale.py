"""Whether the window stays quick from ten papers to a million: `python tests/bench/bench_scale.py [PAPERS ...]`.

Run by hand; asserts nothing. Libraries are made once and kept (`biglibrary.kept`); writes go to a copy. Each size is
driven through the real window, offscreen, in a process of its own. A step lasts from the act to the paint of the first
rows that show its outcome (search: without the 60 ms pause after a key); "late" is by how much the event loop missed a
tick of 4 ms. Processor time is that of the whole process, all threads.
"""

from __future__ import annotations

import os
import platform
import random
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
    from desktop.app import App
    from tests.bench.loopwatch import LoopWatch, Measured

STARTS = 5
TAGGED = 10_000
COLUMNS = "title authors date tags status comments dumps key added rating starred".split()
TYPED = 12
"""Titles of which words are typed."""


def memory(name: str) -> float:
    """Return VmRSS or VmHWM of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    return 0.0


def started(at: float) -> tuple[App, LoopWatch, tuple[float, float]]:
    """Start the program; return it with the seconds from `at` to the first paint and to the first rows."""
    from PySide6.QtWidgets import QApplication

    from desktop.app import App, make_application
    from desktop.settings import Settings
    from tests.bench.loopwatch import LoopWatch

    application = make_application(sys.argv[:1])
    app = App(application, os.environ["SHEAF_LIBRARY"], [], Settings())
    marks: dict[str, float] = {}
    app.window.painted.connect(lambda: marks.setdefault("paint", time.time() - at))
    app.start()
    watch = LoopWatch(app.window.table.view.viewport())
    watch.wait(lambda: "paint" in marks and app.window.table.model.rowCount() > 0)
    QApplication.processEvents()  # the paint of the rows
    return app, watch, (marks["paint"], time.time() - at)


def work(app: App, watch: LoopWatch) -> list[Measured]:
    """Do what a person does all day; return what each kind of step took."""
    from db import services
    from tests.bench.loopwatch import Measured, prefixes

    window, table = app.window, app.window.table
    library, view = app.context.library, table.view
    assert library is not None
    done: list[Measured] = []
    resets: list[int] = []
    table.model.modelReset.connect(lambda: resets.append(watch.paints))
    answers: list[int] = []
    table.answered.connect(lambda: answers.append(watch.paints))

    def measured(name: str) -> Measured:
        done.append(Measured(name))
        return done[-1]

    def shown() -> bool:
        """Whether the newest question shows its first rows, or is answered without a change of rows."""
        return bool(resets and watch.paints > resets[-1]) or bool(answers and not resets)

    def shows(into: Measured, act: object, *, whole: bool = True) -> None:
        resets.clear()
        answers.clear()
        watch.step(into, act, shown)  # type: ignore[arg-type]
        if whole:
            watch.wait(lambda: bool(answers))
            watch.settle()

    watch.wait(lambda: table.answers.found and window.sidebar.lists is not None)
    watch.settle(500)
    one = measured("search, first rows, each key")
    dice = random.Random(4)
    rows = services.reading.rows(library, [dice.choice(table.model.ids) for _ in range(TYPED)])
    texts = [" ".join(row.title.lower().split()[: 1 + n % 2]) for n, row in enumerate(rows)]
    for text in prefixes(texts):
        shows(one, lambda text=text: (window.search.setText(text), window.search.flush()), whole=False)
    shows(measured("search cleared"), window.search.clear_search)
    ranked = measured("ranked search of the picker")
    for text in prefixes(texts[:6]):
        begun, processor = time.perf_counter(), time.process_time()
        services.picking.hits(library, text)
        ranked.wall.append((time.perf_counter() - begun) * 1e3)
        ranked.processor.append((time.process_time() - processor) * 1e3)
    for name in COLUMNS:
        one = measured(f"sort by {name}")
        for descending in (False, True):
            shows(one, lambda name=name, way=descending: view.header.sort_by(name, way))
    shows(measured("sort as they came"), lambda: view.header.sort_by("added", True))
    bar = view.verticalScrollBar()
    one = measured("scroll by a page")
    for _page in range(60):
        paints = watch.paints
        watch.step(one, lambda: bar.setValue(bar.value() + bar.pageStep()), lambda: watch.paints > paints)
    one = measured("jump to the end and about")
    for part in (1, 0, 0.5, 0.9, 0.1, 0.7):
        paints = watch.paints
        watch.step(one, lambda part=part: bar.setValue(int(bar.maximum() * part)), lambda: watch.paints > paints)
    one = measured("filter by a tag, a status, a dump")
    for scope in ("tag:agents", "is:unread", "dump:#2", "is:published", "tag:dpo year:2020-", ""):
        shows(one, lambda scope=scope: window.sidebar.set_scope(scope))
    one = measured("counts of the sidebar")
    for _time in range(3):
        fresh: list[bool] = []
        heard = window.sidebar.refreshed.connect(lambda fresh=fresh: fresh.append(True))
        watch.step(one, lambda: window.sidebar._ask(), lambda fresh=fresh: bool(fresh))
        window.sidebar.disconnect(heard)
    chosen: list[int] = []
    table.selection_changed.connect(lambda ids: chosen.append(len(ids)))
    watch.step(measured("select all"), table.select_all, lambda: bool(chosen))
    many = table.model.ids[:TAGGED].tolist()
    everything = table.model.ids.tolist()
    for name, ids in (("star one paper", many[:1]), (f"tag {TAGGED:,}", many), ("tag all", everything)):
        for words, change in (
            (
                name,
                lambda ids=ids, name=name: (
                    services.editing.set_fields(library, ids, {"starred": True})
                    if name.startswith("star")
                    else services.tagging.tag(library, ids, add=["bulk"])
                ),
            ),
            (f"undo of {name}", lambda: services.undoing.undo(library)),
        ):
            answers.clear()
            ended: list[bool] = []
            watch.step(
                measured(words),
                lambda change=change, words=words, ended=ended: app.context.run(
                    words, lambda _library: change(), lambda _changes: ended.append(True)
                ),
                lambda ended=ended: bool(ended),
            )
            watch.wait(lambda: bool(answers))
            watch.settle(300)
    return done


def child(task: str) -> None:
    """Measure in this process; print the outcome."""
    app, watch, (paint, rows) = started(float(os.environ["STARTED"]))
    if task == "--start":
        watch.wait(lambda: app.window.table.answers.found)
        watch.settle(300)
        print(paint, rows, memory("VmRSS:"), flush=True)
    else:
        from tests.bench.loopwatch import HEADING

        print(HEADING)
        for measured in work(app, watch):
            print(measured.line(), flush=True)
        print(f"memory {memory('VmRSS:'):,.0f} MB, at most {memory('VmHWM:'):,.0f} MB")
    os._exit(0)


def run(task: str, library: Path, folder: str) -> str:
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
    import biglibrary

    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", end=", ")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    for size in [int(one) for one in sys.argv[1:]] or [10, 10_000, 100_000, 1_000_000]:
        kept = biglibrary.kept(size)
        print(f"\n{size:,} papers, {kept.stat().st_size / 1e6:,.0f} MB of library", flush=True)
        with tempfile.TemporaryDirectory(dir=biglibrary.KEPT) as folder:
            copy = Path(shutil.copy(kept, folder))
            starts = [run("--start", copy, folder).split() for _ in range(STARTS)][1:]  # the first warms the caches
            paint, rows, held = (statistics.median(map(float, column)) for column in zip(*starts, strict=True))
            print(f"first paint {paint:.2f} s, first rows {rows:.2f} s, memory then {held:.0f} MB")
            print(run("--work", copy, folder), flush=True)


if __name__ == "__main__":
    main()
