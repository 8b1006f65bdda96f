"""What a paper is in CSL's terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.bibwrite import BibEntry
from db.domain.records import Date, Person
from db.domain.styled import item
from db.domain.styled.texts import shown

from .papers import BARE, PREPRINT, TALK, THESIS


def test_a_preprint_is_found_at_arxiv_whatever_its_first_address():
    made = item(PREPRINT)
    assert made.type == "article"
    assert made.texts["publisher"] == "arXiv"
    assert made.texts["number"] == "arXiv:2405.01234"
    assert made.texts["URL"] == "https://arxiv.org/abs/2405.01234"


def test_the_address_of_the_code_is_not_that_of_the_paper():
    code = "https://code.example/Lanterns/"
    named = BibEntry("k", "T", url=code, abstract="We light lanterns. Code: code.example/\nlanterns.")
    assert "URL" not in item(named).texts
    assert item(BibEntry("k", "T", url=code, abstract="We light lanterns.")).texts["URL"] == code


def test_an_article_in_arxiv_is_a_preprint_and_one_in_a_journal_is_not():
    stated = BibEntry("k", "T", venue="arXiv preprint arXiv:2405.01234", entry_type="article", arxiv_id="2405.01234")
    assert item(stated).type == "article"
    assert "container-title" not in item(stated).texts
    printed = BibEntry("k", "T", venue="Journal of Results", entry_type="article", arxiv_id="2405.01234")
    assert item(printed).type == "article-journal"


def test_the_parts_of_a_talk():
    made = item(TALK)
    assert made.type == "paper-conference"
    assert made.texts["page"] == "101-117"
    assert made.names["editor"] == (Person("Doe", "Jane"), Person("Roe", "Richard"))
    assert made.texts["container-title"] == "Proceedings of the Imaginary Conference"


def test_addresses_are_taken_as_they_are_and_names_as_people_read_them():
    made = item(
        BibEntry("k", "T", (Person('G{\\"o}del', "K."),), url="https://a.example/~k/{x}?a_b=$c$", doi="10.1/~a_b")
    )
    assert made.texts["URL"] == "https://a.example/~k/%7Bx%7D?a_b=$c$"
    assert made.texts["DOI"] == "10.1/~a_b"
    assert made.names["author"] == (Person("Gödel", "K."),)


def test_a_thesis_names_its_kind_and_its_university():
    assert item(THESIS).texts["genre"] == "PhD thesis"
    assert item(THESIS).texts["publisher"] == "Invented University"


def test_what_is_not_known_is_not_there():
    made = item(BARE)
    assert made.texts == {"title": "Nothing else is known"}
    assert not made.names
    assert made.issued == Date()


@pytest.mark.parametrize(
    ("date", "kept"),
    [
        (Date(2024, 13), Date(2024)),
        (Date(2024, 2, 40), Date(2024, 2)),
        (Date(None, 5), Date()),
        (Date(20240), Date()),
        (Date(2024, None, 5), Date(2024)),
    ],
)
def test_a_date_that_no_calendar_has_is_cut(date, kept):
    assert item(BibEntry("k", "T", date=date)).issued == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"$\alpha$-divergence", "α-divergence"),
        (r"A {BERT} for $O(n^2)$ and \emph{more} \& less", "A BERT for O(n²) and more & less"),
        (r"{\'E}cole G\"odel", "École Gödel"),
        ("From $5 to $6", "From $5 to $6"),
        ("a ~10x speed-up", "a ~10x speed-up"),
        ("Harbours, 1736--1742 -- and quays---all", "Harbours, 1736–1742 – and quays—all"),
        ("What --verbose hides -----", "What --verbose hides -----"),
        (r"$\ell_1$ in $\mathbb{R}^d$", "ℓ₁ in ℝ^d"),
        (r"$\input{/etc/passwd}$", r"$\input{/etc/passwd}$"),
        ("x_i and 10%", "x_i and 10%"),
    ],
)
def test_latex_is_shown_as_people_read_it(text, said):
    assert shown(text) == said


@given(st.text(max_size=60))
def test_any_text_can_be_shown(text):
    shown(text)


@given(st.text(alphabet="$\\{}_^ abc12&~", max_size=40))
def test_any_maths_can_be_shown(text):
    shown(text)
