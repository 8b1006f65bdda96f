"""The icon in all sizes that menus, panels and docks ask for, drawn from the SVG."""

from __future__ import annotations

import os
import shutil
import struct
from typing import TYPE_CHECKING

from making.project import NAME, PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels, of the icon theme of a Linux desktop."""
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS_KINDS = {
    b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512, b"ic09": 512, b"ic10": 1024,
}  # fmt: skip
"""Pixels by the kind of an entry: 16, 32, 128, 256 and 512 points, each for screens of one and two pixels a point."""


def draw(hicolor: Path) -> None:
    """Write the icon into the folder of an icon theme: each size, and the SVG itself."""
    for size, picture in zip(SIZES, pictures(SIZES), strict=True):
        target = hicolor / f"{size}x{size}" / "apps" / f"{NAME}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(picture)
    whole = hicolor / "scalable" / "apps" / f"{NAME}.svg"
    whole.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PICTURE, whole)


def ico(target: Path) -> Path:
    """Write the icon as Windows wants it: a table of sizes and places, then the PNGs (each side 0 stands for 256)."""
    drawn = pictures(ICO_SIZES)
    table, place = [], 6 + 16 * len(drawn)
    for size, picture in zip(ICO_SIZES, drawn, strict=True):
        table.append(struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    target.write_bytes(b"".join([struct.pack("<HHH", 0, 1, len(drawn)), *table, *drawn]))
    return target


def icns(target: Path) -> Path:
    """Write the icon as macOS wants it: entries of a kind, their length with these eight bytes, and a PNG."""
    drawn = pictures(ICNS_KINDS.values())
    entries = [
        struct.pack(">4sI", kind, 8 + len(picture)) + picture
        for kind, picture in zip(ICNS_KINDS, drawn, strict=True)
    ]  # fmt: skip
    target.write_bytes(b"".join([struct.pack(">4sI", b"icns", 8 + sum(map(len, entries))), *entries]))
    return target


def pictures(sizes: Iterable[int]) -> list[bytes]:
    """Return the icon as PNGs of these sides in pixels, transparent around it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    drawing = QSvgRenderer(str(PICTURE))
    made = []
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not QImageWriter(buffer, QByteArray(b"png")).write(image):
            raise OSError(f"The icon of {size} pixels could not be drawn.")
        made.append(bytes(buffer.data().data()))
    del app
    return made
