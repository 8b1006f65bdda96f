"""Python's search for cyclic garbage, made rarer while many values pass by that reference counts free."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ALIVE = 50_000
"""Containers that come to be, and stay, between two searches; a batch of records has some ten thousand."""


@contextmanager
def rarely() -> Iterator[None]:
    """Search seldom inside: an import or export is a tenth to a fifth faster, and no cycle of its own waits long."""
    before = gc.get_threshold()
    gc.set_threshold(ALIVE, 4, 4)
    try:
        yield
    finally:
        gc.set_threshold(*before)
