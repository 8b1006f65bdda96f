"""One file of a drop before it is imported: what was recognised, its year, its papers, its issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from db import services
from desktop.models.preview_records import AUTHORS, DATE, FATE, TITLE, PreviewIssues, PreviewRecords
from desktop.views import preview_words as words
from desktop.views.page import Page
from desktop.views.plain import Label, heading, row_table
from desktop.views.preview_columns import PreviewColumns, QuietCombo
from desktop.views.preview_year import PreviewYear
from desktop.views.summary_words import encoding_guess
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from db.services.forecast import FilePreview, Reading
    from db.services.recognising import Choice

ROWS, ISSUE_ROWS = 6, 3
_HEADER = "QHeaderView::section { padding: 4px 3px; }"  # in line with the cells


class PreviewDetail(Page):
    """Shows one file at a time; what the person decides of it is told by signals."""

    format_chosen = Signal(str)
    year_set = Signal(int)
    columns_set = Signal(dict)
    ticked = Signal(bool)

    def __init__(self) -> None:
        super().__init__(margin=24, gap=8)
        self._listed: tuple[str, tuple[Reading, ...]] | None = None
        self.name = Label(bold=True)
        self.place = Label(tone="muted", size=11)
        self.recognised = Label()
        self.read_as = Label(tr("&Read as"), wrap=False)
        self.format = QuietCombo()
        self.tick = QCheckBox(tr("Import this file &all the same"))
        self.doubt = Label(tone="warning")
        self.error = Label(tone="danger")
        self.known = Label()
        self.numbers = Label()
        self.brought = Label()
        self.facts = Label(tone="muted", size=11)
        self.encoding = Label(tone="warning", size=11)
        self.year = PreviewYear()
        self.columns = PreviewColumns()
        self.records, self.issues = PreviewRecords(), PreviewIssues()
        self.table = table_of(self.records, tr("First papers"), ROWS)
        self.issue_table = table_of(self.issues, tr("Issues"), ISSUE_ROWS)
        self.more = Label(tone="muted", size=11)
        self.papers_head, self.issues_head = heading(tr("First papers")), heading(tr("Issues"))
        self._build()
        self._connect()

    def _build(self) -> None:
        self.format.setAccessibleName(tr("Read as"))
        self.format.setMinimumContentsLength(24)
        self.read_as.setBuddy(self.format)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.read_as)
        row.addWidget(self.format)
        row.addStretch()
        self._add(self.name, self.place, self.recognised, self.error, self.doubt, self.tick)
        self.column.addLayout(row)
        self._add(self.known, self.numbers, self.brought, self.facts, self.encoding, self.year, self.columns)
        self._add(self.papers_head)
        self.column.addWidget(self.table, 3)
        self._add(self.more, self.issues_head)
        self.column.addWidget(self.issue_table, 1)
        self.column.addStretch()
        step = self.fontMetrics().averageCharWidth()
        self.table.horizontalHeader().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for at, letters in ((AUTHORS, 16), (DATE, 18), (FATE, 20)):
            self.table.setColumnWidth(at, letters * step)
        self.issue_table.setColumnWidth(0, 8 * step)
        self.issue_table.setWordWrap(True)  # a reason is there to be read whole
        self.issue_table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for at in (1, 2):
            self.issue_table.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _add(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self.format.activated.connect(lambda _at: self.format_chosen.emit(self.format.currentData()))
        self.year.year_set.connect(self.year_set)
        self.columns.columns_set.connect(self.columns_set)
        self.tick.clicked.connect(self.ticked)

    def show_file(self, one: FilePreview, choice: Choice | None, *, wanted: bool, named: bool) -> None:
        """Show what is known of a file and what was decided of it; `named` with its name."""
        chosen = bool(choice and choice.format)
        self.name.say(one.name if named else "")
        self.place.say(words.place(one) if named else "")
        self.recognised.say(words.recognised(one, chosen=chosen))
        self._list_formats(one)
        unsure = bool(one.format and not one.is_sure and not one.error)
        self.doubt.say(self._doubt(one, unsure=unsure))
        self.tick.setVisible(unsure)
        self.tick.setChecked(wanted)
        self.error.say(one.error)
        self.known.say(words.known(one))
        self.numbers.say(words.numbers(one))
        self.brought.say(words.brought(one))
        self.facts.say("" if one.error else words.page_facts(one))
        self.encoding.say("" if one.error else encoding_guess(one.encoding))
        self.year.show_file(one, choice.year if choice else None)
        self.columns.show_file(one)
        self._show_papers(one, choice.year if choice else None)

    def _doubt(self, one: FilePreview, *, unsure: bool) -> str:
        if unsure:
            return tr("Too unsure to import unasked. Look at the papers below, and choose another layout if need be.")
        if one.error and one.targets and "title" not in one.columns.values():
            return tr("Choose which column holds the titles.")
        if one.error and one.readable:
            return tr("If you know what it is, choose how to read it.")
        return ""

    def _list_formats(self, one: FilePreview) -> None:
        """Offer the likely formats first, then all others."""
        usable = one.readable and not one.already_imported
        for widget in (self.read_as, self.format):
            widget.setVisible(usable)
        if self._listed != (one.path, one.guesses):
            self._listed = (one.path, one.guesses)
            self.format.clear()
            self.format.setPlaceholderText(tr("Choose..."))
            for guess in one.guesses:
                self.format.addItem(words.guess(guess), guess.name)
            likely = {guess.name for guess in one.guesses}
            others = [known for known in services.previewing.formats() if known.name not in likely]
            if likely and others:
                self.format.insertSeparator(self.format.count())
            for other in others:
                self.format.addItem(other.label, other.name)
        self.format.setCurrentIndex(self.format.findData(one.format) if one.format else -1)

    def _show_papers(self, one: FilePreview, year: int | None) -> None:
        self.records.show(one.expected, year)
        self.issues.show(one.first_issues)
        for column in (AUTHORS, DATE):  # of which a bare page has none: its titles take the room
            self.table.setColumnHidden(column, not self.records.says(column))
        fit(self.table, ROWS)
        for widget in (self.papers_head, self.table):
            widget.setVisible(bool(one.expected))
        for widget in (self.issues_head, self.issue_table):
            widget.setVisible(bool(one.first_issues))
        left = one.records - len(one.expected)
        self.more.say(counted("and %Ln more", left) if left > 0 and one.expected else "")


def table_of(model: QAbstractItemModel, name: str, rows: int) -> QTableView:
    """Return a quiet table that is at least some rows high."""
    made = QTableView()
    made.setModel(model)
    calm(made, name, rows=rows)
    return made


def calm(table: QTableView, name: str, *, rows: int) -> None:
    """Give a table of the preview its look: whole rows, no grid, room for some of them."""
    height = row_table(table, name)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = table.horizontalHeader()
    header.setStyleSheet(_HEADER)
    header.setHighlightSections(False)
    header.setMinimumSectionSize(4 * table.fontMetrics().averageCharWidth())
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setMinimumHeight((rows + 1) * height + 8)


def fit(table: QTableView, rows: int) -> None:
    """Let a table be no higher than its rows, and no lower than some of them."""
    height = table.verticalHeader().defaultSectionSize()
    held = table.model().rowCount()
    table.setMinimumHeight((min(rows, held) + 1) * height + 8)
    table.setMaximumHeight((held + 1) * height + 8)
