"""Tags that stand together on papers, as pairs with counts; a click searches for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import services
from desktop.views.explore.counted_list import Line
from desktop.views.explore.listed_tab import ListedTab
from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.tagpairs import TagPair, TagPairs
    from desktop.context import AppContext
    from desktop.views.explore.chart_foot import Numbers


class TagsTogetherTab(ListedTab):
    """Lists pairs of tags; the bar says which share of the rarer tag's papers has both."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, tr("Tags together"), (tr("Tags"), tr("Papers"), tr("Share of the rarer tag")))
        self._context = context
        self._found: TagPairs | None = None

    def load(self, ids: Sequence[int]) -> None:
        """Count the tags of these papers."""
        self._context.read(lambda library: services.tagpairs.tag_pairs(library, ids), self._show, key="explore tags")

    def _show(self, found: TagPairs) -> None:
        self._found = found
        self.list.show_lines([_line(one) for one in found.pairs])
        self.note.setText(self._said(found))

    def _said(self, found: TagPairs) -> str:
        if not found.tagged:
            return tr("No paper here has a tag. Tag papers with T, and this shows which tags go together.")
        if not found.found:
            return tr("No paper here has two tags.")
        parts = [counted("%Ln pair(s) of tags", found.found)]
        if found.found > len(found.pairs):
            parts.append(counted("the %Ln most frequent are shown", len(found.pairs)))
        parts.append(tr("A click or Enter shows the papers that have both."))
        return " · ".join(parts)

    def numbers(self) -> Numbers:
        """Return the pairs as a table."""
        pairs = self._found.pairs if self._found is not None else ()
        heads = (tr("tag"), tr("other tag"), tr("both"), tr("with the tag"), tr("with the other tag"))
        return heads, [(one.first, one.second, one.both, one.of_first, one.of_second) for one in pairs]


def _line(pair: TagPair) -> Line:
    said = tr("{0} % of the rarer tag's papers have both").format(round(pair.share * 100))
    return Line(f"{pair.first} + {pair.second}", pair.both, pair.share, pair.text, said)
