"""Where the eye is in the table, and how it stays there when the rows change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.row_runs import Placed
    from desktop.views.paper_view import PaperView


@dataclass(frozen=True, slots=True)
class Place:
    """What the eye is on: pixels from the top to the anchor, whether that is the current row, the scroll value.

    `nowhere` says that no row was current, for example because the filter hid it.
    """

    offset: int
    on_current: bool
    scrolled: int
    nowhere: bool = False


def place_of(view: PaperView) -> Place:
    """Return the place; the anchor is the current row when it is visible, else the top one."""
    first, last = view.visible_rows()
    row = view.currentIndex().row()
    seen = first <= row <= last
    scrolled = view.verticalScrollBar().value()
    return Place((row if seen else first) * view.row_height - scrolled, seen, scrolled, row < 0)


def go_back(view: PaperView, place: Place, placed: Placed, *, same_papers: bool) -> None:
    """Put the anchor where it was; with other papers, only a current row that is still there counts."""
    bar = view.verticalScrollBar()
    view.updateGeometries()
    if placed.anchor_row >= 0 and (place.on_current or same_papers):
        bar.setValue(placed.anchor_row * view.row_height - place.offset)
    elif place.nowhere and placed.current_row >= 0:  # a filter that hid the current paper is gone
        view.scrollTo(view.model().index(placed.current_row, 0), view.ScrollHint.PositionAtCenter)
    else:
        bar.setValue(place.scrolled if same_papers else 0)
