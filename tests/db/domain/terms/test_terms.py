"""What texts are about: words, notions, how they are written, and which are alike."""

from __future__ import annotations

import pytest

from db.domain.terms import Bags, frequent, learn, likeness, rarity, words
from db.domain.terms.reading import pieces, stem

KITES = [
    ("Silk kites over the harbour", "We fly silk kites. Silk kites need wind, and a silk kite is light."),
    ("Winds for silk kites", "A wind that lifts silk kites is weak; KITEs of cloth want more."),
    ("LLMs that fold silk kites", "An LLM folds what LLMs planned. Self-supervised kites fly."),
]


def counted(papers: list[tuple[str, str]]) -> dict[str, int]:
    bags = Bags(learn(papers))
    for title, abstract in papers:
        bags.add(title, abstract)
    return {term.label: times for term, times in frequent(bags, 100)}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A loss of $\\mathcal{L}_{kite} = \\sum_i x_i$ for kites", ["loss", "kite"]),
        ("\\textbf{Kites} and \\(x^{harbour}\\) at https://harbour.example/sea", ["kite"]),
        ("Kites of <b>cloth</b>, state-of-the-art ones", ["kite", "cloth"]),
        ("GPT-4 and 3D kites; x y z", ["gpt", "kite"]),
        ("Analysis, bias, classes and studies of glass", ["analysis", "bia", "classe", "glass"]),
        ("", []),
        ("$ \\ < :// ", []),
    ],
)
def test_maths_markup_and_filler_are_no_words(text: str, kept: list[str]) -> None:
    assert [root for piece in pieces(text) if (root := stem(piece))] == kept


def test_singular_and_plural_are_one_term_written_the_usual_way() -> None:
    vocabulary = learn(KITES)
    kite = vocabulary.terms[vocabulary.words["kite"]]
    assert kite.label == "kites"
    assert set(kite.forms) == {"kites", "kite"}
    assert vocabulary.terms[vocabulary.words["llm"]].label == "LLM"


def test_words_that_stand_together_are_a_notion() -> None:
    found = counted(KITES)
    assert found["silk kites"] == 3
    assert "silk" not in found, "it is in the pair"
    assert "self-supervised" not in found, "met once"


def test_a_stop_or_a_full_stop_parts_a_pair() -> None:
    papers = [("Kites. Harbours", "kites of harbours")] * 9
    assert set(counted(papers)) == {"kites", "harbours"}


def test_a_term_counts_each_paper_once() -> None:
    assert counted([("Kites kites", "kites kite"), ("Kites", "")])["kites"] == 2


def test_nothing_gives_nothing() -> None:
    assert counted([]) == {}
    assert counted([("", ""), ("The of and", "")]) == {}


def test_alike_is_who_shares_rare_words() -> None:
    one = words("Paper kites in wind", "Kites fly over the harbour.")
    rarities = {root: rarity({"kite": 3, "harbour": 3}.get(root, 900), 1_000) for root in one}
    near, said = likeness(one, words("Kites of a harbour", ""), rarities)
    far, _ = likeness(one, words("Wind and paper in stock markets", ""), rarities)
    same, _ = likeness(one, one, rarities)
    assert same == pytest.approx(1.0)
    assert near > 2 * far > 0
    assert set(said) == {"kites", "harbour"}
    assert likeness(one, words("", ""), rarities) == (0.0, ())
    assert likeness(words("", ""), one, {}) == (0.0, ())
