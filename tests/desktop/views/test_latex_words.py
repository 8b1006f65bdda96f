"""Words and venues for LaTeX: kept in the library, and heard in the next export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import services
from desktop.views.latex_words import LatexWords

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def opened(window: MainWindow, qtbot: QtBot) -> LatexWords:
    dialog = LatexWords(window.context, window)
    dialog.open()
    assert not dialog.save_button.isEnabled()  # before the lists are there, saving would empty them
    qtbot.waitUntil(dialog.save_button.isEnabled)
    return dialog


def test_what_is_saved_is_there_again(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.words.setPlainText("Monte Carlo\n\nBayesian")
    dialog.venues.setPlainText("Journal of Amber Kettles = J. Amb. Kett.")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save_button.click()
    again = opened(window, qtbot)
    assert again.words.toPlainText() == "Bayesian\nMonte Carlo"
    assert again.venues.toPlainText() == "Journal of Amber Kettles = J. Amb. Kett."
    library = window.context.library
    assert library is not None
    assert services.venues.abbreviations(library)["Journal of Amber Kettles"] == "J. Amb. Kett."


def test_a_line_without_a_short_name_is_said_and_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window, qtbot)
    dialog.words.setPlainText("Bayesian")
    dialog.venues.setPlainText("Journal of Amber Kettles")
    dialog.save_button.click()
    qtbot.waitUntil(dialog.error.isVisible)
    assert "short name" in dialog.error.text()
    assert dialog.save_button.isEnabled()
    library = window.context.library
    assert library is not None
    assert services.ownwords.own_words(library) == ()
