"""What the review compares: the fields of papers as texts, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.cell_text import date_text, status_text
from desktop.views.detail.values import FORM, NOTES, Spec, authors_text
from desktop.views.word_diff import Run, marks
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.domain.records import Paper


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the papers side by side; `choosable` when one value must win."""

    field: str
    label: str
    texts: tuple[str, ...]
    marks: tuple[tuple[Run, ...], ...]
    choosable: bool

    @property
    def differs(self) -> bool:
        """Whether the papers do not all say the same."""
        return len(set(self.texts)) > 1


def _tags(paper: Paper) -> str:
    return ", ".join(tag.name for tag in paper.tags)


def _sources(paper: Paper) -> str:
    return "\n".join(f"{one.source_name}, {one.index}" for one in paper.sightings)


_SPECS: tuple[tuple[str, Callable[[], str], Callable[[Paper], str]], ...] = (
    ("title", lambda: tr("Title"), lambda p: p.title),
    ("abstract", lambda: tr("Abstract"), lambda p: p.abstract),
    ("authors", lambda: tr("Authors"), authors_text),
    ("date", lambda: tr("Date"), lambda p: date_text(p.date) or (p.month_day or "")),
)
_LATER = ("authors", "date", "citation_key")
_KEPT: tuple[tuple[str, Callable[[], str], Callable[[Paper], str]], ...] = (
    ("citation_key", lambda: tr("Citation key"), lambda p: p.citation_key),
    ("status", lambda: tr("Status"), lambda p: status_text(p.status)),
    ("notes", NOTES.label, NOTES.text),
    ("tags", lambda: tr("Tags"), _tags),
    ("sightings", lambda: tr("Sources"), _sources),
)
_ALL_KEPT = {"tags": ", ", "sightings": "\n"}
_MERGED_BY_ITSELF = frozenset({"tags", "sightings", "notes", "status", "citation_key"})
"""Merging settles these: it keeps them all, and a key that is not kept goes on as another name."""


def result_text(row: Row, ids: Sequence[int], values: Mapping[str, str], from_id: Mapping[str, int]) -> str:
    """Return the value of the merged paper, written as the records write theirs."""
    winner = from_id.get(row.field)
    if row.field in _ALL_KEPT:
        return _ALL_KEPT[row.field].join(dict.fromkeys(part for part in row.texts if part))
    if (row.choosable or row.field == "citation_key") and winner in ids and row.texts[ids.index(winner)]:
        return row.texts[ids.index(winner)]
    merged = values.get(row.field, "")
    same = {text for text in row.texts if text}
    return same.pop() if len(same) == 1 else merged


def rows(papers: Sequence[Paper]) -> list[Row]:
    """Return the fields that at least one of the papers has: the title, what there is to choose, the rest."""
    form: list[Spec] = [spec for spec in FORM if spec.name not in _LATER]
    specs = (*_SPECS, *((spec.name, spec.label, spec.text) for spec in form), *_KEPT)
    made = []
    for field, label, text in specs:
        texts = tuple(text(paper) for paper in papers)
        if not any(texts) or (field in ("entry_type", "status") and len(set(texts)) == 1):
            continue
        full = [one for one in texts if one]
        runs = iter(marks(full))
        each = tuple(tuple(next(runs)) if one else () for one in texts)
        choosable = field not in _MERGED_BY_ITSELF and len(set(full)) > 1
        made.append(Row(field, label(), texts, each, choosable))
    # An abstract that is the same thrice must not push the one date that differs out of sight.
    return sorted(made, key=lambda row: (row.field != "title", not row.choosable))
