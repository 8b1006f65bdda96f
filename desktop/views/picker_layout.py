"""How the picker is laid out: what was collected, the search line, the hits, the command with notes, the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop import pick_options
from desktop.views.cite_command import CiteCommand
from desktop.views.one_line import OneLine
from desktop.views.picker_chosen import Collected
from desktop.views.picker_list import HitList
from desktop.views.plain import Label, button, hairline
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.services.cite_commands import CiteStyle
    from desktop.context import AppContext
    from desktop.models.picker_hits import PickerHits

LONGEST = 2_000
NOTE_CHARS = 12


class PickerParts:
    """The widgets of the picker, put into its window."""

    def __init__(self, context: AppContext, hits: PickerHits, window: QWidget) -> None:
        self._context = context
        self._window = window
        self.collected = Collected(context)
        self.line = QLineEdit()
        self.list = HitList(context, hits, tr("Papers"))
        usual = pick_options.style(context.settings)
        self.command = CiteCommand(usual.form, usual.command)
        self.before = _note(tr("Before: see"), tr("Note before the papers"))
        self.behind = _note(tr("Behind: p. 3"), tr("Note behind the papers"))
        self.preview = OneLine()
        self.error = Label(tone="danger", size=11)
        self.state = Label(tone="muted", size=11)
        self.keys = Label(tone="muted", size=11)
        self.add_button = button(tr("&Add one more"), lambda: None)
        self.cite_button = button("", lambda: None, primary=True)
        self._build()
        context.theme.changed.connect(self._frame)

    def _build(self) -> None:
        self.line.setPlaceholderText(tr("Search titles, authors, keys, tag: year: ..."))
        self.line.setAccessibleName(tr("Search"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaxLength(LONGEST)
        self.preview.setFont(self._context.theme.mono())
        self.preview.setAccessibleName(tr("Preview"))
        self.error.hide()
        notes = QHBoxLayout()
        notes.setSpacing(8)
        for part, share in ((self.command, 2), (self.before, 1), (self.behind, 1)):
            notes.addWidget(part, share)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.add_button)
        foot.addWidget(self.cite_button)
        frame = QFrame(self._window)
        frame.setObjectName("picker")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.collected)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self.state)
        column.addWidget(hairline())
        column.addLayout(notes)
        column.addWidget(self.preview)
        column.addWidget(self.error)
        column.addLayout(foot)
        whole = QVBoxLayout(self._window)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self._frame()

    def _frame(self) -> None:
        tokens = self._context.theme.tokens
        self._window.setStyleSheet(f"#picker {{ background: {tokens.window}; border: 1px solid {tokens.border}; }}")

    def name(self, verb: str, said: str) -> None:
        """Say what Enter does."""
        self.cite_button.setText(verb)
        self.keys.say(said)

    def begin(self) -> None:
        """Empty everything for the next citation."""
        self.collected.clear()
        for field in (self.line, self.before, self.behind):
            field.clear()
        self.preview.say_line("")
        self.error.say("")
        self.tell("")

    def style(self) -> CiteStyle:
        """Return the command and the notes as they stand there."""
        return services.cite_commands.CiteStyle(*self.command.chosen(), self.before.text(), self.behind.text())

    def tell(self, text: str) -> None:
        """Say how the search stands."""
        self.state.setText(text)

    def show_preview(self, answer: str | LibraryError) -> None:
        """Show what will be handed over, or why it cannot be."""
        failed = isinstance(answer, LibraryError)
        self.error.say(answer.message if isinstance(answer, LibraryError) else "")
        self.preview.say_line("" if isinstance(answer, LibraryError) else " ".join(answer.split()))
        self.cite_button.setEnabled(not failed and bool(answer))


def _note(hint: str, name: str) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(hint)
    made.setAccessibleName(name)
    made.setMaxLength(LONGEST)
    made.setMinimumWidth(NOTE_CHARS * made.fontMetrics().averageCharWidth())
    return made
