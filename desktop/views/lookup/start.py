"""Before anything is sent: what will be asked, and of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from desktop.models.lookup_rows import tr
from desktop.views.page import Page
from desktop.views.plain import Label, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.enriching import Known
    from desktop.settings import Settings

WITHOUT = "lookup/without"
"""The services that are not asked, by name, so that one that comes later is."""
MANY = 100
"""From so many papers on, it is said that it takes a while."""


class LookupStart(Page):
    """A tick for each service, remembered; `changed` comes when others are ticked."""

    changed = Signal()

    def __init__(self, settings: Settings, count: int) -> None:
        super().__init__(margin=0)
        self._settings = settings
        self.boxes: dict[str, QCheckBox] = {}
        self._labels: dict[str, str] = {}
        self.sentence = Label()
        self.slow = Label(tr("Services want a pause between two questions, so for many papers this takes minutes or "
                             "longer. You can work on meanwhile, and stop at any time."), tone="muted")  # fmt: skip
        self.error = Label(tone="danger")
        for widget in (self.sentence, self.error, heading(tr("Ask")), self.slow):
            self.column.addWidget(widget)
        self.error.hide()
        self.slow.setVisible(count >= MANY)
        self.column.addStretch()

    def offer(self, known: Sequence[Known]) -> None:
        """Offer these services, in the order in which they are asked."""
        without = self._settings.get(WITHOUT, [])
        for one in known:
            box = QCheckBox(f"{one.label}  ({one.address.partition('://')[2]})".replace("&", "&&"))
            box.setChecked(one.name not in without)
            box.toggled.connect(self._choose)
            self.boxes[one.name], self._labels[one.name] = box, one.label
            self.column.insertWidget(self.column.indexOf(self.slow), box)
        self._say()

    def chosen(self) -> list[str]:
        """Return the names of the services that are to be asked."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def _choose(self) -> None:
        self._settings.set(WITHOUT, [name for name, box in self.boxes.items() if not box.isChecked()])
        self._say()

    def _say(self) -> None:
        """Say in one sentence what will be asked of whom."""
        names = [self._labels[name] for name in self.chosen()]
        self.sentence.setText(
            tr(
                "“Look up” asks {0} for the authors, dates, identifiers and abstracts that are missing; it sends "
                "titles, arXiv ids and DOIs only, and nothing is sent before you press it."
            ).format(listed(names))
            if names
            else tr("Choose whom to ask, or look into a file: that sends nothing.")
        )
        self.changed.emit()


def listed(names: Sequence[str]) -> str:
    """Return "one, two and three"."""
    if len(names) < 2:
        return "".join(names)
    return tr("{0} and {1}").format(", ".join(names[:-1]), names[-1])
