"""The picker's hits and the answers to editors, over a real library."""

from __future__ import annotations

import json

import pytest

from db.domain.errors import LibraryError
from db.services import editing, exporting, picking, reading, searching, tagging
from db.services.picking import Asked, Notes

FACTS = (
    {"title": "On lanterns", "authors": "Roe, Maud", "date": "2020"},
    {"title": "Nobody signed this", "date": "2021-03"},
    {"title": "A quiet method", "authors": "Marlow, Ada", "arxiv_id": "2405.01234"},
)


@pytest.fixture
def ids(library):
    return [editing.add_paper(library, one)[0] for one in FACTS]


def asked(query=""):
    wish = picking.read_wish(query)
    assert isinstance(wish, picking.Wish)
    return Asked(wish, "apa", exporting.ExportOptions())


def keys(library, ids):
    return [row.citation_key for row in reading.rows(library, ids)]


def frozen(library, ids):
    return [row.key_frozen for row in reading.rows(library, ids)]


def test_hits_speak_the_language_of_the_search_field(library, ids):
    tagging.tag(library, ids[:1], add=["lamp"])
    assert [row.id for row in picking.hits(library, "lantern").rows] == ids[:1]
    assert [row.id for row in picking.hits(library, "tag:lamp OR quiet").rows] == [ids[2], ids[0]]
    assert [row.id for row in picking.hits(library, keys(library, ids)[2]).rows] == [ids[2]]
    everything = picking.hits(library, "")
    assert (everything.total, len(everything.rows)) == (3, 3)
    assert picking.hits(library, "year:20xx").message
    editing.trash(library, ids[:1])
    assert picking.hits(library, "lantern").total == 0


def test_what_fits_best_stands_first_however_old_it_is(library):
    best, begun, long, turned = [
        editing.add_paper(library, {"title": title})[0]
        for title in (
            "Slow lanterns",
            "Slow lanternists of the north",
            "A history of many things, among them slow lanterns and their keepers",
            "Lanterns, slow",
        )
    ]
    assert [row.id for row in picking.hits(library, "slow lanterns").rows] == [best, long, turned]
    assert [row.id for row in picking.hits(library, "slow lantern").rows] == [best, begun, long, turned]
    author, named = [
        editing.add_paper(library, {"title": "Nothing", "authors": "Lanternson, Ada"})[0],
        editing.add_paper(library, {"title": "More", "authors": "Lantern, Ada"})[0],
    ]
    assert [row.id for row in picking.hits(library, "author:lantern").rows] == [named, author]
    assert [row.id for row in picking.hits(library, "lanternso").rows] == [author]


def test_hits_are_counted_up_to_a_bound(library, monkeypatch):
    for number in range(7):
        editing.add_paper(library, {"title": f"Lantern {number}"})
    monkeypatch.setattr(picking, "MOST_HITS", 2)
    assert picking.hits(library, "lantern").total == 7
    monkeypatch.setattr(searching, "COUNTED", 4)
    assert picking.hits(library, "lantern").total == 5
    assert len(picking.hits(library, "lantern").rows) == 2


def test_papers_that_are_named_so_stand_first(library):
    titles = ("Lantern one", "Lantern two", "Other", "More")
    one, two, other, more = [editing.add_paper(library, {"title": title})[0] for title in titles]
    for paper in (other, more):
        editing.set_fields(library, [paper], {"abstract": "It shines like a lantern."})
    assert [row.id for row in picking.hits(library, "lantern").rows] == [two, one, more, other]
    assert [row.id for row in picking.hits(library, "shines lantern").rows] == [more, other]
    assert [row.id for row in picking.hits(library, "lantern -two").rows] == [one, more, other]


def test_hits_are_the_first_hundred(library):
    for number in range(picking.MOST_HITS + 5):
        editing.add_paper(library, {"title": f"Paper {number} of many"})
    found = picking.hits(library, "many")
    assert (len(found.rows), found.total) == (picking.MOST_HITS, picking.MOST_HITS + 5)


def test_an_answer_freezes_keys_and_a_preview_does_not(library, ids):
    one, two, _three = keys(library, ids)
    wanted = asked("format=pandoc&brackets=yes")
    notes = Notes("see", "p. 3")
    text = f"[see @{two}; @{one}, p. 3]"
    assert picking.preview(library, [ids[1], ids[0]], notes, wanted) == text
    assert frozen(library, ids) == [False, False, False]
    said, changes = picking.answer(library, [ids[1], ids[0]], notes, wanted)
    assert said == text
    assert changes.ids == frozenset(ids[:2])
    assert frozen(library, ids) == [True, True, False]
    assert not picking.answer(library, ids[:1], notes, wanted)[1]  # nothing is left to freeze


def test_a_note_that_breaks_the_document_freezes_nothing(library, ids):
    with pytest.raises(LibraryError):
        picking.answer(library, ids, Notes("{", ""), asked())
    assert frozen(library, ids) == [False, False, False]


def test_references_have_no_key_so_none_is_frozen(library, ids):
    text, changes = picking.answer(library, ids[:1], Notes(), asked("format=formatted-bibliography"))
    assert text.startswith("Roe, M. (2020). On lanterns")
    assert not changes
    wanted = "format=formatted-citation&style=http%3A%2F%2Fwww.zotero.org%2Fstyles%2Fieee"
    assert picking.answer(library, ids[:1], Notes(), asked(wanted))[0] == "[1]"
    html = picking.answer(library, ids[:1], Notes(), asked("format=formatted-bibliography&contentType=html"))[0]
    assert "<" in html
    with pytest.raises(LibraryError, match="no citation style"):
        picking.answer(library, ids[:1], Notes(), asked("format=formatted-citation&style=nowhere"))
    assert frozen(library, ids) == [False, False, False]


def test_whole_entries(library, ids):
    key = keys(library, ids)[0]
    assert key in picking.preview(library, ids[:1], Notes(), asked("format=translate"))
    text, _changes = picking.answer(library, ids[:1], Notes(), asked("format=translate&translator=Better BibTeX"))
    assert text.startswith("@")
    assert f"{{{key}," in text
    items, _changes = picking.answer(library, ids[1:2], Notes(), asked("format=translate&translator=bettercsljson"))
    assert [one["title"] for one in json.loads(items)] == ["Nobody signed this"]
    assert frozen(library, ids) == [True, True, False]


def test_room_for_notes():
    assert picking.room_for_notes(asked("format=latex").wish) == (True, True)
    assert picking.room_for_notes(asked("format=asciidoctor-bibtex").wish) == (False, True)
    assert picking.room_for_notes(asked("format=formatted-citation").wish) == (False, False)
