"""Which format papers are written in: a list that remembers the last choice, and file names that follow it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from db import services
from desktop.export_options import PROFILE_KEY, PROFILES

if TYPE_CHECKING:
    from db.services.exporting import Writer
    from desktop.settings import Settings

FORMAT_KEY = "export/format"


class ExportFormat(QComboBox):
    """The formats, the one chosen last on top of the closed list."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.writers: tuple[Writer, ...] = services.exporting.FORMATS
        for writer in self.writers:
            self.addItem(writer.label, writer.name)
        self.setCurrentIndex(max(0, self.findData(settings.get(FORMAT_KEY, self.writers[0].name))))

    def writer(self) -> Writer:
        """Return what is chosen."""
        return self.writers[self.currentIndex()]

    def remember(self) -> None:
        """Keep the choice for the next time."""
        self._settings.set(FORMAT_KEY, self.writer().name)
        if self.writer().name in PROFILES:
            self._settings.set(PROFILE_KEY, self.writer().name)

    def file_filter(self) -> str:
        """Return the chosen format as a file dialog wants it."""
        return f"{self.writer().label} (*{self.writer().suffix})"

    def named(self, file: str) -> str:
        """Return a file name with the suffix of the chosen format in place of another format's or of none."""
        text = file.strip()
        if not text:
            return text
        path = Path(text)
        others = {writer.suffix for writer in self.writers}
        if path.name and (not path.suffix or path.suffix.lower() in others):
            return str(path.with_suffix(self.writer().suffix))
        return text
