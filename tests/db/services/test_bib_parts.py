"""Some papers of bibliographies in a new file: their entries as they stood, with what they need there."""

from __future__ import annotations

from pathlib import Path

from bibfiles import BY_HAND, back, brought, id_of, written

from db.domain.formats.bibread import read_text
from db.domain.records import Record
from db.services import documents, editing, keys
from db.services.exporting import ExportOptions
from db.services.library import Library
from db.services.progress import silent

ONE = (
    '@string{j = "Journal One"}\n@string{pub = {Publisher}}\n@string{full = j # ", " # pub}\n@string{unused = "x"}\n'
    '@preamble{ "\\newcommand{\\one}{1}" # pub }\n% one\n'
    "@article{a1,\n  title = {Amber rivers in the north},\n  journal = full # { 2},\n  month = sep,\n  year = 2001\n}\n"
    "@article{a2,\n  title = {Velvet maps of a quiet harbour},\n  journal = j,\n  publisher = undefined\n}\n"
    "@article{a3,\n  title = {Hollow violins at sea},\n  journal = {No name}\n}\n"
)
OTHER = (
    "@string{J = {Journal Other}}\n@string{undefined = {Oops}}\n@preamble{ undefined # \"x\" }\n"
    "@article{b1,\r\n  title = {Quartz meadows with lanterns},\r\n  journal = j # undefined,\r\n}\r\n"
    "@article{b2,\n  title = {Saffron beetles of the south},\n  journal = {Plain}\n}\n"
    "@article{b3,\n  title = {Glacial orchards in autumn}\n}\n"
)  # fmt: skip
CHILDREN = (
    "@inproceedings{c1, title = {Copper lanterns at sea}, crossref = {vol}, pages = 1}\n"
    "@inproceedings{c2, title = {Thistle glaciers in spring}, xdata = {own}, crossref = {Vol}}\n"
    "@xdata{own, location = {Here}}\n@xdata{unneeded, location = {There}}\n"
    "@proceedings{vol, title = {All copper}, crossref = {series}, publisher = pub}\n"
    "@mvproceedings{series, title = {All}, year = 1999}\n@string{pub = {Harbour}}\n"
)


def entry(text: str, key: str) -> str:
    start = text.index(f"{{{key},")
    return text[text.rindex("@", 0, start) : text.index("\n}", start) + 2]


def venues(text: str) -> dict[str, str | None]:
    return {str(one.citation_key): one.venue for one in read_text(text) if isinstance(one, Record)}


def test_entries_of_one_file_with_the_names_that_they_use(library: Library, folder: Path) -> None:
    brought(library, folder, ONE)
    data, done = written(library, folder, [id_of(library, "a3"), id_of(library, "a1")])
    preamble = '@preamble{ "\\newcommand{\\one}{1}" # pub }'
    strings = '@string{j = "Journal One"}\n@string{pub = {Publisher}}\n@string{full = j # ", " # pub}'
    assert data.decode() == "\n\n".join([strings, preamble, entry(ONE, "a3"), entry(ONE, "a1"), ""])
    assert (done.written, done.kept) == (2, 2)


def test_line_ends_and_letters_of_a_part(library: Library, folder: Path) -> None:
    latin = "@misc{a,\r\n  title = {Größe der Kessel}\r\n}\r\n@misc{b,\r\n  title = {Velvet maps}\r\n}\r\n"
    brought(library, folder, latin.encode("latin-1"))
    fresh, _ = editing.add_paper(library, {"title": "A fresh paper of ember beetles"})
    data, _ = written(library, folder, [fresh, id_of(library, "a")])
    assert data.endswith("}\r\n\r\n@misc{a,\r\n  title = {Größe der Kessel}\r\n}\r\n\r\n".encode())
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_one_name_that_means_two_things_is_never_mixed_up(library: Library, folder: Path) -> None:
    brought(library, folder, ONE)
    brought(library, folder, OTHER, "other.bib")
    text = back(library, folder, [id_of(library, key) for key in ("a1", "a2", "b1", "b2")])
    expected = {
        "a1": "Journal One, Publisher 2", "a2": "Journal One", "b1": "Journal OtherOops", "b2": "Plain",
    }  # fmt: skip
    assert venues(text) == expected
    assert entry(ONE, "a1") in text
    assert "  journal = {Journal Other} # undefined,\n" in text
    assert "  publisher = {undefined}\n" in text  # what the other file calls so is not meant
    assert text.count("@string{j =") == 1
    assert '@preamble{ undefined # "x" }\n' in text
    assert "\r" not in text
    everything = back(library, folder, [id_of(library, key) for key in ("a1", "a2", "b1", "b2", "b3")])
    assert everything.startswith(OTHER[: OTHER.index("@article{b2")])  # one of them is whole now
    assert {key: venue for key, venue in venues(everything).items() if key != "b3"} == expected
    swapped = back(library, folder, [id_of(library, key) for key in ("b1", "a1", "a2")])
    assert venues(swapped) == {key: expected[key] for key in ("a1", "a2", "b1")}


def test_a_name_that_is_defined_twice_in_one_file(library: Library, folder: Path) -> None:
    text = (
        '@string{j = "First"}\n@string{b = j # "!"}\n@article{x, title = {Amber rivers}, journal = j}\n'
        '@string{j = "Second"}\n@article{y, title = {Velvet maps}, journal = j}\n'
        "@article{z, title = {Hollow violins}, journal = b}\n@misc{rest, title = {Quartz meadows}}\n"
    )
    brought(library, folder, text)
    part = back(library, folder, [id_of(library, key) for key in "xyz"])
    assert venues(part) == {"x": "First", "y": "Second", "z": "First!"}


def test_months_are_called_as_the_file_calls_them_while_it_is_alone(library: Library, folder: Path) -> None:
    text = (
        '@string{sep = "Herbstmond"}\n@article{x, title = {Amber rivers}, month = sep}\n'
        "@misc{rest, title = {Quartz meadows}}\n"
    )
    brought(library, folder, text)
    fresh, _ = editing.add_paper(library, {"title": "Ember beetles", "date": "2020-09"})
    x = id_of(library, "x")
    assert back(library, folder, [x]).startswith('@string{sep = "Herbstmond"}\n\n@article{x')
    assert "Herbstmond" not in back(library, folder, [x, fresh])


def test_parents_come_along_behind_their_children(library: Library, folder: Path) -> None:
    brought(library, folder, CHILDREN)
    text = back(library, folder, [id_of(library, "c2")])
    assert text == (
        "@string{pub = {Harbour}}\n\n"
        "@inproceedings{c2, title = {Thistle glaciers in spring}, xdata = {own}, crossref = {Vol}}\n\n"
        "@xdata{own, location = {Here}}\n\n"
        "@proceedings{vol, title = {All copper}, crossref = {series}, publisher = pub}\n\n"
        "@mvproceedings{series, title = {All}, year = 1999}\n\n"
    )
    text = back(library, folder, [id_of(library, key) for key in ("vol", "c1")])
    assert [text.index(f"{{{key},") for key in ("c1", "vol", "series")] == sorted(
        text.index(f"{{{key},") for key in ("c1", "vol", "series")
    )
    keys.set_key(library, id_of(library, "vol"), "copper")
    text = back(library, folder, [id_of(library, key) for key in ("copper", "c1")])
    assert "crossref = {copper}" in text
    assert "@proceedings{copper," in text
    assert venues(text)["c1"] == "All copper"


def test_what_a_document_cites_stands_under_the_cited_keys(library: Library, folder: Path, tmp_path: Path) -> None:
    brought(library, folder, BY_HAND)
    keys.set_key(library, id_of(library, "Doe2020"), "Doe:2020")
    aux = tmp_path / "paper.aux"
    aux.write_text("\\citation{Doe2020,lantern}\n\\citation{Doe:2020}\n", encoding="utf-8")
    out = tmp_path / "cited.bib"
    done = documents.export(library, aux, out, silent, options=ExportOptions(abstract=False))
    text = out.read_text(encoding="utf-8")
    assert [text.count(f"{{{key},\n\tAuthor") for key in ("Doe2020", "Doe:2020")] == [1, 1]
    assert "@software{lantern, title = {Lanterns, the software}," in text
    assert text.startswith('@string{kettles = "Advances in Kettles"}\n@STRING( own = kettles')
    assert "My literature" not in text
    assert (done.exported.written, done.exported.kept) == (3, 2)


def test_papers_of_dumps_and_bibliographies_side_by_side(library: Library, folder: Path) -> None:
    brought(library, folder, ONE)
    fresh, _ = editing.add_paper(library, {"title": "Ember beetles", "venue": "ICML", "doi": "10.1234/e"})
    text = back(library, folder, [fresh, id_of(library, "a2")])
    assert text.index("@inproceedings{ember-beetles,\n  title = {Ember beetles},\n") < text.index("@article{a2,")
    assert entry(ONE, "a2") in text


def test_an_entry_of_several_files_is_that_of_the_newest(library: Library, folder: Path) -> None:
    brought(library, folder, ONE)
    newer = ONE.replace("{No name}", "{A name}").replace("a2,", "renamed,")
    brought(library, folder, newer, "newer.bib")
    text = back(library, folder, [id_of(library, "a3"), id_of(library, "a2")])
    assert "journal = {A name}" in text
    assert "@article{a2," in text
    assert "renamed" not in text
