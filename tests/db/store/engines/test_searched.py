"""Words as PostgreSQL gets them: the same that SQLite's index has of any text."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.store.engines import searched

TEXTS = (
    "Über-große Straßen: naïve Ħ ﬁt",
    "x\u0301y e\u0301 \u0301z",
    "量子計算 and Κβαντική ΆΈ İstanbul ſ µ",
    "C++ R&D don't 10.48550/arXiv.2403.1 a_b",
    "👩‍🔬 ①②³ ½ Ⅻ",
    "",
)


def indexed(text: str) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as file:
        file.execute(f"CREATE VIRTUAL TABLE said USING fts5(words, tokenize = '{searched.TOKENIZER}')")
        file.execute("CREATE VIRTUAL TABLE word USING fts5vocab(said, 'instance')")
        file.execute("INSERT INTO said VALUES (?)", (text,))
        return [term for (term,) in file.execute("SELECT term FROM word ORDER BY offset")]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_sqlite(text: str) -> None:
    assert searched.words(text) == indexed(text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_words_of_any_text_are_those_of_sqlite(text: str) -> None:
    assert searched.words(text) == indexed(text)


def test_a_paper_is_its_words_with_places_and_columns() -> None:
    made = searched.vector([("title", "Amber lanterns"), ("notes", "amber"), ("authors", None), ("key", "amber-2021")])
    assert made == (
        "'amber':1A,4C,7D '^amber':1A 'lanterns':2A '^lanterns':2A '=amber':7D '2021':8D '=2021':8D",
        5,
    )


@pytest.mark.parametrize(
    ("expression", "asked"),
    [
        ('"amber"', "'amber'"),
        ('"amber lan"*', "('amber' <-> 'lan':*)"),
        ('title : "amber" AND authors : "kim"*', "'^amber' & '@kim':*"),
        ('{title authors key} : "kim"', "('^kim' | '@kim' | '=kim')"),
        ('{title abstract} : ("kim lo" OR "or"*)', "(('kim':AB <-> 'lo':AB) | 'or':*AB)"),
        ('notes : "AND"', "'and':C"),
        ('{title} : (("a" AND abstract : "b") OR "c")', f"(('^a' & {searched.NOTHING}) | '^c')"),
        ('"a ""b"""', "('a' <-> 'b')"),
        ('"++"', searched.NOTHING),
        ("", searched.NOTHING),
    ],
)
def test_expressions(expression: str, asked: str) -> None:
    assert searched.query(expression) == asked


@pytest.mark.parametrize(
    ("expression", "alone"),
    [
        ('title : "amber lan"*', True),
        ('{title authors key} : "kim" AND key : "o"', True),
        ('title : "amber" AND "kim"', False),
        ('{title notes} : "amber"', False),
        ('"amber"', False),
    ],
)
def test_what_asks_for_names_alone_is_told(expression: str, alone: bool) -> None:
    assert searched.asked(expression).in_heads == alone
