"""Versions of a work in a library: they come with imports and merges or by hand, and exports follow a rule."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from db.domain.errors import LibraryError
from db.domain.records import CiteRule, Date, VersionKind
from db.services import (
    backups,
    checking,
    citing,
    editing,
    exporting,
    importing,
    liveanswers,
    livefiles,
    merging,
    reading,
    rereading,
    searching,
    undoing,
    versioning,
)
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.progress import silent
from tests.db.services.test_merging import dump

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PREPRINT, PUBLISHED = VersionKind.PREPRINT, VersionKind.PUBLISHED
TITLE = "Copper lanterns for slow routing over glacial rivers"
PAGE = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nOct 31\n\n"
    f"{TITLE}\n\nWe study how copper lanterns behave under routing, a question that glacial methods left open, "
    "and find that ten steps on the benchmark are enough.\n\n  • 2 authors\n·\nMar 18, 2024 3\n"
)
ARXIV = f"""@misc{{pre, title={{{TITLE}}}, author={{Ada Byron and Kim Lee}}, eprint={{2403.01234v2}},
archivePrefix={{arXiv}}, primaryClass={{cs.LG}}, year={{2024}}, month=mar, doi={{10.48550/arXiv.2403.01234}}}}
"""
MEETING = f"""@inproceedings{{pub, title={{{TITLE}}}, author={{Ada Byron and Kim Lee}}, year={{2025}}, pages={{1--9}},
booktitle={{International Conference on Machine Learning}}, doi={{10.1145/123.456}}}}
"""
BOTH = f"""@inproceedings{{both, title={{{TITLE}}}, author={{Ada Byron and Kim Lee}}, booktitle={{ICML}}, year={{2025}},
eprint={{2403.01234}}, archivePrefix={{arXiv}}}}
"""
TEXTS = {"page.txt": PAGE, "arxiv.bib": ARXIV, "meeting.bib": MEETING, "both.bib": BOTH}
PLAIN = ExportOptions(keep=False)


def bring(library: Library, folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(TEXTS[name], encoding="utf-8")
        (result,) = importing.import_files(library, [folder / name], silent).files
        assert result.error is None


def only(library: Library):
    (paper_id,) = searching.find(library).ids
    found = reading.paper(library, paper_id)
    assert found is not None
    return found


def entry(library: Library) -> str:
    return exporting.preview_bibtex(library, only(library).id, PLAIN)


def total(library: Library, query: str) -> int:
    return searching.find(library, query).total


def plain(library: Library) -> list[object]:
    """Return the versions without what counts rows."""
    return [replace(one, id=0, sightings=(len(one.sightings),)) for one in only(library).versions]


def without_key(text: str) -> str:
    return text.partition(",")[2]


def test_a_preprint_and_its_published_version_are_one_row_in_two_versions(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "arxiv.bib")
    assert only(library).versions == ()
    assert (total(library, "is:published"), total(library, "is:preprint")) == (0, 1)
    key = only(library).citation_key
    bring(library, tmp_path, "meeting.bib")
    pre, pub = only(library).versions
    assert (pre.kind, pre.arxiv_id, pre.arxiv_version, pre.doi) == (
        PREPRINT,
        "2403.01234",
        2,
        "10.48550/arXiv.2403.01234",
    )
    assert (pub.kind, pub.venue, pub.doi, pub.date) == (
        PUBLISHED, "International Conference on Machine Learning", "10.1145/123.456", Date(2025),
    )  # fmt: skip
    assert (pub.arxiv_id, dict(pub.fields), dict(pre.fields)) == (None, {"pages": "1--9"}, {"primaryclass": "cs.LG"})
    assert [row.versions for row in reading.rows(library, [only(library).id])] == [2]
    assert (total(library, "is:published"), total(library, "is:preprint")) == (1, 0)
    assert total(library, "doi:10.1145/123.456") == total(library, "arxiv:2403.01234") == 1
    assert only(library).citation_key == key
    assert checking.check(library) == []
    assert total(library, "is:published is:preprint") == 0


@pytest.mark.parametrize("names", [("page.txt", "meeting.bib"), ("arxiv.bib", "meeting.bib"), ("both.bib", "page.txt")])
def test_the_order_of_imports_makes_no_difference(tmp_path: Path, names: tuple[str, str]) -> None:
    told = []
    for number, order in enumerate((names, names[::-1])):
        folder = tmp_path / str(number)
        folder.mkdir()
        with_it = Library.open(folder / "l.sheaf")
        bring(with_it, folder, *order)
        told.append((plain(with_it), without_key(entry(with_it))))
        with_it.close()
    assert len(told[0][0]) == 2
    assert told[0] == told[1]


@hypothesis_settings(max_examples=12)
@given(st.permutations(sorted(TEXTS)), st.integers(2, 4))
def test_any_order_of_any_sources_comes_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], many: int
) -> None:
    chosen = names[:many]
    told = []
    for order in (chosen, sorted(chosen)):
        folder = tmp_path_factory.mktemp("order")
        library = Library.open(folder / "l.sheaf")
        bring(library, folder, *order)
        told.append((plain(library), total(library, "is:published"), total(library, "is:preprint")))
        library.close()
    assert told[0] == told[1]


def test_both_in_one_file_come_to_the_same(library: Library, tmp_path: Path) -> None:
    # Under two keys of one bibliography nothing is merged unasked, so the second has none.
    both = tmp_path / "both.csv"
    both.write_text(
        "title,authors,venue,year,doi,arxiv\n"
        f"{TITLE},Byron; Lee,,2024,10.48550/arXiv.2403.01234,2403.01234\n"
        f"{TITLE},Byron; Lee,ICML,2025,10.1145/123.456,\n",
        encoding="utf-8",
    )
    importing.import_files(library, [both], silent)
    pre, pub = only(library).versions
    assert (pre.arxiv_id, pre.doi, pre.date.year) == ("2403.01234", "10.48550/arXiv.2403.01234", 2024)
    assert (pub.arxiv_id, pub.doi, pub.date.year, pub.venue) == (None, "10.1145/123.456", 2025, "ICML")


def test_undo_and_redo_take_the_versions_with_them(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt")
    bring(library, tmp_path, "meeting.bib")
    after = dump(library)
    undoing.undo(library)
    left = dump(library)
    assert left["paper_version"] == []
    assert len(left["sighting"]) == 1
    undoing.redo(library)
    assert dump(library)["paper_version"] == after["paper_version"]
    assert len(only(library).versions) == 2


def test_a_number_of_a_version_finds_its_paper(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "arxiv.bib", "meeting.bib")
    other = tmp_path / "other.bib"
    # Another title altogether: only the DOI of the published version tells, and the paper itself has the other one.
    other.write_text("@article{x, title={Lanterns of copper, routed slowly}, doi={10.1145/123.456}, year={2025}}\n")
    (result,) = importing.import_files(library, [other], silent).files
    assert result.merged == 1
    assert total(library, "") == 1


def test_the_rule_says_which_version_is_cited(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt", "arxiv.bib", "meeting.bib")
    paper = only(library)
    pre, pub = paper.versions
    published = entry(library)
    assert "@inproceedings{" in published
    assert "year = {2025}" in published
    assert "eprint = {2403.01234}" in published
    assert "10.1145/123.456" in published
    versioning.set_library_rule(library, CiteRule.READ)
    assert entry(library) == published  # nobody said yet which one was read
    versioning.mark_read(library, paper.id, pre.id)
    read = entry(library)
    assert "@misc{" in read
    assert "year = {2024}" in read
    assert "10.48550/arXiv.2403.01234" in read
    assert "pages" not in read
    assert "booktitle" not in read
    assert "Machine Learning" not in citing.formatted(library, [paper.id], "apa", "text")
    versioning.set_rule(library, [paper.id], CiteRule.PUBLISHED)
    assert entry(library) == published
    assert "Machine Learning" in citing.formatted(library, [paper.id], "apa", "text")
    versioning.set_rule(library, [paper.id], None)
    assert entry(library) == read
    versioning.mark_read(library, paper.id, pub.id)
    assert entry(library) == published
    versioning.set_library_rule(library, CiteRule.PUBLISHED)
    versioning.mark_read(library, paper.id, None)
    assert versioning.library_rule(library) is CiteRule.PUBLISHED
    assert not any(one.is_read for one in only(library).versions)
    assert only(library).citation_key == paper.citation_key


def test_a_live_file_and_the_clipboard_follow_the_rule(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt", "meeting.bib")
    paper = only(library)
    path = tmp_path / "live.bib"
    livefiles.attach(library, path, livefiles.of_search(""), PLAIN)
    (file,) = livefiles.files(library)
    livefiles.update(library, file.id)
    assert "@inproceedings" in path.read_text()
    versioning.mark_read(library, paper.id, paper.versions[0].id)
    changes = versioning.set_library_rule(library, CiteRule.READ)
    assert livefiles.touched_by(changes) is None
    livefiles.update(library, file.id, changed=livefiles.touched_by(changes))
    assert "@misc" in path.read_text()
    assert "@misc" in exporting.bibtex(library, [paper.id], PLAIN)[0]
    assert livefiles.touched_by(undoing.undo(library)) is None
    livefiles.update(library, file.id, changed=None)
    assert "@inproceedings" in path.read_text()


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        (CiteRule.PUBLISHED, "pages = {1--9}", "pages = {11--19}"),
        (CiteRule.PUBLISHED, "year = {2025}", "year = {2026}"),
        (CiteRule.PUBLISHED, "10.1145/123.456", "10.1145/999"),
        (CiteRule.READ, "year = {2024}", "year = {2023}"),
        (CiteRule.READ, "month = mar", "month = apr"),
    ],
)
def test_an_edit_of_a_live_file_goes_to_the_version_that_is_cited(
    library: Library, tmp_path: Path, rule: CiteRule, old: str, new: str
) -> None:
    bring(library, tmp_path, "page.txt", "meeting.bib")
    paper = only(library)
    versioning.mark_read(library, paper.id, paper.versions[0].id)
    versioning.set_library_rule(library, rule)
    path = tmp_path / "live.bib"
    file = livefiles.attach(library, path, livefiles.of_search(""), PLAIN).file
    livefiles.update(library, file.id)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    livefiles.update(library, file.id)
    (asked,) = liveanswers.asked(library, file.id)
    liveanswers.settle(library, asked, asked.takeable)
    assert path.read_text() == text.replace(old, new)
    assert liveanswers.asked(library, file.id) == []


def test_every_step_by_hand_can_be_undone(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt")
    paper_id = only(library).id
    states = [dump(library)]
    versioning.add(library, paper_id, PUBLISHED, {"venue": "ICML", "date": "2025-07", "doi": "10.1145/9"})
    pre, pub = only(library).versions
    assert (pre.sightings, pub.sightings, pub.typed) == ((1,), (), {"kind", "venue", "date", "doi"})
    states.append(dump(library))
    versioning.edit(
        library, paper_id, pub.id, {"fields": {"pages": "1-9"}, "urls": "https://example.org/p"}, expected=pub
    )
    states.append(dump(library))
    assert only(library).versions[1].fields == {"pages": "1-9"}
    versioning.mark_read(library, paper_id, pre.id)
    states.append(dump(library))
    versioning.set_rule(library, [paper_id], CiteRule.READ)
    states.append(dump(library))
    versioning.remove(library, paper_id, pre.id)
    assert [one.kind for one in only(library).versions] == [PUBLISHED]
    for state in reversed(states):
        undoing.undo(library)
        assert dump(library) == state


def test_a_removed_version_stays_away_until_it_is_added_again(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt", "meeting.bib")
    paper = only(library)
    versioning.remove(library, paper.id, paper.versions[1].id)
    assert [one.kind for one in only(library).versions] == [PREPRINT]
    assert "10.1145" not in entry(library)
    bring(library, tmp_path, "both.bib")
    assert [one.kind for one in only(library).versions] == [PREPRINT]
    assert (total(library, "is:published"), total(library, "is:preprint")) == (0, 1)
    versioning.add(library, paper.id, PUBLISHED, {"venue": "ICML"})
    assert [one.kind for one in only(library).versions] == [PREPRINT, PUBLISHED]
    assert only(library).versions[1].doi == "10.1145/123.456"


def test_what_makes_no_sense_is_said(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt")
    paper_id = only(library).id
    with pytest.raises(LibraryError, match="not a DOI"):
        versioning.add(library, paper_id, PUBLISHED, {"doi": "nonsense"})
    with pytest.raises(LibraryError, match="Nothing is said"):
        versioning.add(library, paper_id, PUBLISHED, {"venue": " "})
    with pytest.raises(LibraryError, match="number of an arXiv version"):
        versioning.add(library, paper_id, PREPRINT, {"arxiv_version": "new"})
    with pytest.raises(LibraryError, match="no longer in the library"):
        versioning.add(library, paper_id + 1, PUBLISHED, {"venue": "ICML"})
    assert only(library).versions == ()
    versioning.add(library, paper_id, PUBLISHED, {"venue": "ICML"})
    pub = only(library).versions[1]
    versioning.edit(library, paper_id, pub.id, {"venue": "NeurIPS"}, expected=pub)
    with pytest.raises(LibraryError, match="changed elsewhere"):
        versioning.edit(library, paper_id, pub.id, {"venue": "ICLR"}, expected=pub)
    with pytest.raises(LibraryError, match="no longer there"):
        versioning.remove(library, paper_id, pub.id + 9)


def add(library: Library, **values: object) -> int:
    return editing.add_paper(library, {"title": TITLE, **values})[0]


@pytest.mark.parametrize("first", [True, False])
def test_a_merge_of_two_versions_keeps_both(library: Library, first: bool) -> None:
    pre = add(library, arxiv_id="2403.01234", doi="10.48550/arXiv.2403.01234", date="2024-03")
    pub = add(library, venue="ICML", doi="10.1145/9", date="2025", fields={"pages": "1-9"}, entry_type="inproceedings")
    before = dump(library)
    merging.merge(library, [pre, pub], into=pre if first else pub)
    a, b = only(library).versions
    assert (a.kind, a.arxiv_id, a.doi, a.date) == (PREPRINT, "2403.01234", "10.48550/arXiv.2403.01234", Date(2024, 3))
    assert (b.kind, b.venue, b.doi, b.date, b.fields) == (PUBLISHED, "ICML", "10.1145/9", Date(2025), {"pages": "1-9"})
    assert checking.check(library) == []
    undoing.undo(library)
    assert dump(library) == before


def test_a_merge_takes_the_versions_of_both_papers(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt")
    page = only(library).id
    versioning.add(library, page, PUBLISHED, {"venue": "ICML", "doi": "10.1145/9"})
    other = editing.add_paper(library, {"title": "Lanterns, once more", "arxiv_id": "2403.01234", "date": "2024-03"})[0]
    merging.merge(library, [page, other], into=other)
    versions = only(library).versions
    assert [one.kind for one in versions if one.venue == "ICML"] == [PUBLISHED]
    assert any(one.arxiv_id == "2403.01234" for one in versions)
    assert {one.title for one in versions} >= {TITLE}


def test_merged_sightings_keep_the_title_of_their_version(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt")
    other = tmp_path / "other.bib"
    other.write_text("@article{x, title={Routing lanterns}, journal={Nature}, year={2025}, author={A. Bell}}\n")
    importing.import_files(library, [other], silent)
    one, two = sorted(searching.find(library).ids)
    merging.merge(library, [one, two], into=one)
    assert [version.title for version in only(library).versions] == [TITLE, "Routing lanterns"]
    assert "title = {Routing lanterns}" in entry(library)


def test_reading_again_lets_versions_follow(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "arxiv.bib", "meeting.bib")
    before = plain(library)
    source = next(one.id for one in reading.sidebar(library).sources if one.name == "arxiv.bib")
    rereading.set_marks(library, source, [1], "ignore")
    rereading.apply(library, source, silent)
    assert only(library).versions == ()
    rereading.set_marks(library, source, [1], None)
    rereading.apply(library, source, silent)
    assert plain(library) == before


def test_emptying_the_trash_leaves_nothing_of_the_versions(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt", "meeting.bib")
    editing.trash(library, [only(library).id])
    editing.empty_trash(library)
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        assert run("SELECT count(*) FROM paper_version").scalar() == 0
        assert run("SELECT count(*) FROM change WHERE table_name = 'paper_version'").scalar() == 0


@pytest.mark.file
def test_a_backup_holds_the_versions(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt", "meeting.bib")
    before = only(library).versions
    backups.backup(library, tmp_path / "b.sheaf")
    shutil.copyfile(tmp_path / "b.sheaf", tmp_path / "again.sheaf")
    again = Library.open(tmp_path / "again.sheaf")
    assert only(again).versions == before
    again.close()


def test_damage_of_versions_is_found(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, "page.txt", "meeting.bib")
    with library.writing("damage", journalled=False) as write:
        write.session.connection().exec_driver_sql(
            "UPDATE paper_version SET kind = 'draft', is_read = TRUE WHERE id = 1"
        )
        write.session.connection().exec_driver_sql("UPDATE paper_version SET is_read = TRUE")
    said = {finding.finding for finding in checking.check(library)}
    assert said == {
        "A version of the paper says what no version can say",
        "Two versions of the paper are marked as read",
    }


def test_the_filters_agree_with_the_rule_for_every_paper(library: Library) -> None:
    for at, (entry_type, venue, doi, arxiv, abstract) in enumerate(
        itertools.product(
            ("misc", "article", "online"), ("", "ICML", "CoRR"), ("", "10.1145/1", "10.48550/arXiv.1"),
            ("", "2403.01234"), ("", "Words."),
        )
    ):  # fmt: skip
        values = {"entry_type": entry_type, "venue": venue, "doi": doi, "arxiv_id": arxiv, "abstract": abstract}
        editing.add_paper(library, {"title": f"Paper {at}", **values})
    every: Sequence[int] = searching.find(library).ids
    kinds = {paper.id: versioning.kind_of(paper) for paper in reading.papers(library, every)}
    for query, kind in (("is:published", PUBLISHED), ("is:preprint", PREPRINT)):
        assert set(searching.find(library, query).ids) == {one for one, found in kinds.items() if found is kind}


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_an_export_can_cite_by_a_rule_of_its_own(library: Library, folder: Path, form: str) -> None:
    bring(library, folder, "arxiv.bib", "meeting.bib")
    paper = only(library)
    versioning.mark_read(library, paper.id, paper.versions[0].id)
    path = folder / "out"

    def written(rule: CiteRule | None) -> str:
        options = replace(PLAIN, cite=rule)
        exporting.export(library, None, path, silent, options=options, form=form)
        return path.read_text(encoding="utf-8")

    published, read = written(CiteRule.PUBLISHED), written(CiteRule.READ)
    assert "International Conference" in published
    assert "International Conference" not in read
    assert written(None) == published
    versioning.set_library_rule(library, CiteRule.READ)
    assert written(None) == read
    assert written(CiteRule.PUBLISHED) == published
    versioning.set_rule(library, [paper.id], CiteRule.READ)
    assert written(CiteRule.PUBLISHED) == read
    assert versioning.library_rule(library) is CiteRule.READ


def test_a_typed_title_is_that_of_every_version(library: Library, tmp_path: Path) -> None:
    """A version that a source gave the paper's earlier title would be cited by it."""
    file = tmp_path / "one.bib"
    file.write_text(
        "@inproceedings{one, title={Lanterns}, author={Ada Byron}, booktitle={ICML}, doi={10.5555/one}, year=2025}",
        encoding="utf-8",
    )
    importing.import_files(library, [file], silent)
    (paper_id,) = searching.find(library).ids
    versioning.add(library, paper_id, VersionKind.PREPRINT, {"title": "Lamps"})
    editing.set_fields(library, [paper_id], {"title": "Lanterns at sea"})
    paper = reading.paper(library, paper_id)
    assert paper is not None
    assert {one.title for one in paper.versions} == {"", "Lamps"}
    undoing.undo(library)
    paper = reading.paper(library, paper_id)
    assert paper is not None
    assert {one.title for one in paper.versions} == {"Lanterns", "Lamps"}
