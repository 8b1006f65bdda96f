"""What a search found in a text: on another ground and underlined, so that the colour is not the only sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.theme import Theme


def mark_format(theme: Theme) -> QTextCharFormat:
    """Return how a match looks."""
    made = QTextCharFormat()
    made.setBackground(QColor(theme.tokens.selection))
    made.setUnderlineColor(QColor(theme.tokens.accent))
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    return made


def units(text: str) -> int:
    """Return how long a text is for Qt, which counts units of UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, count: int) -> int:
    """Return how many characters the first units of a text are."""
    return (
        count
        if text.isascii()
        else len(text.encode("utf-16-le", "surrogatepass")[: 2 * count].decode("utf-16-le", "ignore"))
    )


def in_units(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return runs of characters as Qt counts them: in units of UTF-16."""
    if text.isascii():
        return list(spans)
    return [(units(text[:start]), units(text[:end])) for start, end in spans]


def paint_marked(painter: QPainter, rect: QRect, text: str, spans: Sequence[tuple[int, int]], theme: Theme) -> None:
    """Paint one line of text with its matches marked, in the font and colour of the painter."""
    layout = QTextLayout(text, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    ranges = []
    for start, end in in_units(text, spans):
        one = QTextLayout.FormatRange()
        one.start, one.length, one.format = start, end - start, mark_format(theme)
        ranges.append(one)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2))
