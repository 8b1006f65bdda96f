"""The table's header: click to sort, drag to order, right-click to choose the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QMouseEvent, QPainter, QPalette, QPolygon
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from desktop.models.paper_columns import BY_ID, COLUMNS, MARK, TITLE
from desktop.views.paper_cells import PAD

if TYPE_CHECKING:
    from desktop.context import AppContext

NARROWEST_TITLE = 180
ARROW = 4


class PaperHeader(QHeaderView):
    """Paints its sections itself: Qt's own asks the selection for every column, 7 s at a million rows."""

    sort_changed = Signal(str, bool)
    chooser_requested = Signal()
    layout_changed = Signal()

    def __init__(self, context: AppContext, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._context = context
        self.sort = "added"
        self.descending = True
        self.best_first = True
        self._title_fills = True
        self._fitting = False
        self.setObjectName("paperHeader")
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(36)
        self.setStretchLastSection(False)
        self.setAccessibleName(self.tr("Columns of the table"))
        self.sectionClicked.connect(self._clicked)
        self.sectionResized.connect(self._resized)
        self.sectionHandleDoubleClicked.connect(self._handle_double_clicked)

    # Layout -------------------------------------------------------------------------------------------

    def reset_layout(self) -> None:
        """Show the columns as they come: chosen, in order, wide enough."""
        self._title_fills = True
        for number, column in enumerate(COLUMNS):
            self.setSectionHidden(number, not column.shown)
            self.moveSection(self.visualIndex(number), number)
            self.resizeSection(number, self._usual_width(number))
        self.fill()

    def _usual_width(self, number: int) -> int:
        if number == MARK:
            return 44
        return self.fontMetrics().averageCharWidth() * COLUMNS[number].chars + 2 * PAD

    def fill(self) -> None:
        """Give the title the width that the others leave, unless the person has set it."""
        if not self._title_fills or self.count() != len(COLUMNS) or self.isSectionHidden(TITLE):
            return
        others = sum(self.sectionSize(n) for n in range(len(COLUMNS)) if n != TITLE)
        self._fitting = True
        self.resizeSection(TITLE, max(NARROWEST_TITLE, self._view.viewport().width() - others))
        self._fitting = False

    def show_columns(self, shown: list[str]) -> None:
        """Show these columns in this order; the others are hidden."""
        order = [*shown, *(column.id for column in COLUMNS if column.id not in shown)]
        for place, name in enumerate(order):
            number = BY_ID[name]
            self.setSectionHidden(number, name not in shown)
            self.moveSection(self.visualIndex(number), place)
            if name in shown and self.sectionSize(number) < self.minimumSectionSize():
                self.resizeSection(number, self._usual_width(number))
        self.fill()
        self.layout_changed.emit()

    def shown_columns(self) -> list[str]:
        """Return the ids of the columns that are shown, from the left."""
        order = (self.logicalIndex(place) for place in range(self.count()))
        return [COLUMNS[number].id for number in order if not self.isSectionHidden(number)]

    def saved(self) -> dict[str, Any]:
        """Return columns, order, widths and sort as JSON values."""
        order = [COLUMNS[self.logicalIndex(place)].id for place in range(self.count())]
        return {
            "order": order,
            "shown": self.shown_columns(),
            "widths": {c.id: self.sectionSize(n) for n, c in enumerate(COLUMNS) if not self.isSectionHidden(n)},
            "title_fills": self._title_fills,
            "sort": self.sort,
            "descending": self.descending,
            "best_first": self.best_first,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Put back what `saved` returned; what is missing or of another version stays as usual."""
        self.reset_layout()
        shown = [name for name in _texts(state.get("shown")) if name in BY_ID]
        if shown:
            self.show_columns(shown)
        widths = state.get("widths")
        for name, width in (widths if isinstance(widths, dict) else {}).items():
            if name in BY_ID and isinstance(width, int) and 20 <= width <= 4000:
                self.resizeSection(BY_ID[name], width)
        self._title_fills = state.get("title_fills") is not False
        if state.get("sort") in BY_ID:
            self.sort, self.descending = str(state["sort"]), state.get("descending") is True
        self.best_first = state.get("best_first") is not False
        self.fill()
        self.viewport().update()

    def _resized(self, section: int, _old: int, _new: int) -> None:
        if self._fitting:
            return
        if section == TITLE and self._mouse_is_down():
            self._title_fills = False
        elif section != TITLE:
            self.fill()

    @staticmethod
    def _mouse_is_down() -> bool:
        from PySide6.QtGui import QGuiApplication

        return bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)

    def _handle_double_clicked(self, section: int) -> None:
        if section == TITLE:
            self._title_fills = True
            self.fill()
        else:
            self.resizeSection(section, self._usual_width(section))

    def order(self, *, searched: bool = False) -> tuple[str, bool]:
        """Return what to sort by, and whether descending; `searched` says that words may have been typed.

        As papers come, those that fit a search best stand first, and of a dump those never seen before; with the column
        of days shown, the days decide.
        """
        usual = self.sort == "added" and self.descending and self.isSectionHidden(BY_ID["added"])
        if usual:
            return "relevance" if searched and self.best_first else "dump", True
        return self.sort, self.descending

    def set_best_first(self, wanted: bool) -> None:
        """Let what fits a search best come first, or not, and say so."""
        self.best_first = wanted
        self.sort_by("added", True)

    # Sorting and choosing -----------------------------------------------------------------------------

    def _clicked(self, section: int) -> None:
        self.sort_again(COLUMNS[section].id)

    def sort_again(self, name: str) -> None:
        """Sort by a column in its usual order, or the other way round when it is sorted by already."""
        usual = COLUMNS[BY_ID[name]].newest_first
        self.sort_by(name, not self.descending if name == self.sort else usual)

    def sort_by(self, name: str, descending: bool) -> None:
        """Sort by a column and say so."""
        self.sort, self.descending = name, descending
        self.viewport().update()
        self.sort_changed.emit(name, descending)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Make the menu that shows and hides columns."""
        menu = QMenu(self)
        for number, column in enumerate(COLUMNS):
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(number))
            action.setEnabled(number != TITLE)
            action.toggled.connect(lambda on, name=column.id: self._toggle(name, on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Choose and order columns..."), self.chooser_requested.emit)
        menu.addAction(self.tr("Reset columns"), self.reset_layout)
        return menu

    def _toggle(self, name: str, on: bool) -> None:
        number = BY_ID[name]
        self.setSectionHidden(number, not on)
        if on and self.sectionSize(number) < self.minimumSectionSize():
            self.resizeSection(number, self._usual_width(number))
        self.fill()
        self.layout_changed.emit()

    # Painting -----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + 12)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Paint a heading: muted, with an arrow where the table is sorted."""
        theme = self._context.theme
        column = COLUMNS[logicalIndex]
        sorted_here = column.id == self.sort
        painter.save()
        painter.fillRect(rect, self.palette().color(QPalette.ColorRole.Base))
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if rect.right() < self.viewport().width() - 2:
            painter.drawLine(rect.right(), rect.top() + 7, rect.right(), rect.bottom() - 7)
        painter.setPen(theme.colour("text" if sorted_here else "muted"))
        inside = rect.adjusted(PAD, 0, -PAD, 0)
        if sorted_here:
            self._paint_arrow(painter, inside, column.number)
            inside.adjust(4 * ARROW if column.number else 0, 0, 0 if column.number else -4 * ARROW, 0)
        if logicalIndex != MARK:
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            text = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, text)
        elif not sorted_here:
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, "★")
        painter.restore()

    def _paint_arrow(self, painter: QPainter, rect: QRect, left: bool) -> None:
        x = rect.left() + ARROW if left else rect.right() - ARROW
        y = rect.center().y()
        tip = ARROW // 2 if self.descending else -ARROW // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(painter.pen().color())
        points = [QPoint(x - ARROW, y - tip), QPoint(x + ARROW, y - tip), QPoint(x, y + tip)]
        painter.drawPolygon(QPolygon(points))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.layout_changed.emit()


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
