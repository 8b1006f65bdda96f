"""Undo and redo bring back every row to the letter, whatever was done to it."""

from __future__ import annotations

import random
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import text

from db.domain.errors import LibraryError
from db.services import checking, reading, searching, undoing
from db.services.library import Library
from db.store import imports

TABLES = (
    "paper", "tag", "paper_tag", "collection", "paper_collection", "source", "sighting", "issue", "twin", "setting",
)  # fmt: skip
ODD = "Ünï “quoted” \\ back\nslash\t'; -- 量子 \u2028 é 😀"


def paper(number: int, **values: Any) -> dict[str, Any]:
    """Return the columns of a paper."""
    return {
        "id": number, "title": f"Paper {number} {ODD}", "abstract": f"On {number}. {ODD}", "abstract_truncated": False,
        "authors": [["Çelik", "Ä."], ["Li", ""]], "author_count": None, "organization": None, "organization_slug": None,
        "year": 2024, "month": None, "day": None, "year_inferred": number % 2 == 0, "year_evidence": "",
        "month_day": None, "comments": 2**40 + number, "upvotes": None, "arxiv_id": None, "doi": None, "venue": None,
        "urls": ["https://example.org/a?b=c&d"], "entry_type": "misc", "fields": {"x": ODD}, "origins": {},
        "citation_key": f"key-{number}", "added_at": "2025-01-01T00:00:00Z", **values,
    }  # fmt: skip


def add(library: Library, *numbers: int) -> None:
    """Add papers in one step."""
    with library.writing(f"Add {len(numbers)}") as write:
        imports.add_papers(write.session, [paper(number) for number in numbers])


def run(library: Library, label: str, *statements: str) -> Any:
    """Run statements as one step."""
    with library.writing(label) as write:
        for statement in statements:
            write.session.execute(text(statement))
    return write.changes


def everything(library: Library) -> dict[str, list[Any]]:
    """Return all rows of the tables that can be undone, and what the search index holds."""
    with library.reading() as session:
        found = {name: sorted(map(repr, session.execute(text(f'SELECT * FROM "{name}"')).all())) for name in TABLES}
        index = session.execute(text("SELECT rowid, * FROM paper_fts ORDER BY rowid")).all()
        blocks = session.execute(text("SELECT * FROM block ORDER BY key, paper_id")).all()
        # Setting rows of the library itself are no part of the history.
        found["setting"] = [row for row in found["setting"] if "trigger" not in row]
        return found | {"index": index, "blocks": blocks}


ACTIONS = (
    "UPDATE paper SET title = 'New ' || title, version = version + 1 WHERE id % 3 = :n % 3",
    "UPDATE paper SET starred = NOT starred, rating = :n % 6, notes = notes || :odd WHERE id = :n",
    "UPDATE paper SET state = CASE state WHEN 'live' THEN 'trash' ELSE 'live' END WHERE id = :n",
    "UPDATE paper SET state = 'merged', merged_into = 1 WHERE id = :n AND id > 1",
    "UPDATE paper SET year = NULL, comments = NULL, doi = '10.1/' || :n, arxiv_id = NULL WHERE id = :n",
    "INSERT OR IGNORE INTO tag (name, name_key, colour, version) VALUES ('T' || :n, 't' || :n, :n % 8, 1)",
    "INSERT OR IGNORE INTO paper_tag (paper_id, tag_id) SELECT p.id, t.id FROM paper p, tag t WHERE p.id % 2 = :n % 2",
    "UPDATE tag SET name = name || :n WHERE id % 2 = :n % 2",
    "DELETE FROM tag WHERE id % 4 = :n % 4",
    "DELETE FROM paper_tag WHERE paper_id = :n",
    "INSERT INTO collection (name, parent_id, version) SELECT 'C' || :n, (SELECT max(id) FROM collection), 1",
    "INSERT OR IGNORE INTO paper_collection SELECT p.id, c.id FROM paper p, collection c WHERE p.id > :n",
    "DELETE FROM collection WHERE id % 3 = :n % 3",
    "INSERT INTO source (kind, name, path, sha256, bytes, format, dialect, encoding, imported_at, lines, records, "
    "record_lines, furniture_lines, blank_lines, issue_lines, render_year_evidence) "
    "VALUES ('dump', :odd, '', :sha, 1, '', '', '', '', 1, 1, 1, 0, 0, 0, '')",
    'INSERT INTO sighting (paper_id, source_id, position, line_start, line_end, "values") '
    "SELECT p.id, s.id, 1, 1, 2, '{\"a\": [1, null, true]}' FROM paper p, source s WHERE p.id = :n",
    "DELETE FROM source WHERE id % 3 = :n % 3",
    "INSERT OR IGNORE INTO twin (low_id, high_id, verdict, score, why, decision) "
    "SELECT a.id, b.id, 'maybe', 0.75, '[\"x\"]', 'open' FROM paper a, paper b WHERE a.id < b.id AND b.id = :n",
    "DELETE FROM paper WHERE id = :n AND id > 1 AND id NOT IN (SELECT merged_into FROM paper WHERE merged_into > 0)",
)


@pytest.mark.parametrize("seed", range(4))
def test_any_history_goes_back_and_forth_to_the_letter(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    add(library, *range(1, 9))
    states = [everything(library)]
    for number in range(25):
        before = undoing.history(library)
        with library.writing(f"Step {number}") as write:
            for action in chance.choices(ACTIONS, k=chance.randint(1, 4)):
                wanted = {"n": chance.randint(1, 8), "odd": ODD, "sha": token_hex(8)}
                write.session.execute(text(action), {k: v for k, v in wanted.items() if f":{k}" in action})
        if len(undoing.history(library)) > len(before):
            states.append(everything(library))
    for state in reversed(states[:-1]):
        assert undoing.undo(library)
        assert everything(library) == state
    for state in states[1:]:
        assert undoing.redo(library)
        assert everything(library) == state
    newest = undoing.history(library)[0].id
    first = undoing.history(library)[-1].id
    undoing.undo_to(library, first)
    assert everything(library) == states[0]
    undoing.undo_to(library, newest)
    assert everything(library) == states[-1]
    assert not [one for one in checking.check(library) if "merged" not in one.finding]


def test_an_import_undone_leaves_nothing_and_comes_back(library: Library) -> None:
    add(library, 1)
    before = everything(library)
    add(library, *range(2, 400))
    after = everything(library)
    undoing.undo(library)
    assert everything(library) == before
    undoing.redo(library)
    assert everything(library) == after


def test_history_survives_a_restart(library: Library) -> None:
    add(library, 1)
    run(library, "Star", "UPDATE paper SET starred = TRUE")
    library.close()
    again = Library.open(library.path)
    try:
        assert undoing.next_labels(again) == ("Star", None)
        assert undoing.undo(again).label == "Star"
        assert not reading.rows(again, [1])[0].starred
        assert undoing.next_labels(again) == ("Add 1", "Star")
    finally:
        again.close()


def test_a_new_change_ends_what_could_be_redone(library: Library) -> None:
    add(library, 1)
    run(library, "Star", "UPDATE paper SET starred = TRUE")
    undoing.undo(library)
    run(library, "Rate", "UPDATE paper SET rating = 3")
    assert undoing.next_labels(library) == ("Rate", None)
    assert [step.label for step in undoing.history(library)] == ["Rate", "Add 1"]
    assert not undoing.redo(library)


def test_a_step_without_changes_leaves_no_trace(library: Library) -> None:
    add(library, 1)
    undoing.undo(library)
    changes = run(library, "Nothing", "UPDATE paper SET rating = rating")
    assert not changes
    assert undoing.next_labels(library) == (None, "Add 1")


def _fail_half_way(library: Library) -> None:
    with library.writing("Fails") as write:
        write.session.execute(text("UPDATE paper SET title = 'gone'"))
        _ = 1 / 0


def test_an_exception_rolls_all_of_it_back(library: Library) -> None:
    add(library, 1)
    before = everything(library)
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(library)
    assert everything(library) == before
    assert [step.label for step in undoing.history(library)] == ["Add 1"]
    assert run(library, "Star", "UPDATE paper SET starred = TRUE").ids == {1}


def test_a_change_names_the_papers_of_rows_that_it_takes_away(library: Library) -> None:
    add(library, 1, 2)
    file = "INSERT INTO attachment (id, paper_id, path, title, mime) VALUES (1, 2, 'a.pdf', '', '')"
    assert run(library, "Attach", file).ids == {2}
    assert run(library, "Detach", "DELETE FROM attachment").ids == {2}
    assert undoing.undo(library).ids == {2}
    assert undoing.undo(library).ids == {2}


def test_changes_name_the_parts_and_the_papers(library: Library) -> None:
    add(library, 1, 2, 3)
    changes = run(
        library,
        "Tag 1 paper",
        "INSERT INTO tag (id, name, name_key, colour, version) VALUES (1, 'A', 'a', 0, 1)",
        "INSERT INTO paper_tag VALUES (2, 1)",
    )
    assert (changes.label, changes.parts, changes.ids) == ("Tag 1 paper", {"tag", "paper_tag"}, {2})
    undone = undoing.undo(library)
    assert (undone.parts, undone.ids, undone.step) == ({"tag", "paper_tag"}, {2}, changes.step)


def test_a_renamed_tag_is_found_by_its_new_name(library: Library) -> None:
    add(library, 1)
    run(
        library,
        "Tag",
        "INSERT INTO tag (id, name, name_key, colour, version) VALUES (1, 'zebra', 'zebra', 0, 1)",
        "INSERT INTO paper_tag VALUES (1, 1)",
    )
    run(library, "Rename", "UPDATE tag SET name = 'giraffe', name_key = 'giraffe'")
    assert not searching.find(library, "zebra").total
    assert searching.find(library, "giraffe").total == 1
    undoing.undo(library)
    assert searching.find(library, "zebra").total == 1


@pytest.mark.parametrize("column", ["doi", "arxiv_id", "title", "notes", "citation_key"])
def test_an_edit_leaves_no_stale_hash(library: Library, column: str) -> None:
    add(library, 1)
    run(library, "Edit", f"UPDATE paper SET {column} = 'new1'")
    assert checking.check(library) == []


def test_a_key_in_a_pair_table_can_move(library: Library) -> None:
    add(library, 1, 2)
    run(
        library,
        "Tag",
        "INSERT INTO tag (id, name, name_key, colour, version) VALUES (1, 'A', 'a', 0, 1)",
        "INSERT INTO paper_tag VALUES (1, 1)",
    )
    before = everything(library)
    run(library, "Move", "UPDATE paper_tag SET paper_id = 2")
    after = everything(library)
    undoing.undo(library)
    assert everything(library) == before
    undoing.redo(library)
    assert everything(library) == after


def test_going_back_to_a_lost_point_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError):
        undoing.undo_to(library, 99)


def test_a_step_is_replayed_run_by_run(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.services import editing, tagging
    from db.store import replay

    monkeypatch.setattr(replay, "RUN", 3)
    ids = [editing.add_paper(library, {"title": f"Paper {number}"})[0] for number in range(10)]
    tagging.tag(library, ids, add=["amber", "blue"])
    undoing.undo(library)
    assert reading.sidebar(library).tags == ()
    undoing.redo(library)
    assert [(tag.name, tag.count) for tag in reading.sidebar(library).tags] == [("amber", 10), ("blue", 10)]
    assert checking.check(library) == []
