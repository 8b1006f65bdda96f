"""The rule of the library by which a paper in several versions is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from db import services
from db.domain.records import CiteRule

if TYPE_CHECKING:
    from desktop.context import AppContext


class CitedVersions(QComboBox):
    """Shows the rule that holds; another choice holds at once, for exports, live files and references."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(self.tr("Which version of a paper is cited"))
        self.addItem(self.tr("Cite the published version, with its eprint"), CiteRule.PUBLISHED.value)
        self.addItem(self.tr("Cite the version that I read"), CiteRule.READ.value)
        self.setEnabled(context.library is not None)
        context.read(services.versioning.library_rule, self._show, key="cited_versions")
        self.activated.connect(self._choose)

    def _show(self, rule: CiteRule) -> None:
        self.setCurrentIndex(self.findData(rule.value))

    def _choose(self, at: int) -> None:
        rule = CiteRule(self.itemData(at))
        label = self.tr("Choose the version that is cited")
        self._context.run(label, lambda library: services.versioning.set_library_rule(library, rule))
