"""What has changed of a paper since its bibliography was imported is written into its entry, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from bibfiles import BY_HAND, back, brought, differing, id_of, written

from db.services import collecting, editing, exporting, importing, keys, merging, reading, tagging, undoing
from db.services.library import Library
from db.services.progress import silent

TWO = (
    "@string{kettles = {Journal of Kettles}}\n"
    "@article{amber,\n  title   = {Amber rivers in the north under slow routing},\n  author  = {Doe, Jane},\n"
    "  journal = kettles,\n  year    = 2001,\n}\n\n% between\n"
    "@article{velvet,\n  title   = {Velvet maps of a quiet harbour},\n  author  = {Roe, Ann},\n  journal = kettles,\n"
    "  year    = 2002,\n  note    = {mine},\n}\n"
)


@pytest.mark.parametrize(
    ("values", "gone", "come"),
    [
        ({"title": "Amber Rivers of the LLM & more"},
         ["\ttitle={Amber {RIVERS} and 5\\% of Lanterns},"], ["\ttitle={Amber Rivers of the {LLM} \\& more},"]),
        ({"date": "2020-04"}, ["\tyear = 2020, month = mar # \"~1\","], ["\tyear = 2020, month = apr,"]),
        ({"date": "2021"}, ["\tyear = 2020, month = mar # \"~1\","], ["\tyear = 2021,"]),
        ({"doi": "10.1234/kettles"},
         ["\t\tin rivers.},"], ["\t\tin rivers.},", "\tdoi\t= {10.1234/kettles},"]),
        ({"venue": "Kettles"}, ["   Journal   = own # \", Series B\","], ["   Journal   = {Kettles},"]),
        ({"entry_type": "inproceedings"},
         ["@Article{Doe2020,", "   Journal   = own # \", Series B\","],
         ["@inproceedings{Doe2020,", "   booktitle = own # \", Series B\","]),
        ({"abstract": ""}, ["\tabstract\t= {We study amber lanterns", "\t\tin rivers.},"], []),
        ({"authors": "Jane Doe", "author_count": "1"},
         ["\tAuthor = \"Jane Doe and Hans M{\\\"u}ller\", % both of them"],
         ["\tAuthor = \"Doe, Jane\", % both of them"]),
        ({"urls": "https://example.org/~a_b"}, [], ["\turl\t= {https://example.org/~a_b},"]),
    ],
    ids=["title", "month", "year", "doi", "venue", "type", "abstract", "authors", "url"],
)  # fmt: skip
def test_one_field_is_written_anew(
    library: Library, folder: Path, values: dict[str, object], gone: list[str], come: list[str]
) -> None:
    brought(library, folder, BY_HAND)
    editing.set_fields(library, [id_of(library, "Doe2020")], values)
    data, done = written(library, folder)
    lost, new = differing(BY_HAND, data.decode())
    assert [line for line in gone if line not in come] == lost
    assert [line for line in come if line not in gone] == new
    assert (done.written, done.kept) == (9, 8)
    undoing.undo(library)
    assert back(library, folder) == BY_HAND
    undoing.redo(library)
    assert written(library, folder)[0] == data


def test_a_field_of_any_name_changes_goes_and_comes(library: Library, folder: Path) -> None:
    brought(library, folder, BY_HAND)
    paper = reading.paper(library, id_of(library, "Doe2020"))
    assert paper is not None
    editing.set_fields(library, [paper.id], {"fields": {"x-rated-by": "you & me", "pages": "1--2"}})
    lost, new = differing(BY_HAND, back(library, folder))
    assert lost == ["\tx-rated-by = {me},"]
    assert new == ["\tx-rated-by = {you \\& me},", "\tpages\t= {1--2},"]
    editing.set_fields(library, [paper.id], {"fields": {}})
    assert differing(BY_HAND, back(library, folder)) == (["\tx-rated-by = {me},"], [])


def test_a_changed_entry_says_what_the_paper_is(library: Library, tmp_path: Path, folder: Path) -> None:
    brought(library, folder, BY_HAND)
    values = {"title": "北京 {kettles} and \\unknown ~ $x_1$", "abstract": "One.\n\nTwo & 50%.", "venue": "Ünïversity"}
    editing.set_fields(library, [id_of(library, "Doe2020")], values)
    text = back(library, folder)
    other = Library.open(tmp_path / "other.sheaf")
    brought(other, folder, text, "again.bib")
    here = reading.paper(library, id_of(library, "Doe2020"))
    there = reading.paper(other, id_of(other, "Doe2020"))
    other.close()
    assert here is not None
    assert there is not None
    assert (there.title, there.venue, there.authors, there.fields) == (
        here.title, here.venue, here.authors, here.fields,
    )  # fmt: skip
    assert there.abstract == "One. Two & 50%."


def test_what_is_the_persons_own_goes_in_only_when_wanted(library: Library, folder: Path) -> None:
    text = TWO.replace("note    = {mine}", "note    = {mine},\n  keywords = {b; a}")
    brought(library, folder, text)
    velvet = id_of(library, "velvet")
    tagging.tag(library, [velvet], add=["to read"], remove=["a"])
    editing.set_fields(library, [velvet], {"notes": "dull", "rating": 2, "status": "read", "starred": True})
    number, _ = collecting.create(library, "Chapter 2")
    collecting.add(library, number, [velvet])
    assert back(library, folder, keywords=False) == text
    lost, new = differing(text, back(library, folder, keywords=True, personal=True))
    assert lost == ["  keywords = {b; a},"]
    assert new == [
        "  keywords = {b, to read},", "  annote = {dull},", "  readstatus = {read},", "  ranking = {rank2},"
    ]  # fmt: skip


def test_what_an_export_leaves_out_is_not_added_but_kept_true(library: Library, folder: Path) -> None:
    text = TWO.replace("note    = {mine}", "abstract = {Wrong}")
    brought(library, folder, text)
    amber, velvet = id_of(library, "amber"), id_of(library, "velvet")
    editing.set_fields(library, [amber, velvet], {"abstract": "Right", "urls": "https://example.org/a"})
    lost, new = differing(text, back(library, folder, abstract=False, url=False))
    assert (lost, new) == (["  abstract = {Wrong},"], ["  abstract = {Right},"])
    assert back(library, folder).count("url     = {https://example.org/a},\n") == 1


def test_short_names_of_venues_are_a_wish_of_their_own(library: Library, folder: Path) -> None:
    text = TWO.replace("{Journal of Kettles}", "{Journal of Machine Learning Research}")
    brought(library, folder, text)
    assert back(library, folder, abbreviate=True) == text.replace("journal = kettles", "journal = {JMLR}")


def test_a_remark_above_entries_that_lack_something_stands_there_once(library: Library, folder: Path) -> None:
    text = TWO.replace("  author  = {Roe, Ann},\n", "")
    brought(library, folder, text)
    expected = text.replace("@article{velvet", "% incomplete: author\n@article{velvet")
    assert back(library, folder, comment_incomplete=True) == expected
    again = brought(library, folder, expected, "again.bib")
    assert again.records == 2
    assert back(library, folder, comment_incomplete=True) == expected


def test_another_key_by_hand_and_old_keys_in_biblatex(library: Library, folder: Path) -> None:
    brought(library, folder, TWO)
    keys.set_key(library, id_of(library, "amber"), "Doe:2001")
    assert back(library, folder) == TWO.replace("{amber,", "{Doe:2001,")
    text = TWO.replace("{amber,", "{Doe:2001,").replace("= 2001,\n", "= 2001,\n  ids     = {amber},\n")
    assert back(library, folder, profile="biblatex") == text


def test_two_entries_of_one_file_that_were_merged(library: Library, folder: Path) -> None:
    text = (
        TWO
        + "@misc{amber2,\n  title = {Amber Rivers in the North under slow Routing!},\n  doi   = {10.1234/amber}\n}\n"
    )
    brought(library, folder, text)
    merging.merge(library, [id_of(library, "amber"), id_of(library, "amber2")], into=id_of(library, "amber"))
    expected = TWO.replace("= 2001,\n", "= 2001,\n  doi     = {10.1234/amber},\n")
    assert back(library, folder) == expected
    ids = expected.replace("amber},\n", "amber},\n  ids     = {amber2},\n")
    assert back(library, folder, profile="biblatex") == ids
    undoing.undo(library)
    assert back(library, folder) == text
    undoing.redo(library)
    assert back(library, folder) == expected


def test_a_later_dump_fills_what_was_empty(library: Library, folder: Path) -> None:
    brought(library, folder, TWO)
    page = folder / "later.txt"
    page.write_text(
        "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nOct 31\n\n"
        "Amber rivers in the north under slow routing\n\n"
        "We study how amber behaves in rivers of the north, which no method of glaciers had reached before us.\n\n"
        "  • 1 author\n·\nMar 18, 2001 3\n",
        encoding="utf-8",
    )
    (result,) = importing.import_files(library, [page], silent).files
    assert result.merged == 1
    assert "abstract" not in back(library, folder, abstract=False)
    lost, new = differing(TWO, back(library, folder))
    assert lost == []
    # The page lists preprints: their day is none of what was published.
    assert [line.partition("=")[0].strip() for line in new] == ["abstract"]


def test_what_the_library_knew_before_changes_no_entry(library: Library, folder: Path) -> None:
    amber, _ = editing.add_paper(
        library,
        {
            "title": "Amber Rivers In The North Under Slow Routing",
            "abstract": "Known before.",
            "authors": "Jane Doe",
            "doi": "10.1234/x",
        },
    )
    tagging.tag(library, [amber], add=["before"])
    result = brought(library, folder, TWO)
    assert result.merged == 1
    assert back(library, folder) == TWO
    editing.set_fields(library, [amber], {"title": "Amber rivers once more"})
    lost, new = differing(TWO, back(library, folder))
    assert (lost, new) == (
        ["  title   = {Amber rivers in the north under slow routing},"], ["  title   = {Amber rivers once more},"],
    )  # fmt: skip


def test_a_file_that_is_imported_again_after_edits_elsewhere(library: Library, folder: Path) -> None:
    brought(library, folder, TWO)
    tagging.tag(library, [id_of(library, "amber")], add=["seen"])
    newer = (
        TWO.replace("  note    = {mine},\n", "")
        .replace("Amber rivers in", "Amber {Rivers} In")
        .replace("Doe, Jane", "J. Doe")
        .replace("= kettles,\n  year    = 2001", "= {Kettles},\n  year    = 2001")
        .replace("{velvet,", "{velvet2,")
    )
    result = brought(library, folder, newer, "refs2.bib")
    assert result.merged == 2
    data, done = written(library, folder)
    assert data.decode() == newer
    assert done.kept == 2
    first = back(library, folder, scope="dump:#1", keywords=False)  # type: ignore[arg-type]
    assert first == TWO
    assert brought(library, folder, newer, "refs3.bib").already_imported


def test_undo_and_redo_of_the_import_itself(library: Library, folder: Path) -> None:
    editing.add_paper(library, {"title": "Amber Rivers In The North Under Slow Routing", "doi": "10.1234/x"})
    brought(library, folder, TWO)
    undoing.undo(library)
    undoing.redo(library)
    assert back(library, folder, scope="dump:#1") == TWO
    undoing.undo(library)
    brought(library, folder, TWO)
    assert back(library, folder) == TWO


def test_a_copy_stands_by_itself(library: Library, folder: Path) -> None:
    text = TWO + "@inproceedings{child, title = {Copper lanterns at sea}, crossref = {vol}}\n"
    text += "@proceedings{vol, title = {All copper}, year = 1999}\n"
    brought(library, folder, text)
    amber = TWO[TWO.index("@article{amber") : TWO.index("\n\n% between")]
    copied, _ = exporting.bibtex(library, [id_of(library, "amber")])
    assert copied == amber.replace("= kettles", "= {Journal of Kettles}") + "\n\n"
    child = exporting.preview_bibtex(library, id_of(library, "child"))
    assert "booktitle = {All copper}" in child
    assert "year = {1999}" in child


def test_the_named_file_is_untouched_by_an_export_that_fails(library: Library, folder: Path) -> None:
    brought(library, folder, "@misc{, title = {A key of its own is missing here}}\n")
    key = reading.papers(library, [1])[0].citation_key
    assert back(library, folder) == "@misc{, title = {A key of its own is missing here}}\n"
    keys.pin_key(library, [1])
    assert back(library, folder) == f"@misc{{{key}, title = {{A key of its own is missing here}}}}\n"


@pytest.mark.parametrize("value", ["{Old Days}", '"Old " # days', "{Old {{LLM}s} Days}"])
def test_a_field_that_repeats_the_venue_of_an_odd_type_follows_it(library: Library, folder: Path, value: str) -> None:
    text = "@string{days = {Days}}\n@misc{key0,\n  title = {amber},\n  journal = {X},\n  year = 2020\n}\n"
    brought(library, folder, text.replace("{X}", value))
    paper = id_of(library, "key0")
    editing.set_fields(library, [paper], {"venue": "Fresh Air"})
    assert reading.paper(library, paper).fields == {"journal": "Fresh Air"}
    assert back(library, folder) == text.replace("{X}", "{Fresh Air}")
    editing.set_fields(library, [paper], {"venue": ""})
    assert reading.paper(library, paper).fields == {}
    assert back(library, folder) == text.replace("  journal = {X},\n", "")
    undoing.undo(library)
    undoing.undo(library)
    assert back(library, folder) == text.replace("{X}", value)
