"""Both profiles to the letter: types, fields and their order, what is kept and what is never invented."""

from __future__ import annotations

import dataclasses

import pytest

from db.domain.formats.bibread import read_text
from db.domain.formats.bibwrite import BibEntry, ExportOptions, bibtex, missing, unprintable, write
from db.domain.formats.bibwrite.writer import _place
from db.domain.records import Attachment, Date, Issue, Person, Record

BIBLATEX = ExportOptions(profile="biblatex")
PREPRINT = BibEntry(
    "doe-lanterns-2024",
    "Amber Lanterns for LLMs",
    (Person("Doe", "Jane"), Person("Müller", "Jörg")),
    Date(2024, 3, 18),
    abstract="We study lanterns.",
    url="https://arxiv.org/abs/2403.01234",
    arxiv_id="2403.01234",
    doi="10.48550/arXiv.2403.01234",
    fields={"primaryclass": "cs.CL"},
    aliases=("doe24", "lanterns"),
)


def export(entry: BibEntry, options: ExportOptions | None = None, **more: object) -> str:
    return "".join(write([entry._replace(**more)], options))


def names(text: str) -> list[str]:
    return [line.split(" = ")[0].strip() for line in text.splitlines() if " = " in line]


def back(text: str) -> Record:
    (entry,) = [item for item in read_text(text) if isinstance(item, Record | Issue)]
    assert isinstance(entry, Record)
    return entry


def test_a_preprint_in_bibtex() -> None:
    assert export(PREPRINT) == (
        "@misc{doe-lanterns-2024,\n"
        "  title = {Amber Lanterns for {LLM}s},\n"
        '  author = {Doe, Jane and M{\\"{u}}ller, J{\\"{o}}rg},\n'
        "  year = {2024},\n"
        "  month = mar,\n"
        "  day = {18},\n"
        "  doi = {10.48550/arXiv.2403.01234},\n"
        "  eprint = {2403.01234},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2403.01234},\n"
        "  abstract = {We study lanterns.},\n"
        "}\n\n"
    )


def test_a_preprint_in_biblatex() -> None:
    assert export(PREPRINT, BIBLATEX) == (
        "@online{doe-lanterns-2024,\n"
        "  ids = {doe24, lanterns},\n"
        "  title = {Amber Lanterns for {LLM}s},\n"
        '  author = {Doe, Jane and M{\\"{u}}ller, J{\\"{o}}rg},\n'
        "  date = {2024-03-18},\n"
        "  pubstate = {preprint},\n"
        "  doi = {10.48550/arXiv.2403.01234},\n"
        "  eprint = {2403.01234},\n"
        "  eprinttype = {arxiv},\n"
        "  eprintclass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2403.01234},\n"
        "  abstract = {We study lanterns.},\n"
        "}\n\n"
    )


@pytest.mark.parametrize(
    ("venue", "kind", "field", "biblatex"),
    [
        ("NeurIPS 2024", "inproceedings", "booktitle", "booktitle"),
        ("Proceedings of the 41st Kettle Conference", "inproceedings", "booktitle", "booktitle"),
        ("VKDB 2023", "inproceedings", "booktitle", "booktitle"),
        ("ICLR 2024 (Spotlight)", "inproceedings", "booktitle", "booktitle"),
        ("Transactions on Machine Learning Research", "article", "journal", "journaltitle"),
        ("TMLR", "article", "journal", "journaltitle"),
        ("Nature 2023", "article", "journal", "journaltitle"),
        ("Proceedings of the National Academy of Sciences", "article", "journal", "journaltitle"),
    ],
)
def test_a_published_paper_keeps_its_eprint(venue: str, kind: str, field: str, biblatex: str) -> None:
    text, modern = export(PREPRINT, venue=venue), export(PREPRINT, BIBLATEX, venue=venue)
    assert text.startswith(f"@{kind}{{doe")
    assert modern.startswith(f"@{kind}{{doe")
    assert f"  {field} = {{{venue}}},\n" in text
    assert f"  {biblatex} = {{{venue}}},\n" in modern
    assert "eprint = {2403.01234}" in text
    assert "eprinttype = {arxiv}" in modern
    assert "pubstate" not in modern


@pytest.mark.parametrize("venue", ["arXiv preprint", "CoRR", "Hugging Face blog", "Under review at ICLR 2025"])
def test_what_is_no_publication_makes_no_article(venue: str) -> None:
    assert export(PREPRINT, venue=venue).startswith("@misc{")
    assert export(PREPRINT, BIBLATEX, venue=venue).startswith("@online{")


PUBLISHED = PREPRINT._replace(
    venue="Journal of Amber Lanterns",
    keywords=("to read", "dpo"),
    seen=("full.txt, record 3",),
    files=(Attachment("/home/jane/lanterns.pdf", "", "application/pdf"),),
    notes="Read twice.",
    status="read",
    rating=4,
    fields={"primaryclass": "cs.CL", "volume": "3", "number": "2", "pages": "1--9", "publisher": "Kettle & Sons"},
)
EVERYTHING = {"note": True, "files": True, "personal": True}


def test_a_published_paper_in_bibtex_with_everything() -> None:
    assert export(PUBLISHED, ExportOptions(**EVERYTHING)) == (
        "@article{doe-lanterns-2024,\n"
        "  title = {Amber Lanterns for {LLM}s},\n"
        '  author = {Doe, Jane and M{\\"{u}}ller, J{\\"{o}}rg},\n'
        "  journal = {Journal of Amber Lanterns},\n"
        "  publisher = {Kettle \\& Sons},\n"
        "  volume = {3},\n"
        "  number = {2},\n"
        "  pages = {1--9},\n"
        "  year = {2024},\n"
        "  month = mar,\n"
        "  day = {18},\n"
        "  doi = {10.48550/arXiv.2403.01234},\n"
        "  eprint = {2403.01234},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2403.01234},\n"
        "  keywords = {to read, dpo},\n"
        "  note = {Seen in full.txt, record 3},\n"
        "  abstract = {We study lanterns.},\n"
        "  file = {:/home/jane/lanterns.pdf:application/pdf},\n"
        "  annote = {Read twice.},\n"
        "  readstatus = {read},\n"
        "  ranking = {rank4},\n"
        "}\n\n"
    )


def test_a_published_paper_in_biblatex_with_everything() -> None:
    entry = PUBLISHED._replace(venue="Conference on Lanterns")
    assert export(entry, ExportOptions(profile="biblatex", encoding="unicode", **EVERYTHING)) == (
        "@inproceedings{doe-lanterns-2024,\n"
        "  ids = {doe24, lanterns},\n"
        "  title = {Amber Lanterns for {LLM}s},\n"
        "  author = {Doe, Jane and Müller, Jörg},\n"
        "  booktitle = {Conference on Lanterns},\n"
        "  publisher = {Kettle \\& Sons},\n"
        "  volume = {3},\n"
        "  number = {2},\n"
        "  pages = {1--9},\n"
        "  date = {2024-03-18},\n"
        "  doi = {10.48550/arXiv.2403.01234},\n"
        "  eprint = {2403.01234},\n"
        "  eprinttype = {arxiv},\n"
        "  eprintclass = {cs.CL},\n"
        "  url = {https://arxiv.org/abs/2403.01234},\n"
        "  keywords = {to read, dpo},\n"
        "  note = {Seen in full.txt, record 3},\n"
        "  abstract = {We study lanterns.},\n"
        "  file = {:/home/jane/lanterns.pdf:application/pdf},\n"
        "  annotation = {Read twice.},\n"
        "  readstatus = {read},\n"
        "  ranking = {rank4},\n"
        "}\n\n"
    )


@pytest.mark.parametrize("brought", [True, False])
@pytest.mark.parametrize("kind", ["misc", "online"])
@pytest.mark.parametrize("venue", [None, "arXiv preprint"])
def test_a_preprint_has_the_type_of_the_profile_wherever_it_came_from(
    brought: bool, kind: str, venue: str | None
) -> None:
    entry = PREPRINT._replace(entry_type=kind, brought=brought, venue=venue)
    assert export(entry).startswith("@misc{")
    modern = export(entry, BIBLATEX)
    assert modern.startswith("@online{")
    assert "  pubstate = {preprint},\n" in modern
    said = entry._replace(fields={"pubstate": "submitted"})
    assert "  pubstate = {submitted},\n" in export(said, BIBLATEX)
    assert "  pubstate = {preprint},\n" in export(said, ExportOptions(profile="biblatex", fields=False))


@pytest.mark.parametrize("options", [ExportOptions(), BIBLATEX])
@pytest.mark.parametrize("doi", ["10.1000/182", "https://doi.org/10.1000/182", "doi:10.1000/182"])
def test_a_doi_is_bare(doi: str, options: ExportOptions) -> None:
    assert "  doi = {10.1000/182},\n" in export(PREPRINT, options, doi=doi)


@pytest.mark.parametrize(("month", "macro"), list(enumerate(bibtex.MONTHS, start=1)))
def test_months_are_macros(month: int, macro: str) -> None:
    assert f"  month = {macro},\n" in export(PREPRINT, date=Date(2024, month))
    assert f"  date = {{2024-{month:02d}}},\n" in export(PREPRINT, BIBLATEX, date=Date(2024, month))


def test_without_anything_to_read_it_online_it_is_misc() -> None:
    bare = BibEntry("k", "T", date=Date(2024))
    assert export(bare, BIBLATEX) == "@misc{k,\n  title = {T},\n  date = {2024},\n}\n\n"
    assert export(bare, BIBLATEX, url="https://x.org").startswith("@online{")
    assert "pubstate" not in export(bare, BIBLATEX, url="https://x.org")


@pytest.mark.parametrize("kind", ["misc", "article", "phdthesis", "online", "dataset", "Software"])
def test_the_type_that_a_bibliography_brought_is_kept(kind: str) -> None:
    text = export(PREPRINT, BIBLATEX, entry_type=kind, brought=True, venue="NeurIPS")
    assert text.startswith(f"@{kind.lower()}{{")


def test_a_type_that_is_none_is_misc() -> None:
    assert export(PREPRINT, entry_type="x{y").startswith("@misc{")


@pytest.mark.parametrize(
    ("date", "iso"), [(Date(2024), "2024"), (Date(2024, 3), "2024-03"), (Date(824, 1, 2), "0824-01-02")]
)
def test_dates_in_biblatex(date: Date, iso: str) -> None:
    assert f"date = {{{iso}}}" in export(PREPRINT, BIBLATEX, date=date)


def test_no_year_no_date() -> None:
    text = export(PREPRINT, BIBLATEX, date=Date(None, 3))
    assert "date = " not in text
    assert "author" not in names(export(PREPRINT, BIBLATEX, authors=()))


def test_a_range_that_a_bibliography_said_stays() -> None:
    fields = {"date": "2020-01/2020-03~", "year": "2020", "month": "1"}
    text = export(PREPRINT, BIBLATEX, fields=fields, date=Date(2020, 1))
    assert "date = {2020-01/2020-03~}" in text
    assert not {"year", "month"} & set(names(text))


def test_fields_get_the_names_of_the_profile() -> None:
    fields = {"location": "Bern", "eprintclass": "cs.LG", "journaltitle": "Kettles", "pages": "1--2"}
    entry = PREPRINT._replace(fields=fields, venue="Kettles", entry_type="article", brought=True)
    old, new = names(export(entry)), names(export(entry, BIBLATEX))
    assert {"address", "journal", "primaryClass"} <= set(old)
    assert not {"location", "journaltitle", "eprintclass"} & set(old)
    assert {"location", "journaltitle", "eprintclass"} <= set(new)
    modern = entry._replace(fields={"address": "Bern", "primaryclass": "cs.LG", "journal": "Kettles"})
    assert {"location", "journaltitle", "eprintclass"} <= set(names(export(modern, BIBLATEX)))
    assert not {"address", "journal", "primaryclass", "primaryClass"} & set(names(export(modern, BIBLATEX)))


@pytest.mark.parametrize(
    ("own", "other"),
    [("report", "techreport"), ("collection", "book"), ("mvbook", "book"), ("inreference", "incollection")],
)
def test_types_that_bibtex_does_not_know_get_the_nearest_that_it_does(own: str, other: str) -> None:
    entry = PREPRINT._replace(entry_type=own, brought=True)
    assert export(entry).startswith(f"@{other}{{")
    assert export(entry, BIBLATEX).startswith(f"@{own}{{")


def test_the_type_of_a_report_is_no_word_of_biblatex() -> None:
    fields = {"type": "resreport", "institution": "Harbour Lab"}
    entry = PREPRINT._replace(entry_type="report", venue="Harbour Lab", fields=fields, brought=True)
    assert "  institution = {Harbour Lab},\n" in export(entry)
    assert "  type = {Research Report},\n" in export(entry)
    assert "  type = {resreport},\n" in export(entry, BIBLATEX)


def test_the_order_is_that_of_the_table_with_and_without_other_fields() -> None:
    full = PREPRINT._replace(venue="NeurIPS", keywords=("a",), seen=("x",), notes="n", status="read", rating=2)
    for profile in ("bibtex", "biblatex"):
        options = ExportOptions(profile=profile, personal=True)
        bare = names(export(full._replace(fields={}), options))
        assert bare == sorted(bare, key=lambda name: _place((name, "")))
        mixed = names(export(full._replace(fields={"volume": "3", "zebra": "z", "editor": "E"}), options))
        assert mixed == sorted(mixed, key=lambda name: _place((name, "")))
        assert mixed.index("zebra") < mixed.index("abstract")


@pytest.mark.parametrize(
    ("option", "gone"),
    [
        ("abstract", {"abstract"}),
        ("keywords", {"keywords"}),
        ("files", {"file"}),
        ("note", {"note"}),
        ("url", {"url"}),
        ("fields", {"volume", "number", "pages", "publisher"}),
        ("personal", {"annote", "annotation", "readstatus", "ranking"}),
    ],
)
@pytest.mark.parametrize("profile", ["bibtex", "biblatex"])
def test_each_field_is_on_or_off_and_nothing_else_changes(option: str, gone: set[str], profile: str) -> None:
    full = ExportOptions(profile=profile, **EVERYTHING)
    on, off = export(PUBLISHED, full), export(PUBLISHED, dataclasses.replace(full, **{option: False}))
    assert [name for name in names(on) if name not in gone] == names(off)
    assert len(names(off)) < len(names(on))
    assert set(off.splitlines()) < set(on.splitlines())


def test_unicode_stays_and_only_latexs_own_characters_are_escaped() -> None:
    entry = PREPRINT._replace(title="Größe von 大语言模型: 50% α & {x", authors=(Person("Чехов", "Антон"),))
    text = export(entry, ExportOptions(profile="biblatex", encoding="unicode"))
    assert "title = {Größe von 大语言模型: 50\\% α \\& {\\textbraceleft}x}" in text
    assert "author = {Чехов, Антон}" in text
    assert "-unicode" not in text
    assert back(text).title == entry.title


def test_what_biber_reads_letter_by_letter_holds_no_latex() -> None:
    text = export(PREPRINT, BIBLATEX, doi="10.1000/a_b{c%d", url="https://x.org/~a_b%20c#d", fields={})
    assert "doi = {10.1000/a_b%7Bc%d}" in text
    assert "url = {https://x.org/~a_b%20c#d}" in text
    assert "doi = {10.1000/a\\_b}" in export(PREPRINT, doi="10.1000/a_b")


@pytest.mark.parametrize(
    ("person", "spelled"),
    [
        (Person("$5", "\\input{x}"), "S5, /inputx"),
        (Person("& Sons", "A"), "{Sons}, A"),
        (Person("Kettle & Sons", ""), "{Kettle \\& Sons}"),
        (Person("Αλέξης", "Ψ."), "Alexes, Ps."),
        (Person("Чехов", "А."), "Chekhov, A."),
        (Person("{", ""), "{}"),
        (Person("%", ""), "{}"),
    ],
)
def test_names_for_biber_are_letters_and_the_name_stands_beside_them(person: Person, spelled: str) -> None:
    text = export(PREPRINT, BIBLATEX, authors=(person,))
    assert f"author = {{{spelled}}}" in text
    assert ("author-unicode" in text) == (person.family != "Kettle & Sons")
    assert back(text).authors == (person,)


def test_only_keys_that_are_keys_become_ids() -> None:
    text = export(PREPRINT, BIBLATEX, aliases=("a,b", "ok", "x}", PREPRINT.key), fields={"ids": "brought, ok"})
    assert "ids = {ok, brought}" in text
    assert "ids" not in names(export(PREPRINT))


def test_the_class_comes_from_fields_or_the_only_tag_that_is_one() -> None:
    def of(**more: object) -> str | None:
        text = export(PREPRINT, **more)
        return next((line.split("{")[1][:-2] for line in text.splitlines() if "primaryClass" in line), None)

    assert of(fields={}) is None
    assert of(fields={"primary_category": "stat.ML"}) == "stat.ML"
    assert of(fields={"categories": "cs.CV cs.AI"}) == "cs.CV"
    assert of(fields={}, keywords=("to read", "cs.CL")) == "cs.CL"
    assert of(fields={}, keywords=("cs.AI", "cs.CL")) is None
    assert of(fields={"primaryclass": "x}y"}) is None
    assert of(arxiv_id=None) is None


def test_venues_are_abbreviated_by_the_mapping_alone() -> None:
    shorter = {"Conference on Kettles": "KETT"}
    long = "Proceedings of the 12th Conference on Kettles (2024)"
    assert f"booktitle = {{{long}}}" in export(PREPRINT, venue=long)
    assert "booktitle = {KETT}" in export(PREPRINT, ExportOptions(venues=shorter), venue=long)
    assert "journal = {Others}" in export(PREPRINT, ExportOptions(venues=shorter), venue="Others")


def test_what_is_incomplete_is_said_and_read_over() -> None:
    bare = BibEntry("k", "Only a title")
    wanted = ExportOptions(comment_incomplete=True)
    assert export(bare, wanted) == "% incomplete: author, year\n@misc{k,\n  title = {Only a title},\n}\n\n"
    assert back(export(bare, wanted)).title == "Only a title"
    assert "%" not in export(bare)
    assert "%" not in export(PREPRINT, wanted)
    article = PREPRINT._replace(entry_type="article", fields={})
    assert missing(article) == ("journal",)
    assert missing(article._replace(entry_type="inproceedings")) == ("booktitle",)
    assert missing(article._replace(entry_type="inproceedings", fields={"crossref": "x"})) == ()
    assert missing(article._replace(entry_type="book", authors=(), venue="P", fields={"editor": "E"})) == ()


@pytest.mark.parametrize("options", [ExportOptions(), BIBLATEX, ExportOptions(profile="biblatex", encoding="unicode")])
def test_every_profile_is_read_back(options: ExportOptions) -> None:
    entry = PREPRINT._replace(title="Étude {x} of $a_1$ & ế", keywords=("to read",))
    found = back(export(entry, options))
    assert (found.title, found.authors, found.arxiv_id, found.doi, found.keywords) == (
        entry.title, entry.authors, entry.arxiv_id, entry.doi, entry.keywords,
    )  # fmt: skip
    assert (found.date.year, found.date.month, found.date.day) == (2024, 3, 18)


LOSSY = PREPRINT._replace(
    title="Über ℝ und ❤\ufe0f",
    authors=(Person("Чехов", "Ψ."),),
    venue="学报",
    keywords=("机器", "b"),
    notes="gut ✓",
    abstract="ok ≤ 3",
    fields={"location": "北京", "note": "见 p. 3", "journal": "学报"},
    entry_type="article",
    brought=True,
    aliases=(),
)


@pytest.mark.parametrize("profile", ["bibtex", "biblatex"])
def test_what_latex_cannot_print_is_named_and_kept_whole(profile: str) -> None:
    options = ExportOptions(profile=profile, personal=True)
    found = dict(unprintable(options)(LOSSY))
    modern = profile == "biblatex"
    place, venue, annote = ("location", "journaltitle", "annotation") if modern else ("address", "journal", "annote")
    assert found == {
        "author": ("Ч", "е", "х", "о", "в", *("Ψ" * modern)),
        "title": ("ℝ", "❤", "\ufe0f"),
        venue: ("学", "报"),
        "keywords": ("机", "器"),
        "note": ("见",),
        annote: ("✓",),
        place: ("北", "京"),
    }
    text = export(LOSSY, options)
    assert {name.removesuffix("-unicode") for name in names(text) if name.endswith("-unicode")} == set(found)
    assert len(names(text)) == len(set(names(text)))
    whole = back(text)
    assert (whole.title, whole.authors, whole.venue) == (LOSSY.title, LOSSY.authors, LOSSY.venue)
    assert (whole.keywords, whole.notes, whole.fields) == (
        LOSSY.keywords,
        LOSSY.notes,
        {place: "北京", "note": "见 p. 3"},
    )


def test_what_is_not_written_or_written_in_unicode_is_not_named() -> None:
    few = ExportOptions(keywords=False, note=False, fields=False, venues={"学报": "Reports"})
    assert [name for name, _characters in unprintable(few)(LOSSY)] == ["author", "title"]
    assert unprintable(ExportOptions(encoding="unicode"))(LOSSY) == []
    assert unprintable(ExportOptions())(PREPRINT) == []
