"""The reference list of the selection: style, output, copy, save, and a style of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db import services
from desktop.context import AppContext
from desktop.views.reference_list import ReferenceList

from ...db.services.test_citing import MINE

AddPaper = Callable[..., int]
Show = Callable[..., ReferenceList]


@pytest.fixture
def show(opened: AppContext, add_paper: AddPaper, keep: Callable[[QWidget], None]) -> Show:
    ids = [
        add_paper("On lanterns", authors="Roe, Maud", date="2020"),
        add_paper("A quiet method", authors="Marlow, Ada", date="2021", arxiv_id="2405.01234"),
    ]

    def make(more: int = 0) -> ReferenceList:
        extra = [add_paper(f"Paper {number}", authors="Doe, Jane", date="2020") for number in range(more)]
        made = ReferenceList(opened, ids + extra)
        keep(made)
        made.show()
        return made

    return make


@pytest.fixture
def dialog(show: Show, qtbot: QtBot) -> ReferenceList:
    made = show()
    qtbot.waitUntil(lambda: made.copy_button.isEnabled() and made.style_box.count() > 9, timeout=20_000)
    return made


def choose_output(dialog: ReferenceList, output: str) -> None:
    dialog.output_box.setCurrentIndex(dialog.output_box.findData(output))
    dialog.output_box.activated.emit(dialog.output_box.currentIndex())


def test_the_list_is_in_the_order_of_the_style(dialog: ReferenceList) -> None:
    first, second = dialog.text.toPlainText().split("\n\n")
    assert first.startswith("Marlow, A. (2021). A quiet method (arXiv:2405.01234).")
    assert second == "Roe, M. (2020). On lanterns."
    assert dialog.count.text() == "2 papers"
    assert dialog.bar.isHidden()


def test_another_style_formats_anew(dialog: ReferenceList, qtbot: QtBot) -> None:
    dialog.style_box.choose("nature")
    qtbot.waitUntil(lambda: dialog.text.toPlainText().startswith("1. Roe, M. On lanterns."))


def test_copy_and_copy_citation(dialog: ReferenceList) -> None:
    choose_output(dialog, "html")
    dialog.copy_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.html().count("<p") == 2
    assert data.text().count("\n") == 1
    dialog.citation_button.click()
    assert QGuiApplication.clipboard().text() == "(Marlow, 2021; Roe, 2020)"


@pytest.mark.parametrize(("output", "start"), [("rtf", "{\\rtf1"), ("html", "<!DOCTYPE"), ("markdown", "Marlow, A.")])
def test_save(dialog: ReferenceList, tmp_path: Path, output: str, start: str, qtbot: QtBot) -> None:
    choose_output(dialog, output)
    path = tmp_path / "list"
    dialog.save_to(path)
    qtbot.waitUntil(lambda: path.exists() and path.read_text(encoding="utf-8").startswith(start))


def test_a_place_that_cannot_be_written_is_said(dialog: ReferenceList, tmp_path: Path, qtbot: QtBot) -> None:
    dialog.save_to(tmp_path / "nowhere" / "list.txt")
    qtbot.waitUntil(lambda: "no folder" in dialog.error.text())


def test_the_output_is_remembered(dialog: ReferenceList, show: Show) -> None:
    choose_output(dialog, "markdown")
    assert show().output() == "markdown"


def test_a_style_of_ones_own_is_taken_and_chosen(dialog: ReferenceList, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "mine.csl"
    file.write_text(MINE, encoding="utf-8")
    dialog.add_style_from(file)
    qtbot.waitUntil(lambda: dialog.text.toPlainText() == "On lanterns!\n\nA quiet method! arXiv:2405.01234.")
    qtbot.waitUntil(lambda: dialog.style_box.currentText() == "My own")
    assert (services.citing.styles_folder() / "mine.csl").is_file()


def test_a_file_that_is_no_style_is_refused(dialog: ReferenceList, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "mine.csl"
    file.write_text("no style", encoding="utf-8")
    dialog.add_style_from(file)
    qtbot.waitUntil(lambda: "no citation style" in dialog.error.text())
    assert dialog.copy_button.isEnabled()


def test_a_long_list_shows_how_far_it_is_and_is_dropped_on_closing(show: Show, qtbot: QtBot) -> None:
    dialog = show(60)
    steps: list[tuple[int, int, bool]] = []
    dialog.bar.valueChanged.connect(lambda at: steps.append((dialog.bar.maximum(), at, dialog.copy_button.isEnabled())))
    qtbot.waitUntil(lambda: any(most == 62 and at > 0 for most, at, _ready in steps), timeout=20_000)
    assert not any(ready for _most, _at, ready in steps)
    dialog.format()
    task = dialog._task
    dialog.reject()
    assert task is not None
    assert task.cancelled
