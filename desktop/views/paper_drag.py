"""Papers on their way out of the table: themselves for the sidebar, citations and BibTeX for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap

from db import services
from db.domain.errors import LibraryError
from desktop import cite_options
from desktop.export_options import options
from desktop.models.mime import BIBTEX, PAPERS, TEXT, PapersMime

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from db.services.cite_commands import CiteStyle
    from db.services.exporting import ExportOptions
    from db.services.library import Library
    from desktop.context import AppContext

MOST = 2_000  # papers cited by one drag; more would be a slip of the hand


class PaperMime(PapersMime):
    """Makes its texts when the target asks; handing out a key freezes it, since it now stands elsewhere."""

    def __init__(
        self,
        library: Library,
        ids: list[int],
        freeze: Callable[[list[int]], None],
        options: ExportOptions,
        *,
        style: CiteStyle | None = None,
    ) -> None:
        super().__init__(ids)
        self._style = style or services.cite_commands.CiteStyle()
        self._options = options
        self._library = library
        self._ids = ids
        self._freeze: Callable[[list[int]], None] | None = freeze

    def formats(self) -> list[str]:
        """Return what can be asked for."""
        return [PAPERS, TEXT, BIBTEX]

    def hasFormat(self, mimetype: str) -> bool:
        return mimetype in self.formats()

    def retrieveData(self, mimetype: str, _preferred: Any) -> Any:
        """Make the data of one format: `\\cite{...}`, or BibTeX entries."""
        if mimetype not in (TEXT, BIBTEX):
            return None
        chosen = self._ids[:MOST]
        text = self._cite(chosen) if mimetype == TEXT else self._bibtex(chosen)
        self._freeze_once(chosen)
        return text if mimetype == TEXT else QByteArray(text.encode("utf-8"))

    def _cite(self, ids: list[int]) -> str:
        try:
            return services.cite_commands.preview(self._library, ids, self._style)
        except LibraryError:  # an own command that is none: its dialog says so, a drag cannot
            return services.cite_commands.preview(self._library, ids, services.cite_commands.CiteStyle())

    def _bibtex(self, ids: list[int]) -> str:
        entries = (services.exporting.preview_bibtex(self._library, one, self._options) for one in ids)
        return "\n".join(f"{entry.strip()}\n" for entry in entries)

    def _freeze_once(self, ids: list[int]) -> None:
        freeze, self._freeze = self._freeze, None
        if freeze:
            freeze(ids)


def drag_papers(context: AppContext, source: QWidget, ids: list[int]) -> None:
    """Start dragging papers from a widget."""
    if context.library is None or not ids:
        return

    def freeze(taken: list[int]) -> None:
        context.run(source.tr("Pin the keys of cited papers"), lambda lib: services.exporting.cite(lib, taken))

    drag = QDrag(source)
    style = cite_options.style(context.settings)
    drag.setMimeData(PaperMime(context.library, ids, freeze, options(context.settings), style=style))
    drag.setPixmap(_picture(context, source, source.tr("%Ln paper(s)", "", len(ids))))
    drag.setHotSpot(QPoint(-12, -8))
    drag.exec(Qt.DropAction.CopyAction)


def _picture(context: AppContext, source: QWidget, words: str) -> QPixmap:
    metrics = source.fontMetrics()
    ratio = source.devicePixelRatioF()
    rect = QRect(0, 0, metrics.horizontalAdvance(words) + 24, metrics.height() + 12)
    picture = QPixmap(rect.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(source.font())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(context.theme.colour("accent"))
    painter.drawRoundedRect(rect, 6, 6)
    painter.setPen(context.theme.colour("on_accent"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture
