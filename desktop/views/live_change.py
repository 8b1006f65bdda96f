"""Another thing to follow, or another way to be written, for a .bib file that follows papers already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop.views.export_parts import ExportParts
from desktop.views.live_choice import LiveChoice
from desktop.views.live_preview import LivePreview
from desktop.views.live_profile import LiveProfile
from desktop.views.page import Page
from desktop.views.plain import Label, button, heading, open_at

if TYPE_CHECKING:
    from db.services.exporting import ExportOptions
    from db.services.livefiles import LiveFile, Updated
    from desktop.context import AppContext
    from desktop.models.live_files import LiveFiles


class LiveChange(QDialog):
    """Shows how one file is written, and writes its entries anew when that is changed."""

    def __init__(self, context: AppContext, live: LiveFiles, file: LiveFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Change {0}").format(file.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._live = live
        self._file = file
        self.page = Page(margin=0)
        self.choice = LiveChoice(context, file)
        self.profile = LiveProfile(file.options.profile)
        self.parts = ExportParts()
        self.preview = LivePreview(context, file)
        self.error = Label(tone="danger")
        self.save_button = button(self.tr("Write the f&ile"), self.save, primary=True)
        self._build()
        self.choice.changed.connect(self._enable)
        self.profile.currentIndexChanged.connect(lambda _at: self._foresee())
        for box in self.parts.boxes.values():
            box.toggled.connect(lambda _on: self._foresee())
        self._foresee()

    def _build(self) -> None:
        self.parts.show_chosen(services.exportchoices.parts(self._file.options))
        column = self.page.column
        for title, widget in (
            (self.tr("Follows"), self.choice),
            (self.tr("As"), self.profile),
            (self.tr("With"), self.parts),
            (self.tr("What would change"), self.preview),
        ):
            column.addWidget(heading(title))
            column.addWidget(widget)
            column.addSpacing(8)
        column.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 4, 16, 16)
        whole.addWidget(self.page, 1)
        self.error.hide()
        whole.addWidget(self.error)
        whole.addLayout(foot)
        open_at(self, self.sizeHint())

    def sizeHint(self) -> QSize:
        body, letter = self.page.body.sizeHint(), self.fontMetrics().averageCharWidth()
        height = super().sizeHint().height() - self.page.sizeHint().height() + body.height()
        # With room for the lines that appear as soon as something would change.
        return QSize(max(body.width() + 48, 96 * letter), height + self.preview.lines.height())

    def offer(self, search: str, scope: str) -> None:
        """Offer what the table shows."""
        self.choice.offer(search, scope)

    def _enable(self) -> None:
        self.error.say("")
        self.save_button.setEnabled(self.choice.is_complete())
        self._foresee()

    def _foresee(self) -> None:
        if not self.choice.is_complete():
            self.preview.clear()
            return
        try:
            self.preview.foresee(self.choice.follow(), self._options())
        except LibraryError as error:
            self.preview.clear(error.message)

    def _options(self) -> ExportOptions:
        return services.exportchoices.chosen(self.parts.chosen(), self.profile.chosen())

    def save(self) -> None:
        """Keep what was chosen and write the file."""
        try:
            follow = self.choice.follow()
        except LibraryError as error:
            self._failed(error)
            return
        self.save_button.setEnabled(False)
        self._live.change(self._file, follow, self._options(), self._failed, then=self._changed)

    def _changed(self, _done: Updated) -> None:
        self.accept()

    def _failed(self, error: LibraryError) -> None:
        self.save_button.setEnabled(True)
        self.error.say(error.message)
