"""The buttons below a chart: its numbers and its picture, to be taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db import services
from desktop.views.explore.pictures import copy_picture, save_picture
from desktop.views.flow import FlowLayout
from desktop.views.plain import button, set_tip
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtCore import QSize

    from desktop.context import AppContext
    from desktop.views.explore.pictures import Paint

Numbers = tuple["Sequence[str]", "Iterable[Sequence[str | int | float]]"]


class ChartFoot(QWidget):
    """Copies numbers as CSV; of a chart that is drawn, copies and saves the picture, too."""

    def __init__(self, context: AppContext, numbers: Callable[[], Numbers], first: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._context = context
        self._numbers = numbers
        self._paint: Paint | None = None
        self.copy_numbers = button(tr("Copy &numbers"), self._copy_numbers)
        set_tip(self.copy_numbers, tr("As a table (CSV), for spreadsheets and screen readers"))
        self.row = FlowLayout(self, gap=8)
        for one in (*first, self.copy_numbers):
            self.row.addWidget(one)

    def offer_picture(self, paint: Paint, size: Callable[[], QSize], name: str) -> None:
        """Add the buttons for a picture that is painted this large."""
        copy = button(tr("Copy &picture"), lambda: copy_picture(self._context, paint, size()))
        save = button(tr("&Save picture..."), lambda: save_picture(self._context, self.window(), paint, size(), name))
        set_tip(save, tr("As PNG or SVG, in light colours"))
        for one in (copy, save):
            self.row.addWidget(one)

    def _copy_numbers(self) -> None:
        QGuiApplication.clipboard().setText(services.figures.csv_text(*self._numbers()))
        self._context.notify(tr("Numbers copied."))
