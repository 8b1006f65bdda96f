r"""What .tex files cite, whatever commands, comments and slips stand in them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.documents.found import Cites, Inputs, Lists
from db.domain.documents.texclean import clean
from db.domain.documents.texfile import events


def keys(text: str) -> list[str]:
    return [key for event in events(text) if isinstance(event, Cites) for key in event.keys]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (r"\cite{a}", "a"),
        (r"\cite [p.~3] {a , b}", "a b"),
        (r"\citep[see][p. 3]{a,b}", "a b"),
        (r"\citet*{a}", "a"),
        (r"\Citealp{a}\citeyearpar{b}\citenum{c}\citetalias{d}", "a b c d"),
        (r"\parencite[{see [1]}][{p. ]3}]{a}", "a"),
        (r"\Textcite{a}\autocite*{b}\footcite{c}\smartcite{d}\fullcite{e}\supercite{f}", "a b c d e f"),
        (r"\cites(pre)(post)[see][3]{a}[4]{b,c}{d} done", "a b c d"),
        (r"\Parencites{a}{b} and \textcites(see){c}", "a b c"),
        (r"\volcite[see]{2}[p. 3]{a}\pvolcite{1}{b}", "a b"),
        (r"\textcquote[see][3]{a}{quoted}", "a"),
        (r"\foreigntextcquote{german}[3]{a}{zitiert}", "a"),
        (r"\begin{displaycquote}[3]{a}quoted\end{displaycquote}", "a"),
        (r"\citefield{a}{title}\citetitle{b}\nocite{c}\bibentry{d}", "a b c d"),
        (r"\cite<see>[p. 3]{a}\citeA{b}\shortcite{c}", "a b c"),
        (r"\citep[as \citet{b} says]{a}", "a b"),
        ("\\cite{one,% why\n  two,\n\n three}", "one two three"),
        ("\\cite{long%\n   key}", "longkey"),
        (r"\cite{a\_b, c}", "c"),
        (r"\cite{müller2020,DBLP:conf/nips/X17,a.b:c-d/e}", "müller2020 DBLP:conf/nips/X17 a.b:c-d/e"),
        (r"\footnote{\cite{a}}\section{On \cite{b}}", "a b"),
        (r"\nocite{*}", "*"),
        (r"\textbf{\emph{\cite{a}", "a"),
    ],
)
def test_commands_that_cite(text: str, cited: str) -> None:
    assert keys(text) == cited.split()


@pytest.mark.parametrize(
    "text",
    [
        r"% \cite{x}",
        "\\begin{comment}\n\\cite{x}\n\\end{comment}",
        "\\begin{verbatim}\n\\cite{x} % \\end{verbatimx}\n\\end{verbatim}",
        "\\begin{lstlisting}[language=TeX]\n\\cite{x}\n\\end{lstlisting}",
        "\\begin{filecontents*}{refs.bib}\n\\cite{x}\n\\end{filecontents*}",
        r"\verb|\cite{x}|",
        r"\verb*+\cite{x}+",
        r"\lstinline[language=TeX]!\cite{x}!",
        r"\mintinline{tex}|\cite{x}|",
        r"\iffalse \ifx\a\b \cite{x} \else \cite{x} \fi \cite{x} \fi",
        r"\newcommand{\mycite}[1]{\cite{#1}}",
        r"\citestyle{acmauthoryear}\setcitestyle{numbers}\citetext{see there}\bibcite{x}{1}",
        r"\DeclareCiteCommand{\cite}{\cite}",
        r"\cite",
        r"\cite{",
        r"\cite[",
        r"\cite{}",
        r"\\cite{x}",
        r"\cite}{x}",
        r"\end{document} \cite{x}",
        "\\endinput\n\\cite{x}",
    ],
)
def test_what_does_not_cite(text: str) -> None:
    assert not keys(text)


def test_what_looks_like_a_comment_hides_nothing() -> None:
    assert keys("50\\% of \\cite{a}") == ["a"]
    assert keys("\\url{http://x.org/a%20b} \\cite{a}") == ["a"]
    assert keys("\\href{http://x.org/a%20b}{\\cite{a}} \\cite{b}") == ["a", "b"]
    assert keys("\\verb|%| \\cite{a}") == ["a"]
    assert keys("\\\\% \\cite{x}\n\\cite{a}") == ["a"]
    assert keys("\\iffalse \\cite{a}") == ["a"]  # never ended: LaTeX would stop, and the person looks for her keys
    assert keys("\\iffalse \\cite{x} \\else \\cite{a} \\fi \\cite{b}") == ["a", "b"]


@pytest.mark.parametrize(
    ("definition", "use"),
    [
        (r"\newcommand{\see}[1]{\citep[see][]{#1}}", r"\see{a,b}"),
        (r"\newcommand\see[1]{(\cite{#1})}", r"\see{a,b}"),
        (r"\newcommand*{\see}[2]{#1 \textcite{#2}}", r"\see{as in}{a,b}"),
        (r"\newcommand{\see}[2][]{\cite[#1]{#2}}", r"\see[p. 3]{a,b}"),
        (r"\def\see#1{\cite{#1}}", r"\see{a,b}"),
        (r"\NewDocumentCommand{\see}{O{} m m}{\cite[#1]{#3}}", r"\see[x]{y}{a,b}"),
        (r"\newcommand{\inner}[1]{\cite{#1}}\newcommand{\see}[1]{\inner{#1}}", r"\see{a,b}"),
    ],
)
def test_commands_of_ones_own(definition: str, use: str) -> None:
    assert keys(f"{definition}\n{use}") == ["a", "b"]
    assert not keys(use)


@pytest.mark.parametrize("text", [r"\newcommand{\see}", r"\newcommand\see[1]{\emph{#1}}\see{a}", r"\def\see{", r"\def"])
def test_other_definitions_cite_nothing(text: str) -> None:
    assert not keys(text)


def test_each_key_has_its_line() -> None:
    found = [event for event in events("one\n\\cite{a,\n b,\n% no\n c}\n\n\\cite{d}") if isinstance(event, Cites)]
    assert [(event.keys[0], event.line) for event in found] == [("a", 2), ("b", 3), ("c", 5), ("d", 7)]


def test_other_files() -> None:
    text = (
        "\\input{intro}\n\\include{chapters/one}\n\\input other\n\\subfile{parts/two.tex}\n"
        "\\import{pics/}{plot}\n\\subimport{deep}{er}\n\\InputIfFileExists{maybe.tex}{}{}\n\\input{\\jobname-x}"
        "\\input{glyphtounicode}"
    )
    found = [event for event in events(text, "in/") if isinstance(event, Inputs)]
    assert [(one.places, one.line) for one in found] == [
        (("in/intro.tex", "in/intro", "intro.tex", "intro"), 1),
        (("in/chapters/one.tex", "in/chapters/one", "chapters/one.tex", "chapters/one"), 2),
        (("in/other.tex", "in/other", "other.tex", "other"), 3),
        (("in/parts/two.tex", "in/parts/two.tex.tex", "parts/two.tex", "parts/two.tex.tex"), 4),
        (("pics/plot.tex", "pics/plot"), 5),
        (("in/deep/er.tex", "in/deep/er"), 6),
        (("in/maybe.tex", "in/maybe.tex.tex", "maybe.tex", "maybe.tex.tex"), 7),
    ]
    assert [one.folder for one in found] == ["in/", "in/", "in/", "in/parts/", "pics/", "in/deep/", "in/"]
    assert [one.optional for one in found] == [False] * 6 + [True]


def test_bibliographies() -> None:
    text = "\\bibliography{refs, more}\n\\addbibresource[datatype=bibtex]{big.bib}"
    found = [event for event in events(text) if isinstance(event, Lists)]
    assert [(one.names, one.line) for one in found] == [(("refs", "more"), 1), (("big.bib",), 2)]


KEY = st.text("abcdefgXYZ0123456789:-_.+/'", min_size=1, max_size=12)
FILLING = st.sampled_from(
    [
        "text ",
        "50\\% ",
        "$x<y$ ",
        "{\\em x} ",
        "[1] ",
        "(see) ",
        "\\\\ ",
        "% no \\cite{zz}\n",
        "\\verb|\\cite{zz}| ",
        "\n",
    ]
)
NOTE = st.sampled_from(["", "[]", "[p. 3]", "[see][{a]b}]", " [\\emph{x}] ", "%\n"])
COMMAND = st.sampled_from("cite citep citet* Citet parencite textcite autocite* footcite nocite".split())


@given(
    st.lists(st.tuples(FILLING, COMMAND, NOTE, st.lists(KEY, min_size=1, max_size=4), st.sampled_from([",", " ,\n "])))
)
def test_what_is_written_is_found(parts: list[tuple[str, str, str, list[str], str]]) -> None:
    text = "".join(
        f"{filling}\\{command}{note}{{{comma.join(named)}}} " for filling, command, note, named, comma in parts
    )
    assert keys(text) == [key for _f, _c, _n, named, _s in parts for key in named]


@given(st.text("\\{}[]()<>%,|\n cite verb iffalse begin comment *", max_size=300))
def test_any_text_is_read(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert [at for at, letter in enumerate(cleaned) if letter == "\n"] == [
        at for at, letter in enumerate(text) if letter == "\n"
    ]
    for event in events(text):
        assert 1 <= event.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    "piece",
    [
        "\\cite[", "\\cite{", "\\cites[", "\\iffalse", "\\verb|", "\\begin{comment}", "{", "[", "(", "<", "%", "\\",
        "\\cite{a,", "\\input{", "\\input ", "\\cites{a}", "\\cite[]", "[]", "\\if\\fi\\else", "\\bibliography{", "a,",
        "\\url{", "\\begin{", "\0", "\\import{a}{b}", "\\def\\a#1{\\cite{#1}}\\a{b}",
        "\\newcommand{\\a}[1]{", "\\def{{", "\\def\\a{", " ", "\n", "\\def" + " " * 5_000, "\\cite" + "\n" * 5_000,
    ],
)  # fmt: skip
def test_hostile_text_takes_time_that_grows_with_it_only(piece: str) -> None:
    text = piece * (150_000 // len(piece)) + "]" + "[]" * 1000 + "{a,b}" + "}" * 20_000
    start = time.process_time()
    assert sum(1 for _event in events(text)) >= 0
    assert time.process_time() - start < 5


def test_a_line_of_a_megabyte() -> None:
    text = "Words (and more) about things \\cite[p.~3]{one} that $x_1 < y$. " * 16_000
    start = time.process_time()
    assert set(keys(text)) == {"one"}
    assert time.process_time() - start < 10
