"""Archives: their files are imported under their names; bombs, odd names and damage are told and left alone."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.services import archives, gathering, importing, undoing
from db.services.progress import Progress, silent

if TYPE_CHECKING:
    from db.services.library import Library
    from tests.db.services.conftest import Pages


def page(pages: type[Pages], *numbers: int) -> bytes:
    return pages.full([pages.paper(n, authors=3, date="Mar 18, 2024") for n in numbers]).encode()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def test_the_files_of_a_zip_are_sources_of_their_own(library: Library, pages: type[Pages], folder: Path) -> None:
    members = {"may/one.txt": page(pages, 1, 2), "two.txt": page(pages, 2, 3), "__MACOSX/._x": b"x", ".hidden": b"x"}
    file = zipped(folder / "dumps.zip", members)
    done = importing.import_files(library, [file], silent)
    assert [(r.file, r.added, r.merged) for r in done.files] == [
        (f"{file}/may/one.txt", 2, 0),
        (f"{file}/two.txt", 1, 1),
    ]
    assert done.changes.label == "Import dumps.zip"
    assert undoing.undo(library)
    assert importing.import_files(library, [file], silent).files[0].added == 2


def test_two_members_of_one_name_are_told_apart(library: Library, pages: type[Pages], folder: Path) -> None:
    file = folder / "twice.zip"
    with zipfile.ZipFile(file, "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile minds the name, other programs do not
        packed.writestr("page.txt", page(pages, 1))
        packed.writestr("page.txt", page(pages, 2))
    done = importing.import_files(library, [file], silent)
    assert [(r.file, r.added) for r in done.files] == [(f"{file}/page.txt", 1), (f"{file}/page.txt (2)", 1)]


def test_gz_is_read_like_the_file_in_it(library: Library, pages: type[Pages], folder: Path) -> None:
    file = folder / "one.txt.gz"
    file.write_bytes(gzip.compress(page(pages, 1, 2)))
    (result,) = importing.import_files(library, [file], silent).files
    assert (result.added, result.error) == (2, None)
    plain = folder / "one.txt"
    plain.write_bytes(page(pages, 1, 2))
    assert importing.import_files(library, [plain], silent).files[0].already_imported


def test_bombs_are_left_alone_and_stop_no_other_file(
    library: Library, pages: type[Pages], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = b"0" * 30_000_000
    file = zipped(folder / "mixed.zip", {"bomb.txt": bomb, "good.txt": page(pages, 1)})
    bad, good = importing.import_files(library, [file], silent).files
    assert "150-fold" in str(bad.error)
    assert good.added == 1
    packed = folder / "bomb.gz"
    packed.write_bytes(gzip.compress(bomb))
    assert "150-fold" in str(importing.import_files(library, [packed], silent).files[0].error)
    monkeypatch.setattr(archives, "ALL_BYTES", 1_000)
    (result,) = importing.import_files(
        library, [zipped(folder / "b.zip", {"big.txt": bytes(range(256)) * 9})], silent
    ).files
    assert "big.txt unpacks to more than" in str(result.error)


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "C:\\out.txt", "a/../../out.txt", "..\\out.txt"])
def test_names_that_lead_out_are_left_alone(library: Library, folder: Path, name: str) -> None:
    (result,) = importing.import_files(library, [zipped(folder / "a.zip", {name: b"x"})], silent).files
    assert "leads out of the archive" in str(result.error)
    assert not list(folder.parent.rglob("out.txt"))


def test_links_locks_documents_and_damage_are_said(library: Library, pages: type[Pages], folder: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(folder / "link.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
    torn = folder / "torn.gz"
    torn.write_bytes(gzip.compress(page(pages, *range(1, 9)))[:-40])
    whole = io.BytesIO(zipped(folder / "w.zip", {"a.txt": page(pages, 1)}).read_bytes()).getvalue()
    cut = folder / "cut.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    office = zipped(folder / "letter.docx", {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    empty = zipped(folder / "none.zip", {})
    done = importing.import_files(library, [folder / "link.zip", torn, cut, office, empty], silent)
    words = ["is a link", "torn.gz cannot be unpacked", "cut.zip cannot be unpacked", "document", "no file to import"]
    for result, said in zip(done.files, words, strict=True):
        assert said in str(result.error)
    assert not done.changes


def test_a_library_is_not_even_opened(library: Library, pages: type[Pages], folder: Path) -> None:
    for name in ("mine.sheaf", "mine.sheaf-wal"):
        os.mkfifo(folder / name)  # opening one waits for ever
    (folder / "page.txt").write_text(page(pages, 1).decode(), encoding="utf-8")
    done = importing.import_files(library, [folder], silent)
    assert [result.error is None for result in done.files] == [False, False, True]
    assert "mine.sheaf belongs to a library of Sheaf" in str(done.files[0].error)


def test_cancel_while_unpacking_leaves_no_file(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    file = zipped(folder / "dumps.zip", {"one.txt": b"text\n" * 10})

    def report(progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_files(library, [file], report)
    assert [path.name for path in folder.iterdir() if path.name.startswith("sheaf-")] == []


def test_a_folder_of_archives_is_opened(folder: Path) -> None:
    inside = folder / "inside"
    inside.mkdir()
    zipped(inside / "b.zip", {"x.txt": b"x", "deep/y.txt": b"y", "z.txt": b""})
    (inside / "a.txt").write_text("a")
    with gathering.gathered([inside]) as found:
        shown = [Path(one.shown).relative_to(inside).as_posix() for one in found]
        assert shown == ["a.txt", "b.zip/x.txt", "b.zip/deep/y.txt", "b.zip/z.txt"]
        assert found[2].path.read_text() == "y"
        assert found[2].path.name == "y.txt"
        assert "empty" in str(found[3].error)
    assert not found[2].path.exists()


def tarred(path: Path, members: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as packed:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize(("name", "mode"), [("two.tar", "w"), ("two.tar.gz", "w:gz"), ("two.tgz", "w:gz")])
def test_the_files_of_a_tar_are_sources_of_their_own(
    library: Library, pages: type[Pages], folder: Path, name: str, mode: str
) -> None:
    file = tarred(folder / name, {"a/one.txt": page(pages, 1), "two.txt": page(pages, 2), "../out.txt": b"x"}, mode)
    done = importing.import_files(library, [file], silent)
    assert [(r.file, r.records) for r in done.files[:2]] == [(f"{file}/a/one.txt", 1), (f"{file}/two.txt", 1)]
    assert "leads out" in str(done.files[2].error)


def test_links_in_a_tar_and_a_cut_tar_are_said(library: Library, pages: type[Pages], folder: Path) -> None:
    file = folder / "links.tar"
    with tarfile.open(file, "w") as packed:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(link)
    (result,) = importing.import_files(library, [file], silent).files
    assert "is a link" in str(result.error)
    whole = tarred(folder / "whole.tar", {"one.txt": page(pages, 1)}).read_bytes()
    (folder / "cut.tar").write_bytes(whole[:700])
    (result,) = importing.import_files(library, [folder / "cut.tar"], silent).files
    assert "cannot be unpacked" in str(result.error)


def test_an_archive_in_an_archive_is_said(library: Library, pages: type[Pages], folder: Path) -> None:
    inner = zipped(folder / "inner.zip", {"one.txt": page(pages, 1)}).read_bytes()
    file = zipped(folder / "outer.zip", {"inner.zip": inner, "two.txt": page(pages, 2)})
    first, second = importing.import_files(library, [file], silent).files
    assert "an archive in an archive" in str(first.error)
    assert second.added == 1


def test_a_broken_name_in_a_zip_costs_no_other_file(library: Library, pages: type[Pages], folder: Path) -> None:
    file = zipped(folder / "broken.zip", {"seite-ä.txt": page(pages, 1)})
    file.write_bytes(file.read_bytes().replace("ä".encode(), b"\xff\xfe"))
    (folder / "good.txt").write_bytes(page(pages, 2))
    done = importing.import_files(library, [file, folder / "good.txt"], silent)
    assert [(bool(r.error), r.added) for r in done.files] == [(True, 0), (False, 1)]


@pytest.mark.skipif(sys.platform == "win32", reason="no path is that long there")
def test_folders_in_folders_without_end_are_gone_through(folder: Path) -> None:
    here = deep = folder / "deep"
    for _level in range(1_100):
        here.mkdir()
        here = here / "d"
    with gathering.gathered([deep]) as found:
        assert [bool(one.error) for one in found] == [True]
    for _level in range(1_100):  # what removes temporary folders goes in by recursion, and would give up here
        here = here.parent
        here.rmdir()
