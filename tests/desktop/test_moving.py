"""What the window says once it has begun anew: where the library is, or why it has not moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services.library import Library
from desktop.moving import Anew

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.context import AppContext


@pytest.mark.parametrize(("opened", "told"), [("new.sheaf", ["It lives there now."]), ("other.sheaf", [])])
def test_where_the_library_is_is_said_once_when_that_very_library_opens(
    context: AppContext, tmp_path: Path, opened: str, told: list[str]
) -> None:
    said: list[str] = []
    context.notified.connect(lambda notice: said.append(notice.text))
    Anew(str(tmp_path / "new.sheaf"), said="It lives there now.").tell(context)
    assert said == []

    context.set_library(Library.open(tmp_path / opened))
    context.opened.emit()

    assert said == told


def test_why_it_has_not_moved_is_said_and_not_where_it_is(context: AppContext, tmp_path: Path) -> None:
    failures: list[LibraryError] = []
    said: list[str] = []
    context.failed.connect(failures.append)
    context.notified.connect(lambda notice: said.append(notice.text))
    error = LibraryError("The disk is full.")
    Anew(str(tmp_path / "old.sheaf"), failed=error).tell(context)

    context.set_library(Library.open(tmp_path / "old.sheaf"))

    assert (failures, said) == ([error], [])
