"""The filter pane at work in a real window: the first time, with every search, with a click, after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.loopwatch import LoopWatch, Measured

if TYPE_CHECKING:
    from desktop.app import App

SEARCHES = ("model", "reward model", "tag:agents", "year:2020..2023 is:unread", 'org:="Ember"', "kernel hardware", "")
CHOSEN = ("year:2021..2022", "tag:dpo", "year:2021..2022 tag:dpo", 'author:="Cohin, L."', "")


class Facetday:
    """Shows the pane, searches, and puts it away again; a step lasts until the last facet has been counted."""

    def __init__(self, app: App, watch: LoopWatch) -> None:
        self._window, self._watch = app.window, watch
        self._counts = app.window.filtering.pane.counts
        self._answers: list[None] = []
        self._turned = False
        app.window.table.answered.connect(lambda: self._answers.append(None))

    def whole(self) -> list[Measured]:
        """Do all of it."""
        window, read = self._window, Measured("facets, library read for them")
        arrived: list[object] = []
        self._counts.arrived.connect(arrived.append)
        self._watch.step(
            read,
            lambda: window.panes.set_shown("facets", True),
            lambda: bool(arrived) and not self._counts.is_counting,
        )
        every = Measured("facets of all papers")
        for _ in range(3):
            self._watch.step(every, self._afresh, lambda: not self._counts.is_counting)
        some, chosen = Measured("facets of a search"), Measured("facets, one of them chosen")
        for texts, into in ((SEARCHES, some), (CHOSEN, chosen)):
            for text in texts:
                self._search(into, text)
        window.panes.set_shown("facets", False)
        return [read, every, some, chosen]

    def _afresh(self) -> None:
        self._turned = not self._turned
        ids = self._window.table.model.ids
        self._counts.follow("", "", ids[::-1] if self._turned else ids)  # of another list nothing is known

    def _search(self, into: Measured, text: str) -> None:
        """Search, and measure from the answer of the table to the last count."""
        self._answers.clear()
        self._window.search.setText(text)
        self._window.search.flush()
        if text != "":
            self._watch.wait(lambda: bool(self._answers))
        else:
            self._watch.wait(lambda: not self._window.table.answers.is_asking)
        self._watch.step(into, _nothing, lambda: not self._counts.is_counting)


def _nothing() -> None:
    """Begin to count: that was asked for with the answer."""
