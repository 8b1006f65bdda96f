"""Notes may come from anywhere: nothing is loaded, nothing but web links can be followed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument, QTextFormat

from desktop.views.markdown import MarkdownView
from desktop.views.text_view import TextView, reading_width

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QTextBrowser
    from pytestqt.qtbot import QtBot


def anchors(view: QTextBrowser) -> list[str]:
    found = []
    block = view.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            form = pieces.fragment().charFormat()
            assert not form.isImageFormat()
            if form.isAnchor():
                found.append(form.anchorHref())
            pieces += 1
        block = block.next()
    return found


def test_only_web_links_stay_links(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.show_text("[a](https://a.org) [b](file:///etc/passwd) [c](javascript:x) <https://d.org>")
    assert anchors(view) == ["https://a.org", "https://d.org"]
    assert "b" in view.toPlainText()


def test_html_is_shown_as_text_and_pictures_as_their_names(qtbot: QtBot, tmp_path: Path) -> None:
    import os

    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)  # opening it would block for ever
    view = MarkdownView()
    qtbot.addWidget(view)
    started = time.monotonic()
    view.show_text(f"**bold** <img src='file://{fifo}'> ![x](file://{fifo}) ![y]({fifo})")
    view.show()
    view.grab()
    assert time.monotonic() - started < 5
    assert "<img" in view.toPlainText()
    assert anchors(view) == []
    assert view.document().characterCount() > 4


def test_nothing_is_ever_loaded(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    assert view.loadResource(QTextDocument.ResourceType.ImageResource.value, "file:///etc/passwd") is None


def test_prose_is_never_taken_for_markup(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    text = "<b>not bold</b> &amp; <img src='file:///x'> at https://a.org/b."
    view.show_text(text)
    assert view.toPlainText() == text
    assert anchors(view) == ["https://a.org/b"]


def test_a_line_of_prose_holds_at_most_75_characters(qtbot: QtBot) -> None:
    view = TextView()
    qtbot.addWidget(view)
    text = (
        "In this paper we list every step that a reader takes, from the first look at a title to the last "
        "line of the notes, and ask which of them a program can take over without getting in the way. "
    ) * 6
    view.show_text(text)
    view.resize(2_000, 400)
    view.show()
    assert view.width() == reading_width(view.fontMetrics())
    layout = view.document().begin().layout()
    lengths = [layout.lineAt(n).textLength() for n in range(layout.lineCount())]
    assert 40 < max(lengths) <= 75


def test_no_heading_outdoes_the_title_of_its_paper(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.show_text("# Largest *heading*\n\ntext")
    heading = view.document().begin()
    largest = max(form.format.property(QTextFormat.Property.FontSizeAdjustment) or 0 for form in heading.textFormats())
    assert largest == 0
