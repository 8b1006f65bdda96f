"""The table of keys that every ready-made pattern makes: a key that differs from it has moved, and none may.

Never renew the table to make this pass: documents cite these keys. New rows and patterns are added by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.domain.citekeys import PRESETS, KeyPattern, Work, key_parts, valid_key
from db.domain.records import Person

TABLE = json.loads((Path(__file__).parents[3] / "golden" / "citation_keys.json").read_text(encoding="utf-8"))


def work(row: dict[str, Any]) -> Work:
    people = {name: [Person(*one) for one in row.get(name, [])] for name in ("authors", "editors")}
    rest = {name: row.get(name) for name in ("year", "arxiv_id", "doi", "venue", "organization")}
    return Work(row["title"], **people, **rest)


def test_the_table_has_every_ready_made_pattern() -> None:
    assert {one.name: one.pattern for one in PRESETS}.items() <= TABLE["patterns"].items()
    assert all(row["keys"].keys() == TABLE["patterns"].keys() for row in TABLE["papers"])


@pytest.mark.parametrize("row", TABLE["papers"], ids=lambda row: row["title"][:24] + str(row.get("year", "")))
def test_no_key_has_moved(row: dict[str, Any]) -> None:
    one = work(row)
    made = {name: KeyPattern(pattern).propose(one) for name, pattern in TABLE["patterns"].items()}
    assert made == row["keys"]
    assert all(valid_key(key) is None for key in made.values())
    parts = key_parts(one.title, one.authors)
    assert made == {name: KeyPattern(pattern).propose(one, parts) for name, pattern in TABLE["patterns"].items()}


def test_the_ready_made_patterns_are_named_once() -> None:
    assert len({one.name for one in PRESETS}) == len({one.pattern for one in PRESETS}) == len(PRESETS)
