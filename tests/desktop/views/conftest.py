"""Fixtures of the views' tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import shiboken6

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from db.services.library import Library
    from desktop.context import AppContext

AddPaper = Callable[..., int]


@pytest.fixture
def add_paper(library: Library) -> AddPaper:
    """Put papers into the library: `add_paper("Title", tags=("x",), status="read")` returns the id."""
    from db import services

    def add(title: str, *, tags: tuple[str, ...] = (), **values: object) -> int:
        paper_id, _changes = services.editing.add_paper(library, {"title": title, **values})
        if tags:
            services.tagging.tag(library, [paper_id], add=list(tags))
        return int(paper_id)

    return add


@pytest.fixture
def opened(context: AppContext, library: Library) -> Iterator[AppContext]:
    """A context whose library is open; the threads end before the library is closed."""
    context.set_library(library)
    yield context
    context.tasks.shutdown()
    context.library = None


@pytest.fixture
def keep(qapp: object) -> Iterator[Callable[[QWidget], None]]:
    """Hold windows that delete themselves when they are closed, and close those that are left."""
    kept: list[QWidget] = []
    yield kept.append
    for widget in kept:
        if shiboken6.isValid(widget):
            widget.close()
