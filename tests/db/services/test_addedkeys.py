"""Keys added beside a paper's own: undone like any change, but for those that left the library meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import (
    backups,
    documents,
    editing,
    exporting,
    importing,
    keys,
    livefiles,
    merging,
    reading,
    sources,
    undoing,
    unmerging,
)
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.progress import silent
from db.store import frozen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY = "harbour-bells"
BIBLATEX = ExportOptions(profile="biblatex")


def add(library: Library, title: str, **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def own(library: Library, paper_id: int) -> str:
    (found,) = reading.papers(library, [paper_id])
    return found.citation_key


def aliases(library: Library, paper_id: int) -> tuple[str, ...]:
    (found,) = reading.papers(library, [paper_id])
    return found.key_aliases


def leads_to(library: Library, folder: Path, key: str = KEY) -> int | None:
    """Return the paper that a document gets that cites the key."""
    path = folder / "asks.tex"
    path.write_text(f"\\cite{{{key}}}", encoding="utf-8")
    return next((one.paper_id for one in documents.look(library, path).known), None)


@pytest.fixture
def bells(library: Library) -> int:
    return add(library, "Harbour bells at dusk", date="2021")


@pytest.fixture
def kites(library: Library) -> int:
    return add(library, "Paper kites over ponds", date="2022")


def test_adding_a_key_is_one_step(library: Library, bells: int, tmp_path: Path) -> None:
    before, steps = own(library, bells), len(undoing.history(library))
    changes = keys.add_alias(library, bells, f" {KEY} ")
    assert (changes.label, changes.ids) == (f"Add citation key {KEY}", frozenset({bells}))
    assert len(undoing.history(library)) == steps + 1
    assert (own(library, bells), aliases(library, bells)) == (before, (KEY,))
    undone = undoing.undo(library)
    assert (undone.label, undone.ids) == (changes.label, frozenset({bells}))
    assert (aliases(library, bells), leads_to(library, tmp_path)) == ((), None)
    again = undoing.redo(library)
    assert (again.label, again.ids) == (changes.label, frozenset({bells}))
    assert (aliases(library, bells), leads_to(library, tmp_path)) == ((KEY,), bells)


def test_a_key_that_leads_to_the_paper_already_is_no_change(library: Library, bells: int) -> None:
    keys.set_key(library, bells, "first")
    keys.set_key(library, bells, "second")
    for key in ("first", "second"):
        assert not keys.add_alias(library, bells, key)
    keys.add_alias(library, bells, KEY)
    assert not keys.add_alias(library, bells, KEY)


def test_an_undone_key_is_free_for_another_paper(library: Library, bells: int, kites: int, tmp_path: Path) -> None:
    keys.add_alias(library, bells, KEY)
    with pytest.raises(LibraryError, match="Harbour bells at dusk"):
        keys.set_key(library, kites, KEY.upper())
    with pytest.raises(LibraryError, match="Harbour bells at dusk"):
        keys.add_alias(library, kites, KEY)
    undoing.undo(library)
    keys.add_alias(library, kites, KEY)
    assert leads_to(library, tmp_path) == kites


def test_no_proposed_or_brought_key_is_an_added_one(library: Library, bells: int, kites: int) -> None:
    keys.add_alias(library, bells, "willow-2020")
    willow = add(library, "Willow", date="2020")
    assert own(library, willow) != "willow-2020"
    imported = importing.import_text(library, "@misc{willow-2020, title={Some other work}}", silent)
    (issue,) = sources.issues(library)
    assert "The key willow-2020 belongs to “Harbour bells at dusk” already." in issue.why
    assert [file.added for file in imported.files] == [1]


def hand_out_by_document(library: Library, _paper_id: int, folder: Path) -> None:
    path = folder / "cites.tex"
    path.write_text(f"\\cite{{{KEY}}}", encoding="utf-8")
    documents.export(library, path, folder / "cited.bib", silent)
    assert f"{{{KEY}," in (folder / "cited.bib").read_text(encoding="utf-8")


def hand_out_by_export(library: Library, paper_id: int, folder: Path) -> None:
    exporting.export(library, [paper_id], folder / "all.bib", silent, options=BIBLATEX)
    assert f"ids = {{{KEY}" in (folder / "all.bib").read_text(encoding="utf-8")


def hand_out_by_copy(library: Library, paper_id: int, _folder: Path) -> None:
    assert f"ids = {{{KEY}}}" in exporting.bibtex(library, [paper_id], BIBLATEX)[0]


def hand_out_by_live_file(library: Library, paper_id: int, folder: Path) -> None:
    livefiles.attach(library, folder / "live.bib", livefiles.of_keys(own(library, paper_id)), BIBLATEX)
    assert f"ids = {{{KEY}}}" in (folder / "live.bib").read_text(encoding="utf-8")


def hand_out_by_live_file_of_a_document(library: Library, _paper_id: int, folder: Path) -> None:
    path = folder / "live.tex"
    path.write_text(f"\\cite{{{KEY}}}", encoding="utf-8")
    livefiles.attach(library, folder / "live.bib", livefiles.of_document(path), ExportOptions())
    assert f"{{{KEY}," in (folder / "live.bib").read_text(encoding="utf-8")


WAYS = (
    hand_out_by_document,
    hand_out_by_export,
    hand_out_by_copy,
    hand_out_by_live_file,
    hand_out_by_live_file_of_a_document,
)


@pytest.mark.parametrize("hand_out", WAYS, ids=lambda way: way.__name__)
def test_a_key_that_left_meanwhile_leads_to_its_paper_for_ever(
    library: Library, bells: int, kites: int, tmp_path: Path, hand_out: Callable[[Library, int, Path], None]
) -> None:
    keys.add_alias(library, bells, KEY)
    hand_out(library, bells, tmp_path)
    undone = undoing.undo(library)
    assert undone.label == f"Add citation key {KEY}; it was exported meanwhile and still leads to the paper"
    assert leads_to(library, tmp_path) == bells
    with pytest.raises(LibraryError, match="Harbour bells at dusk"):
        keys.set_key(library, kites, KEY)
    assert undoing.redo(library).label == f"Add citation key {KEY}"
    assert (leads_to(library, tmp_path), aliases(library, bells)) == (bells, (KEY,))
    undoing.undo(library)
    editing.trash(library, [bells])
    editing.empty_trash(library)
    with pytest.raises(LibraryError, match="no longer in the library"):
        keys.set_key(library, kites, KEY)


def test_what_does_not_say_the_key_leaves_it_free(library: Library, bells: int, kites: int, tmp_path: Path) -> None:
    keys.add_alias(library, bells, KEY)
    exporting.export(library, [bells], tmp_path / "all.bib", silent)
    exporting.cite(library, [bells])
    exporting.export(library, [kites], tmp_path / "other.bib", silent, options=BIBLATEX)
    assert undoing.undo(library).label == f"Add citation key {KEY}"
    keys.set_key(library, kites, KEY)
    assert leads_to(library, tmp_path) == kites


def test_an_added_key_leads_to_what_its_paper_went_into(
    library: Library, bells: int, kites: int, tmp_path: Path
) -> None:
    keys.add_alias(library, bells, KEY)
    merging.merge(library, [kites, bells], into=kites)
    assert (leads_to(library, tmp_path), aliases(library, kites)) == (kites, (KEY,))
    (made,) = unmerging.made_of(library, kites).merges
    unmerging.take_apart(library, made.merge_id)
    assert (leads_to(library, tmp_path), aliases(library, kites)) == (bells, ())
    undoing.undo(library)
    hand_out_by_export(library, kites, tmp_path)
    for _step in ("merge", "key"):
        undoing.undo(library)
    assert leads_to(library, tmp_path) == bells


def test_an_added_key_can_become_the_own_one(library: Library, bells: int, tmp_path: Path) -> None:
    before = own(library, bells)
    keys.add_alias(library, bells, KEY)
    keys.set_key(library, bells, KEY)
    assert (own(library, bells), aliases(library, bells)) == (KEY, ())
    undoing.undo(library)
    assert (own(library, bells), aliases(library, bells)) == (before, (KEY,))
    undoing.redo(library)
    assert (own(library, bells), aliases(library, bells)) == (KEY, ())
    keys.unpin_key(library, [bells])
    keys.regenerate_keys(library, [bells])
    assert (own(library, bells), leads_to(library, tmp_path)) == (before, None)


def test_the_added_key_of_a_deleted_paper_stays_reserved(library: Library, bells: int, kites: int) -> None:
    keys.add_alias(library, bells, KEY)
    editing.trash(library, [bells])
    editing.empty_trash(library)
    with pytest.raises(LibraryError, match="no longer in the library"):
        keys.set_key(library, kites, KEY)
    while undoing.undo(library):
        pass
    while undoing.redo(library):
        pass
    back = importing.import_text(library, "@misc{x, title={Harbour bells at dusk}, year={2021}}", silent)
    assert [file.added for file in back.files] == [1]


def test_a_lost_key_can_be_added_and_undone(library: Library, bells: int, kites: int, tmp_path: Path) -> None:
    keys.set_key(library, bells, KEY)
    editing.trash(library, [bells])
    editing.empty_trash(library)
    keys.add_alias(library, kites, KEY)
    assert leads_to(library, tmp_path) == kites
    undoing.undo(library)
    assert leads_to(library, tmp_path) is None
    undoing.redo(library)
    # The work that had it does not get it back when it comes again, now that it stands for another one.
    importing.import_text(library, "@misc{again, title={Harbour bells at dusk}, year={2021}}", silent)
    assert leads_to(library, tmp_path) == kites
    undoing.undo(library)
    hand_out_by_export(library, kites, tmp_path)
    undoing.undo(library)
    importing.import_text(library, "@misc{again, title={Harbour bells at dusk}, year={2021}}", silent)
    assert leads_to(library, tmp_path) == kites


def test_undo_of_an_edit_makes_no_other_key_the_own_one(library: Library, bells: int) -> None:
    before = own(library, bells)
    with library.writing("As earlier versions added a key", journalled=False) as write:
        frozen.give(write.session, [(KEY, bells, "Harbour bells at dusk")], ())
        frozen.settle(write.session)
    editing.set_fields(library, [bells], {"title": "Copper bells at dusk"})
    assert own(library, bells) == "copper-bells-dusk-2021"
    undoing.undo(library)
    assert (own(library, bells), aliases(library, bells)) == (before, (KEY,))
    undoing.redo(library)
    assert (own(library, bells), aliases(library, bells)) == ("copper-bells-dusk-2021", (KEY,))


def test_redo_leaves_a_key_alone_that_another_paper_was_given_meanwhile(library: Library, tmp_path: Path) -> None:
    first, second = add(library, "Velvet rivers", date="2020"), add(library, "Amber kettles", date="2019")
    key = own(library, first)
    editing.set_fields(library, [first], {"title": "Copper rivers"})
    assert own(library, first) != key
    keys.add_alias(library, second, key)
    undoing.undo(library)
    undoing.undo(library)
    assert own(library, first) == key
    exporting.cite(library, [first])
    undoing.redo(library)
    undoing.redo(library)
    assert (own(library, first), aliases(library, second)) == (key, ())
    assert leads_to(library, tmp_path, key) == first
    undoing.undo(library)
    undoing.redo(library)
    assert leads_to(library, tmp_path, key) == first


@pytest.mark.file
@pytest.mark.parametrize("exported", [False, True])
def test_a_restored_backup_keeps_keys_that_were_added_after_it(tmp_path: Path, *, exported: bool) -> None:
    path = tmp_path / "mine.sheaf"
    library = Library.open(path)
    bells, kites = add(library, "Harbour bells at dusk"), add(library, "Paper kites over ponds")
    keys.add_alias(library, kites, KEY)
    keys.add_alias(library, bells, "stays")
    copy = backups.backup(library, tmp_path / "copy.sheaf")
    undoing.undo(library)
    undoing.undo(library)
    keys.add_alias(library, bells, KEY)
    keys.add_alias(library, bells, "later")
    if exported:
        hand_out_by_export(library, bells, tmp_path)
    library.close()
    backups.restore(path, copy.file)
    library = Library.open(path)
    try:
        assert leads_to(library, tmp_path, KEY) == (bells if exported else kites)
        assert leads_to(library, tmp_path, "later") == bells
        assert leads_to(library, tmp_path, "stays") == bells
        undoing.undo(library)
        assert leads_to(library, tmp_path, "stays") is None
        assert leads_to(library, tmp_path, "later") == bells
    finally:
        library.close()
