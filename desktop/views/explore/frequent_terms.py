"""The most frequent terms as a list with bars; a click searches for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.views.explore.counted_list import Line
from desktop.views.explore.listed_tab import ListedTab
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.services.exploring import Survey
    from desktop.context import AppContext
    from desktop.views.explore.chart_foot import Numbers


class FrequentTermsTab(ListedTab):
    """Lists terms with the number of papers whose title or abstract has them."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, tr("Frequent terms"), (tr("Term"), tr("Papers"), ""))

    def show_survey(self, survey: Survey | None) -> None:
        """List the terms that were found."""
        terms = survey.terms if survey is not None else ()
        total = len(survey.ids) if survey is not None else 0
        self.list.show_lines([Line(one.label, one.papers, one.papers / max(1, total), one.text) for one in terms])
        said = tr("Of titles and abstracts, without filler words and formulas. A click or Enter searches.")
        nothing = tr("No term stands out: there are no titles or abstracts here.")
        self.note.setText(said if terms or survey is None else nothing)

    def numbers(self) -> Numbers:
        """Return the terms as a table."""
        return (tr("term"), tr("papers")), [(line.name, line.count) for line in self.list.lines]
