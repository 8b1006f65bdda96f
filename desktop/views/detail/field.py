"""One field that is edited in place: saved on Enter or leaving, Esc reverts, errors stand below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.views.detail.saving import ChangedMeanwhileError, save_field
from desktop.views.editors import EMPTY, AreaEditor, Editor, LineEditor
from desktop.views.plain import Label, set_tip
from desktop.views.words import from_origin, origin_of, tr

if TYPE_CHECKING:
    from db.domain.errors import LibraryError
    from db.domain.records import Paper
    from desktop.context import AppContext
    from desktop.views.detail.values import Spec


class Field(QWidget):
    """An editor with its error line; keeps half-typed text when the paper is refreshed."""

    refused = Signal()
    entered = Signal()
    """Enter was pressed: the person is done here, unless what she typed is refused."""
    stale = Signal()
    """Somebody else changed the value: the paper should be read again."""

    def __init__(self, context: AppContext, spec: Spec, editor: QWidget | None = None, *, keeps: bool = False) -> None:
        super().__init__()
        self.spec = spec
        self._context = context
        self.widget = editor or (AreaEditor() if spec.many_lines else LineEditor())
        self.editor = cast("Editor", self.widget)
        self.error = Label(tone="danger", size=11)
        self.paper_id: int | None = None
        self._base = self._latest = self._shown = ""  # `_shown`: the base as the editor gives it back
        self._pending: str | None = None
        self._done = False
        self._build()
        self.editor.commit_asked.connect(self.commit)
        self.editor.entered.connect(self._enter)
        if not keeps:  # a long text that saves itself is not thrown away by one key
            self.editor.revert_asked.connect(self.revert)

    def _build(self) -> None:
        self.widget.setAccessibleName(self.spec.label())
        if isinstance(self.widget, LineEditor | AreaEditor):
            self.widget.hint = self.spec.hint() or EMPTY
            self.widget.setPlaceholderText(EMPTY)
        if self.spec.mono:
            self.widget.setFont(self._context.theme.mono())
        self.setFocusProxy(self.widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.widget)
        column.addWidget(self.error)
        self.error.setContentsMargins(9, 0, 0, 2)
        self.error.hide()

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.editor.value() != self._shown

    def show_paper(self, paper: Paper) -> None:
        """Show the field of a paper; what was typed for this very paper and not saved stays."""
        self._latest = self.spec.text(paper)
        same = paper.id == self.paper_id
        if not same or not self.dirty or self.editor.value() == self._latest:
            self.paper_id = paper.id
            self._take(self._latest)
        origin = origin_of(paper, self.spec.name)
        set_tip(self.widget, from_origin(origin) if self._latest and origin else "")

    def commit(self) -> None:
        """Save what was typed, if anything was."""
        text = self.editor.value().strip()
        if self.paper_id is None or text == self._pending:
            return
        if text in (self._base.strip(), self._shown.strip()):
            self._take(self._base)
            return
        paper_id = self.paper_id
        self._pending = text
        self._context.run(
            tr("Edit {0}").format(self.spec.label()),
            save_field(self.spec, paper_id, text, self._base),
            lambda _changes: self._saved(paper_id, text),
            on_error=lambda error: self._refused(paper_id, error),
        )

    def _enter(self) -> None:
        self._done = self._pending is not None  # then it comes back when it is refused
        self.entered.emit()

    def select_all(self) -> None:
        """Choose all of the text, so that typing replaces it."""
        if isinstance(self.widget, LineEditor | AreaEditor):
            self.widget.selectAll()

    def revert(self) -> None:
        """Go back to what is saved."""
        self._take(self._latest)

    def _take(self, text: str) -> None:
        self._base, self._pending = text, None
        self.editor.put(text)
        self._shown = self.editor.value()  # editors turn hard spaces into spaces: nobody typed that
        self._unmark()
        self.error.say("")

    def _unmark(self) -> None:
        if isinstance(self.widget, LineEditor):
            self.widget.setModified(False)
        elif isinstance(self.widget, AreaEditor):
            self.widget.document().setModified(False)

    def _saved(self, paper_id: int, text: str) -> None:
        self._done = False
        if paper_id != self.paper_id:
            return
        self._pending = None
        self._base = self._shown = self._latest
        self.error.say("")
        if self.editor.value().strip() == text:
            self._take(self._latest)

    def _refused(self, paper_id: int, error: LibraryError) -> None:
        if paper_id != self.paper_id:
            words = tr("{0} was not saved: {1}").format(self.spec.label(), error.message)
            self._context.notify(words, kind="danger")
            return
        self._pending = None
        self.error.say(error.message)
        self.refused.emit()
        if self._done:
            self.widget.setFocus()
        self._done = False
        set_tip(self.widget, error.message)
        if isinstance(error, ChangedMeanwhileError):
            self.stale.emit()
            self._base = self._shown = self._latest
