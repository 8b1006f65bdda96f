"""Findings of records in a real library, their fixes, and undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.domain.records import Paper
from db.services import editing, importing, reading, recordchecks, searching, undoing
from db.services.progress import Progress, silent
from db.services.recordchecks import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

BIB = r"""@article{gull2020, title={AMBER KETTLES AND VELVET RIVERS}, author={Gull, Ann}, year={2020},
  journal={J. of Kettles}, pages={1-9}, abstract={Of &amp; on.}}
@article{kite2021, title={Lanterns at sea}, author={Kite, Bo}, year={2021}, journal={J. of Kettles}, pages={11-19}}
@inproceedings{heron2022, title={Paper boats}, author={Heron, Cy}, year={2022}, file={Full:/gone/boats.pdf:PDF}}
"""


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    """A library of three entries, each with something wrong."""
    source = tmp_path / "in.bib"
    source.write_text(BIB, encoding="utf-8")
    importing.import_files(library, [source], silent)
    return library


def all_papers(library: Library) -> dict[str, Paper]:
    return {one.citation_key: one for one in reading.papers(library, sorted(searching.find(library).ids))}


def kinds(library: Library) -> list[tuple[str, Kind]]:
    return sorted((one.citation_key, one.kind) for one in recordchecks.records(library))


WRONG = [
    ("gull2020", Kind.MARKUP), ("gull2020", Kind.PAGES), ("gull2020", Kind.TITLE_CASE), ("heron2022", Kind.FILE),
    ("heron2022", Kind.MISSING), ("kite2021", Kind.PAGES),
]  # fmt: skip


def test_findings_name_the_paper_the_field_and_the_fix(filled: Library) -> None:
    assert kinds(filled) == WRONG
    found = {(one.citation_key, one.kind): one for one in recordchecks.records(filled)}
    pages = found["kite2021", Kind.PAGES]
    assert (pages.field, pages.fix, pages.severity) == ("fields.pages", "Write 11--19", "warning")
    assert pages.title == "Lanterns at sea"
    assert found["heron2022", Kind.MISSING].fix == ""


def test_one_finding_is_mended_alone_and_undone(filled: Library) -> None:
    before = all_papers(filled)
    (one,) = [f for f in recordchecks.records(filled) if f.citation_key == "gull2020" and f.kind == Kind.PAGES]
    changes = recordchecks.fix(filled, [one])
    assert changes.label == "Fix page ranges of 1 paper"
    assert changes.ids == frozenset({one.paper_id})
    after = all_papers(filled)["gull2020"]
    assert after.fields["pages"] == "1--9"
    assert after.title == before["gull2020"].title
    assert ("gull2020", Kind.PAGES) not in kinds(filled)
    undoing.undo(filled)
    assert {key: (p.title, dict(p.fields)) for key, p in all_papers(filled).items()} == {
        key: (p.title, dict(p.fields)) for key, p in before.items()
    }


def test_all_of_a_kind_is_one_step(filled: Library) -> None:
    changes = recordchecks.fix_all(filled, Kind.PAGES)
    assert changes.label == "Fix page ranges of 2 papers"
    assert [one for one in kinds(filled) if one[1] == Kind.PAGES] == []
    assert len(kinds(filled)) == len(WRONG) - 2
    undoing.undo(filled)
    assert kinds(filled) == WRONG


def test_everything_chosen_is_one_step_and_each_fix_builds_on_the_last(filled: Library) -> None:
    changes = recordchecks.fix(filled, list(recordchecks.records(filled)))
    assert changes.label == "Fix records of 3 papers"
    assert kinds(filled) == [("heron2022", Kind.MISSING)]
    after = all_papers(filled)
    assert after["gull2020"].title == "Amber Kettles and Velvet Rivers"
    assert after["gull2020"].abstract == "Of & on."
    assert after["gull2020"].origins["title"].label == "you"
    assert after["heron2022"].attachments == ()
    undoing.undo(filled)
    assert [one.path for one in all_papers(filled)["heron2022"].attachments] == ["/gone/boats.pdf"]
    undoing.redo(filled)
    assert kinds(filled) == [("heron2022", Kind.MISSING)]


def test_what_was_mended_meanwhile_is_not_touched_again(filled: Library) -> None:
    old = list(recordchecks.records(filled))
    one = next(f for f in old if f.kind == Kind.TITLE_CASE)
    editing.set_fields(filled, [one.paper_id], {"title": "My own title"})
    changes = recordchecks.fix(filled, [one])
    assert not changes
    assert all_papers(filled)["gull2020"].title == "My own title"


def test_a_key_is_mended_and_the_old_one_leads_on(library: Library) -> None:
    paper, other = (editing.add_paper(library, {"title": title})[0] for title in ("Amber kettles", "Velvet rivers"))
    editing.set_key(library, other, "muller2020")
    editing.set_key(library, paper, "bad2020")
    with library.writing("An old library", journalled=False) as write:  # today no such key comes in
        write.session.connection().exec_driver_sql(
            "UPDATE paper SET citation_key = 'müller2020' WHERE citation_key = 'bad2020'"
        )
    assert [one.kind for one in recordchecks.records(library)] == [Kind.KEY]
    recordchecks.fix_all(library, Kind.KEY)
    papers = all_papers(library)
    assert sorted(papers) == ["muller2020", "muller2020a"]
    assert papers["muller2020a"].key_aliases == ("müller2020",)
    assert list(recordchecks.records(library)) == []


def test_keys_in_other_capitals_are_told_apart_and_documents_keep_theirs(library: Library, tmp_path: Path) -> None:
    source = tmp_path / "in.bib"
    source.write_text("@misc{Kite, title={Amber kettles}}\n@misc{kite, title={Velvet rivers}}", encoding="utf-8")
    importing.import_files(library, [source], silent)
    (one,) = recordchecks.records(library)
    assert (one.kind, one.citation_key, one.severity) == (Kind.KEY, "kite", "error")
    assert list(recordchecks.records(library, [one.paper_id])) == [one]
    changes = recordchecks.fix(library, [one])
    assert changes
    papers = all_papers(library)
    assert (sorted(papers), papers["kitea"].key_aliases) == (["Kite", "kitea"], ("kite",))
    assert list(recordchecks.records(library)) == []
    undoing.undo(library)
    assert len(list(recordchecks.records(library))) == 1


def test_the_day_is_handed_in(library: Library) -> None:
    editing.add_paper(library, {"title": "Amber kettles", "date": "2024-05"})
    assert [f.kind for f in recordchecks.records(library, today=date(2020, 1, 1))] == [Kind.FUTURE]
    assert list(recordchecks.records(library, today=date(2024, 1, 1))) == []


def test_the_trash_is_not_looked_at(filled: Library) -> None:
    editing.trash(filled, [one.id for one in all_papers(filled).values()])
    assert list(recordchecks.records(filled)) == []


def test_a_cancelled_fix_changes_nothing(filled: Library) -> None:
    def stop(progress: Progress) -> None:
        if progress.label == "Mending":
            raise Cancelled

    with pytest.raises(Cancelled):
        recordchecks.fix_all(filled, Kind.PAGES, stop)
    assert kinds(filled) == WRONG


def test_a_dump_gives_no_noise(library: Library, dumps: Path) -> None:
    importing.import_files(library, sorted(dumps.glob("*.txt")), silent)
    found = list(recordchecks.records(library))
    assert {one.kind for one in found} <= {Kind.MARKUP, Kind.BRACES, Kind.TITLE_CASE}
    assert len(found) < 0.05 * len(searching.find(library).ids)


@pytest.mark.file
def test_files_that_a_bibliography_names_by_a_folder_are_lost_only_when_that_folder_is_here(
    library: Library, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    (project / "pdf").mkdir(parents=True)
    (project / "pdf" / "here.pdf").write_bytes(b"%PDF-1.4")
    bib = project / "refs.bib"
    bib.write_text(
        "@article{roe, title={Amber}, author={Roe, Ann}, year={2020}, journal={J}, file={:pdf/here.pdf:PDF}}\n"
        "@article{poe, title={Beryl}, author={Poe, Bo}, year={2020}, journal={J}, file={:pdf/gone.pdf:PDF}}\n"
        "@article{doe, title={Coral}, author={Doe, Cy}, year={2020}, journal={J}, file={:C\\:/x/other.pdf:PDF}}\n",
        encoding="utf-8",
    )
    importing.import_files(library, [bib], silent)
    assert kinds(library) == [("poe", Kind.FILE)]

    project.rename(tmp_path / "elsewhere")  # as on another computer
    assert kinds(library) == []

    (tmp_path / "elsewhere").rename(project)
    recordchecks.fix(library, list(recordchecks.records(library)))
    assert kinds(library) == []
    assert [len(one.attachments) for key, one in sorted(all_papers(library).items())] == [1, 0, 1]
