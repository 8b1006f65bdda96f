"""The few things to choose: the look, how papers are cited and where to; where the files are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import cite_options
from desktop.theme import MODES
from desktop.views.cite_command import CiteCommand
from desktop.views.cited_versions import CitedVersions
from desktop.views.editor_rows import EditorRows
from desktop.views.page import Page
from desktop.views.plain import button, open_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from desktop.registry import Registry


class PreferencesDialog(QDialog):
    """Every choice holds at once; `pages` are further ones by title, each for one part of the program."""

    def __init__(
        self,
        context: AppContext,
        registry: Registry,
        parent: QWidget | None = None,
        pages: Sequence[tuple[str, Page]] = (),
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._registry = registry
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.tabs = QTabWidget(self)  # first, as the keyboard comes to it first
        self.look = QComboBox(self)
        self.look.setAccessibleName(self.tr("Theme"))
        for mode in MODES:
            self.look.addItem(registry.command(f"theme_{mode}").title, mode)
        self.look.setCurrentIndex(MODES.index(context.theme.mode))
        self.look.activated.connect(self._choose_look)
        usual = cite_options.style(context.settings)
        self.cite = CiteCommand(usual.form, usual.command, self)
        self.cite.changed.connect(self._choose_cite)
        self.versions = CitedVersions(context, self)
        self.preview = QCheckBox(self.tr("Show what was recognised &before importing"))
        self.preview.setChecked(registry["preview_imports"].isChecked())
        self.preview.clicked.connect(lambda _on: registry["preview_imports"].trigger())
        self._build([(self.tr("General"), self._general()), *pages])

    def _build(self, pages: Sequence[tuple[str, Page]]) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setTabBarAutoHide(True)
        self.tabs.setAccessibleName(self.tr("Pages"))
        # A page scrolls: where the screen is low, it gives way, and not the button below it.
        self.tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        for title, page in pages:
            self.tabs.addTab(page, title)
            for box in page.findChildren(QComboBox):  # the longest words of a choice do not make the page wider
                box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                box.setMinimumContentsLength(12)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(self.tr("Close"), self.close, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.tabs)
        column.addLayout(row)
        self._fit()

    def _general(self) -> Page:
        keys = button(self.tr("Change the pattern..."), self._registry["key_pattern"].trigger)
        keys.setEnabled(self._context.library is not None)
        page = Page(margin=8)
        form = QFormLayout()
        page.column.addLayout(form)
        page.column.addStretch()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Theme"), self.look)
        form.addRow(self.tr("Citation keys"), keys)
        form.addRow(self.tr("Cite as"), self.cite)
        form.addRow(self.tr("Versions"), self.versions)
        self.editor = EditorRows(self._context, form, self)
        self.editor.changed.connect(self._editor_chosen)
        # The rows are laid out with the events that wait.
        self.editor.room_changed.connect(lambda: QTimer.singleShot(0, self, self._fit))
        form.addRow(self.tr("Import"), self.preview)
        self._add_paths(form)
        rows = self.editor
        stops = (
            self.look,
            keys,
            self.cite.box,
            self.cite.own,
            self.versions,
            rows.kinds,
            rows.program,
            rows.choose_button,
        )
        for one, following in pairwise((*stops, rows.server, self.preview)):
            self.setTabOrder(one, following)
        return page

    def _add_paths(self, form: QFormLayout) -> None:
        library = self._context.library
        for name, path in (
            (self.tr("Library"), library and library.address),
            (self.tr("Settings"), self._path()),
        ):
            shown = QLineEdit(str(path or ""), readOnly=True, frame=False)  # to be copied, and as narrow as need be
            shown.setAccessibleName(name)
            form.addRow(name, shown)

    def _fit(self) -> None:
        """Take the room that the pages need, as far as the screen has it; beyond that they scroll."""
        metrics = self.fontMetrics()
        width = max(520, 68 * metrics.averageCharWidth())
        high = max(page.column.totalHeightForWidth(width - 4 * 16) for page in self.findChildren(Page))
        here = self.size() if self.isVisible() else QSize()
        open_at(self, QSize(width, high + 8 * metrics.height()).expandedTo(here))

    def _choose_cite(self) -> None:
        form, command = self.cite.chosen()
        if command or form != "latex":
            cite_options.remember(self._context.settings, form, command)

    def _editor_chosen(self) -> None:
        self._context.prefer()

    def _path(self) -> str:
        return str(self._context.settings.path)

    def _choose_look(self, at: int) -> None:
        self._registry[f"theme_{MODES[at]}"].trigger()
