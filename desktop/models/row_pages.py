"""Rows by the page: only what is painted is fetched, and the last few pages are kept."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from db.domain.records import PaperRow

PAGE = 64  # rows fetched at once; a screen shows 30 to 60
KEPT = 48  # pages kept; scrolling back and forth stays in memory

Fetch = Callable[[Sequence[int]], list[PaperRow]]


class RowPages:
    """Rows of a list of ids, fetched a page at a time and kept while they are among the last used."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._pages: OrderedDict[int, list[PaperRow | None]] = OrderedDict()
        self.ids: array[int] = array("q")

    def row(self, number: int) -> PaperRow | None:
        """Return the row, or None when the paper is gone since the ids were found."""
        page, offset = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._load(page)
        else:
            self._pages.move_to_end(page)
        return rows[offset] if offset < len(rows) else None

    def first(self) -> list[PaperRow]:
        """Return the rows of the first page, none unless all of them are kept."""
        rows = [row for row in self._pages.get(0, ()) if row is not None]
        return rows if len(rows) == len(self.ids[:PAGE]) else []

    def replace(self, ids: array[int], first: Sequence[PaperRow] = ()) -> None:
        """Take other ids; nothing fetched before is used again. `first` are the rows of the first page, if known."""
        self.ids = ids
        self._pages.clear()
        if first:
            self._keep(0, first)

    def extend(self, ids: array[int]) -> None:
        """Take ids that begin with those that are there; what was fetched stays, but for the last page."""
        self._pages.pop(max(0, len(self.ids) - 1) // PAGE, None)
        self.ids = ids

    def forget(self, ids: frozenset[int] | None) -> None:
        """Fetch again what shows these papers (None: everything) when it is next painted."""
        if ids is None:
            self._pages.clear()
            return
        for page in [page for page, rows in self._pages.items() if _shows(rows, ids)]:
            del self._pages[page]

    def _load(self, page: int) -> list[PaperRow | None]:
        rows = self._keep(page, self._fetch(self._wanted(page).tolist()))
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        return rows

    def _wanted(self, page: int) -> array[int]:
        return self.ids[page * PAGE : (page + 1) * PAGE]

    def _keep(self, page: int, found: Sequence[PaperRow]) -> list[PaperRow | None]:
        by_id = {row.id: row for row in found}
        rows = self._pages[page] = [by_id.get(paper_id) for paper_id in self._wanted(page)]
        return rows


def _shows(rows: list[PaperRow | None], ids: frozenset[int]) -> bool:
    return any(row is None or row.id in ids for row in rows)
