"""How fast every layout is read, in MB/s: `python tests/bench/bench_parse.py [MB]`. Run by hand; asserts nothing."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bench")]

import layouts  # noqa: E402

from db.domain.records import Issue, Record  # noqa: E402
from db.services import recognising  # noqa: E402
from db.services.parsing import file_lines  # noqa: E402

SMALLER = {"saved HTML": 10}
"""MB of layouts that are one page of one site and never large."""


def measure(path: Path) -> None:
    """Read a file in this process and print seconds, records, issues, format and peak memory."""
    start = time.perf_counter()
    form = ""
    records = issues = 0
    for item, _done in recognising.read(file_lines(path), path.name):
        records += isinstance(item, Record)
        issues += isinstance(item, Issue)
        form = form or getattr(item, "format", "")
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{took} {records} {issues} {form} {peak:.0f}")


def main() -> None:
    """Print a table, each layout read in a process of its own."""
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        measure(Path(sys.argv[2]))
        return
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'layout':17}{'read as':22}{'MB':>6}{'MB/s':>8}{'records/s':>12}{'lost':>6}{'issues':>8}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for layout in layouts.LAYOUTS:
            path = Path(folder, f"page.{layout.suffix}")
            wanted = min(megabytes, SMALLER.get(layout.name, megabytes)) * 1_000_000
            written = layouts.write(path, layout, characters=wanted)
            size = path.stat().st_size / 1e6
            run = [sys.executable, __file__, "--one", str(path)]
            done = subprocess.run(run, check=False, capture_output=True, text=True)
            if done.returncode:
                print(f"{layout.name:17}{done.stderr.strip().splitlines()[-1][:100]}")
                continue
            took, records, issues, form, peak = done.stdout.split()
            seconds, lost = float(took), written - int(records)
            print(
                f"{layout.name:17}{form:22}{size:6.1f}{size / seconds:8.1f}{int(records) / seconds:12,.0f}"
                f"{lost:6}{issues:>8}{peak:>9}"
            )


if __name__ == "__main__":
    main()
