"""The search field: answers while typing, completes fields and values, underlines what it did not understand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QToolTip, QWidget

from db import services
from desktop.models.cell_text import tip
from desktop.models.recent_searches import RecentSearches
from desktop.models.search_offers import Choice
from desktop.views.marked_text import characters, units
from desktop.views.search_popup import SearchPopup
from desktop.views.squiggle import paint_squiggle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPaintEvent

    from db.services.completing import Completion
    from db.services.searching import Found, Problem
    from desktop.context import AppContext

PAUSE_MS = 60
LONGEST = 10_000
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBar(QLineEdit):
    """Emits the text 60 ms after the last key; Esc clears, Down goes to the table, or offers what was searched."""

    search_changed = Signal(str)
    left_down = Signal()
    left_empty = Signal()
    save_wanted = Signal()
    can_save = True

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._error = ""
        self._told = ""
        self._wrong: list[tuple[int, int]] = []
        self.recent = RecentSearches(context.settings)
        self.setObjectName("searchBar")
        self.setPlaceholderText(self.tr("Search titles, abstracts, notes, tag: year: ..."))
        self.setAccessibleName(self.tr("Search"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self._hint = self.addAction(context.icons.icon("warning-circle"), self.ActionPosition.TrailingPosition)
        self._hint.setVisible(False)
        self._hint.triggered.connect(self._show_hint)
        context.icons.bind(self._hint, "warning-circle", "warning")
        self.popup = SearchPopup(context, self)
        self.popup.taken.connect(self._take)
        self.textEdited.connect(self._edited)
        self.textChanged.connect(lambda _text: self._pause.start())
        context.closing.connect(self._remember)

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

    def replace(self, text: str) -> None:
        """Search for another text; what was searched is kept with the others, and undo in the field brings it back."""
        self._remember()
        self.selectAll()
        self.insert(text)  # setText would forget what undo goes back to
        self.flush()

    def clear_search(self) -> None:
        """Empty the field and say so at once."""
        self._remember()
        self.clear()
        self.flush()

    def _remember(self) -> None:
        self.recent.add(self.text())

    # What was not understood --------------------------------------------------------------------------

    def show_answer(self, text: str, found: Found) -> None:
        """Underline what was not understood of a text, unless it has changed since."""
        self.show_problems(text, found.problems, found.message)

    def show_problems(self, text: str, problems: Sequence[Problem], message: str) -> None:
        """Underline these places of a text and say why, unless it has changed since."""
        if text != self.text().strip():
            return
        before = len(self.text()) - len(self.text().lstrip())
        self._wrong = [(one.start + before, one.end + before) for one in problems]
        self.show_error(message)
        self.update()

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

    def wrong(self) -> list[str]:
        """Return the pieces of the text that are underlined."""
        return [self.text()[start:end] for start, end in self._wrong]

    def _show_hint(self) -> None:
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), tip(self._error), self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Underline what was not understood with a wave."""
        super().paintEvent(event)
        if not self._wrong:
            return
        from PySide6.QtGui import QPainter

        painter = QPainter(self)
        cursor = self.cursorRect()
        wide = self.fontMetrics().horizontalAdvance
        left = cursor.center().x() - wide(self.text()[: self._at()])
        room = self._room()
        for start, end in self._wrong:
            from_, to = left + wide(self.text()[:start]), left + wide(self.text()[:end])
            line = QRect(from_, cursor.top(), max(0, to - from_), cursor.height()).intersected(room)
            if not line.isEmpty():
                paint_squiggle(painter, line, self._context.theme.colour("danger"))

    def _room(self) -> QRect:
        """Return where the text can be seen: between the edge and the signs at the end."""
        signs = 24 * (1 + self._hint.isVisible())
        return self.rect().adjusted(4, 0, -signs, 0)

    # Keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, then leaves; Down and Enter go to the table, or into the list while it is shown."""
        if self.popup.is_shown() and self._key_for_popup(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear_search()
            else:
                self.left_empty.emit()
        elif event.key() == Qt.Key.Key_Down and self._offers_recent(event):
            self.offer_recent()
        elif event.key() in (Qt.Key.Key_Down, *ENTER):
            self._remember()
            self.flush()
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def _key_for_popup(self, event: QKeyEvent) -> bool:
        """Let the list take a key, or take it away for one; Return without a choice is left for the search."""
        if event.key() == Qt.Key.Key_Escape or (event.key() in ENTER and self.popup.has_choice()):
            event.ignore()  # the list takes these
            return True
        if event.key() in ENTER:
            self.popup.hide()
        return False

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab take the first offer while the list is shown."""
        if next and self.popup.is_shown():
            self.popup.take_first()
            return True
        return super().focusNextPrevChild(next)

    def _offers_recent(self, event: QKeyEvent) -> bool:
        asked = not self.text() or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return asked and bool(self.recent.all() or self._to_save())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer, besides what every field does, to keep the search."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return the field's menu."""
        menu = self.createStandardContextMenu()
        if self.can_save:
            menu.addSeparator()
            save = menu.addAction(self.tr("Save this search as..."), self.save_wanted.emit)
            save.setEnabled(bool(self.text().strip()))
        return menu

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Remember what was searched."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._remember()

    def _at(self) -> int:
        """Return how many characters stand before the cursor; Qt counts those of formulas and emoji twice."""
        return characters(self.text(), self.cursorPosition())

    # Completing ---------------------------------------------------------------------------------------

    def offer_recent(self) -> None:
        """Offer the searches made before, and to forget them."""
        end = len(self.text())
        searches = [Choice(one, end=end) for one in self.recent.all()]
        forget = [Choice(self.tr("Forget these searches"), clears=True)] if searches else []
        self.popup.offer([*searches, *self._to_save(), *forget])

    def _to_save(self) -> list[Choice]:
        """Offer to keep what is searched for under a name."""
        wanted = self.can_save and bool(self.text().strip())
        return [Choice(self.tr("Save this search as..."), saves=True)] if wanted else []

    def _edited(self, text: str) -> None:
        cursor = self._at()
        self._context.read(
            lambda library: services.completing.complete(library, text, cursor),
            lambda found: self._offer(text, found),
            key="search completion",
        )

    def _offer(self, text: str, found: Completion) -> None:
        if text != self.text() or not self.hasFocus():
            return
        choices = [Choice(one.text, self.tr(one.finds), found.start, found.end, one.open) for one in found.offers]
        if len(text) > 1 and self._at() == len(text):
            before = self.recent.beginning(text)[:3]
            choices += [Choice(one, self.tr("searched before"), 0, len(text)) for one in before]
        if self.recent.has(text):  # who searches for the same again may want to keep it
            choices += self._to_save()
        self.popup.offer(choices)

    def _take(self, choice: Choice) -> None:
        if choice.clears:
            self.recent.clear()
            return
        if choice.saves:
            self.save_wanted.emit()
            return
        rest = self.text()[choice.end :]
        head = self.text()[: choice.start] + choice.text
        whole = choice.start == 0 and not rest and not choice.open
        ended = "" if choice.open or rest.startswith(" ") or (whole and " " in choice.text) else " "
        self.setText(head + ended + rest)
        self.setCursorPosition(units(head + ended))
        if choice.open:
            self._edited(self.text())
