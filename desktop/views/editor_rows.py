"""The rows of the preferences that say which editor citations are pushed to, and how it is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop import editor_options
from desktop.views.plain import Label, button

if TYPE_CHECKING:
    from desktop.context import AppContext


class EditorRows(QObject):
    """Every choice holds at once; `changed` comes when another editor was chosen, `room_changed` with other rows."""

    changed = Signal()
    room_changed = Signal()

    def __init__(self, context: AppContext, form: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self.kinds = QComboBox()
        self.program = QLineEdit()
        self.choose_button = button(self.tr("Choose..."), self._choose_program)
        self.server = QLineEdit()
        self._program_row = QWidget()
        self.hint = Label(tone="muted", size=11)
        self.problem = Label(tone="danger", size=11)
        self._server_name = Label(wrap=False)
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        self.kinds.setAccessibleName(self.tr("Editor that citations are pushed to"))
        self.kinds.addItem(self.tr("No editor"), "")
        for kind in services.pushing.KINDS:
            self.kinds.addItem(kind.title, kind.name)
        wanted = editor_options.chosen(self._context.settings)
        self.kinds.setCurrentIndex(self.kinds.findData(wanted.kind) if wanted else 0)
        self.program.setAccessibleName(self.tr("Program of the editor"))
        row = QHBoxLayout(self._program_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.program, 1)
        row.addWidget(self.choose_button)
        self._form.addRow(self.tr("Push citations to"), self.kinds)
        self._form.addRow(self.tr("Program"), self._program_row)
        self._form.addRow(self._server_name, self.server)
        self._form.addRow("", self.problem)
        self._form.addRow("", self.hint)
        for line in (self.program, self.server):
            line.setMaxLength(1000)

    def _connect(self) -> None:
        self.kinds.activated.connect(self._choose)
        self.program.textEdited.connect(lambda _text: self._remember())
        self.server.textEdited.connect(lambda _text: self._remember())

    def _choose(self) -> None:
        editor_options.choose(self._context.settings, self.kinds.currentData())
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """Show what can be set for the chosen editor."""
        kind = services.pushing.BY_NAME.get(self.kinds.currentData())
        self._form.setRowVisible(self._program_row, kind is not None and bool(kind.programs))
        self._form.setRowVisible(self.server, kind is not None and bool(kind.server))
        self._form.setRowVisible(self.hint, kind is not None)
        self._say("")
        if kind is None:
            return
        wanted = editor_options.editor(self._context.settings, kind.name)
        self.program.setText(wanted.program)
        self.server.setText(wanted.server)
        name = _tr(kind.server)
        self._server_name.setText(name)
        self.server.setAccessibleName(name)
        self.server.setPlaceholderText(_tr(kind.unset))
        self.hint.setText(_tr(kind.hint))
        self._look()

    def _remember(self) -> None:
        wanted = services.pushing.Editor(
            self.kinds.currentData(), self.program.text().strip(), self.server.text().strip()
        )
        editor_options.remember(self._context.settings, wanted)
        self._look()

    def _look(self) -> None:
        """Look, off the UI thread, whether the program is there."""
        wanted = editor_options.chosen(self._context.settings)
        if wanted is None:
            return

        def ask() -> str | LibraryError:
            try:
                return services.pushing.found(wanted)
            except LibraryError as error:
                return error

        self._context.tasks.read(ask, self._looked, key="editor program")

    def _looked(self, answer: str | LibraryError) -> None:
        missing = isinstance(answer, LibraryError)
        self._say(answer.message if isinstance(answer, LibraryError) else "")
        self.program.setPlaceholderText(self.tr("not found") if missing else str(answer))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self._form.setRowVisible(self.problem, bool(problem))
        self.room_changed.emit()

    def _choose_program(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self.kinds.window(), self.tr("Program of the editor"))
        if name:
            self.program.setText(name)
            self._remember()


def _tr(text: str) -> str:
    return QCoreApplication.translate("editors", text)
