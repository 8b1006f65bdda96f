"""Explore in the real window: what it shows of the table's papers, and what a click does to the table."""

from __future__ import annotations

import csv
import io
import random
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from db import services
from desktop.context import EVERYTHING
from desktop.views.explore.map_missing import MapMissing
from desktop.views.explore.window import ExploreWindow, of_both
from desktop.views.tag_picker import TagPicker
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.theme import Theme
    from desktop.views.explore.topic_canvas import TopicCanvas
    from desktop.window.main_window import MainWindow

KITE, BOAT = "kite wind string tail bamboo meadow".split(), "boat sail harbour keel anchor rudder".split()
HOSTILE = "<img src='file:///nowhere'><b>Kite</b> of bamboo"


@pytest.fixture
def papers(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window over ten papers about kites, tagged, and ten about boats; two are dated to the month."""
    library, dice = window.context.library, random.Random(2)
    assert library is not None
    for at in range(20):
        words = KITE if at % 2 else BOAT
        title = HOSTILE if at == 1 else " ".join(dice.sample(words, 4))
        values = {"title": title, "abstract": " ".join(dice.choices(words, k=15))}
        if at < 4:
            values["date"] = f"{2020 + at // 2}-0{at + 1}"
        paper_id, _ = services.editing.add_paper(library, values)
        if at % 2:
            services.tagging.tag(library, [paper_id], add=["<b>kites</b>", "all"])
    window.context.announce(EVERYTHING)
    qtbot.waitUntil(lambda: window.table.model.rowCount() == 20)
    settle(window, qtbot)
    return window


def opened(window: MainWindow, qtbot: QtBot, *, wait: bool = True) -> ExploreWindow:
    window.registry["explore"].trigger()
    (found,) = [one for one in window.findChildren(ExploreWindow) if one.isVisible()]
    if wait:
        qtbot.waitUntil(lambda: found.survey is not None, timeout=60_000)
        qtbot.waitUntil(lambda: bool(found.time.chart.drawing.looks))
        settle(window, qtbot)
    return found


def shown(window: MainWindow) -> set[str]:
    rows = (window.table.model.paper(row) for row in range(window.table.model.rowCount()))
    return {paper.title for paper in rows if paper is not None}


def is_about(title: str, words: list[str]) -> bool:
    return any(word in title.lower() for word in words)


def test_topics_are_listed_and_lead_to_the_table(papers: MainWindow, qtbot: QtBot) -> None:
    explore = opened(papers, qtbot)
    groups = explore.map.groups
    counts = [int(groups.topLevelItem(row).text(1)) for row in range(groups.topLevelItemCount())]  # type: ignore[union-attr]
    assert sum(counts) == 20
    groups.setFocus()
    groups.setCurrentItem(groups.topLevelItem(0))  # type: ignore[arg-type]
    assert len(explore.map.chosen_ids()) == counts[0]
    QTest.keyClick(groups, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: papers.table.model.rowCount() == counts[0])
    settle(papers, qtbot)
    titles = shown(papers)
    assert all(is_about(one, KITE) for one in titles) or all(is_about(one, BOAT) for one in titles)
    assert papers.table.scope_bar.words() == "A choice of papers"
    papers.table.scope_bar.close_button.click()
    qtbot.waitUntil(lambda: papers.table.model.rowCount() == 20)
    explore.close()


@pytest.mark.parametrize(("typed", "both"), [("kite OR boat", 2), ('"kite', 1), ("sail", 0), ("", 2)])
def test_what_is_clicked_narrows_the_whole_search(papers: MainWindow, typed: str, both: int) -> None:
    library = papers.context.library
    assert library is not None
    for title in ("A kite", "A boat"):
        services.editing.add_paper(library, {"title": title, "date": "2031"})
    found = services.searching.find(library, of_both(typed, "year:2031"))
    assert found.total == both
    assert not found.problems


def test_a_line_around_papers_chooses_them_to_be_tagged(papers: MainWindow, qtbot: QtBot) -> None:
    explore = opened(papers, qtbot)
    canvas = explore.map.canvas
    assert not explore.map.tag_button.isEnabled()
    corners = [QPoint(1, 1), QPoint(canvas.width() - 2, 1), QPoint(canvas.width() - 2, canvas.height() - 2)]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(canvas, corner)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(1, canvas.height() - 2))
    assert len(explore.map.chosen_ids()) == 20
    assert explore.map.picked.text() == "20 papers chosen"
    explore.map.tag_button.click()
    (picker,) = explore.findChildren(TagPicker)
    qtbot.waitUntil(lambda: picker.model.rowCount() == 2)  # the tags that there are
    picker.line.setText("seen")
    qtbot.waitUntil(lambda: picker.model.rowCount() > 0)
    settle(papers, qtbot)
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    library = papers.context.library
    assert library is not None
    qtbot.waitUntil(lambda: services.searching.find(library, "tag:seen").total == 20)
    picker.close()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, canvas.height() - 3))
    assert explore.map.picked.text() == "Nothing chosen"
    explore.close()


def test_pointing_names_a_paper_as_plain_text(
    papers: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.views.explore import topic_map

    said: list[str] = []
    monkeypatch.setattr(topic_map.QToolTip, "showText", lambda _at, text, _widget: said.append(text))
    explore = opened(papers, qtbot)
    canvas, points = explore.map.canvas, explore.map.canvas.points
    assert points is not None
    assert explore.survey is not None
    at = list(explore.survey.ids).index(2)
    where = canvas.sight.to_screen(points.x[at], points.y[at], canvas.size().toSizeF())
    assert canvas.point_at(where) >= 0
    canvas._hover(at)
    qtbot.waitUntil(lambda: bool(said))
    assert "&lt;b&gt;Kite" in said[0]
    assert "<b>" not in said[0]
    explore.close()


def test_colours_by_tag_follow_what_is_tagged(papers: MainWindow, qtbot: QtBot) -> None:
    explore = opened(papers, qtbot)
    box = explore.map.colour
    box.setCurrentIndex(1)
    box.activated.emit(1)

    def names() -> list[str]:
        return [one.name for one in explore.map.canvas.points.looks] if explore.map.canvas.points else []

    qtbot.waitUntil(lambda: names() == ["<b>kites</b>", "all", "no tag"])
    papers.context.run("Tag", lambda library: services.tagging.tag(library, [1], add=["boats"]))
    qtbot.waitUntil(lambda: "boats" in names())
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert "boats" not in names()
    explore.close()


def test_the_map_is_enlarged_by_wheel_keys_and_back(papers: MainWindow, qtbot: QtBot) -> None:
    explore = opened(papers, qtbot)
    canvas = explore.map.canvas
    canvas.setFocus()
    QTest.keyClicks(canvas, "++")
    assert canvas.sight.zoom > 1.5
    before = canvas.sight
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.sight.x < before.x
    QTest.keyClicks(canvas, "0")
    assert (canvas.sight.zoom, canvas.sight.x) == (1.0, 0.5)
    turn(canvas, 0, 120)
    notch = canvas.sight.zoom
    assert notch > 1.2
    for _ in range(8):
        turn(canvas, 0, -15)
    assert canvas.sight.zoom == pytest.approx(1.0)
    turn(canvas, 0, 120)
    turn(canvas, 120, 0)  # to the side
    assert canvas.sight.zoom == pytest.approx(notch)
    explore.close()


def turn(canvas: TopicCanvas, across: int, down: int) -> None:
    """Turn a wheel, or move two fingers on a touchpad, over the middle of the map."""
    middle = canvas.rect().center().toPointF()
    at = canvas.mapToGlobal(middle)
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    turned = QWheelEvent(middle, at, QPoint(), QPoint(across, down), Qt.MouseButton.NoButton, none, phase, False)
    QApplication.sendEvent(canvas, turned)


def test_what_has_no_date_is_said_and_shown(papers: MainWindow, qtbot: QtBot) -> None:
    explore = opened(papers, qtbot)
    explore.tabs.setCurrentIndex(1)
    time = explore.time
    assert [(bar.year, bar.month) for bar in time.chart.drawing.bars][:2] == [(2020, 1), (2020, 2)], "few years: months"
    assert "16 of 20 papers without a date" in time.left_out.text()
    time.step.setCurrentIndex(0)
    time.step.activated.emit(0)
    assert [(bar.year, bar.papers) for bar in time.chart.drawing.bars] == [(2020, 2), (2021, 2)]
    time.chart.setFocus()
    QTest.keyClick(time.chart, Qt.Key.Key_End)
    assert time.said.text().startswith("2021: 2 papers")
    assert time.chart.accessibleDescription() == time.said.text()
    QTest.keyClick(time.chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: papers.table.model.rowCount() == 2)
    assert papers.search.text() == "year:2021"
    time.show_undated.click()
    qtbot.waitUntil(lambda: papers.table.model.rowCount() == 16)
    explore.close()


def test_terms_and_pairs_of_tags_search_within_what_is_explored(papers: MainWindow, qtbot: QtBot) -> None:
    papers.sidebar.set_scope('tag:"all"')
    qtbot.waitUntil(lambda: papers.table.model.rowCount() == 10)
    explore = opened(papers, qtbot)
    assert explore.title.text() == "10 papers · Tagged “all”"
    lines = {line.name: line for line in explore.terms.list.lines}
    assert not {"boat", "boats"} & set(lines)
    line = next(line for line in explore.terms.list.lines if line.count < 10)
    explore.terms.search_wanted.emit(line.text)
    qtbot.waitUntil(lambda: papers.table.model.rowCount() == line.count)
    explore.tabs.setCurrentIndex(3)
    pairs = explore.together.list
    assert [(one.name, one.count) for one in pairs.lines] == [("<b>kites</b> + all", 10)]
    pairs.setFocus()
    QTest.keyClick(pairs, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: papers.table.model.rowCount() == 10)
    explore.close()


def test_the_window_opens_once_and_takes_what_the_table_shows(papers: MainWindow, qtbot: QtBot) -> None:
    explore = opened(papers, qtbot)
    papers.search.setText("kite")
    papers.search.flush()
    explore.take_button.click()  # the table may still ask, or show only those with the word in their title
    qtbot.waitUntil(lambda: explore.asked is not None and len(explore.asked.ids) == 10)
    assert opened(papers, qtbot) is explore
    assert explore.asked is not None
    assert set(explore.asked.ids) == set(papers.table.model.ids)
    assert explore.survey is not None
    assert len(explore.survey.ids) == 10
    explore.close()


def test_it_can_be_cancelled_and_closed_at_work(papers: MainWindow, qtbot: QtBot) -> None:
    explore = opened(papers, qtbot, wait=False)
    assert explore.cancel_button.isVisible()
    explore.cancel_button.click()
    assert explore.at_work.text() == "Stopped."
    assert not explore.cancel_button.isVisible()
    explore.take_button.click()
    explore.close()
    settle(papers, qtbot)


def test_without_the_extra_a_sentence_says_how_to_get_it(
    papers: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.exploring, "has_map", lambda: False)
    explore = opened(papers, qtbot)
    (missing,) = explore.tabs.widget(0).findChildren(MapMissing)
    assert "scikit-learn" in missing.command.text()
    assert explore.terms.list.lines
    explore.close()


def test_numbers_and_pictures_leave(
    papers: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    explore = opened(papers, qtbot)
    for tab in (explore.map, explore.time, explore.terms, explore.together):
        tab.foot.copy_numbers.click()
        rows = list(csv.reader(io.StringIO(QGuiApplication.clipboard().text())))
        assert len(rows) > 1
        assert len({len(row) for row in rows[:2]}) == 1
    for tab, stem, drawn in ((explore.map, "map", explore.map.canvas), (explore.time, "time", explore.time.chart)):
        for ending in ("png", "svg"):
            target = tmp_path / f"{stem}.{ending}"
            monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, target=target: (str(target), ""))
            save = next(one for one in tab.foot.findChildren(type(tab.foot.copy_numbers)) if "Save" in one.text())
            save.click()
            qtbot.waitUntil(target.exists)
        assert QImage(str(tmp_path / f"{stem}.png")).width() == 2 * drawn.width()
        assert "<svg" in (tmp_path / f"{stem}.svg").read_text(encoding="utf-8")
    copy = next(one for one in explore.map.foot.findChildren(type(explore.take_button)) if "Copy &p" in one.text())
    copy.click()
    assert not QGuiApplication.clipboard().image().isNull()
    explore.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_tab_paints_in_both_themes(papers: MainWindow, theme: Theme, qtbot: QtBot, mode: str) -> None:
    explore = opened(papers, qtbot)
    theme.set_mode(mode)
    for at in range(explore.tabs.count()):
        explore.tabs.setCurrentIndex(at)
        assert not explore.grab().isNull()
    explore.resize(640, 420)
    QApplication.processEvents()
    assert explore.width() <= 800
    explore.close()


@pytest.mark.parametrize("way", ["Esc", "the window manager"])
def test_the_window_closes_and_what_is_under_way_ends(papers: MainWindow, theme: Theme, qtbot: QtBot, way: str) -> None:
    explore = opened(papers, qtbot)
    explore.table_wanted.emit()
    qtbot.waitUntil(lambda: explore._task is not None or explore.survey is not None)
    explore.map.colour.setCurrentIndex(1)
    explore.map.colour.activated.emit(1)
    if way == "Esc":
        QTest.keyClick(explore, Qt.Key.Key_Escape)
    else:
        explore.close()
    qtbot.waitUntil(lambda: not shiboken6.isValid(explore))
    settle(papers, qtbot)  # answers on their way find nobody, and say nothing
    theme.set_mode("dark")
