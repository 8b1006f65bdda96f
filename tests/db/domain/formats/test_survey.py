"""The render year and its evidence."""

from __future__ import annotations

from db.domain.formats import resolve
from db.domain.formats.plain.surveying import survey
from db.domain.formats.years import Years
from db.domain.records import Date, Record


def dated(*dates: str, header: str = "") -> list[str]:
    lines = ["Daily Papers", header] if header else []
    for date in dates:
        lines += ["Paper Boats", "We fold boats in a harbour.", "  • 2 authors", "·", date]
    return lines


def test_one_more_than_the_latest_stated_year() -> None:
    found = survey(dated("Mar 3", "May 4, 2024 2", "Jun 1, 2019", header="Oct 31"))
    assert found.render_year == 2025
    assert found.evidence == (
        "1 date has no year; the latest stated year is 2024, so the page is from 2025 or later; page date Oct 31"
    )


def test_never_a_guess_from_nothing() -> None:
    assert survey(dated("Mar 3", "May 4")).render_year is None
    assert survey(dated("Mar 3, 2020")).render_year is None
    assert survey(["Paper Boats", "We fold boats."]).render_year is None


def test_a_leap_day_without_year_raises_the_bound() -> None:
    assert survey(dated("Feb 29", "May 4, 2021")).render_year == 2024


def test_a_date_after_the_page_date_is_said() -> None:
    assert "Dec 9 is after it" in survey(dated("Dec 9", "May 4, 2021", header="Oct 31")).evidence


def test_resolve_marks_what_it_infers() -> None:
    record = Record("Paper Boats", date=Date(None, 3, 18))
    assert resolve(record, 2025, "why").date == Date(2025, 3, 18, True, "why")
    assert resolve(record, None, "").date.iso() is None
    stated = Record("Paper Boats", date=Date(2020, 3, 18))
    assert resolve(stated, 2025, "why") is stated
    leap = Record("Paper Boats", date=Date(None, 2, 29))
    assert resolve(leap, 2025, "why").date.year is None


def test_every_layout_weighs_the_date_of_the_page() -> None:
    years = Years(page_date="Oct 2")
    years.date("May 4", 2024)
    years.date("Nov 9", None)
    assert years.verdict() == (
        2025,
        "1 date has no year; the latest stated year is 2024, so the page is from 2025 or later; page date Oct 2, "
        "but Nov 9 is after it, so the year needs a look",
    )
