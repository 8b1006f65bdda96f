"""Text to LaTeX and back: escaped once, LaTeX kept, nothing dangerous, nothing lost unsaid."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.latex import decode, encode, escape, lossy, protect_case, tidy
from db.domain.latex.encoding import _is_printable

PIECES = st.sampled_from(
    [
        r"\emph{x", "}", r"\%", "$a_1$", "$", "{LLM}", "{", "É", r"\'e", r"\ss", " ", r"\c c", r"\LaTeX{}", "α", "B",
        "GPTs", "~", "{}", "\\", r"\{", '"', r"\textbackslash", r"$\{x\}$", r"\input{x}", "--", "中", "#", "`", "é",
    ]
)  # fmt: skip
TEXTS = st.text(max_size=40) | st.lists(PIECES, max_size=8).map("".join)
COMMANDS = re.compile(r"\\([A-Za-z]+)")
DANGEROUS = ("input", "include", "write", "def", "csname", "catcode", "newcommand", "model", "begin", "end", "openout")


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("50% of R&D_x #1", r"50\% of R\&D\_x \#1"),
        (r"50\% \& so", r"50\%{} \&{} so"),
        (r"\emph{Foo & bar}", r"\emph{Foo \& bar}"),
        ("$x_i^2$ costs $5 and $6", r"{$x_i^2$} costs \$5 and \$6"),
        (r"The \model is", r"The {\textbackslash}model is"),
        ("a } b { c", r"a {\textbraceright} b {\textbraceleft} c"),
        ("W_+ and CM^3 ~ x", r"W\_+ and CM{\textasciicircum}3 {\textasciitilde} x"),
        ("α ≤ β", r"\ensuremath{\alpha} \ensuremath{\leq} \ensuremath{\beta}"),
        ("naïve – “q”", r"na{\"{i}}ve {\textendash} {\textquotedblleft}q{\textquotedblright}".replace("{i}", r"{\i}")),
        ("a\u00a0b\u200bc\nd", "a~bc d"),
        ("Война ℝ 中", "Voina R ?"),
        ("$\\mathbb{R}$", r"\${\textbackslash}mathbb{{{}R}}\$"),
    ],
)
def test_encoding(text: str, latex: str) -> None:
    assert encode(text) == latex
    if not lossy(text):
        assert decode(latex) == tidy(text)


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("Aligning Multimodal LLM: A Survey", "Aligning Multimodal {LLM}: A Survey"),
        ("iREPO for AlignGPT and LLMs", "{iREPO} for {AlignGPT} and {LLM}s"),
        ("CTC-based 3D Vitamin C", "{CTC}-based {3D} Vitamin {C}"),
        ("Learning a GPT-4 World", "Learning a {GPT}-4 World"),
        ("T5 and V2, 230,000 times", "{T5} and {V2}, 230,000 times"),
        (r"\emph{LLM} $L_2$ {CLIP}", r"\emph{LLM} $L_2$ {CLIP}"),
        ("Plato's Cave", "Plato's Cave"),
    ],
)  # fmt: skip
def test_capitals_that_mean_something_are_protected(title: str, latex: str) -> None:
    assert protect_case(title) == latex


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"The {\TeX}book", r"The \TeX{}book"),
        (r"{\TeX}{}book", r"\TeX{}book"),
        (r"\LaTeX{}{CLI}", r"\LaTeX{}CLI"),
        (r"{\LaTeX}: a {\TeX}", r"\LaTeX: a \TeX"),
    ],
)
def test_the_name_of_tex_and_the_letter_behind_it_stay_two_things(latex: str, text: str) -> None:
    assert decode(latex) == text
    assert decode(encode(text, protect_case=True)) == text


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Schr{\"o}dinger \'Etude {\ss} \c{c} \v s", "Schrödinger Étude ß ç š"),
        (r"{The {LLM} Way}", "The LLM Way"),
        (r"50\% \& \$5", "50% & $5"),
        (r"a~b", "a\u00a0b"),
        (r"\unknown{x} \emph{y}", r"\unknownx \emph{y}"),
        ("plain -- text", "plain -- text"),
        (r"half\hyphen open and\slash or", "half-open and/or"),
        (r"{\relax Yu}lia \relaxed", r"Yulia \relaxed"),
        ("}{{", ""),
    ],
)
def test_decoding_what_others_write(latex: str, text: str) -> None:
    assert decode(latex) == text


def test_what_is_lost_is_named() -> None:
    assert lossy("Война é α 中中") == ["В", "о", "й", "н", "а", "中"]
    assert lossy("plain é α – “x”") == []


@given(TEXTS, st.booleans())
def test_output_is_ascii_balanced_and_read_back(text: str, protect: bool) -> None:
    latex = encode(text, protect_case=protect)
    assert latex.isascii()
    level = 0
    for character in latex:
        level += {"{": 1, "}": -1}.get(character, 0)
        assert level >= 0
    assert level == 0
    if not lossy(text):
        assert decode(latex) == tidy(text)
    assert decode(escape(text)) == tidy(text)


@given(TEXTS, st.booleans())
def test_what_biber_gets_is_ascii_balanced_and_read_back(text: str, protect: bool) -> None:
    latex = encode(text, protect_case=protect, reader="biber")
    assert latex.isascii()
    assert latex.count("{") == latex.count("}")
    if not lossy(text) and not re.search(r"\\[`'^\"~=.uvHcdbr]|ḯ", text):
        assert decode(latex) == tidy(text)


def test_what_biber_would_spoil_is_hidden_from_it() -> None:
    assert encode("ü ạ ǐ", reader="biber") == (
        r"{\"{u}} {\csname\detokenize{d}\endcsname{a{}}} "
        r"{\csname\detokenize{v}\endcsname{\csname\detokenize{i}\endcsname{}}}"
    )
    for text in (r"$\langle x, y \rangle$ ạ ế ǐ", r"$\langle\alpha\rangle$"):
        assert decode(encode(text, reader="biber")) == text


@given(st.lists(st.sampled_from([f"\\{name}" for name in DANGEROUS] + ["{x}", " ", "$", "\\", "18", "^^"]), max_size=8))
def test_no_dangerous_command_survives(parts: list[str]) -> None:
    assert not set(COMMANDS.findall(encode("".join(parts)))) & set(DANGEROUS)


def test_long_and_hostile_texts_take_no_time() -> None:
    start = time.perf_counter()
    for text in ("{" * 20_000, "$x" * 10_000, "\\emph{" * 5_000 + "}" * 5_000, "$\\{" * 5_000, "\\'" * 10_000):
        assert decode(encode(text, protect_case=True)) == text
    assert time.perf_counter() - start < 20, "the time grows with the square of the length"


@given(st.text(st.characters(max_codepoint=0x7F)) | st.text())
def test_ascii_is_looked_through_as_python_does_it(text: str) -> None:
    assert _is_printable(text) == text.isprintable()
