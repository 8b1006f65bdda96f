"""Dates, people and counts in the ways that archives write them."""

from __future__ import annotations

from typing import Any

import pytest

from db.domain.formats.jsonfiles.jsonvalues import date, heading, names, number, people, prose, text
from db.domain.formats.people import person
from db.domain.records import Date, Person


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-02-24T18:51:04.000Z", Date(2026, 2, 24)),
        ("2026-02-24", Date(2026, 2, 24)),
        ("2026-02", Date(2026, 2)),
        ("2026/2/4", Date(2026, 2, 4)),
        ("2026", Date(2026)),
        (2026, Date(2026)),
        ("24 Feb 2026", Date(2026, 2, 24)),
        ("February 24, 2026", Date(2026, 2, 24)),
        ("Feb 2026", Date(2026, 2)),
        ("Mon, 2 Apr 2007 19:18:42 GMT", Date(2007, 4, 2)),
        (1_700_000_000, Date(2023, 11, 14)),
        (1_700_000_000_000, Date(2023, 11, 14)),
        ("2025-02-30", Date(2025, 2)),
        ("2025-13-01", Date(2025)),
        ({"date-parts": [[2022, 5, 30]]}, Date(2022, 5, 30)),
        ({"date-parts": [[None]]}, Date()),
        ("soon", Date()),
        ("", Date()),
        (None, Date()),
        (True, Date()),
        (-5, Date()),
        ([], Date()),
        ("0000-00-00", Date()),
        (10**30, Date()),
        ([[2020]], Date(2020)),
        ({"value": "2019"}, Date(2019)),
        ("99999", Date()),
    ],
)
def test_dates(value: Any, expected: Date) -> None:
    assert date(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["Bo Li", "Plato"], (Person("Li", "Bo"), Person("Plato"))),
        ([{"name": "Bo Li"}], (Person("Li", "Bo"),)),
        (
            [{"given": "Bo", "family": "Li"}, {"firstname": "A", "lastname": "Mast"}],
            (Person("Li", "Bo"), Person("Mast", "A")),
        ),
        ([{"author": {"display_name": "Bo Li"}, "author_position": "first"}], (Person("Li", "Bo"),)),
        ({"author": [{"text": "Bo Li 0001"}]}, (Person("Li", "Bo"),)),
        ({"author": {"text": "Bo Li"}}, (Person("Li", "Bo"),)),
        ("Bo Li, Ada Kettle and Plato", (Person("Li", "Bo"), Person("Kettle", "Ada"), Person("Plato"))),
        ("Li, Bo; Kettle, Ada", (Person("Li", "Bo"), Person("Kettle", "Ada"))),
        ("Li, Bo and Kettle, Ada", (Person("Li", "Bo"), Person("Kettle", "Ada"))),
        ("Li, B.", (Person("Li", "B."),)),
        ("Bo Li", (Person("Li", "Bo"),)),
        ([["Li", "Bo", ""]], (Person("Li", "Bo"),)),
        ({"value": ["Bo Li"]}, (Person("Li", "Bo"),)),
        (None, ()),
        ("", ()),
        ([], ()),
        (7, ()),
        ([None, "", {}], ()),
    ],
)
def test_people(value: Any, expected: tuple[Person, ...]) -> None:
    assert people(value) == expected


def test_person() -> None:
    assert person("van der Mast, Chiara") == Person("van der Mast", "Chiara")
    assert person("李波") == Person("李波")


def test_number() -> None:
    values = [3, "1,204", [1, 2], True, None, "37 pages", -1, 10**12, "", "2.5k"]
    assert [number(value) for value in values] == [3, 1204, 2, None, None, None, None, None, None, None]


def test_texts() -> None:
    assert text(["", "Tea\n for  two"]) == "Tea for two"
    assert text({"value": ["Tea"]}) == "Tea"
    assert text({}) == text(None) == text(False) == text([]) == ""
    assert (
        prose("<jats:title>Abstract</jats:title><jats:p>Hot <jats:italic>tea</jats:italic>, 1 < 2.</jats:p>")
        == "Hot tea, 1 < 2."
    )
    assert list(names("tea, ice;  steam")) == ["tea", "ice", "steam"]
    assert list(names([{"subject": "Tea"}, {"display_name": "Ice"}, "steam", None])) == ["Tea", "Ice", "steam"]


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (["Kettles <i>and</i> CO<sub>2</sub>"], "Kettles and CO2"),
        ('The <mml:math xmlns:mml="http://x/y"><mml:mi>α</mml:mi></mml:math> of Tea &amp; Rain', "The α of Tea & Rain"),
        ("Routing <in Rain> when a < b", "Routing <in Rain> when a < b"),
        ("<jats:italic>Thea</jats:italic> &lt;tag&gt; &amp;lt;", "Thea <tag> &lt;"),
    ],
)
def test_titles_lose_the_tags_of_services(told: object, title: str) -> None:
    assert heading(told) == title


def test_groups_among_authors_stay_whole() -> None:
    crossref = [{"name": "Kettle Collaboration", "sequence": "first"}, {"family": "Reed", "given": "Ada"}]
    assert people(crossref) == (Person("Kettle Collaboration"), Person("Reed", "Ada"))
    assert people([{"name": "Ada Reed"}]) == (Person("Reed", "Ada"),)
