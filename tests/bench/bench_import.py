"""How fast dumps are imported: `python tests/bench/bench_import.py [RECORDS [FILLED]]`. Run by hand; asserts nothing.

RECORDS (default 20,000) is the size of each import, FILLED (100,000) that of the library that is not empty. The words
of the invented papers are drawn from 40,000, so that few share a blocking key by chance, as real ones do. The seconds
of the two processes are processor time, which other work on the machine disturbs less than the time on the wall.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from db.services import importing, searching  # noqa: E402
from db.services.library import Library  # noqa: E402
from db.services.progress import silent  # noqa: E402

SYLLABLES = "ka ro mi tel vun sor ba lin der pho gra nex tu wi zal".split()
HEADER = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nOct 31\n\n"
DUMP, BIB = "dump.txt", "entries.bib"


def write_files(folder: Path, papers: int, seed: int) -> None:
    """Write invented papers as a dump and as a bibliography: titles of 9 words, abstracts of 150."""
    folder.mkdir()
    dice = random.Random(seed)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(40_000)]
    journal = "Journal of Made-up Pages"
    with Path(folder, DUMP).open("w", encoding="utf-8") as dump, Path(folder, BIB).open("w", encoding="utf-8") as bib:
        dump.write(HEADER)
        for number in range(papers):
            title = " ".join(dice.choices(words, k=9)).capitalize()
            abstract = " ".join(dice.choices(words, k=150)).capitalize() + "."
            month, year = f"Mar {number % 28 + 1}", 2019 + number % 6
            stated = "" if number % 2 else f", {year}"
            meta = f"  • {number % 30 + 1} authors\n·\n{month}{stated} {number % 9 + 1}"
            dump.write(f"{title}\n\n{abstract}\n\n{meta}\n\n")
            names = " and ".join(f"{word.capitalize()}, {word[0].upper()}." for word in dice.choices(words, k=3))
            bib.write(
                f"@article{{key{seed}-{number},\n  title = {{{title}}},\n  author = {{{names}}},\n"
                f"  year = {{{year}}},\n  month = mar,\n  journal = {{{journal}}},\n"
                f"  keywords = {{made up, {words[number % 50]}}},\n  abstract = {{{abstract}}}\n}}\n\n"
            )


def measure(name: str, library: Library, file: Path) -> None:
    """Import one file and print a line of the table."""
    start, own, reader = time.perf_counter(), time.process_time(), _children()
    (result,) = importing.import_files(library, [file], silent).files
    took, own, reader = time.perf_counter() - start, time.process_time() - own, _children() - reader
    print(
        f"{name:30}{file.stat().st_size / 1e6:7.1f}{result.records:9,}{result.added:9,}{result.merged:9,}{took:9.2f}"
        f"{result.records / took:11,.0f}{own:9.2f}{reader:9.2f}",
        flush=True,
    )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a table of the figures."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    filled = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(
        f"{'import':30}{'MB':>7}{'records':>9}{'new':>9}{'seen':>9}{'seconds':>9}{'records/s':>11}{'writer':>9}{'reader':>9}"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder / "first", papers, 1)
        write_files(folder / "many", filled, 2)
        for file in (DUMP, BIB):
            library = Library.open(folder / f"{file}.sheaf")
            measure(f"{file}, empty library", library, folder / "first" / file)
            library.close()
        full = Library.open(folder / "full.sheaf")
        measure(f"{DUMP}, to fill a library", full, folder / "many" / DUMP)
        full.close()
        for file in (DUMP, BIB):
            copy = Path(shutil.copy(folder / "full.sheaf", folder / f"full-{file}.sheaf"))
            library = Library.open(copy)
            measure(f"{file}, {filled:,} papers", library, folder / "first" / file)
            start = time.perf_counter()
            found = searching.find(library, "kamitel")
            print(f"  a search then takes {1000 * (time.perf_counter() - start):.1f} ms and finds {found.total:,}")
            if file == DUMP:
                measure(f"{BIB} of the same papers", library, folder / "first" / BIB)
            library.close()


if __name__ == "__main__":
    main()
