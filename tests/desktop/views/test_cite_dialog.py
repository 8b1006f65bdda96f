"""Citations for the clipboard: the command, the notes, the order of choosing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from db import services
from desktop import cite_options
from desktop.views.cite_dialog import CiteDialog
from desktop.views.paper_drag import PaperMime
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def choose(window: MainWindow, qtbot: QtBot, *rows: int) -> list[str]:
    """Choose rows one by one with Ctrl, and return their keys in that order."""
    view, model = window.table.view, window.table.model
    view.clearSelection()
    for row in rows:
        flag = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        view.selectionModel().select(model.index(row, 0), flag)
    qtbot.waitUntil(lambda: window.registry["cite"].isEnabled())
    library = window.context.library
    assert library is not None
    ids = [model.id_at(row) for row in rows]
    return [one.citation_key for one in services.reading.rows(library, [one for one in ids if one is not None])]


def test_copy_cites_in_the_order_of_choosing(full_window: MainWindow, qtbot: QtBot) -> None:
    keys = choose(full_window, qtbot, 3, 0, 2)
    full_window.registry["copy_cite"].trigger()
    settle(full_window, qtbot)
    assert QGuiApplication.clipboard().text() == f"\\cite{{{','.join(keys)}}}"
    full_window.table.sort("title")
    settle(full_window, qtbot)
    assert len(full_window.table.cited_ids()) == 3
    cite_options.remember(full_window.context.settings, "pandoc", "")
    full_window.registry["copy_cite"].trigger()
    settle(full_window, qtbot)
    assert QGuiApplication.clipboard().text() == "[" + "; ".join(f"@{key}" for key in keys) + "]"


def test_the_window_previews_and_copies(full_window: MainWindow, qtbot: QtBot) -> None:
    first, second = choose(full_window, qtbot, 1, 0)
    full_window.registry["cite"].trigger()
    (dialog,) = full_window.findChildren(CiteDialog)
    qtbot.waitUntil(lambda: dialog.preview.text() == f"\\cite{{{first},{second}}}")
    dialog.command.box.setCurrentIndex(1)
    dialog.prenote.setText("see")
    dialog.postnote.setText("p. 3")
    wanted = f"\\citep[see][p. 3]{{{first},{second}}}"
    qtbot.waitUntil(lambda: dialog.preview.text() == wanted)
    dialog.postnote.setText("{")
    qtbot.waitUntil(lambda: bool(dialog.error.text()))
    assert not dialog.copy_button.isEnabled()
    dialog.postnote.setText("p. 3")
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    dialog.usual.setChecked(True)
    dialog.copy_button.click()
    settle(full_window, qtbot)
    assert QGuiApplication.clipboard().text() == wanted
    assert cite_options.style(full_window.context.settings).command == "citep"
    library = full_window.context.library
    assert library is not None
    assert all(one.key_frozen for one in services.reading.rows(library, full_window.table.selected_ids()))


def test_a_long_citation_is_shown_in_part_and_squeezes_no_field(full_window: MainWindow, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    title = "Amber kettles, velvet rivers and paper boats"
    ids = [services.editing.add_paper(library, {"title": f"{title} {number}"})[0] for number in range(40)]
    dialog = CiteDialog(full_window.context, ids, full_window)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.preview.text()))
    assert dialog.preview.text().endswith("…")
    assert len(dialog.preview.text()) < 700
    qtbot.waitUntil(lambda: dialog.preview.height() >= dialog.preview.heightForWidth(dialog.preview.width()))
    assert dialog.postnote.height() >= dialog.postnote.sizeHint().height()
    dialog.copy_button.click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().count(",") == 39)


def test_an_own_command(full_window: MainWindow, qtbot: QtBot) -> None:
    (key,) = choose(full_window, qtbot, 1)
    full_window.registry["cite"].trigger()
    (dialog,) = full_window.findChildren(CiteDialog)
    own = dialog.command.box.findText("Own LaTeX command")
    dialog.command.box.setCurrentIndex(own)
    assert dialog.command.own.isVisible()
    qtbot.keyClicks(dialog.command.own, "\\mycite")
    qtbot.waitUntil(lambda: dialog.preview.text() == f"\\mycite{{{key}}}")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("form", "command", "written"),
    [("latex", "parencite", "\\parencite{{{0}}}"), ("typst", "", "@{0}"), ("latex", "no{good", "\\cite{{{0}}}")],
)
def test_a_drag_uses_the_usual_command(
    full_window: MainWindow, qtbot: QtBot, form: str, command: str, written: str
) -> None:
    (key,) = choose(full_window, qtbot, 1)
    context = full_window.context
    cite_options.remember(context.settings, form, command)
    assert context.library is not None
    options = services.exporting.ExportOptions()
    style = cite_options.style(context.settings)
    mime = PaperMime(context.library, full_window.table.cited_ids(), lambda _ids: None, options, style=style)
    assert mime.text() == written.format(key)


def test_preferences_hold_the_usual_command(full_window: MainWindow, qtbot: QtBot) -> None:
    from desktop.views.preferences import PreferencesDialog

    dialog = PreferencesDialog(full_window.context, full_window.registry, full_window)
    dialog.show()
    dialog.cite.box.setCurrentIndex(dialog.cite.box.count() - 1)
    assert cite_options.style(full_window.context.settings).form == "typst"
    dialog.cite.box.setCurrentIndex(dialog.cite.box.findText("Own LaTeX command"))
    assert cite_options.style(full_window.context.settings).form == "typst"  # until a command is typed
    qtbot.keyClicks(dialog.cite.findChild(QLineEdit), "mycite")
    assert cite_options.style(full_window.context.settings).command == "mycite"
    dialog.close()
    again = PreferencesDialog(full_window.context, full_window.registry, full_window)
    assert again.cite.chosen() == ("latex", "mycite")
    again.close()
