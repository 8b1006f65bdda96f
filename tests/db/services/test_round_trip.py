"""A bibliography that is imported, written anew and imported elsewhere brings the same papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.domain.records import Attachment, Paper
from db.services import exporting, importing, reading
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.progress import silent

ENTRIES = r"""
@string{kettles = "Advances in Kettles"}
@article{Doe2020, title={Amber {RIVERS} and 5\% of Lanterns}, author={Doe, Jane and M{\"u}ller, Hans},
  journal=kettles, year=2020, month=mar, volume=3, number={4}, pages={1--10}, doi={10.1234/abc_d},
  abstract={We study amber lanterns in rivers.}, keywords={tidal, velvet maps}, publisher={北京 Press},
  file={Full text:files/12/a b.pdf:application/pdf;notes\; old.txt:C\:\\my notes\\old.txt:text/plain},
  issn={1234-5678}, note={To appear.}}
@inproceedings{Roe-2021:b, title={Velvet maps for the tidal harbour}, author={Roe, Ann},
  booktitle={Proc. of \& Maps}, year={2021}, editor={Poe, E. and Moe, F.}, url={https://example.org/~x/a_b},
  series={Lanterns}, annote={my thought}, x-own={kept}, timestamp={2021-02-03 10:00:00}}
@inproceedings{Woe, title={Quartz meadows with a journal field}, author={Woe, W.}, journal={Journal of Meadows},
  year={2019}, eprint={1901.00001}, archiveprefix={arXiv}, primaryclass={cs.CL},
  url={https://arxiv.org/abs/1901.00001}, readstatus={read}, ranking={rank4}}
@book{Boe, title={Cobalt orchards}, author={Boe, B.}, publisher={Harbour House}, year={1999}, edition={2nd}}
@phdthesis{Toe, title={Thistle glaciers}, author={Toe, T.}, school={University of Kettles}, year={2005}}
@misc{Moe, title={Ember compasses}, howpublished={Blog}, date={2022-07-04}}
@online{Foe, title={Hollow violins}, author={Foe, F.}, date={2023-05-06}, url={https://a.example/b},
  urldate={2024-01-02}, organization={Violins}}
@techreport{Rep, title={Lunar orchards reported}, author={Rep, R.}, institution={Lab}, number={TR-7}, year={2001}}
"""
ANEW = ExportOptions(keep=False)
UNLIKE = {"id", "version", "added_at", "sightings", "origins", "tags"}


def brought(folder: Path, name: str, file: Path) -> Library:
    library = Library.open(folder / name)
    (result,) = importing.import_files(library, [file], silent).files
    assert (result.error, result.records, result.issues) == (None, 8, 0)
    return library


def told(library: Library) -> dict[str, dict[str, Any]]:
    """Return what is known of every paper, by key."""
    papers = reading.papers(library, range(1, 20))
    names = [name for name in Paper.__dataclass_fields__ if name not in UNLIKE]
    return {
        paper.citation_key: {name: getattr(paper, name) for name in names} | {"tags": [tag.name for tag in paper.tags]}
        for paper in papers
    }


def test_a_bibliography_goes_round(tmp_path: Path) -> None:
    first, second = tmp_path / "first.bib", tmp_path / "second.bib"
    first.write_text(ENTRIES, encoding="utf-8")
    here = brought(tmp_path, "here.sheaf", first)
    exporting.export(here, None, second, silent, options=ExportOptions(personal=True, keep=False))
    there = brought(tmp_path, "there.sheaf", second)
    before, after = told(here), told(there)
    assert before.keys() == {"Doe2020", "Roe-2021:b", "Woe", "Boe", "Toe", "Moe", "Foe", "Rep"}
    # Written anew for BibTeX, an online work is what its styles know: a misc that tells in howpublished who made it.
    foe = before["Foe"] | {"entry_type": "misc", "venue": "Violins", "fields": {"urldate": "2024-01-02"}}
    assert after == before | {"Foe": foe}
    doe = before["Doe2020"]
    assert doe["attachments"] == (
        Attachment("files/12/a b.pdf", "Full text", "application/pdf"),
        Attachment(r"C:\my notes\old.txt", "notes; old.txt", "text/plain"),
    )
    assert doe["tags"] == ["tidal", "velvet maps"]
    assert (before["Woe"]["status"], before["Woe"]["rating"]) == ("read", 4)
    assert before["Roe-2021:b"]["notes"] == "my thought"
    preview = exporting.preview_bibtex(here, 1, ANEW)
    assert preview.startswith("@article{Doe2020,")
    assert "volume = {3}" in preview
    assert "Seen in" not in preview
    for library in (here, there):
        library.close()


def test_what_pages_say_of_a_paper_is_not_exported(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("@misc{a, title={Amber lanterns}, github={https://github.com/x/y}, summary={Short.}, foo={bar}}")
    library = Library.open(tmp_path / "library.sheaf")
    importing.import_files(library, [file], silent)
    text = exporting.preview_bibtex(library, 1, ANEW)
    assert "foo = {bar}" in text
    assert "github" not in text
    assert "Short" not in text
    assert "foo" not in exporting.preview_bibtex(library, 1, ExportOptions(fields=False, keep=False))
    library.close()
