"""What an export wrote, and the papers that lack something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.views.plain import Label, link_button
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from db.services.exporting import Exported
    from desktop.context import AppContext

MOST_SHOWN = 1_000


class ExportResult(QWidget):
    """One line with the count; below it the incomplete papers, to copy."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.line = Label(tone="good")
        self.missing = Label(tone="warning")
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setFont(context.theme.mono(11))
        self.list.setAccessibleName(tr("Incomplete papers"))
        self.list.setTabChangesFocus(True)
        self.list.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        self.copy_button = link_button(tr("Copy the list"), self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        for widget in (self.line, self.missing, self.list, self.copy_button):
            column.addWidget(widget)
        column.setAlignment(self.copy_button, Qt.AlignmentFlag.AlignLeft)

    def show_result(self, exported: Exported) -> None:
        """Show what was written."""
        said = tr("{0} written to {1}").format(papers(exported.written), exported.file)
        kept = counted("%Ln of them as they stood in a .bib file", exported.kept)
        self.line.say(f"{said}, {kept}" if exported.kept else said)
        lines = [f"{one.citation_key}: {', '.join(one.missing)}" for one in exported.incomplete]
        self.list.setPlainText("\n".join(lines[:MOST_SHOWN]))
        words = counted("%Ln paper(s) (is|are) incomplete:", len(lines))
        self.missing.say(words if lines else "")
        self.list.setVisible(bool(lines))
        self.copy_button.setVisible(bool(lines))
        self.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.list.toPlainText())
        self._context.notify(tr("List copied."))
