"""What the fields of an entry say: names, dates, identifiers, files, keywords, notes, and all the others."""

from __future__ import annotations

import pytest
from bibs import one, read

from db.domain.formats.bibread import folders
from db.domain.records import Attachment, Date, Person, Status


@pytest.mark.parametrize(
    ("names", "people"),
    [
        ("Jane Doe and Doe, John", [("Doe", "Jane"), ("Doe", "John")]),
        ("Ludwig van Beethoven", [("van Beethoven", "Ludwig")]),
        ("de la Cruz, Ana Maria", [("de la Cruz", "Ana Maria")]),
        ("van den Berg, Jr, Piet", [("van den Berg, Jr", "Piet")]),
        ("{Barnes and Noble, Inc.}", [("Barnes and Noble, Inc.", "")]),
        ("{The Sheaf Team} and Jane Doe", [("The Sheaf Team", ""), ("Doe", "Jane")]),
        ("Donald~E. Knuth", [("Knuth", "Donald E.")]),
        ('M{\\"u}ller, J{\\"u}rgen', [("Müller", "Jürgen")]),
        ("{\\'E}tienne {\\O}sterg{\\aa}rd", [("Østergård", "Étienne")]),
        ("{\\o}ystein {\\'e}tat Moe", [("øystein état Moe", "")]),
        ("haotian liu", [("liu", "haotian")]),
        ("Plato", [("Plato", "")]),
        ("李明 and 王, 芳", [("李明", ""), ("王", "芳")]),
        ("Doe, J.; Roe, R. K.; Moe, M.", [("Doe", "J."), ("Roe", "R. K."), ("Moe", "M.")]),
        ("Jane Doe, Rick Roe, Max Moe, Tim Tam", [("Doe", "Jane"), ("Roe", "Rick"), ("Moe", "Max"), ("Tam", "Tim")]),
        ("Jane Doe\n  AND   Rick Roe", [("Doe", "Jane"), ("Roe", "Rick")]),
        ("family=Harman, given=Hans, prefix=van, suffix=Jr", [("van Harman, Jr", "Hans")]),
        ('given=Jean, prefix=de la, family="Rue Noire" and Doe, Jane', [("de la Rue Noire", "Jean"), ("Doe", "Jane")]),
        ("Anderson, Jane and Brand, Sandy", [("Anderson", "Jane"), ("Brand", "Sandy")]),
    ],
)
def test_names(names: str, people: list[tuple[str, str]]) -> None:
    record = one(f"author = {{{names}}}")
    assert record.authors == tuple(Person(*person) for person in people)
    assert record.author_count == len(people)


def test_and_others_means_that_nobody_knows_how_many() -> None:
    record = one("author = {Doe, Jane and others}")
    assert (record.authors, record.author_count) == ((Person("Doe", "Jane"),), None)


def test_editors_are_no_authors() -> None:
    record = one("editor = {Doe, Jane and Roe, Rick}", "book")
    assert record.authors == ()
    assert record.fields["editor"] == "Doe, Jane and Roe, Rick"


@pytest.mark.parametrize(
    ("fields", "date", "left"),
    [
        ("year = 2020", Date(2020), {}),
        ("year = {2020}, month = mar", Date(2020, 3), {}),
        ("year = 2020, month = {March}", Date(2020, 3), {}),
        ("year = 2020, month = {03}", Date(2020, 3), {}),
        ("year = 2020, month = 10 # {~} # jan", Date(2020, 1, 10), {}),
        ("year = 2020, month = jan # {~10}", Date(2020, 1, 10), {}),
        ("year = 2020, month = {Jan. 10}", Date(2020, 1, 10), {}),
        ("year = 2020, month = {September--October}", Date(2020, 9), {"month": "September--October"}),
        ("year = 2020, month = 2, day = 30", Date(2020, 2), {"day": "30"}),
        ("year = 2020, month = 2, day = 29", Date(2020, 2, 29), {}),
        ("year = {in press}", Date(), {"year": "in press"}),
        ("year = {c. 1999}", Date(1999), {"year": "c. 1999"}),
        ("year = {2010a}", Date(2010), {"year": "2010a"}),
        ("date = {2024-05-03}", Date(2024, 5, 3), {}),
        ("date = {2024-05}, year = {2023}", Date(2024, 5), {"year": "2023"}),
        ("date = {2024}, year = {2024}", Date(2024), {}),
        ("date = {2024~}", Date(2024), {"date": "2024~"}),
        ("date = {1984-03/1986}", Date(1984, 3), {"date": "1984-03/1986"}),
        ("date = {2004-21}", Date(2004), {"date": "2004-21"}),
        ("date = {3 March 2020}", Date(2020, 3, 3), {"date": "3 March 2020"}),
        ("date = {2020-13-77}", Date(2020), {"date": "2020-13-77"}),
        ("month = may", Date(None, 5), {}),
    ],
)
def test_dates(fields: str, date: Date, left: dict[str, str]) -> None:
    record = one(fields)
    assert record.date == date
    assert dict(record.fields) == left


@pytest.mark.parametrize(
    ("fields", "doi", "arxiv_id", "left"),
    [
        ("doi = {10.1000/ab_c}", "10.1000/ab_c", None, ""),
        ("doi = {10.1000/ab\\_c}", "10.1000/ab_c", None, ""),
        ("doi = {https://doi.org/10.1000/x}", "10.1000/x", None, ""),
        ("doi = {http://dx.doi.org/10.1000/x}", "10.1000/x", None, ""),
        ("doi = {doi: 10.1002/(SICI)10<1::A>3.0.CO;2-P}", "10.1002/(SICI)10<1::A>3.0.CO;2-P", None, ""),
        ("doi = {none yet}", None, None, "doi"),
        ("url = {https://doi.org/10.1000/x}", "10.1000/x", None, ""),
        (
            "eprint = {2301.01234v3}, archivePrefix = {arXiv}, primaryClass = {cs.LG}",
            None,
            "2301.01234",
            "primaryclass",
        ),
        ("eprint = {arXiv:2301.01234}, eprinttype = {arxiv}", None, "2301.01234", ""),
        ("eprint = {hep-th/9901001v2}, archiveprefix = arXiv", None, "hep-th/9901001", ""),
        (
            "eprint = {9901001}, archiveprefix = {arXiv}, primaryclass = {hep-th}",
            None,
            "hep-th/9901001",
            "primaryclass",
        ),
        ("eprint = {4HIW}, eprinttype = {googlebooks}", None, None, "eprint eprinttype"),
        ("journal = {arXiv preprint arXiv:2301.01234}", None, "2301.01234", ""),
        ("journal = {CoRR abs/2301.01234}", None, "2301.01234", ""),
        ("journal = {CoRR}, volume = {abs/2301.01234}", None, "2301.01234", "volume"),
        ("number = {arXiv:2301.01234}, publisher = {arXiv}", None, "2301.01234", "number publisher"),
        ("note = {arXiv:2301.01234 [cs]}", None, "2301.01234", "note"),
        ("note = {A reply to arXiv:2301.01234}", None, None, "note"),
        ("doi = {10.48550/arXiv.2301.01234}", "10.48550/arXiv.2301.01234", "2301.01234", ""),
        ("url = {http://arxiv.org/abs/2301.01234v1}", None, "2301.01234", ""),
    ],
)
def test_identifiers(fields: str, doi: str | None, arxiv_id: str | None, left: str) -> None:
    record = one(fields)
    assert (record.doi, record.arxiv_id) == (doi, arxiv_id)
    assert sorted(record.fields) == sorted(left.split())


def test_addresses() -> None:
    record = one("url = {https://x.org/a\\_b?c=1\\%202}, abstract = {Code: https://github.com/x/y.}")
    assert record.urls == ("https://x.org/a_b?c=1%202", "https://github.com/x/y")
    assert not record.fields
    assert one("howpublished = {\\url{http://x.org/~me}}", "misc").urls == ("http://x.org/~me",)
    assert one("url = {see the shelf}").fields == {"url": "see the shelf"}


@pytest.mark.parametrize(
    ("value", "files"),
    [
        (":path/a.pdf:PDF", [("path/a.pdf", "", "application/pdf")]),
        ("Full text:a\\:b\\;c.pdf:PDF", [("a:b;c.pdf", "Full text", "application/pdf")]),
        (":a.pdf:PDF;B:d.html:URL", [("a.pdf", "", "application/pdf"), ("d.html", "B", "text/html")]),
        ("a.pdf:sub\\\\dir\\\\a.pdf:PDF", [("sub\\dir\\a.pdf", "a.pdf", "application/pdf")]),
        ("Full Text PDF:files/12/x.pdf:application/pdf", [("files/12/x.pdf", "Full Text PDF", "application/pdf")]),
        ("T:C\\:\\\\Users\\\\x\\\\a.pdf:application/pdf", [("C:\\Users\\x\\a.pdf", "T", "application/pdf")]),
        ("C:\\Users\\x\\a.pdf", [("C:\\Users\\x\\a.pdf", "", "application/pdf")]),
        (":home/me/Doe{\\_}2020.pdf:pdf", [("home/me/Doe_2020.pdf", "", "application/pdf")]),
        (":C$\\backslash$:/Users/me/a.pdf:pdf", [("C:/Users/me/a.pdf", "", "application/pdf")]),
        ("/tmp/a.txt, /tmp/b.txt", [("/tmp/a.txt", "", "text/plain"), ("/tmp/b.txt", "", "text/plain")]),
        ("/home/x/Zotero/storage/ABCD2345/a.pdf", [("/home/x/Zotero/storage/ABCD2345/a.pdf", "", "application/pdf")]),
        ("a.pdf", [("a.pdf", "", "application/pdf")]),
        (":http\\://arxiv.org/pdf/0803.0142v1:PDF", [("http://arxiv.org/pdf/0803.0142v1", "", "application/pdf")]),
        ("file://localhost/Users/me/A%20b.pdf", [("/Users/me/A b.pdf", "", "application/pdf")]),
        ("", []),
    ],
)
def test_files(value: str, files: list[tuple[str, str, str]]) -> None:
    record = one(f"file = {{{value}}}")
    assert record.attachments == tuple(Attachment(*file) for file in files)
    assert not record.fields


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("to read, dpo", ("to read", "dpo")),
        ("Humans; Neoplasms, Experimental; Mice", ("Humans", "Neoplasms, Experimental", "Mice")),
        ("{a, b}, R\\&D", ("a, b", "R&D")),
        ("one", ("one",)),
        ("a, a, , b", ("a", "b")),
    ],
)
def test_keywords(value: str, words: tuple[str, ...]) -> None:
    assert one(f"keywords = {{{value}}}").keywords == words


def test_mendeleys_tags_are_keywords_too() -> None:
    assert one("keywords = {a,b}, mendeley-tags = {b,c}").keywords == ("a", "b", "c")


def test_notes_of_a_person_and_those_of_the_publication() -> None:
    record = one("annote = {Read\n  this}, comment-jane = {Fine}, review = {Weak}, note = {In print}, comment = {}")
    assert record.notes == "Read\nthis\n\njane: Fine\n\nWeak"
    assert record.fields == {"note": "In print"}


def test_marks_of_jabref() -> None:
    record = one("ranking = {rank4}, readstatus = {skimmed}, priority = {prio1}, owner = {me}")
    assert (record.rating, record.status) == (4, Status.READING)
    assert record.fields == {"priority": "prio1", "owner": "me"}
    assert one("readstatus = {read}").status is Status.READ
    assert one("readstatus = {half}").fields == {"readstatus": "half"}


def test_titles() -> None:
    assert one('title = {{The {LLM} of $x_1$ \\& B{\\"o}hm}}').title == "The LLM of $x_1$ & Böhm"
    record = one("title = {Kettles}, subtitle = {A Survey}")
    assert (record.title, dict(record.fields)) == ("Kettles: A Survey", {})
    assert one("title = {Kettles?}, subtitle = {A Survey}").title == "Kettles? A Survey"
    assert one("title = {On \\enquote{quotes} and \\href{http://x.org}{links}}").title == "On “quotes” and links"


@pytest.mark.parametrize(
    ("kind", "fields", "venue", "left"),
    [
        ("article", "journal = {J. {ML}}", "J. ML", ""),
        ("article", "journaltitle = {J. ML}", "J. ML", ""),
        ("inproceedings", "booktitle = {Proc. ML}, publisher = {P}", "Proc. ML", "publisher"),
        ("phdthesis", "school = {A School}", "A School", ""),
        ("book", "publisher = {P}", "P", ""),
        ("article", "publisher = {P}", "P", "publisher"),
        ("misc", "howpublished = {A talk}", "A talk", ""),
        ("misc", "journal = {J}", "J", "journal"),
    ],
)
def test_venues_stay_fields_where_an_export_would_name_them_otherwise(
    kind: str, fields: str, venue: str, left: str
) -> None:
    record = one(fields, kind)
    assert record.venue == venue
    assert sorted(record.fields) == sorted(left.split())


def test_unknown_fields_are_kept_as_plain_text() -> None:
    record = one("Foo-Bar = {Caf{\\'e} \\& {X}}, bdsk-url-1 = {http://x.org/a\\_b}, volume = 3")
    assert record.fields == {"foo-bar": "Café & X", "bdsk-url-1": "http://x.org/a_b", "volume": "3"}


def test_the_note_that_sheaf_writes_is_no_note() -> None:
    record = one("year = 2025, note = {Seen in full.txt, record 3; b.txt, record 4. Year inferred}", "misc")
    assert record.date == Date(2025, inferred=True)
    assert not record.fields
    record = one("note = {A talk. Seen in full.txt, record 3}", "misc")
    assert record.fields == {"note": "A talk"}


def test_encodings_that_matter_are_told() -> None:
    from dataclasses import replace

    from db.domain.formats.bibread import Bibtex
    from db.domain.records import Issue

    fmt, lines = Bibtex(), ["% Encoding: UTF-8", "@misc{a, title = {Ã©}}"]
    survey = fmt.survey(lines)
    told = [item for item in fmt.read(lines, replace(survey, encoding="latin-1 (guessed)")) if isinstance(item, Issue)]
    assert [issue.line for issue in told] == [1]
    assert not [item for item in fmt.read(lines, replace(survey, encoding="utf-8")) if isinstance(item, Issue)]
    assert not read("% Encoding: windows-1252\n@misc{a, title = {x}}")[1]


def test_a_whole_date_in_the_year_and_a_file_that_jabref_misprinted() -> None:
    record = one("year = {2014-09}, file = {ParsedFileField{description='', link='https://x.org/a', fileType='PDF'}}")
    assert (record.date, dict(record.fields)) == (Date(2014, 9), {})
    assert record.attachments == (Attachment("https://x.org/a", "", "application/pdf"),)


def test_the_text_beside_what_latex_cannot_print() -> None:
    record = one(
        "title = {?}, title-unicode = {大}, author = {?, ?}, author-unicode = {王, 芳; Plato}, "
        "note = {?}, note-unicode = {大}"
    )
    assert (record.title, record.authors) == ("大", (Person("王", "芳"), Person("Plato")))
    assert record.fields == {"note": "大"}


MENDELEY = r"""@article{Quill2021,
abstract = {We count amber lanterns along nine rivers.},
annote = {Read on the train.

Count again.},
author = {Quill, Ada and {van der Ember}, Bo},
file = {:C$\backslash$:/Users/ada/Mendeley Desktop/Quill - 2021 - Amber\_lanterns.pdf:pdf;:home/ada/b.pdf:pdf},
keywords = {lanterns,rivers},
mendeley-groups = {Lights/Rivers,Kettles},
mendeley-tags = {to read},
title = {{Amber lanterns over quiet rivers}},
year = {2021}
}
"""


def test_an_export_of_mendeley_arrives_with_folders_tags_notes_files_and_key() -> None:
    (record,), issues, _ledger = read(MENDELEY)

    assert not issues
    assert record.citation_key == "Quill2021"
    assert record.collections == (("Lights", "Rivers"), ("Kettles",))
    assert record.keywords == ("lanterns", "rivers", "to read")
    assert record.notes == "Read on the train.\n\nCount again."
    assert record.attachments == (
        Attachment("C:/Users/ada/Mendeley Desktop/Quill - 2021 - Amber_lanterns.pdf", "", "application/pdf"),
        Attachment("home/ada/b.pdf", "", "application/pdf"),
    )
    assert not record.fields


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("@Comment{jabref-meta: fileDirectory:pdfs;}", "pdfs"),
        (r"@comment{jabref-meta: fileDirectory:D:\\My papers\\;}", "D:\\My papers\\"),
        ("@Comment{jabref-meta: fileDirectory-ada-laptop:/home/ada/papers;}", "/home/ada/papers"),
        (r"@Comment{jabref-meta: fileDirectory:a\;b;}", "a;b"),
        ("@Comment{jabref-meta: databaseType:biblatex;}", ""),
        ("@Comment{jabref-meta: fileDirectory:;}", ""),
        ("fileDirectory = {pdfs}", ""),
    ],
)
def test_the_folder_that_jabref_keeps_files_in(line: str, named: str) -> None:
    assert folders.folder(line) == named
