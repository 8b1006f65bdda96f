"""The papers of a map as points: which are near a place, which lie within a line that was drawn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from PySide6.QtGui import QPolygonF

    from db.services.exploring import Topic
    from desktop.views.explore.group_looks import GroupLook

CELLS = 64
"""The map is cut into so many cells each way, so that a look for the nearest point reads few of them."""


Cells = dict[tuple[int, int], list[int]]


def in_cells(x: Sequence[float], y: Sequence[float]) -> Cells:
    """Return which points lie in each cell; takes half a second for a million, so not on the UI thread."""
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for at, place in enumerate(zip(x, y, strict=True)):
        cells[int(place[0] * CELLS), int(place[1] * CELLS)].append(at)
    return cells


@dataclass(frozen=True)
class Points:
    """Papers by place (0 to 1) and group, the groups' looks, and the topics whose names stand on the map.

    `cells` are the points by cell, which do not change with the groups; they are found when they are not given.
    """

    x: array[float]
    y: array[float]
    group: Sequence[int]
    looks: tuple[GroupLook, ...]
    topics: tuple[Topic, ...] = ()
    cells: Cells = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.x)

    def nearest(self, x: float, y: float, reach: float) -> int:
        """Return the point nearest to a place, -1 when none is within reach (no more than a cell)."""
        cells = self._in_cells()
        column, row = int(x * CELLS), int(y * CELLS)
        best, least = -1, reach * reach
        for cell in ((column + a, row + b) for a in (-1, 0, 1) for b in (-1, 0, 1)):
            for at in cells.get(cell, ()):
                away = (self.x[at] - x) ** 2 + (self.y[at] - y) ** 2
                if away < least:
                    best, least = at, away
        return best

    def in_sight(self, corner: QPointF, other: QPointF) -> list[int]:
        """Return the points between two corners of the map and some just outside, cell by cell."""
        columns = range(int(corner.x() * CELLS), int(other.x() * CELLS) + 1)
        rows = range(int(corner.y() * CELLS), int(other.y() * CELLS) + 1)
        cells = self._in_cells()
        return [at for column in columns for row in rows for at in cells.get((column, row), ())]

    def within(self, line: QPolygonF) -> list[int]:
        """Return the points inside a closed line, in the units of the map."""
        if line.count() < 3:
            return []
        box, rule = line.boundingRect(), Qt.FillRule.OddEvenFill
        left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
        inside = (
            at
            for at, (x, y) in enumerate(zip(self.x, self.y, strict=True))
            if left <= x <= right and top <= y <= bottom
        )
        return [at for at in inside if line.containsPoint(QPointF(self.x[at], self.y[at]), rule)]

    def of_group(self, number: int) -> list[int]:
        """Return the points of a group."""
        return [at for at, group in enumerate(self.group) if group == number]

    def _in_cells(self) -> Cells:
        if not self.cells and len(self):
            self.cells.update(in_cells(self.x, self.y))
        return self.cells
