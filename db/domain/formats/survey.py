"""One cheap pass over a page before it is read: how it is laid out and in which year it was rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats.lines import META_LENGTH, SHORT_LINE, Kind, Meta, exists, known, month_and_day, read_line
from db.domain.formats.plain import habits
from db.domain.formats.plain.habits import SAMPLE, SENTENCE_ENDS, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Survey:
    """What holds for a whole page: dialect, render year with its evidence, and habits of the layout.

    `latest` is the latest year that the page states or proves, `search` what was searched for. `columns` maps the
    headings of a table to fields; `marks` are the lines (from 1) that a person marked as title, abstract or ignore.
    `blanks` is the share of neighbouring text lines with a blank line between; `width` the column at
    which text is wrapped (0 when it is not); `single` how sure it is (0 to 1) that abstracts have one
    paragraph; `split` how often (0 to 1) a title is broken over lines.
    """

    dialect: str = ""
    render_year: int | None = None
    evidence: str = ""
    blanks: float = 0.5
    width: int = 0
    separated: bool = True
    single: float = 0.0
    split: float = 0.0
    encoding: str = ""
    latest: int | None = None
    page_date: str = ""
    search: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Tally:
    texts: int = 0
    blanks: int = 0
    metas: int = 0
    lone_dates: int = 0
    met_dates: int = 0
    lengths: list[int] = field(default_factory=lambda: [0] * 402)
    sample: list[Shape] = field(default_factory=list)
    dates: list[Meta] = field(default_factory=list)
    yearless: int = 0
    leap: bool = False
    latest: int | None = None
    last: tuple[int, int] = (0, 0)
    last_printed: str = ""
    page: tuple[int, int] | None = None
    page_printed: str = ""


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
        if day and meta.year is None and (tally.page is None or day > tally.page):
            tally.page, tally.page_printed = day, meta.month_day or ""
        return
    elif not meta.separated and previous not in (Kind.META, Kind.SEPARATOR):
        tally.lone_dates += 1
        return
    else:
        tally.met_dates += 1
    _date(tally, meta)


def _date(tally: _Tally, meta: Meta) -> None:
    day = month_and_day(meta.month_day) if meta.month_day else None
    if day is None:
        return
    if meta.year is not None:
        if exists(*day, meta.year):
            tally.latest = max(meta.year, tally.latest or 0)
        return
    tally.yearless += 1
    tally.leap = tally.leap or day == (2, 29)
    if day > tally.last:
        tally.last, tally.last_printed = day, meta.month_day or ""


def _verdict(tally: _Tally, encoding: str) -> Survey:
    year, evidence = _render_year(tally)
    blanks = tally.blanks / tally.texts if tally.texts else 0.5
    dated = tally.metas + tally.met_dates > 0
    width = _width(tally.lengths)
    return Survey(
        dialect="A" if dated else "C" if blanks >= 0.5 else "B",
        render_year=year,
        evidence=evidence,
        blanks=blanks,
        width=width,
        separated=tally.met_dates >= tally.lone_dates,
        single=habits.single(tally.sample, width),
        split=habits.split(tally.sample, width),
        encoding=encoding,
        latest=tally.latest,
        page_date=tally.page_printed,
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


def _render_year(tally: _Tally) -> tuple[int | None, str]:
    """A bound: the year is left out in the year in which the page was rendered."""
    count = tally.yearless
    if not count:
        return None, ""
    noun = "1 date has no year" if count == 1 else f"{count} dates have no year"
    if tally.latest is None:
        return None, f"{noun} and no date states one, so the year of the page is not known"
    year = tally.latest + 1
    why = f"{noun}; the latest stated year is {tally.latest}"
    if tally.leap and not exists(2, 29, year):
        year += -year % 4
        why += ", and Feb 29 stands without a year"
    why += f", so the page is from {year} or later"
    if tally.page_printed:
        why += f"; page date {tally.page_printed}"
        if tally.page and tally.last > tally.page:
            why += f", but {tally.last_printed} is after it, so the year needs a look"
    return year, why
