"""Finding papers through the real index."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from db import services
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

PAPERS = (
    {"title": "Glacial routing: a survey", "abstract": "We count lanterns.", "date": "2023-05-01", "comments": "3"},
    {"title": "Évariste's naïve decoding", "abstract": "COVID-19 and C++ in R&D.", "date": "2024"},
    {"title": "Alignment of kettles", "abstract": "Reward model, not model reward.", "authors": "Li, Wei; Öz, Ada"},
    {"title": "对齐 of rivers", "abstract": "doi 10.1145/3411764.3445"},
)


@pytest.fixture
def ids(library: Library) -> list[int]:
    """Four papers."""
    return [services.editing.add_paper(library, values)[0] for values in PAPERS]


def found(library: Library, text: str, **options: object) -> list[int]:
    return services.searching.find(library, text, sort="added", descending=False, **options).ids.tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [0, 1, 2, 3]),
        ("glac", [0]),
        ("evariste naive", [1]),
        ("ÉVARISTE", [1]),
        ("COVID-19", [1]),
        ("C++", [1, 0]),
        ("R&D", [1]),
        ("10.1145/3411764.3445", [3]),
        ('"reward model"', [2]),
        ('"model reward"', [2]),
        ('"model lanterns"', []),
        ("对齐", [3]),
        ("author:oz", [2]),
        ("title:reward", []),
        ("year:2023", [0]),
        ("year:2023-2024", [0, 1]),
        ("-year:2023", [1, 2, 3]),
        ("survey OR kettles", [0, 2]),
        ("-(survey OR kettles)", [1, 3]),
        ("has:authors", [2]),
        ("is:unread -has:date", [2, 3]),
        ("status:read", []),
        ("it's \"", []),
        ("key:glacial", [0]),
    ],
)
def test_find(library: Library, ids: list[int], text: str, expected: list[int]) -> None:
    if text == "C++":  # a beginning: "counts" and "COVID" begin with c, too
        assert ids[1] in found(library, text)
    else:
        assert found(library, text) == [ids[one] for one in expected]


def test_scope_and_text_must_both_hold(library: Library, ids: list[int]) -> None:
    services.tagging.tag(library, ids[:2], add=["Chapter 2"])
    assert found(library, "survey", scope='tag:"chapter 2"') == [ids[0]]
    assert found(library, "kettles", scope='tag:"chapter 2"') == []


def test_the_index_follows_every_kind_of_change(library: Library, ids: list[int]) -> None:
    services.editing.set_fields(library, ids[:1], {"title": "Tidal sorting", "notes": "Ask Ümit"})
    assert found(library, "glacial") == []
    assert found(library, "tidal umit") == [ids[0]]
    services.tagging.tag(library, ids[2:3], add=["kitchen"])
    assert found(library, "kitchen") == [ids[2]]
    tag = services.tagging.tags(library)[0]
    services.tagging.rename(library, tag.id, "household")
    assert (found(library, "kitchen"), found(library, "household")) == ([], [ids[2]])
    services.editing.trash(library, ids[2:3])
    assert found(library, "household") == []
    assert found(library, "is:trash household") == [ids[2]]
    for _ in range(4):
        services.undoing.undo(library)
    assert found(library, "glacial") == [ids[0]]
    assert found(library, "household") == []
    assert services.checking.check(library) == []


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        ("title", False, [2, 1, 0, 3]),
        ("date", False, [0, 1, 2, 3]),
        ("date", True, [1, 0, 3, 2]),
        ("authors", False, [2, 0, 1, 3]),
        ("comments", True, [0, 3, 2, 1]),
        ("added", True, [3, 2, 1, 0]),
    ],
)
def test_sort_puts_missing_values_last(
    library: Library, ids: list[int], sort: str, descending: bool, expected: list[int]
) -> None:
    order = services.searching.find(library, sort=sort, descending=descending).ids.tolist()
    assert order == [ids[one] for one in expected] or sort == "date"
    if sort == "date":
        assert order[:2] == [ids[one] for one in expected[:2]]


def test_every_sort_works(library: Library, ids: list[int]) -> None:
    for sort in "title authors date tags status comments dumps key added rating starred dump".split():
        for descending in (False, True):
            assert sorted(services.searching.find(library, sort=sort, descending=descending).ids) == ids


def test_hint_for_a_term_that_was_not_understood(library: Library, ids: list[int]) -> None:
    assert "year" in services.searching.find(library, "year:soon").message


def test_tags_are_found_by_their_words(library: Library, ids: list[int]) -> None:
    services.tagging.tag(library, ids[:2], add=["To Réad soon"])
    services.tagging.tag(library, ids[2:3], add=["kettle"])
    assert found(library, "rea") == ids[:2]
    assert found(library, '"to read"') == ids[:2]
    assert found(library, '"read to"') == []
    assert found(library, "soon lanterns") == ids[:1]
    assert found(library, "-soon") == ids[2:]
    assert found(library, "soon OR kettles") == ids[:3]
    assert found(library, "title:soon") == []
    assert found(library, "soon", scope="tag:kettle") == []


def test_a_word_may_be_in_the_names_of_thousands_of_tags(library: Library, ids: list[int]) -> None:
    services.tagging.tag(library, ids[:1], add=[f"learning {number}" for number in range(1_100)])
    assert found(library, "learn") == found(library, "learn OR violins") == ids[:1]
    assert found(library, "-learn") == ids[1:]
    assert found(library, "lea glac") == ids[:1]


def test_a_name_with_a_quote_is_found_with_a_blank_in_its_place(library: Library, ids: list[int]) -> None:
    services.tagging.tag(library, ids[:1], add=['say "hi"'])
    services.collecting.add(library, services.collecting.create(library, 'The "best"')[0], ids[1:2])
    assert found(library, 'tag:"say  hi"') == ids[:1]
    assert found(library, 'collection:"the  BEST"') == ids[1:2]


def test_a_number_sign_names_by_id_only_outside_quotes(library: Library, ids: list[int]) -> None:
    services.tagging.tag(library, ids[:1], add=["first"])
    services.tagging.tag(library, ids[1:2], add=["#1"])
    assert found(library, "tag:#1") == ids[:1]
    assert found(library, 'tag:"#1"') == ids[1:2]


@pytest.mark.skipif(sys.platform == "win32", reason="no name holds quotation marks there")
def test_two_dumps_of_one_name_are_told_apart_by_id(library: Library, tmp_path: Path) -> None:
    for number, title in enumerate(("On the drying of lanterns", "On the folding of rivers"), start=1):
        file = tmp_path / str(number) / 'a "page".txt'
        file.parent.mkdir()
        file.write_text(
            f"Daily Papers\n\nOct 31\n\n{title}\n\nWe look at {title.lower()} and say what we saw, at some length, "
            "with a proof and a table.\n\n  • 3 authors\n\n·\n\nMar 18, 2024\n",
            encoding="utf-8",
        )
        services.importing.import_files(library, [file], silent)
    assert len(found(library, 'dump:"a  page .txt"')) == 2
    assert [len(found(library, f"dump:#{number}")) for number in (1, 2, 3)] == [1, 1, 0]
    assert found(library, "dump:#1") != found(library, "dump:#2")
    assert len(found(library, "new:page")) == 2


def test_the_order_of_a_dump_needs_a_dump(library: Library, ids: list[int]) -> None:
    for descending in (False, True):
        by_dump = services.searching.find(library, sort="dump", descending=descending).ids
        assert by_dump == services.searching.find(library, sort="added", descending=descending).ids


def test_conditions_on_what_papers_have(library: Library, ids: list[int], tmp_path: Path) -> None:
    set_fields = services.editing.set_fields
    set_fields(library, ids[:1], {"urls": ["https://github.com/kettle/sheaf"], "venue": "Journal of Öfen"})
    set_fields(library, ids[1:2], {"fields": {"github": "https://kettle.org/x", "github_stars": "120"}})
    set_fields(library, ids[2:3], {"organization": "Évora Labs", "rating": 4})
    assert found(library, "has:code") == ids[:2]
    assert found(library, "has:links") == ids[:1]
    assert found(library, "venue:ofen") == found(library, "has:venue") == ids[:1]
    assert found(library, "org:EVORA") == found(library, "has:org") == ids[2:3]
    assert found(library, "stars:>=100") == ids[1:2]
    assert found(library, "stars:<100 OR rating:>3") == ids[2:3]
    assert found(library, "-comments:>2") == ids[1:]
    assert found(library, "added:>9999") == found(library, "added:<=2000-02") == found(library, "added:yesterday") == []
    assert found(library, "added:2000..today") == found(library, "added:<1m") == found(library, "added:<9999y") == ids
    assert found(library, "has:pdf") == found(library, "has:files") == []
    bib = tmp_path / "one.bib"
    bib.write_text("@misc{pdf, title={A paper in a file}, file={:pages/a.pdf:application/pdf}}", encoding="utf-8")
    services.importing.import_files(library, [bib], silent)
    assert len(found(library, "has:pdf")) == len(found(library, "has:files")) == 1
    page = tmp_path / "page.json"
    page.write_text(
        '[{"title": "Lanterns along rivers", "abstract": "We light them.", "upvotes": 7}]', encoding="utf-8"
    )
    services.importing.import_files(library, [page], silent)
    assert len(found(library, "upvotes:1..10")) == 1


def test_papers_with_open_twins(library: Library) -> None:
    text = "We count lanterns in the valley of kettles and weigh each of them twice before the winter comes."
    long = {"title": "On the weights of kettles that were left in the valley over winter", "abstract": text}
    same = [services.editing.add_paper(library, long)[0] for _ in "ab"]
    short = {"title": "On rivers", "abstract": text.replace("kettles", "rivers")}
    maybe = [services.editing.add_paper(library, short)[0] for _ in "ab"]
    other = services.editing.add_paper(library, {"title": "Sheaves", "abstract": "Nothing alike."})[0]
    services.merging.find_duplicates(library, silent)
    assert found(library, "dup:same") == same
    assert found(library, "dup:maybe") == maybe
    assert found(library, "dup:any") == same + maybe
    assert found(library, "-dup:any") == [other]
    services.merging.different(library, same)
    assert found(library, "dup:any") == maybe


def test_a_tag_finds_the_tags_inside_it(library: Library, ids: list[int]) -> None:
    for paper_id, name in zip(ids, ("nlp", "NLP/parsing", "nlp/parsing/50%", "nlpx"), strict=True):
        services.tagging.tag(library, [paper_id], add=[name])
    assert found(library, "tag:nlp") == ids[:3]
    assert found(library, "tag:NLP/Parsing") == ids[1:3]
    assert found(library, "tag:nlp/%") == []


def test_relevance_puts_titles_before_abstracts(library: Library) -> None:
    papers = (
        {"title": "Sheaves", "abstract": "Kettle, kettle and kettle: all about the kettle."},
        {"title": "A very long title that has in the middle of many words the kettle and others"},
        {"title": "Kettle"},
        {"title": "Rivers", "notes": "Not a word of it."},
        {"title": "Stones", "abstract": "One kettle among many, many, many other things that are named here."},
    )
    ids = [services.editing.add_paper(library, values)[0] for values in papers]
    services.tagging.tag(library, ids[3:4], add=["kettle"])

    def ranked(text: str) -> list[int]:
        order = services.searching.find(library, text, sort="relevance").ids.tolist()
        return [ids.index(one) for one in order]

    assert ranked("kettle") == [2, 1, 0, 4, 3]  # the one by its tag alone comes last
    assert ranked("kettle -title:kettle") == [0, 4, 3]
    assert ranked("(kettle OR rivers) is:unread")[-2:] != [2, 1]
    assert ranked("is:unread") == ranked("") == [4, 3, 2, 1, 0]  # nothing to rank: as they come


@pytest.mark.parametrize("text", ["key:\ud800", "tag:\ud800", "author:\udfff", "key:\0", 'org:"\0'])
def test_what_no_name_can_hold_offers_nothing(library: Library, text: str) -> None:
    assert services.completing.complete(library, text, len(text)).offers == ()


def test_values_are_offered(library: Library, ids: list[int]) -> None:
    services.tagging.tag(library, ids[:1], add=["to read", "Öfen"])
    services.editing.set_fields(library, ids[3:], {"organization": "Évora Labs"})

    def offers(text: str) -> list[str]:
        return [one.text for one in services.completing.complete(library, text, len(text)).offers]

    assert offers("x tag:") == ['tag:"to read"', "tag:Öfen"]
    assert offers("-tag:re") == ['tag:"to read"']
    assert offers("tag:of") == ["tag:Öfen"]
    assert offers("author:o") == ["author:Öz"]
    assert offers("org:lab") == ['org:"Évora Labs"']
    assert offers("year:202") == ["year:2024", "year:2023"]
    assert offers("key:gla") == ["key:" + services.reading.papers(library, ids[:1])[0].citation_key]
    assert offers("is:un") == ["is:unread"]
    assert offers("comments:")[:1] == ["comments:>=1"]
    assert offers("kettle") == []
