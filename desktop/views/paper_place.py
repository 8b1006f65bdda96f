"""Where the eye is in the table, and how it stays there when the rows change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.row_runs import Wish

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


MOST_CHOSEN = 1_000
"""Chosen papers that are kept over a restart; of more, the current one is."""


LEFT = ("current", "chosen", "anchor", "offset")


@dataclass(frozen=True, slots=True)
class Left:
    """How the table was left: what was chosen, what the eye was on, and how many rows below the top edge."""

    wish: Wish
    offset: float | None = None


def left_of(view: PaperView, wish: Wish) -> dict[str, object]:
    """Return how the table is left, as JSON values."""
    chosen = wish.ids if len(wish.ids) <= MOST_CHOSEN else ()
    return {
        "current": wish.current,
        "chosen": list(chosen),
        "anchor": wish.anchor,
        "offset": place_of(view).offset / view.row_height,
    }


def read_left(state: dict[str, object]) -> Left | None:
    """Return what `left_of` returned, None when there is nothing; of an earlier version the current paper."""
    current, chosen, anchor = (state.get(name) for name in ("current", "chosen", "anchor"))
    ids = [one for one in chosen if isinstance(one, int)] if isinstance(chosen, list) else []
    current = current if isinstance(current, int) else None
    if not ids and current is not None and not isinstance(chosen, list):
        ids = [current]
    if current is None and not ids and not isinstance(anchor, int):
        return None
    return Left(Wish(ids, current, anchor if isinstance(anchor, int) else current), _rows(state.get("offset")))


def _rows(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) < 1_000 else None


def place_of(view: PaperView) -> Place:
    """Return the place; the anchor is the current row when it is visible, else the top one."""
    first, last = view.visible_rows()
    row = view.currentIndex().row()
    seen = first <= row <= last
    scrolled = view.verticalScrollBar().value()
    return Place((row if seen else first) * view.row_height - scrolled, seen, scrolled, row < 0)


def go_to_start(view: PaperView, left: Left, placed: Placed) -> None:
    """Put the rows where they were when the table was left; without that, the current one in the middle."""
    view.updateGeometries()
    if placed.anchor_row >= 0 and left.offset is not None:
        view.verticalScrollBar().setValue(round((placed.anchor_row - left.offset) * view.row_height))
    elif placed.current_row >= 0:
        view.scrollTo(view.model().index(placed.current_row, 0), view.ScrollHint.PositionAtCenter)


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
