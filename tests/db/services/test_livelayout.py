"""Live .bib files in which entries stand as a person or another program laid them out."""

from __future__ import annotations

from pathlib import Path

import pytest
from bibfiles import BY_HAND, brought, id_of

from db.domain.livebib import Kind, rows
from db.services import editing, importing, livefiles, tagging
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.livefiles import Updated
from db.services.progress import silent

OWN = """@string{letters = "Letters of the Harbour"}
% mine
@Article(doe2020,
\tAuthor  = "Jane Doe" # " and Rae Roe", % both
\tTitle   = {Ember Rivers in Spring},
\tJournal = letters # ", Series B",
\tAbstract = {Long.},
\tKeywords = {a, b},
\tYear    = 2020
)
@inproceedings{roe2021, crossref = {vol}, year = 2021, title = "Quartz Meadows", author = {Rae Roe}}
@proceedings{vol, title = {All Quartz}, publisher = {Harbour}}
"""


@pytest.fixture
def bib(library: Library, tmp_path: Path) -> Path:
    """A bibliography that was imported, and stands where it stood."""
    brought(library, tmp_path, OWN)
    path = tmp_path / "live.bib"
    path.write_text(OWN, "utf-8")
    return path


def attach(library: Library, path: Path, **options: object) -> Updated:
    wanted = ExportOptions(**{"abstract": False, **options})  # type: ignore[arg-type]
    return livefiles.attach(library, path, livefiles.of_search(""), wanted)


def update(library: Library, *changed: int) -> Updated:
    (file,) = livefiles.files(library)
    return livefiles.update(library, file.id, changed=set(changed) or None)


@pytest.mark.parametrize("profile", ["bibtex", "biblatex"])
def test_entries_that_say_what_the_library_says_are_taken_over_as_they_look(
    library: Library, bib: Path, profile: str
) -> None:
    done = attach(library, bib, profile=profile)
    assert (done.file.entries, done.questions) == (3, ())
    assert not update(library).changed
    assert bib.read_text("utf-8") == OWN


@pytest.mark.parametrize("is_quick", [True, False])
def test_a_change_in_the_library_changes_its_field_alone(library: Library, bib: Path, is_quick: bool) -> None:
    attach(library, bib)
    ids = [id_of(library, "doe2020"), id_of(library, "roe2021")]
    editing.set_fields(library, ids[:1], {"title": "Ember Rivers in Autumn"})
    editing.set_fields(library, ids[1:], {"date": "2022"})
    update(library, *(ids if is_quick else ()))
    now = OWN.replace("in Spring", "in Autumn").replace("year = 2021", "year = 2022")
    assert bib.read_text("utf-8") == now
    tagging.tag(library, ids[:1], add=["c"])
    update(library, *(ids if is_quick else ()))
    assert bib.read_text("utf-8") == now.replace("{a, b}", "{a, b, c}")


def test_only_what_she_changed_by_hand_is_asked(library: Library, bib: Path) -> None:
    attach(library, bib)
    edited = OWN.replace("= 2020", "= 2019")
    bib.write_text(edited, "utf-8")
    (question,) = update(library).questions
    assert question.kind is Kind.EDITED
    (row,) = rows(question.in_file, question.in_library) or ()
    assert (row.field, row.in_file, row.in_library) == ("year", "2019", "2020")
    (file,) = livefiles.files(library)
    livefiles.update(library, file.id, answers={question.key: question.seen})
    assert bib.read_text("utf-8") == OWN


def test_windows_ends_and_other_encodings_stay(library: Library, tmp_path: Path) -> None:
    text = BY_HAND.replace("\n", "\r\n")
    brought(library, tmp_path, text)
    path = tmp_path / "live.bib"
    path.write_bytes(text.encode())
    attach(library, path)
    before = path.read_bytes()
    editing.set_fields(library, [id_of(library, "lanterndata")], {"title": "Lanterns, all data"})
    update(library)
    assert path.read_bytes() == before.replace(b"Lanterns, the data", b"Lanterns, all data")


def test_a_file_of_an_older_encoding_changes_where_its_papers_do_and_stays_what_it_is(
    library: Library, tmp_path: Path
) -> None:
    raw = "% Für uns\n@article{groesse,\n  author = {Müller, Jörg},\n  title  = {Über die Größe},\n}\n".encode("cp1252")
    raw = raw.replace(b"uns", b"uns\x81")  # a byte that is no letter even there
    path = tmp_path / "live.bib"
    path.write_bytes(raw)
    importing.import_files(library, [path], silent)
    done = attach(library, path, encoding="unicode")
    assert (done.file.entries, done.questions) == (1, ())
    assert path.read_bytes() == raw
    editing.set_fields(library, [id_of(library, "groesse")], {"title": "Über die Höhe — ∀"})
    assert update(library).changed == ("groesse",)
    new = "Über die Höhe — ".encode("cp1252") + b"\\ensuremath{\\forall}"
    assert path.read_bytes() == raw.replace("Über die Größe".encode("cp1252"), new)
    path.write_bytes(path.read_bytes().replace("Jörg".encode("cp1252"), "Jürg".encode("cp1252")))
    (question,) = update(library).questions
    assert [(row.in_file, row.in_library) for row in rows(question.in_file, question.in_library)] == [
        ("Müller, Jürg", "Müller, Jörg")
    ]


def test_entries_are_written_anew_for_who_wants_that(library: Library, bib: Path) -> None:
    assert len(attach(library, bib, keep=False).questions) == 2  # one says the same anyhow
