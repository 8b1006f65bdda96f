"""Types that BibLaTeX alone knows, in a file for BibTeX: the nearest type, and fields that its styles print."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from db.domain.formats.bibread import read_text
from db.domain.formats.bibwrite import BibEntry, ExportOptions, write
from db.domain.formats.bibwrite.foreigntypes import KINDS
from db.domain.records import Date, Record
from db.domain.roundtrip import entry_of

if TYPE_CHECKING:
    from pathlib import Path

STYLES = ("plain", "abbrv", "alpha", "unsrt")


def entries(text: str) -> list[BibEntry]:
    """Return what an import makes of the entries of a bibliography."""
    return [entry_of(one) for one in read_text(text) if isinstance(one, Record)]


def lines(text: str, profile: str = "bibtex") -> list[str]:
    """Return the lines of the one entry of a bibliography as an export writes it anew."""
    return "".join(write(entries(text), ExportOptions(profile=profile))).split("\n")[:-3]


@pytest.mark.parametrize(
    ("stated", "kind", "printed"),
    [
        ("type = {phdthesis},", "phdthesis", ""),
        ("type = {mathesis},", "mastersthesis", ""),
        ("type = {candthesis},", "phdthesis", "Candidate thesis"),
        ("type = {bathesis},", "mastersthesis", "Bachelor's thesis"),
        ("type = {Diplomarbeit},", "mastersthesis", "Diplomarbeit"),
        ("type = {M.Sc. project},", "mastersthesis", "M.Sc. project"),
        ("type = {Habilitation},", "phdthesis", "Habilitation"),
        ("", "phdthesis", "Thesis"),
    ],
)
@pytest.mark.parametrize("place", ["school", "institution"])
def test_a_thesis_keeps_its_school_and_says_which_it_is(stated: str, kind: str, printed: str, place: str) -> None:
    said = lines(f"@thesis{{k, title = {{Kettles}}, author = {{Doe, Jo}}, {stated} {place} = {{Harbour College}}}}")
    assert said[0] == f"@{kind}{{k,"
    assert "  school = {Harbour College}," in said
    assert not any(line.startswith("  institution") for line in said)
    assert [line for line in said if line.startswith("  type")] == ([f"  type = {{{printed}}},"] if printed else [])


def test_biblatex_keeps_its_own_words() -> None:
    text = "@thesis{k, title = {Kettles}, type = {mathesis}, institution = {Harbour College}, date = {2020}}"
    said = lines(text, "biblatex")
    assert said[0] == "@thesis{k,"
    assert {"  type = {mathesis},", "  institution = {Harbour College},"} <= set(said)


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ("organization = {Kettle Society}, url = {https://example.org/},", "Kettle Society"),
        ("publisher = {Kettle Press},", "Kettle Press"),
        ("organization = {Kettle Society}, howpublished = {Leaflet},", "Leaflet"),
        ("url = {https://example.org/},", ""),
    ],
)
@pytest.mark.parametrize("kind", ["online", "software", "dataset", "periodical"])
def test_who_stands_behind_a_work_is_printed(kind: str, fields: str, printed: str) -> None:
    said = lines(f"@{kind}{{k, title = {{Kettles}}, author = {{Doe, Jo}}, {fields} year = {{2020}}}}")
    assert said[0] == "@misc{k,"
    assert [line for line in said if "howpublished" in line] == (
        [f"  howpublished = {{{printed}}},"] if printed else []
    )
    assert any("url" in line for line in said) is ("url" in fields)
    assert not any(line.startswith("  key") for line in said)


@pytest.mark.parametrize(
    ("stated", "printed"),
    [
        ("type = {patentus}, number = {4123}", "U.S. patent 4123"),
        ("type = {patreqde}, number = {4123}", "German patent request 4123"),
        ("number = {EP 4123}", "Patent EP 4123"),
        ("type = {Utility model}", "Utility model"),
        ("type = {patent}, number = {1}, howpublished = {Gazette}", "Gazette"),
    ],
)
def test_a_patent_says_which_it_is(stated: str, printed: str) -> None:
    said = lines(f"@patent{{k, title = {{Kettles}}, author = {{Doe, Jo}}, year = {{1990}}, {stated}}}")
    assert said[0] == "@misc{k,"
    assert f"  howpublished = {{{printed}}}," in said
    assert not any(line.startswith("  type") for line in said)


def test_fields_that_are_not_wanted_are_not_written_under_another_name() -> None:
    (entry,) = entries("@patent{k, title = {Kettles}, author = {Doe, Jo}, number = {1}, year = {1990}}")
    text = "".join(write([entry], ExportOptions(fields=False)))
    assert text == "@misc{k,\n  title = {Kettles},\n  author = {Doe, Jo},\n  year = {1990},\n}\n\n"


def test_what_has_no_author_is_sorted_by_its_title() -> None:
    assert "  key = {Kettle Review}," in lines("@periodical{k, title = {Kettle Review}, editor = {Roe}, year = {1980}}")
    assert not any("key =" in line for line in lines("@misc{k, title = {Kettles}, year = {1980}}"))


def test_a_type_that_nobody_describes_stays() -> None:
    assert lines("@exhibition{k, title = {Kettles}}")[0] == "@exhibition{k,"


@pytest.mark.skipif(not shutil.which("bibtex"), reason="bibtex is not installed (Debian: texlive-latex-base)")
@pytest.mark.parametrize("style", STYLES)
def test_bibtex_has_nothing_to_warn_of(tmp_path: Path, style: str) -> None:
    wanted = (
        "date = {2020-05}, booktitle = {Harbours}, publisher = {Harbour Press}, "
        "journaltitle = {Kettle Letters}, institution = {Harbour College}, key = {Kettles}"
    )
    text = "".join(
        f"@{kind}{{{kind}, title = {{Kettles}}, author = {{{kind.title()}, Jo}}, {wanted}}}\n" for kind in sorted(KINDS)
    )
    text += "@online{bare, title = {Nobody}, url = {https://example.org/}, date = {2020}}\n"
    text += "@periodical{issue, title = {Kettle Review}, editor = {Roe, Al}, date = {1980}}\n"
    (tmp_path / "refs.bib").write_text("".join(write(entries(text))), encoding="ascii")
    cited = "\n".join(f"\\citation{{{one}}}" for one in (*KINDS, "bare", "issue"))
    (tmp_path / "doc.aux").write_text(f"\\relax\n{cited}\n\\bibstyle{{{style}}}\n\\bibdata{{refs}}\n")
    done = subprocess.run(["bibtex", "doc"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "arning" not in done.stdout, done.stdout
    assert (tmp_path / "doc.bbl").read_text().count("\\bibitem") == len(KINDS) + 2


@pytest.mark.parametrize("month", ["mar/apr", "mar-apr", "March and April", "mar--apr 10"])
def test_what_a_month_says_more_is_kept_and_written_again(month: str) -> None:
    (entry,) = entries(f"@misc{{k, title = {{T}}, author = {{Doe, J}}, year = {{2020}}, month = {{{month}}}}}")
    assert (entry.date.month, entry.fields) == (3, {"month": month})
    assert f"  month = {{{month}}}," in "".join(write([entry])).split("\n")
    moved = entry._replace(date=Date(2020, 6))  # it was said of another month
    assert "  month = jun," in "".join(write([moved])).split("\n")


@pytest.mark.parametrize("month", ["mar", "March", "10~mar", "3", "March, 2020", "Mar."])
def test_a_month_alone_is_no_field(month: str) -> None:
    (entry,) = entries(f"@misc{{k, title = {{T}}, year = {{2020}}, month = {{{month}}}}}")
    assert (entry.date.month, entry.fields) == (3, {})
