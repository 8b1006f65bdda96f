"""The pane with nothing, one paper and several; fields saved, reverted, refused; nothing half-typed lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget

from db import services
from desktop.context import EVERYTHING
from desktop.views.chips import Chip
from desktop.views.detail.header import summary

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from db.domain.records import Paper
    from db.services.library import Library
    from desktop.views.detail import DetailPane
    from desktop.views.detail.field import Field
    from desktop.views.detail.tag_row import TagRow


def stored(library: Library, paper_id: int) -> Paper:
    paper = services.reading.paper(library, paper_id)
    assert paper is not None
    return paper


def write(field: Field, text: str) -> None:
    """Replace the text of a field as a person does, by the keyboard."""
    field.widget.setFocus()
    QTest.keyClick(field.widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field.widget, text) if text else QTest.keyClick(field.widget, Qt.Key.Key_Delete)


def enter(field: Field) -> None:
    QTest.keyClick(field.widget, Qt.Key.Key_Return)


def shown_texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_nothing_selected_is_calm(pane: DetailPane) -> None:
    assert pane.nothing.isVisible()
    pane.show_papers([])
    assert pane.nothing.isVisible()


def test_a_paper_is_shown_at_once(pane: DetailPane, first: int) -> None:
    pane.show_papers([first])
    assert pane.paper.header.title.editor.value() == "Aligning Models: A Survey"
    assert pane.paper.abstract.view.toPlainText().startswith("We survey models.")
    assert "18 Mar 2024" in pane.paper.header.line.text()
    assert "alignment" in {w.accessibleName() for w in pane.paper.header.tags.findChildren(QWidget)}


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("title", "Another title", lambda p: p.title),
        ("venue", "NeurIPS", lambda p: p.venue),
        ("doi", "10.1145/3292500", lambda p: p.doi),
        ("arxiv_id", "2503.14504", lambda p: p.arxiv_id),
        ("comments", "12", lambda p: str(p.comments)),
        ("author_count", "7", lambda p: str(p.author_count)),
        ("organization", "Some Lab", lambda p: p.organization),
        ("date", "2021-05", lambda p: p.date.iso()),
        ("authors", "Doe, Jane; Roe, Jo", lambda p: "; ".join(f"{a.family}, {a.given}" for a in p.authors)),
        ("entry_type", "article", lambda p: p.entry_type),
        ("citation_key", "my-key", lambda p: p.citation_key),
    ],
)
def test_every_field_is_saved_on_enter(
    qtbot: QtBot, pane: DetailPane, library: Library, first: int, name: str, typed: str, read: object
) -> None:
    pane.show_papers([first])
    pane.focus_field(name)
    field = pane.paper.header.title if name == "title" else pane.paper.details.fields[name]
    assert field.widget.hasFocus()
    write(field, typed)
    enter(field)
    qtbot.waitUntil(lambda: read(stored(library, first)) == typed)  # type: ignore[operator]
    qtbot.waitUntil(lambda: not field.dirty)
    assert field.editor.value() == typed
    assert field.error.isHidden()


def test_links_are_one_a_line(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("urls")
    field = pane.paper.details.fields["urls"]
    QTest.keyClicks(field.widget, "https://a.org")
    enter(field)
    QTest.keyClicks(field.widget, "https://b.org")
    QTest.keyClick(field.widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(library, first).urls == ("https://a.org", "https://b.org"))


def test_leaving_a_field_saves_it(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("venue")
    write(pane.paper.details.fields["venue"], "ACL")
    pane.paper.details.fields["doi"].setFocus()
    qtbot.waitUntil(lambda: stored(library, first).venue == "ACL")


def test_leaving_what_nobody_changed_saves_nothing(
    qtbot: QtBot, pane: DetailPane, library: Library, add_paper: Callable[..., int]
) -> None:
    people = "; ".join(f"Family{number}, Given{number}" for number in range(2_000))
    paper_id = add_paper("Amber\u00a0lanterns", authors=people, abstract="Ten\u00a0rivers, and more.")
    before = len(services.undoing.history(library, 10)), stored(library, paper_id)
    pane.show_papers([paper_id])
    for name in ("authors", "urls", "title", "abstract", "authors"):
        pane.focus_field(name)
    pane.show_papers([])
    qtbot.wait(50)
    assert (len(services.undoing.history(library, 10)), stored(library, paper_id)) == before
    assert len(before[1].authors) == 2_000
    assert "\u00a0" in before[1].abstract


def test_a_field_that_was_left_marks_no_text(qtbot: QtBot, pane: DetailPane, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("title")
    title = pane.paper.header.title.widget
    assert isinstance(title, QTextEdit)
    qtbot.waitUntil(title.hasFocus)
    title.selectAll()
    title.clearFocus()
    assert not title.textCursor().hasSelection()


def test_escape_reverts(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("venue")
    field = pane.paper.details.fields["venue"]
    write(field, "Nowhere")
    QTest.keyClick(field.widget, Qt.Key.Key_Escape)
    assert field.editor.value() == "ICML"
    assert not field.dirty
    assert stored(library, first).venue == "ICML"


def test_a_wrong_value_is_said_below_the_field(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("doi")
    field = pane.paper.details.fields["doi"]
    write(field, "nonsense")
    enter(field)
    qtbot.waitUntil(lambda: field.error.isVisible())
    assert "DOI" in field.error.text()
    assert field.editor.value() == "nonsense"
    QTest.keyClick(field.widget, Qt.Key.Key_Escape)
    assert field.error.isHidden()
    assert stored(library, first).doi is None


def test_half_typed_text_survives_a_change_from_elsewhere(
    qtbot: QtBot, pane: DetailPane, library: Library, first: int
) -> None:
    pane.show_papers([first])
    pane.focus_field("venue")
    field = pane.paper.details.fields["venue"]
    write(field, "Half ty")
    changes = services.editing.set_fields(library, [first], {"title": "Changed meanwhile"})
    pane.refresh(changes)
    assert pane.paper.header.title.editor.value() == "Changed meanwhile"
    assert field.editor.value() == "Half ty"
    assert field.widget.hasFocus()


def test_a_lost_update_is_refused_and_shown(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("venue")
    field = pane.paper.details.fields["venue"]
    write(field, "Mine")
    services.editing.set_fields(library, [first], {"venue": "Theirs"})
    enter(field)
    qtbot.waitUntil(lambda: field.error.isVisible())
    assert "Theirs" in field.error.text()
    assert stored(library, first).venue == "Theirs"
    enter(field)
    qtbot.waitUntil(lambda: stored(library, first).venue == "Mine")


def test_going_to_another_paper_saves_first(
    qtbot: QtBot, pane: DetailPane, library: Library, first: int, second: int
) -> None:
    pane.show_papers([first])
    pane.focus_field("title")
    write(pane.paper.header.title, "Typed and left")
    pane.show_papers([second])
    qtbot.waitUntil(lambda: stored(library, first).title == "Typed and left")
    assert pane.paper.header.title.editor.value() == "On Reward Models"


def test_undo_in_a_field_undoes_typing_first(qtbot: QtBot, pane: DetailPane, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("venue")
    field = pane.paper.details.fields["venue"]
    QTest.keyClick(field.widget, Qt.Key.Key_End)
    QTest.keyClicks(field.widget, "X")
    QTest.keyClick(field.widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.editor.value() == "ICML"


def test_status_star_and_rating(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    head = pane.paper.header
    head.status.setFocus()
    QTest.keyClick(head.status, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: stored(library, first).status == "reading")
    head.star.click()
    qtbot.waitUntil(lambda: stored(library, first).starred)
    QTest.keyClick(head.rating, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: stored(library, first).rating == 4)
    QTest.mouseClick(head.rating, Qt.MouseButton.LeftButton, pos=head.rating.rect().center())
    qtbot.waitUntil(lambda: stored(library, first).rating == 3)
    qtbot.waitUntil(lambda: head.rating.accessibleDescription() == "3 stars")  # the pane hears of it after the library


def test_the_abstract_is_edited_and_read_again(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    tab = pane.paper.abstract
    tab.edit_button.click()
    assert tab.field.isVisible()
    write(tab.field, "New <b>words</b>.")
    QTest.keyClick(tab.field.widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: stored(library, first).abstract == "New <b>words</b>.")
    assert not tab.field.isVisible()
    qtbot.waitUntil(lambda: tab.view.toPlainText() == "New <b>words</b>.")


def test_an_abstract_that_was_not_saved_stays_in_sight(
    qtbot: QtBot, pane: DetailPane, library: Library, first: int
) -> None:
    pane.show_papers([first])
    tab = pane.paper.abstract
    tab.edit()
    write(tab.field, "Mine")
    services.editing.set_fields(library, [first], {"abstract": "Theirs"})
    QTest.keyClick(tab.field.widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.field.error.isVisible())
    assert tab.field.editor.value() == "Mine"


def test_notes_save_themselves(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("notes")
    tab = pane.paper.notes
    QTest.keyClicks(tab.field.widget, "# Idea")
    assert stored(library, first).notes == ""
    qtbot.waitUntil(lambda: stored(library, first).notes == "# Idea", timeout=5_000)
    assert tab.field.isVisible()
    assert tab.field.widget.hasFocus()
    tab.preview_button.click()
    assert tab.view.toPlainText() == "Idea"


def test_only_an_address_that_is_there_can_be_opened(pane: DetailPane, library: Library, first: int) -> None:
    services.editing.set_fields(library, [first], {"doi": "10.1145/3292500", "arxiv_id": ""})
    pane.show_papers([first])
    pane.focus_field("doi")
    openers = pane.paper.details._openers
    assert openers["doi"].isVisible()
    assert not openers["arxiv_id"].isVisible()


def test_escape_keeps_a_note(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("notes")
    tab = pane.paper.notes
    QTest.keyClicks(tab.field.widget, "An hour of thought")
    QTest.keyClick(tab.field.widget, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: stored(library, first).notes == "An hour of thought")
    assert not tab.field.isVisible()
    assert tab.edit_button.hasFocus()


def test_a_tag_is_taken_off_by_its_chip(qtbot: QtBot, pane: DetailPane, library: Library, first: int) -> None:
    pane.show_papers([first])
    off = next(w for w in pane.paper.header.tags.findChildren(QWidget) if w.accessibleName().startswith("Remove"))
    QTest.mouseClick(off, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stored(library, first).tags == ())
    qtbot.waitUntil(lambda: not pane.paper.header.tags.findChildren(QWidget, "chip"))


def test_chips_of_tags_that_stay_are_kept_when_another_comes_or_goes(
    qtbot: QtBot, pane: DetailPane, library: Library, first: int
) -> None:
    pane.show_papers([first])
    row = pane.paper.header.tags
    (before,) = row.findChildren(Chip)
    services.tagging.tag(library, [first], add=["aaa"])
    pane.refresh(EVERYTHING)
    qtbot.waitUntil(lambda: [chip.accessibleName() for chip in in_order(row)] == ["aaa", before.accessibleName()])
    assert in_order(row)[1] is before
    services.undoing.undo(library)
    pane.refresh(EVERYTHING)
    qtbot.waitUntil(lambda: in_order(row) == [before])


def in_order(row: TagRow) -> list[Chip]:
    """Return the chips that are seen, from the left."""
    seen = [chip for chip in row.findChildren(Chip) if not chip.isHidden() and not chip.parentWidget().isHidden()]
    return sorted(seen, key=lambda chip: (chip.mapTo(row, chip.pos()).y(), chip.mapTo(row, chip.pos()).x()))


def test_the_bibtex_tab_shows_the_entry(qtbot: QtBot, pane: DetailPane, first: int) -> None:
    pane.show_papers([first])
    pane.focus_field("bibtex")
    qtbot.waitUntil(lambda: pane.paper.bibtex.preview.toPlainText().startswith("@"))
    assert "Aligning" in pane.paper.bibtex.preview.toPlainText()
    pane.paper.bibtex.pin_button.click()
    qtbot.waitUntil(lambda: pane.paper.bibtex.pin_button.text().startswith("Unpin"))


def test_values_say_where_they_came_from(qtbot: QtBot, pane: DetailPane, first: int) -> None:
    pane.show_papers([first])
    field = pane.paper.details.fields["venue"]
    assert "you" in field.widget.accessibleDescription()
    assert "you" in field.widget.toolTip()
    pane.focus_field("sources")
    qtbot.waitUntil(lambda: "you" in shown_texts(pane.paper.sources))


def test_a_title_like_markup_is_shown_as_it_is(pane: DetailPane, add_paper: object) -> None:
    title = "<img src='file:///dev/null'> & <b>bold</b>"
    paper_id = add_paper(title)  # type: ignore[operator]
    pane.show_papers([paper_id])
    editor = pane.paper.header.title.widget
    assert isinstance(editor, QTextEdit)
    assert editor.toPlainText() == title
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in pane.findChildren(QLabel))


def test_several_papers_show_where_they_differ(qtbot: QtBot, pane: DetailPane, first: int, second: int) -> None:
    pane.show_papers([first, second])
    assert pane.several.title.text() == "2 papers selected"
    fields = pane.several.fields
    qtbot.waitUntil(lambda: fields["venue"].editor.text() == "ICML")
    assert fields["date"].editor.text() == ""
    assert fields["date"].editor.placeholderText() == "(differs)"
    assert pane.several.star_note.text() == "(differs)"


def test_an_edit_of_several_is_one_step(
    qtbot: QtBot, pane: DetailPane, library: Library, first: int, second: int
) -> None:
    pane.show_papers([first, second])
    editor = pane.several.fields["venue"].editor
    qtbot.waitUntil(lambda: editor.text() == "ICML")
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "ACL")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {stored(library, one).venue for one in (first, second)} == {"ACL"})
    services.undoing.undo(library)
    assert {stored(library, one).venue for one in (first, second)} == {"ICML"}


def test_a_paper_that_is_gone_leaves_the_pane_empty(pane: DetailPane, first: int) -> None:
    pane.show_papers([first])
    pane._ids = (first + 99,)
    pane.refresh(EVERYTHING)
    assert pane.nothing.isVisible()


def test_the_line_leaves_out_what_is_unknown(library: Library, first: int) -> None:
    assert summary(stored(library, first)) == "18 Mar 2024"


def test_every_part_that_takes_the_focus_has_a_name(pane: DetailPane, first: int, second: int) -> None:
    for ids in ([first], [first, second]):
        pane.show_papers(ids)
        nameless = [
            w
            for w in pane.findChildren(QWidget)
            if w.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (w.accessibleName() or getattr(w, "text", str)())
            and w.isVisible()
            and "qt_" not in w.objectName()
        ]
        assert nameless == []
