"""How fast pages are read, in MB/s: `python tests/bench/bench_parse.py [MB]`. Run by hand; prints, asserts nothing."""

from __future__ import annotations

import platform
import resource
import sys
import tempfile
import textwrap
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from db.domain import formats  # noqa: E402
from db.domain.formats import textfile  # noqa: E402
from db.domain.records import Record  # noqa: E402

SENTENCE = "We study how listing pages are read and show that number {} of our made-up results still holds. "


def page(dialect: str, megabytes: int, width: int = 0) -> str:
    """Return an invented page of about that size."""
    out, size, number = [], 0, 0
    while size < megabytes * 1_000_000:
        number += 1
        abstract = "".join(SENTENCE.format(number + k) for k in range(15)).strip()
        if width:
            abstract = textwrap.fill(abstract, width)
        title = f"Made-up Method {number}: A Study of Pages That Nobody Wrote"
        gap = "\n" if dialect == "B" else "\n\n"
        meta = f"  • {number % 30 + 1} authors\n·\nMar {number % 28 + 1}, 2023 4\n\n" if dialect == "A" else ""
        out.append(f"{title}{gap}{abstract}{gap}{meta}")
        size += len(out[-1])
    return "".join(out)


def measure(path: Path) -> tuple[float, int]:
    """Return (seconds, records) of surveying and reading a file."""
    start = time.perf_counter()
    lines = textfile.open_lines(path)
    fmt = formats.FORMATS[0]
    survey = fmt.survey(lines)
    records = sum(1 for item in fmt.read(lines, survey) if isinstance(item, Record))
    return time.perf_counter() - start, records


def main() -> None:
    """Print a table for every dialect, plain and wrapped."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"{platform.platform()}, Python {platform.python_version()}, {megabytes} MB a page")
    print(f"{'page':12}{'MB/s':>8}{'records/s':>12}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name, width in (("A", 0), ("B", 0), ("C", 0), ("A wrapped", 80), ("B wrapped", 80)):
            path = Path(folder) / f"{name}.txt"
            path.write_text(page(name[0], megabytes, width), encoding="utf-8")
            seconds, records = measure(path)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{name:12}{megabytes / seconds:8.1f}{records / seconds:12,.0f}{peak:9.0f}")


if __name__ == "__main__":
    main()
