"""Charts as pictures: on the clipboard, as PNG or SVG in a file. They leave in light colours, for paper and slides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog

from db import services
from desktop.settings import EXPORT_FOLDER
from desktop.theme import SMALL, Theme
from desktop.tokens import LIGHT, Tokens
from desktop.views.words import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.context import AppContext

SHARP = 2
"""Pixels of a picture for one of the screen."""

Paint = Callable[[QPainter, QSizeF, Tokens], None]
"""Draws a chart of a size, in the colours of a set of tokens, on a ground that is there."""


def font(pixels: int = SMALL, *, bold: bool = False) -> QFont:
    """Return the font of the window in a size that is the same on the screen, in a PNG and in an SVG."""
    made = Theme.font(pixels, QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setPixelSize(max(1, QFontInfo(made).pixelSize()))
    return made


def image(paint: Paint, size: QSize, ratio: float = SHARP) -> QImage:
    """Return a chart as an image."""
    made = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(QColor(LIGHT.base))
    painter = QPainter(made)
    painter.scale(ratio, ratio)
    paint(painter, QSizeF(size), LIGHT)
    painter.end()
    return made


def png(paint: Paint, size: QSize) -> bytes:
    """Return a chart as the bytes of a PNG file."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image(paint, size).save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want the format as bytes
    return bytes(held.data())


def svg(paint: Paint, size: QSize, title: str) -> bytes:
    """Return a chart as the bytes of an SVG file, its texts as texts."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setResolution(96)
    made.setSize(size)
    made.setViewBox(QRectF(0, 0, size.width(), size.height()))
    made.setTitle(title)
    painter = QPainter(made)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor(LIGHT.base))
    paint(painter, QSizeF(size), LIGHT)
    painter.end()
    return bytes(held.data())


def copy_picture(context: AppContext, paint: Paint, size: QSize) -> None:
    """Put a chart on the clipboard."""
    QGuiApplication.clipboard().setImage(image(paint, size))
    context.notify(tr("Picture copied."))


def save_picture(context: AppContext, parent: QWidget, paint: Paint, size: QSize, name: str) -> None:
    """Ask for a file and write a chart: SVG or PNG, by the ending or the kind that is chosen."""
    folder = Path(context.settings.get(EXPORT_FOLDER, str(Path.home())))
    kinds = (tr("Picture (*.png)"), tr("Drawing (*.svg)"))
    chosen, kind = QFileDialog.getSaveFileName(
        parent, tr("Save picture"), str(folder / f"{name}.png"), ";;".join(kinds)
    )
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() not in (".png", ".svg"):
        path = path.with_name(path.name + (".svg" if kind == kinds[1] else ".png"))
    context.settings.set(EXPORT_FOLDER, str(path.parent))
    made = svg(paint, size, name) if path.suffix.lower() == ".svg" else png(paint, size)
    context.read(
        lambda _library: services.figures.save_picture(path, made),
        lambda _none: context.notify(tr("Saved {0}.").format(path.name), kind="good"),
    )
