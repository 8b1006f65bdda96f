"""A record wrongly taken for one of a paper becomes a paper of its own, and the paper loses what came from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from db.domain.errors import LibraryError
from db.services import checking, editing, importing, merging, reading, searching, splitting, tagging, undoing
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library


def paper(library: Library, paper_id: int) -> Any:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found


@pytest.fixture
def seen_twice(library: Library, folder: Path, pages: Any) -> int:
    """A paper that two dumps show; the second one tells the comments and the date."""
    bare, full = pages.paper(1), pages.paper(1, authors=4, date="May 3, 2023", comments=2)
    for name, one in (("a.txt", bare), ("b.txt", full)):
        shown = [pages.paper(2, authors=2, date="Jun 4, 2023", comments=1), one]
        (folder / name).write_text(pages.full(shown), encoding="utf-8")
        importing.import_files(library, [folder / name], silent)
    titled = [one for one in searching.find(library).ids if paper(library, one).title == bare.title]
    assert len(titled) == 1
    tagging.tag(library, titled, add=["mine"])
    editing.set_fields(library, titled, {"venue": "Typed by hand"})
    return int(titled[0])


def test_the_second_record_becomes_a_paper_and_takes_along_what_it_told(library: Library, seen_twice: int) -> None:
    old = paper(library, seen_twice)
    assert (old.comments, old.author_count, [one.source_name for one in old.sightings]) == (2, 4, ["a.txt", "b.txt"])
    new, changes = splitting.another_paper(library, old.sightings[1].id)
    assert changes.label == "Make a record its own paper"
    kept, split = paper(library, seen_twice), paper(library, new)
    assert [one.source_name for one in kept.sightings] == ["a.txt"]
    assert [one.source_name for one in split.sightings] == ["b.txt"]
    assert (kept.comments, kept.author_count, kept.venue, len(kept.tags)) == (None, None, "Typed by hand", 1)
    assert (split.comments, split.author_count, split.venue, len(split.tags)) == (2, 4, None, 0)
    assert (split.title, split.abstract, split.date.iso()) == (old.title, old.abstract, "2023-05-03")
    assert split.citation_key != kept.citation_key
    assert merging.find_duplicates(library, silent, merge=True).merged == 0
    assert checking.check(library) == []
    undoing.undo(library)
    assert paper(library, seen_twice) == old
    assert checking.check(library) == []


def test_the_first_record_leaves_and_the_words_are_those_of_the_other(library: Library, folder: Path) -> None:
    titles = ("Velvet harbours: a long look at them", "Velvet harbours, and a long look at them")
    for number, title in enumerate(titles):
        bib = f"@article{{k{number}, title={{{title}}}, author={{Gull, Ann}}, year={{2020}}}}"
        (folder / f"{number}.bib").write_text(bib, encoding="utf-8")
        importing.import_files(library, [folder / f"{number}.bib"], silent, keep_twins=True)
    ids = sorted(searching.find(library).ids)
    merging.merge(library, ids, into=ids[0])
    old = paper(library, ids[0])
    assert (old.title, len(old.sightings)) == (titles[0], 2)
    new, _changes = splitting.another_paper(library, old.sightings[0].id)
    assert (paper(library, ids[0]).title, paper(library, new).title) == (titles[1], titles[0])
    assert checking.check(library) == []


def test_the_only_record_stays(library: Library, seen_twice: int) -> None:
    one, two = paper(library, seen_twice).sightings
    splitting.another_paper(library, two.id)
    with pytest.raises(LibraryError, match="only record"):
        splitting.another_paper(library, one.id)
    with pytest.raises(LibraryError, match="no longer in the library"):
        splitting.another_paper(library, 999)
