"""What the library itself adds to an export: own words, short names of venues, old keys, brought types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import services
from db.domain.errors import LibraryError
from db.services import editing, exportchoices, exporting, importing, merging, ownwords, searching, undoing, venues
from db.services.exporting import ExportOptions
from db.services.progress import silent

if TYPE_CHECKING:
    from db.services.library import Library

BIBLATEX = ExportOptions(profile="biblatex")
ANEW = ExportOptions(keep=False)


def add(library: Library, title: str, **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def test_own_words_are_kept_and_protected_everywhere(library: Library, tmp_path: Path) -> None:
    paper_id = add(library, "A Bayesian view of Monte Carlo")
    assert ownwords.own_words(library) == ()
    exportchoices.change(library, ["Monte  Carlo", "Bayesian", " ", "Bayesian"], {})
    assert services.ownwords.own_words(library) == ("Bayesian", "Monte Carlo")
    assert "{A {Bayesian} view of {Monte Carlo}}" in exporting.preview_bibtex(library, paper_id)
    exporting.export(library, None, tmp_path / "a.bib", silent, options=BIBLATEX)
    assert "{Monte Carlo}" in (tmp_path / "a.bib").read_text(encoding="utf-8")
    more = ExportOptions(own_words=("view",))
    assert "{view} of {Monte Carlo}" in exporting.preview_bibtex(library, paper_id, more)
    with pytest.raises(LibraryError, match="no letter"):
        exportchoices.change(library, ["++"], {})
    exportchoices.change(library, [], {})
    assert ownwords.own_words(library) == ()


def test_venues_are_short_when_wanted_and_her_own_go_first(library: Library) -> None:
    known = add(library, "Amber", venue="Advances in Neural Information Processing Systems 37")
    own = add(library, "Velvet", venue="Kettle Letters")
    short = ExportOptions(abbreviate=True)
    assert "Information Processing" in exporting.preview_bibtex(library, known)
    assert venues.own_abbreviations(library) == {}
    exportchoices.change(library, [], {"Kettle  Letters": "Kett. Lett.", "NeurIPS": "NeurIPS!"})
    assert services.venues.own_abbreviations(library) == {"Kettle Letters": "Kett. Lett.", "NeurIPS": "NeurIPS!"}
    assert venues.abbreviations(library)["International Conference on Machine Learning"] == "ICML"
    assert "journal = {Kett. Lett.}" in exporting.preview_bibtex(library, own, short)
    assert "Kettle Letters" in exporting.preview_bibtex(library, own)
    exportchoices.change(library, [], {"Conference on Neural Information Processing Systems": "Neural"})
    assert venues.abbreviations(library)["Conference on Neural Information Processing Systems"] == "Neural"
    with pytest.raises(LibraryError, match="short name"):
        exportchoices.change(library, [], {"x": " "})
    exportchoices.change(library, [], {})
    assert venues.own_abbreviations(library) == {}


def test_keys_that_a_paper_had_before_are_its_ids(library: Library) -> None:
    first, second = add(library, "Amber kettles"), add(library, "Velvet rivers")
    exporting.bibtex(library, [first, second])
    old = [exporting.cite(library, [one])[0][6:-1] for one in (first, second)]
    merging.merge(library, [first, second], into=first)
    assert f"ids = {{{old[1]}}}" in exporting.preview_bibtex(library, first, BIBLATEX)
    editing.set_key(library, first, "lanterns")
    assert f"ids = {{{', '.join(sorted(old))}}}" in exporting.preview_bibtex(library, first, BIBLATEX)
    assert "ids = " not in exporting.preview_bibtex(library, first)


def test_a_type_is_kept_when_a_bibliography_said_the_venue_too(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "in.bib"
    file.write_text("@misc{blog, title={Ember compasses}, howpublished={Ember Weekly}, year=2020}", encoding="utf-8")
    importing.import_files(library, [file], silent)
    (paper_id,) = searching.find(library).ids
    assert exporting.preview_bibtex(library, paper_id, ANEW).startswith("@misc{blog,\n  title = {Ember compasses},\n")
    editing.set_fields(library, [paper_id], {"venue": "ICML"})
    assert exporting.preview_bibtex(library, paper_id, ANEW).startswith("@inproceedings{blog")
    undoing.undo(library)
    assert exporting.preview_bibtex(library, paper_id, ANEW).startswith("@misc{blog")


def test_a_paper_of_a_dump_follows_its_venue(library: Library) -> None:
    paper_id = add(library, "Hollow quartz", arxiv_id="2401.00001")
    assert exporting.preview_bibtex(library, paper_id).startswith("@misc{")
    assert exporting.preview_bibtex(library, paper_id, BIBLATEX).startswith("@online{")
    editing.set_fields(library, [paper_id], {"venue": "TMLR"})
    assert exporting.preview_bibtex(library, paper_id).startswith("@article{")
