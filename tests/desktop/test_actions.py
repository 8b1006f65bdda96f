"""The one table of actions: no key twice, no name twice, mnemonics that work."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from desktop.action import MENUS, NEEDS
from desktop.actions import ACTIONS, BY_ID, OVERFLOW, TOOLBAR
from desktop.window.menus import PAPER_MENU


def test_no_key_is_given_twice() -> None:
    keys = Counter(QKeySequence(key).toString() for action in ACTIONS for key in action.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_is_a_key() -> None:
    assert all(not QKeySequence(key).isEmpty() for action in ACTIONS for key in action.keys)


def test_names_and_texts_are_given_once() -> None:
    assert len(BY_ID) == len(ACTIONS)
    places = Counter((action.menu, action.submenu, action.plain) for action in ACTIONS)
    assert max(places.values()) == 1


@pytest.mark.parametrize("menu", MENUS)
def test_mnemonics_are_there_and_unique(menu: str) -> None:
    for submenu in {action.submenu for action in ACTIONS if action.menu == menu}:
        texts = [a.text for a in ACTIONS if (a.menu, a.submenu) == (menu, submenu)]
        if not submenu:
            texts += sorted({a.submenu for a in ACTIONS if a.menu == menu and a.submenu})
        letters = Counter(text[text.index("&") + 1].casefold() for text in texts if "&" in text)
        assert [letter for letter, times in letters.items() if times > 1] == []
        assert len([text for text in texts if "&" not in text]) <= 2


def test_menus_and_needs_exist() -> None:
    assert {action.menu for action in ACTIONS} == set(MENUS)
    assert {action.needs for action in ACTIONS} <= set(NEEDS)
    groups = [*OVERFLOW, *PAPER_MENU, TOOLBAR]
    assert {name for group in groups for name in group} <= set(BY_ID)
