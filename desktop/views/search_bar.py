"""The search field: answers while typing, completes fields and tags, says what it did not understand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolTip, QWidget

from db import services
from desktop.models.cell_text import tip
from desktop.models.scope import term

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from db.services.library import Library
    from desktop.context import AppContext

PAUSE_MS = 60
FIELDS = (
    "tag:",
    "year:",
    "author:",
    "title:",
    "collection:",
    "dump:",
    "status:unread",
    "status:reading",
    "status:read",
    "status:skipped",
    "is:unread",
    "is:starred",
    "is:review",
    "is:trash",
    "is:inferred",
    "is:back",
    "is:published",
    "is:preprint",
    "has:notes",
    "has:abstract",
    "key:",
)
VALUES = ("tag", "collection", "dump")
_LAST = re.compile(r'-?\(?(\w+:(?:"[^"]*|\S*)|\w+)$')
LEAST = 2  # characters typed before a field is offered, so that plain words are left alone


class SearchBar(QLineEdit):
    """Emits the text 60 ms after the last key; Esc clears, Down goes to the table."""

    search_changed = Signal(str)
    left_down = Signal()
    left_empty = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._error = ""
        self._told = ""
        self.setObjectName("searchBar")
        self.setPlaceholderText(self.tr("Search titles, abstracts, notes, tag: year: ..."))
        self.setAccessibleName(self.tr("Search"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(2_000)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self._hint = self.addAction(context.icons.icon("warning-circle"), self.ActionPosition.TrailingPosition)
        self._hint.setVisible(False)
        self._hint.triggered.connect(self._show_hint)
        context.icons.bind(self._hint, "warning-circle", "warning")
        self._offers = QStringListModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated.connect(self._complete)
        self._completer.setMaxVisibleItems(8)
        if (popup := self._completer.popup()) is not None:
            popup.setStyleSheet("QListView { padding: 4px; } QListView::item { padding: 4px 8px; }")
        self.textEdited.connect(self._edited)
        self.textChanged.connect(lambda _text: self._pause.start())

    # Telling ------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.search_changed.emit(text)

    def flush(self) -> None:
        """Say the text at once, without the pause."""
        self._pause.stop()
        self._tell()

    def clear_search(self) -> None:
        """Empty the field and say so at once."""
        self.clear()
        self.flush()

    def show_error(self, message: str) -> None:
        """Show a small sign with what was not understood; nothing hides it."""
        if message == self._error:
            return
        self._error = message
        self._hint.setVisible(bool(message))
        self._hint.setToolTip(tip(message))
        self.setToolTip(tip(message))
        self.setAccessibleDescription(message)

    def error(self) -> str:
        """Return what was not understood, or nothing."""
        return self._error

    def _show_hint(self) -> None:
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), tip(self._error), self)

    # Keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, then leaves; Down and Enter go to the table."""
        popup = self._completer.popup()
        if popup is not None and popup.isVisible():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
                event.ignore()  # the list of offers takes these
                return
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear_search()
            else:
                self.left_empty.emit()
            return
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            self.left_down.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read the names of tags, collections and dumps, so that they can be offered."""
        super().focusInEvent(event)
        self._context.read(_values, self._take_values, key="search values")

    # Completing ---------------------------------------------------------------------------------------

    def _take_values(self, values: list[str]) -> None:
        self._offers.setStringList([*FIELDS, *values])

    def _edited(self, _text: str) -> None:
        found = _LAST.search(self.text()[: self.cursorPosition()])
        prefix = found.group(1) if found else ""
        if len(prefix) < LEAST or self.cursorPosition() != len(self.text()):
            self._hide_offers()
            return
        self._completer.setCompletionPrefix(prefix)
        offers = self._completer.completionCount()
        whole = self._completer.currentCompletion().casefold() == prefix.casefold()
        if offers == 0 or (offers == 1 and whole):
            self._hide_offers()
        else:
            self._completer.complete()

    def _hide_offers(self) -> None:
        if (popup := self._completer.popup()) is not None:
            popup.hide()

    def _complete(self, offer: str) -> None:
        found = _LAST.search(self.text())
        start = found.start(1) if found else len(self.text())
        ended = "" if offer.endswith(":") else " "
        self.setText(self.text()[:start] + offer + ended)


def _values(library: Library) -> list[str]:
    names = services.searching.suggest_values
    return [term(field, name) for field in VALUES for name in names(library, field)]
