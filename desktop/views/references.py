"""Formatted references at the edge of the window: the choice of a style, and what goes on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QSizePolicy

from db import services
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.services.citing import Formatted, StyleChoice
    from desktop.context import AppContext
    from desktop.settings import Settings

STYLE_KEY = "references/style"
FIRST_STYLE = "apa"
RICH = "rich"
"""Copy in every format at once: the program that pastes takes the best it knows."""


def remembered_style(settings: Settings) -> str:
    """Return the id of the style that was chosen last."""
    chosen: str = settings.get(STYLE_KEY, FIRST_STYLE)
    return chosen


def outputs() -> dict[str, str]:
    """Return what references can be copied or saved as: the name of the output, and what to call it."""
    return {"text": tr("Text"), "html": tr("HTML"), "rtf": tr("RTF"), "markdown": tr("Markdown")}


def copy_list(made: Formatted, output: str = RICH) -> None:
    """Put a reference list on the clipboard, as one output or in every format at once."""
    _copy(made.listed, output)


def copy_citation(made: Formatted, output: str = RICH) -> None:
    """Put the citation of the papers on the clipboard."""
    _copy(made.handed_over, output)


def _copy(write: Callable[[str], str], output: str) -> None:
    data = QMimeData()
    data.setText(write("markdown" if output == "markdown" else "text").rstrip("\n"))
    if output in ("html", RICH):
        data.setHtml(write("html"))
    if output in ("rtf", RICH):
        for name in ("text/rtf", "application/rtf"):
            data.setData(name, write("rtf").encode("ascii"))
    if output == "markdown":
        data.setData("text/markdown", write("markdown").encode())
    QGuiApplication.clipboard().setMimeData(data)


class StyleBox(QComboBox):
    """The styles by name; `chosen` only when the person chose, which is remembered."""

    chosen = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setAccessibleName(tr("Citation style"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _index: self._choose())

    def style_id(self) -> str:
        """Return the id of the style in force."""
        return remembered_style(self._context.settings)

    def load(self) -> None:
        """List the styles that there are now, and show the one in force."""
        self._context.read(lambda _library: services.citing.styles(), self._fill)

    def choose(self, style: str) -> None:
        """Choose a style as the person would, listed or not."""
        self._context.settings.set(STYLE_KEY, style)
        self.setCurrentIndex(self.findData(style))
        self.chosen.emit(style)

    def _fill(self, styles: Sequence[StyleChoice]) -> None:
        self.clear()
        for one in styles:
            self.addItem(one.title, one.id)
        self.setCurrentIndex(self.findData(self.style_id()))

    def _choose(self) -> None:
        self.choose(self.currentData())
