"""The ledger of a dump: its whole text, what became of each line, the way to the papers, and marks by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from db import services
from desktop.models.cell_text import title_text
from desktop.views.dump_find import FindBar
from desktop.views.dump_kinds import kind_name, mark_name
from desktop.views.dump_legend import DumpLegend
from desktop.views.dump_text import DumpText
from desktop.views.dump_tools import KEYS, MarkButtons, Pager, RereadBar
from desktop.views.one_line import OneLine
from desktop.views.plain import Label, button, hairline, open_at
from desktop.views.words import lines, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.domain.records import Paper
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.sources import Stretch
    from desktop.context import AppContext

LOW = 22
"""Lines of text: what is lower has no room for the legend."""
PARTS = frozenset({"mark", "sighting", "issue", "source", "setting"})
"""What the view shows: other changes do not concern it."""


class DumpView(QDialog):
    """Opens at a line, with all lines of its paper marked."""

    open_paper = Signal(int)
    read_again = Signal(int)

    def __init__(self, context: AppContext, source_id: int, line: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Dump"))
        self._context = context
        self.source_id = source_id
        self._wanted: int | None = line
        self._paper: Paper | None = None
        self.text = DumpText(context)
        self.finder = FindBar(context, self.text, source_id)
        self.place = Label(tone="muted", size=11)
        self.paper = OneLine()
        self.legend = DumpLegend()
        self.bar, self.pager, self.marks = RereadBar(), Pager(), MarkButtons()
        self.open_button = button(self.tr("&Open paper"), self._open)
        self._build()
        self._connect()
        self._load()

    def _build(self) -> None:
        self.open_button.setEnabled(False)
        self.place.setText(self.tr("Loading..."))
        legend = QHBoxLayout()
        legend.setContentsMargins(16, 0, 16, 8)
        legend.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.finder)
        column.addLayout(legend)
        for part in (self.bar, hairline(), self.text, hairline(), self.pager):
            column.addWidget(part, 1 if part is self.text else 0)
        column.addLayout(self._foot())
        open_at(self, self.sizeHint())

    def _foot(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.place)
        words.addWidget(self.paper)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addLayout(words, 1)
        above.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignBottom)
        below.addWidget(self.marks, 1)
        below.addWidget(button(self.tr("Close"), self.close), 0, Qt.AlignmentFlag.AlignBottom)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        for row in (above, below):
            row.setSpacing(8)
            foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.text.line_chosen.connect(self._chosen)
        self.text.selectionChanged.connect(lambda: self._chosen(self.text.line))
        self.text.line_opened.connect(lambda _line: self._open())
        self.text.menu_wanted.connect(self._show_menu)
        self.pager.wanted.connect(self._load)
        self.finder.line_wanted.connect(self._load)
        self.marks.wanted.connect(self.mark)
        self.bar.wanted.connect(lambda: self.read_again.emit(self.source_id))
        self._context.changed.connect(self._changed)
        inside: list[tuple[str, Callable[[], object]]] = [(key, partial(self.mark, kind)) for kind, key in KEYS.items()]
        inside += [(key, partial(self.mark, None)) for key in ("Del", "Backspace")]
        inside += [(key, self._open) for key in ("Return", "Enter")]
        for key, do in inside:
            QShortcut(QKeySequence(key), self.text, context=Qt.ShortcutContext.WidgetShortcut).activated.connect(do)

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(820, 54 * step), max(600, 40 * step))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the text the room of the legend in a low window: the margin still names every line's kind."""
        super().resizeEvent(event)
        self.legend.setVisible(self.height() >= LOW * self.fontMetrics().lineSpacing())

    # Showing ------------------------------------------------------------------------------------------

    def _load(self, line: int | None = None) -> None:
        """Show the lines around `line`, or those that are shown once more."""
        if line is not None:
            self._wanted = line
        source_id, around = self.source_id, self._wanted or (self.text.first + self.text.last) // 2
        self._context.read(
            lambda library: services.sources.stretch(library, source_id, around), self._show, key=f"ledger {id(self)}"
        )

    def _changed(self, changes: Changes) -> None:
        if changes.parts & PARTS:
            self._load()

    def _show(self, stretch: Stretch) -> None:
        if stretch.name:
            self.setWindowTitle(stretch.name)
        self.text.show_stretch(stretch)
        self.legend.show_spans(stretch.spans)
        self.bar.show_stretch(stretch)
        self.pager.show_stretch(stretch)
        self.marks.set_enabled(bool(stretch.lines))
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            self._chosen(self.text.line)
        else:
            self.go_to(wanted)
        found = self.finder.show_stretch(stretch)
        if wanted is not None and not found:
            self.text.setFocus()

    def go_to(self, line: int) -> None:
        """Bring a line to the screen, with all lines of its paper marked."""
        if not self.text.first <= line <= self.text.last:
            self._load(line)
            return
        self.text.go_to(line)
        self._chosen(line)

    def follow(self, ids: Sequence[int]) -> None:
        """Show the lines of the paper that is chosen elsewhere, if it is one and stands in this dump."""
        span = self.text.span_at(self.text.line)
        if len(ids) != 1 or (span is not None and span.paper_id == ids[0]):
            return
        if ranges := self.text.lines_of_paper(ids[0]):
            self.go_to(ranges[0][0])
            return
        paper_id, source_id = ids[0], self.source_id

        def look(library: Library) -> int:
            seen = [one for paper in services.reading.papers(library, [paper_id]) for one in paper.sightings]
            return next((one.line_start for one in seen if one.source_id == source_id), 0)

        self._context.read(look, lambda line: self.go_to(line) if line else None, key=f"ledger place {id(self)}")

    def _chosen(self, line: int) -> None:
        first, last = self.text.chosen_lines()
        line = min(max(line, first), last)  # whole lines are chosen with the cursor in the one behind them
        span = self.text.span_at(line)
        if span is None:
            return
        kind = kind_name(span.kind)
        mark = self.text.marks.get(line)
        said = self.tr("Line {0}: {1}").format(line, kind)
        if mark:
            said = self.tr("Line {0}: {1}, marked as {2}").format(line, kind, mark_name(mark))
        if why := self.text.reason_at(line):
            said = f"{said}. {why}"
        self.place.setText(said if first == last else tr("Selected: {0}").format(lines(first, last)))
        self._show_paper(span.paper_id)

    def _show_paper(self, paper_id: int | None) -> None:
        self.open_button.setEnabled(paper_id is not None)
        self.text.mark_ranges(self.text.lines_of_paper(paper_id) if paper_id is not None else [])
        if paper_id is None:
            self._paper = None
            self.paper.say_line("")
        elif self._paper is None or self._paper.id != paper_id:
            self._context.read(
                lambda library: services.reading.papers(library, [paper_id]), self._name, key=f"ledger paper {id(self)}"
            )

    def _name(self, papers: Sequence[Paper]) -> None:
        """Say which paper the line belongs to, unless another line was chosen meanwhile."""
        span = self.text.span_at(self.text.line)
        if papers and span is not None and span.paper_id == papers[0].id:
            self._paper = papers[0]
            self.paper.say_line(title_text(papers[0].title), f"  [{papers[0].citation_key}]")

    def _open(self) -> None:
        span = self.text.span_at(self.text.line)
        if span is not None and span.paper_id is not None:
            self.open_paper.emit(span.paper_id)

    # Marking ------------------------------------------------------------------------------------------

    def mark(self, kind: str | None) -> None:
        """Mark the selected lines as title, abstract or ignore; None takes their marks away."""
        first, last = self.text.chosen_lines()
        shown = enumerate(self.text.lines[first - self.text.first : last + 1 - self.text.first], start=first)
        chosen = [number for number, line in shown if kind is None or line.strip()]
        if chosen:
            source_id = self.source_id
            self._context.run(
                self.tr("Mark lines"),
                lambda library: services.rereading.set_marks(library, source_id, chosen, kind),
            )

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, key in KEYS.items():
            action = menu.addAction(tr("Mark as {0}").format(mark_name(kind)), partial(self.mark, kind))
            action.setShortcut(QKeySequence(key))
        menu.addAction(tr("Clear mark"), partial(self.mark, None)).setShortcut(QKeySequence("Del"))
        menu.addSeparator()
        menu.addAction(tr("Copy"), self.text.copy).setEnabled(self.text.textCursor().hasSelection())
        menu.addAction(self.tr("Open paper"), self._open).setEnabled(self.open_button.isEnabled())
        menu.addAction(tr("Read again..."), lambda: self.read_again.emit(self.source_id))
        menu.popup(at)
