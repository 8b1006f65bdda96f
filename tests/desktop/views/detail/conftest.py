"""A pane on the screen, over a library with a few papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from desktop.views.detail import DetailPane

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.context import AppContext

AddPaper = Callable[..., int]


@pytest.fixture
def first(add_paper: AddPaper) -> int:
    """A paper with most fields, tagged."""
    return add_paper(
        "Aligning Models: A Survey",
        abstract="We survey models. Code at github.com/x/y.",
        date="2024-03-18",
        venue="ICML",
        tags=("alignment",),
    )


@pytest.fixture
def second(add_paper: AddPaper) -> int:
    """A paper that shares the venue with the first."""
    return add_paper("On Reward Models", date="2023", venue="ICML", starred=True)


@pytest.fixture
def pane(qtbot: QtBot, opened: AppContext) -> DetailPane:
    """The pane on the screen, still empty."""
    opened.settle()
    made = DetailPane(opened)
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show()
    qtbot.waitExposed(made)
    return made
