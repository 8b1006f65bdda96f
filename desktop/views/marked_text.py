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


def in_units(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return runs of characters as Qt counts them: in units of UTF-16."""
    if text.isascii():
        return list(spans)

    def unit(at: int) -> int:
        return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2

    return [(unit(start), unit(end)) for start, end in spans]


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
