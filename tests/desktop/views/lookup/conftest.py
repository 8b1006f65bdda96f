"""The services on this computer, and the look-up as the window opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from desktop.views.lookup.dialog import LookupDialog
from tests.desktop.conftest import TITLES
from tests.localservices import Services, Told, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

Open = Callable[[], LookupDialog]
OTHER = "We bake bread at altitude and tell how the crust depends on flour, oven and baker, in three villages."
"""An abstract of something else: with it, a work of the same title may be another one."""


def told(number: int, **facts: object) -> Told:
    """Return a paper of the small dump as services know it."""
    title = TITLES[number]
    abstract = f"We study {title.lower()} in depth, with {number + 1} experiments on public data and a proof."
    known = {"arxiv_id": f"2403.{number + 1:05d}", "day": f"2024-03-{number + 1:02d}", "abstract": abstract} | facts
    return Told(title, (("Ada", f"Reed{number}"), ("Bo", "Fern")), **known)  # type: ignore[arg-type]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Four services that know the first four papers."""
    with running(Services([told(number) for number in range(4)])) as serving:
        monkeypatch.setenv("SHEAF_LOOKUP_AT", serving.address)
        yield serving


@pytest.fixture
def open_it(full_window: MainWindow, qtbot: QtBot, keep: Callable[[QWidget], None]) -> Open:
    """Open the look-up by its action, and wait until it can begin."""

    def open_dialog() -> LookupDialog:
        full_window.registry["look_up"].trigger()
        (made,) = (one for one in full_window.findChildren(LookupDialog) if one.isVisible())
        keep(made)
        qtbot.waitUntil(lambda: bool(made.start.boxes))
        return made

    return open_dialog


@pytest.fixture
def dialog(known: Services, open_it: Open) -> LookupDialog:
    """The look-up of all five papers that the window shows."""
    return open_it()
