"""How long a start takes, and importing what: `python tests/bench/bench_start.py [--cold] [PAPERS [TIMES]]`.

Run by hand; asserts nothing. Each start is a new process over a copy of a library that is made once and kept
(`biglibrary.kept`), offscreen, measured from within (`starting.py`). With `--cold` the files that the system holds in
memory are dropped before each start of a second row, which slows down everybody on the machine for a while and only
root may do. The profile of imports comes from one more start with `python -X importtime` that ends with the library's
first rows; seconds are those of a module's own code on the clock, so they hold what other threads did meanwhile.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import bench_scale

if TYPE_CHECKING:
    from collections.abc import Callable

PAPERS, TIMES, COLD_TIMES = 10_000, 10, 3
STARTING = Path(__file__).with_name("starting.py")
CACHES = Path("/proc/sys/vm/drop_caches")
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)")
OURS = ("db", "desktop")
QT = ("PySide6", "shiboken6", "Shiboken", "shibokensupport")
SHOWN = 16


def start(library: Path, folder: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Start the program once in a process of its own, with options for Python.

    It may keep the bytecode of what it imports, as an installed program has it.
    """
    own = {"SHEAF_LIBRARY": str(library), "SHEAF_CONFIG": folder, "STARTED": str(time.time())}
    environment = os.environ | own | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *options, STARTING]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True)


def timed(name: str, times: int, library: Path, folder: str, before: Callable[[], None] = lambda: None) -> None:
    """Print a row of the first table."""
    starts = []
    for _ in range(times):
        before()
        starts.append([float(word) for word in start(library, folder).stdout.split()])
    cells = [f"{statistics.median(column):7.2f} {max(column):7.2f}" for column in zip(*starts, strict=True)]
    print(f"| {name:<12} | {times:>5} | {' | '.join(cells)} |", flush=True)


def why_not_cold() -> str:
    """Return why caches cannot be dropped here, nothing when they can."""
    if not CACHES.exists():
        return f"there is no {CACHES} on this system"
    return "" if os.access(CACHES, os.W_OK) else f"only root may write to {CACHES}"


def forget() -> None:
    """Let the system read everything from the disk again."""
    os.sync()
    CACHES.write_text("3", encoding="ascii")


def package(module: str) -> str:
    """Return what a module is counted under: its package, ours by their parts, all of Python's own as one."""
    top, *inner = module.split(".")
    if top in OURS:
        return ".".join([top, *inner[:1]])
    if top in QT:
        return "PySide6"
    return "Python's own" if top.lstrip("_") in sys.stdlib_module_names or top in sys.stdlib_module_names else top


def profile(told: str) -> None:
    """Print what the imports took, by package, out of what `python -X importtime` told."""
    seconds, modules = Counter[str](), Counter[str]()
    for own, module in LINE.findall(told):
        seconds[package(module)] += int(own) / 1e6
        modules[package(module)] += 1
    print(f"\n| {'imported up to the first rows':<30} | modules | seconds |\n|{'-' * 32}|{'-' * 9}|{'-' * 9}|")
    most = seconds.most_common()
    for name, took in most[:SHOWN]:
        print(f"| {name:<30} | {modules[name]:7} | {took:7.3f} |")
    rest = most[SHOWN:]
    count, took = sum(modules[name] for name, _ in rest), sum(took for _, took in rest)
    print(f"| {f'{len(rest)} others':<30} | {count:7} | {took:7.3f} |")
    print(f"| {'all':<30} | {sum(modules.values()):7} | {sum(seconds.values()):7.3f} |")


def main() -> None:
    """Print the tables."""
    words = sys.argv[1:]
    cold = "--cold" in words
    given = [int(word) for word in words if word != "--cold"]
    papers, times = (given + [PAPERS, TIMES][len(given) :])[:2]
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", end=", ")
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    for library, folder in bench_scale.copied([papers]):
        start(library, folder)  # warms the caches, and leaves its first rows to the next start
        heads = ("first paint", "first rows", "of the library", "processor")
        print(f"\n| {'start':<12} | times | {' | '.join(f'{head:^15}' for head in heads)} |")
        print(f"|{'-' * 14}|{'-' * 7}|" + f"{'-' * 17}|" * 4 + "  seconds: median, most")
        timed("warm", times, library, folder)
        if not cold:
            print("cold starts: left out; --cold drops the caches of the whole machine")
        elif reason := why_not_cold():
            print(f"cold starts: left out, {reason}")
        else:
            timed("cold", COLD_TIMES, library, folder, forget)
        profile(start(library, folder, "-X", "importtime").stderr)


if __name__ == "__main__":
    main()
