"""Which lines are titles and which are abstracts: the cheapest reading of a run of uncertain lines.

A line is labelled as beginning or continuing a title or an abstract, as the date or organisation that ends a
record, or as furniture. Costs are rough negative log likelihoods, tuned on rendered variations of real pages.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from db.domain.formats.lines import Kind, has_bullet
from db.domain.formats.plain.evidence import Line, organisation_cost
from db.domain.formats.plain.runs import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.formats.survey import Survey

BEAM, MARGIN = 8, 14.0
"""Readings that are kept side by side, and how much worse than the best one they may be."""
AGAINST = 1_000.0
"""What it costs to read a line as something else than a person marked it as."""
SHORT, LONG = 200, 350
"""A plain page alternates lines of at most `SHORT` and at least `LONG` characters; no need to weigh those."""


class Label(IntEnum):
    """What a line does in a record."""

    TITLE = 0
    TITLE_ON = 1
    ABSTRACT = 2
    ABSTRACT_ON = 3
    CLOSING = 4
    FURNITURE = 5


_GOES_ON = {Label.TITLE: Label.TITLE_ON, Label.ABSTRACT: Label.ABSTRACT_ON}


@dataclass(slots=True)
class Draft:
    """The lines of one record before its values are taken from them."""

    title: list[Line] = field(default_factory=list)
    abstract: list[Line] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Cell:
    cost: float
    label: Label
    length: int
    widest: int
    back: _Cell | None
    born: int = 0


def segment(lines: Sequence[Line], survey: Survey, *, closed: bool, final: bool) -> tuple[list[Draft], list[Line]]:
    """Return the records in the lines and the lines that are furniture.

    `closed`: an author line follows and ends the last record; `final`: the page ends, in any field.
    """
    marked = bool(survey.marks) and any(line.mark for line in lines)
    labels = (None if marked else _plain(lines)) or _cheapest(lines, survey, closed=closed, final=final)
    drafts: list[Draft] = []
    furniture: list[Line] = []
    for line, label in zip(lines, labels, strict=True):
        if label is Label.FURNITURE:
            furniture.append(line)
        elif label is Label.TITLE or not drafts:
            drafts.append(Draft([line]))
        elif label is Label.TITLE_ON:
            drafts[-1].title.append(line)
        elif label is Label.CLOSING:
            drafts[-1].closing.append(line)
        else:
            drafts[-1].abstract.append(line)
    return drafts, furniture


def _plain(lines: Sequence[Line]) -> list[Label] | None:
    if len(lines) % 2:
        return None
    for title, abstract in zip(lines[::2], lines[1::2], strict=True):
        if len(abstract.text) < LONG or not 3 < len(title.text) <= SHORT:
            return None
        if title.kind is not Kind.TEXT or title.text[-1] == "." or title.text[0].islower():
            return None
    return [Label.TITLE, Label.ABSTRACT] * (len(lines) // 2)


def _cheapest(lines: Sequence[Line], survey: Survey, *, closed: bool, final: bool) -> list[Label]:
    model = _Model(survey)
    groups = runs(lines, survey.width)
    for head, *more in groups:
        head.weigh(more)
    cells = model.start(lines[0])
    for group, (line, *_) in itertools.pairwise(groups):
        cells = model.step(cells, group[-1], line)
    last = lines[-1]
    cell: _Cell | None = min(cells, key=lambda c: c.cost + model.end(c, last, closed=closed, final=final))
    labels = []
    for group in reversed(groups):
        assert cell is not None
        labels += [_GOES_ON.get(cell.label, cell.label)] * (len(group) - 1) + [cell.label]
        cell = cell.back
    return labels[::-1]


class _Model:
    """The costs of one page."""

    def __init__(self, survey: Survey) -> None:
        self.blanks = survey.blanks
        self.width = survey.width
        self.another = 2.0 if survey.dialect == "A" else 0.0
        self.lone_date = 3.0 if survey.separated else 0.5
        self.paragraph = 3.5 * survey.single
        broken = survey.split > 0.4
        self.undated = 0.0 if survey.dialect == "A" else 4.0
        self.whole = survey.split < 0.35 and not survey.width
        self.title_on, self.prose_on = (0.7, 0.5) if broken else (2.0, 1.0)

    def start(self, line: Line) -> list[_Cell]:
        """Return the cells of the first line: a record begins, or furniture stands before it."""
        cells = [_Cell(self._as_title(line), Label.TITLE, line.total, line.wide, None, line.number)]
        if line.kind is not Kind.TEXT:
            cells.append(_Cell(2.5, Label.FURNITURE, 0, 0, None))
        return cells

    def step(self, cells: list[_Cell], before: Line, line: Line) -> list[_Cell]:
        """Return the best readings up to the next line: one for every label and beginning of its record."""
        best: dict[tuple[Label, int], _Cell] = {}
        for cell in cells:
            for label, cost, length, widest in self._moves(cell, before, line):
                total = cell.cost + cost + (_against(label, before, line) if line.mark else 0.0)
                born = line.number if label is Label.TITLE else cell.born
                held = best.get((label, born))
                if held is None or total < held.cost:
                    best[label, born] = _Cell(total, label, length, widest, cell, born)
        if len(best) <= 4:
            return list(best.values())
        # An abstract that is too long shows only at its end, so readings that began elsewhere stay in the race.
        ranked = sorted(best.values(), key=_cost)
        limit = ranked[0].cost + MARGIN
        return [cell for cell in ranked[:BEAM] if cell.cost <= limit]

    def end(self, cell: _Cell, last: Line, *, closed: bool, final: bool) -> float:
        """Return the cost of a record that ends with the block."""
        if cell.label <= Label.TITLE_ON:
            return 3.0 if final and not closed else 5.0 + _title_length(cell.length)
        if cell.label <= Label.ABSTRACT_ON:
            return 0.0 if final and not closed else self._abstract_end(cell, last)
        return 0.0

    def _moves(self, cell: _Cell, before: Line, line: Line) -> list[tuple[Label, float, int, int]]:
        if cell.label >= Label.CLOSING:
            moves = [(Label.TITLE, self._as_title(line), line.total, line.wide)]
            if line.kind is Kind.DATE or (line.kind is Kind.WEAK):
                cheap = Label.CLOSING if cell.label is Label.CLOSING and line.kind is Kind.DATE else Label.FURNITURE
                moves.append((cheap, 0.0 if cheap is cell.label else 2.5, 0, 0))
            return moves
        if cell.label <= Label.TITLE_ON:
            return self._from_title(cell, before, line)
        return self._from_abstract(cell, before, line)

    def _from_title(self, cell: _Cell, before: Line, line: Line) -> list[tuple[Label, float, int, int]]:
        widest = max(cell.widest, before.size, line.wide)
        ends = _title_length(cell.length)
        on = self.title_on + self.prose_on * max(0.0, line.prose) + self._wrapped(cell, before, line) + self._text(line)
        if self.width and before.size + 1 + line.first <= self.width - 25:
            on += 0.5
        if line.gap and self.whole:
            on += 7.0
        if before.ends:
            on += 1.5
        begin = ends + max(0.0, -line.prose) + self._break(before, line) + self._text(line)
        if before.links:
            begin += 3.0
        return [
            (Label.TITLE_ON, on, cell.length + 1 + line.total, widest),
            (Label.ABSTRACT, begin, line.total, line.wide),
            (Label.TITLE, self._bare_title(line) + ends + self._as_title(line), line.total, line.wide),
            *self._closings(line, 4.0 + ends),
        ]

    def _bare_title(self, line: Line) -> float:
        """The cost of another title after a title that has no abstract."""
        return 6.0 + 0.75 * self.another if line.gap and self.whole else 9.0 + self.another

    def _from_abstract(self, cell: _Cell, before: Line, line: Line) -> list[tuple[Label, float, int, int]]:
        length, widest = cell.length + 1 + line.total, max(cell.widest, before.size, line.wide)
        ends = self._abstract_end(cell, before)
        on = self._paragraph(cell, before, line) + 0.6 * max(0.0, -line.prose) + self._text(line)
        title = 1.0 + ends + self.another + self._as_title(line) + self._break(before, line)
        return [
            (Label.ABSTRACT_ON, on, length, widest),
            (Label.TITLE, title, line.total, line.wide),
            *self._closings(line, ends),
        ]

    def _closings(self, line: Line, ends: float) -> list[tuple[Label, float, int, int]]:
        if line.kind is Kind.WEAK:
            return [(Label.FURNITURE, 2.5 + ends, 0, 0)]
        if line.kind is Kind.DATE:
            return [(Label.CLOSING, self.lone_date + ends, 0, 0)]
        cost = organisation_cost(line) if line.followed or line.size < 60 or has_bullet(line.text) else None
        return [] if cost is None else [(Label.CLOSING, cost + ends + (0.0 if line.followed else self.undated), 0, 0)]

    def _as_title(self, line: Line) -> float:
        cost = max(0.0, line.prose) + (1.5 if line.lower else 0.0)
        return cost + (12.0 if line.kind is Kind.DATE else 1.5 if line.kind is Kind.WEAK else 0.0)

    def _text(self, line: Line) -> float:
        """A line that looks like something else is seldom the text that it then must be."""
        cost = 2.0 if line.kind is Kind.DATE else 3.0 if line.kind is Kind.WEAK else 0.0
        if self.width and line.size > self.width + 3 and line.size < SHORT:
            cost += 4.0
        return cost + (5.0 if line.followed else 0.0)

    def _break(self, before: Line, line: Line) -> float:
        cost = 3.0 if line.lower else 0.0
        if before.size < SHORT and line.size < before.size + 1 + line.first:
            cost += 0.7
        if not line.gap:
            cost += 2.5 * min(1.0, 3 * self.blanks) if self.blanks > 0.02 else 0.0
        return cost

    def _paragraph(self, cell: _Cell, before: Line, line: Line) -> float:
        """The cost of going on with an abstract: inside a wrapped paragraph, or with another paragraph."""
        if before.size <= SHORT:
            cost = self._wrapped(cell, before, line)
            if cost < 5:
                return cost + (2.0 if before.ends and not line.lower else 0.0)
        cost = self.paragraph + (4.0 if before.ends else 7.0)
        return cost + (1.5 if line.lower else 0.0) + (0.0 if line.gap else 1.0)

    def _wrapped(self, cell: _Cell, before: Line, line: Line) -> float:
        """A line of a wrapped paragraph is full: the next word would not have fitted."""
        room = before.size + 1 + line.first
        cost = 0.0
        if line.size >= room:
            cost += 7.0
        if cell.widest and room <= cell.widest:
            cost += 6.0
        elif cell.widest:
            cost -= 0.7
        if line.gap:
            cost += 0.7 + 3.0 * (1.0 - self.blanks)
        if line.lower:
            cost -= 1.0
        return cost - (1.0 if before.links else 0.0)

    def _abstract_end(self, cell: _Cell, last: Line) -> float:
        length = cell.length
        cost = 0.0 if last.ends else 3.5
        if last.links and not last.ends:
            cost += 1.5
        if length < 400:
            cost += 0.7 if length >= 200 else 2.0 if length >= 100 else 4.0 if length >= 40 else 7.0
        elif length > 2000:
            cost += 2.0 + (length - 2000) / 200
        return cost


def _against(label: Label, before: Line, line: Line) -> float:
    """The cost of a label that a person's mark of the line speaks against; marked lines in a row are one title."""
    if line.mark == "title":
        on = before.mark == "title" and line.number == before.number + 1
        fits = label is (Label.TITLE_ON if on else Label.TITLE)
    else:
        fits = label in (Label.ABSTRACT, Label.ABSTRACT_ON)
    return 0.0 if fits else AGAINST


def _cost(cell: _Cell) -> float:
    return cell.cost


def _title_length(length: int) -> float:
    if length <= 130:
        return 0.0
    return (length - 130) / 70 if length <= 200 else 1.0 + (length - 200) / 40
