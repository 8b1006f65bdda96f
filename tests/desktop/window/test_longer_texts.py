"""With texts 40 % longer, as in a translation, nothing is cut off at the default font."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QSizePolicy, QToolButton, QWidget

from db import services
from desktop import editor_options
from desktop.plurals import EnglishPlurals
from desktop.views.alike import AlikeWindow
from desktop.views.explore.window import ExploreWindow
from desktop.views.export_dialog import ExportDialog
from desktop.views.import_preview import ImportPreview
from desktop.views.import_summary import ImportSummary
from desktop.views.key_dialog import KeyDialog
from desktop.views.lookup.dialog import LookupDialog
from desktop.views.picker import Picker
from desktop.views.preferences import PreferencesDialog
from desktop.views.record_check import RecordCheck
from desktop.views.server_choice import ServerChoice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

NARROW = 800


class Longer(QTranslator):
    """Makes every text longer by two fifths, in words as long as the text's own."""

    def __init__(self) -> None:
        super().__init__()
        self._plurals = EnglishPlurals(self)

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> str | None:
        said = self._plurals.translate(context, text, note, n) or text
        wanted, extra = round(len(said) * 0.4), "ümläut wörd "
        return said + (" " + extra * (wanted // len(extra) + 1))[:wanted].rstrip() if wanted > 1 else said


@pytest.fixture
def longer(app: QApplication) -> Iterator[None]:
    """Longer texts for everything that is made in the test."""
    made = Longer()
    app.installTranslator(made)
    yield
    app.removeTranslator(made)


def clipped(root: QWidget) -> list[str]:
    """Return the texts of visible labels and buttons that do not fit where they stand."""
    found = []
    for part in (*root.findChildren(QLabel), *root.findChildren(QAbstractButton)):
        if not part.isVisible() or not part.text() or part.window() is not root.window():
            continue
        if isinstance(part, QToolButton) and part.toolButtonStyle().name == "ToolButtonIconOnly":
            continue
        if part.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
            continue  # gives way on purpose, and is said elsewhere in full
        hint = part.minimumSizeHint() if isinstance(part, QLabel) else part.sizeHint()
        tall = part.heightForWidth(part.width()) if part.hasHeightForWidth() else hint.height()
        if part.width() < hint.width() or part.height() < tall:
            found.append(f"{part.text()!r}: {part.width()}x{part.height()} for {hint.width()}x{tall}")
    return found


def test_the_texts_are_longer(longer: None, empty_window: MainWindow) -> None:
    assert len(empty_window.table.tr("Clear search")) > 1.3 * len("Clear search")


def test_the_empty_window(longer: None, window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    qtbot.wait(30)
    assert clipped(window) == []


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_the_window_with_a_paper(longer: None, full_window: MainWindow, qtbot: QtBot, width: int) -> None:
    full_window.resize(width, 800)
    full_window.table.select_ids(full_window.table.shown_ids()[:1])
    qtbot.wait(100)
    assert clipped(full_window) == []


def test_the_review_queue(longer: None, full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.resize(1280, 800)
    full_window.registry["review"].trigger()
    qtbot.wait(100)
    assert clipped(full_window) == []


def test_the_summary_of_an_import(longer: None, window: MainWindow, dump: Path, qtbot: QtBot) -> None:
    window.import_paths([dump])
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportSummary)), timeout=20_000)
    summary = window.findChildren(ImportSummary)[0]
    qtbot.wait(50)
    assert clipped(summary) == []


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_the_preview_of_an_import(longer: None, window: MainWindow, dump: Path, qtbot: QtBot, width: int) -> None:
    window.intake.set_preview(True)
    window.import_paths([dump, dump.parent / "no such file.txt"])
    preview = window.findChildren(ImportPreview)[0]
    qtbot.waitUntil(lambda: preview.model.sums["finished"] == 2, timeout=20_000)
    preview.resize(width, 800)
    for row in (1, 0):
        preview.list.selectRow(row)
        qtbot.wait(50)
        assert clipped(preview) == []
    preview.reject()


def test_the_export(longer: None, full_window: MainWindow, qtbot: QtBot) -> None:
    dialog = ExportDialog(full_window.context, full_window.table.shown_ids(), "5 shown papers", full_window)
    dialog.show()
    qtbot.wait(100)
    assert clipped(dialog) == []
    dialog.close()


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_explore_and_papers_like_one(longer: None, full_window: MainWindow, qtbot: QtBot, width: int) -> None:
    full_window.registry["explore"].trigger()
    (explore,) = full_window.findChildren(ExploreWindow)
    explore.resize(width, 700)
    for at in range(explore.tabs.count()):
        explore.tabs.setCurrentIndex(at)
        qtbot.wait(50)
        assert clipped(explore) == []
    qtbot.waitUntil(lambda: explore.survey is not None, timeout=60_000)
    assert clipped(explore) == []
    explore.close()
    view = AlikeWindow(full_window.context, full_window.table.shown_ids()[0], full_window)
    view.resize(width, 500)
    view.show()
    qtbot.waitUntil(lambda: view.found is not None)
    qtbot.wait(50)
    assert clipped(view) == []
    view.close()


def test_the_check_of_the_records(longer: None, full_window: MainWindow, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    services.editing.set_fields(library, [1], {"entry_type": "article"})
    view = RecordCheck(full_window.context, full_window)
    view.show()
    qtbot.waitUntil(lambda: bool(view.model.shown))
    assert clipped(view) == []
    view.close()


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_the_look_up(longer: None, full_window: MainWindow, qtbot: QtBot, width: int) -> None:
    full_window.registry["look_up"].trigger()
    (view,) = full_window.findChildren(LookupDialog)
    view.resize(width, 500)
    qtbot.waitUntil(lambda: bool(view.start.boxes))
    qtbot.wait(50)
    assert clipped(view) == []
    view.look_up()
    qtbot.waitUntil(view.start.error.isVisible)
    assert clipped(view) == []
    view.close()


def test_the_picker(longer: None, full_window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(full_window.registry["pick"].isEnabled)
    full_window.registry["pick"].trigger()
    (picker,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Picker) and one.isVisible()]
    qtbot.waitUntil(lambda: bool(picker.parts.preview.text()))
    picker.add()
    qtbot.wait(50)
    assert [text for text in clipped(picker) if picker.parts.preview.text() not in text] == []  # one line, in dots
    picker.close()


@pytest.mark.parametrize("page", [0, 1])
def test_the_preferences(longer: None, full_window: MainWindow, qtbot: QtBot, page: int) -> None:
    full_window.registry["preferences"].trigger()
    (dialog,) = full_window.findChildren(PreferencesDialog)
    dialog.tabs.setCurrentIndex(page)
    qtbot.wait(50)
    assert clipped(dialog) == []
    dialog.close()


def test_the_preferences_and_a_choice_of_editors(longer: None, full_window: MainWindow, qtbot: QtBot) -> None:
    editor_options.choose(full_window.context.settings, "vim")
    dialog = PreferencesDialog(full_window.context, full_window.registry, full_window)
    dialog.show()
    qtbot.wait(100)
    assert clipped(dialog) == []
    dialog.close()
    servers = [services.pushing.Server("/run/nvim.1.0", "/home/me/thesis.tex"), services.pushing.Server("/run/2", "")]
    choice = ServerChoice("Neovim", servers, "", full_window)
    choice.show()
    qtbot.wait(50)
    assert clipped(choice) == []
    choice.close()


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_the_key_pattern(longer: None, full_window: MainWindow, qtbot: QtBot, width: int) -> None:
    dialog = KeyDialog(full_window.context, full_window)
    dialog.resize(width, 560)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled(), timeout=10_000)
    qtbot.wait(50)
    assert clipped(dialog) == []
    dialog.line.setText("{nonsense}")
    qtbot.waitUntil(lambda: dialog.error.isVisible(), timeout=10_000)
    qtbot.wait(50)
    assert clipped(dialog) == []
    dialog.close()


def test_a_clipped_text_is_found(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    QLabel("A label with far too little room", root).setFixedWidth(20)
    root.show()
    assert len(clipped(root)) == 1
