"""Capitals that mean something stand in braces, by the rule of the ACL; nothing else does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.latex import decode, encode, lossy, protect_case, tidy
from db.domain.latex.casing import _PARTS, Casing
from db.domain.latex.dictionary import ordinary

PIECES = st.sampled_from(
    "LLM LLMs GPT-4 T5 3D iREPO A I X-ray U-Net GPT-Neo Qwen Qwen-Audio: Attention: the of Étude BERT's ’s ' : $x$ {B} "
    "& É - -- word Word".split()
)
TITLES = st.lists(PIECES, max_size=8).map(" ".join) | st.text("aAbBzZ019 -:'’.éÉ&{}$", max_size=30)


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("Scaling LLMs for VQA with mT5", "Scaling {LLM}s for {VQA} with {mT5}"),
        ("CTC-based and CTC-Based Models", "{CTC}-based and {CTC}-Based Models"),
        ("BERT's Vitamin C and a Plan B for A", "{BERT}'s Vitamin {C} and a Plan {B} for A"),
        ("A U-Net and GPT-Neo in X-Ray Light", "A {U}-{Net} and {GPT}-{Neo} in {X}-Ray Light"),
        ("Qwen: A Model", "{Qwen}: A Model"),
        ("Introducing Llava : A Model", "Introducing {Llava} : A Model"),
        ("Qwen-Audio: Hearing", "{Qwen}-{Audio}: Hearing"),
        ("Attention: A Survey of Learning: Mistral", "Attention: A Survey of Learning: Mistral"),
        ("Benchmarking Transformers: Results", "Benchmarking Transformers: Results"),
        ("The qwen: small letters", "The qwen: small letters"),
        ("ATTENTION IS ALL YOU NEED", "ATTENTION IS ALL YOU NEED"),
        ("GPT-4 VQA", "{GPT}-4 {VQA}"),
        ("$f: X \\to Y$ and LLMs: more", "$f: X \\to Y$ and {LLM}s: more"),
        ("The {LLM} in \\emph{CLIP}", "The {LLM} in \\emph{CLIP}"),
    ],
)  # fmt: skip
def test_the_rule(title: str, latex: str) -> None:
    assert protect_case(title) == latex


@pytest.mark.parametrize(
    ("words", "title", "latex"),
    [
        (("Bayesian",), "A Bayesian View of Bayesianism", "A {Bayesian} View of Bayesianism"),
        (("Monte Carlo", "Monte"), "Monte Carlo in Monte", "{Monte Carlo} in {Monte}"),
        (("Transformer",), "Transformers", "{Transformer}s"),
        (("C++", "(", ""), "On C++ and C", "On {C++} and {C}"),
        (("R&D",), "The R&D Way", "The {R\\&D} Way"),
        (("Bayesian",), "A BAYESIAN VIEW OF IT", "A BAYESIAN VIEW OF IT"),
    ],
)
def test_own_words(words: tuple[str, ...], title: str, latex: str) -> None:
    assert encode(title, protect_case=True, own_words=words) == latex


@pytest.mark.parametrize("word", "attention transformers benchmarking tokenization studies pretrained mapped".split())
def test_ordinary_words(word: str) -> None:
    assert ordinary(word)


@pytest.mark.parametrize("word", "qwen llava mistral llama mamba bert xyz".split())
def test_names_are_no_words(word: str) -> None:
    assert not ordinary(word)


@given(TITLES)
def test_protecting_changes_nothing_but_braces_and_never_takes_the_whole_title(title: str) -> None:
    latex = encode(title, protect_case=True)
    if not lossy(title):
        assert decode(latex) == tidy(title)
    words = re.findall(r"[^\W_]+", title)
    if len(words) > 1 and "{" not in title and "$" not in title:
        assert not re.fullmatch(r"\{[^{}]*\}", latex)


@given(TITLES)
def test_the_short_way_and_the_long_one_agree(title: str) -> None:
    short, long = Casing(title), Casing(title)
    long._is_plain = False
    assert short.protected(title, str) == long.protected(title, str)
    assert "".join(_PARTS.split(title)) == title


@given(TITLES)
def test_unicode_and_ascii_differ_only_beyond_ascii(title: str) -> None:
    if title.isascii():
        assert encode(title, protect_case=True) == encode(title, protect_case=True, reader="unicode")
    assert decode(encode(title, protect_case=True, reader="unicode")) == tidy(title)
