"""Looking up what papers lack, at services on 127.0.0.1 and in files, and taking it over as one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.domain.records import Paper, Person
from db.lookup import web
from db.services import editing, enriching, importing, merging, reading, rereading, searching, sources, undoing
from db.services.library import Library
from db.services.lookedup import Finding
from db.services.progress import Progress, silent
from tests.db.services.conftest import Pages, Shown
from tests.localservices import Services, Told, running

NUMBERS = range(4)
NAMES = ("huggingface", "arxiv", "crossref", "dblp", "datacite")


def told(shown: Shown, number: int, **facts: object) -> Told:
    """Return a shown paper as services know it."""
    authors = (("Ada", f"Reed{number}"), ("Bo", "Fern"))
    known = {"arxiv_id": f"2501.{number + 1:05d}", "abstract": shown.abstract, "day": "2024-03-18"} | facts
    return Told(shown.title, authors, **known)  # type: ignore[arg-type]


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    """Services that know the first four invented papers."""
    with running(Services([told(Pages.paper(number), number) for number in NUMBERS])) as serving:
        monkeypatch.setenv(web.AT, serving.address)
        yield serving


@pytest.fixture
def papers(library: Library, tmp_path: Path) -> list[int]:
    """The ids of six authorless papers, of which the services know four."""
    shown = [Pages.paper(number, authors=2, date="Mar 18") for number in range(6)]
    (tmp_path / "page.txt").write_text(Pages.full(shown), encoding="utf-8")
    importing.import_files(library, [tmp_path / "page.txt"], silent)
    return sorted(searching.find(library, "").ids.tolist())


def paper(library: Library, one: int) -> Paper:
    (found,) = reading.papers(library, [one])
    return found


def test_authors_year_and_number_are_found_and_nothing_is_changed(
    library: Library, papers: list[int], services: Services
) -> None:
    before = reading.papers(library, papers)
    seen: list[Finding] = []
    found = enriching.find(library, papers, on_found=seen.append)
    assert tuple(seen) == found.findings
    sure = [(one.paper_id, one.source) for one in found.findings if one.sure]
    assert sure == [(one, "Hugging Face") for one in papers[:4]]
    changes = {change.field: (change.old, change.new) for change in found.findings[0].changes}
    assert changes["authors"] == ("", "Reed0, Ada; Fern, Bo")
    assert changes["arxiv_id"] == ("", "2501.00001")
    assert changes["date"][1] == "2024-03-18"
    assert (found.asked, found.whole, found.troubles) == (6, 0, ())
    assert reading.papers(library, papers) == before


def test_a_service_that_states_an_inferred_year_makes_it_known(
    library: Library, papers: list[int], services: Services
) -> None:
    sources.set_year(library, 1, 2024)
    inferred = paper(library, papers[0]).date
    assert inferred.inferred
    editing.set_fields(library, papers[:1], {"arxiv_id": "2501.00001", "authors": "Reed0, Ada; Fern, Bo"})
    services.works = [replace(services.works[0], day=inferred.iso())]
    (finding,) = enriching.find(library, papers[:1], among=["huggingface"]).findings
    changes = {change.field: (change.old, change.new) for change in finding.changes}
    assert changes["date"] == (f"{inferred.iso()}~", inferred.iso())
    enriching.apply(library, [finding])
    assert not paper(library, papers[0]).date.inferred


def test_who_lacks_nothing_any_more_is_not_asked_for_again(
    library: Library, papers: list[int], services: Services
) -> None:
    enriching.find(library, papers)
    by_service = [one.split("/")[1] for one in services.asked]
    assert [by_service.count(name) for name in NAMES] == [6, 2, 2, 2, 2]


def test_for_an_abstract_alone_nobody_is_asked_by_title(library: Library, services: Services) -> None:
    title = "Lanterns of the Northern Harbour"
    importing.import_text(
        library, f"@misc{{k, title={{{title}}}, author={{Reed, Ada}}, year=2020, doi={{10.5555/x}}}}", silent
    )
    ids = searching.find(library, "").ids.tolist()
    found = enriching.find(library, ids)
    assert (found.asked, found.findings) == (1, ())
    assert [one for one in services.asked if "Lanterns" in one] == []
    services.asked.clear()
    editing.set_fields(library, ids, {"arxiv_id": "2501.00099"})
    enriching.find(library, ids)
    assert [one.split("/")[1] for one in services.asked] == ["huggingface", "arxiv", "datacite"]


def test_those_without_authors_or_a_stated_year_are_known(
    library: Library, papers: list[int], services: Services
) -> None:
    assert enriching.unnamed(library, [papers[3], papers[0]]) == [papers[3], papers[0]]
    enriching.apply(library, enriching.find(library, papers[:1]).findings)
    assert enriching.unnamed(library, papers) == papers[1:]


def test_applying_is_one_step_that_is_undone(library: Library, papers: list[int], services: Services) -> None:
    before = reading.papers(library, papers)
    changes = enriching.apply(library, enriching.find(library, papers[:4]).findings)
    assert changes.label == "Look up 4 papers"
    first = paper(library, papers[0])
    assert first.authors == (Person("Reed0", "Ada"), Person("Fern", "Bo"))
    assert (first.date.iso(), first.date.inferred, first.arxiv_id) == ("2024-03-18", False, "2501.00001")
    assert first.citation_key.startswith("reed0-")
    assert [one.source_name.rpartition(" ")[0] for one in first.sightings] == ["", "Hugging Face"]
    assert sorted(searching.find(library, "").ids.tolist()) == papers
    undoing.undo(library)
    assert reading.papers(library, papers) == before


@pytest.mark.parametrize("name", NAMES)
def test_what_was_told_is_kept_and_read_again_alike(
    library: Library, papers: list[int], services: Services, name: str
) -> None:
    services.works = [told(Pages.paper(number), number, doi=f"10.5555/tea.{number}") for number in NUMBERS]
    enriching.apply(library, enriching.find(library, papers[:4], among=[name]).findings)
    (_dump, told_of) = paper(library, papers[0]).sightings
    assert (told_of.source_kind, told_of.index) == ("lookup", 1)
    assert "Reed0" in sources.raw(library, told_of.id)
    assert not rereading.difference(library, told_of.source_id, silent)


def test_what_a_person_typed_stays(library: Library, papers: list[int], services: Services) -> None:
    editing.set_fields(library, papers[:1], {"authors": "Own, My"})
    found = enriching.find(library, papers[:1])
    assert "authors" not in {change.field for change in found.findings[0].changes}
    enriching.apply(library, found.findings)
    first = paper(library, papers[0])
    assert first.authors == (Person("Own", "My"),)
    assert first.arxiv_id == "2501.00001"


def test_numbers_are_asked_for_together_and_a_wrong_one_spoils_only_itself(
    library: Library, papers: list[int], services: Services
) -> None:
    for number, one in enumerate(papers[:4]):
        editing.set_fields(library, [one], {"arxiv_id": f"2501.{number + 1:05d}"})
    editing.set_fields(library, papers[4:5], {"arxiv_id": "2501.00099"})
    services.instead["arxiv"] = [(400, {}, "bad"), (400, {}, "bad")]
    found = enriching.find(library, papers[:5], among=["arxiv"])
    asked = [one.split("id_list=")[1].split("&")[0].count(",") + 1 for one in services.asked]
    assert asked[:2] == [5, 2]
    assert sum(asked[2:]) >= 2
    services.instead.clear()
    services.asked.clear()
    found = enriching.find(library, papers[:5], among=["arxiv"])
    assert [one.paper_id for one in found.findings] == papers[:4]
    assert len(services.asked) == 1


def test_another_work_under_the_same_words_is_not_taken(
    library: Library, papers: list[int], services: Services
) -> None:
    other = Pages.paper(0)
    services.works = [told(Shown(f"{other.title}, Revisited in Another Light", "Something else altogether."), 0)]
    found = enriching.find(library, papers[:1])
    assert not [one for one in found.findings if one.sure]


def test_what_may_be_another_work_is_told_but_is_not_sure(library: Library, services: Services) -> None:
    importing.import_text(library, "@misc{a, title={Lanterns at Sea}}", silent)
    services.works = [Told("Lanterns at Sea", (("Cy", "Moss"),), "2501.00007", abstract="Some lanterns drift away.")]
    found = enriching.find(library, searching.find(library, "").ids.tolist())
    (one,) = found.findings
    assert not one.sure
    assert "so short a title can belong to several works" in one.why
    assert {change.field for change in one.changes} >= {"authors", "abstract", "arxiv_id"}


def test_two_works_of_one_title_are_left_to_a_person(library: Library, services: Services) -> None:
    importing.import_text(library, "@misc{a, title={A Survey of Lanterns and of Other Lights at Sea}}", silent)
    title = "A Survey of Lanterns and of Other Lights at Sea"
    services.works = [
        Told(title, (("Cy", "Moss"),), "2501.00007", day="2025-01-08", abstract="Some lanterns drift away at night."),
        Told(title, (("Di", "Elm"),), "1901.00007", day="2019-01-08", abstract="We ask which lights last longest."),
    ]
    (one,) = enriching.find(library, searching.find(library, "").ids.tolist()).findings
    assert not one.sure
    assert "a work by other people is as like it" in one.why
    services.works = [
        Told(title, (("Cy", "Moss"), ("Bo", "Fern")), doi="10.5555/sea", day="2020-01-08"),
        Told(title, (("C.", "Moss"), ("B.", "Fern")), doi="10.7777/sea", day="2019-02-08"),
    ]
    (printed, *_more) = enriching.find(library, searching.find(library, "").ids.tolist(), among=["crossref"]).findings
    assert printed.sure, "a preprint of it is no other work"


def test_what_may_be_it_is_forgotten_when_another_service_is_sure(library: Library, services: Services) -> None:
    title = "Lanterns at Sea"
    importing.import_text(library, f"@misc{{a, title={{{title}}}, doi={{10.5555/Lanterns}}}}", silent)
    ids = searching.find(library, "").ids.tolist()
    unlike = Told(title, (("Cy", "Moss"),), "2501.00007", abstract="Some lanterns drift away.")
    services.works = [unlike, Told(title, (("Di", "Elm"),), doi="10.5555/lanterns")]
    assert [(one.source, one.sure) for one in enriching.find(library, ids, among=["huggingface"]).findings] == [
        ("Hugging Face", False)
    ]
    both = enriching.find(library, ids, among=["huggingface", "crossref"]).findings
    assert [(one.source, one.sure) for one in both] == [("Crossref", True)]


def test_an_old_number_with_its_class_of_subject_is_found(library: Library, services: Services) -> None:
    importing.import_text(library, "@misc{a, title={Lanterns}, eprint={math.GT/0309136}, eprinttype={arxiv}}", silent)
    ids = searching.find(library, "").ids.tolist()
    services.works = [Told("Lanterns", (("Cy", "Moss"),), "math/0309136", abstract="Some lanterns drift away.")]
    entry = services.answer("/arxiv/api/query?id_list=math/0309136&max_results=1")
    services.instead["arxiv"] = [entry]
    (found,) = enriching.find(library, ids, among=["arxiv"]).findings
    assert found.sure


def test_a_title_without_words_or_without_end_is_no_question(library: Library, services: Services) -> None:
    importing.import_text(library, "@misc{a, title={???}}\n@misc{b, title={" + "Lantern " * 20_000 + "}}", silent)
    found = enriching.find(library, searching.find(library, "").ids.tolist())
    assert found.troubles == ()
    assert not [one for one in services.asked if "???" in one]


def test_a_service_that_is_down_stops_no_other(library: Library, papers: list[int], services: Services) -> None:
    services.instead["huggingface"] = [(503, {"Retry-After": "0"}, "")]
    found = enriching.find(library, papers)
    assert [one.source for one in found.troubles] == ["Hugging Face"]
    assert {one.source for one in found.findings} == {"arXiv"}
    assert len(found.findings) == 4
    assert sum("huggingface" in one for one in services.asked) == web.TRIES


def test_offline_is_said_and_changes_nothing(
    library: Library, papers: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(web.AT, "http://127.0.0.1:9")
    with pytest.raises(LibraryError, match="None of the services could be reached"):
        enriching.find(library, papers)


def test_cancel_between_questions(library: Library, papers: list[int], services: Services) -> None:
    seen: list[Finding] = []

    def report(_progress: Progress) -> None:
        if len(seen) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        enriching.find(library, papers, report, on_found=seen.append)
    assert len(seen) == 2
    assert sum(1 for one in enriching.apply(library, seen).ids or ()) >= 2


def test_a_wrong_name_of_a_service_lists_the_right_ones(library: Library, papers: list[int]) -> None:
    with pytest.raises(LibraryError, match=rf"no service called scholar.*: {', '.join(NAMES)}\."):
        enriching.find(library, papers, among=["scholar"])


def test_a_paper_that_went_into_another_is_filled_there(
    library: Library, papers: list[int], services: Services
) -> None:
    found = enriching.find(library, papers[:1])
    merging.merge(library, papers[:2], into=papers[1])
    enriching.apply(library, found.findings)
    assert paper(library, papers[1]).authors == (Person("Reed0", "Ada"), Person("Fern", "Bo"))


BIB = """@string{{jl = "Journal of Lanterns"}}

@article{{mine,
  title = {{{title}}},
  abstract = {{{abstract}}},
  author = {{Reed, Ada and Fern, Bo}},
  journal = jl,
  year = 2024,
  note = {{read this}},
  keywords = {{lanterns}},
}}

@misc{{other, title = {{Nobody Asked For This One At All}}, author = {{Elm, Di}}, year = 1999}}
"""
RIS = "TY  - JOUR\nTI  - {title}\nAB  - {abstract}\nAU  - Reed, Ada\nAU  - Fern, Bo\nPY  - 2024\nER  - \n"


@pytest.mark.parametrize(("name", "form"), [("mine.bib", BIB), ("mine.ris", RIS)])
def test_a_file_fills_in_what_it_knows_and_brings_nothing_else(
    library: Library, papers: list[int], tmp_path: Path, name: str, form: str
) -> None:
    shown = Pages.paper(2)
    (tmp_path / name).write_text(form.format(title=shown.title, abstract=shown.abstract), encoding="utf-8")
    found = enriching.find_in_file(library, papers, tmp_path / name)
    (one,) = found.findings
    assert (one.paper_id, one.source, one.sure) == (papers[2], name, True)
    enriching.apply(library, found.findings)
    filled = paper(library, papers[2])
    assert filled.authors == (Person("Reed", "Ada"), Person("Fern", "Bo"))
    assert (filled.date.year, filled.date.inferred) == (2024, False)
    assert (filled.notes, filled.tags) == ("", ())
    if form is BIB:
        assert filled.venue == "Journal of Lanterns"
        assert filled.citation_key != "mine"
    assert sorted(searching.find(library, "").ids.tolist()) == papers
    assert enriching.find_in_file(library, papers, tmp_path / name).findings == ()


def test_a_file_that_is_none_is_said(library: Library, papers: list[int], tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"gone\.bib"):
        enriching.find_in_file(library, papers, tmp_path / "gone.bib")


def test_of_the_abbreviations_of_a_file_only_those_that_are_used_are_kept(
    library: Library, papers: list[int], tmp_path: Path
) -> None:
    shown = Pages.paper(2)
    lines = [f'@string{{other{number} = "Journal {number} of Nothing"}}' for number in range(50)]
    lines += ['@STRING(lan = "Lanterns")', '@string{Jl = "Journal of " # lan}']
    entry = f"@article{{a, title={{{shown.title}}}, abstract={{{shown.abstract}}}, journal=jl, year=2024}}"
    (tmp_path / "mine.bib").write_text("\n".join((*lines, entry)), encoding="utf-8")
    (one,) = enriching.find_in_file(library, papers, tmp_path / "mine.bib").findings
    assert one.text.splitlines() == [*lines[-2:], entry]
    enriching.apply(library, [one])
    assert paper(library, papers[2]).venue == "Journal of Lanterns"


def test_cancel_while_a_file_is_compared(library: Library, papers: list[int], tmp_path: Path) -> None:
    entries = [
        f"@article{{k{number}, title={{{Pages.paper(number).title}}}, abstract={{{Pages.paper(number).abstract}}}}}"
        for number in NUMBERS
    ]
    (tmp_path / "mine.bib").write_text("\n".join(entries), encoding="utf-8")
    at: list[int] = []

    def report(progress: Progress) -> None:
        if progress.label == "Comparing with mine.bib":
            at.append(progress.done)
            if progress.done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        enriching.find_in_file(library, papers, tmp_path / "mine.bib", report)
    assert at == [0, 1, 2]
