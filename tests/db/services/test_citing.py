"""References of a real library: the styles that there are, the person's own ones, lists, citations and files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.services import citing, editing
from db.services.progress import Progress

MINE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
    "<info><title>My own</title><id>mine</id></info>"
    '<citation><layout prefix="&lt;" suffix="&gt;"><text variable="title"/></layout></citation>'
    '<bibliography><layout suffix="!"><text variable="title"/></layout></bibliography></style>'
)


@pytest.fixture
def ids(library):
    facts = (
        {"title": "On lanterns", "authors": "Roe, Maud", "date": "2020"},
        {"title": "Nobody signed this", "date": "2021-03"},
        {"title": "A quiet method", "authors": "Marlow, Ada", "arxiv_id": "2405.01234"},
    )
    return [editing.add_paper(library, one)[0] for one in facts]


@pytest.fixture
def own_styles(tmp_path, monkeypatch):
    folder = tmp_path / "styles"
    folder.mkdir()
    monkeypatch.setenv(citing.FOLDER_VARIABLE, str(folder))
    return folder


def test_every_style_that_comes_with_sheaf_formats(library, ids):
    for style in citing.styles():
        assert not style.own
        text = citing.formatted(library, ids, style.id, "text")
        assert text.count("\n") == 3
        assert "lanterns" in text.lower()


def test_the_list_is_in_the_order_of_the_style_or_of_the_selection(library, ids):
    assert [line[:7] for line in citing.formatted(library, ids, "apa", "text").splitlines()] == [
        "Marlow,", "Nobody ", "Roe, M."
    ]  # fmt: skip
    assert citing.formatted(library, ids[::-1], "ieee", "text").startswith("[1] A. Marlow")


def test_citations(library, ids):
    assert citing.citation(library, ids[:1], "apa") == "(Roe, 2020)"
    assert citing.citation(library, ids, "ieee") == "[1], [2], [3]"
    assert citing.citation(library, ids[2:], "apa") == "(Marlow, n.d.)"


def test_formatting_freezes_no_key_and_writes_nothing(library, ids):
    before = library.data_version()
    citing.formatted(library, ids, "apa", "html")
    assert library.data_version() == before


def test_papers_named_twice_or_missing_are_left_out(library, ids):
    assert citing.formatted(library, [ids[0], ids[0], 9999], "apa", "text").count("\n") == 1
    assert citing.formatted(library, [], "apa", "text") == ""


def test_an_unknown_style_is_refused_in_words(library, ids):
    for name in ("nowhere", "../../../etc/passwd", "own:nowhere.csl", "own:../../secret.csl"):
        with pytest.raises(LibraryError, match="style"):
            citing.formatted(library, ids, name, "text")


def test_own_styles_stand_behind_the_usual_ones(library, ids, own_styles):
    (own_styles / "mine.csl").write_text(MINE, encoding="utf-8")
    (own_styles / "broken.CSL").write_text("<style", encoding="utf-8")
    (own_styles / "notes.txt").write_text("no style", encoding="utf-8")
    found = citing.styles()
    assert [(one.id, one.title) for one in found[-2:]] == [
        ("own:broken.CSL", "broken.CSL"),
        ("own:mine.csl", "My own"),
    ]
    assert citing.formatted(library, ids[:1], "own:mine.csl", "text") == "On lanterns!\n"
    assert citing.citation(library, ids[:1], "own:mine.csl", "html") == "&lt;On lanterns&gt;"
    with pytest.raises(LibraryError, match=r"broken\.CSL is no citation style"):
        citing.formatted(library, ids, "own:broken.CSL", "text")


def test_a_style_is_added_from_anywhere(library, ids, tmp_path, monkeypatch):
    monkeypatch.setenv(citing.FOLDER_VARIABLE, str(tmp_path / "not" / "there" / "yet"))
    file = tmp_path / "mine.csl"
    file.write_text(MINE, encoding="utf-8")
    added = citing.add_style(file)
    assert added == citing.styles()[-1]
    assert citing.citation(library, ids[:1], added.id) == "<On lanterns>"
    file.write_text("no style", encoding="utf-8")
    with pytest.raises(LibraryError, match="no citation style"):
        citing.add_style(file)
    with pytest.raises(LibraryError, match="cannot be read"):
        citing.add_style(tmp_path / "nowhere.csl")
    assert citing.citation(library, ids[:1], added.id) == "<On lanterns>"


def test_an_own_style_that_changed_is_read_anew(library, ids, own_styles):
    file = own_styles / "mine.csl"
    file.write_text(MINE, encoding="utf-8")
    assert citing.formatted(library, ids[:1], "own:mine.csl", "text") == "On lanterns!\n"
    file.write_text(MINE.replace('suffix="!"', 'suffix="?"'), encoding="utf-8")
    assert citing.formatted(library, ids[:1], "own:mine.csl", "text") == "On lanterns?\n"


def test_a_style_that_stands_for_another_takes_it_from_beside_or_from_sheaf(library, ids, own_styles):
    link = '<link rel="independent-parent" href="http://www.zotero.org/styles/{0}"/></info>'
    pointer = MINE[: MINE.index("<citation>")].replace("</info>", link) + "</style>"
    (own_styles / "one.csl").write_text(pointer.format("mine"), encoding="utf-8")
    (own_styles / "two.csl").write_text(pointer.format("nature"), encoding="utf-8")
    (own_styles / "mine.csl").write_text(MINE, encoding="utf-8")
    assert citing.formatted(library, ids[:1], "own:one.csl", "text") == "On lanterns!\n"
    assert citing.formatted(library, ids[:1], "own:two.csl", "text").startswith("1. Roe, M.")


@pytest.mark.parametrize("output", citing.OUTPUTS)
def test_a_list_is_saved_as_a_whole(library, ids, tmp_path, output):
    made = citing.format_papers(library, ids, "apa")
    path = tmp_path / "list"
    assert citing.save(path, made, output) == 3
    text = path.read_text(encoding="utf-8")
    assert made.listed(output) in text
    assert text.startswith({"html": "<!DOCTYPE html>", "rtf": "{\\rtf1"}.get(output, "Marlow"))


def test_a_list_that_cannot_be_saved_leaves_the_file(library, ids, tmp_path):
    with pytest.raises(LibraryError, match="no folder"):
        citing.save(tmp_path / "nowhere" / "list.txt", citing.format_papers(library, ids, "apa"), "text")


def test_a_long_list_can_be_cancelled(library, ids):
    seen: list[Progress] = []

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        citing.formatted(library, ids, "apa", "text", report)
    assert [one.total for one in seen] == [3, 3, 3][: len(seen)]
    assert citing.citation(library, ids[:1], "apa") == "(Roe, 2020)"


def test_naming_the_styles_loads_no_formatter():
    code = "import sys; from db.services import citing; citing.styles(); sys.exit('citeproc' in sys.modules)"
    root = Path(__file__).resolve().parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_each_bundled_style_names_its_licence():
    for file in citing.BUNDLED.glob("*.csl"):
        assert file.stem in citing.USUAL
        assert "creativecommons.org/licenses/by-sa/3.0/" in file.read_text(encoding="utf-8")
    assert "ShareAlike" in (citing.BUNDLED / "README.md").read_text(encoding="utf-8")
