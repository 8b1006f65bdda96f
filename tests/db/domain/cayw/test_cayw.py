"""What editors ask for, read from addresses, and what they are answered."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.cayw import FORMATS, Notes, Pick, Place, Refusal, Wish, by_name, place, read_wish, translator, write
from db.domain.errors import LibraryError

PICKS = [Pick(1, "roe20", "On lanterns"), Pick(2, "a:b/c", "Nobody")]
BOTH = Notes("see", "p. 3")


def asked(query: str) -> Wish:
    """Return what a query asks for, which must be understood."""
    found = read_wish(query)
    assert isinstance(found, Wish), found
    return found


@pytest.mark.parametrize(
    ("query", "bare", "noted"),
    [
        ("", r"\cite{roe20,a:b/c}", r"\cite[see][p. 3]{roe20,a:b/c}"),
        ("format=natbib&command=citealp", r"\citealp{roe20,a:b/c}", r"\citealp[see][p. 3]{roe20,a:b/c}"),
        ("format=latex&command=%5Cparencite", r"\parencite{roe20,a:b/c}", r"\parencite[see][p. 3]{roe20,a:b/c}"),
        ("format=cite", r"\cite{roe20,a:b/c}", r"\cite[see][p. 3]{roe20,a:b/c}"),
        ("format=citet", r"\citet{roe20,a:b/c}", r"\citet[see][p. 3]{roe20,a:b/c}"),
        ("format=citep", r"\citep{roe20,a:b/c}", r"\citep[see][p. 3]{roe20,a:b/c}"),
        ("format=biblatex", r"\autocite{roe20,a:b/c}", r"\autocite[see][p. 3]{roe20,a:b/c}"),
        ("format=pandoc", "@roe20; @a:b/c", "see @roe20; @a:b/c, p. 3"),
        ("format=pandoc&brackets=1", "[@roe20; @a:b/c]", "[see @roe20; @a:b/c, p. 3]"),
        ("format=mmd", "[#roe20][][#a:b/c][]", "[see][#roe20][p. 3][#a:b/c]"),
        (
            "format=typst",
            '#cite(<roe20>) #cite(label("a:b/c"))',
            'see #cite(<roe20>) #cite(label("a:b/c"), supplement: [p. 3])',
        ),
        ("format=asciidoctor-bibtex", "cite:[roe20, a:b/c]", "cite:[roe20, a:b/c(3)]"),
        ("format=asciidoctor-bibtex&cite=citenp", "citenp:[roe20, a:b/c]", "citenp:[roe20, a:b/c(3)]"),
        ("format=org-cite", "[cite:@roe20;@a:b/c]", "[cite:see @roe20;@a:b/c p. 3]"),
        ("format=org-ref", "cite:&roe20;&a:b/c", "[[cite:see &roe20;&a:b/c p. 3]]"),
        ("format=jekyll", "{% cite roe20 %}{% cite a:b/c %}", "{% cite roe20 %}{% cite a:b/c %}"),
        ("format=citationLinks", "cites: roe20\ncites: a:b/c", "cites: roe20\ncites: a:b/c"),
        ("format=playground&keyprefix=<&keypostfix=>", "<roe20>,<a:b/c>", "<roe20>,<a:b/c>"),
        ("format=playground&citeprefix=(&citepostfix=)&separator=|", "(roe20|a:b/c)", "(roe20|a:b/c)"),
    ],
)
def test_each_format(query: str, bare: str, noted: str) -> None:
    wish = asked(query)
    assert write(PICKS, Notes(), wish) == bare
    assert write(PICKS, BOTH, wish) == noted
    assert write([], BOTH, wish) == ""


def test_one_paper_with_both_notes() -> None:
    one = PICKS[:1]
    assert write(one, BOTH, asked("format=mmd")) == "[see p. 3][#roe20]"
    assert write(one, Notes("", "ch. 2"), asked("format=asciidoctor-bibtex")) == "cite:[roe20(ch. 2)]"
    assert write(one, Notes("", "in passing"), asked("format=asciidoctor-bibtex")) == "cite:[roe20(in passing)]"
    assert write(one, Notes("", "§ 2"), asked("format=typst")) == "#cite(<roe20>, supplement: [§ 2])"
    assert write(one, Notes(" a\nb ", ""), asked("")) == r"\cite[a b][]{roe20}"


@pytest.mark.parametrize("name", ["json", "pick"])
def test_json_names_papers_notes_and_the_place(name: str) -> None:
    first, last = json.loads(write(PICKS, BOTH, asked(f"format={name}")))
    assert first == {
        "id": 1,
        "citationKey": "roe20",
        "title": "On lanterns",
        "prefix": "see",
        "locator": "",
        "label": "",
        "suffix": "",
        "suppressAuthor": False,
    }
    assert (last["prefix"], last["label"], last["locator"], last["suffix"]) == ("", "page", "3", "")


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("3", Place("page", "3")),
        ("p. 3", Place("page", "3")),
        ("pp. 3-5, 9", Place("page", "3-5, 9")),
        ("p. xii", Place("page", "xii")),
        ("Fig. 2", Place("figure", "2")),
        ("§ 4.1", Place("section", "4.1")),
        ("and elsewhere", Place(rest="and elsewhere")),
        ("theorem 3", Place(rest="theorem 3")),
        ("mix", Place(rest="mix")),
        ("", Place()),
    ],
)
def test_places(note: str, found: Place) -> None:
    assert place(note) == found


def test_flags_are_on_unless_they_say_no() -> None:
    wish = asked("format=pandoc&brackets=no&clipboard=yes&minimize=false&selected=1&select=")
    assert (wish.clipboard, wish.minimize, wish.selected, wish.select, wish.says("brackets")) == (
        True,
        False,
        True,
        False,
        False,
    )
    assert asked("format=latex&texstudio=yes").texstudio
    assert asked("probe=probe").probe
    assert asked("probe=true&format=nothing").probe  # asks nothing else


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("format=html", 400, "biblatex"),
        ("format=latex&command=input{/etc/passwd}", 400, "cite command"),
        ("format=asciidoctor-bibtex&cite=a:[b]", 400, "macro"),
        ("format=translate&translator=36a3b0b5-bad0", 400, "csljson"),
        ("format=scannable-cite", 501, "scannable-cite"),
        ("format=eta&template=x", 501, "eta"),
        ("format=jupyter", 501, "jupyter"),
        ("format=" + "x" * 300, 400, "longer"),
        ("x" * 300 + "=1", 400, "longer"),
        ("&".join(f"a{n}=1" for n in range(60)), 400, "parameters"),
    ],
)
def test_what_cannot_be_answered_is_said_before_anybody_picks(query: str, status: int, says: str) -> None:
    found = read_wish(query)
    assert isinstance(found, Refusal)
    assert found.status == status
    assert says in found.text


def test_notes_that_would_break_the_document_are_refused() -> None:
    for query in ("", "format=biblatex", "format=pandoc"):
        with pytest.raises(LibraryError):
            write(PICKS, Notes("", "{"), asked(query))


def test_translators_go_by_their_names() -> None:
    for name, form in (("", "biblatex"), ("Better BibTeX", "bibtex"), ("bettercsljson", "csl-json"), ("RIS", "ris")):
        assert translator(Wish("translate", {"translator": name})) == form


@given(st.text(max_size=400))
def test_any_query_is_answered_with_a_wish_or_words(query: str) -> None:
    found = read_wish(query)
    if isinstance(found, Refusal):
        assert found.status in (400, 501)
        assert found.text.endswith(".")
    else:
        assert found.probe or by_name(found.format) is not None


def test_formats_are_named_once() -> None:
    names = [one.name for one in FORMATS]
    assert len(set(names)) == len(names)
