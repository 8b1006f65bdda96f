"""The review queue: sets of records that may be one work, decided one after another by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from db import services
from desktop.views.merge_certain import MergeCertain, gains_text
from desktop.views.plain import Label, hairline
from desktop.views.review_fields import rows
from desktop.views.review_foot import ReviewFoot
from desktop.views.review_grid import ReviewGrid
from desktop.views.review_head import ReviewHead
from desktop.views.review_style import style_sheet
from desktop.views.words import papers, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.domain.errors import LibraryError
    from db.domain.records import Paper, TwinSet
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.merging import MergePreview
    from desktop.context import AppContext

PARTS = frozenset({"paper", "twin", "sighting"})
OWN_KEYS = frozenset(
    (
        Qt.Key.Key_M,
        Qt.Key.Key_D,
        Qt.Key.Key_L,
        Qt.Key.Key_U,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    )
)


class ReviewView(QWidget):
    """Keys: M merge, D different, L later, arrows between sets and fields, 1 2 ... choose, U undo."""

    closed = Signal()
    changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.sets: list[TwinSet] = []
        self._at = 0
        self._choices: dict[str, int] = {}
        self._put_off = False
        self._gains: dict[tuple[int, ...], int] = {}
        self._decided: set[tuple[int, ...]] = set()  # here, so that an undo can show them again
        self.setObjectName("review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Review of possible twins"))
        self.grid = ReviewGrid(context)
        self.head = ReviewHead(context)
        self.foot = ReviewFoot(self.merge, self.different, self.later)
        self.empty = Label(
            tr("Nothing to review. Records that may be one work wait here after an import."), tone="muted"
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(hairline())
        self._stack = QStackedWidget()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.grid)
        column.addWidget(self._stack, 1)
        column.addWidget(hairline())
        column.addWidget(self.foot)
        self._restyle()

    def _connect(self) -> None:
        self.grid.chosen.connect(self.choose)
        self.head.stepped.connect(self.show_set)
        self.head.all_asked.connect(self.merge_all)
        self.head.sorted_anew.connect(self._sort)
        self.head.closed.connect(self.closed)
        self._context.changed.connect(self._catch_up)
        self._context.theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet(self._context.theme.tokens))
        if self.sets:
            self._show()

    def load(self) -> None:
        """Read the queue; the set that was shown stays, if it is still there."""
        known = dict(self._gains)
        if self.head.by_gain:
            self._context.read(
                lambda library: services.bulkmerging.queue_by_gain(library, known), self._take_gains, key="review_queue"
            )
        else:
            self._context.read(services.merging.queue, self._take, key="review_queue")

    def _sort(self) -> None:
        self._at, self._put_off, self._gains = 0, True, {}  # from the first set of the new order on
        self.load()

    def _take_gains(self, found: tuple[list[TwinSet], dict[tuple[int, ...], int]]) -> None:
        sets, self._gains = found
        self._take(sets)

    def _catch_up(self, changes: Changes) -> None:
        if self.isVisible() and changes.parts & PARTS:
            self.load()

    def _take(self, sets: list[TwinSet]) -> None:
        shown = self.sets[self._at].ids if self.sets and not self._put_off else ()
        self.sets, self._put_off = list(sets), False
        back = [n for n, one in enumerate(self.sets) if one.ids in self._decided and not one.later]
        self._decided -= {self.sets[n].ids for n in back}
        places = back or [n for n, one in enumerate(self.sets) if one.ids == shown]
        if back or not places:
            self._choices = {}
        self._at = places[0] if places else max(0, min(self._at, len(self.sets) - 1))
        self._show()
        self.changed.emit()

    def show_set(self, step: int) -> None:
        """Go to the next set or to the one before."""
        to = max(0, min(self._at + step, len(self.sets) - 1))
        if to != self._at:
            self._at, self._choices = to, {}
            self._show()

    def _show(self) -> None:
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        self._show_set()
        if held:
            self.setFocus()  # what had it may be gone or disabled, and the keys must keep working

    def _show_set(self) -> None:
        any_set = bool(self.sets)
        self._stack.setCurrentWidget(self.grid if any_set else self.empty)
        self.foot.enable(False)  # until the records are there: the keys speak of what is seen
        self.head.show_sets(self.sets, self._at)
        if not any_set:
            self.foot.gains.say("")
            return
        ids, choices = self.sets[self._at].ids, dict(self._choices)
        self._context.read(
            lambda library: (services.reading.papers(library, ids), services.merging.preview(library, ids, choices)),
            lambda found: self._show_records(ids, *found),
            key="review_set",
        )

    def _show_records(self, ids: Sequence[int], found: list[Paper], made: MergePreview) -> None:
        if not self.sets or self.sets[self._at].ids != ids:
            return
        self.grid.show_rows(found, rows(found))
        self._show_made(made)
        self.foot.enable(True)

    def _preview(self) -> None:
        ids, choices = self.sets[self._at].ids, dict(self._choices)
        self._context.read(
            lambda library: services.merging.preview(library, ids, choices), self._show_made, key="review_set"
        )

    def _show_made(self, made: MergePreview) -> None:
        self.grid.show_result(made.values, {**made.from_id, "citation_key": made.into})
        self.foot.gains.say(gains_text(made.gains, made.most))

    def choose(self, field: str, paper_id: int) -> None:
        """Let the value of one record win a field."""
        if not self.foot.merge.isEnabled():
            return  # its records are on their way, or its decision is
        self._choices[field] = paper_id
        self._preview()

    def merge(self) -> None:
        """Merge the set as the preview shows it."""
        if self.sets:
            ids, choices = self.sets[self._at].ids, dict(self._choices)
            self._decide(
                tr("Merge of {0}").format(papers(len(ids))),
                lambda library: services.merging.merge(library, ids, choices=choices),
                tr("Merged."),
            )

    def different(self) -> None:
        """Remember for ever that these are different works."""
        if self.sets:
            ids = self.sets[self._at].ids
            self._decide(
                tr("Keep apart"),
                lambda library: services.merging.different(library, ids),
                tr("Remembered as different works."),
            )

    def later(self) -> None:
        """Put the set off to the end of the queue."""
        if self.sets:
            ids = self.sets[self._at].ids
            self._put_off = True
            self._decide(tr("Decide later"), lambda library: services.merging.later(library, ids), tr("Put off."))

    def merge_all(self) -> None:
        """Show what merging every certain set would change, and merge them as one step."""
        MergeCertain(self._context, self.window()).open()

    def _decide(self, label: str, change: Callable[[Library], Changes], toast: str) -> None:
        self.foot.enable(False)  # until the answer is there: a second press is for the next set
        ids = self.sets[self._at].ids

        def decided(_changes: Changes) -> None:
            self._decided.add(ids)
            self.load()

        self._context.run(
            label,
            change,
            decided,
            on_error=self._refused,
            toast=toast,
            undo=True,
        )

    def _refused(self, error: LibraryError) -> None:
        self.load()
        self._context.fail(error)

    def event(self, event: QEvent) -> bool:
        # The window has shortcuts of one letter too; while the review is in use its own keys come first.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and (event.key() in OWN_KEYS or event.text().isdecimal()):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_M: self.foot.merge.click,
            Qt.Key.Key_D: self.foot.different.click,
            Qt.Key.Key_L: self.foot.later.click,
            Qt.Key.Key_U: self._context.undo,
            Qt.Key.Key_Left: lambda: self.show_set(-1),
            Qt.Key.Key_Right: lambda: self.show_set(1),
            Qt.Key.Key_Up: lambda: self.grid.step(-1),
            Qt.Key.Key_Down: lambda: self.grid.step(1),
            Qt.Key.Key_Escape: self.closed.emit,
        }
        act = acts.get(event.key())
        if act is not None:
            act()
        elif event.text().isdecimal() and event.text() != "0":
            self._choose_number(int(event.text()))
        else:
            super().keyPressEvent(event)

    def _choose_number(self, number: int) -> None:
        row = self.grid.current()
        if row is None:
            self.grid.step(1)
            row = self.grid.current()
        ids = self.sets[self._at].ids if self.sets else ()
        if row is not None and number <= len(ids):
            self.choose(row.field, ids[number - 1])
