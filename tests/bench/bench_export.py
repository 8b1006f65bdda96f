"""How fast papers are exported, checked, tagged and compared; run by hand: python tests/bench/bench_export.py."""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from db.services import documents, editing, exporting, merging, recordchecks, tagging, undoing  # noqa: E402
from db.services.library import Library  # noqa: E402
from db.services.progress import silent  # noqa: E402
from db.store import imports  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "amber tidal copper velvet lunar hollow quartz saffron cobalt thistle ember glacial".split()
BLANK = {
    "abstract_truncated": False, "authors": [["Doe", "Jane"]], "author_count": None, "organization": None,
    "organization_slug": None, "year": 2024, "month": 5, "day": None, "year_inferred": False, "year_evidence": "",
    "month_day": None, "comments": None, "upvotes": None, "arxiv_id": None, "doi": None, "venue": None, "urls": [],
    "entry_type": "misc", "fields": {}, "origins": {}, "added_at": "2025-01-01T00:00:00Z",
}  # fmt: skip


def filled(folder: Path, number: int) -> tuple[Library, list[int]]:
    """Return a library with so many papers of 1,000 characters each."""
    library = Library.open(folder / f"{number}.sheaf")
    ids = list(range(1, number + 1))
    with library.writing("Fill") as write:
        rows = []
        for n in ids:
            words = [f"{WORDS[(n // 12**place) % 12]}{n * 31 % 9973}" for place in range(5)]
            title = f"{' '.join(words).capitalize()} for LLM number {n}"
            abstract = f"We study {n} {' and '.join(words)} & 5% of {n * 7919}. " * 14
            rows.append({**BLANK, "id": n, "title": title, "abstract": abstract, "citation_key": f"key-{n}"})
        imports.add_papers(write.session, rows)
    return library, ids


def timed(what: str, number: int, work: Callable[[], object]) -> None:
    """Run some work and print how long it took."""
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{what:<28}{number:>9,} papers {seconds:8.2f} s {number / seconds:12,.0f} /s")


def measure(number: int, folder: Path) -> None:
    """Print the figures of a library of so many papers."""
    library, ids = filled(folder, number)
    target = folder / "out.bib"
    timed("export", number, lambda: exporting.export(library, ids, target, silent))
    timed("export again", number, lambda: exporting.export(library, ids, target, silent))
    aux = folder / "paper.aux"
    aux.write_text("".join(f"\\citation{{key-{n}}}\n" for n in ids[:: max(1, number // 500)]), encoding="utf-8")
    timed("cited only (500 keys)", number, lambda: documents.export(library, aux, target, silent))
    cited = "".join(f"\\cite{{key-{n}}} " for n in ids[:: max(1, number // 500)])
    tex = folder / "paper.tex"
    tex.write_text(cited + "".join(f"\\citep{{kex-{n}-x}}\n" for n in range(50)), encoding="utf-8")
    timed("account with 50 unknown", number, lambda: documents.look(library, tex))
    for writer in exporting.FORMATS[1:]:
        timed(
            f"export {writer.name}", number, partial(exporting.export, library, ids, target, silent, form=writer.name)
        )
    timed("check the records", number, lambda: list(recordchecks.records(library)))
    timed("tag", number, lambda: tagging.tag(library, ids, add=["dpo"]))
    timed("undo the tagging", number, lambda: undoing.undo(library))
    timed("star", number, lambda: editing.set_fields(library, ids, {"starred": True}))
    timed("set a venue", number, lambda: editing.set_fields(library, ids, {"venue": "Here"}))
    timed("find duplicates", number, lambda: merging.find_duplicates(library, silent))
    library.close()


def print_table(measure: Callable[[int, Path], None]) -> None:
    """Measure the sizes that the command line names, or the usual ones, each in a folder of its own."""
    print(f"{platform.platform()}, Python {platform.python_version()}")
    for number in [int(one) for one in sys.argv[1:]] or [1_000, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            measure(number, Path(folder))


if __name__ == "__main__":
    print_table(measure)
