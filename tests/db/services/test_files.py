"""Where the files of papers lie, and which of them are never opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import files, importing, previewing
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library


@pytest.fixture
def beside(library: Library, folder: Path) -> Path:
    """The folder of a bibliography that brought paper 1."""
    (folder / "refs.bib").write_text("@misc{a, title={Amber lanterns over rivers}, file={:files/a.pdf:PDF}}\n")
    (folder / "files").mkdir()
    (folder / "files" / "a.pdf").write_text("text")
    importing.import_files(library, [folder / "refs.bib"], silent)
    return folder


def test_a_relative_path_is_seen_from_the_source(library: Library, beside: Path) -> None:
    there = beside / "files" / "a.pdf"
    for path in ("files/a.pdf", r"files\a.pdf", str(there)):
        assert files.locate(library, 1, path) == there


@pytest.mark.usefixtures("beside")
@pytest.mark.parametrize(
    "path",
    [
        "b.pdf",
        "files",
        "",
        "a\0b.pdf",
        r"C:\files\a.pdf",
        r"\\server\share\a.pdf",
        "//server/share/a.pdf",
        "https://example.org/a.pdf",
        "run.sh",
        "Setup.EXE",
        "~nobody-of-this-name/a.pdf",
        "x" * 5_000,
    ],
)
def test_what_is_not_there_or_no_document_is_refused_in_words(library: Library, path: str) -> None:
    with pytest.raises(LibraryError, match=r"computer|not opened"):
        files.locate(library, 1, path)


def test_a_link_to_a_program_is_no_document(library: Library, beside: Path) -> None:
    (beside / "run.sh").write_text("echo")
    (beside / "b.pdf").symlink_to(beside / "run.sh")
    with pytest.raises(LibraryError, match="program"):
        files.locate(library, 1, "b.pdf")


@pytest.mark.parametrize("named", ["papers", "{folder}/papers"])
def test_a_file_is_found_in_the_folder_that_jabref_names(library: Library, folder: Path, named: str) -> None:
    (folder / "papers" / "2021").mkdir(parents=True)
    there = folder / "papers" / "2021" / "a.pdf"
    there.write_text("text")
    (folder / "refs.bib").write_text(
        "@misc{a, title={Amber lanterns over rivers}, file={:2021/a.pdf:PDF}}\n\n"
        f"@Comment{{jabref-meta: databaseType:bibtex;}}\n\n"
        f"@Comment{{jabref-meta: fileDirectory:{named.format(folder=folder.as_posix())};}}\n"
    )
    importing.import_files(library, [folder / "refs.bib"], silent)

    assert files.locate(library, 1, "2021/a.pdf") == there
    with pytest.raises(LibraryError, match="There is no file"):
        files.locate(library, 1, "2021/b.pdf")


def test_mendeley_leaves_the_first_slash_of_a_path_out(library: Library, folder: Path) -> None:
    there = folder / "a.pdf"
    there.write_text("text")
    bib = folder / "elsewhere" / "refs.bib"
    bib.parent.mkdir()
    bib.write_text(f"@misc{{a, title={{Amber lanterns over rivers}}, file={{:{str(there).lstrip('/')}:pdf}}}}\n")
    (said,) = previewing.preview(library, [bib], silent).files
    importing.import_files(library, [bib], silent)

    assert (said.brought.files, said.brought.missing) == (1, 0)
    assert files.locate(library, 1, str(there).lstrip("/")) == there
