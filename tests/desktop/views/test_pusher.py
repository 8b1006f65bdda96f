"""Pushing from the window: the keys freeze, the clipboard is filled, and the person is told what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox

from db import services
from desktop import cite_options, editor_options
from desktop.views.cite_dialog import CiteDialog
from desktop.views.failure import FailureDialog
from desktop.views.preferences import PreferencesDialog
from desktop.views.server_choice import ServerChoice
from tests.db.services.running_editors import Recorder, need, started, until
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

VIMS = 'case "$1" in --serverlist) printf "ONE\\nTWO\\n" ;; *) [ "$4" = \'"file " . expand("%:p")\' ] && '
VIMS += 'echo "file /home/me/$2.tex" || echo "ok $2.tex" ;; esac'


def key_of_first(window: MainWindow, qtbot: QtBot) -> str:
    """Choose the first paper and return its key."""
    view, model = window.table.view, window.table.model
    view.clearSelection()
    flag = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(model.index(0, 0), flag)
    qtbot.waitUntil(window.registry["push"].isEnabled)
    library, paper_id = window.context.library, model.id_at(0)
    assert library is not None
    assert paper_id is not None
    return services.reading.rows(library, [paper_id])[0].citation_key


def frozen(window: MainWindow) -> bool:
    """Tell whether the key of the chosen paper is frozen."""
    library = window.context.library
    assert library is not None
    return services.reading.rows(library, window.table.selected_ids())[0].key_frozen


def said(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Wait for a notification."""
    qtbot.waitUntil(lambda: window.toast.text.text() == text, timeout=10_000)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_without_an_editor_the_preferences_ask_for_one(full_window: MainWindow, qtbot: QtBot) -> None:
    key_of_first(full_window, qtbot)
    full_window.registry["push"].trigger()
    (dialog,) = full_window.findChildren(PreferencesDialog)
    assert dialog.isVisible()
    assert dialog.editor.kinds.currentData() == ""
    assert "Choose your editor first" in full_window.toast.text.text()
    settle(full_window, qtbot)
    assert not frozen(full_window)
    dialog.close()


def test_a_push_says_where_it_went(full_window: MainWindow, qtbot: QtBot, programs: Recorder) -> None:
    programs.make("emacsclient", says='"ok thesis.tex"\n')
    editor_options.choose(full_window.context.settings, "emacs")
    key = key_of_first(full_window, qtbot)
    full_window.registry["push"].trigger()
    said(full_window, qtbot, f"Inserted \\cite{{{key}}} in thesis.tex (Emacs)")
    assert clipboard() == f"\\cite{{{key}}}"
    assert frozen(full_window)
    assert f'"\\\\cite{{{key}}}"' in programs.calls("emacsclient")[0][-1]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("texstudio", "Sent {0} to TeXstudio"), ("vscode", "VS Code comes to the front: paste {0} with Ctrl+V")],
)
def test_no_more_is_said_than_is_known(
    full_window: MainWindow, qtbot: QtBot, programs: Recorder, kind: str, words: str
) -> None:
    programs.make("texstudio")
    programs.make("code")
    editor_options.choose(full_window.context.settings, kind)
    key = key_of_first(full_window, qtbot)
    full_window.registry["push"].trigger()
    said(full_window, qtbot, words.format(f"\\cite{{{key}}}"))
    assert clipboard() == f"\\cite{{{key}}}"


def test_a_failure_says_that_the_citation_can_be_pasted(full_window: MainWindow, qtbot: QtBot) -> None:
    editor_options.choose(full_window.context.settings, "lyx")
    key = key_of_first(full_window, qtbot)
    full_window.registry["push"].trigger()
    qtbot.waitUntil(lambda: bool(full_window.findChildren(FailureDialog)), timeout=10_000)
    (failure,) = full_window.findChildren(FailureDialog)
    assert failure.error.message.startswith("The citation was not pushed to LyX\n")
    assert failure.error.message.endswith("The citation is on the clipboard: paste it with Ctrl+V.")
    assert clipboard() == f"\\cite{{{key}}}"
    assert frozen(full_window)
    failure.close()


def test_the_window_goes_on_while_an_editor_thinks(
    full_window: MainWindow, qtbot: QtBot, programs: Recorder, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    programs.make("emacsclient", then=f"while [ ! -e '{go}' ]; do sleep 0.02; done; echo '\"ok a.tex\"'")
    editor_options.choose(full_window.context.settings, "emacs")
    key = key_of_first(full_window, qtbot)
    full_window.registry["push"].trigger()
    said(full_window, qtbot, "Waiting for the editor...")
    assert not full_window.context.tasks.busy  # edits need not wait for it
    go.touch()
    said(full_window, qtbot, f"Inserted \\cite{{{key}}} in a.tex (Emacs)")


def test_one_of_several_is_chosen(full_window: MainWindow, qtbot: QtBot, programs: Recorder) -> None:
    programs.make("vim", then=VIMS)
    editor_options.choose(full_window.context.settings, "vim")
    key = key_of_first(full_window, qtbot)
    for row in (0, 1):
        full_window.registry["push"].trigger()
        qtbot.waitUntil(lambda: bool(full_window.findChildren(ServerChoice)), timeout=10_000)
        (choice,) = full_window.findChildren(ServerChoice)
        assert choice.list.currentRow() == row  # the one of last time
        assert choice.list.item(1).text() == "TWO.tex (/home/me)\nTWO"
        choice.list.setCurrentRow(1)
        choice.accept()
        said(full_window, qtbot, f"Inserted \\cite{{{key}}} in TWO.tex (Vim)")
        qtbot.waitUntil(lambda: not full_window.findChildren(ServerChoice))
        full_window.toast.text.setText("")
    assert [call[1] for call in programs.calls("vim") if "setline" in call[-1]] == ["TWO", "TWO"]


def test_the_window_of_citations_pushes_with_notes(full_window: MainWindow, qtbot: QtBot, programs: Recorder) -> None:
    programs.make("texstudio")
    editor_options.choose(full_window.context.settings, "texstudio")
    key = key_of_first(full_window, qtbot)
    full_window.registry["cite"].trigger()
    (dialog,) = full_window.findChildren(CiteDialog)
    assert dialog.push_button.text() == "Push t&o TeXstudio"
    dialog.command.box.setCurrentIndex(1)
    dialog.postnote.setText("{")
    qtbot.waitUntil(lambda: not dialog.push_button.isEnabled())
    dialog.postnote.setText("p. 3")
    dialog.usual.setChecked(True)
    qtbot.waitUntil(dialog.push_button.isEnabled)
    dialog.push_button.click()
    said(full_window, qtbot, f"Sent \\citep[p. 3]{{{key}}} to TeXstudio")
    assert programs.calls("texstudio") == [["--insert-cite", f"\\citep[p. 3]{{{key}}}"]]
    assert cite_options.style(full_window.context.settings).command == "citep"


# Preferences --------------------------------------------------------------------------------------


def choose(kinds: QComboBox, kind: str) -> None:
    """Choose an editor as the person does."""
    kinds.setCurrentIndex(kinds.findData(kind))
    kinds.activated.emit(kinds.currentIndex())


def test_the_preferences_name_the_editor(full_window: MainWindow, qtbot: QtBot, programs: Recorder) -> None:
    settings = full_window.context.settings
    path = programs.make("myvim")
    dialog = PreferencesDialog(full_window.context, full_window.registry, full_window)
    dialog.show()
    rows = dialog.editor
    assert not rows.program.isVisible()
    choose(rows.kinds, "vim")
    assert full_window.registry.command("push").title == "Push to Vim"
    assert rows.program.isVisible()
    assert rows.server.isVisible()
    assert "+clientserver" in rows.hint.text()
    qtbot.keyClicks(rows.program, "no-such-vim")
    qtbot.waitUntil(lambda: "no-such-vim" in rows.problem.text())
    rows.program.clear()
    qtbot.keyClicks(rows.program, str(path))
    qtbot.waitUntil(lambda: not rows.problem.text() and rows.program.placeholderText() == str(path))
    qtbot.keyClicks(rows.server, "PAPER")
    choose(rows.kinds, "kile")
    assert not rows.program.isVisible()
    assert not rows.server.isVisible()
    choose(rows.kinds, "")
    assert editor_options.chosen(settings) is None
    assert full_window.registry.command("push").title == "Push to editor"
    choose(rows.kinds, "vim")
    assert (rows.program.text(), rows.server.text()) == (str(path), "PAPER")
    assert editor_options.chosen(settings) == services.pushing.Editor("vim", str(path), "PAPER")
    dialog.close()


def test_a_broken_setting_is_no_editor(full_window: MainWindow) -> None:
    editor_options.choose(full_window.context.settings, "notepad")
    assert editor_options.chosen(full_window.context.settings) is None


# A real editor ------------------------------------------------------------------------------------


def test_a_push_into_a_real_neovim(full_window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    need("nvim")
    text, socket = tmp_path / "thesis.tex", tmp_path / "sock"
    text.write_text("We build on\n", encoding="utf-8")
    settings = full_window.context.settings
    editor_options.choose(settings, "neovim")
    editor_options.remember(settings, services.pushing.Editor("neovim", server=str(socket)))
    key = key_of_first(full_window, qtbot)
    with started("nvim", "--clean", "--headless", "--listen", str(socket), "+normal $", str(text)) as running:
        until(socket.exists, "Neovim")
        full_window.registry["push"].trigger()
        said(full_window, qtbot, f"Inserted \\cite{{{key}}} in thesis.tex (Neovim)")
        assert running.poll() is None
