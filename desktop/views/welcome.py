"""What an empty library shows: the ways to the first papers, each one step long, and where the library lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.icons import app_icon
from desktop.theme import TITLE
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, button, heading, link_button

if TYPE_CHECKING:
    from desktop.context import AppContext

WIDEST = 460
"""Pixels of the column, so that its lines can be read at a glance."""
_BREAK = "\N{ZERO WIDTH SPACE}"


class Welcome(Page):
    """Takes the place of the table until the first paper is there."""

    import_wanted = Signal()
    sample_wanted = Signal()
    coming_wanted = Signal(str)
    place_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(margin=16, gap=12)
        if parent is not None:
            self.setParent(parent)
        self._context = context
        self.text = Label(
            self.tr("Import the listing pages you saved, and read, tag and cite from here."), tone="muted"
        )
        self.import_button = button(self.tr("Import files..."), self.import_wanted.emit, primary=True)
        self.sample_button = button(self.tr("Try the sample dump"), self.sample_wanted.emit)
        self.coming_buttons = {
            name: link_button(words, lambda name=name: self.coming_wanted.emit(name))  # type: ignore[misc]
            for name, words in (
                ("zotero", self.tr("From Zotero...")),
                ("jabref", self.tr("From JabRef...")),
                ("mendeley", self.tr("From Mendeley...")),
            )
        }
        self.place = Label(tone="muted", size=11)
        self.place_button = link_button(self.tr("Change where it lives..."), self.place_wanted.emit)
        self._build()
        context.opened.connect(self._show_place)

    def _build(self) -> None:
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(64, 64))
        hint = Label(self.tr("or drop files here"), tone="muted")
        title = Label(self.tr("Your library is empty"), size=TITLE, bold=True)
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        ways = _row(self.import_button, self.sample_button)
        others = heading(self.tr("Coming from another program?"))
        here = heading(self.tr("Your library lives in"))
        programs, change = _row(*self.coming_buttons.values()), _row(self.place_button)
        for part in (picture, title, self.text, ways, hint, 16, others, programs, 8, here, self.place, change):
            if isinstance(part, int):
                column.addSpacing(part)
                continue
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inner, 100)
        middle.addStretch(1)
        self.column.addStretch(2)
        self.column.addLayout(middle)
        self.column.addStretch(3)
        self.setFocusProxy(self.import_button)

    def _show_place(self) -> None:
        """Say where the library is; one on a server has no folder to be changed."""
        library = self._context.library
        if library is not None:
            self.place.setText(library.address.replace("/", f"/{_BREAK}").replace("\\", f"\\{_BREAK}"))
            self.place_button.setVisible("://" not in library.address)


def _row(*buttons: QPushButton) -> QWidget:
    """Return buttons in a row that breaks where it has no room."""
    made = QWidget()
    row = FlowLayout(made, gap=8, before=0.5)
    for one in buttons:
        one.setAutoDefault(True)  # so that Enter presses it as well as the space bar
        row.addWidget(one)
    return made
