"""A library is carried to another place: what is inside it, and what lies beside it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import collecting, editing, files, importing, livefiles, reading, searching, tagging, undoing
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.file
OPTIONS = ExportOptions(note=False)
BIB = "@misc{a, title={Amber lanterns over rivers}, file={:files/a.pdf:PDF}}\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with a library, the bibliography and the file that it came with, and a live .bib file; all closed."""
    folder = tmp_path / "old" / "thesis"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "a.pdf").write_text("text")
    (folder / "mine.bib").write_text(BIB)
    library = Library.open(folder / "library.sheaf")
    importing.import_files(library, [folder / "mine.bib"], silent)
    editing.add_paper(library, {"title": "Velvet rivers", "notes": "By hand."})
    tagging.tag(library, [1, 2], add=["rivers"])
    chapter, _ = collecting.create(library, "Chapter 2")
    collecting.add(library, chapter, [1, 2])
    livefiles.attach(library, folder / "refs.bib", livefiles.of_search("tag:rivers"), OPTIONS)
    library.close()
    return folder


def moved(old: Path) -> Path:
    new = old.parents[1] / "another machine" / "thesis"
    new.parent.mkdir()
    shutil.move(old, new)
    return new


def test_the_file_alone_holds_the_library(old: Path, tmp_path: Path) -> None:
    alone = tmp_path / "stick" / "library.sheaf"
    alone.parent.mkdir()
    shutil.copy(old / "library.sheaf", alone)
    shutil.rmtree(old)
    library = Library.open(alone, create=False)
    assert len(searching.find(library, "tag:rivers").ids) == 2
    assert [one.name for one in collecting.collections(library)] == ["Chapter 2"]
    first = reading.paper(library, 1)
    assert first is not None
    assert first.citation_key == "a"
    undoing.undo(library)
    assert undoing.history(library, 1)[0].undone
    library.close()


def test_files_that_were_carried_along_are_found_beside_the_library(old: Path) -> None:
    new = moved(old)
    library = Library.open(new / "library.sheaf", create=False)
    assert files.locate(library, 1, "files/a.pdf") == new / "files" / "a.pdf"
    (new / "files" / "a.pdf").unlink()
    with pytest.raises(LibraryError, match="There is no file"):
        files.locate(library, 1, "files/a.pdf")
    library.close()


def test_a_live_file_that_was_carried_along_goes_on_where_it_is_attached_again(old: Path) -> None:
    before = (old / "refs.bib").read_bytes()
    new = moved(old)
    library = Library.open(new / "library.sheaf", create=False)
    (file,) = livefiles.files(library)
    said = livefiles.update(library, file.id).file
    assert (said.state, "is not there" in said.reason) == ("failed", True)
    again = livefiles.attach(library, new / "refs.bib", livefiles.of_search("tag:rivers"), OPTIONS)
    assert not again.is_new
    assert not again.questions
    (only,) = livefiles.files(library)
    assert (only.id, only.path, only.state, only.entries) == (file.id, str(new / "refs.bib"), "written", 2)
    assert (new / "refs.bib").read_bytes() == before
    library.close()


def test_a_copy_of_a_live_file_is_a_file_of_its_own(old: Path) -> None:
    library = Library.open(old / "library.sheaf", create=False)
    shutil.copy(old / "refs.bib", old / "copy.bib")
    livefiles.attach(library, old / "copy.bib", livefiles.of_search("tag:rivers"), OPTIONS)
    assert [one.name for one in livefiles.files(library)] == ["copy.bib", "refs.bib"]
    library.close()
