"""What is read of a paper only while the part that shows it is on the screen."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from db.domain.records import Paper

    _Widget = QWidget
else:
    _Widget = object  # stands before the real one among the bases of a part


class OnScreen(_Widget):
    """Lets a part `_read` its paper when one is shown on the screen, and when the part comes there."""

    _paper: Paper | None = None

    def show_paper(self, paper: Paper) -> None:
        """Show a paper, now or when the part comes to the screen."""
        self._paper = paper
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    @abstractmethod
    def _read(self) -> None:
        """Ask for what is shown of the paper, when there is one."""
