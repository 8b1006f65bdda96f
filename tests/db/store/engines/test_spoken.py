"""The statements of the store in PostgreSQL's SQL: what changes, what is left alone, and where the values go."""

from __future__ import annotations

import pytest

from db.store import bulk, livefiles, usedkeys
from db.store.engines.spoken import spoken


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("SELECT id FROM paper WHERE year = ? AND title = ?", "SELECT id FROM paper WHERE year = %s AND title = %s"),
        ("DELETE FROM t WHERE id IN (SELECT value FROM json_each(?))", "DELETE FROM t WHERE id = ANY(%s)"),
        ("SELECT 1 WHERE x NOT IN (SELECT value FROM json_each(?))", "SELECT 1 WHERE x <> ALL(%s)"),
        ("INSERT OR IGNORE INTO t (a) VALUES (?)", "INSERT INTO t (a) VALUES (%s) ON CONFLICT DO NOTHING"),
        ("SELECT a FROM b CROSS JOIN c ON c.x = b.x", "SELECT a FROM b JOIN c ON c.x = b.x"),
        ("ORDER BY +title_sort ASC, +venue DESC", "ORDER BY title_sort ASC, venue DESC NULLS LAST"),
        ("ORDER BY author_count ASC", "ORDER BY author_count ASC NULLS FIRST"),
        ("version = version + 1", "version = version + 1"),
        ("CREATE TEMP TABLE x (key TEXT PRIMARY KEY) WITHOUT ROWID", "CREATE TEMP TABLE x (key TEXT PRIMARY KEY)"),
    ],
)
def test_idioms(said: str, understood: str) -> None:
    assert spoken(said, compiled=False).sql == understood


@pytest.mark.parametrize(
    "text", ["a ? b", "x LIKE y", "IN (SELECT value FROM json_each(?))", "it''s CROSS JOIN", "temp.x"]
)
def test_nothing_inside_quotes_is_touched(text: str) -> None:
    assert spoken(f"SELECT '{text}' FROM \"{text}\" WHERE a = ?", compiled=False).sql == (
        f"SELECT '{text}' FROM \"{text}\" WHERE a = %s"
    )


def test_a_percent_sign_is_no_place_for_a_value() -> None:
    assert spoken("SELECT '5 %', 7 % 3, ?", compiled=False).sql == "SELECT '5 %%', 7 %% 3, %s"
    assert spoken("SELECT '5 %%', %(a)s", compiled=True).sql == "SELECT '5 %%', %(a)s"


def test_values_that_have_numbers_go_wherever_they_are_asked_for() -> None:
    said = spoken("SELECT ?2, ?1, ?2", compiled=False)
    assert (said.sql, said.values(("a", "b"))) == ("SELECT %s, %s, %s", ("b", "a", "b"))


def test_lists_become_arrays() -> None:
    said = spoken(usedkeys._SMALL, compiled=False)
    assert said.values(('["a", "b"]',)) == (["a", "b"],) * 4
    named = spoken("SELECT 1 WHERE id IN (SELECT value FROM json_each(%(ids)s)) AND x = %(x)s", compiled=True)
    assert named.values({"ids": "[1, 2]", "x": "[1]"}) == {"ids": [1, 2], "x": "[1]"}
    assert named.values({"ids": "[]", "x": None}) == {"ids": [], "x": None}


@pytest.mark.parametrize(
    ("statement", "kind"), [(livefiles._KEYS, "bigint"), (livefiles._BY_ALIAS, "text"), (bulk._DIRTY, "bigint")]
)
def test_lists_that_are_joined_have_the_type_of_what_they_are_compared_with(statement: str, kind: str) -> None:
    assert f"unnest(%s::{kind}[]) WITH ORDINALITY AS j(value, key)" in spoken(statement, compiled=False).sql


def test_what_is_searched_for_becomes_a_tsquery() -> None:
    said = spoken("SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? AND rowid <> ?", compiled=False)
    assert said.sql == "SELECT rowid FROM paper_fts WHERE words @@ %s::tsquery AND rowid <> %s"
    assert said.values(('title : "lantern"*', 7)) == ("'^lantern':*", 7)


def test_words_of_names_are_looked_up_where_they_are_alone() -> None:
    said = spoken("SELECT rowid FROM paper_fts /*heads*/ WHERE paper_fts MATCH ?", compiled=False)
    assert said.sql == "SELECT rowid FROM paper_fts_heads WHERE words @@ %s::tsquery"
