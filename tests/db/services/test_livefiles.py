"""Live .bib files on a real disk: what is written, when, and what is said when it cannot be."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.domain.livebib import entries
from db.services import (
    collecting,
    docfiles,
    editing,
    exporting,
    keys,
    liveanswers,
    livefiles,
    liveplan,
    livewriting,
    merging,
    reading,
    searching,
    tagging,
    undoing,
)
from db.services.changes import Changes
from db.services.exporting import ExportOptions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.services.library import Library
    from db.services.livefiles import LiveFile, Updated

OWN = b"% mine\r\n@string{v = {Venue}}\r\n\r\n@article{mine, journal = v}"
OPTIONS = ExportOptions(note=False)
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def add(library: Library, title: str = "Amber kettles", **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def key(library: Library, paper_id: int) -> str:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found.citation_key


def attach(library: Library, path: Path, text: str = "") -> LiveFile:
    return livefiles.attach(library, path, livefiles.of_search(text), OPTIONS).file


def state(library: Library) -> tuple[str, str]:
    (file,) = livefiles.files(library)
    return file.state, file.reason


def update(library: Library, **how: object) -> Updated:
    (file,) = livefiles.files(library)
    return livefiles.update(library, file.id, **how)  # type: ignore[arg-type]


def test_a_file_is_made_and_follows_every_change(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    file = attach(library, path)
    assert (file.state, file.name, file.entries) == ("written", "refs.bib", 0)
    assert path.read_bytes() == b""
    first = add(library, authors="Doe, Jane", date="2024")
    done = update(library, changed={first})
    assert done.added == (key(library, first),)
    assert done.changes.ids == {first}  # its key is frozen now
    assert path.read_text() == exporting.preview_bibtex(library, first, OPTIONS).rstrip("\n") + "\n"
    changes = editing.set_fields(library, [first], {"title": "Velvet kettles"})
    assert update(library, changed=livefiles.touched_by(changes)).changed == (key(library, first),)
    assert "Velvet" in path.read_text()
    undoing.undo(library)
    assert update(library).changed
    assert "Amber" in path.read_text()
    editing.trash(library, [first])
    add(library, "Quartz rivers")
    assert update(library).removed
    assert path.read_text().count("@misc") == 1


def test_what_did_not_change_is_not_written(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(OWN)
    first = add(library)
    file = attach(library, path)
    assert path.read_bytes().startswith(OWN + b"\r\n\r\n@misc{")
    assert not path.read_bytes().endswith(b"\n")
    os.utime(path, ns=(1, 1))
    before = path.stat()
    editing.set_fields(library, [first], {"starred": True})
    done = update(library, changed={first})
    assert not done.is_new
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert livefiles.files(library) == [file if file.entries else done.file]


def test_only_what_changed_is_rendered(library: Library, tmp_path: Path) -> None:
    ids = [add(library, f"Amber kettles {number}") for number in range(3)]
    path = tmp_path / "refs.bib"
    attach(library, path)
    editing.set_fields(library, ids, {"venue": "Here"})
    assert update(library, changed={ids[1]}).changed == (key(library, ids[1]),)
    assert len(update(library).changed) == 2


def test_one_edit_in_a_big_file_is_a_look_at_one_entry(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [add(library, f"Amber kettles {number}") for number in range(30)]
    path = tmp_path / "refs.bib"
    path.write_bytes(OWN)
    attach(library, path)
    before = path.read_bytes()

    def never(*_args: object) -> None:
        raise AssertionError("all of the file was looked at")

    with monkeypatch.context() as patched:
        patched.setattr(liveplan, "whole", never)
        editing.set_fields(library, ids[7:9], {"title": "Velvet rivers"})
        done = update(library, changed=set(ids[7:9]))
        assert done.changed == (key(library, ids[7]), key(library, ids[8]))
        assert done.file.entries == 30
        editing.set_fields(library, ids, {"starred": True})
        assert not update(library, changed=set(ids)).is_new
    after = path.read_bytes()
    assert after.count(b"Velvet rivers") == 2
    assert len(after.splitlines()) == len(before.splitlines())
    assert sum(one != other for one, other in zip(after.splitlines(), before.splitlines(), strict=True)) == 2
    assert not update(library).is_new  # the long way comes to the same
    # What another program wrote is looked at as a whole.
    path.write_bytes(after + b"% mine")
    editing.set_fields(library, ids[:1], {"title": "Quartz beetles"})
    with monkeypatch.context() as patched:
        patched.setattr(liveplan, "whole", never)
        with pytest.raises(AssertionError):
            update(library, changed={ids[0]})
    assert update(library, changed={ids[0]}).changed
    assert path.read_bytes().endswith(b"% mine")


def test_renaming_a_tag_names_no_papers_but_reaches_their_keywords(library: Library, tmp_path: Path) -> None:
    first = add(library)
    tagging.tag(library, [first], add=["old"])
    livefiles.attach(library, tmp_path / "refs.bib", livefiles.of_search(""), ExportOptions(keywords=True))
    (tag,) = reading.sidebar(library).tags
    changes = tagging.rename(library, tag.id, "new")
    assert livefiles.touched_by(changes) is None
    assert update(library, changed=livefiles.touched_by(changes)).changed
    assert "{new}" in (tmp_path / "refs.bib").read_text()


def test_a_collection_is_followed_until_it_is_gone(library: Library, tmp_path: Path) -> None:
    first, second = add(library), add(library, "Velvet rivers")
    thesis = collecting.create(library, "Thesis")[0]
    collecting.add(library, thesis, [first])
    path = tmp_path / "refs.bib"
    livefiles.attach(library, path, livefiles.of_collection(thesis, "Thesis"), OPTIONS)
    collecting.add(library, thesis, [second])
    collecting.rename(library, thesis, "Thesis ch. 2")
    done = update(library)
    assert done.added == (key(library, second),)
    assert done.file.follow.name == "Thesis ch. 2"
    before = path.read_bytes()
    collecting.delete(library, thesis)
    assert update(library, by_hand=True).file.state == "failed"
    assert "Thesis ch. 2 is no longer there" in state(library)[1]
    undoing.undo(library)
    assert update(library).file.state == "written"
    collecting.delete(library, thesis)
    update(library)
    assert collecting.create(library, "Another")[0] != thesis
    assert update(library).file.state == "failed"
    assert path.read_bytes() == before


def test_a_search_that_finds_nothing_any_more_empties_no_file_unasked(library: Library, tmp_path: Path) -> None:
    first = add(library)
    tagging.tag(library, [first], add=["cited"])
    path = tmp_path / "refs.bib"
    attach(library, path, "tag:cited")
    tagging.tag(library, [first], remove=["cited"])
    assert update(library).file.state == "failed"
    assert "“Update now”" in state(library)[1]
    assert path.read_bytes()
    assert update(library, by_hand=True).removed
    assert path.read_bytes() == b""


def test_what_an_attached_file_follows_and_how_it_is_written_can_be_changed(library: Library, tmp_path: Path) -> None:
    first = add(library, "On ℝ and rivers", venue="Conference on Learning Theory", abstract="Long.", date="2024-05")
    second = add(library, "Amber kettles")
    path = tmp_path / "refs.bib"
    path.write_bytes(OWN)
    file = attach(library, path)
    mine = path.read_bytes()[: len(OWN)]
    assert mine == OWN
    assert file.options.profile == "bibtex"
    options = ExportOptions(profile="biblatex", encoding="unicode", abstract=False, abbreviate=True)
    keys_alone = livefiles.of_keys(key(library, first))
    done = livefiles.change(library, file.id, keys_alone, options)
    text = path.read_bytes().decode()
    assert (done.changed, done.removed) == ((key(library, first),), (key(library, second),))
    assert (done.file.follow, done.file.options, done.file.state) == (keys_alone, options, "written")
    assert text.startswith(OWN.decode())
    for part in ("title = {On {ℝ} and rivers}", "booktitle = {COLT}", "date = {2024-05}"):
        assert part in text
    assert "abstract" not in text
    assert "\n" not in text.replace("\r\n", "")
    (stored,) = livefiles.files(library)
    assert (stored.follow, stored.options, stored.entries) == (keys_alone, options, 1)
    editing.set_fields(library, [first], {"title": "On rivers"})
    assert update(library, changed={first}).changed == (key(library, first),)
    livefiles.change(library, file.id, livefiles.of_search(""), OPTIONS)
    back = path.read_bytes().decode()
    assert back.startswith(OWN.decode())
    assert back.count("@inproceedings{") == back.count("@misc{") == 1
    livefiles.detach(library, file.id)
    with pytest.raises(LibraryError, match="no longer attached"):
        livefiles.change(library, file.id, keys_alone, options)


def test_a_change_leaves_what_was_edited_by_hand_to_the_person(library: Library, tmp_path: Path) -> None:
    paper_id, path = add(library), tmp_path / "refs.bib"
    file = attach(library, path)
    path.write_text(path.read_text().replace("Amber kettles", "Amber cattle"))
    edited = path.read_bytes()
    done = livefiles.change(library, file.id, file.follow, ExportOptions(profile="biblatex"))
    assert path.read_bytes() == edited
    assert [one.key for one in done.questions] == [key(library, paper_id)]
    released = livefiles.change(library, file.id, livefiles.of_keys("none"), OPTIONS)
    assert (released.released, path.read_bytes()) == ((key(library, paper_id),), edited)


def test_a_change_that_cannot_be_written_is_written_as_soon_as_it_can(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    add(library, date="2024")
    file = attach(library, folder / "refs.bib")
    folder.rename(tmp_path / "away")
    done = livefiles.change(library, file.id, file.follow, ExportOptions(profile="biblatex"))
    assert done.file.state == "failed"
    assert "drive" in done.file.reason
    (tmp_path / "away").rename(folder)
    assert "year = " in (folder / "refs.bib").read_text()
    assert update(library, changed=frozenset()).file.state == "written"
    assert "date = {2024}" in (folder / "refs.bib").read_text()


def test_a_document_is_read_once_for_each_update(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, tex, path = add(library), tmp_path / "paper.tex", tmp_path / "refs.bib"
    tex.write_text(f"\\cite{{{key(library, first)}}} \\input{{later}}")
    livefiles.attach(library, path, livefiles.of_document(tex), OPTIONS)
    opened, real = [], docfiles.Folder.open
    monkeypatch.setattr(docfiles.Folder, "open", lambda self, name: [opened.append(name), real(self, name)][1])
    for changed in (None, frozenset({first})):
        opened.clear()
        editing.set_fields(library, [first], {"title": f"Amber rivers {changed}"})
        done = update(library, changed=changed)
        assert done.changed == (key(library, first),)
        assert sorted(set(opened)) == sorted(opened)
        assert "paper.tex" in opened
    known, read = done.seen, len(opened)
    (tmp_path / "later.tex").write_text("There by now.")
    assert livefiles.seen(known) != known
    assert len(opened) == read
    with pytest.raises(LibraryError, match="missing"):
        livefiles.attach(library, tmp_path / "b.bib", livefiles.of_document(tmp_path / "missing.tex"), OPTIONS)
    assert len(livefiles.files(library)) == 1


def test_a_search_within_a_scope(library: Library, tmp_path: Path) -> None:
    kettles, rivers, out = add(library), add(library, "Amber rivers"), add(library, "Amber meadows")
    tagging.tag(library, [kettles, rivers], add=["x"])
    follow = livefiles.of_search("rivers OR meadows", "tag:x")
    livefiles.attach(library, tmp_path / "refs.bib", follow, OPTIONS)
    text = (tmp_path / "refs.bib").read_text()
    assert [key(library, one) in text for one in (kettles, rivers, out)] == [False, True, False]


@pytest.mark.parametrize("search", ["rivers) OR (meadows", ") OR meadows", 'tag:"x', "tag:“x"])
def test_no_search_text_gets_out_of_its_scope(library: Library, tmp_path: Path, search: str) -> None:
    ids = [add(library), add(library, "Amber rivers"), add(library, "Amber meadows")]
    tagging.tag(library, ids[:2], add=["x"])
    scope = "tag:x among:" + ",".join(map(str, range(1, 3_000)))
    found = searching.find(library, search, scope=scope).ids
    livefiles.attach(library, tmp_path / "refs.bib", livefiles.of_search(search, scope), OPTIONS)
    text = (tmp_path / "refs.bib").read_text()
    assert [key(library, one) in text for one in ids] == [one in found for one in ids]


def test_cited_keys_stay_as_they_are_cited(library: Library, tmp_path: Path) -> None:
    first = add(library)
    old = key(library, first)
    exporting.cite(library, [first])
    keys.set_key(library, first, "kettles")
    path = tmp_path / "refs.bib"
    livefiles.attach(library, path, livefiles.of_keys(f"{old}, unknown"), OPTIONS)
    assert f"@misc{{{old}," in path.read_text()
    assert "{kettles," not in path.read_text()
    with pytest.raises(LibraryError, match="citation keys"):
        livefiles.of_keys(" , ")


def test_all_that_a_document_cites(library: Library, tmp_path: Path) -> None:
    first, second = add(library), add(library, "Amber rivers")
    tex, part, path = tmp_path / "paper.tex", tmp_path / "part.tex", tmp_path / "refs.bib"
    tex.write_text(f"\\cite{{{key(library, first)}}} \\input{{part}} \\bibliography{{refs}}")
    part.write_text("Nothing yet.")
    follow = livefiles.of_document(tex)
    known = livefiles.attach(library, path, follow, OPTIONS).seen
    assert [key(library, one) in path.read_text() for one in (first, second)] == [True, False]
    assert set(known) == {tex, part, path, tmp_path}
    assert {str(tex), str(part), str(tmp_path)} <= livefiles.watched(known)
    assert livefiles.seen(known) == known
    part.write_text(f"By now \\citep[see][p.~3]{{{key(library, second)}}}.")
    assert livefiles.seen(known) != known
    update(library)
    assert [key(library, one) in path.read_text() for one in (first, second)] == [True, True]
    written = path.read_bytes()
    tex.unlink()
    update(library)
    (file,) = livefiles.files(library)
    assert file.state == "failed"
    assert "paper.tex" in file.reason
    assert path.read_bytes() == written
    with pytest.raises(LibraryError, match=r"gone\.tex"):
        livefiles.change(library, file.id, livefiles.of_document(tmp_path / "gone.tex"), OPTIONS)
    assert livefiles.files(library)[0].follow == follow


def test_a_key_that_stands_in_the_file_stays_there(library: Library, tmp_path: Path) -> None:
    """A document cites it: so it stays when the paper gets another one, and when it is merged."""
    first, second = add(library), add(library, "Amber Kettles!")
    path = tmp_path / "refs.bib"
    attach(library, path)
    one, two = key(library, first), key(library, second)
    keys.set_key(library, first, "another")
    assert update(library).added == ("another",)
    assert f"@misc{{{one}," in path.read_text()
    merging.merge(library, [first, second])
    update(library)
    text = path.read_text()
    assert all(f"@misc{{{name}," in text for name in (one, two, "another"))
    assert state(library) == ("written", "")


def test_keys_that_were_written_are_frozen_and_others_are_not(library: Library, tmp_path: Path) -> None:
    first, second = add(library), add(library, "Velvet rivers")
    attach(library, tmp_path / "refs.bib", "kettles")
    assert [one.key_frozen for one in reading.papers(library, [first, second])] == [True, False]
    with pytest.raises(LibraryError, match="stays as it is"):
        keys.unpin_key(library, [first])


def test_two_files_may_not_be_one(library: Library, tmp_path: Path) -> None:
    attach(library, tmp_path / "refs.bib")
    (tmp_path / "link.bib").symlink_to(tmp_path / "refs.bib")
    for name in ("refs.bib", "link.bib"):
        with pytest.raises(LibraryError, match="already"):
            attach(library, tmp_path / name)
    with pytest.raises(LibraryError, match=r"\.bib"):
        attach(library, tmp_path / "paper.tex")


def test_a_file_that_is_let_go_keeps_what_stands_in_it(library: Library, tmp_path: Path) -> None:
    first = add(library)
    path = tmp_path / "refs.bib"
    file = attach(library, path)
    before = path.read_bytes()
    livefiles.detach(library, file.id)
    assert livefiles.files(library) == []
    assert path.read_bytes() == before
    assert attach(library, path).questions == 0  # the same words: Sheaf's again
    editing.set_fields(library, [first], {"title": "Other"})
    assert update(library).changed
    livefiles.detach(library, livefiles.files(library)[0].id)
    editing.set_fields(library, [first], {"title": "Another one"})
    assert attach(library, path).questions == 1  # other words: might be hers
    assert b"Other" in path.read_bytes()


def test_links_and_permissions_stay(library: Library, tmp_path: Path) -> None:
    real = tmp_path / "real" / "refs.bib"
    real.parent.mkdir()
    real.write_bytes(OWN)
    real.chmod(0o640)
    link = tmp_path / "refs.bib"
    link.symlink_to(real)
    add(library)
    attach(library, link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert b"kettles" in real.read_bytes()
    assert list(real.parent.iterdir()) == [real]


# What goes wrong ----------------------------------------------------------------------------------------


def test_a_folder_that_is_not_there_is_said_and_tried_again(library: Library, tmp_path: Path) -> None:
    first = add(library)
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "refs.bib"
    attach(library, path)
    folder.rename(tmp_path / "away")
    editing.set_fields(library, [first], {"title": "Velvet"})
    assert update(library, changed={first}).file.state == "failed"
    assert "is not there. Put it back" in state(library)[1]
    (tmp_path / "away").rename(folder)
    # What failed before is not among what changed since.
    assert update(library, changed=set()).changed
    assert state(library) == ("written", "")


def test_a_file_that_is_gone_is_made_anew_by_hand_alone(library: Library, tmp_path: Path) -> None:
    add(library)
    path = tmp_path / "refs.bib"
    attach(library, path)
    before = path.read_bytes()
    path.unlink()
    assert update(library).file.state == "failed"
    assert not path.exists()
    assert update(library, by_hand=True).file.state == "written"
    assert path.read_bytes() == before


def test_what_is_no_file_or_no_text_is_left_alone(library: Library, tmp_path: Path) -> None:
    add(library)
    folder = tmp_path / "a.bib"
    folder.mkdir()
    assert attach(library, folder).reason == "this is a folder, not a file. Move it away"
    wide = tmp_path / "b.bib"
    wide.write_bytes("@misc{x}".encode("utf-16"))
    assert "UTF-8" in attach(library, wide).reason
    assert wide.read_bytes() == "@misc{x}".encode("utf-16")


def test_a_file_that_changes_at_the_last_moment_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"new")
    with pytest.raises(livewriting.ChangedError, match="another program"):
        livewriting.replace(path, b"ours", b"old")
    with pytest.raises(livewriting.ChangedError):
        livewriting.replace(path, b"ours", None)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_two_writers_lose_nothing(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program adds a line between Sheaf's look and its writing, twice."""
    first = add(library)
    path = tmp_path / "refs.bib"
    attach(library, path)
    plan, times = livefiles.plan, iter(range(2))

    def meddled(*args: object) -> object:
        made = plan(*args)  # type: ignore[arg-type]
        if next(times, None) is not None:
            path.write_bytes(b"% a line of mine\n" + path.read_bytes())
        return made

    monkeypatch.setattr(livefiles, "plan", meddled)
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    assert update(library).file.state == "written"
    assert path.read_bytes().startswith(b"% a line of mine\n% a line of mine\n@misc{")
    assert b"Velvet" in path.read_bytes()


def test_who_never_stops_writing_makes_sheaf_wait(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add(library)
    path = tmp_path / "refs.bib"
    attach(library, path)
    plan = livefiles.plan

    def meddled(*args: object) -> object:
        made = plan(*args)  # type: ignore[arg-type]
        path.write_bytes(b"%\n" + path.read_bytes())
        return made

    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    with monkeypatch.context() as patched:
        patched.setattr(livefiles, "plan", meddled)
        assert update(library).file.state == "pending"
    assert update(library, changed=set()).changed


LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from db.services import livefiles
from db.services.library import Library
library = Library.open(sys.argv[1])
(file,) = livefiles.files(library)
from db.services import editing
editing.set_fields(library, [1], {"abstract": "long words " * 20_000})
from pathlib import Path
old = Path(file.path).read_bytes()
real = livefiles.livewriting.replace
def small(*args):
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, resource.RLIM_INFINITY))
    try:
        real(*args)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
livefiles.livewriting.replace = small
done = livefiles.update(library, file.id)
print(done.file.state, done.file.reason, Path(file.path).read_bytes() == old, sep="|")
livefiles.livewriting.replace = real
print(livefiles.update(library, file.id).file.state)
library.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="files have no limit here")
def test_a_disk_without_room_leaves_the_file_whole(library: Library, tmp_path: Path) -> None:
    add(library)
    path = tmp_path / "refs.bib"
    attach(library, path)
    library.close()
    said = subprocess.run(
        [sys.executable, "-c", LIMITED, library.address], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert said[0] == "failed|the file would be larger than this disk allows. Attach one on another disk|True"
    assert said[1] == "written"
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.endswith(".part")) == []


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_read_only_place_is_said(library: Library, tmp_path: Path, what: str) -> None:
    first = add(library)
    folder = tmp_path / "sub"
    folder.mkdir()
    path = folder / "refs.bib"
    attach(library, path)
    closed = folder if what == "folder" else path
    closed.chmod(0o555)
    if os.access(closed, os.W_OK):
        pytest.skip("root may write everywhere")
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    try:
        assert update(library).file.reason.endswith("is read-only. Make it writable")
    finally:
        closed.chmod(0o755)


@pytest.mark.skipif(IS_ROOT, reason="root may look everywhere")
def test_a_folder_that_is_shut_is_said_and_watched_from_above(library: Library, tmp_path: Path) -> None:
    first = add(library)
    folder = tmp_path / "sub"
    folder.mkdir()
    path = folder / "refs.bib"
    attach(library, path)
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    folder.chmod(0o000)
    try:
        done = update(library)
        assert done.file.reason.startswith("it cannot be read: you have no right to.")
        assert str(folder) in livefiles.watched(done.seen)
    finally:
        folder.chmod(0o755)
    assert livefiles.seen(done.seen) != done.seen
    assert update(library).changed


def test_rights_and_a_folder_that_comes_back_are_noticed(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "sub"
    folder.mkdir()
    path = folder / "refs.bib"
    attach(library, path)
    known = update(library).seen
    (folder / "other.log").write_text("What LaTeX leaves behind.")
    assert livefiles.seen(known) == known
    for one in (path, folder):
        before = one.stat().st_mode
        one.chmod(0o777)
        assert livefiles.seen(known) != known
        one.chmod(before)
        assert livefiles.seen(known) == known
    assert livefiles.watched(known) == {str(path), str(folder)}
    folder.rename(tmp_path / "away")
    lost = update(library)
    assert lost.file.state == "failed"
    assert livefiles.watched(lost.seen) == {str(tmp_path)}


def test_a_link_that_leads_round_in_a_circle_is_said(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.symlink_to(tmp_path / "other.bib")
    (tmp_path / "other.bib").symlink_to(path)
    file = attach(library, path)
    assert file.state == "failed"
    assert "cannot be read" in file.reason
    assert livefiles.watched(file.paths) == {str(tmp_path)}
    with pytest.raises(LibraryError, match="already"):
        attach(library, path)


@pytest.mark.skipif(not (IS_ROOT and shutil.which("chattr")), reason="needs root and chattr")
def test_a_folder_that_nobody_may_write_in_is_said(library: Library, tmp_path: Path) -> None:
    first = add(library)
    folder = tmp_path / "sub"
    folder.mkdir()
    path = folder / "refs.bib"
    attach(library, path)
    if subprocess.run(["chattr", "+i", str(folder)], capture_output=True).returncode:
        pytest.skip("this file system knows no immutable folders")
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    try:
        assert update(library).file.reason == f"the folder {folder} is read-only. Make it writable"
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
    assert update(library).file.state == "written"


def test_a_file_that_got_ahead_of_the_library_is_taken_over(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes between the writing of the file and the commit."""
    first = add(library)
    path = tmp_path / "refs.bib"
    attach(library, path)
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    second = add(library, "Quartz beetles")
    real = livewriting.replace

    def cut(*args: object) -> None:
        real(*args)  # type: ignore[arg-type]
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(livewriting, "replace", cut)
        with pytest.raises(ZeroDivisionError):
            update(library)
    ahead = path.read_bytes()
    assert b"Velvet" in ahead
    assert b"Quartz" in ahead
    done = update(library)
    assert (done.file.state, done.file.questions, done.is_new) == ("written", 0, False)
    assert path.read_bytes() == ahead
    assert all(one.key_frozen for one in reading.papers(library, [first, second]))
    editing.set_fields(library, [second], {"title": "Quartz meadows"})
    assert update(library, changed={second}).changed


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_file_is_as_the_library_and_the_rest_as_it_was(
    library: Library, tmp_path: Path, seed: int
) -> None:
    """Edits, papers that come and go, undo, own lines in the file: short updates come to what a long look does."""
    chance = random.Random(seed)
    path = tmp_path / "refs.bib"
    path.write_bytes(OWN)
    ids = [add(library, f"Amber kettles {number}") for number in range(6)]
    attach(library, path)
    lines = 0
    for step in range(25):
        what = chance.choice(["edit", "edit", "add", "trash", "restore", "undo", "tag", "line", "star"])
        one = chance.choice(ids)
        if what == "add":
            ids.append(add(library, f"Quartz beetles {step}"))
            changes = Changes("", frozenset({"paper"}), frozenset({ids[-1]}))
        elif what == "line":
            path.write_bytes(path.read_bytes() + b"\n% a line of mine")
            lines += 1
            changes = Changes("")
        else:
            changes = {
                "edit": lambda: editing.set_fields(library, [one], {"title": f"Velvet rivers {step}"}),  # noqa: B023
                "trash": lambda: editing.trash(library, [one]),  # noqa: B023
                "restore": lambda: editing.restore(library, [one]),  # noqa: B023
                "undo": lambda: undoing.undo(library),
                "tag": lambda: tagging.tag(library, [one], add=[f"t{step}"]),  # noqa: B023
                "star": lambda: editing.set_fields(library, [one], {"starred": True}),  # noqa: B023
            }[what]()
        done = update(library, changed=livefiles.touched_by(changes), by_hand=True)
        assert (done.file.state, done.file.questions) == ("written", 0), what
        assert done.file.entries == searching.find(library).total
    before = path.read_bytes()
    assert not update(library).is_new
    assert path.read_bytes() == before
    found = entries(before.decode())
    live = searching.find(library).ids.tolist()
    assert found[0].key == "mine"
    texts = {one.key: before.decode()[one.start : one.end].replace("\r\n", "\n") for one in found[1:]}
    assert texts == {key(library, one): exporting.preview_bibtex(library, one, OPTIONS).strip() for one in live}
    assert before.startswith(OWN)
    assert before.count(b"% a line of mine") == lines


# Edits by hand ------------------------------------------------------------------------------------------


@pytest.fixture
def edit(library: Library, tmp_path: Path) -> Callable[[str, str], None]:
    """Edit the attached file by hand: `edit(old, new)`."""

    def change(old: str, new: str) -> None:
        path = tmp_path / "refs.bib"
        data = path.read_bytes()
        assert old.encode() in data
        path.write_bytes(data.replace(old.encode(), new.encode()))

    return change


FULL = {"authors": "Doe, Jane and Roe, Max", "date": "2024-03", "venue": "Proc. of Nowhere", "doi": "10.1000/182"}


def test_an_edit_by_hand_is_asked_about_and_taken(
    library: Library, tmp_path: Path, edit: Callable[[str, str], None]
) -> None:
    first = add(library, **FULL, urls=["https://example.org/a", "https://example.org/b"])
    file = attach(library, tmp_path / "refs.bib")
    edit("Amber kettles", "Velvet {K}ettles \\& pots")
    edit("{Proc. of Nowhere},", "{Proc. of Nowhere},\n  pages = {1--2},\n  keywords = {clay, fire},")
    edit("year = {2024}", "year = {2025}")
    edit("Roe, Max", "Poe, Max")
    edit("example.org/a", "example.org/c")
    edit("10.1000/182", "10.1000/183")
    edited = (tmp_path / "refs.bib").read_bytes()
    editing.set_fields(library, [first], {"abstract": "Something else changed."})
    assert update(library).file.questions == 1
    assert (tmp_path / "refs.bib").read_bytes() == edited
    (one,) = liveanswers.asked(library, file.id)
    assert (one.kind, one.title) == ("edited", "Amber kettles")
    assert one.rows is not None
    assert [row.field for row in one.rows] == [
        "title", "author", "pages", "keywords", "year", "doi", "url", "abstract",
    ]  # fmt: skip
    done, changes = liveanswers.settle(library, one, one.takeable - {"abstract"})
    assert [change.label for change in changes] == ["Edit 6 fields", "Tag 1 paper with clay, fire"]
    assert done.file.questions == 0
    paper = reading.paper(library, first)
    assert paper is not None
    assert (paper.title, paper.doi, paper.fields["pages"]) == ("Velvet Kettles & pots", "10.1000/183", "1--2")
    assert (paper.date.year, paper.date.month, paper.authors[1].family) == (2025, 3, "Poe")
    assert paper.urls == ("https://example.org/c", "https://example.org/b")
    assert {tag.name for tag in paper.tags} == {"clay", "fire"}
    assert paper.abstract == "Something else changed."
    text = (tmp_path / "refs.bib").read_text()
    assert text.rstrip("\n") == exporting.preview_bibtex(library, first, OPTIONS).rstrip("\n")
    undoing.undo(library)
    undoing.undo(library)
    assert update(library).changed
    assert "Amber kettles" in (tmp_path / "refs.bib").read_text()


def test_a_field_taken_out_by_hand_can_go_from_the_library(
    library: Library, tmp_path: Path, edit: Callable[[str, str], None]
) -> None:
    first = add(library, **FULL)
    file = attach(library, tmp_path / "refs.bib")
    edit("  doi = {10.1000/182},\n", "")
    edit("@inproceedings", "@techreport")
    (one,) = liveanswers.asked(library, file.id)
    liveanswers.settle(library, one, ["doi", "entry type"])
    paper = reading.paper(library, first)
    assert paper is not None
    assert (paper.doi, paper.entry_type, paper.venue) == (None, "techreport", "Proc. of Nowhere")


def test_a_string_of_the_file_is_read_as_what_it_stands_for(
    library: Library, tmp_path: Path, edit: Callable[[str, str], None]
) -> None:
    first = add(library, **FULL)
    (tmp_path / "refs.bib").write_bytes(OWN)
    file = attach(library, tmp_path / "refs.bib")
    edit("{Proc. of Nowhere}", "v")
    (one,) = liveanswers.asked(library, file.id)
    liveanswers.settle(library, one, ["booktitle"])
    paper = reading.paper(library, first)
    assert paper is not None
    assert paper.venue == "Venue"


def test_many_questions_are_answered_at_once(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    for title in ("Amber kettles", "Velvet rivers", "Copper boats"):
        add(library, title)
    file = attach(library, path)
    whole = path.read_bytes()
    path.write_bytes(b"% mine\n")
    update(library)
    asked = liveanswers.asked(library, file.id)
    done, changes = liveanswers.settle(library, asked[0], alike=asked[1:])
    assert (len(done.added), changes, done.file.questions) == (3, [], 0)
    assert path.read_bytes() == b"% mine\n\n" + whole
    path.write_bytes(b"% mine\n")
    update(library)
    asked = liveanswers.asked(library, file.id)
    assert liveanswers.leave(library, asked[0], alike=asked[1:2]).file.questions == 1
    update(library)
    assert path.read_bytes() == b"% mine\n"


def test_the_librarys_version_can_be_written_or_the_entry_left(
    library: Library, tmp_path: Path, edit: Callable[[str, str], None]
) -> None:
    first, second = add(library), add(library, "Velvet rivers")
    file = attach(library, tmp_path / "refs.bib")
    before = (tmp_path / "refs.bib").read_bytes()
    edit("Amber kettles", "Mine")
    edit("Velvet rivers", "Mine too")
    one, two = liveanswers.asked(library, file.id)
    done, changes = liveanswers.settle(library, one)
    assert (changes, done.file.questions) == ([], 1)
    assert liveanswers.leave(library, two).file.questions == 0
    assert (tmp_path / "refs.bib").read_bytes() == before.replace(b"Velvet rivers", b"Mine too")
    editing.set_fields(library, [first, second], {"venue": "Here"})
    update(library)
    assert (tmp_path / "refs.bib").read_text().count("{Here}") == 1
    editing.trash(library, [second])
    update(library)
    assert "Mine too" in (tmp_path / "refs.bib").read_text()


def test_an_answer_to_what_was_changed_again_is_asked_again(
    library: Library, tmp_path: Path, edit: Callable[[str, str], None]
) -> None:
    add(library)
    file = attach(library, tmp_path / "refs.bib")
    edit("Amber kettles", "Mine")
    (one,) = liveanswers.asked(library, file.id)
    edit("Mine", "Mine and more")
    done, _changes = liveanswers.settle(library, one)
    assert done.file.questions == 1
    assert "Mine and more" in (tmp_path / "refs.bib").read_text()


def test_an_own_entry_under_the_key_of_a_paper_is_kept_and_said(library: Library, tmp_path: Path) -> None:
    first = add(library)
    path = tmp_path / "refs.bib"
    path.write_text(f"@book{{{key(library, first)}, title = {{My own book}}}}\n")
    before = path.read_bytes()
    file = attach(library, path)
    assert (file.state, file.questions, path.read_bytes()) == ("written", 1, before)
    (one,) = liveanswers.asked(library, file.id)
    assert one.kind == "own"
    liveanswers.leave(library, one)
    assert path.read_bytes() == before
    assert livefiles.files(library)[0].questions == 0


def test_an_entry_taken_out_by_hand_comes_back_when_wanted(
    library: Library, tmp_path: Path, edit: Callable[[str, str], None]
) -> None:
    add(library)
    path = tmp_path / "refs.bib"
    file = attach(library, path)
    before = path.read_bytes()
    path.write_bytes(b"")
    assert update(library).file.questions == 1
    assert path.read_bytes() == b""
    (one,) = liveanswers.asked(library, file.id)
    assert (one.kind, one.rows) == ("gone", ())
    liveanswers.settle(library, one)
    assert path.read_bytes() == before


def test_a_broken_entry_of_ours_can_be_written_again(
    library: Library, tmp_path: Path, edit: Callable[[str, str], None]
) -> None:
    add(library)
    path = tmp_path / "refs.bib"
    file = attach(library, path)
    before = path.read_bytes()
    edit("{Amber kettles},", "{Amber kettles}, title = {Twice},")
    (one,) = liveanswers.asked(library, file.id)
    assert (one.rows, one.takeable) == (None, frozenset())
    liveanswers.settle(library, one)
    assert path.read_bytes() == before


def test_going_back_with_git_raises_no_question(library: Library, tmp_path: Path) -> None:
    first = add(library)
    path = tmp_path / "refs.bib"
    attach(library, path)
    old = path.read_bytes()
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    update(library)
    new = path.read_bytes()
    path.write_bytes(old)
    assert update(library, changed=set()).file.questions == 0
    assert path.read_bytes() == new


def test_looking_changes_nothing(library: Library, tmp_path: Path) -> None:
    first = add(library)
    path = tmp_path / "refs.bib"
    file = attach(library, path)
    before = path.read_bytes()
    editing.set_fields(library, [first], {"title": "Velvet rivers"})
    seen = livefiles.check(library, file.id)
    assert seen.is_new
    assert seen.changed == (key(library, first),)
    assert path.read_bytes() == before
    assert livefiles.files(library) == [file]


def test_undo_moves_no_record_of_what_stands_in_a_file(library: Library, tmp_path: Path) -> None:
    add(library)
    attach(library, tmp_path / "refs.bib")
    assert undoing.next_labels(library)[0] == "Add paper"
    undoing.undo(library)
    assert livefiles.files(library)[0].entries == 1
    assert searching.find(library).total == 0
