"""The icon in all sizes that menus and panels ask for, drawn from the SVG."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from making.project import NAME, PICTURE

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels."""


def draw(hicolor: Path) -> None:
    """Write the icon into the folder of an icon theme: each size, and the SVG itself."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    drawing = QSvgRenderer(str(PICTURE))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        target = hicolor / f"{size}x{size}" / "apps" / f"{NAME}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(target)):
            raise OSError(f"{target} could not be written.")
    whole = hicolor / "scalable" / "apps" / f"{NAME}.svg"
    whole.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PICTURE, whole)
    del app
