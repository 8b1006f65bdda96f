"""What bibliographies bring arrives in the library: tags, collections, files, notes, marks and citation keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.domain.records import Attachment, Date, Ledger, Person, Record, Status
from db.services import (
    collecting,
    editing,
    importing,
    keys,
    merging,
    previewing,
    reading,
    searching,
    sources,
    tagging,
    undoing,
)
from db.services.importing import FileResult
from db.services.intake import Incoming
from db.services.progress import silent
from db.services.recognising import OPEN, Form
from tests import tables

if TYPE_CHECKING:
    from db.domain.records import Paper
    from db.services.library import Library

OWN = frozenset({"block", "journal_state", "step", "change", "frozen_key", "key_alias", "last_id"})
Bring = Callable[..., FileResult]


def record(number: int, **facts: Any) -> Record:
    """Return an entry of a bibliography; no two numbers are alike."""
    words = ["amber", "velvet", "quartz", "cobalt", "thistle", "ember", "glacial"]
    told = f"{words[number % 7]} lanterns {number} over {words[number * 3 % 7]} rivers of order {number}"
    usual = Record(
        f"{told.capitalize()}",
        abstract=f"We follow the {told} through {number + 7} winters and count what is left of it each spring.",
        authors=(Person(f"Author{number}", "A."),),
        date=Date(2020),
        entry_type="article",
    )
    return replace(usual, **facts)


@pytest.fixture
def bring(library: Library) -> Bring:
    """Import records as a bibliography would give them."""
    number = iter(range(1_000))

    def brought(*records: Record, fmt: str = "ris") -> FileResult:
        name = f"{next(number)}.bib"
        placed = [replace(one, index=at, line_title=at * 10, line_end=at * 10 + 5) for at, one in enumerate(records, 1)]
        end = len(placed) * 10 + 10

        def items(_meter: Any, _choice: Any) -> Iterator[tuple[Any, int]]:
            yield Form(fmt, "", 1.0, 1), 0
            yield from ((one, one.index) for one in placed)
            yield Ledger(end, 0, 0, end, 0, fmt, "", "utf-8"), end

        source = Incoming(name, name, "dump", "", 1, OPEN, lambda _m: f"hash of {name}", items, lambda: None)
        (result,) = importing.bring(library, [source], f"Import {name}", silent).files
        assert result.error is None
        return result

    return brought


def only(library: Library, result: FileResult) -> Paper:
    """Return the one paper that an import was about."""
    (paper_id,) = {*result.new_ids, *result.merged_ids, *result.doubtful_ids}
    return the(library, paper_id)


def the(library: Library, paper_id: int) -> Paper:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found


def dump(library: Library) -> dict[str, list[str]]:
    with library.reading() as session:
        sql = session.connection().exec_driver_sql
        kept = [n for n in tables.names(session) if n not in OWN]
        return {name: sorted(map(repr, sql(f'SELECT * FROM "{name}"'))) for name in kept}


FULL = {
    "keywords": ("Tidal", "preference  learning", "tidal", "x" * 150),
    "collections": (("Thesis", "Chapter 1"), ("Thesis",)),
    "attachments": (
        Attachment("files/a.pdf", "Full text", "application/pdf"),
        Attachment("files/a.pdf"),
        Attachment("b.txt"),
    ),
    "notes": "Read the appendix.",
    "status": Status.READING,
    "starred": True,
    "rating": 4,
    "citation_key": "Doe2020Amber",
    "fields": {"volume": "3"},
}


def test_a_new_paper_has_everything(library: Library, bring: Bring) -> None:
    paper = only(library, bring(record(1, **FULL)))
    assert [tag.name for tag in paper.tags] == ["preference learning", "Tidal", "x" * 99 + "…"]
    assert [tag.colour for tag in sorted(paper.tags, key=lambda tag: tag.id)] == [0, 1, 2]
    assert {one.name for one in paper.collections} == {"Thesis", "Chapter 1"}
    assert paper.attachments == FULL["attachments"][::2]
    assert (paper.notes, paper.status, paper.starred, paper.rating) == ("Read the appendix.", "reading", True, 4)
    assert (paper.citation_key, paper.key_frozen) == ("Doe2020Amber", True)
    assert paper.fields == {"volume": "3"}
    (source,) = reading.sidebar(library).sources
    assert source.kind == "bibliography"


def test_tags_and_collections_that_are_there_are_used(library: Library, bring: Bring) -> None:
    tagging.tag(library, [], add=["unused"])
    top, _ = collecting.create(library, "thesis")
    collecting.create(library, "chapter 1", top)
    first = only(library, bring(record(1, **FULL)))
    bring(record(2, keywords=("TIDAL",), collections=(("Thesis", "Chapter 2"),)))
    tags = {tag.name: tag.count for tag in tagging.tags(library)}
    assert tags["Tidal"] == 2
    assert [one.name for one in collecting.collections(library)] == ["chapter 1", "Chapter 2", "thesis"]
    assert {one.name for one in first.collections} == {"thesis", "chapter 1"}


def test_another_sighting_adds_and_takes_nothing_away(library: Library, bring: Bring) -> None:
    paper = only(library, bring(record(1, **FULL | {"citation_key": None})))
    editing.set_fields(library, [paper.id], {"notes": "Mine.\n\nRead the appendix."})
    more = {
        "keywords": ("tidal", "new"),
        "collections": (("Thesis",), ("Later",)),
        "attachments": (Attachment("b.txt", "again"), Attachment("c.pdf")),
        "rating": 2,
        "status": Status.READ,
        "starred": False,
    }
    result = bring(record(1, **more, notes="Read the appendix."), record(1, notes="And the data."))
    assert result.merged == 2
    seen = the(library, paper.id)
    assert {tag.name for tag in seen.tags} == {"Tidal", "preference learning", "x" * 99 + "…", "new"}
    assert {one.name for one in seen.collections} == {"Thesis", "Chapter 1", "Later"}
    assert [one.path for one in seen.attachments] == ["files/a.pdf", "b.txt", "c.pdf"]
    assert seen.notes == "Mine.\n\nRead the appendix.\n\nAnd the data."
    assert (seen.status, seen.starred, seen.rating) == ("reading", True, 4)


def test_untouched_marks_are_set_by_another_sighting(library: Library, bring: Bring) -> None:
    paper = only(library, bring(record(1)))
    bring(record(1, rating=3, starred=True, status=Status.READ, notes="Good."))
    seen = the(library, paper.id)
    assert (seen.status, seen.starred, seen.rating, seen.notes) == ("read", True, 3, "Good.")


def test_sightings_keep_what_the_record_said(library: Library, bring: Bring) -> None:
    paper = only(library, bring(record(1, **FULL)))
    (detail,) = sources.sightings(library, paper.id)
    said = detail.values
    assert said["keywords"] == list(FULL["keywords"])
    assert said["collections"] == [["Thesis", "Chapter 1"], ["Thesis"]]
    assert said["attachments"][0] == {"path": "files/a.pdf", "title": "Full text", "mime": "application/pdf"}
    assert (said["notes"], said["status"], said["starred"], said["rating"]) == (
        "Read the appendix.",
        "reading",
        True,
        4,
    )


def test_undo_redo_and_a_second_import(library: Library, bring: Bring) -> None:
    tagging.tag(library, [only(library, bring(record(9))).id], add=["tidal"])
    start = dump(library)
    bring(*(record(number, **FULL | {"citation_key": f"Key{number}"}) for number in range(3)), record(5))
    done = dump(library)
    undoing.undo(library)
    assert dump(library) == start
    undoing.redo(library)
    assert dump(library) == done
    before = {paper.title: paper.citation_key for paper in reading.papers(library, range(1, 20))}
    undoing.undo(library)
    result = bring(*(record(number, **FULL | {"citation_key": f"Key{number}"}) for number in range(3)), record(5))
    assert result.issues == 0
    assert {paper.title: paper.citation_key for paper in reading.papers(library, range(1, 40))} == before


def test_a_key_that_another_paper_has(library: Library, bring: Bring) -> None:
    first = only(library, bring(record(1, citation_key="same")))
    result = bring(record(2, citation_key="same"), record(3, citation_key="twice"), record(4, citation_key="twice"))
    found = {paper.title: paper for paper in reading.papers(library, result.new_ids)}
    second, third, fourth = (found[record(number).title] for number in (2, 3, 4))
    assert third.citation_key == "twice"
    assert not second.key_frozen
    assert not fourth.key_frozen
    issues = sources.issues(library)
    assert [one.line for one in issues] == [10, 30]
    assert issues[0].why == (
        f"The key same belongs to “{first.title}” already. The key of this paper is {second.citation_key}."
    )
    assert record(3).title in issues[1].why
    assert result.issues == 2


def test_a_key_that_is_none(library: Library, bring: Bring) -> None:
    result = bring(record(1, citation_key="müller 2020"))
    paper = only(library, result)
    assert not paper.key_frozen
    assert paper.citation_key in sources.issues(library)[0].why


def test_a_loose_key_gives_way_and_a_frozen_one_stays(library: Library, bring: Bring) -> None:
    loose, frozen = (only(library, bring(record(number))) for number in (1, 2))
    keys.set_key(library, frozen.id, "mine")
    bring(record(1, citation_key="brought1"), record(2, citation_key="brought2"), record(3, citation_key="brought2"))
    loose, frozen = the(library, loose.id), the(library, frozen.id)
    assert (loose.citation_key, loose.key_frozen, loose.key_aliases) == ("brought1", True, ())
    assert (frozen.citation_key, frozen.key_aliases) == ("mine", ("brought2",))
    assert [one.text for one in sources.issues(library)] == ["brought2"]
    # A key that may stand in a document stays, whatever is undone.
    undoing.undo(library)
    assert the(library, loose.id).citation_key == "brought1"
    assert the(library, frozen.id).key_aliases == ("brought2",)
    bring(record(1, citation_key="brought1"), record(2, citation_key="brought2"))
    assert len(sources.issues(library)) == 0


def test_a_proposed_key_never_takes_one_that_the_batch_brings(library: Library, bring: Bring) -> None:
    plain = only(library, bring(record(1)))
    undoing.undo(library)
    result = bring(record(1), record(2, citation_key=plain.citation_key))
    found = {paper.title: paper.citation_key for paper in reading.papers(library, result.new_ids)}
    assert found[record(2).title] == plain.citation_key
    assert found[record(1).title] == plain.citation_key + "a"


def test_merging_and_the_trash_keep_and_drop_files(library: Library, bring: Bring) -> None:
    one = only(library, bring(record(1, attachments=(Attachment("a.pdf"), Attachment("b.pdf")), keywords=("x",))))
    two = only(library, bring(record(2, attachments=(Attachment("b.pdf"), Attachment("c.pdf")), keywords=("y",))))
    before = dump(library)
    merging.merge(library, [one.id, two.id], into=one.id)
    kept = the(library, one.id)
    assert [file.path for file in kept.attachments] == ["a.pdf", "b.pdf", "c.pdf"]
    assert [tag.name for tag in kept.tags] == ["x", "y"]
    undoing.undo(library)
    assert dump(library) == before
    editing.trash(library, [two.id])
    editing.empty_trash(library)
    with library.reading() as session:
        paths = session.connection().exec_driver_sql("SELECT path FROM attachment ORDER BY path").scalars().all()
    assert paths == ["a.pdf", "b.pdf"]


def test_an_arxiv_id_proves_its_year_before_any_page(library: Library, bring: Bring) -> None:
    dated = {"month_day": "Mar 18", "abstract": record(1).abstract}
    page = record(1, date=Date(2026, 3, 18, inferred=True, evidence="the page is of 2026"), **dated)
    proof = "arXiv id 2203.12345 is of March 2022"
    proved = record(1, arxiv_id="2203.12345", date=Date(2022, 3, 18, inferred=True, evidence=proof), **dated)
    paper = only(library, bring(page))
    bring(proved)
    assert the(library, paper.id).date == Date(2022, 3, 18, inferred=True, evidence=proof)
    (first, *_rest) = sorted(reading.sidebar(library).sources, key=lambda one: one.id)
    sources.set_year(library, first.id, 2025)
    assert the(library, paper.id).date.year == 2022


def test_an_edited_entry_with_its_key_is_the_same_paper(library: Library, bring: Bring) -> None:
    short = {"title": "Quiet Studies", "abstract": "", "authors": (), "citation_key": "web:2024"}
    bring(record(1, **short))
    again = bring(record(2, **short | {"date": Date(2023)}))
    assert (again.added, again.merged, again.doubtful) == (0, 1, 0)
    other = bring(record(3, **short | {"date": Date(2021), "citation_key": "another"}))
    assert (other.merged, other.doubtful) == (0, 1)


BOTH = (
    "@article{early2019, title={Paper boats and their long way down the river}, author={Gull, Ann}, year={2019},\n"
    "  abstract={We fold boats of paper, let them float, and count how many of them come back to us.}}\n"
    "@article{late2020, title={Paper boats and their long way down the river}, author={Gull, Ann}, year={2020},\n"
    "  abstract={We fold boats of paper, let them float, and count how many of them come back to us.}}\n"
)


@pytest.mark.parametrize("between", [0, 1_200])
def test_what_one_bibliography_has_twice_under_two_keys_stays_two(
    library: Library, tmp_path: Path, between: int
) -> None:
    first, second = BOTH.split("@article{late")
    fillers = "".join(f"@misc{{f{at}, title={{Filler number {at} {'x' * (at % 9)}}}}}\n" for at in range(between))
    file = tmp_path / "both.bib"
    file.write_text(first + fillers + "@article{late" + second, encoding="utf-8")
    (result,) = importing.import_files(library, [file], silent).files
    assert (result.merged, result.doubtful) == (0, 1)
    (preview,) = previewing.preview(library, [file], silent).files
    assert preview.already_imported
    for key in ("early2019", "late2020"):
        assert searching.find(library, f"key:{key}").total == 1


def test_a_key_that_sheaf_made_up_proves_nothing(library: Library, tmp_path: Path) -> None:
    table = tmp_path / "one.csv"
    table.write_text("title,authors,year,abstract\nPaper boats on water,Ann Gull,2020," + "We fold boats. " * 20 + "\n")
    importing.import_files(library, [table], silent)
    (key,) = [row.citation_key for row in reading.rows(library, list(searching.find(library, "").ids))]
    bib = tmp_path / "two.bib"
    bib.write_text(
        f"@article{{{key}, title={{Paper boats on water}}, author={{Gull, Ann}}, year={{2020}}, "
        f"abstract={{{'Stones are thrown into deep lakes. ' * 12}}}}}\n"
    )
    (result,) = importing.import_files(library, [bib], silent).files
    assert (result.merged, result.doubtful) == (0, 1)


def test_a_key_that_leads_on_is_found(library: Library, tmp_path: Path) -> None:
    for name, key in (("a.bib", "first2020"), ("b.bib", "second2020")):
        text = BOTH.partition("@article{late")[0].replace("early2019", key)
        (tmp_path / name).write_text(text, encoding="utf-8")
    importing.import_files(library, [tmp_path / "a.bib", tmp_path / "b.bib"], silent)
    assert searching.find(library, "").total == 1
    assert searching.find(library, "key:second2020").total == 1
