"""The pattern of the citation keys that Sheaf proposes: ready-made ones or an own one, tried on the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop.models.cell_text import cut, tip
from desktop.views.help import HelpDialog
from desktop.views.key_words import changes_words, kind_words, paper_words, preset_words
from desktop.views.plain import Label, button, heading, link_button, open_at, plain_tree

if TYPE_CHECKING:
    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.keypatterns import PatternPreview
    from desktop.context import AppContext
    from desktop.tasks import Task

PAUSE_MS = 150
HELP_PAGE = "keys.md"
NEW, OLD, PAPER, WHY = range(4)


class KeyDialog(QDialog):
    """Frozen keys stay as they are; a wrong pattern is said below the line, and the last right one stays on show."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Citation key pattern"))
        self._context = context
        self._task: Task | None = None
        self.presets = QComboBox()
        self.line = QLineEdit()
        self.rule = Label(tone="muted", size=11)
        self.error = Label(tone="danger", size=11)
        self.examples = QTreeWidget()
        self.summary = Label()
        self.save_button = button(self.tr("&Save"), self.save, primary=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build()
        self._connect()
        context.read(services.editing.key_pattern, self._start)

    def _build(self) -> None:
        self._build_pattern()
        self._build_examples()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(link_button(self.tr("What can stand in a pattern"), self.help))
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.save_button)
        self.save_button.setEnabled(False)
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(self.presets)
        choice.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(heading(self.tr("Pattern")))
        column.addLayout(choice)
        column.addWidget(self.rule)
        column.addWidget(self.error)
        column.addSpacing(8)
        column.addWidget(heading(self.tr("In this library")))
        column.addWidget(self.examples, 1)
        column.addWidget(self.summary)
        column.addLayout(foot)
        open_at(self, self.sizeHint())

    def _build_pattern(self) -> None:
        self.presets.setAccessibleName(self.tr("Ready-made pattern"))
        words = preset_words()
        for preset in services.keypatterns.PRESETS:
            self.presets.addItem(words[preset.name][0], preset.name)
        self.presets.addItem(self.tr("Own pattern"), None)
        self.line.setFont(self._context.theme.mono())
        self.line.setAccessibleName(self.tr("Pattern"))
        # As tall with one line as with two, so that nothing below jumps while she types.
        self.rule.setMinimumHeight(2 * self.rule.fontMetrics().lineSpacing())
        self.error.hide()

    def _build_examples(self) -> None:
        headings = [self.tr("Key"), self.tr("Now"), self.tr("Paper"), self.tr("Shown because")]
        plain_tree(self.examples, self.tr("Examples"), headings)
        self.examples.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.examples.header().setSectionResizeMode(PAPER, QHeaderView.ResizeMode.Stretch)
        self.examples.header().setStretchLastSection(False)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._preview)
        self.presets.activated.connect(lambda _at: self._choose())
        self.line.textChanged.connect(lambda _text: self._edited())

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(900, 56 * step), max(470, 28 * step))

    def _start(self, pattern: str) -> None:
        if not self.line.isModified():
            self.line.setText(pattern)
        self.line.setFocus()

    def pattern(self) -> str:
        """Return the pattern in the line."""
        return self.line.text().strip()

    def _choose(self) -> None:
        chosen = self.presets.currentData()
        if chosen is None:
            self.line.setFocus()
            self.line.selectAll()
        for preset in services.keypatterns.PRESETS:
            if preset.name == chosen:
                self.line.setText(preset.pattern)

    def _edited(self) -> None:
        """Name the pattern, and try it once she stops typing."""
        preset = services.keypatterns.preset_of(self.pattern())
        self.presets.setCurrentIndex(self.presets.findData(preset.name) if preset else self.presets.count() - 1)
        own = self.tr("Tokens stand in braces; of {a|b} the first one is taken that the paper can fill.")
        self.rule.setText(preset_words()[preset.name][1] if preset else own)
        self._stop()
        self.save_button.setEnabled(False)
        self._pause.start()

    def _preview(self) -> None:
        self._stop()
        pattern = self.pattern()
        self._task = self._context.look(
            lambda library, report, part: services.keypatterns.preview(library, pattern, report, part),
            on_part=self._show,
            on_done=self._show,
            on_error=self._refused,
        )

    def _show(self, preview: PatternPreview) -> None:
        self.error.say("")
        self.save_button.setEnabled(True)
        self.summary.setText(changes_words(preview))
        self.examples.clear()
        mono = self._context.theme.mono(11)
        for one in preview.examples:
            same = one.old == one.new
            item = QTreeWidgetItem([one.new, self.tr("the same") if same else one.old, cut(paper_words(one))])
            item.setText(WHY, kind_words(one))
            item.setFont(NEW, mono)
            if not same:
                item.setFont(OLD, mono)
            for column, text in ((NEW, one.new), (OLD, one.old), (PAPER, paper_words(one))):
                item.setToolTip(column, tip(text))
            self.examples.addTopLevelItem(item)
        self._fit()

    def _fit(self) -> None:
        """Give the keys their room, for their ends tell them apart, but leave a third of the width to the papers."""
        room = self.examples.viewport().width()
        for column, share in ((NEW, 0.38), (OLD, 0.28)):
            self.examples.setColumnWidth(column, min(int(room * share), self.examples.sizeHintForColumn(column) + 16))
        self.examples.resizeColumnToContents(WHY)

    def _refused(self, error: LibraryError) -> None:
        """Say what is wrong; the examples stay those of the last pattern that works."""
        self._task = None
        kept = self.tr("The examples are those of the last pattern that works.")
        self.error.say(f"{error.message} {kept}" if self.examples.topLevelItemCount() else error.message)
        self.save_button.setEnabled(False)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def help(self) -> None:
        """Show the page of the help that explains the language."""
        HelpDialog(self, HELP_PAGE).show()

    def save(self) -> None:
        """Save the pattern; proposed keys follow it."""
        pattern = self.pattern()
        self._stop()
        self.save_button.setEnabled(False)
        self._context.run_long(
            self.tr("Change the key pattern"),
            lambda library, report: services.keypatterns.set_key_pattern(library, pattern, report),
            self._saved,
            on_error=self._not_saved,
            on_cancel=lambda: self.save_button.setEnabled(True),
        )

    def _not_saved(self, error: LibraryError) -> None:
        self.error.say(error.message)
        self.save_button.setEnabled(True)

    def _saved(self, changes: Changes) -> None:
        if changes:
            said = self.tr("Keys that are not frozen follow the new pattern.")
            self._context.notify(said, kind="good", undo=True)
        self.accept()

    def done(self, result: int) -> None:
        """Close, and stop what is under way for the examples."""
        self._pause.stop()
        self._stop()
        super().done(result)
