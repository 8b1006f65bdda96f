"""The summary of an import: sums, ways to the papers, errors by name, the year, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from db import services
from db.services.changes import Changes
from db.services.importing import Imported
from db.services.intake import FileResult
from db.services.progress import silent
from desktop.views.import_summary import SHOWN, FileCard, ImportSummary
from desktop.views.summary_words import account, headline, whole_account
from desktop.views.year_row import YearRow

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext


Keep = Callable[["QWidget"], None]


@pytest.fixture
def imported(opened: AppContext, library: Library, dump: Path, tmp_path: Path) -> Imported:
    """An import of a good file, one with yearless dates, and one that is not text."""
    yearless = tmp_path / "yearless.txt"
    yearless.write_text(
        "Daily Papers\n\nOct 31\n\nA Title about Trees and Rivers\n\n"
        "We study how trees grow along rivers in the north, with data of ten years and much patience.\n\n"
        "  • 3 authors\n\n·\n\nMar 4 2\n\nThe Weather of Small Islands\n\n"
        "We measure wind and rain on forty small islands and find that the two go together.\n\n"
        "  • 2 authors\n\n·\n\nJan 2, 2023\n",
        encoding="utf-8",
    )
    bad = tmp_path / "bad.bin"
    bad.write_bytes(bytes(range(256)) * 40)
    return services.importing.import_files(library, [dump, yearless, bad], silent)


@pytest.fixture
def summary(qtbot: QtBot, opened: AppContext, imported: Imported, keep: Keep) -> ImportSummary:
    """The summary on the screen."""
    made = ImportSummary(opened, imported)
    keep(made)
    made.show()
    return made


def labels(summary: ImportSummary) -> str:
    return "\n".join(label.text() for label in summary.findChildren(QLabel))


def press(summary: ImportSummary, start: str) -> None:
    found = [b for b in summary.findChildren(QPushButton) if b.text().startswith(start) and not b.isHidden()]
    assert found, f"no button {start}"
    found[0].click()


def test_the_sums_equal_the_input(imported: Imported) -> None:
    for one in imported.files:
        assert one.records == one.added + one.merged + one.doubtful
    assert headline(imported.files) == "7 papers added"
    assert account(imported.files[0]) == "5 records found: 5 added + 0 merged"


def test_every_file_is_named_and_the_unreadable_one_says_why(summary: ImportSummary) -> None:
    said = labels(summary)
    for name in ("five.txt", "yearless.txt", "bad.bin"):
        assert name in said
    assert "1 could not be read" in said
    cards = summary.findChildren(FileCard)
    assert len(cards) == 3
    assert not summary.isModal()


def test_a_button_leads_to_the_papers_of_a_file(qtbot: QtBot, summary: ImportSummary, imported: Imported) -> None:
    with qtbot.waitSignal(summary.show_papers) as caught:
        press(summary, "Show 5 added")
    assert caught.args == [list(imported.files[0].new_ids), f"new:#{imported.files[0].source_id}"]
    with qtbot.waitSignal(summary.show_papers) as caught:
        summary.show_button.click()
    assert caught.args is not None
    assert len(caught.args[0]) == 7


def test_what_pages_leave_out_can_be_looked_up(
    qtbot: QtBot, summary: ImportSummary, imported: Imported, library: Library
) -> None:
    wanted = [*imported.files[0].new_ids, *imported.files[1].new_ids]
    qtbot.waitUntil(summary.look_up_button.isVisible)
    assert summary.look_up_button.text() == f"&Look up authors and years of {len(wanted)} papers..."
    with qtbot.waitSignal(summary.look_up) as asked:
        summary.look_up_button.click()
    assert asked.args == [wanted]


def test_of_whole_papers_nothing_is_offered(qtbot: QtBot, opened: AppContext, library: Library, keep: Keep) -> None:
    entry = "@article{k, title={A Whole Lantern}, author={Reed, Ada}, year=2020}"
    made = ImportSummary(opened, services.importing.import_text(library, entry, silent))
    keep(made)
    made.show()
    opened.tasks.read(lambda: None, lambda _nothing: made.setProperty("answered", True))
    qtbot.waitUntil(lambda: made.property("answered") is True)
    assert not made.look_up_button.isVisible()


def test_the_inferred_year_is_changed(
    qtbot: QtBot, summary: ImportSummary, imported: Imported, library: Library
) -> None:
    (row,) = summary.findChildren(YearRow)
    before = row.year.value()
    row.year.setValue(before - 1)
    row.set_button.click()
    qtbot.waitUntil(lambda: not row.state.isHidden())
    years = {
        paper.date.year
        for paper in services.reading.papers(library, imported.files[1].new_ids)
        if paper.title.startswith("A Title")
    }
    assert years == {before - 1}


def test_undo_takes_the_whole_import_back(qtbot: QtBot, summary: ImportSummary, library: Library) -> None:
    summary.undo_button.click()
    qtbot.waitUntil(lambda: not services.reading.sidebar(library).all)


def test_undo_takes_a_year_set_here_back_too(qtbot: QtBot, summary: ImportSummary, library: Library) -> None:
    (row,) = summary.findChildren(YearRow)
    for year in (row.year.value() - 1, row.year.value() - 2):
        row.state.hide()
        row.year.setValue(year)
        row.set_button.click()
        qtbot.waitUntil(lambda: not row.state.isHidden())
    summary.undo_button.click()
    qtbot.waitUntil(lambda: not services.reading.sidebar(library).all)
    assert all(step.undone for step in services.undoing.history(library))


def test_undo_refuses_when_something_came_after(
    qtbot: QtBot, summary: ImportSummary, imported: Imported, library: Library
) -> None:
    services.editing.set_fields(library, imported.files[0].new_ids[:1], {"starred": True})
    summary.undo_button.click()
    qtbot.waitUntil(lambda: summary.error.isVisible())
    assert services.reading.sidebar(library).all


def test_the_same_file_again_says_so(
    qtbot: QtBot, opened: AppContext, imported: Imported, library: Library, dump: Path, keep: Keep
) -> None:
    again = services.importing.import_files(library, [dump], silent)
    summary = ImportSummary(opened, again)
    keep(summary)
    summary.show()
    assert summary.title.text() == "Already imported, nothing changed"
    assert summary.undo_button.isHidden()
    assert summary.show_button.isHidden()


def test_forty_files_fit(qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep) -> None:
    paths = []
    for number in range(40):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(b"" if number % 2 else bytes(200))
        paths.append(path)
    summary = ImportSummary(opened, services.importing.import_files(library, paths, silent))
    keep(summary)
    summary.show()
    assert len(summary.findChildren(FileCard)) == 40
    assert summary.height() < 900
    assert summary.title.text() == "Nothing was imported"


def test_of_very_many_files_the_rest_is_told_in_words(qtbot: QtBot, opened: AppContext, keep: Keep) -> None:
    good = [FileResult(f"/dumps/{number}.bib", number, records=1, added=1) for number in range(1, 251)]
    bad = FileResult("/dumps/photo.png", error="photo.png is not text but an image.")
    summary = ImportSummary(opened, Imported((*good, bad), Changes("Import 251 files")))
    keep(summary)
    summary.show()
    assert len(summary.findChildren(FileCard)) == SHOWN
    assert "photo.png is not text" in summary.findChildren(FileCard)[0].findChildren(QLabel)[1].text()
    assert "and 151 more files: 151 papers added · no issues" in labels(summary)


def test_the_whole_account_is_copied_as_text(summary: ImportSummary, imported: Imported) -> None:
    summary.copy_button.click()
    said = QGuiApplication.clipboard().text()
    assert said == whole_account(sorted(imported.files, key=lambda one: one.error is None))
    assert said.startswith("7 papers added\n3 files · 1 could not be read · no issues\n")
    for one in imported.files:
        assert f"\n{one.file}\n    " in said


def test_a_guessed_encoding_is_said(
    qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep
) -> None:
    path = tmp_path / "old.bib"
    path.write_bytes("@article{a, title={Über Flüsse und Bäche}, author={Bär, Jörg}, year=2001}\n".encode("cp1252"))
    imported = services.importing.import_files(library, [path], silent)
    summary = ImportSummary(opened, imported)
    keep(summary)
    assert imported.files[0].encoding == "latin-1 (guessed)"
    assert "Read as Latin-1, which is a guess" in labels(summary)
    assert "Read as Latin-1, which is a guess" in whole_account(imported.files)
