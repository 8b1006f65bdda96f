"""Time to a usable window and memory, with libraries of several sizes. Run by hand.

    python tests/bench/bench_window.py [papers ...]

Each figure is the median of five starts of the real program in a process of its own: from the start of Python to
the first paint, and to the first rows in the table.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SIZES = (0, 400, 10_000)
RUNS = 5

LIMIT = 60
"""Seconds after which a start that shows no rows is given up."""

PROBE = f"""
import os, sys, threading, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import desktop.app

started, wanted = float(sys.argv[1]), int(sys.argv[2])
marks = {{}}

def look(app):
    shown = app.window.table
    if "paint" not in marks:
        return
    if shown.model.rowCount() < wanted or not (wanted or shown._found):
        return
    if "rows" not in marks:
        marks["rows"] = time.time() - started
        return
    memory = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(marks["paint"], marks["rows"], int(memory) / 1024, flush=True)
    app.timer.stop()
    QTimer.singleShot(300, QApplication.closeAllWindows)  # the icons are loaded within that time

def start(app):
    app.timer = QTimer(app)
    app.timer.timeout.connect(lambda: look(app))
    app.timer.start(2)
    app.window.painted.connect(lambda: marks.setdefault("paint", time.time() - started))
    usual(app)

usual, desktop.app.App.start = desktop.app.App.start, start
threading.Timer({LIMIT}, os._exit, [3]).start()
os._exit(desktop.app.run([]))
"""


def page(count: int) -> str:
    """Return an invented dump of `count` papers in the bare dialect."""
    lines = ["new", "", "Subscribe", "", "Jun 4", ""]
    for number in range(count):
        lines += [
            f"Paper {number}: on the {number * 7919 % 100_003} ways to sort lantern {number * 104_729 % 999_983}",
            "",
            f"We sort lantern {number} by light and by age. " + f"Method {number * 31 % 977} needs no oil. " * 20,
            "",
        ]
    return "\n".join(lines)


def start(environment: dict[str, str], wanted: int) -> tuple[float, float, float]:
    """Start the program once; return seconds to paint and to rows, and the peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(time.time()), str(wanted)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        timeout=2 * LIMIT,
        check=False,
    )
    if not done.stdout.strip():
        raise SystemExit(f"The program did not come up (status {done.returncode}):\n{done.stderr}")
    paint, rows, memory = (float(part) for part in done.stdout.split())
    return paint, rows, memory


def main() -> None:
    """Print the table."""
    sizes = [int(one) for one in sys.argv[1:]] or SIZES
    from db import services

    print(f"{os.uname().sysname} {os.uname().machine}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"{'papers':>10} {'paint s':>9} {'rows s':>9} {'peak MB':>9}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "library.sheaf"
            library = services.library.Library.open(path)
            if size:
                services.importing.import_text(library, page(size), services.progress.silent)
            held = services.searching.find(library).total
            library.close()
            environment = os.environ | {
                "SHEAF_LIBRARY": str(path),
                "SHEAF_CONFIG": folder,
                "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            }
            runs = [start(environment, held) for _ in range(RUNS + 1)][1:]  # the first one warms the caches
            paint, rows, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{held:>10} {paint:>9.2f} {rows:>9.2f} {memory:>9.0f}")


if __name__ == "__main__":
    main()
