"""Answers whose window has been closed meanwhile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject

from desktop.lifetime import alive

if TYPE_CHECKING:
    from collections.abc import Callable


class Window(QObject):
    """Stands for any window; `told` is what reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def hear(self, *what: object) -> None:
        self.told.append(what)

    def within(self) -> Callable[[object], None]:
        return lambda what: self.hear(what)


def test_nobody_hears_once_the_window_is_gone() -> None:
    window = Window()
    ways = (window.hear, window.within(), partial(window.hear, 1), partial(window.within(), 2))
    assert all(alive(one) for one in ways)
    shiboken6.delete(window)
    assert not any(alive(one) for one in ways)
    assert alive(print)
