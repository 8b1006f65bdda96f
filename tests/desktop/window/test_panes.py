"""Both sides can be put away and come back as wide as they were; small windows lose no pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


def test_a_side_comes_back_as_wide_as_it_was(empty_window: MainWindow) -> None:
    panes = empty_window.panes
    empty_window.resize(1400, 800)
    panes.setSizes([300, 0, 700, 398])
    panes._remember()
    before = panes.sizes()
    panes.toggle("detail")
    assert panes.sizes()[3] == 0
    assert not empty_window.registry["toggle_detail"].isChecked()
    panes.toggle("detail")
    assert panes.sizes() == before
    assert empty_window.registry["toggle_detail"].isChecked()


def test_state_survives_json_and_forgives_rubbish(empty_window: MainWindow) -> None:
    panes = empty_window.panes
    panes.set_shown("sidebar", False)
    state = panes.state()
    panes.restore({})
    assert panes.is_shown("sidebar")
    panes.restore(state)
    assert not panes.is_shown("sidebar")
    panes.restore({"widths": 3, "shown": [1]})
    assert panes.is_shown("sidebar")


def test_in_a_small_window_every_pane_keeps_a_place(empty_window: MainWindow) -> None:
    empty_window.resize(800, 600)
    panes = empty_window.panes
    assert all(size >= 150 for size in (panes.sizes()[0], *panes.sizes()[2:]))
    panes.set_shown("facets", True)
    assert all(size >= 150 for size in panes.sizes())
    assert empty_window.width() == 800


def test_the_filters_take_the_place_of_what_has_no_room(empty_window: MainWindow) -> None:
    panes = empty_window.panes
    empty_window.resize(1400, 800)
    panes.set_shown("facets", True)
    before = panes.sizes()
    assert all(before)
    empty_window.resize(660, 600)
    sidebar, facets, middle, detail = panes.sizes()
    assert (sidebar, panes.is_shown("sidebar")) == (0, True)
    assert (facets >= 150, middle >= 200, detail >= 240) == (True, True, True)
    assert empty_window.width() == 660
    empty_window.resize(1400, 800)
    assert panes.sizes() == before


def test_a_small_window_does_not_make_the_sides_narrow_for_ever(empty_window: MainWindow) -> None:
    panes = empty_window.panes
    empty_window.resize(1400, 800)
    before = panes.sizes()
    empty_window.resize(700, 600)
    state = panes.state()
    panes.restore(state)
    empty_window.resize(1400, 800)
    assert panes.sizes() == before
