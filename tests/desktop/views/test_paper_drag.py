"""Papers dragged out of the table."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDrag, QDropEvent
from PySide6.QtWidgets import QWidget

from db import services
from db.services.exporting import ExportOptions
from desktop.models.mime import BIBTEX, PAPERS, TEXT, PapersMime, papers_of
from desktop.views.paper_drag import PaperMime

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.services.library import Library

AddPaper = Callable[..., int]


def test_a_drag_cites_and_freezes_only_when_the_text_is_taken(library: Library, add_paper: AddPaper) -> None:
    ids = [add_paper("On alignment", date="2024"), add_paper("On preference", date="2023")]
    frozen: list[list[int]] = []
    mime = PaperMime(library, ids, frozen.append, ExportOptions())
    assert mime.hasText()
    assert papers_of(mime) is ids
    assert not frozen
    keys = [row.citation_key for row in services.reading.rows(library, ids)]
    assert mime.text() == "\\cite{" + ",".join(keys) + "}"
    assert bytes(mime.data(TEXT).data()).decode() == mime.text()
    assert frozen == [ids]


def test_a_drag_brings_bibtex_too(library: Library, add_paper: AddPaper) -> None:
    mime = PaperMime(library, [add_paper("On alignment", date="2024")], lambda _ids: None, ExportOptions())
    entry = bytes(mime.data(BIBTEX).data()).decode()
    assert entry.startswith("@misc{")
    assert "On alignment" in entry


def test_nobody_asks_for_more_than_there_is(library: Library) -> None:
    mime = PaperMime(library, [], lambda _ids: None, ExportOptions())
    assert bytes(mime.data("image/png").data()) == b""
    assert mime.formats() == [PAPERS, TEXT, BIBTEX]


def test_no_other_process_is_told_the_numbers_of_papers(library: Library, add_paper: AddPaper) -> None:
    mime = PaperMime(library, [add_paper("On alignment")], lambda _ids: None, ExportOptions())
    assert bytes(mime.data(PAPERS).data()) == b""
    outside = QMimeData()
    outside.setData(PAPERS, mime.data(PAPERS))
    assert not papers_of(outside)


def test_a_drag_between_windows_of_the_process_brings_the_papers_themselves(qtbot: QtBot) -> None:
    """As Qt delivers a drop that began in the process."""

    class Target(QWidget):
        taken: Sequence[int] = ()

        def dropEvent(self, event: QDropEvent) -> None:
            self.taken = papers_of(event.mimeData())

    target, ids = Target(), list(range(1_000))
    qtbot.addWidget(target)
    drag = QDrag(target)
    drag.setMimeData(PapersMime(ids))  # the wrapper goes, as it does in the table
    gc.collect()
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target.event(QDropEvent(QPointF(), Qt.DropAction.CopyAction, drag.mimeData(), buttons, none))
    assert target.taken is ids
