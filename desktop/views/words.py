"""Numbers and origins in words, for every view that says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from db.domain.records import Origin, Paper

_CONTEXT = "Words"


def tr(text: str) -> str:
    """Translate a text that belongs to no one view."""
    return QCoreApplication.translate(_CONTEXT, text)


def counted(text: str, number: int) -> str:
    """Return the text for a number, such as `%Ln paper(s)`; `plurals.py` says what may stand in it."""
    return QCoreApplication.translate(_CONTEXT, text, None, number)


def papers(number: int) -> str:
    """Return "3 papers"."""
    return counted("%Ln paper(s)", number)


def lines(start: int, end: int) -> str:
    """Return the place of a run of lines in words."""
    if end <= start:
        return tr("line {0}").format(start)
    return tr("lines {0}–{1}").format(start, end)


def origin_of(paper: Paper, field: str) -> str:
    """Return where the value of a field came from, or an empty text when it has none."""
    origin: Origin | None = paper.origins.get(field)
    if origin is not None:
        return tr("you") if origin.sighting_id is None else origin.label
    if not paper.sightings:
        return tr("you")
    first = paper.sightings[0]
    return tr("{0}, record {1}").format(first.source_name, first.index)


def from_origin(label: str) -> str:
    """Return the sentence of a tooltip that names an origin."""
    return tr("From: {0}").format(label)
