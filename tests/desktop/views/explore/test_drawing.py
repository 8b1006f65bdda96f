"""The parts of the charts that can be told without a screen: scales, shapes, places, pictures."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPolygonF

from db.services.kinds import NONE, REST, Group
from desktop.models.scope import among
from desktop.views.explore.group_looks import ALONE, QUIET, looks_of_groups
from desktop.views.explore.map_paint import Sight, radius
from desktop.views.explore.marks import shape, shape_of
from desktop.views.explore.points import Points
from desktop.views.explore.time_paint import steps


@pytest.mark.parametrize("most", [0, 1, 4, 5, 6, 11, 49, 50, 51, 999, 1_000, 123_456])
def test_a_scale_is_round_and_reaches_the_top(most: int) -> None:
    scale = steps(most)
    assert scale[0] == 0
    assert scale[-1] >= max(1, most)
    assert 2 <= len(scale) <= 6
    assert str(scale[1]).strip("0") in ("1", "2", "5")


def test_groups_of_one_colour_differ_in_shape() -> None:
    looks = {(number % 8, shape_of(number)) for number in range(64)}
    assert len(looks) == 64
    assert len({shape_of(number) for number in range(8)}) == 8
    shapes = [shape(number, QPointF(), 5) for number in range(8)]
    assert all(one != other for at, one in enumerate(shapes) for other in shapes[:at])


def test_what_is_inside_a_line_and_what_is_near() -> None:
    points = Points(array("f", [0.1, 0.5, 0.52, 0.9]), array("f", [0.1, 0.5, 0.5, 0.9]), [0, 1, 1, -1], ())
    square = QPolygonF([QPointF(0.4, 0.4), QPointF(0.6, 0.4), QPointF(0.6, 0.6), QPointF(0.4, 0.6)])
    assert points.within(square) == [1, 2]
    assert points.within(QPolygonF([QPointF(0, 0), QPointF(1, 1)])) == []
    assert points.nearest(0.53, 0.5, 0.01 + 1e-6) == 2
    assert points.nearest(0.3, 0.3, 0.01) == -1
    assert points.of_group(1) == [1, 2]
    assert sorted(points.in_sight(QPointF(0, 0), QPointF(1, 1))) == [0, 1, 2, 3]
    assert points.in_sight(QPointF(0.8, 0.8), QPointF(1, 1)) == [3]
    assert Points(array("f"), array("f"), [], ()).nearest(0.5, 0.5, 1) == -1


@pytest.mark.parametrize("sight", [Sight(), Sight(3.0, 0.4, 0.6)])
def test_a_place_comes_back_from_the_screen(sight: Sight) -> None:
    size = QSizeF(640, 400)
    back = sight.to_map(sight.to_screen(0.3, 0.7, size), size)
    assert (back.x(), back.y()) == (pytest.approx(0.3), pytest.approx(0.7))


def test_marks_shrink_in_a_crowd_and_grow_when_near() -> None:
    assert radius(100, 1) > radius(1_000, 1) > radius(100_000, 1) >= 2
    assert radius(1_000, 4) > radius(1_000, 1)


def test_what_is_alone_does_not_recede(qapp: object) -> None:
    assert [one.colour for one in looks_of_groups([Group(NONE, "", 3)], "dump")] == [ALONE]
    both = looks_of_groups([Group(7, "<i>x</i>", 2, 4), Group(REST, "", 1), Group(NONE, "", 3)], "tag")
    assert [(one.name, one.colour) for one in both] == [("<i>x</i>", 4), ("other tags", QUIET), ("no tag", QUIET)]


@pytest.mark.parametrize(("ids", "text"), [([], "among:"), ([5], "among:5"), ([9, 3, 5, 4], "among:3-5,9")])
def test_a_choice_of_papers_is_written_in_runs(ids: list[int], text: str) -> None:
    assert among(ids) == text
