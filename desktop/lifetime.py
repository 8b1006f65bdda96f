"""Whether an answer still has somebody to hear it: a window may have been closed since the question."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def alive(callback: Callable[..., Any]) -> bool:
    """Say whether what a callback belongs to, and what a function within another one speaks of, is still there."""
    while isinstance(callback, partial):
        callback = callback.func
    return all(shiboken6.isValid(one) for one in _held(callback) if isinstance(one, QObject))


def _held(callback: Callable[..., Any]) -> Iterator[object]:
    yield getattr(callback, "__self__", None)
    for cell in getattr(callback, "__closure__", None) or ():
        try:
            yield cell.cell_contents
        except ValueError:  # not filled yet
            continue
