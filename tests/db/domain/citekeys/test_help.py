"""The help page of citation keys says what the language does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.domain.citekeys import PRESETS, KeyPattern, Work
from db.domain.citekeys.tokens import MODIFIERS, TOKENS
from db.domain.records import Person

HELP = (Path(__file__).parents[4] / "resources" / "help" / "keys.md").read_text(encoding="utf-8")
PAPER = Work("Quiet Harbours at Night", [Person("Doe", "Jane"), Person("Roe", "Richard"), Person("Smith", "Sam")], 2024)
NAMELESS = Work(PAPER.title, (), PAPER.year)
SHOWN = re.findall(r"^- \*\*(.+?)\*\*: `(.+?)`\n  gives `(.+?)`, `(.+?)`$", HELP, re.MULTILINE)


def test_every_ready_made_pattern_is_shown() -> None:
    assert [pattern for _name, pattern, *_keys in SHOWN] == [preset.pattern for preset in PRESETS]


@pytest.mark.parametrize(("name", "pattern", "key", "nameless"), SHOWN)
def test_the_keys_that_are_shown_are_made(name: str, pattern: str, key: str, nameless: str) -> None:
    assert KeyPattern(pattern).propose(PAPER) == key
    assert KeyPattern(pattern).propose(NAMELESS) == nameless


@pytest.mark.parametrize("token", sorted(TOKENS))
def test_every_token_is_explained(token: str) -> None:
    assert re.search(rf"^\|.*`\{{{re.escape(token)}[\d(}}]", HELP, re.MULTILINE)


@pytest.mark.parametrize("modifier", MODIFIERS)
def test_every_modifier_is_explained(modifier: str) -> None:
    assert re.search(rf"^\|.*`\.{modifier}`", HELP, re.MULTILINE)


def test_what_is_said_of_patterns_is_so() -> None:
    assert KeyPattern("{authors.abbr}").propose(PAPER) == "DRS"
    assert KeyPattern("{title.abbr}").propose(PAPER) == "qhn"
    assert KeyPattern("{auth|title.first}{year}{title.first}").propose(NAMELESS) == "quiet2024harbours"
    assert KeyPattern("{auth.lower}").propose(Work("", [Person("王", "伟")])) == "wang"
    for pattern in re.findall(r"`(\{.+?\})`", HELP):
        KeyPattern(pattern)
