"""What a change of a live .bib file would do is said before it is done, and nothing is changed by asking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.services import editing, livefiles, reading
from db.services.exporting import ExportOptions
from db.services.liveforeseeing import SHOWN, foresee

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

OPTIONS = ExportOptions(note=False)
MINE = "@book{mine, title = {Mine}}\n"


def add(library: Library, title: str, **values: object) -> str:
    paper_id = editing.add_paper(library, {"title": title, "date": "2024-03", **values})[0]
    paper = reading.paper(library, paper_id)
    assert paper is not None
    return paper.citation_key


def test_another_profile_is_foreseen_to_the_letter(library: Library, tmp_path: Path) -> None:
    key, path = add(library, "Amber kettles"), tmp_path / "refs.bib"
    path.write_text(MINE)
    file = livefiles.attach(library, path, livefiles.of_search(""), OPTIONS).file
    before, other = path.read_bytes(), replace(OPTIONS, profile="biblatex")
    assert foresee(library, file.id, file.follow, OPTIONS).lines == ()
    found = foresee(library, file.id, file.follow, other)
    assert (found.changed, found.added, found.removed, found.questions) == (1, 0, 0, 0)
    assert found.lines == (
        f"  @misc{{{key},", "-   year = {2024},", "-   month = mar,", "+   date = {2024-03},",
    )  # fmt: skip
    assert not found.has_more
    assert path.read_bytes() == before
    assert livefiles.files(library) == [file]
    done = livefiles.change(library, file.id, file.follow, other)
    assert (len(done.changed), len(done.added), len(done.removed)) == (1, 0, 0)
    after = path.read_text().splitlines()
    assert [line[2:] for line in found.lines if line[0] == "+"] == [
        line for line in after if line not in before.decode().splitlines()
    ]


def test_entries_that_come_go_and_are_asked_about(library: Library, tmp_path: Path) -> None:
    stays, goes = add(library, "Amber kettles"), add(library, "Velvet rivers")
    comes, theirs, path = add(library, "Quartz rivers"), add(library, "Copper moons"), tmp_path / "refs.bib"
    path.write_text(f"{MINE}@book{{{theirs}, title = {{Another}}}}\n")
    file = livefiles.attach(library, path, livefiles.of_keys(f"{stays}, {goes}"), OPTIONS).file
    found = foresee(library, file.id, livefiles.of_keys(f"{stays} {comes} {theirs}"), OPTIONS)
    assert (found.changed, found.added, found.removed, found.questions) == (0, 1, 1, 1)
    assert f"+ @misc{{{comes}," in found.lines
    assert f"- @misc{{{goes}," in found.lines
    assert "Another" not in "\n".join(found.lines)


def test_a_long_difference_is_cut_and_an_old_encoding_is_read(library: Library, tmp_path: Path) -> None:
    for number in range(SHOWN):
        add(library, f"Kettles {number}")
    path = tmp_path / "refs.bib"
    path.write_bytes("% für\n".encode("cp1252"))
    file = livefiles.attach(library, path, livefiles.of_search(""), replace(OPTIONS, encoding="unicode")).file
    add(library, "Über Kessel — ∀")
    everything = replace(OPTIONS, encoding="unicode", comment_incomplete=True, profile="biblatex")
    found = foresee(library, file.id, file.follow, everything)
    assert len(found.lines) == SHOWN
    assert found.has_more
    only = foresee(library, file.id, livefiles.of_search("Kessel"), everything)
    assert any("Über Kessel — " in line for line in only.lines)


def test_why_nothing_would_be_written(library: Library, tmp_path: Path) -> None:
    add(library, "Amber kettles")
    path = tmp_path / "refs.bib"
    file = livefiles.attach(library, path, livefiles.of_search(""), OPTIONS).file
    missing = foresee(library, file.id, livefiles.of_document(tmp_path / "missing.tex"), OPTIONS)
    assert "missing.tex" in missing.trouble
    livefiles.detach(library, file.id)
    assert "no longer attached" in foresee(library, file.id, file.follow, OPTIONS).trouble
