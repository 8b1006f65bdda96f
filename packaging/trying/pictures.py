"""Takes the pictures of the README and the help: `python packaging/trying/pictures.py`, on an X display for its fonts.

The real windows over a library of invented papers in a folder of its own, in the light theme, into resources/help.
Look at what came of it before it is committed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.services.library import Library
    from desktop.window.main_window import MainWindow

PICTURES = ROOT / "resources" / "help"
WIDTH, HEIGHT = 1394, 780
PATIENCE_SECONDS = 120.0
FIRST, BOTH = 44, 8
"""Papers of the first dump, and how many of them the second one has, too."""


def fill(path: Path, folder: Path) -> None:
    """Make the library: two dumps that overlap, tags, collections, searches, and questions for the review."""
    import invented

    from db import services
    from db.domain.records import SavedSearch
    from db.services.library import Library
    from db.services.progress import silent

    made = invented.papers(80)
    pages = {"preference-search.txt": made[:FIRST], "identity-search.txt": made[FIRST - BOTH :]}
    for number, (name, some) in enumerate(pages.items()):
        (folder / name).write_text(invented.dump(some, f"Nov {3 + number}", number), encoding="utf-8")
    with_library = Library.open(path)
    services.importing.import_files(with_library, [folder / name for name in pages], silent)
    _sort(with_library, {title: topic for title, _, topic in made})
    _doubt(with_library, made)
    thesis, _ = services.collecting.create(with_library, "Thesis")
    for at, name in enumerate(("Chapter 2", "Chapter 4")):
        inside, _ = services.collecting.create(with_library, name, thesis)
        services.collecting.add(with_library, inside, range(1 + 9 * at, 8 + 10 * at))
    for name, text in (("Surveys", "title:survey"), ("To read soon", "is:unread year:>=2024")):
        services.saved.save(with_library, SavedSearch(0, name, text=text))
    with_library.close()


def _sort(library: Library, topics: dict[str, str]) -> None:
    from db import services

    names = {"small models": "small models", "alignment": "alignment/reward models", "retrieval": "retrieval"}
    for paper in services.reading.papers(library, list(services.searching.find(library, "").ids)):
        topic = topics.get(paper.title, "")
        if topic in names and paper.id % 5 != 0:
            services.tagging.tag(library, [paper.id], add=[names[topic]])
        if "Survey" in paper.title:
            services.tagging.tag(library, [paper.id], add=["survey"])
        if paper.id % 11 == 0:
            services.editing.set_fields(library, [paper.id], {"starred": True, "status": "reading"})


def _doubt(library: Library, made: list[tuple[str, str, str]]) -> None:
    """Add records that may be papers which are there already: an equal title over another text."""
    from db import services
    from db.services.progress import silent

    for at in (3, 12, 21):
        title, abstract, _ = made[at]
        cut = abstract.partition(". ")[2].replace("We release", "Online are")
        values = {"title": title, "abstract": f"This talk sums up a year of work. {cut}", "date": "2025-06"}
        services.editing.add_paper(library, values)
    services.merging.find_duplicates(library, silent)


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something holds, and a moment longer for what is painted after."""
    from PySide6.QtWidgets import QApplication

    deadline = time.monotonic() + PATIENCE_SECONDS
    settled = 0.0
    while not settled or time.monotonic() < settled:
        QApplication.processEvents()
        if not settled and until():
            settled = time.monotonic() + 1.5
        if time.monotonic() > deadline:
            raise SystemExit("The window does not come to rest.")
        time.sleep(0.01)


def take(widget: QWidget, name: str) -> None:
    """Write a picture of a window, in points: a screen that has two pixels for each makes it no larger."""
    file = PICTURES / f"{name}.png"
    if not widget.grab().toImage().save(str(file)):
        raise SystemExit(f"{file} could not be written.")
    sys.stdout.write(f"{file.relative_to(ROOT)}\n")


def show(window: MainWindow) -> None:
    """Take the pictures one after another."""
    from desktop.views.explore.window import ExploreWindow

    window.resize(WIDTH, HEIGHT)
    table = window.table
    wait(lambda: table.model.rowCount() > 0 and not window.context.tasks.busy)
    if not window.filtering.pane.isVisible():
        window.registry["toggle_facets"].trigger()
    table.view.selectRow(9)
    table.view.setFocus()
    wait(lambda: not window.context.tasks.busy)
    take(window, "main-window")
    window.registry["toggle_facets"].trigger()
    window.registry["review"].trigger()
    wait(lambda: bool(window.middle.review.sets) and not window.context.tasks.busy)
    take(window, "review-queue")
    window.show_table()
    window.registry["explore"].trigger()
    (explore,) = window.findChildren(ExploreWindow)
    wait(lambda: explore.survey is not None and not window.context.tasks.busy)
    take(explore, "explore")
    explore.close()


def main() -> None:
    """Make a library in a folder of its own and look at it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "SHEAF_CONFIG"), name)
        os.environ |= own
        path = folder / "Papers.sheaf"
        fill(path, folder)

        from desktop.app import App, make_application
        from desktop.settings import Settings

        settings = Settings()
        settings.set("look/theme", "light")
        app = App(make_application(["sheaf"]), str(path), [], settings)
        app.start()
        show(app.window)
        app.windows.hide()
        app.close()


if __name__ == "__main__":
    main()
