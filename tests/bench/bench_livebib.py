"""Live .bib files: the first writing, one edit in a big file, a look at everything, an edit by hand.

.venv/bin/python tests/bench/bench_livebib.py [ENTRIES ...]
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))
from db.services import editing, livefiles, tagging
from db.services.exporting import ExportOptions
from tests.bench.bench_export import filled, print_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.services.livefiles import Updated

OWN = "@string{nips = {Proceedings of Nowhere}}\n\n@book{mine, title = {My own}, publisher = nips}\n"
LEAN = ExportOptions(abstract=False, keywords=False, files=False)


def timed(what: str, number: int, work: Callable[[], Updated]) -> Updated:
    """Run some work and print how long it took, on the wall and on the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    done = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{what:<34}{number:>9,} entries {wall:8.3f} s ({processor:.3f} s of processor)")
    return done


def measure(number: int, folder: Path) -> None:
    """Print the figures of a file of so many entries."""
    library, ids = filled(folder, number)
    path = folder / "refs.bib"
    path.write_text(OWN)
    done = timed("attach", number, lambda: livefiles.attach(library, path, livefiles.of_search(""), LEAN))
    file = done.file.id
    editing.set_fields(library, [ids[number // 2]], {"venue": "Here"})
    once = frozenset({ids[number // 2]})
    assert timed("one edit", number, lambda: livefiles.update(library, file, changed=once)).changed
    new, changes = editing.add_paper(library, {"title": "A new paper"})
    assert timed("one new paper", number, lambda: livefiles.update(library, file, changed={new})).added
    editing.trash(library, [ids[3]])
    assert timed("one paper to the trash", number, lambda: livefiles.update(library, file, changed={ids[3]})).removed
    changes = editing.set_fields(library, ids[:1], {"starred": True})
    touched = livefiles.touched_by(changes)
    assert not timed(
        "a star (nothing to write)", number, lambda: livefiles.update(library, file, changed=touched)
    ).is_new
    path.write_text(path.read_text().replace("number 9}", "number nine}", 1))
    by_hand = timed("one edit by hand", number, lambda: livefiles.update(library, file, changed=set()))
    assert by_hand.questions
    tagging.tag(library, ids[:10], add=["x"])
    timed("a look at everything", number, lambda: livefiles.update(library, file))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{path.stat().st_size / 1e6:.1f} MB; {memory:,.0f} MB of memory")
    library.close()


if __name__ == "__main__":
    print_table(measure)
