"""The page of the preferences about citing while one writes: the picker's key, pasting, the address for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from db import services
from desktop import pick_options
from desktop.endpoint.gate import PATH
from desktop.views.page import Page
from desktop.views.plain import Label, button, heading, restyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.context import AppContext
    from desktop.models.editors import EditorAccess


class EditorPreferences(Page):
    """Every choice holds at once, and what came of it stands below."""

    def __init__(self, context: AppContext, editors: EditorAccess) -> None:
        super().__init__(margin=8)
        self._context = context
        self._editors = editors
        settings = context.settings
        self.key_on = QCheckBox(self.tr("Open the picker from any &program"))
        self.key_on.setChecked(settings.get(pick_options.KEY_ON, False))
        self.key = QKeySequenceEdit(QKeySequence(settings.get(pick_options.KEY, pick_options.FIRST_KEY)))
        self.paste = QCheckBox(self.tr("Paste into the editor &that one came from"))
        self.paste.setChecked(settings.get(pick_options.PASTE, True))
        self.key_state = Label(size=11)
        self.command = _shown(pick_options.command_line(self._library()))
        self.answer = QCheckBox(self.tr("&Answer editors on this computer"))
        self.answer.setChecked(settings.get(pick_options.ANSWER, False))
        self.port = QSpinBox()
        self.token = _shown("")
        self.address = _shown("")
        self.state = Label(size=11)
        self._build()
        self._connect()
        self._tell()

    def _library(self) -> str | None:
        """Return the library when it must be named on a command line."""
        library = self._context.library
        usual = str(services.home.unnamed_library())
        return library.address if library is not None and library.address != usual else None

    def _build(self) -> None:
        self.key.setMaximumSequenceLength(1)
        self.key.setAccessibleName(self.tr("Key that opens the picker"))
        self.port.setRange(*pick_options.PORTS)
        self.port.setGroupSeparatorShown(False)
        self.port.setValue(self._context.settings.get(pick_options.PORT, pick_options.FIRST_PORT))
        self.port.setAccessibleName(self.tr("Port"))
        self.command.setAccessibleName(self.tr("Command that opens the picker"))
        self.token.setAccessibleName(self.tr("Token"))
        self.address.setAccessibleName(self.tr("Address for editors"))
        self.column.addWidget(heading(self.tr("Picker")))
        self.column.addLayout(self._picker_form())
        self.column.addSpacing(12)
        self.column.addWidget(heading(self.tr("Plug-ins of editors")))
        self.column.addLayout(self._address_form())
        self.column.addStretch()

    def _picker_form(self) -> QFormLayout:
        form = _form()
        form.addRow(self.key_on)
        form.addRow(self.tr("&Key"), self.key)
        form.addRow(self.key_state)
        form.addRow(self.paste)
        copy = button(self.tr("Copy"), lambda: _copy(self.command.text()))
        copy.setAccessibleName(self.tr("Copy the command"))
        form.addRow(self.tr("Command"), _row(self.command, copy))
        form.addRow(
            Label(
                self.tr("Bind this command to a key in the keyboard settings of your desktop, where Sheaf holds none."),
                tone="muted",
                size=11,
            )
        )
        return form

    def _address_form(self) -> QFormLayout:
        form = _form()
        form.addRow(self.answer)
        form.addRow(self.tr("P&ort"), self.port)
        copy = button(self.tr("Copy"), lambda: _copy(self.token.text()))
        copy.setAccessibleName(self.tr("Copy the token"))
        renew = button(self.tr("&New token"), self._editors.renew_token)
        form.addRow(self.tr("Token"), _row(self.token, copy, renew))
        copy = button(self.tr("Copy"), lambda: _copy(self.address.text()))
        copy.setAccessibleName(self.tr("Copy the address"))
        form.addRow(self.tr("Address"), _row(self.address, copy))
        form.addRow(self.state)
        return form

    def _connect(self) -> None:
        self.key_on.toggled.connect(lambda on: self._choose(pick_options.KEY_ON, on, self._editors.hold_key))
        self.key.editingFinished.connect(self._choose_key)
        self.paste.toggled.connect(lambda on: self._choose(pick_options.PASTE, on))
        self.answer.toggled.connect(lambda on: self._choose(pick_options.ANSWER, on, self._editors.listen))
        self.port.editingFinished.connect(self._choose_port)
        self._editors.changed.connect(self._tell)

    def _choose(self, name: str, value: object, then: Callable[[], None] | None = None) -> None:
        self._context.settings.set(name, value)
        if then is not None:
            then()

    def _choose_key(self) -> None:
        text = self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if text != self._context.settings.get(pick_options.KEY, pick_options.FIRST_KEY):
            self._choose(pick_options.KEY, text, self._editors.hold_key)

    def _choose_port(self) -> None:
        if self.port.value() != self._context.settings.get(pick_options.PORT, pick_options.FIRST_PORT):
            self._choose(pick_options.PORT, self.port.value(), self._editors.listen)

    def _tell(self) -> None:
        self._tell_key()
        on = self.answer.isChecked()
        port = self._editors.endpoint.port
        token = self._editors.token() if on else ""
        self.token.setText(token)
        self.address.setText(f"http://127.0.0.1:{port}{PATH}?format=biblatex&token={token}" if port else "")
        trouble = self._editors.endpoint_trouble
        listening = self.tr("Listening on 127.0.0.1, port {0}. Only programs that know the token get an answer.")
        off = self.tr("Off: nothing listens. Turned on, plug-ins that know Better BibTeX can ask Sheaf for citations.")
        _say(self.state, trouble, listening.format(port) if port else off)
        for part in (self.token, self.address):
            part.setEnabled(bool(part.text()))
            part.setCursorPosition(0)

    def _tell_key(self) -> None:
        for part in (self.key_on, self.key, self.paste):
            part.setEnabled(self._editors.on_x11)
        on = self.key_on.isChecked()
        if not self._editors.on_x11:
            said = self.tr(
                "Only on X11 can Sheaf hold a key in other programs and paste into them. On Wayland, macOS and "
                "Windows citations go to the clipboard."
            )
        elif on:
            said = self.tr("The key works in every program while Sheaf runs.")
        else:
            said = self.tr("Off: the key is left to other programs.")
        _say(self.key_state, self._editors.key_trouble if on else "", said)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    return row


def _shown(text: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setReadOnly(True)
    made.setCursorPosition(0)
    made.setMinimumWidth(12 * made.fontMetrics().averageCharWidth())
    return made


def _say(label: Label, trouble: str, text: str) -> None:
    label.setProperty("tone", "danger" if trouble else "muted")
    restyle(label)
    label.setText(trouble or text)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
