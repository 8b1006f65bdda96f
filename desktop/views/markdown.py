"""Markdown as text with formats: no HTML, no pictures, no addresses but those of the web."""

from __future__ import annotations

from PySide6.QtGui import QPalette, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from desktop.views.links import safe_url
from desktop.views.safe_browser import MARKDOWN
from desktop.views.text_view import ProseBrowser, reading_width

_LARGEST = 3
"""Steps of size above the text (Qt takes 3 for the first level): no heading outdoes the title of its paper."""
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
_HEADING_STEP = 0
"""Of size above the text; Qt takes up to 3, which outdoes the title of the paper."""


class MarkdownView(ProseBrowser):
    """Shows Markdown that may come from anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setMaximumWidth(reading_width(self.fontMetrics()))

    def show_text(self, text: str) -> None:
        """Show a Markdown text."""
        self._text = text
        self.setMaximumWidth(reading_width(self.fontMetrics()))
        self.document().setMarkdown(text.replace(_PICTURE, " "), MARKDOWN)
        clean(self.document(), self.palette())
        self._fit()

    def restyle(self) -> None:
        """Take the colours of the theme in force."""
        self.show_text(self._text)


def clean(document: QTextDocument, palette: QPalette) -> None:
    """Take pictures out of a document and the link out of every address that is not of the web."""
    for start, length, form in reversed(_runs(document)):
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        if form.isImageFormat():
            cursor.insertText(f"[{form.toImageFormat().name() or 'picture'}]", QTextCharFormat())
        elif form.isAnchor():
            cursor.setCharFormat(_safe_link(form, palette))
    _calm_headings(document)


def _calm_headings(document: QTextDocument) -> None:
    block: QTextBlock = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            whole = QTextCursor(block)
            whole.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            size = QTextCharFormat()
            size.setProperty(QTextCharFormat.Property.FontSizeAdjustment, _HEADING_STEP)
            whole.mergeCharFormat(size)
        block = block.next()


def _runs(document: QTextDocument) -> list[tuple[int, int, QTextCharFormat]]:
    runs = []
    block: QTextBlock = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            runs.append((piece.position(), piece.length(), piece.charFormat()))
            pieces += 1
        block = block.next()
    return runs


def _safe_link(form: QTextCharFormat, palette: QPalette) -> QTextCharFormat:
    made = QTextCharFormat(form)
    if safe_url(form.anchorHref()) is None:
        made.setAnchor(False)
        made.setAnchorHref("")
        made.setFontUnderline(False)
        made.clearForeground()
    else:
        made.setFontUnderline(True)
        made.setForeground(palette.color(QPalette.ColorRole.Link))
    made.setToolTip("")
    return made
