"""The program is closed and started again on its library: what was seen is seen again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from db import services
from db.services.library import Library
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import App
    from desktop.window.main_window import MainWindow

Start = Callable[..., "App"]
PAPERS = 120


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of more papers than a window shows; the newest stand first."""
    path = tmp_path / "many.sheaf"
    text = "\n\n".join(
        f"@article{{k{number:03}, title = {{{'Kettle' if number % 2 else 'Lantern'} {number:03}}}, "
        f"author = {{Doe, Jane}}, year = {2000 + number % 20}}}"
        for number in range(PAPERS)
    )
    with_library = Library.open(path)
    services.importing.import_text(with_library, text, silent)
    services.tagging.tag(with_library, list(range(1, PAPERS, 3)), add=["third"])
    with_library.close()
    return path


def shown(app: App, qtbot: QtBot, number: int = PAPERS) -> MainWindow:
    qtbot.waitUntil(lambda: app.window.table.model.rowCount() == number, timeout=20_000)
    qtbot.waitUntil(lambda: not app.window.table.answers.is_asking)
    qtbot.wait(50)
    return app.window


def top_row(window: MainWindow) -> int:
    return window.table.view.verticalScrollBar().value()


def test_place_selection_and_rows_come_back(start: Start, library: Path, qtbot: QtBot) -> None:
    first = start(library)
    window = shown(first, qtbot)
    window.resize(1000, 600)
    window.registry["density_compact"].trigger()
    ids = window.table.shown_ids()
    window.table.select_ids([ids[60], ids[62], ids[63]])
    bar = window.table.view.verticalScrollBar()
    bar.setValue(bar.value() + 37)
    chosen, top = window.table.selected_ids(), top_row(window)
    assert (len(chosen), top > 0) == (3, True)
    window.close()

    window = shown(start(library), qtbot)
    assert window.table.view.density == "compact"
    assert window.registry["density_compact"].isChecked()
    assert not window.registry["density_normal"].isChecked()
    assert window.table.selected_ids() == chosen
    assert window.table.current_id() == chosen[0]
    assert top_row(window) == top
    window.table.selection.fall_back(0)
    bar = window.table.view.verticalScrollBar()
    bar.setValue(bar.maximum() - 41)  # the paper with the focus is far above what is seen
    top = top_row(window)
    window.close()

    window = shown(start(library), qtbot)
    assert top_row(window) == top
    assert window.table.selected_ids() == ids[:1]


def test_the_search_with_its_conditions_comes_back(start: Start, library: Path, qtbot: QtBot) -> None:
    window = shown(start(library), qtbot)
    window.sidebar.set_scope('tag:"third" -is:read')
    window.search.setText("kettle year:>=2005")
    window.search.flush()
    qtbot.waitUntil(lambda: 0 < window.table.model.rowCount() < 40)
    window.table.view.header.sort_by("title", False)
    qtbot.waitUntil(lambda: window.table.shown_ids() == sorted(window.table.shown_ids()))  # numbered as they are called
    before = window.table.shown_ids()
    window.close()

    window = shown(start(library), qtbot, len(before))
    assert window.search.text() == "kettle year:>=2005"
    assert window.sidebar.scope_text() == window.scope == 'tag:"third" -is:read'
    assert window.table.shown_ids() == before


def test_what_is_gone_is_not_missed(start: Start, library: Path, qtbot: QtBot) -> None:
    window = shown(start(library), qtbot)
    ids = window.table.shown_ids()
    window.table.select_ids(ids[50:53])
    window.close()
    elsewhere = Library.open(library)
    services.editing.trash(elsewhere, ids[50:52])
    elsewhere.close()
    window = shown(start(library), qtbot, PAPERS - 2)
    assert window.table.selected_ids() == [ids[52]]


def test_a_library_that_does_not_open_leaves_the_place_alone(start: Start, library: Path, qtbot: QtBot) -> None:
    window = shown(start(library), qtbot)
    chosen = window.table.shown_ids()[40:42]
    window.table.select_ids(chosen)
    window.close()
    kept = library.read_bytes()
    library.write_bytes(b"no library" * 100)
    broken = start(library)
    qtbot.waitUntil(lambda: broken.start_failure is not None, timeout=20_000)
    broken.window.close()
    library.write_bytes(kept)
    window = shown(start(library), qtbot)
    assert window.table.selected_ids() == chosen
