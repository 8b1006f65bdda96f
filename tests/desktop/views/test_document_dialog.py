"""What a document cites, in the real window over a real library and real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from db import services
from db.services.library import Library
from desktop.views.document_dialog import TROUBLES, UNKNOWN, DocumentDialog
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


@pytest.fixture
def keys(full_window: MainWindow) -> list[str]:
    """The citation keys of the five papers."""
    library = full_window.context.library
    assert library is not None
    return [row.citation_key for row in services.reading.rows(library, range(1, 6))]


@pytest.fixture
def tex(tmp_path: Path, keys: list[str]) -> Path:
    """A document that cites two papers, a third by its .bib file, and a key that nobody knows."""
    path = tmp_path / "paper.tex"
    library_title = "Large Language Model Alignment: A Survey"
    path.write_text(
        f"\\cite{{{keys[0]}}}\n\\citep{{{keys[1]},mine}}\n\\cite{{nowhere}}\\bibliography{{refs}}", encoding="utf-8"
    )
    text = (
        f"@misc{{mine,title={{{library_title}}}}}\n@misc{{{keys[4]},title={{On the geometry}}}}\n@misc{{b,title={{c}}}}"
    )
    (tmp_path / "refs.bib").write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def dialog(full_window: MainWindow, tex: Path, qtbot: QtBot) -> Iterator[DocumentDialog]:
    full_window.documents.open(tex)
    made = shown(full_window)
    wait_read(made, qtbot)
    yield made
    made.close()


def shown(window: MainWindow) -> DocumentDialog:
    (made,) = [one for one in window.findChildren(DocumentDialog) if one.isVisible()]
    return made


def wait_read(dialog: DocumentDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.document is not None and dialog._task is None, timeout=20_000)


def cells(table: object) -> list[tuple[str, ...]]:
    return [row.cells for row in table.model.rows]  # type: ignore[attr-defined]


def test_the_three_lists(dialog: DocumentDialog, keys: list[str]) -> None:
    assert [row[0] for row in cells(dialog.known)] == keys[:2]
    assert [row[0] for row in cells(dialog.unknown.table)] == ["mine", "nowhere"]
    assert cells(dialog.unknown.table)[0][1].startswith(keys[2])
    assert [(row[0], row[2]) for row in cells(dialog.uncited)] == [(keys[4], "yes"), ("b", "no")]
    assert cells(dialog.known)[1][2] == "paper.tex:2"
    assert not dialog.tabs.isTabVisible(TROUBLES)
    assert "4 keys cited" in dialog.summary.text()
    assert dialog.tabs.tabText(UNKNOWN).endswith("2")


def test_reading_that_was_given_up_begins_again(full_window: MainWindow, tex: Path, qtbot: QtBot) -> None:
    made = DocumentDialog(full_window.context, tex, full_window)
    made.show()
    task = made._task
    assert task is not None
    made.hide()  # as minimising does
    assert task.cancelled
    made.show()
    wait_read(made, qtbot)
    assert made.known.model.rows
    made.close()


def test_a_match_is_taken_and_undone(
    full_window: MainWindow, dialog: DocumentDialog, keys: list[str], qtbot: QtBot
) -> None:
    dialog.tabs.setCurrentIndex(UNKNOWN)
    assert dialog.unknown.matches.count() == 1
    dialog.unknown.key_button.click()
    qtbot.waitUntil(lambda: len(dialog.known.model.rows) == 3, timeout=20_000)
    library = full_window.context.library
    assert library is not None
    assert services.reading.rows(library, [3])[0].citation_key == "mine"
    full_window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: len(dialog.known.model.rows) == 2, timeout=20_000)
    assert services.reading.rows(library, [3])[0].citation_key == keys[2]


def test_a_match_is_taken_as_another_key(
    full_window: MainWindow, dialog: DocumentDialog, keys: list[str], qtbot: QtBot
) -> None:
    dialog.unknown.alias_button.click()
    qtbot.waitUntil(lambda: len(dialog.known.model.rows) == 3, timeout=20_000)
    assert cells(dialog.known)[2][1].startswith(f"Now {keys[2]}")
    assert full_window.registry["undo"].text() == "&Undo add citation key mine"
    full_window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: len(dialog.known.model.rows) == 2, timeout=20_000)
    assert [row[0] for row in cells(dialog.unknown.table)] == ["mine", "nowhere"]
    full_window.registry["redo"].trigger()
    qtbot.waitUntil(lambda: len(dialog.known.model.rows) == 3, timeout=20_000)


def test_the_cited_are_exported_and_chosen(
    full_window: MainWindow,
    dialog: DocumentDialog,
    keys: list[str],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    said: list[str] = []
    full_window.context.notified.connect(lambda notice: said.append(notice.text))
    dialog.export_button.click()
    out = tmp_path / "out.bib"
    qtbot.waitUntil(out.exists, timeout=20_000)
    settle(full_window, qtbot)
    text = out.read_text(encoding="utf-8")
    assert [key for key in keys if f"{{{key}," in text] == keys[:2]
    assert any("2 keys are not in the library" in one for one in said)
    assert dialog.tabs.currentWidget() is dialog.outcome
    assert "2 papers are incomplete" in dialog.outcome.missing.text()
    dialog.outcome.show_button.click()
    qtbot.waitUntil(lambda: len(full_window.table.selected_ids()) == 1, timeout=20_000)
    dialog.select_button.click()
    qtbot.waitUntil(lambda: sorted(full_window.table.selected_ids()) == [1, 2], timeout=20_000)


def test_the_window_follows_a_file_that_is_replaced(
    dialog: DocumentDialog, keys: list[str], tex: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.follower._timer.setInterval(50)
    draft = tmp_path / "draft"
    draft.write_text(f"\\cite{{{keys[3]}}}\\input{{more}}", encoding="utf-8")
    (tmp_path / "more.tex").write_text("", encoding="utf-8")
    draft.replace(tex)
    qtbot.waitUntil(lambda: [row[0] for row in cells(dialog.known)] == [keys[3]], timeout=20_000)
    (tmp_path / "more.tex").write_text(f"\\cite{{{keys[4]}}}", encoding="utf-8")
    qtbot.waitUntil(lambda: len(dialog.known.model.rows) == 2, timeout=20_000)
    tex.unlink()  # as an editor does for a moment
    qtbot.wait(300)
    assert len(dialog.known.model.rows) == 2
    dialog.follow.click()
    assert not dialog.follower._timer.isActive()


def test_findings_are_listed(full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bad.tex"
    path.write_text("\\input{gone}", encoding="utf-8")
    full_window.documents.open(path)
    dialog = shown(full_window)
    wait_read(dialog, qtbot)
    assert cells(dialog.troubles)[0][0] == "bad.tex:1"
    assert dialog.tabs.isTabVisible(TROUBLES)
    assert dialog.troubles.said.text() == cells(dialog.troubles)[0][1]  # in full, where the table may cut it
    assert not dialog.troubles.said.isHidden()
    assert dialog.unknown.table.said.isHidden()
    assert not dialog.export_button.isEnabled()
    full_window.documents.open(tmp_path / "none.aux")  # the same window shows another document
    wait_read(shown(full_window), qtbot)
    assert "cannot be read" in dialog.summary.text()
    assert dialog.tabs.currentIndex() == TROUBLES
    dialog.close()


def test_what_biber_is_to_read_is_written_for_it(
    full_window: MainWindow, keys: list[str], tmp_path: Path, qtbot: QtBot
) -> None:
    path, out = tmp_path / "thesis.bcf", tmp_path / "out.bib"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<bcf:controlfile version="3.8" xmlns:bcf="https://sourceforge.net/projects/biblatex">\n'
        f'<bcf:section number="0"><bcf:citekey order="1">{keys[0]}</bcf:citekey></bcf:section>\n'
        "</bcf:controlfile>\n",
        encoding="utf-8",
    )
    full_window.documents.open(path)
    dialog = shown(full_window)
    wait_read(dialog, qtbot)
    dialog.export_to(out)
    qtbot.waitUntil(out.exists, timeout=20_000)
    settle(full_window, qtbot)
    written = out.read_text(encoding="utf-8")
    assert "  date = {" in written
    assert "month = " not in written
    dialog.close()


def test_a_dropped_document_opens_the_window_and_the_rest_is_imported(
    full_window: MainWindow, tex: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.bib"
    other.write_text("@misc{dropped2020, title={A paper that came with the drop of a document}}", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(one)) for one in (tex, other)])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    surface = full_window.windowHandle()
    assert surface is not None
    QApplication.sendEvent(surface, drop)
    qtbot.waitUntil(lambda: full_window.table.model.rowCount() == 6, timeout=20_000)
    dialog = shown(full_window)
    wait_read(dialog, qtbot)
    assert len(dialog.known.model.rows) == 2
    for summary in full_window.findChildren(object, "importSummary"):
        summary.close()
    dialog.close()


def test_choosing_a_document(full_window: MainWindow, tex: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tex), ""))
    full_window.registry["cited"].trigger()
    dialog = shown(full_window)
    wait_read(dialog, qtbot)
    assert dialog.windowTitle() == "What paper.tex cites"
    dialog.close()


def test_a_document_that_comes_before_the_library_is_open_waits_for_it(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "early.tex"
    path.write_text("\\cite{early}", encoding="utf-8")
    empty_window.documents.dropped([path])
    assert not empty_window.findChildren(DocumentDialog)
    empty_window.context.set_library(Library.open(tmp_path / "late.sheaf"))
    dialog = shown(empty_window)
    wait_read(dialog, qtbot)
    assert [row[0] for row in cells(dialog.unknown.table)] == ["early"]
    dialog.close()
    settle(empty_window, qtbot)
