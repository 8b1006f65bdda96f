"""One cheap pass over a plain page before it is read: how it is laid out and in which year it was rendered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.domain.formats.lines import META_LENGTH, SHORT_LINE, Kind, Meta, known, read_line
from db.domain.formats.moments import month_and_day
from db.domain.formats.plain import habits
from db.domain.formats.plain.habits import SAMPLE, SENTENCE_ENDS, Shape
from db.domain.formats.years import Years

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.domain.formats.survey import Survey


@dataclass(slots=True)
class _Tally:
    texts: int = 0
    blanks: int = 0
    metas: int = 0
    lone_dates: int = 0
    met_dates: int = 0
    lengths: list[int] = field(default_factory=lambda: [0] * 402)
    sample: list[Shape] = field(default_factory=list)
    years: Years = field(default_factory=Years)
    page: tuple[int, int] = (0, 0)


def survey(lines: Iterable[str]) -> Survey:
    """Return what one pass over the lines tells; keeps no line."""
    tally = _Tally()
    previous, blank, furniture = Kind.BLANK, False, True
    for line in lines:
        if len(line) > META_LENGTH + 40:
            kind, meta, size = Kind.TEXT, None, len(line)
        else:
            text, kind, meta = known(line) if len(line) <= SHORT_LINE else read_line(line)
            size = len(text)
        if kind is Kind.BLANK:
            blank = True
            continue
        if kind is Kind.TEXT:
            furniture = False
            if len(tally.sample) < SAMPLE:
                tally.sample.append(_shape(line.strip(), size, blank, previous))
            _text(tally, previous, blank, size)
        elif kind in (Kind.META, Kind.DATE):
            _meta(tally, kind, meta or Meta(), previous, furniture)
        elif kind in (Kind.STRONG, Kind.WEAK):
            furniture = True
        previous, blank = kind, False
    return _verdict(tally, getattr(lines, "encoding", ""))


def _shape(line: str, size: int, blank: bool, previous: Kind) -> Shape:
    return size, line.find(" "), blank, previous is Kind.TEXT, line[-1:] in SENTENCE_ENDS


def _text(tally: _Tally, previous: Kind, blank: bool, size: int) -> None:
    tally.lengths[min(size, 401)] += 1
    if previous is Kind.TEXT:
        tally.texts += 1
        tally.blanks += blank


def _meta(tally: _Tally, kind: Kind, meta: Meta, previous: Kind, furniture: bool) -> None:
    if kind is Kind.META:
        tally.metas += 1
    elif furniture and not meta.separated:
        day = month_and_day(meta.month_day or "")
        if day and meta.year is None and day > tally.page:
            tally.page, tally.years.page_date = day, meta.month_day or ""
        return
    elif not meta.separated and previous not in (Kind.META, Kind.SEPARATOR):
        tally.lone_dates += 1
        return
    else:
        tally.met_dates += 1
    if meta.month_day:
        tally.years.date(meta.month_day, meta.year)


def _verdict(tally: _Tally, encoding: str) -> Survey:
    blanks = tally.blanks / tally.texts if tally.texts else 0.5
    dated = tally.metas + tally.met_dates > 0
    width = _width(tally.lengths)
    return replace(
        tally.years.survey("A" if dated else "C" if blanks >= 0.5 else "B", encoding),
        blanks=blanks,
        width=width,
        separated=tally.met_dates >= tally.lone_dates,
        single=habits.single(tally.sample, width),
        split=habits.split(tally.sample, width),
    )


def _width(lengths: list[int]) -> int:
    """Return the column of wrapping: where the lengths crowd and then stop."""
    total = sum(lengths)
    if total < 12 or sum(lengths[200:]) > 0.04 * total:
        return 0
    best = max(range(48, 200), key=lambda w: sum(lengths[w - 7 : w + 1]))
    crowd = sum(lengths[best - 7 : best + 1])
    if crowd < 0.3 * total:
        return 0
    while best < 200 and lengths[best + 1] >= crowd / 40:
        best += 1
    return best
