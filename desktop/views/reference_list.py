"""The reference list of the selection: choose a style, read it, copy or save it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop.views import references
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, button, heading, link_button, open_at
from desktop.views.words import papers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from db.domain.errors import LibraryError
    from db.services.citing import Formatted, StyleChoice
    from db.services.library import Library
    from db.services.progress import Progress, Report
    from desktop.context import AppContext
    from desktop.tasks import Task

OUTPUT_KEY = "references/output"
FILE_KEY = "references/file"
SUFFIXES = {"text": ".txt", "html": ".html", "rtf": ".rtf", "markdown": ".md"}


class ReferenceList(QDialog):
    """Formats the papers anew whenever the style changes; what is under way then is dropped."""

    def __init__(self, context: AppContext, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Reference list"))
        self._context = context
        self._ids = list(ids)
        self._made: Formatted | None = None
        self._task: Task | None = None
        self.style_box = references.StyleBox(context)
        self.add_button = link_button(self.tr("&Add a style..."), self.add_style)
        self.output_box = QComboBox()
        self.text = QPlainTextEdit()
        self.count = Label(tone="muted", size=11)
        self.bar = QProgressBar()
        self.error = Label(tone="danger")
        self.copy_button = button(self.tr("&Copy"), self.copy, primary=True)
        self.citation_button = button(self.tr("Copy c&itation"), self.copy_citation)
        self.save_button = button(self.tr("&Save..."), self.save)
        self.close_button = button(self.tr("Close"), self.reject)
        self._build()
        self.style_box.chosen.connect(lambda _style: self.format())
        self.output_box.activated.connect(lambda _index: self._output_chosen())
        self.style_box.load()
        self.format()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(heading(self.tr("Citation style")))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.style_box, 1)
        row.addWidget(self.add_button)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(heading(self.tr("References")))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName(self.tr("References"))
        self.bar.setAccessibleName(self.tr("Progress of the formatting"))
        column.addWidget(self.text, 1)
        for widget in (self.count, self.bar, self.error):
            column.addWidget(widget)
            widget.hide()
        column.addLayout(self._foot())
        self._enable()

    def _foot(self) -> QHBoxLayout:
        for output, name in references.outputs().items():
            self.output_box.addItem(self.tr("As {0}").format(name), output)
        chosen = self.output_box.findData(self._context.settings.get(OUTPUT_KEY, "html"))
        self.output_box.setCurrentIndex(max(0, chosen))
        self.output_box.setAccessibleName(self.tr("Copy and save as"))
        flow = FlowLayout(gap=8)
        for widget in (self.output_box, self.copy_button, self.citation_button, self.save_button, self.close_button):
            flow.addWidget(widget)
        holder = QHBoxLayout()
        holder.addLayout(flow)
        return holder

    def sizeHint(self) -> QSize:
        letter = self.fontMetrics().averageCharWidth()
        return QSize(max(600, 84 * letter), max(480, 26 * self.fontMetrics().lineSpacing()))

    def showEvent(self, event: QShowEvent) -> None:
        open_at(self, self.sizeHint())
        super().showEvent(event)

    def output(self) -> str:
        """Return what is copied and saved: text, html, rtf or markdown."""
        return str(self.output_box.currentData())

    def format(self) -> None:
        """Work the list out in the style in force."""
        self._stop()
        ids, style = self._ids, self.style_box.style_id()

        def look(library: Library, report: Report, part: Callable[[Progress], None]) -> Formatted:
            def told(progress: Progress) -> None:
                report(progress)
                part(progress)

            return services.citing.format_papers(library, ids, style, told)

        self._made = None
        self.error.say("")
        self.bar.setRange(0, 0)
        self.bar.show()
        self._enable()
        self._task = self._context.look(look, on_part=self._progressed, on_done=self._done, on_error=self._failed)

    def _progressed(self, progress: Progress) -> None:
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)

    def _done(self, made: Formatted) -> None:
        self._task, self._made = None, made
        self.bar.hide()
        self.text.setPlainText(made.listed("text").rstrip("\n").replace("\n", "\n\n"))
        self.count.say(papers(len(made.references)))
        self._enable()

    def _failed(self, error: LibraryError) -> None:
        self._task = None
        self.bar.hide()
        self.count.say("")
        self.text.setPlainText("")
        self.error.say(error.message)
        self._enable()

    def _enable(self) -> None:
        for one in (self.copy_button, self.citation_button, self.save_button):
            one.setEnabled(self._made is not None)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _output_chosen(self) -> None:
        self._context.settings.set(OUTPUT_KEY, self.output())

    # What can be done with it ------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the list on the clipboard."""
        if self._made is not None:
            references.copy_list(self._made, self.output())
            self._context.notify(self.tr("Copied {0}.").format(papers(len(self._made.references))))

    def copy_citation(self) -> None:
        """Put the citation of all these papers on the clipboard."""
        if self._made is not None:
            references.copy_citation(self._made, self.output())
            self._context.notify(self.tr("Citation copied."))

    def save(self) -> None:
        """Ask for a file and write the list."""
        suffix, kind = SUFFIXES[self.output()], references.outputs()[self.output()]
        before = Path(self._context.settings.get(FILE_KEY, str(Path.home() / "references")))
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save references"), str(before.with_suffix(suffix)), f"{kind} (*{suffix})"
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix else path.with_suffix(suffix))

    def save_to(self, path: Path) -> None:
        """Write the list to a file."""
        made, output = self._made, self.output()
        if made is None:
            return
        self._context.settings.set(FILE_KEY, str(path))
        self.error.say("")
        context, said = self._context, self.tr("Saved {0} to {1}.")  # also when this window is gone by then
        context.run(
            self.tr("Save references"),
            lambda _library: services.citing.save(path, made, output),
            lambda count: context.notify(said.format(papers(count), path.name)),
            on_error=lambda error: self.error.say(error.message),
        )

    def add_style(self) -> None:
        """Ask for a .csl file and take it among the styles."""
        name, _kind = QFileDialog.getOpenFileName(
            self, self.tr("Add a citation style"), "", self.tr("Citation styles (*.csl)")
        )
        if name:
            self.add_style_from(Path(name))

    def add_style_from(self, path: Path) -> None:
        """Take a style from a file, and choose it."""
        self._context.run(
            self.tr("Add a style"),
            lambda _library: services.citing.add_style(path),
            self._style_added,
            on_error=lambda error: self.error.say(error.message),
        )

    def _style_added(self, added: StyleChoice) -> None:
        self.style_box.choose(added.id)
        self.style_box.load()

    def done(self, result: int) -> None:
        """Drop what is under way and close."""
        self._stop()
        super().done(result)
