"""A window that files can be dragged out of with the mouse, as from a file manager: `drag.py X Y FILE...`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

SIZE = 160
"""Pixels."""


class Source(QLabel):
    """Starts a drag as soon as the pressed mouse moves."""

    def __init__(self, files: list[str]) -> None:
        super().__init__("\n".join(files))
        self._urls = [QUrl.fromLocalFile(file) for file in files]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the files; says how it went."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self)
            data = QMimeData()
            data.setUrls(self._urls)
            drag.setMimeData(data)
            done = drag.exec(Qt.DropAction.CopyAction)
            sys.stdout.write(f"{done.name}\n")
            sys.stdout.flush()


app = QApplication(sys.argv[:1])
x, y, *named = sys.argv[1:]
source = Source(named)
source.setWindowFlag(Qt.WindowType.FramelessWindowHint)
source.setWindowTitle("Drag from here")
source.setGeometry(int(x), int(y), SIZE, SIZE)
source.show()
sys.exit(app.exec())
