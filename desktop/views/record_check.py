"""What of the records needs a look, as a table: each can be mended by a button, or all of a kind at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop.models.record_findings import FIX, KIND, PAPER, WHAT, RecordFindings, kind_names
from desktop.views.flow import FlowLayout, foot
from desktop.views.plain import Label, button, link_button, open_at, row_table, set_tip
from desktop.views.words import counted

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.services.recordchecks import Kind, RecordFinding
    from desktop.context import AppContext
    from desktop.tasks import Task

BATCH = 200
FEW = 5_000
"""Up to so many changed papers are looked at again by themselves; after more the check begins anew."""


class RecordCheck(QDialog):
    """Lists the findings as they come; `show_paper` names the paper that the person wants to see."""

    show_paper = Signal(int)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Check records"))
        self._context = context
        self._task: Task | None = None
        self._looking = False
        self.model = RecordFindings()
        self.table = QTableView()
        self.title = Label(self.tr("Checking..."), bold=True)
        self.note = Label(tone="muted", wrap=False)
        self.undo_button = link_button(self.tr("&Undo"), context.undo)
        self.detail = Label()
        self.kinds = QComboBox()
        self.show_button = button(self.tr("&Show paper"), self._show_paper)
        self.fix_button = button(self.tr("&Fix"), self.fix, primary=True)
        self.all_button = button(self.tr("Fix &all of this kind"), self.fix_all)
        self.close_button = button(self.tr("Close"), self.close)
        self._build()
        self._connect()
        self.look()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.kinds)
        self.kinds.setAccessibleName(self.tr("Kind of finding"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._build_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        done = QWidget()
        said = FlowLayout(done, gap=12)
        said.addWidget(self.note)
        said.addWidget(self.undo_button)
        column.addWidget(done)
        self.undo_button.hide()
        column.addWidget(self.table, 1)
        self.detail.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)  # so that the table does not jump
        self.detail.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.detail)
        column.addLayout(foot((self.fix_button, self.all_button, self.show_button), (self.close_button,)))
        self._refresh()
        open_at(self, self.sizeHint())

    def _build_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        row_table(table, self.tr("Findings"))
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (WHAT, FIX):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        step = self.fontMetrics().averageCharWidth()
        table.setColumnWidth(PAPER, 28 * step)
        table.setColumnWidth(KIND, 20 * step)

    def _connect(self) -> None:
        self._context.changed.connect(self._changed)
        self.kinds.activated.connect(lambda _row: self._choose_kind())
        self.table.selectionModel().selectionChanged.connect(lambda *_which: self._enable())
        self.table.doubleClicked.connect(lambda _index: self._show_paper())

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(960, 64 * step), max(480, 30 * step))

    def look(self) -> None:
        """Check everything from the start."""
        self._stop()
        self.model.restart()
        self._looking = True
        self._task = self._context.look(_look, on_part=self._add, on_done=lambda _none: self._looked())
        self._refresh()

    def _add(self, findings: list[RecordFinding]) -> None:
        first = not self.model.shown
        self.model.add(findings)
        if first and self.model.shown:
            self.table.selectRow(0)
            self.table.setFocus()
        self._refresh()

    def _looked(self) -> None:
        self._looking, self._task = False, None
        self._refresh()

    def _refresh(self) -> None:
        """Say how many findings there are, in all and of each kind."""
        counts = self.model.counts()
        number = counts.total()
        done = counted("%Ln finding(s)", number) if number else self.tr("Nothing needs a look")
        self.title.setText(
            self.tr("Checking... {0}").format(done if number else "").rstrip() if self._looking else done
        )
        if self.undo_button.isHidden():
            hint = self.tr("Everything that is fixed here can be undone.")
            self.note.setText(hint if number or self._looking else self.tr("Every record is as it should be."))
        self._offer_kinds(counts)
        self._enable()

    def _offer_kinds(self, counts: Counter[str]) -> None:
        if self.kinds.view().isVisible():
            return  # she is choosing just now
        self.kinds.clear()
        self.kinds.addItem(self.tr("All kinds"), None)
        for kind, name in kind_names().items():
            if counts[kind] or kind == self.model.kind:
                self.kinds.addItem(self.tr("{0} ({1})").format(name, self.locale().toString(counts[kind])), kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(self.model.kind)))

    def _enable(self) -> None:
        chosen = self.chosen()
        self.fix_button.setEnabled(any(one.fix for one in chosen))
        self.show_button.setEnabled(len({one.paper_id for one in chosen}) == 1)
        kinds = self._kinds_to_fix()
        self.all_button.setEnabled(len(kinds) == 1)
        self.detail.setText(self._told(chosen))
        by_hand = bool(chosen) and not any(one.fix for one in chosen)
        set_tip(self.fix_button, self.tr("Only you can know what is right: show the paper.") if by_hand else "")
        set_tip(self.all_button, self.tr("Choose findings of one kind.") if len(kinds) > 1 else "")

    def _kinds_to_fix(self) -> set[Kind]:
        """Return the kinds of the chosen findings that can be fixed; of one kind alone, any of its findings will do."""
        if kind := self.model.kind:
            return {services.recordchecks.Kind(kind)} if self.model.can_fix(kind) else set()
        return {one.kind for one in self.chosen() if one.fix}

    def _told(self, chosen: list[RecordFinding]) -> str:
        """Return the chosen finding in full, which the table may cut, or how many are chosen."""
        if len(chosen) != 1:
            can = sum(1 for one in chosen if one.fix)
            said = counted("%Ln finding(s) chosen", len(chosen))
            return self.tr("{0}, {1} of them can be fixed").format(said, self.locale().toString(can)) if chosen else ""
        return "\n".join(filter(None, (chosen[0].finding, chosen[0].fix)))

    def _choose_kind(self) -> None:
        self.model.show_kind(self.kinds.currentData())
        if self.model.shown:
            self.table.selectRow(0)
            self.table.setFocus()  # so that Enter fixes
        self._enable()

    def chosen(self) -> list[RecordFinding]:
        """Return the findings of the selected rows."""
        ranges = self.table.selectionModel().selection()
        each = (ranges.at(place) for place in range(ranges.count()))
        rows = sorted({row for one in each for row in range(one.top(), one.bottom() + 1)})
        return [self.model.shown[row] for row in rows if row < len(self.model.shown)]

    def _show_paper(self) -> None:
        chosen = self.chosen()
        if chosen:
            self.show_paper.emit(chosen[0].paper_id)

    def fix(self) -> None:
        """Mend the selected findings that have a fix."""
        wanted = [one for one in self.chosen() if one.fix]
        self._mend(lambda library, report: services.recordchecks.fix(library, wanted, report))

    def fix_all(self) -> None:
        """Mend everything of the kind that is shown, or of the selected findings."""
        kinds = self._kinds_to_fix()
        if len(kinds) == 1:
            (kind,) = kinds
            self._mend(lambda library, report: services.recordchecks.fix_all(library, kind, report))

    def _mend(self, work: Callable[[Library, Report], Changes]) -> None:
        self._context.run_long(self.tr("Fixing"), work, self._mended)

    def _mended(self, changes: Changes) -> None:
        said = changes.label if changes else self.tr("Nothing was left to fix.")
        self._context.notify(said, kind="good", undo=bool(changes))
        self.note.setText(said)  # here too: the window with the notice may be covered by this one
        self.undo_button.setVisible(bool(changes))

    def _changed(self, changes: Changes) -> None:
        """Look at changed papers again; the place in the table stays."""
        if changes.step is not None or changes.ids is None:
            self.undo_button.hide()  # undo would take another step back by now
        if not changes.parts & {"paper", "attachment"}:
            return
        if changes.ids is None or len(changes.ids) > FEW or self._looking:
            self.look()
            return
        ids = sorted(changes.ids)
        self._context.read(
            lambda library: list(services.recordchecks.records(library, services.recordchecks.live(library, ids))),
            lambda found: self._replace(ids, found),
        )

    def _replace(self, ids: list[int], found: list[RecordFinding]) -> None:
        row = max(0, self.table.currentIndex().row())
        self.model.replace(ids, found)
        if self.model.shown:
            self.table.selectRow(min(row, len(self.model.shown) - 1))
        self._refresh()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def done(self, result: int) -> None:
        """Stop looking and close, however that is asked for."""
        self._stop()
        super().done(result)


def _look(library: Library, report: Report, part: Callable[[object], None]) -> None:
    """Hand the findings over in batches, the first as soon as there are some."""
    batch: list[RecordFinding] = []
    for one in services.recordchecks.records(library, report=report):
        batch.append(one)
        if len(batch) >= BATCH:
            part(batch)
            batch = []
    part(batch)
