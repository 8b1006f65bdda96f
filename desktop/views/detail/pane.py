"""The pane beside the table: nothing, one paper, or several."""

from __future__ import annotations

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QStackedWidget, QVBoxLayout, QWidget

from db import services
from desktop.models.row_runs import held
from desktop.views.detail.style import style_sheet
from desktop.views.plain import Label
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.services.changes import Changes
    from db.services.searching import Marks
    from desktop.context import AppContext
    from desktop.views.detail.paper_page import PaperPage
    from desktop.views.detail.several import SeveralPage

PIECES = "forms field header abstract notes bibtex cite details sources paper_page".split()
"""What the page for one paper is made of, in modules that each import little beside the ones before."""
PARTS = frozenset(
    "added_key attachment paper paper_tag paper_collection paper_version setting tag collection sighting source "
    "key_alias".split()
)


class DetailPane(QWidget):
    """Shows the selected papers and keeps up with changes, without taking focus or losing what is typed.

    Its pages are made when they are needed first, for the window and its first rows do not wait for them.
    """

    open_dump = Signal(int, int)
    open_paper = Signal(int)
    look_up = Signal(list)
    left = Signal()
    """A field was finished with Enter: the keys belong to the middle again."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ids = held(())
        self.setObjectName("detail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Paper"))
        self.nothing = Label(tr("Select a paper to read it here."), tone="muted")
        self._marks: Marks | None = None
        self._shown: PaperPage | SeveralPage | None = None
        self._page: PaperPage | None = None
        self._making = self._pieces()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._load)
        self._build()
        context.changed.connect(self.refresh)
        context.shared.settled.connect(self._make_page)
        context.theme.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMargin(24)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def paper(self) -> PaperPage:
        """The page for one paper; what is not made of it yet is made now."""
        for _ in self._making:
            pass
        assert self._page is not None
        return self._page

    def _pieces(self) -> Iterator[None]:
        """Make the page for one paper in pieces that are short enough to go unnoticed.

        Its modules are imported here too: in another thread, Qt's classes that they need would be made beside widgets.
        """
        for part in PIECES:
            importlib.import_module(f"desktop.views.detail.{part}")
            yield
        from desktop.views.detail.paper_page import PaperPage

        page = PaperPage(self._context)
        self._stack.addWidget(page)
        yield
        yield from page.add_tabs()
        page.open_dump.connect(self.open_dump)
        page.look_up.connect(self.look_up)
        page.stale.connect(self._load)
        for field in page.fields():
            field.entered.connect(self.left)
        if self._marks is not None:
            page.abstract.show_marks(self._marks)
        self._page = page

    @cached_property
    def several(self) -> SeveralPage:
        """The page for several papers."""
        from desktop.views.detail.several import SeveralPage

        page = SeveralPage(self._context)
        self._stack.addWidget(page)
        for field in page.fields.values():
            field.entered.connect(self.left)
        return page

    def _make_page(self) -> None:
        """Make the page for one paper before the person chooses one, a piece in each turn of the event loop."""
        for _ in self._making:
            QTimer.singleShot(0, self, self._make_page)
            return
        if self._ids and self._shown is None:  # chosen while the library was being opened
            self._load()

    def sizeHint(self) -> QSize:
        return QSize(26 * self.fontMetrics().averageCharWidth() * 2, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def show_papers(self, ids: Sequence[int]) -> None:
        """Show these papers; what was typed for the ones before is saved first."""
        ids = held(ids)
        if ids == self._ids:
            return
        self.save()
        self._ids = ids
        if self._page is not None or self._context.is_settled:
            self._load()
        else:
            self._soon.start()  # after the rows have been painted

    def show_marks(self, marks: Marks) -> None:
        """Mark what a search found in the abstract."""
        self._marks = marks
        if self._page is not None:
            self._page.abstract.show_marks(marks)

    def save(self) -> None:
        """Save what was typed and not saved; call it before the window closes."""
        if self._shown is not None:
            self._shown.save()

    def refresh(self, changes: Changes) -> None:
        """Catch up when a change touched what is shown."""
        touched = changes.ids is None or not changes.ids.isdisjoint(self._ids) or not changes.ids
        if self._ids and touched and changes.parts & PARTS:
            self._load()

    def focus_field(self, name: str) -> None:
        """Put the cursor in a field (title, abstract, notes, doi, tags, status ...) or open a tab by name."""
        if len(self._ids) == 1:
            self.paper.focus_field(name)
        elif name == "tags" and self._ids:
            self.several.tags.open_picker()
        elif name in self.several.fields:
            self.several.fields[name].editor.setFocus()

    def scroll_on(self) -> None:
        """Scroll the first text by a page; from the end back to the top."""
        for area in self.findChildren(QAbstractScrollArea):
            bar = area.verticalScrollBar()
            if area.isVisible() and bar.maximum() > 0:
                bar.setValue(0 if bar.value() == bar.maximum() else bar.value() + bar.pageStep())
                return

    def _load(self) -> None:
        library = self._context.library
        self._soon.stop()
        if library is None or not self._ids:
            self._show(None)
        elif len(self._ids) > 1:
            self._show(self.several)
            self.several.show_papers(self._ids)
        elif (paper := services.reading.paper(library, self._ids[0])) is not None:
            self._show(self.paper)
            self.paper.show_paper(paper)
        else:
            self._show(None)

    def _show(self, page: PaperPage | SeveralPage | None) -> None:
        self._shown = page
        self._stack.setCurrentWidget(page or self.nothing)

    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet(self._context.theme.tokens))
