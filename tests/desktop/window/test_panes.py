"""Both sides can be put away and come back as wide as they were; small windows lose no pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.window.menus import Toolbar

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


def test_where_everything_is_doubled_on_a_small_screen_one_side_has_room(empty_window: MainWindow) -> None:
    """A window of 800 x 600 pixels, of which each stands for four."""
    panes, registry = empty_window.panes, empty_window.registry
    empty_window.resize(1400, 800)
    before = panes.sizes()
    empty_window.resize(392, 270)
    assert (empty_window.width(), empty_window.height()) == (392, 270)
    assert [size > 0 for size in panes.sizes()] == [True, False, True, False]
    registry["toggle_detail"].trigger()
    sidebar, _facets, middle, detail = panes.sizes()
    assert (sidebar, middle >= 120, detail >= 230) == (0, True, True)
    assert registry["toggle_detail"].isChecked()
    registry["toggle_facets"].trigger()
    assert [size > 0 for size in panes.sizes()] == [False, True, True, False]
    registry["toggle_facets"].trigger()
    for shown in ("detail", "sidebar", "detail"):  # asked for, put away, asked for again
        registry["toggle_detail"].trigger()
        assert [size > 0 for size in panes.sizes()] == [shown == "sidebar", False, True, shown == "detail"]
    empty_window.resize(1400, 800)
    assert panes.sizes() == before


def test_a_window_that_comes_back_smaller_than_it_was_is_laid_out_at_once(empty_window: MainWindow) -> None:
    panes = empty_window.panes
    wide = {"widths": {"sidebar": 220, "detail": 600}, "shown": {"sidebar": True, "detail": True}}
    empty_window.hide()
    empty_window.resize(392, 270)
    panes.restore(wide)
    empty_window.show()
    assert sum(panes.sizes()) + 3 >= panes.width()
    assert panes.sizes()[3] == 0


def test_the_bar_says_names_where_there_is_room(empty_window: MainWindow) -> None:
    named = empty_window.findChild(Toolbar).named
    style = Qt.ToolButtonStyle
    for width, expected in ((1400, style.ToolButtonTextBesideIcon), (392, style.ToolButtonIconOnly)) * 2:
        empty_window.resize(width, 600)
        assert {button.toolButtonStyle() for button in named} == {expected}
        assert empty_window.search.width() >= 120
        corner = empty_window.search.mapTo(empty_window, empty_window.search.rect().bottomRight())
        assert empty_window.rect().contains(corner)


def test_a_small_window_does_not_make_the_sides_narrow_for_ever(empty_window: MainWindow) -> None:
    panes = empty_window.panes
    empty_window.resize(1400, 800)
    before = panes.sizes()
    empty_window.resize(700, 600)
    state = panes.state()
    panes.restore(state)
    empty_window.resize(1400, 800)
    assert panes.sizes() == before
