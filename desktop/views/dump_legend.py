"""What the colours and letters beside a dump's lines mean, with the number of lines of each kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.views.dump_kinds import KINDS, kind_name
from desktop.views.flow import FlowLayout
from desktop.views.plain import Label, clear_layout
from desktop.views.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.sources import Span

ALWAYS = ("title", "abstract", "authors", "date", "furniture", "blank", "issue")
"""Kinds that are named even when no line is of them."""


class DumpLegend(QWidget):
    """Letters, names and counts, in as many rows as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=16)

    def show_spans(self, spans: Sequence[Span]) -> None:
        """Count the lines of these spans."""
        count = Counter[str]()
        for span in spans:
            count[span.kind] += span.line_end - span.line_start + 1
        clear_layout(self._flow)
        for kind, look in KINDS.items():
            if not count[kind] and kind not in ALWAYS:
                continue
            name = f"{look.letter}  {kind_name(kind)}" if look.letter else kind_name(kind)
            shown = f"{name}: {counted('%Ln line(s)', count[kind])}"
            self._flow.addWidget(Label(shown, tone=look.tone if count[kind] else "muted", size=11, wrap=False))
        self.updateGeometry()
