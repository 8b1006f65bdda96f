"""The rule by which a paper in several versions is cited: that of the library, and that of one export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from db import services
from db.domain.records import CiteRule
from desktop.views.plain import set_tip

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


class CitedHere(QComboBox):
    """Shows by which rule an export cites, at first that of the library; hidden until papers are known to have several.

    A paper that has a rule of its own keeps it.
    """

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(self.tr("Which version of a paper is cited"))
        set_tip(self, self.tr("For this export alone. A paper for which you chose a version keeps that."))
        self.addItem(self.tr("Versions: as the library says"), None)
        self.addItem(self.tr("Versions: cite the published one, with its eprint"), CiteRule.PUBLISHED.value)
        self.addItem(self.tr("Versions: cite the one that I read"), CiteRule.READ.value)
        self.hide()
        context.read(services.versioning.library_rule, self._name, key="export_cite_rule")

    def rule(self) -> CiteRule | None:
        """Return the rule that was chosen, None for that of the library."""
        return CiteRule(self.currentData()) if self.currentData() else None

    def _name(self, rule: CiteRule) -> None:
        """Say what the library says."""
        said = {
            CiteRule.PUBLISHED: self.tr("Versions: as the library says (the published one)"),
            CiteRule.READ: self.tr("Versions: as the library says (the one that I read)"),
        }
        self.setItemText(0, said[rule])
