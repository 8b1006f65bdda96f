"""How much memory an import takes by the size of the dump: `python tests/bench/bench_memory.py [MB ...]`.

Each size is imported into a library of its own by a process of its own. Run by hand; asserts nothing.
"""

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


def measure(path: Path) -> None:
    """Import one file and print seconds, records and the peak memory of this process and of its reader."""
    from db.services import importing
    from db.services.library import Library
    from db.services.progress import silent

    library = Library.open(path.with_suffix(".sheaf"))
    start = time.perf_counter()
    (result,) = importing.import_files(library, [path], silent).files
    took = time.perf_counter() - start
    library.close()
    own, reader = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{took} {result.records} {own:.0f} {reader:.0f}")


def main() -> None:
    """Print a table of the sizes."""
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        measure(Path(sys.argv[2]))
        return
    sizes = [int(one) for one in sys.argv[1:]] or [10, 100, 1000]
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'dump':>8}{'records':>10}{'seconds':>9}{'records/s':>11}{'peak MB':>9}{'reader MB':>11}{'library MB':>12}")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder, f"{size}.txt")
            layouts.write(path, layouts.LAYOUTS[0], characters=size * 1_000_000)
            run = [sys.executable, __file__, "--one", str(path)]
            took, records, own, reader = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
            library = path.with_suffix(".sheaf").stat().st_size / 1e6
            print(
                f"{size:5} MB{int(records):10,}{float(took):9.1f}{int(records) / float(took):11,.0f}{own:>9}"
                f"{reader:>11}{library:12.0f}"
            )
            path.unlink()
            path.with_suffix(".sheaf").unlink()


if __name__ == "__main__":
    main()
