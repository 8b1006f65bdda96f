"""A bibliography that is imported and exported whole is the same file, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from bibfiles import BY_HAND, back, brought, differing, id_of, written

from db.services import editing, exporting, importing, keys, reading, searching, sources, tagging
from db.services.library import Library
from db.services.progress import silent

LATIN = "% Umlauts\n@misc{a, title = {Größe der Kessel}, author = {Müller, Jürgen}}\n\n% “quoted” – dash\n"


def test_a_file_kept_by_hand_comes_back(library: Library, folder: Path) -> None:
    brought(library, folder, BY_HAND)
    for _again in range(2):
        data, done = written(library, folder)
        assert data.decode() == BY_HAND
        assert (done.written, done.kept) == (9, 9)


@pytest.mark.parametrize(
    "data",
    [
        BY_HAND.replace("\n", "\r\n").encode(),
        BY_HAND.replace("\n", "\r").encode(),
        BY_HAND.replace("}\n", "}\r\n").replace(",\n", ",\r").encode(),
        b"\xef\xbb\xbf" + BY_HAND.encode(),
        BY_HAND.strip().encode(),
        BY_HAND.encode() + b"\n\n\n \t",
        LATIN.encode("cp1252"),
        LATIN.replace("“quoted” – dash", "").encode("latin-1") + b"% \x81\x9d\n",
        LATIN.encode("utf-8") * 3 + b"% a stray \xe4 byte in {\"u}\n",
        b"\xff\xfe" + BY_HAND.encode("utf-16-le"),
        BY_HAND.replace("Harbour", "Har\0bour").encode(),
        b"@misc{a, title = {One line}, author = {Doe, J.}}",
        b"@misc{a,title={Several}}@misc{b,title={on one line}}  @book{c,title={or so}}% and a comment",
    ],
    ids=[
        "crlf", "cr", "mixed ends", "mark", "no last end", "blanks at the end", "cp1252", "latin-1", "stray byte",
        "utf-16", "nul", "one line", "glued",
    ],
)  # fmt: skip
def test_whatever_bytes_it_has(library: Library, folder: Path, data: bytes) -> None:
    brought(library, folder, data)
    assert written(library, folder)[0] == data


def test_a_long_file_without_line_ends_and_one_read_in_another_process(library: Library, folder: Path) -> None:
    line = "".join(f"@misc{{k{n},title={{Kettle {n} of all kettles}},author={{Doe, J.}}}}" for n in range(3_000))
    words = "amber tidal copper velvet lunar hollow quartz saffron cobalt thistle ember glacial".split()
    entries = [
        f"@article{{long{n},\n  title = {{{words[n % 12].title()} {n} {words[n * 7 % 11]} {n * n}}},\n"
        f"  abstract = {{{' '.join(words[(n + i) % 12] for i in range(300))}}}\n}}\n"
        for n in range(2_200)
    ]
    long = f"% {'kettles ' * 20}\n" + "\n".join(entries)
    assert len(long) > 4_000_000
    for name, text in (("line.bib", line), ("long.bib", long)):
        result = brought(library, folder, text, name)
        ids = [*result.new_ids, *result.merged_ids, *result.doubtful_ids]
        assert written(library, folder, ids)[0] == text.encode()


def test_in_both_profiles_and_whatever_is_left_out(library: Library, folder: Path) -> None:
    brought(library, folder, BY_HAND)
    tagging.tag(library, searching.find(library).ids.tolist(), add=["to read"])
    for options in (
        {"profile": "biblatex", "keywords": False},
        {"abstract": False, "keywords": False, "fields": False, "url": False, "files": False, "note": False},
        {"encoding": "unicode", "keywords": False},
    ):
        assert back(library, folder, **options) == BY_HAND


def test_written_anew_when_that_is_wanted(library: Library, folder: Path) -> None:
    brought(library, folder, BY_HAND)
    data, done = written(library, folder, keep=False)
    assert done.kept == 0
    assert b"My literature" not in data
    assert b"@mytype{odd,\n  title = {A type of my own},\n" in data
    assert b"journal = {Advances in Kettles and Own, Series B}," in data


def test_duplicate_keys_and_entries_that_stand_twice(library: Library, folder: Path) -> None:
    text = (
        "@misc{k, title = {Amber rivers in the north}, author = {Doe, J.}, year = 2001}\n"
        "@misc{k, title = {Velvet maps of a quiet harbour}, author = {Roe, A.}, year = 2002}\n"
        "@misc{twice, title = {Hollow violins and their thistle orchards}, year = 2003}\n"
        "@misc{twice, title = {Hollow violins and their thistle orchards}, year = 2003, note = {again}}\n"
        "@misc{, title = {Copper lanterns without any key}}\n"
        "@misc{ title = {Quartz meadows without even a comma}}\n"
        "@misc{late title = {Saffron beetles whose comma is lost}}\n"
    )
    brought(library, folder, text)
    assert back(library, folder) == text
    assert back(library, folder) == text  # no key was given away by that
    loose = id_of(library, next(p.citation_key for p in papers(library) if p.title.startswith("Velvet")))
    exporting.cite(library, [loose])
    assert "@misc{k, title = {Velvet" not in back(library, folder)  # her document cites it by another key now


def papers(library: Library):
    return reading.papers(library, searching.find(library).ids)


def test_papers_that_are_not_of_the_file_stand_behind_its_last_entry(library: Library, folder: Path) -> None:
    brought(library, folder, BY_HAND.replace("\n", "\r\n"))
    fresh, _ = editing.add_paper(library, {"title": "A fresh paper of ember beetles"})
    data, done = written(library, folder)
    text = data.decode()
    assert (done.written, done.kept) == (10, 9)
    assert "\r\n}\r\n\r\n@misc{" in text
    assert text.index("A fresh paper") < text.index("jabref-meta: grouping")
    start = text.index("@misc{" + reading.papers(library, [fresh])[0].citation_key)
    end = text.index("}\r\n@comment{jabref-meta: grouping") + 1
    assert text[: start - 4] + text[end:] == BY_HAND.replace("\n", "\r\n")
    assert "\n" not in text[start:end].replace("\r\n", "")


def test_letters_that_the_encoding_of_the_file_lacks(library: Library, folder: Path) -> None:
    brought(library, folder, LATIN.encode("cp1252"))
    editing.set_fields(library, [id_of(library, "a")], {"title": "Größe α"})
    fresh, _ = editing.add_paper(library, {"title": "北京 ember", "authors": "Ünal, Źoe"})
    for encoding in ("latex", "unicode"):
        data, _ = written(library, folder, encoding=encoding)
        text = data.decode("cp1252")
        assert "% “quoted” – dash\n" in text
        assert "author = {Müller, Jürgen}" in text
        assert "\\alpha" in text
        assert f"@misc{{{reading.papers(library, [fresh])[0].citation_key}," in text


def test_nothing_else_goes_into_a_file_of_wide_letters(library: Library, folder: Path) -> None:
    wide = "\ufeff@misc{a, title = {Amber}}\n".encode("utf-16-le")
    brought(library, folder, wide)
    assert written(library, folder)[0] == wide
    editing.add_paper(library, {"title": "Ember beetles"})
    assert b"@misc{a, title = {Amber}}" in written(library, folder)[0]


def test_another_small_bibliography_joins_the_big_one(library: Library, folder: Path) -> None:
    brought(library, folder, BY_HAND)
    other = '@string{kettles = "Another journal"}\n@string{both = "Both"}\n% mine\n' + (
        "@article{small,\n  title = {Thistle glaciers at sea},\n  journal = kettles # both,\n  year = 2001\n}\n"
    )
    brought(library, folder, other, "other.bib")
    text = back(library, folder)
    assert '  journal = "Another journal" # "Both",\n' in text
    assert differing(BY_HAND, text)[0] == []
    assert "% mine" not in text


def test_what_is_in_the_trash_leaves_no_trace_and_what_was_deleted_neither(library: Library, folder: Path) -> None:
    brought(library, folder, BY_HAND)
    book = "@book{after,\n  title  = {After the broken one},\n  author = {Xoe, Xi},\n  publisher = {Harbour}\n}\n"
    glued = BY_HAND[BY_HAND.index("   @misc{glued") : BY_HAND.index(" the end of a line")]
    editing.trash(library, [id_of(library, "after"), id_of(library, "glued"), id_of(library, "Doe2020")])
    begin, end = BY_HAND.index("@Article"), BY_HAND.index("   % not sure")
    expected = BY_HAND.replace(book, "").replace(glued.strip(), "").replace(BY_HAND[begin:end], "")
    assert back(library, folder) == expected
    editing.empty_trash(library)
    assert back(library, folder) == expected


def test_a_deleted_entry_takes_one_blank_line_with_it(library: Library, folder: Path) -> None:
    entry = "@misc{{{0}, title = {{{1} and nothing else}}}}\n"
    one, two, three = (entry.format(*pair) for pair in (("a", "Amber"), ("b", "Velvet"), ("c", "Quartz")))
    brought(library, folder, f"{one}\n{two}\n{three}")
    editing.trash(library, [id_of(library, "b")])
    assert back(library, folder) == f"{one}\n{three}"
    editing.trash(library, [id_of(library, "c")])
    assert back(library, folder) == one
    editing.restore(library, [2])
    editing.trash(library, [1])
    assert back(library, folder) == two


def test_the_file_that_is_asked_for_and_else_the_newest(library: Library, folder: Path) -> None:
    first = "@misc{a, title = {Amber rivers in the north}, year = 2001}\n% one\n"
    second = first.replace("% one", "% two")
    one = brought(library, folder, first, "one.bib")
    brought(library, folder, second, "two.bib")
    assert back(library, folder) == second
    assert back(library, folder, scope=f"dump:#{one.source_id}") == first
    assert back(library, folder, scope='dump:"one.bib"') == first


def test_a_source_of_which_nothing_but_lines_is_kept(library: Library, folder: Path) -> None:
    pasted = "@misc{a,\n  title = {Amber rivers}\n}\n\n% mine\n"
    importing.import_text(library, pasted, silent)
    assert back(library, folder) == pasted


def test_a_source_can_be_shown_and_read_again(library: Library, folder: Path) -> None:
    from db.services import rereading

    result = brought(library, folder, BY_HAND.replace("\n", "\r\n"))
    assert sources.text(library, result.source_id or 0) == BY_HAND.split("\n")[:-1]
    assert not rereading.difference(library, result.source_id or 0, silent)
    rereading.apply(library, result.source_id or 0, silent)
    assert back(library, folder) == BY_HAND.replace("\n", "\r\n")


def test_a_key_by_hand_goes_into_the_file_and_into_what_points_to_it(library: Library, folder: Path) -> None:
    text = (
        "@inproceedings{child, title = {Amber kettles boil}, crossref = {Vol}, pages = {1--9}}\n"
        "@proceedings{vol,\n  title = {Proc. of Kettles},\n  year = {2021},\n}\n"
    )
    brought(library, folder, text)
    keys.set_key(library, id_of(library, "vol"), "kettles2021")
    expected = text.replace("{Vol}", "{kettles2021}").replace("{vol,", "{kettles2021,")
    assert back(library, folder) == expected


def test_a_child_that_changed_takes_from_a_parent_of_a_new_key_what_it_took_before(
    library: Library, folder: Path
) -> None:
    text = (
        "@inproceedings{child, title = {Amber kettles boil}, crossref = {Vol}}\n"
        "@proceedings{Vol, title = {Proc. of Kettles}, booktitle = {Proc. of Kettles}, year = 2019}\n"
    )
    brought(library, folder, text)
    keys.set_key(library, id_of(library, "Vol"), "Kettles19")
    editing.set_fields(library, [id_of(library, "child")], {"title": "Amber kettles cool"})
    assert back(library, folder) == text.replace("boil", "cool").replace("{Vol", "{Kettles19")


def test_a_parent_in_the_trash_stays_for_its_children(library: Library, folder: Path) -> None:
    text = (
        "@inproceedings{child, title = {Amber kettles boil}, crossref = {vol}}\n"
        "@proceedings{vol, title = {Proc. of Kettles}, crossref = {series}}\n"
        "@misc{other, title = {Velvet maps of a quiet harbour}}\n"
        "@mvproceedings{series, title = {All kettles}}\n"
    )
    brought(library, folder, text)
    editing.trash(library, [id_of(library, key) for key in ("vol", "series", "other")])
    assert back(library, folder) == text.replace("@misc{other, title = {Velvet maps of a quiet harbour}}\n", "")
