"""The commands as people type them: their output, exit status and messages."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from db import cli
from db.services import home, keys
from db.services.library import Library
from tests.db.services.zoterolibrary import filled

TITLES = ("Copper Lanterns for Slow Routing", "Velvet Rivers: a Study of Folding", "Thistle Meadows at Scale")
PAGE = f"""new

Get trending papers in your email inbox!

Subscribe

Daily Papers

Oct 31

{TITLES[0]}

We light copper lanterns along every route and measure how slowly packets travel past them, at four sites.

  • 17 authors
·
Mar 18 3

{TITLES[1]}

Rivers fold like velvet when they meet the plain; we give the first account of it, with data from two winters.

  • 1 authors
·
Feb 2, 2024

{TITLES[2]}

A meadow of thistles grows without a plan. We plan one anyway and report what the bees made of our design.
"""
BARE = f"""new

Subscribe

Jun 4

{TITLES[0]}

We light copper lanterns along every route and measure how slowly packets travel past them, at four sites.

Amber Orchards under Pruning

Pruned orchards bear amber fruit. We count it, weigh it and sell it, and compare with the wild ones nearby.
"""


class Shell:
    """Types commands and reads what they print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.err = self.out = ""
        (folder / "page.txt").write_text(PAGE, encoding="utf-8")
        (folder / "bare.txt").write_text(BARE, encoding="utf-8")
        self.page, self.bare = str(folder / "page.txt"), str(folder / "bare.txt")
        self.library = str(folder / "own.sheaf")

    def run(self, *words: str) -> int:
        """Run a command on the library of this test."""
        status = cli.main([*words, "--library", self.library])
        self.out, self.err = self._capsys.readouterr()
        return status

    def bare_run(self, *words: str) -> int:
        """Run a command line exactly as given."""
        status = cli.main(words)
        self.out, self.err = self._capsys.readouterr()
        return status

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """Run a command with --json and return its lines."""
        self.status = self.run(*words, "--json")
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("COLUMNS", "100")
    return Shell(tmp_path, capsys)


def test_parse_prints_every_field(shell: Shell) -> None:
    rows = shell.rows("parse", shell.page)
    assert shell.status == 0
    assert [row["kind"] for row in rows] == ["record"] * 3 + ["ledger"]
    wanted = (
        "kind file format dialect index title abstract abstract_truncated authors author_count organization "
        "organization_slug organization_name date year_inferred year_explicit month_day comments "
        "upvotes arxiv_id doi urls urls_canonical urls_schemeless citation_key entry_type fields line_start "
        "line_title line_abstract line_end venue keywords notes attachments"
    )
    assert set(rows[0]) == set(wanted.split())
    first = rows[0]
    assert (first["title"], first["author_count"], first["comments"]) == (TITLES[0], 17, 3)
    assert (first["date"], first["year_inferred"], first["month_day"]) == ("2025-03-18", True, "Mar 18")
    assert first["format"]
    assert first["dialect"]
    assert (rows[1]["date"], rows[1]["year_inferred"], rows[1]["year_explicit"]) == (
        "2024-02-02",
        False,
        2024,
    )
    ledger = rows[-1]
    kinds = ("record", "furniture", "blank", "issue")
    counts = {f"{kind}_lines" for kind in kinds}
    assert set(ledger) == counts | {"kind", "file", "lines", "render_year", "render_year_evidence"}
    assert sum(ledger[name] for name in counts) == ledger["lines"] == len(PAGE.splitlines())


def test_parse_takes_a_year(shell: Shell) -> None:
    rows = shell.rows("parse", shell.page, "--year", "2030")
    assert [row["date"] for row in rows[:3]] == ["2030-03-18", "2024-02-02", None]


def test_parse_for_people(shell: Shell) -> None:
    assert shell.run("parse", shell.page) == 0
    assert TITLES[0] in shell.out
    assert "17 authors" in shell.out
    assert "2025-03-18?" in shell.out


def test_parse_says_when_a_format_finds_nothing(shell: Shell) -> None:
    assert shell.run("parse", shell.page, "--format", "ris", "--json") == 1
    assert "No papers were found" in shell.err
    assert "--format" in shell.err


def test_parse_goes_on_after_a_bad_file(shell: Shell) -> None:
    assert shell.run("parse", "nowhere.txt", shell.page) == 1
    assert "nowhere.txt" in shell.err
    assert TITLES[2] in shell.out
    assert shell.run("parse", "nowhere.txt") == 3
    assert shell.out == ""


def test_import_list_and_again(shell: Shell) -> None:
    (line,) = shell.rows("import", shell.page)
    assert shell.status == 0
    assert set(line) == {
        "file", "format", "records", "added", "merged", "doubtful", "already_imported", "issues",
    }  # fmt: skip
    assert (line["file"], line["records"], line["added"], line["already_imported"]) == (
        shell.page,
        3,
        3,
        False,
    )
    (again,) = shell.rows("import", shell.page)
    assert (again["already_imported"], again["added"]) == (True, 0)
    (bare,) = shell.rows("import", shell.bare)
    assert (bare["added"], bare["merged"]) == (1, 1)
    papers = shell.rows("list")
    assert [p["title"] for p in papers[:3]] == list(TITLES)
    wanted = (
        "id citation_key title abstract authors author_count organization date year_inferred comments "
        "upvotes arxiv_id doi venue urls tags collections status rating notes sightings attachments fields"
    )
    assert set(papers[0]) == set(wanted.split())
    assert set(papers[0]["sightings"][0]) == {"source", "index", "line_start", "line_end"}
    assert [s["source"] for s in papers[0]["sightings"]] == ["page.txt", "bare.txt"]


def test_import_keep_twins_and_year(shell: Shell) -> None:
    (line, other) = shell.rows("import", shell.page, shell.bare, "--keep-twins", "--year", "2029")
    assert (line["added"], other["added"]) == (3, 2)
    assert shell.rows("list")[0]["date"] == "2029-03-18"


def test_import_with_a_bad_file_needs_a_look(shell: Shell) -> None:
    rows = shell.rows("import", shell.page, "nowhere.txt")
    assert shell.status == 1
    assert "error" not in rows[0]
    assert "nowhere.txt" in rows[1]["error"]
    assert "nowhere.txt" in shell.err
    assert shell.run("import", "nowhere.txt") == 3


def test_import_for_people(shell: Shell) -> None:
    assert shell.run("import", shell.page) == 0
    assert "3 records, 3 new" in shell.out
    shell.run("import", shell.page)
    assert "nothing changed" in shell.out


def test_a_library_of_zotero_is_imported_like_any_file(shell: Shell, tmp_path: Path) -> None:
    path = filled(tmp_path / "Zotero")

    assert shell.run("parse", str(path), "--json") == 1
    items = [json.loads(line) for line in shell.out.splitlines()]
    assert [one["kind"] for one in items].count("record") == 8
    assert items[-1]["kind"] == "ledger"
    amber = next(one for one in items if one.get("citation_key") == "amber-lanterns")
    assert (amber["format"], amber["file"], amber["doi"]) == ("zotero", str(path), "10.5555/amber.2021")

    assert shell.run("import", str(path.parent), "--json") == 1
    assert json.loads(shell.out) == {
        "file": str(path),
        "format": "zotero",
        "records": 8,
        "added": 8,
        "merged": 0,
        "doubtful": 0,
        "already_imported": False,
        "issues": 3,
    }
    assert shell.run("undo", "--json") == 0
    assert shell.run("list") == 0
    assert "Amber" not in shell.out


def test_a_damaged_library_of_zotero_fails_in_words(shell: Shell, tmp_path: Path) -> None:
    path = filled(tmp_path / "Zotero")
    path.write_bytes(path.read_bytes()[:20_000])

    assert shell.run("import", str(path)) == 3
    assert "zotero.sqlite is damaged" in shell.err


def test_the_library_is_where_the_window_was_told_that_it_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SHEAF_LIBRARY")
    chosen = tmp_path / "papers" / "library.sheaf"
    Library.open(chosen).close()
    home.choose_library(chosen)

    assert cli.main(["backup", str(tmp_path / "copy.sheaf"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["papers"] == 0
    chosen.unlink()
    assert cli.main(["list"]) == 3
    assert f"There is no library at {chosen}" in capsys.readouterr().err
    assert not chosen.exists()


def test_list_searches_sorts_and_limits(shell: Shell) -> None:
    shell.run("import", shell.page)
    assert [p["title"] for p in shell.rows("list", "velvet")] == [TITLES[1]]
    by_title = [p["title"] for p in shell.rows("list", "--sort", "title")]
    assert by_title == sorted(TITLES)
    assert len(shell.rows("list", "--limit", "2")) == 2
    assert shell.rows("list", "--limit", "0") == []
    velvet = [TITLES[1]]
    assert [
        p["title"] for p in shell.rows("list", "title:velvet added:<7d NOT has:pdf", "--sort", "relevance")
    ] == velvet
    shell.run("list", "yaer:2024")
    assert "do you mean year:" in shell.err
    shell.run("list", "velvet", "rivers")
    assert TITLES[1] in shell.out
    assert TITLES[0] not in shell.out


def test_options_may_stand_before_or_after(shell: Shell) -> None:
    shell.run("import", shell.page)
    assert shell.bare_run("--library", shell.library, "--json", "list") == 0
    before = shell.out
    assert shell.bare_run("list", "--json", "--library", shell.library) == 0
    assert shell.out == before
    assert len(before.splitlines()) == 3
    assert shell.bare_run("list", "--json") == 0
    assert shell.out == ""


def test_tags_are_listed_written_and_cleaned_up_by_a_file(shell: Shell, tmp_path: Path) -> None:
    bib = tmp_path / "a.bib"
    bib.write_text(
        "@misc{a, title={Mud}, keywords={rivers}}\n@misc{b, title={Silt}, keywords={rivers, rivers/delta}}\n",
        encoding="utf-8",
    )
    assert shell.run("import", str(bib)) == 0
    assert shell.rows("tags") == [
        {"tag": "rivers", "papers": 2, "colour": 0, "key": None},
        {"tag": "rivers/delta", "papers": 1, "colour": 1, "key": None},
    ]
    path = tmp_path / "tags.csv"
    assert shell.rows("tags", "-o", str(path)) == [{"file": str(path), "tags": 2}]
    assert path.read_text(encoding="utf-8") == "old,new\nrivers,rivers\nrivers/delta,rivers/delta\n"
    path.write_text("old,new\nrivers,water\nrivers/delta,\nlost,x\n", encoding="utf-8")
    wanted = [
        {"old": "rivers", "new": "water", "papers": 2, "merges": False},
        {"old": "rivers/delta", "new": None, "papers": 1, "merges": False},
        {"file": "tags.csv", "line": 4, "text": "lost", "why": "is no tag of the library"},
    ]
    assert (shell.rows("tags", "--map", str(path)), shell.status) == (wanted, 1)
    assert len(shell.rows("tags")) == 2
    assert (shell.rows("tags", "--map", str(path), "--apply"), shell.status) == (wanted, 1)
    assert [row["tag"] for row in shell.rows("tags")] == ["water"]
    assert shell.run("undo") == 0
    assert len(shell.rows("tags")) == 2
    assert shell.run("tags", "--apply") == 2
    assert shell.run("tags", "--map", str(path), "-o", str(path)) == 2
    assert shell.run("tags", "--map", str(tmp_path / "none.csv")) == 3


def test_tag(shell: Shell) -> None:
    shell.run("import", shell.page)
    assert shell.rows("tag", "velvet", "--add", "rivers", "--add", "to read") == [{"changed": 1}]
    assert sorted(shell.rows("list", "velvet")[0]["tags"]) == ["rivers", "to read"]
    assert shell.rows("tag", "velvet", "--remove", "rivers") == [{"changed": 1}]
    assert shell.run("tag", "velvet") == 2
    assert shell.run("tag") == 2


@pytest.mark.parametrize("query", ["year:20x", "velvet year:20x", "is:red"])
def test_a_query_that_is_not_understood_changes_and_writes_nothing(shell: Shell, query: str) -> None:
    shell.run("import", shell.page)
    assert shell.run("tag", query, "--add", "oops") == 2
    assert "not '" in shell.err
    assert shell.run("export", query, "-o", str(shell.folder / "out.bib")) == 2
    assert not (shell.folder / "out.bib").exists()
    assert shell.rows("list", "tag:oops") == []
    assert shell.run("list", query) == 0


def test_duplicates(shell: Shell) -> None:
    shell.run("import", shell.page)
    assert shell.rows("duplicates") == []
    assert shell.status == 0
    shell.run("import", shell.bare, "--keep-twins")
    (twins,) = shell.rows("duplicates")
    assert shell.status == 1
    assert set(twins) == {"verdict", "score", "ids", "citation_keys", "why"}
    assert twins["verdict"] == "same"
    assert len(twins["ids"]) == len(set(twins["citation_keys"])) == 2
    shell.rows("duplicates", "--merge")
    assert shell.status == 0
    assert len(shell.rows("list")) == 4


def test_export(shell: Shell) -> None:
    shell.run("import", shell.page)
    file = shell.folder / "out.bib"
    (line,) = shell.rows("export", "-o", str(file))
    assert set(line) == {"file", "written", "incomplete"}
    assert (line["file"], line["written"]) == (str(file), 3)
    assert file.read_text(encoding="utf-8").count("@misc{") == 3
    (line,) = shell.rows("export", "velvet", "-o", str(file))
    assert line["written"] == 1
    assert shell.run("export", "nothing-like-this", "-o", str(file)) == 3


def test_an_export_cites_the_version_that_is_asked_for(shell: Shell) -> None:
    title = "Velvet kettles for slow harbours"
    for name, entry in (
        ("pre.bib", f"@misc{{a, title={{{title}}}, eprint={{2403.01234}}, archivePrefix={{arXiv}}, year={{2024}}}}"),
        (
            "pub.bib",
            f"@article{{b, title={{{title}}}, journal={{Kettle Letters}}, year={{2025}}, eprint={{2403.01234}}}}",
        ),
    ):
        (shell.folder / name).write_text(entry, encoding="utf-8")
        assert shell.run("import", str(shell.folder / name)) == 0
    file = shell.folder / "out.bib"
    assert shell.run("export", "--cite", "published", "--without", "keep", "-o", str(file)) == 0
    assert "Kettle Letters" in file.read_text(encoding="utf-8")
    assert shell.run("export", "--cite", "both", "-o", str(file)) == 2


def test_export_names_what_latex_cannot_print_on_stderr_alone(shell: Shell) -> None:
    file, bib = shell.folder / "out.bib", shell.folder / "in.bib"
    signs = "".join(f"@misc{{k{n}, title={{Kettle {chr(0x2200 + 0x40 + n)} ℝ}}, year=2020}}\n" for n in range(14))
    bib.write_text(signs + "@misc{plain, title={Größe und Ähre}, year=2020}", encoding="utf-8")
    shell.run("import", str(bib))
    assert shell.run("export", "--without", "keep", "-o", str(file)) == 0
    assert "DOUBLE-STRUCK" not in shell.out
    said = shell.err.splitlines()
    assert "in 14 papers" in said[0]
    assert "title-unicode" in said[0]
    assert "ℝ DOUBLE-STRUCK CAPITAL R" in said[1]
    assert "k0, title" in said[1]
    assert len(said) == 13
    assert said[-2:] == ["  and 4 more fields", "To print all: add --with unicode, and use LuaLaTeX or XeLaTeX."]
    (line,) = shell.rows("export", "-o", str(file))
    assert set(line) == {"file", "written", "incomplete"}
    for quiet in (("plain",), ("--with", "unicode"), ("--format", "ris")):
        assert shell.run("export", *quiet, "-o", str(file)) == 0
        assert shell.err == ""
    tex = shell.folder / "paper.tex"
    tex.write_text("\\cite{k3}", encoding="utf-8")
    assert shell.run("export", "--aux", str(tex), "--without", "keep", "-o", str(file)) == 0
    assert "in 1 paper." in shell.err


def test_parts_of_an_export_can_be_chosen(shell: Shell) -> None:
    from db.cli.exports import FORMATS, PARTS
    from db.services import exportchoices, exporting

    assert tuple(one.name for one in exporting.FORMATS) == FORMATS
    assert tuple(one.replace("-", "_") for one in PARTS) == exportchoices.PARTS
    assert exporting.FORMATS[0].options == set(exportchoices.PARTS)
    shell.run("import", shell.page)
    file = shell.folder / "out.bib"
    shell.run("export", "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert "abstract = " in text
    assert "note = " not in text
    shell.run("export", "--without", "abstract", "--with", "comment-incomplete", "--with", "note", "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert "abstract = " not in text
    assert text.count("note = {Seen in ") == 3
    assert "% incomplete: author" in text
    assert shell.run("export", "--with", "url", "--without", "url", "-o", str(file)) == 2
    assert shell.run("export", "--with", "unicode", "--format", "ris", "-o", str(file)) == 2
    assert "ris has no unicode" in shell.err
    assert file.read_text(encoding="utf-8") == text


def test_the_package_runs_without_an_installed_script() -> None:
    done = subprocess.run([sys.executable, "-m", "db.cli", "parse", "no such file"], capture_output=True, check=False)
    assert done.returncode == 3
    assert b"no such file" in done.stderr


def test_what_needs_a_look_in_entries_that_stay_is_said(shell: Shell) -> None:
    file, bib = shell.folder / "out.bib", shell.folder / "refs.bib"
    bib.write_text("@misc{k, title={Amber \\write18{x}}, date={2020}}\n@misc{l, title={Ж Ж}, author={Ж, Ж}}\n", "utf-8")
    shell.run("import", str(bib))
    shell.run("export", "-o", str(file))
    assert "1 entry stays as in a .bib file with commands that can read files, run programs" in shell.err
    assert (
        "\n  k: \\write\n1 entry stays as in a .bib file with what styles of BibTeX do not know:\n  k: date\n"
        in shell.err
    )
    assert "1 entry stays as in a .bib file with characters that LaTeX cannot print:\n  l: Ж CYRILLIC" in shell.err
    assert "Replacements were written" not in shell.err
    assert "add --without keep" in shell.err
    shell.run("export", "--format", "biblatex", "-o", str(file))
    assert "styles of BibTeX" not in shell.err
    shell.run("export", "--without", "keep", "-o", str(file))
    assert "stays as" not in shell.err
    assert "Replacements were written" in shell.err


def test_export_of_a_bibliography_gives_the_file_back(shell: Shell) -> None:
    file, bib = shell.folder / "out.bib", shell.folder / "refs.bib"
    text = '% mine\r\n@Article(Doe2020, title="Ember {LLM}s",\r\n  author={Doe, Jane}, year=2020)\r\n'
    bib.write_bytes(text.encode())
    shell.run("import", str(bib), shell.page)
    for arguments in (["dump:refs.bib"], ["--format", "biblatex", "title:ember"]):
        shell.rows("export", *arguments, "-o", str(file))
        assert file.read_bytes() == text.encode()
    assert shell.run("export", "dump:refs.bib", "-o", str(file)) == 0
    assert "1 of them as they stood in a .bib file" in shell.out
    shell.rows("export", "-o", str(file))
    assert file.read_bytes().startswith(text.encode())
    shell.rows("export", "--without", "keep", "title:ember", "-o", str(file))
    assert file.read_text(encoding="utf-8").startswith("@article{Doe2020,\n  title = {Ember {LLM}s},\n")


def test_export_of_what_a_document_cites(shell: Shell) -> None:
    shell.run("import", shell.page)
    keys = [row["citation_key"] for row in shell.rows("list", "--sort", "key")]
    file, aux = shell.folder / "out.bib", shell.folder / "paper.aux"
    aux.write_text(f"\\relax\n\\citation{{{keys[2]},{keys[0]}}}\n", encoding="utf-8")
    (line,) = shell.rows("export", "--aux", str(aux), "-o", str(file))
    assert shell.status == 0
    assert (line["written"], line["unknown"]) == (2, [])
    assert [one for one in keys if f"{{{one}," in file.read_text(encoding="utf-8")] == [keys[0], keys[2]]
    tex = shell.folder / "paper.tex"
    tex.write_text(f"One\n\\citep{{gone,\n{keys[1]}}}", encoding="utf-8")
    assert shell.run("export", "--aux", str(tex), "-o", str(file)) == 1
    assert "paper.tex:2: gone is not in the library" in shell.err
    assert file.read_text(encoding="utf-8").count("@misc{") == 1
    assert shell.run("export", "year:1900", "--aux", str(tex), "-o", str(file)) == 3
    assert shell.run("export", "--aux", str(shell.folder / "no.aux"), "-o", str(file)) == 3
    assert "no.aux" in shell.err
    assert file.read_text(encoding="utf-8").count("@misc{") == 1


def test_a_search_and_a_document_are_both_asked(shell: Shell) -> None:
    shell.run("import", shell.page)
    keys = [row["citation_key"] for row in shell.rows("list")]
    tex = shell.folder / "paper.tex"
    tex.write_text(f"\\cite{{{','.join(keys)}}}", encoding="utf-8")
    (line,) = shell.rows("export", "velvet", "--aux", str(tex), "-o", str(shell.folder / "out.bib"))
    assert (shell.status, line["written"]) == (0, 1)


def test_export_says_what_is_not_offered(shell: Shell) -> None:
    assert shell.run("export", "-o", str(shell.folder / "out"), "--format", "docx") == 2
    assert "biblatex" in shell.err
    assert not (shell.folder / "out").exists()


@pytest.mark.parametrize("form", ["biblatex", "ris", "csl-json", "csv", "markdown"])
def test_export_in_other_formats(shell: Shell, form: str) -> None:
    shell.run("import", shell.page)
    file = shell.folder / "out"
    (line,) = shell.rows("export", "--format", form, "-o", str(file))
    assert line["written"] == 3
    assert "elvet" in file.read_text(encoding="utf-8")
    if form != "markdown":
        parsed = [row for row in shell.rows("parse", str(file)) if row["kind"] == "record"]
        assert [row["title"] for row in parsed] == [row["title"] for row in shell.rows("list")]
        assert {row["format"] for row in parsed} == {"bibtex" if form == "biblatex" else form}


def test_undo_redo_history(shell: Shell) -> None:
    assert shell.rows("undo") == []
    assert "nothing to undo" in shell.err
    shell.run("import", shell.page)
    (step,) = shell.rows("undo")
    assert set(step) == {"step", "label", "at", "undone"}
    assert (step["label"], step["undone"]) == ("Import page.txt", True)
    assert shell.rows("list") == []
    (step,) = shell.rows("redo")
    assert step["undone"] is False
    assert len(shell.rows("list")) == 3
    assert [s["label"] for s in shell.rows("history")] == ["Import page.txt"]
    shell.run("history")
    assert "Import page.txt" in shell.out


def test_a_key_that_was_added_is_undone_unless_it_left_meanwhile(shell: Shell, tmp_path: Path) -> None:
    shell.run("import", shell.page)
    paper = shell.rows("list")[0]
    library = Library.open(shell.library)
    keys.add_alias(library, paper["id"], "cited-here")
    library.close()
    tex = tmp_path / "paper.tex"
    tex.write_text("\\cite{cited-here}", encoding="utf-8")
    export = ("export", "--aux", str(tex), "-o", str(tmp_path / "refs.bib"))
    assert shell.run("undo") == 0
    assert shell.out == "Undone: Add citation key cited-here\n"
    assert shell.run(*export) != 0
    assert shell.run("redo") == 0
    assert shell.out == "Redone: Add citation key cited-here\n"
    assert shell.run(*export) == 0
    assert "{cited-here," in (tmp_path / "refs.bib").read_text(encoding="utf-8")
    shell.run("undo")
    assert "exported meanwhile and still leads to the paper" in shell.out
    assert shell.run(*export) == 0


def test_check_prints_what_of_the_records_needs_a_look(shell: Shell) -> None:
    source = shell.folder / "in.bib"
    source.write_text("@article{gull2020, title={Amber kettles}, author={Gull, Ann}, year=2020, pages={1-9}}", "utf-8")
    shell.run("import", str(source))
    missing, pages = shell.rows("check")
    assert shell.status == 1
    paper = shell.rows("list")[0]["id"]
    assert missing == {
        "finding": "@article asks for journal", "id": paper, "severity": "warning",
        "fix": "Open the paper and correct it.",
    }  # fmt: skip
    assert (set(pages), pages["fix"]) == ({"finding", "id", "severity", "fix"}, "Write 1--9")
    assert shell.run("check") == 1
    assert "gull2020" in shell.out


@pytest.mark.file
def test_check_backup_restore(shell: Shell) -> None:
    shell.run("import", shell.page)
    assert shell.rows("check") == []
    assert shell.status == 0
    copy = str(shell.folder / "copy.sheaf")
    (line,) = shell.rows("backup", copy)
    assert (line["file"], line["papers"]) == (copy, 3)
    assert line["bytes"] == Path(copy).stat().st_size
    shell.run("undo")
    (line,) = shell.rows("restore", copy)
    assert line["papers"] == 3
    assert len(shell.rows("list")) == 3
    assert shell.run("restore", str(shell.folder / "nowhere")) == 3


@pytest.mark.parametrize(
    "words", [["frobnicate"], ["list", "--frobnicate"], ["parse"], ["import", "x", "--year", "soon"]]
)
def test_wrong_usage(shell: Shell, words: list[str]) -> None:
    assert shell.bare_run(*words) == 2
    assert "Usage:" in shell.err
    assert shell.out == ""


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["list", "--help"], ["--version"]])
def test_help_and_version(shell: Shell, words: list[str]) -> None:
    assert shell.bare_run(*words) == 0
    assert "sheaf" in shell.out


def test_help_names_every_offered_command_and_says_it_whole(shell: Shell) -> None:
    shell.bare_run("--help")
    assert "...\n" not in shell.out.replace("[ARGS]...\n", "")
    assert all(str(name) in shell.out for name in cli.COMMANDS)


def test_an_error_of_our_own_is_no_traceback(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_words: object, **_named: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("db.services.searching.find", broken)
    assert shell.run("list") == 3
    assert "Traceback" not in shell.err
    assert "ZeroDivisionError" in shell.err


def test_ctrl_c_is_said_and_changes_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_words: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("db.services.importing.import_files", interrupted)
    assert shell.run("import", shell.page) == 3
    assert "Stopped" in shell.err


CHILD = "import sys; from db.cli import main; status = main(sys.argv[1:]); {}; sys.exit(status)"


def child(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", CHILD.format(code), *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=200)


def test_no_command_loads_qt(shell: Shell) -> None:
    words = (["parse", shell.page], ["import", shell.page], ["list"], ["duplicates"], ["check"])
    before = "; ".join(f"assert main({[*one, '--library', shell.library]!r}) == 0" for one in words)
    loaded = f"{before}; print([m for m in sys.modules if 'PySide6' in m], file=sys.stderr)"
    done = child(loaded, "history", "--library", shell.library)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "[]"), done.stderr


def test_parse_does_not_load_sqlalchemy(shell: Shell) -> None:
    done = child("print('sqlalchemy' in sys.modules, file=sys.stderr)", "parse", shell.page)
    assert done.stderr.splitlines()[-1] == "False"


def test_a_closed_pipe_is_no_error(shell: Shell) -> None:
    (shell.folder / "long.txt").write_text(
        PAGE + "\n".join(f"Title number {n} of the long page\n\n{'Words of it. ' * 9}\n" for n in range(3000)),
        encoding="utf-8",
    )
    command = [sys.executable, "-c", CHILD.format("pass"), "parse", "--json", str(shell.folder / "long.txt")]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(100) == 0


def test_the_real_dumps(shell: Shell, dumps: Path) -> None:
    files = sorted(str(file) for file in dumps.glob("*.txt"))
    rows = shell.rows("import", *files)
    assert sum(row["merged"] for row in rows) == 50
    assert len(shell.rows("list")) == 346


@pytest.mark.file
def test_names_with_odd_bytes(shell: Shell) -> None:
    odd = shell.folder / "odd\udcff.txt"
    try:
        odd.write_text(PAGE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    (line,) = shell.rows("import", str(odd))
    assert (shell.status, line["added"]) == (0, 3)
    (step,) = shell.rows("history")
    assert step["label"] == "Import odd\ufffd.txt"
    assert shell.run("tag", "copper", "--add", "a\udcffb") == 0
    assert shell.run("backup", str(shell.folder / "kept\udcff.sheaf")) == 0


def test_check_repairs_the_index(shell: Shell) -> None:
    shell.run("import", shell.page)
    with closing(Library.open(shell.library)) as library, library.writing("Damage", journalled=False) as write:
        write.session.execute(text("DELETE FROM paper_fts WHERE rowid = 2"))
    assert shell.run("check") == 1
    assert shell.run("check", "--repair") == 0
    assert shell.run("list", "velvet", "--json") == 0
    assert shell.run("check") == 0
