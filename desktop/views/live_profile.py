"""For which LaTeX a live .bib file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from db import services
from desktop.views.plain import set_tip

if TYPE_CHECKING:
    from db.services.exporting import Profile


class LiveProfile(QComboBox):
    """BibTeX or BibLaTeX."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        for writer in services.exporting.FORMATS:
            if writer.profile is not None:
                self.addItem(writer.label, writer.profile)
        self.setCurrentIndex(max(0, self.findData(profile)))
        self.setAccessibleName(self.tr("Profile"))
        set_tip(self, self.tr("BibTeX for \\bibliographystyle, BibLaTeX for \\usepackage{biblatex} with biber."))

    def chosen(self) -> Profile:
        """Return the name of what is chosen."""
        profile: Profile = self.currentData()
        return profile
