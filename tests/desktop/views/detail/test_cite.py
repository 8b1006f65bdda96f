"""The Cite tab: the style is remembered, the texts follow paper and style, and the clipboard has every format."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db import services
from desktop.context import AppContext
from desktop.views import references
from desktop.views.detail import DetailPane
from desktop.views.detail.cite import CiteTab

AddPaper = Callable[..., int]


@pytest.fixture
def lamp(add_paper: AddPaper) -> int:
    return add_paper("<b>Lamps</b> & rivers", authors="Roe, Maud", date="2020", venue="ICML", entry_type="article")


@pytest.fixture
def tab(pane: DetailPane, lamp: int, qtbot: QtBot) -> CiteTab:
    pane.show_papers([lamp])
    made = pane.paper.cite
    pane.paper.show_tab("cite")
    qtbot.waitUntil(lambda: "Lamps" in made.reference.toPlainText() and made.style_box.count() > 9, timeout=20_000)
    return made


def test_both_texts_are_plain_and_can_be_selected(tab: CiteTab) -> None:
    assert tab.reference.toPlainText() == "Roe, M. (2020). <b>Lamps</b> & rivers. ICML."
    assert tab.citation.toPlainText() == "(Roe, 2020)"
    assert tab.reference.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert tab.reference.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert "&lt;b&gt;" in tab.reference.toHtml()


def test_nothing_is_worked_out_while_another_tab_is_shown(pane: DetailPane, lamp: int, qtbot: QtBot) -> None:
    pane.show_papers([lamp])
    qtbot.wait(50)
    assert pane.paper.cite.reference.toPlainText() == ""


def test_another_style_is_shown_and_remembered(tab: CiteTab, opened: AppContext, qtbot: QtBot) -> None:
    tab.style_box.setCurrentIndex(tab.style_box.findText("IEEE"))
    tab.style_box.activated.emit(tab.style_box.currentIndex())
    qtbot.waitUntil(lambda: tab.reference.toPlainText().startswith("[1] M. Roe, “<b>Lamps</b>"))
    assert tab.citation.toPlainText() == "[1]"
    assert references.remembered_style(opened.settings) == "ieee"


def test_another_paper_and_an_edit_are_followed(
    tab: CiteTab, pane: DetailPane, add_paper: AddPaper, opened: AppContext, lamp: int, qtbot: QtBot
) -> None:
    opened.run("Edit", lambda library: services.editing.set_fields(library, [lamp], {"title": "Lanterns"}))
    qtbot.waitUntil(lambda: "Lanterns" in tab.reference.toPlainText())
    pane.show_papers([add_paper("Nobody signed this")])
    qtbot.waitUntil(lambda: tab.citation.toPlainText() == "(Nobody Signed This, n.d.)")


def test_copy_puts_every_format_on_the_clipboard(tab: CiteTab) -> None:
    tab.copy_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Roe, M. (2020). <b>Lamps</b> & rivers. ICML."
    assert "&lt;b&gt;Lamps&lt;/b&gt; &amp; rivers. <i>ICML</i>." in data.html()
    assert bytes(data.data("text/rtf").data()).startswith(b"{\\rtf1")


@pytest.mark.parametrize(
    ("output", "formats"),
    [
        ("text", {"text/plain"}),
        ("html", {"text/plain", "text/html"}),
        ("rtf", {"text/plain", "text/rtf", "application/rtf"}),
        ("markdown", {"text/plain", "text/markdown"}),
    ],
)
@pytest.mark.parametrize("chooser", ["copy_as", "copy_citation_as"])
def test_copy_as(tab: CiteTab, chooser: str, output: str, formats: set[str]) -> None:
    menu = getattr(tab, chooser).menu()
    action = next(one for one in menu.actions() if one.text() == references.outputs()[output])
    action.trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert set(data.formats()) >= formats
    assert not {"text/html", "text/rtf", "text/markdown"} & set(data.formats()) - formats
    if chooser == "copy_citation_as":
        assert data.text() == "(Roe, 2020)"
    elif output == "markdown":
        assert data.text() == r"Roe, M. (2020). \<b\>Lamps\</b\> \& rivers. *ICML*."


def test_copy_citation(tab: CiteTab) -> None:
    tab.copy_citation_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "(Roe, 2020)"
    assert bytes(data.data("text/rtf").data()).startswith(b"{\\rtf1")
    assert bytes(data.data("text/rtf").data()).endswith(b"(Roe, 2020)}\n")


def test_a_style_that_is_gone_is_said_in_the_tab(tab: CiteTab, opened: AppContext, qtbot: QtBot) -> None:
    tab.style_box.choose("own:gone.csl")
    qtbot.waitUntil(lambda: not tab.error.isHidden())
    assert "gone.csl cannot be read" in tab.error.text()
    assert tab.reference.toPlainText() == ""
    assert not tab.copy_button.isEnabled()
    tab.style_box.choose("apa")
    qtbot.waitUntil(lambda: tab.copy_button.isEnabled())
    assert tab.error.isHidden()


def test_the_parts_have_names(tab: CiteTab) -> None:
    for widget in (tab.style_box, tab.reference, tab.citation):
        assert widget.accessibleName()
