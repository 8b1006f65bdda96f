"""Versions in the Details tab and their dialog: links, what was read, what is cited, and everything by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton

from db import services
from db.domain.records import CiteRule, Version, VersionKind
from desktop.models.cell_text import mark_text, title_tip
from desktop.views.cited_versions import CitedVersions
from desktop.views.detail.version_dialog import VersionDialog, typed_fields
from desktop.views.detail.versions import links

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.domain.records import Paper
    from db.services.library import Library
    from desktop.context import AppContext
    from desktop.views.detail import DetailPane

PREPRINT, PUBLISHED = VersionKind.PREPRINT, VersionKind.PUBLISHED


def stored(library: Library, paper_id: int) -> Paper:
    paper = services.reading.paper(library, paper_id)
    assert paper is not None
    return paper


@pytest.fixture
def both(add_paper, library: Library) -> int:
    """A paper whose preprint and published version are known."""
    paper_id = add_paper("On slow rivers", abstract="We look at rivers.", arxiv_id="2401.01234", date="2024-01")
    values = {
        "venue": "ICML",
        "date": "2025-07",
        "doi": "10.1145/9",
        "urls": "https://example.org/p javascript.example",
    }
    services.versioning.add(library, paper_id, PUBLISHED, values)
    return paper_id


def tab_of(pane: DetailPane, paper_id: int, qtbot: QtBot):
    pane.show_papers([paper_id])
    pane.focus_field("versions")
    tab = pane.paper.details.versions
    places = range(tab.cards.count())
    qtbot.waitUntil(lambda: all(tab.cards.itemAt(at).widget().isVisible() for at in places))
    return tab


def texts(widget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def buttons(widget, kind: type = QPushButton) -> dict[str, object]:
    return {one.accessibleName() or one.text(): one for one in widget.findChildren(kind) if one.isVisible()}


def is_marked(tab) -> bool:
    box = buttons(tab, QCheckBox).get("Preprint: I read this one")
    return box is not None and box.isChecked()


def test_both_versions_are_shown_with_their_identifiers(pane: DetailPane, both: int, qtbot: QtBot) -> None:
    tab = tab_of(pane, both, qtbot)
    said = texts(tab)
    assert "Preprint" in said
    assert "Published version" in said
    assert "ICML · Jul 2025" in said
    named = buttons(tab)
    assert "Open arXiv:2401.01234 in the browser" in named
    assert "Open DOI 10.1145/9 in the browser" in named
    assert "Open example.org/p in the browser" in named
    assert "javascript.example" in said  # no web address with a scheme: text, no link
    assert not any(one.isVisible() for one in tab.adders.values())
    assert "2 versions" in pane.paper.header.line.text()


def test_links_lead_to_the_version_that_is_meant() -> None:
    version = Version(PREPRINT, arxiv_id="2401.01234", arxiv_version=2, doi="10.48550/arXiv.2401.01234")
    assert list(links(version)) == [
        ("arXiv:2401.01234v2", "https://arxiv.org/abs/2401.01234v2"),
        ("DOI 10.48550/arXiv.2401.01234", "https://doi.org/10.48550/arXiv.2401.01234"),
    ]


def test_what_was_read_and_what_is_cited_are_chosen(
    pane: DetailPane, both: int, library: Library, qtbot: QtBot
) -> None:
    tab = tab_of(pane, both, qtbot)
    box = buttons(tab, QCheckBox)["Preprint: I read this one"]
    box.click()
    qtbot.waitUntil(lambda: stored(library, both).versions[0].is_read)
    qtbot.waitUntil(lambda: is_marked(tab))
    tab.rule.setCurrentIndex(tab.rule.findData("read"))
    tab.rule.activated.emit(tab.rule.currentIndex())
    qtbot.waitUntil(lambda: stored(library, both).versions[0].rule is CiteRule.READ)
    assert "@misc" in services.exporting.preview_bibtex(library, both)
    qtbot.waitUntil(lambda: tab.rule.itemText(0) == "Library: Published, with its eprint")
    qtbot.waitUntil(lambda: is_marked(tab))  # the cards are made anew after each change
    buttons(tab, QCheckBox)["Preprint: I read this one"].click()
    qtbot.waitUntil(lambda: not stored(library, both).versions[0].is_read)


def test_the_keyboard_stays_where_it_was_when_the_cards_are_made_anew(
    pane: DetailPane, both: int, library: Library, qtbot: QtBot
) -> None:
    tab = tab_of(pane, both, qtbot)
    pane.window().activateWindow()
    box = buttons(tab, QCheckBox)["Preprint: I read this one"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not shiboken6.isValid(box))
    assert is_marked(tab)
    again = pane.window().focusWidget()
    assert again is not None
    assert again.accessibleName() == "Preprint: I read this one"


def test_a_version_is_removed_and_comes_back_with_undo(
    pane: DetailPane, both: int, library: Library, qtbot: QtBot
) -> None:
    tab = tab_of(pane, both, qtbot)
    buttons(tab)["Remove: Published version"].click()
    qtbot.waitUntil(lambda: not stored(library, both).versions)
    qtbot.waitUntil(lambda: "Known as a preprint only." in texts(tab))
    assert tab.adders[PUBLISHED].isVisible()
    assert not tab.adders[PREPRINT].isVisible()
    services.undoing.undo(library)
    assert [one.kind for one in stored(library, both).versions] == [PREPRINT, PUBLISHED]


def test_a_version_is_added_by_the_keyboard_and_nonsense_is_said(
    pane: DetailPane, add_paper, library: Library, qtbot: QtBot
) -> None:
    paper_id = add_paper("On slow rivers", abstract="We look at rivers.", date="2024-01")
    tab = tab_of(pane, paper_id, qtbot)
    tab.adders[PUBLISHED].click()
    (dialog,) = pane.window().findChildren(VersionDialog)
    assert dialog.windowTitle() == "Add the published version"
    QTest.keyClicks(dialog.fields["venue"], "ICML")
    QTest.keyClicks(dialog.fields["doi"], "nonsense")
    QTest.keyClick(dialog.fields["doi"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "nonsense is not a DOI" in dialog.error.text())
    assert dialog.isVisible()
    dialog.fields["doi"].setText("https://doi.org/10.1145/9")
    fields = dialog.fields["fields"]
    assert isinstance(fields, QPlainTextEdit)
    fields.setPlainText("pages = 1-9\nvolume=7")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: len(stored(library, paper_id).versions) == 2)
    pub = stored(library, paper_id).versions[1]
    assert (pub.venue, pub.doi, dict(pub.fields)) == ("ICML", "10.1145/9", {"pages": "1-9", "volume": "7"})
    qtbot.waitUntil(lambda: "pages: 1-9" in texts(tab))


def test_a_version_is_edited(pane: DetailPane, both: int, library: Library, qtbot: QtBot) -> None:
    tab = tab_of(pane, both, qtbot)
    buttons(tab)["Edit: Preprint"].click()
    (dialog,) = pane.window().findChildren(VersionDialog)
    assert dialog.values() == {}
    dialog.fields["arxiv_version"].setText("v3")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: stored(library, both).versions[0].arxiv_version == 3)
    qtbot.waitUntil(lambda: "Open arXiv:2401.01234v3 in the browser" in buttons(tab))


def test_the_row_says_how_many_versions_there_are(both: int, library: Library) -> None:
    (row,) = services.reading.rows(library, [both])
    assert "2 versions" in mark_text(row)
    assert title_tip(row) == "On slow rivers\n2 versions"


def test_the_rule_of_the_library_is_chosen(opened: AppContext, library: Library, qtbot: QtBot) -> None:
    box = CitedVersions(opened)
    qtbot.addWidget(box)
    qtbot.waitUntil(lambda: box.currentData() == "published")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    qtbot.waitUntil(lambda: services.versioning.library_rule(library) is CiteRule.READ)
    again = CitedVersions(opened)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.currentData() == "read")


def test_other_fields_are_typed_a_line_each() -> None:
    assert typed_fields("pages = 1-9\n\n note=a = b\nempty") == {"pages": "1-9", "note": "a = b", "empty": ""}
