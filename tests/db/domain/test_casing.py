"""Capitals that mean something stand in braces, by the rule of the ACL; nothing else does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.latex import decode, encode, lossy, protect_case, tidy
from db.domain.latex.casing import Casing
from db.domain.latex.dictionary import ordinary

PIECES = st.sampled_from(
    "LLM LLMs GPT-4 T5 3D iREPO A I X-ray U-Net GPT-Neo Qwen Qwen-Audio: Attention: the of Étude BERT's ’s ' : $x$ {B} "
    "& É - -- word Word U.S. Ph.D. O'Neill d’Or H100s Llama3 Top5 Qwen2.5: “Qwen”: Llama 3:".split()
)
_GROUP = re.compile(r"\{([^{}]+)\}")
TITLES = st.lists(PIECES, max_size=8).map(" ".join) | st.text("aAbBzZ019 -:'’.éÉ&{}$", max_size=30)

TYPESET = [
    # acronyms, plurals, hyphens
    ("Scaling Laws for LLMs in the Kitchen", "Scaling Laws for {LLM}s in the Kitchen"),
    ("LLMs: A Gardener's View", "{LLM}s: A Gardener's View"),
    ("CTC-based Alignment of Slow Speech", "{CTC}-based Alignment of Slow Speech"),
    ("What an LLM-as-a-Judge Cannot See", "What an {LLM}-as-a-Judge Cannot See"),
    ("LLMs-as-Judges and Their Moods", "{LLM}s-as-Judges and Their Moods"),
    ("LLMs' Memory of Recipes", "{LLM}s' Memory of Recipes"),
    ("BERT's Long Winter", "{BERT}'s Long Winter"),
    ("NVIDIA’s Quiet Chips", "{NVIDIA}’s Quiet Chips"),
    ("Training on CPUs/GPUs without Tears", "Training on {CPU}s/{GPU}s without Tears"),
    ("From CPU-GPU Copies to None", "From {CPU}-{GPU} Copies to None"),
    ("On Non-IID Data in Orchards", "On Non-{IID} Data in Orchards"),
    ("Pre-LN Layers Revisited", "Pre-{LN} Layers Revisited"),
    ("AUC and F1 Are Not Enough", "{AUC} and {F1} Are Not Enough"),
    ("A Survey of VAEs, GANs, and PhDs", "A Survey of {VAE}s, {GAN}s, and {PhD}s"),
    ("LoRAs for Every Season", "{LoRA}s for Every Season"),
    ("Growing T5s from Seeds", "Growing {T5}s from Seeds"),
    ("World War II Letters as a Corpus", "World War {II} Letters as a Corpus"),
    ("COVID-19 Forecasts from Search Logs", "{COVID}-19 Forecasts from Search Logs"),
    ("An ACL-2024 Shared Task on Soup", "An {ACL}-2024 Shared Task on Soup"),
    # capitals inside a word
    ("iREPO: Implicit Rewards by Regression", "{iREPO}: Implicit Rewards by Regression"),
    ("mT5 and ByT5 on Small Scripts", "{mT5} and {ByT5} on Small Scripts"),
    ("AlphaFold2 Meets Word2Vec", "{AlphaFold2} Meets {Word2Vec}"),
    ("Revisiting word2vec with Patience", "Revisiting word2vec with Patience"),
    ("vLLM Serving on iPhone Screens", "{vLLM} Serving on {iPhone} Screens"),
    ("Measuring pH with DeepONets", "Measuring {pH} with {DeepONets}"),
    ("RoBERTa-large for Recipes", "{RoBERTa}-large for Recipes"),
    ("ImageNet-21K in Ten Minutes", "{ImageNet}-{21K} in Ten Minutes"),
    ("BERTology of Small Talk", "{BERTology} of Small Talk"),
    ("The McGurk Effect in Machines", "The {McGurk} Effect in Machines"),
    ("An O'Neill Test for Speech", "An {O'Neill} Test for Speech"),
    ("Notes on d'Alembert and D’Alembert Sums", "Notes on {d'Alembert} and {D’Alembert} Sums"),
    ("How to Write a Ph.D. Thesis in LaTeX", "How to Write a {Ph.D.} Thesis in {LaTeX}"),
    ("U.S. Elections and the U.K. Press", "{U.S.} Elections and the {U.K.} Press"),
    ("AI4Science after Ten Years", "{AI4Science} after Ten Years"),
    # letters and digits
    ("GPT-4 Writes Poems", "{GPT}-4 Writes Poems"),
    ("GPT-4o and GPT-4V(ision) Compared", "{GPT}-4o and {GPT}-{4V}(ision) Compared"),
    ("Llama3 and Qwen2.5-VL in the Wild", "{Llama3} and {Qwen2.5}-{VL} in the Wild"),
    ("3D Shapes from 2D Sketches in 4K", "{3D} Shapes from {2D} Sketches in {4K}"),
    ("Training on H100s and a TPUv4", "Training on {H100}s and a {TPUv4}"),
    ("Top5 Errors and Part2 Problems", "Top5 Errors and Part2 Problems"),
    # single letters
    ("A Plan B for Every A", "A Plan {B} for Every A"),
    ("Why I Read", "Why {I} Read"),
    ("X-Ray Vision with U-Net", "{X}-Ray Vision with {U}-{Net}"),
    ("K-Means and k-NN under Drift", "{K}-Means and k-{NN} under Drift"),
    ("Top-K Sampling with t-SNE", "Top-{K} Sampling with t-{SNE}"),
    ("Zero-Shot X-to-Y Translation", "Zero-Shot {X}-to-{Y} Translation"),
    ("C++ and C# for R Users", "{C}++ and {C}# for {R} Users"),
    ("It's Not What You Don't Say", "It's Not What You Don't Say"),
    ("A* Search in Gardens", "A* Search in Gardens"),
    # the word before the first colon
    ("Zorvane: A Fast Tokenizer", "{Zorvane}: A Fast Tokenizer"),
    ("Introducing Zorvane : A Fast Tokenizer", "Introducing {Zorvane} : A Fast Tokenizer"),
    ("“Zorvane”: A Fast Tokenizer", "“{Zorvane}”: A Fast Tokenizer"),
    ("Zorvane-Audio: Hearing Kettles", "{Zorvane}-{Audio}: Hearing Kettles"),
    ("Llama 3: A Herd", "{Llama} 3: A Herd"),
    ("Zorvane 2.5: A Faster Tokenizer", "{Zorvane} 2.5: A Faster Tokenizer"),
    ("Chapter 3: The Return", "Chapter 3: The Return"),
    ("Zorvane++: Once More", "{Zorvane}++: Once More"),
    ("Attention: Zorvane: And More", "Attention: Zorvane: And More"),
    ("Attention: A Second Look", "Attention: A Second Look"),
    ("Benchmarking Summarizers: What Is Lost", "Benchmarking Summarizers: What Is Lost"),
    ("State-of-the-Art: Who Says So?", "State-of-the-Art: Who Says So?"),
    ("zorvane: small letters", "zorvane: small letters"),
    ("RLHF-V: Better Feedback", "{RLHF}-{V}: Better Feedback"),
    ("GPT-Neo: Once More with Zorvane", "{GPT}-{Neo}: Once More with Zorvane"),
    # maths, LaTeX, other letters
    ("$O(N \\log N)$ Attention for LLMs", "$O(N \\log N)$ Attention for {LLM}s"),
    ("$\\beta$-VAE: Learning", "$\\beta$-{VAE}: Learning"),
    ("Étude: Émile and the LSTM", "{Étude}: Émile and the {LSTM}"),
    ("大语言模型 LLM 综述", "大语言模型 {LLM} 综述"),
    ("R&D with 50% Fewer GPUs", "{R}&{D} with 50% Fewer {GPU}s"),
    # never the whole title, shouting
    ("ATTENTION IS ALL YOU NEED", "ATTENTION IS ALL YOU NEED"),
    ("BERT", "{BERT}"),
    ("X", "X"),
    ("Zorvane: VLLM", "{Zorvane}: {VLLM}"),
    ("DALL·E and DALL-E 3", "{DALL}·{E} and {DALL}-{E} 3"),
    ("Fine-Tuning in Low-Resource Settings", "Fine-Tuning in Low-Resource Settings"),
    ("Self-Rewarding Models", "Self-Rewarding Models"),
]
"""Titles as a careful typesetter would protect them."""


@pytest.mark.parametrize(("title", "latex"), TYPESET)
def test_titles_as_a_typesetter_would_have_them(title: str, latex: str) -> None:
    assert protect_case(title) == latex
    assert protect_case(title.replace("{", "").replace("}", "")) == latex
    spelled = encode(title, protect_case=True, reader="unicode")
    assert [one for one in _GROUP.findall(spelled) if "$" not in one] == [
        encode(one, reader="unicode") for one in _GROUP.findall(latex)
    ]


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
    if len(title.split()) > 1 and "{" not in title and "$" not in title:
        assert not re.fullmatch(r"\{[^{}]*\}", latex)


@given(TITLES)
def test_words_one_by_one_are_protected_as_the_title_at_once_is(title: str) -> None:
    casing = Casing(title)
    assert casing.protected(title, str) == casing._marked(title, str, 0)


@given(TITLES)
def test_unicode_and_ascii_differ_only_beyond_ascii(title: str) -> None:
    if title.isascii():
        assert encode(title, protect_case=True) == encode(title, protect_case=True, reader="unicode")
    assert decode(encode(title, protect_case=True, reader="unicode")) == tidy(title)
