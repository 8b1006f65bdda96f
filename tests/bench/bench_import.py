"""How fast pages are parsed and imported. Run by hand: python tests/bench/bench_import.py [PAPERS]."""

from __future__ import annotations

import os
import platform
import random
import sys
import tempfile
import time
from pathlib import Path

from db.services import importing, parsing, searching
from db.services.library import Library
from db.services.progress import silent

SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "tel",
    "vun",
    "sor",
    "ba",
    "lin",
    "der",
    "pho",
    "gra",
    "nex",
    "tu",
    "wi",
    "zal",
)


def write_page(file: Path, papers: int, seed: int) -> None:
    """Write a page of invented papers: titles of 9 words, abstracts of 150, from 40,000 words."""
    dice = random.Random(seed)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(40_000)]
    lines = ["new", "", "Get trending papers in your email inbox!", "", "Subscribe", "", "Oct 31", ""]
    for number in range(papers):
        title = " ".join(dice.choices(words, k=9)).capitalize()
        abstract = " ".join(dice.choices(words, k=150)).capitalize() + "."
        day = f"Mar {number % 28 + 1}" + ("" if number % 2 else f", {2019 + number % 6}")
        lines += [
            title,
            "",
            abstract,
            "",
            f"  • {number % 30 + 1} authors",
            "·",
            f"{day} {number % 9 + 1}",
            "",
        ]
    file.write_text("\n".join(lines), encoding="utf-8")


def main() -> None:
    """Print a table of the figures."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first.txt"), Path(folder, "second.txt")
        write_page(first, papers, 1)
        write_page(second, max(1, papers // 10), 2)
        size = first.stat().st_size / 1e6
        start = time.perf_counter()
        count = sum(1 for _item in parsing.parse(first, silent)) - 1
        took = time.perf_counter() - start
        print(f"parse          {count:9,} records  {size:7.1f} MB  {took:6.2f} s  {size / took:8.1f} MB/s")
        library = Library.open(Path(folder, "bench.sheaf"))
        for name, file in (("import, empty", first), ("import, filled", second)):
            start = time.perf_counter()
            (result,) = importing.import_files(library, [file], silent).files
            took = time.perf_counter() - start
            print(
                f"{name:<15}{result.records:8,} records  {result.added:,} new, {result.merged:,} merged, "
                f"{result.doubtful:,} doubtful  {took:6.2f} s  {result.records / took:8,.0f} papers/s"
            )
        start = time.perf_counter()
        found = searching.find(library, "kamitel")
        print(f"search         {found.total:9,} found  {1000 * (time.perf_counter() - start):.1f} ms")
        library.close()


if __name__ == "__main__":
    main()
