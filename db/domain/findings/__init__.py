"""What of a paper needs a look before it is cited; each rule is a function, `RULES` lists them.

Everything here is pure: a paper in, findings out, and a fix is the paper as it would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.findings import dates, outside, places, wording
from db.domain.findings.finding import Around, Finding, Fix, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.domain.findings.finding import Rule
    from db.domain.records import Paper

__all__ = ["RULES", "Around", "Finding", "Fix", "Kind", "findings", "mended"]

RULES: tuple[Rule, ...] = (
    places.missing,
    outside.keys,
    wording.title_case,
    wording.markup,
    wording.braces,
    places.misplaced,
    places.pages,
    places.duplicated,
    dates.wrong,
    dates.future,
    outside.files,
)
"""Adding a rule adds a line here."""
MOST_FIXES = 50
"""Fixes of one paper in one go; a rule whose fix did not help would go on for ever."""


def findings(paper: Paper, around: Around) -> Iterator[Finding]:
    """Yield what needs a look, rule by rule."""
    for rule in RULES:
        yield from rule(paper, around)


def mended(paper: Paper, around: Around, wanted: Callable[[Finding], bool]) -> Paper:
    """Return the paper with the wanted fixes done, each on what the one before left."""
    done: set[tuple[Kind, str, str]] = set()
    for _fix in range(MOST_FIXES):
        for found in findings(paper, around):
            name = (found.kind, found.field, found.words)
            if found.fix and name not in done and wanted(found):
                done.add(name)
                paper = found.fix.after
                break
        else:
            return paper
    return paper
