"""What the menus mark as chosen: theme, rows, order, preview, the editor; in all windows the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop import editor_options
from desktop.theme import MODES
from desktop.views.paper_view import DENSITIES

if TYPE_CHECKING:
    from desktop.commands.intake import Intake
    from desktop.context import AppContext
    from desktop.registry import Registry
    from desktop.views.paper_table import PaperTable


class Choices(QObject):
    """Follows the theme and the preferences; the table's own choices are told by whoever makes them."""

    def __init__(self, context: AppContext, registry: Registry, table: PaperTable, intake: Intake) -> None:
        super().__init__(registry)
        self._context = context
        self._registry = registry
        self._table = table
        self._intake = intake
        context.theme.changed.connect(self.show)
        context.preferred.connect(self._preferred)
        context.shared.settled.connect(self.name_push)  # what knows editors is heavy

    def show(self) -> None:
        """Mark what is chosen."""
        marks = {f"theme_{mode}": self._context.theme.mode == mode for mode in MODES}
        marks |= {f"density_{density}": self._table.view.density == density for density in DENSITIES}
        marks["best_first"] = self._table.view.header.best_first
        marks["preview_imports"] = self._intake.previews
        for name, on in marks.items():
            self._registry[name].setChecked(on)

    def _preferred(self) -> None:
        self.show()
        self.name_push()

    def name_push(self) -> None:
        """Let the action say to which editor it pushes."""
        self._registry.rename("push", editor_options.action_text(self._context.settings))
