"""What is named by number is never another later, whatever took the first one away."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.domain.records import SavedSearch
from db.services import (
    backups,
    collecting,
    editing,
    exporting,
    importing,
    livefiles,
    saved,
    searching,
    tagging,
    undoing,
)
from db.services.library import Library
from db.services.progress import silent
from db.store import ids

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARIES = Path(__file__).parents[2] / "libraries"
ENTRY = "@misc{{k{0}, title = {{Saffron kettles of order {0} in the {0}th harbour}}, year = {{2024}}}}\n"


def add(library: Library, title: str = "Amber kettles") -> int:
    return editing.add_paper(library, {"title": title})[0]


def source_of(library: Library) -> int:
    with library.reading() as session:
        return int(session.execute(text("SELECT id FROM source")).scalar_one())


def imported(library: Library, folder: Path, number: int) -> tuple[int, int]:
    """Import a paper; return its id and that of its source."""
    file = folder / f"{number}.bib"
    file.write_text(ENTRY.format(number), encoding="utf-8")
    source = importing.import_files(library, [file], silent).files[0].source_id
    (paper,) = searching.find(library, f"dump:#{source}").ids
    return paper, source


def purged(library: Library, paper_id: int) -> None:
    editing.trash(library, [paper_id])
    editing.empty_trash(library)


@pytest.mark.parametrize("gone", [purged, lambda library, _paper: undoing.undo(library)], ids=["purged", "undone"])
def test_no_paper_gets_the_id_of_one_that_is_gone(library: Library, gone: Callable[[Library, int], object]) -> None:
    first, second = add(library), add(library, "Velvet rivers")
    gone(library, second)
    third = add(library, "Hollow violins")
    assert len({first, second, third}) == 3
    gone(library, third)
    assert add(library, "Quartz orchards") not in {first, second, third}


def test_an_undone_import_leaves_its_ids_behind_unless_it_comes_back(library: Library, tmp_path: Path) -> None:
    first = imported(library, tmp_path, 1)
    undoing.undo(library)
    undoing.redo(library)
    assert (searching.find(library).ids.tolist(), source_of(library)) == ([first[0]], first[1])
    undoing.undo(library)
    again = imported(library, tmp_path, 2)
    assert again[0] != first[0]
    assert again[1] != first[1]


def test_a_live_file_of_chosen_papers_never_shows_a_stranger(library: Library, tmp_path: Path) -> None:
    kept, gone = add(library), add(library, "Velvet rivers")
    path = tmp_path / "refs.bib"
    follow = livefiles.of_search("", f"among:{kept}-{gone}")
    file = livefiles.attach(library, path, follow, exporting.ExportOptions()).file
    purged(library, gone)
    add(library, "Hollow violins")
    assert livefiles.update(library, file.id).file.entries == 1
    assert "violins" not in path.read_text(encoding="utf-8")


def test_no_tag_collection_or_saved_search_gets_the_id_of_another(library: Library) -> None:
    paper_id = add(library)
    made: dict[str, list[int]] = {"tag": [], "collection": [], "search": []}
    for number in range(2):
        tagging.tag(library, [paper_id], add=[f"kettle {number}"])
        made["tag"].append(tagging.tags(library)[0].id)
        tagging.delete(library, made["tag"][-1])
        made["collection"].append(collecting.create(library, f"Thesis {number}")[0])
        collecting.delete(library, made["collection"][-1])
        made["search"].append(saved.save(library, SavedSearch(0, f"Kept {number}", text="kettles"))[0])
        saved.delete(library, made["search"][-1])
    assert all(first != second for first, second in made.values()), made


@pytest.mark.file
def test_a_restored_backup_uses_no_id_of_what_came_after_it(library: Library, tmp_path: Path) -> None:
    add(library)
    copy = backups.backup(library, tmp_path / "copy.backup").file
    later = add(library, "Velvet rivers")
    path = library.path
    library.close()
    backups.restore(path, copy)
    with closing(Library.open(path)) as restored:
        assert add(restored, "Hollow violins") != later


@pytest.mark.file
def test_a_library_of_an_earlier_version_knows_the_ids_that_it_still_tells_of(tmp_path: Path) -> None:
    copy = tmp_path / "0010.sheaf"
    shutil.copyfile(LIBRARIES / "0010.sheaf", copy)
    with closing(sqlite3.connect(copy)) as file, file:
        file.execute("INSERT INTO frozen_key (key, paper_id) VALUES ('given-away', 70)")
        file.execute("INSERT INTO change (step_id, table_name, row_key) SELECT max(id), 'source', '[80]' FROM step")
    with closing(Library.open(copy)) as library, library.reading() as session:
        assert [ids.next_id(session, name) for name in ("paper", "source")] == [71, 81]
        tags = session.execute(text("SELECT max(id) FROM tag")).scalar_one()
        assert ids.next_id(session, "tag") == tags + 1
