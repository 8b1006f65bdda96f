"""Documents of several files, as a dictionary of texts."""

from __future__ import annotations

import time

from db.domain.documents import Cited, Opened, read


def read_files(name: str, **texts: str | Opened) -> Cited:
    files = {path.replace("__", "/").replace("_", "."): text for path, text in texts.items()}

    def opener(path: str) -> Opened:
        found = files.get(path)
        if found is None:
            return Opened(None, f"{path} is not there", missing=True)
        return found if isinstance(found, Opened) else Opened(found)

    return read(name, opener)


def test_a_book_in_the_order_of_its_pages() -> None:
    found = read_files(
        "book.tex",
        book_tex="\\bibliography{refs}\n\\cite{a}\\include{ch__one}\n\\cite{d,a}".replace("__", "/"),
        ch__one_tex="\\cite{b}\n\\input{ch/two}\\nocite{*}",
        ch__two_tex="\n\\cite{c}",
    )
    assert [(one.key, one.file, one.line) for one in found.citations] == [
        ("a", "book.tex", 2),
        ("b", "ch/one.tex", 1),
        ("c", "ch/two.tex", 2),
        ("d", "book.tex", 3),
    ]
    assert found.everything is not None
    assert (found.everything.file, found.everything.line) == ("ch/one.tex", 2)
    assert [(one.name, one.file, one.line) for one in found.bibliographies] == [("refs", "book.tex", 1)]
    assert found.files == ("book.tex", "ch/one.tex", "ch/two.tex")
    assert not found.troubles


def test_circles_end() -> None:
    found = read_files("a.tex", a_tex="\\input{b}\\cite{x}", b_tex="\\input{./a}\\input{b}\\input{sub/../a}\\cite{y}")
    assert [one.key for one in found.citations] == ["y", "x"]
    assert not found.troubles


def test_a_chain_without_end_is_cut() -> None:
    def opener(path: str) -> Opened:
        number = int(path.removesuffix(".tex").lstrip("n") or 0)
        return Opened(f"\\cite{{k{number}}}\\input{{n{number + 1}}}\\input{{n{number * 2 + 900}}}")

    found = read("n.tex", opener)
    assert len(found.files) <= 2_000
    assert any("too many files" in one.why for one in found.troubles)


def test_what_is_missing_is_said_where_it_is_named() -> None:
    found = read_files("a.tex", a_tex="\n\\input{gone}\n\\InputIfFileExists{maybe}{}{}\n\\cite{x}")
    assert [(one.file, one.line) for one in found.troubles] == [("a.tex", 2)]
    assert "gone.tex" in found.troubles[0].why
    assert [one.key for one in found.citations] == ["x"]
    gone = read_files("a.tex")
    assert not gone.readable
    assert gone.troubles[0].file == "a.tex"


def test_broken_bytes_are_said_and_the_rest_is_read() -> None:
    found = read_files("a.tex", a_tex=Opened("\\cite{x}", "not UTF-8", 7))
    assert [(one.file, one.line, one.why) for one in found.troubles] == [("a.tex", 7, "not UTF-8")]
    assert [one.key for one in found.citations] == ["x"]


def test_imports_know_their_folder() -> None:
    found = read_files(
        "a.tex",
        a_tex="\\import{ch/}{one}\\subfile{parts/two}",
        ch__one_tex="\\input{inner}\\subimport{deep/}{er}",
        ch__inner_tex="\\cite{a}",
        ch__deep__er_tex="\\cite{b}",
        parts__two_tex="\\documentclass{subfiles}\\begin{document}\\input{near}\\cite{d}\\end{document}\\cite{zz}",
        parts__near_tex="\\cite{c}",
    )
    assert [one.key for one in found.citations] == ["a", "b", "c", "d"]
    assert not found.troubles


def test_commands_are_defined_in_one_file_and_used_in_others() -> None:
    found = read_files(
        "a.tex",
        a_tex="\\input{macros}\\see{x}\\input{rest}",
        macros_tex="\\newcommand{\\see}[1]{\\cite{#1}}",
        rest_tex="\\see{y}",
    )
    assert [one.key for one in found.citations] == ["x", "y"]


AUX = r"""\relax
\providecommand\hyper@newdestlabel[2]{}
\citation{smith20,lee19}
\citation{REVTEX42Control}
\citation{IEEEexample:BSTcontrol}
\bibstyle{plain}
\bibdata{paperNotes,refs,more}
\abx@aux@refcontext{nty/global//global/global}
\abx@aux@cite{0}{new:key}
\abx@aux@segm{0}{0}{new:key}
\abx@aux@cite{old}
\@input{ch/one.aux}
\bibcite{never}{1}
"""


def test_aux_files() -> None:
    found = read_files("paper.aux", paper_aux=AUX, ch__one_aux="\\citation{deep}\n\\citation{*}\n\\@input{paper.aux}")
    assert [(one.key, one.file, one.line) for one in found.citations] == [
        ("smith20", "paper.aux", 3),
        ("lee19", "paper.aux", 3),
        ("new:key", "paper.aux", 9),
        ("old", "paper.aux", 11),
        ("deep", "ch/one.aux", 1),
    ]
    assert [one.name for one in found.bibliographies] == ["refs", "more"]
    assert found.everything is not None
    assert found.files == ("paper.aux", "ch/one.aux")


def test_hostile_aux_files_take_no_long_time() -> None:
    for piece in ("\\citation" + " " * 100_000, "\\citation{a", "\\citation{a}", "\\@input{x}{"):
        text = piece * (200_000 // len(piece) + 1)
        start = time.process_time()
        assert len(read_files("a.aux", a_aux=text).citations) <= 1
        assert time.process_time() - start < 3


BCF = """<?xml version="1.0" encoding="UTF-8"?>
<bcf:controlfile version="3.8" xmlns:bcf="https://sourceforge.net/projects/biblatex">
  <bcf:bibdata section="0">
    <bcf:datasource type="file" datatype="bibtex" glob="false">refs.bib</bcf:datasource>
    <bcf:datasource type="remote" datatype="bibtex">http://127.0.0.1:1/x.bib</bcf:datasource>
  </bcf:bibdata>
  <bcf:section number="0">
    <bcf:citekey order="1" intorder="1">smith20</bcf:citekey>
    <bcf:citekey order="2" intorder="1" nocite="true">*</bcf:citekey>
    <bcf:citekey order="3" type="set" members="one,two">bundle</bcf:citekey>
  </bcf:section>
</bcf:controlfile>
"""


def test_bcf_files() -> None:
    found = read_files("paper.bcf", paper_bcf=BCF)
    assert [(one.key, one.line) for one in found.citations] == [("smith20", 8), ("one", 10), ("two", 10)]
    assert [one.name for one in found.bibliographies] == ["refs.bib"]
    assert found.everything is not None


def test_hostile_bcf_files() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x><citekey>&b;</citekey></x>'
    fetch = '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x><citekey>k</citekey></x>'
    secret = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><citekey>&a;</citekey></x>'
    for text in (bomb, fetch, secret):
        found = read_files("p.bcf", p_bcf=text)
        assert not found.citations
        assert "DOCTYPE" in found.troubles[0].why
    for text in ("", "no xml", BCF[:500], "<a>" * 5000):
        found = read_files("p.bcf", p_bcf=text)
        assert not found.citations
        assert found.troubles[0].line >= 1
