"""A work in several versions is found by each of them, in the search of the whole library and by imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.duplicates import blocking_keys
from db.domain.records import Verdict, VersionKind
from db.services import editing, importing, merging, previewing, reading, searching, undoing, unmerging, versioning
from db.services.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from db.services.library import Library

OLD, NEW = "Slow lanterns route rivers over glacial beds", "Copper beacons as a scheme of sluice control"
FIRST_TEXT = (
    "We study how lanterns behave under routing, a question that glacial methods left open. Our rivers need ten "
    "steps on the benchmark and five on its harder sibling, which no earlier routing of lanterns has reached."
)
LAST_TEXT = (
    "Sluices fail when beacons are lit too late. This article proves a bound on the delay, shows by experiment that "
    "copper outlasts tin, and gives an algorithm whose cost does not depend on how many sluices there are."
)
ARXIV, DOI = "2403.01234", "10.1145/123.456"
HEAD = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nOct 31\n\n"
PAGE = HEAD + "{0}\n\n{1}\n\n  • 2 authors\n·\nMar 18, 2024 3\n"
EPRINT = f"""@misc{{pre, title={{{OLD}}}, author={{Ada Byron and Kim Lee}}, eprint={{{ARXIV}}}, archivePrefix={{arXiv}},
year={{2024}}, abstract={{{FIRST_TEXT}}}}}
"""
ARTICLE = f"""@inproceedings{{pub, title={{{NEW}}}, author={{Ada Byron and Kim Lee}}, year={{2025}},
booktitle={{International Conference on Machine Learning}}, doi={{{DOI}}}, eprint={{{ARXIV}}}, archivePrefix={{arXiv}}}}
"""
AGAIN = {
    "the preprint's title": {"title": OLD},
    "the published title": {"title": NEW},
    "the arXiv id": {"title": OLD, "arxiv_id": ARXIV},
    "the DOI": {"title": NEW.upper(), "doi": f"https://doi.org/{DOI.upper()}"},
    "the DOI of the preprint": {"title": OLD, "doi": f"10.48550/arXiv.{ARXIV}"},
    "title, authors and year of the preprint": {"title": OLD, "authors": "Byron, Ada; Lee, Kim", "date": "2024"},
    "title, authors and year of the article": {"title": NEW, "authors": "Byron, Ada; Lee, Kim", "date": "2025"},
}


def bring(library: Library, folder: Path, text: str, name: str = "a.bib") -> list[int]:
    (folder / name).write_text(text, encoding="utf-8")
    (result,) = importing.import_files(library, [folder / name], silent).files
    assert result.error is None
    return sorted(searching.find(library).ids)


def both(library: Library, folder: Path) -> list[int]:
    """Bring a preprint and, by its arXiv id, what became of it."""
    bring(library, folder, EPRINT, "eprint.bib")
    return bring(library, folder, ARTICLE, "article.bib")


def blocks(library: Library) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Return the stored blocking keys, and those that there should be by all that papers are known by."""
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        stored = {(key, paper_id) for key, paper_id in run("SELECT key, paper_id FROM block")}
        into = {row[0]: row[1] for row in run("SELECT id, merged_into FROM paper")}
        texts = list(run("SELECT id, title, abstract FROM paper"))
        texts += list(run("SELECT paper_id, title, '' FROM paper_version WHERE title <> '' AND NOT removed"))
    wanted = set()
    for paper_id, title, abstract in texts:
        heir = paper_id
        while into[heir] is not None:
            heir = into[heir]
        wanted |= {(key, heir) for key in blocking_keys(title, abstract)}
    return stored, wanted


def certain(library: Library) -> Iterable[tuple[int, ...]]:
    found = merging.find_duplicates(library, silent).sets
    return [one.ids for one in found if one.verdict is Verdict.SAME]


@pytest.mark.parametrize("told", AGAIN.values(), ids=AGAIN)
def test_a_search_finds_a_work_by_what_any_version_says(library: Library, folder: Path, told: dict[str, str]) -> None:
    (work,) = both(library, folder)
    other, _ = editing.add_paper(library, told)
    stranger, _ = editing.add_paper(library, {"title": "Hollow violins and their thistle orchards"})
    assert certain(library) == [(work, other)]
    assert stranger in searching.find(library).ids
    assert blocks(library)[0] == blocks(library)[1]


@pytest.mark.parametrize("title", [OLD, NEW])
def test_an_import_finds_a_work_by_the_title_of_any_version(library: Library, folder: Path, title: str) -> None:
    (work,) = both(library, folder)
    again = f"@article{{x, title={{{title}}}, author={{Byron, Ada and Lee, Kim}}}}"
    (folder / "again.bib").write_text(again, encoding="utf-8")
    (seen,) = previewing.preview(library, [folder / "again.bib"], silent).files
    assert seen.same == 1
    assert bring(library, folder, again, "again.bib") == [work]
    assert len(reading.paper(library, work).sightings) == 3


def test_a_later_file_of_a_drop_finds_a_version_that_an_earlier_one_told(library: Library, folder: Path) -> None:
    texts = EPRINT, ARTICLE, f"@article{{x, title={{{NEW}}}, author={{Byron, Ada}}}}"
    paths = [folder / f"{number}.bib" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    importing.import_files(library, paths, silent)
    assert len(searching.find(library).ids) == 1


def merged(library: Library) -> tuple[int, int]:
    first, _ = editing.add_paper(library, {"title": OLD, "abstract": FIRST_TEXT, "date": "2024"})
    second, _ = editing.add_paper(library, {"title": NEW, "abstract": LAST_TEXT, "date": "2025"})
    merging.merge(library, [first, second], into=first)
    return first, second


@pytest.mark.parametrize(("title", "abstract"), [(OLD, FIRST_TEXT), (NEW, LAST_TEXT)])
def test_a_merged_paper_is_found_by_the_abstract_of_each_member(
    library: Library, folder: Path, title: str, abstract: str
) -> None:
    work, _gone = merged(library)
    third, _ = editing.add_paper(library, {"title": title, "abstract": abstract})
    assert certain(library) == [(work, third)]
    merging.merge(library, [work, third], into=third)
    assert bring(library, folder, PAGE.format(title, abstract), "page.txt") == [third]


def test_what_went_in_through_another_merge_is_known_too(library: Library) -> None:
    work, _gone = merged(library)
    outer, _ = editing.add_paper(library, {"title": "Tin gates"})
    merging.merge(library, [outer, work], into=outer)
    third, _ = editing.add_paper(library, {"title": NEW, "abstract": LAST_TEXT})
    assert certain(library) == [(outer, third)]


def test_papers_that_stand_for_themselves_again_are_found_apart(library: Library) -> None:
    work, gone = merged(library)
    (made,) = unmerging.made_of(library, work).merges
    unmerging.take_apart(library, made.merge_id)
    third, _ = editing.add_paper(library, {"title": NEW, "abstract": LAST_TEXT})
    assert certain(library) == [(gone, third)]
    for _step in range(2):
        undoing.undo(library)
    assert blocks(library)[0] == blocks(library)[1]


def test_a_version_that_was_removed_is_no_way_to_its_paper(library: Library) -> None:
    work, _ = editing.add_paper(library, {"title": OLD, "arxiv_id": ARXIV})
    versioning.add(library, work, VersionKind.PUBLISHED, {"title": NEW, "doi": DOI})
    third, _ = editing.add_paper(library, {"title": NEW})
    assert certain(library) == [(work, third)]
    published = next(one for one in reading.paper(library, work).versions if one.kind is VersionKind.PUBLISHED)
    versioning.remove(library, work, published.id)
    merging.different(library, [work, third])
    fourth, _ = editing.add_paper(library, {"title": "Tin gates", "doi": DOI})
    assert not any(fourth in ids for ids in certain(library))
    assert blocks(library)[0] == blocks(library)[1]


def test_a_library_from_before_learns_what_its_papers_are_known_by(library: Library) -> None:
    work, _gone = merged(library)
    with library.writing("as an earlier version left it", journalled=False) as write:
        run = write.session.connection().exec_driver_sql
        run("DELETE FROM block")
        run("INSERT INTO dirty (paper_id) SELECT id FROM paper WHERE state = 'live'")
        run("UPDATE setting SET value = 'old' WHERE name = 'trigger_signature'")
    with library.writing("those keys alone", journalled=False) as write:
        run = write.session.connection().exec_driver_sql
        run("DELETE FROM block WHERE key NOT IN (SELECT value FROM json_each(?))", (f"{sorted(blocking_keys(OLD))}",))
    path = library.path
    library.close()
    again = type(library).open(path)
    try:
        editing.add_paper(again, {"title": "Any write brings it up to date"})
        assert blocks(again)[0] == blocks(again)[1]
        assert {paper_id for _key, paper_id in blocks(again)[0]} >= {work}
    finally:
        again.close()
