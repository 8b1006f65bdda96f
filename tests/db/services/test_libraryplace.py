"""Another folder for the library: chosen, remembered, copied to, and said to be synced where it is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from db.domain.errors import LibraryError
from db.services import editing, home, libraryplace, reading
from db.services.library import Library

pytestmark = pytest.mark.file


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable says where the library is."""
    monkeypatch.delenv("SHEAF_LIBRARY")


def test_a_copy_is_made_and_remembered_and_the_first_one_stays(library: Library, tmp_path: Path) -> None:
    editing.add_paper(library, {"title": "Amber lanterns over quiet rivers"})
    assert home.library() == home.usual_library()

    place = libraryplace.look(tmp_path / "new" / "papers", library)
    chosen = libraryplace.choose(library, place)

    assert (place.is_there, place.synced_by) == (False, "")
    assert chosen == tmp_path / "new" / "papers" / "library.sheaf" == home.library() == home.chosen_library()
    assert library.path.exists()
    other = Library.open(chosen)
    assert reading.live(other) == 1
    other.close()


def test_a_library_that_is_there_is_left_as_it_is(library: Library, tmp_path: Path) -> None:
    editing.add_paper(library, {"title": "Amber lanterns over quiet rivers"})
    Library.open(tmp_path / "other" / "library.sheaf").close()

    place = libraryplace.look(tmp_path / "other", library)
    chosen = libraryplace.choose(library, place)

    assert place.is_there
    other = Library.open(chosen)
    assert reading.live(other) == 0
    other.close()


def test_what_is_no_library_changes_nothing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "library.sheaf").write_text("no library")

    with pytest.raises(LibraryError) as told:
        libraryplace.choose(library, libraryplace.look(tmp_path / "other", library))
    assert told.value.message.startswith(f"In {tmp_path / 'other'}: library.sheaf is not a Sheaf library.")
    assert told.value.message.endswith("Your library stays where it is.")
    assert home.chosen_library() is None


def test_back_to_the_usual_place_nothing_is_remembered(library: Library, tmp_path: Path) -> None:
    libraryplace.choose(library, libraryplace.look(tmp_path / "other", library))
    home.choose_library(home.usual_library())

    assert home.chosen_library() is None
    assert not (home.config_folder() / home.CHOSEN).exists()


@pytest.mark.parametrize("content", ["", "\n", "relative/library.sheaf\n", "\xff"])
def test_a_broken_note_counts_as_none(content: str) -> None:
    home.config_folder().mkdir(parents=True)
    (home.config_folder() / home.CHOSEN).write_bytes(content.encode("latin-1"))

    assert home.library() == home.usual_library()


def test_a_chosen_place_that_is_gone_is_not_made_anew(library: Library, tmp_path: Path) -> None:
    chosen = libraryplace.choose(library, libraryplace.look(tmp_path / "stick", library))
    chosen.unlink()

    assert not home.may_make(chosen)
    assert home.may_make(tmp_path / "elsewhere.sheaf")
    with pytest.raises(LibraryError, match="a disk that is not connected"):
        Library.open(chosen, create=home.may_make(chosen))
    assert not chosen.exists()


def test_the_open_library_can_be_chosen_again_when_the_chosen_place_is_gone(tmp_path: Path) -> None:
    here, link = tmp_path / "here", tmp_path / "link"
    here.mkdir()
    link.symlink_to(here)
    home.choose_library(tmp_path / "stick" / "library.sheaf")
    with closing(Library.open(here / "library.sheaf")) as library:
        place = libraryplace.look(link, library)
        chosen = libraryplace.choose(library, place)

        assert place.is_open
        assert home.library() == chosen == link / "library.sheaf"
        editing.add_paper(library, {"title": "Amber lanterns over quiet rivers"})
        assert reading.live(library) == 1


@pytest.mark.parametrize(
    ("path", "program"),
    [
        ("Dropbox/papers", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("OneDrive - University/a", "OneDrive"),
        ("Library/Mobile Documents/x", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("papers", ""),
    ],
)
def test_folders_that_are_synced_are_known_by_their_names(
    library: Library, tmp_path: Path, path: str, program: str
) -> None:
    assert libraryplace.look(tmp_path / path, library).synced_by == program


def test_folders_that_are_synced_are_known_by_what_lies_in_them(library: Library, tmp_path: Path) -> None:
    (tmp_path / "mine" / ".stfolder").mkdir(parents=True)
    assert libraryplace.look(tmp_path / "mine" / "papers", library).synced_by == "Syncthing"
