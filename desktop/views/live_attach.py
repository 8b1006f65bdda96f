"""The form that lets a .bib file follow papers: what, which file, and for which LaTeX."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db.domain.errors import LibraryError
from desktop import export_options
from desktop.views.flow import foot
from desktop.views.live_choice import FOLDER_KEY, LiveChoice
from desktop.views.live_profile import LiveProfile
from desktop.views.plain import Label, button, heading, show_example

if TYPE_CHECKING:
    from db.services.livefiles import Updated
    from desktop.context import AppContext
    from desktop.models.live_files import LiveFiles


class LiveAttach(QWidget):
    """What is followed, and the file; what goes into the entries is as it was last chosen for an export."""

    def __init__(self, context: AppContext, live: LiveFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._live = live
        self.choice = LiveChoice(context)
        self.profile = LiveProfile(export_options.options(context.settings).profile)
        self.file = QLineEdit()
        self.error = Label(tone="danger")
        self.attach_button = button(self.tr("&Attach"), self.attach, primary=True)
        self._build()
        self.file.textChanged.connect(self._enable)
        self.choice.changed.connect(self._enable)

    def _build(self) -> None:
        self.file.setAccessibleName(self.tr("The .bib file"))
        self.file.setPlaceholderText(self.tr("refs.bib, there already or new"))
        show_example(self.file)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.file, 1)
        place.addWidget(button(self.tr("Ch&oose..."), self._choose))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading(self.tr("Let another file follow")))
        column.addWidget(self.choice)
        column.addLayout(place)
        column.addLayout(foot((self.profile,), (self.attach_button,)))
        self.error.hide()
        column.addWidget(self.error)
        self._enable()

    def offer(self, search: str, scope: str) -> None:
        """Offer what is shown now."""
        self.choice.offer(search, scope)

    def _enable(self, _text: str = "") -> None:
        self.error.say("")
        self.attach_button.setEnabled(self.choice.is_complete() and bool(self.file.text().strip()))

    def _choose(self) -> None:
        start = self.file.text() or self._context.settings.get(FOLDER_KEY, str(Path.home()))
        name, _kind = QFileDialog.getSaveFileName(
            self,
            self.tr("The .bib file of your LaTeX project"),
            start,
            self.tr("BibTeX (*.bib)"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # what stands in it stays
        )
        if name:
            self.file.setText(name if Path(name).suffix else f"{name}.bib")

    def attach(self) -> None:
        """Let the file follow what was chosen."""
        path = Path(self.file.text().strip()).expanduser()
        if not path.is_absolute():
            self.error.say(self.tr("Give the whole path of the file, or choose it."))
            return
        self._context.settings.set(FOLDER_KEY, str(path.parent))
        options = replace(export_options.options(self._context.settings), profile=self.profile.chosen())
        try:
            follow = self.choice.follow()
        except LibraryError as error:
            self._failed(error)
            return
        self.error.say("")
        self.attach_button.setEnabled(False)
        self._live.attach(path, follow, options, self._failed, then=self._attached)

    def _attached(self, _done: Updated) -> None:
        self.file.clear()

    def _failed(self, error: LibraryError) -> None:
        self.attach_button.setEnabled(True)
        self.error.say(error.message)
