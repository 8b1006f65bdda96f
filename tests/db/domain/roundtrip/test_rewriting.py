"""Entries as they stood, with single fields written anew, or written anew as a whole."""

from __future__ import annotations

from dataclasses import replace

from db.domain.formats.bibread import read_text
from db.domain.formats.bibwrite import BibEntry, ExportOptions
from db.domain.records import Date, Person, Record
from db.domain.roundtrip import Kept, Rewriter, digests, entry_of, private, state

TEXT = (
    '@article{k,\n  title    = "Amber {LLM}s",\n  author   = {Doe, Jane},\n  journal  = j,\n'
    "  eprint   = {2401.00001}\n}"
)
STRINGS = "@string{j = {Journal of Kettles}}"


def said(text: str) -> BibEntry:
    return entry_of(next(one for one in read_text(f"{text}\n{STRINGS}") if isinstance(one, Record)))


def kept(text: str = TEXT) -> Kept:
    entry = said(text)
    return Kept(text, "k", state(entry), {}, private(entry), lambda _text: STRINGS)


def written(now: BibEntry, entry: Kept | None = None, key: str = "k", **options: object) -> str:
    return Rewriter(ExportOptions(**options)).written(entry or kept(), now, key).text  # type: ignore[arg-type]


def test_an_entry_that_says_what_it_said_is_left_alone() -> None:
    result = Rewriter(ExportOptions()).written(kept(), said(TEXT), "k")
    assert (result.text, result.is_kept) == (TEXT, True)
    assert written(said(TEXT), key="other") == TEXT.replace("{k,", "{other,")
    without = replace(kept(), state="")  # nothing was noted: it is read to find out
    assert written(said(TEXT), without) == TEXT


def test_values_keep_the_look_that_they_had() -> None:
    now = said(TEXT)._replace(title='Amber "GPT"s', date=Date(2020, 5), doi="10.1234/x")
    assert written(now) == TEXT.replace('"Amber {LLM}s"', '{Amber "{GPT}"s}').replace(
        "{2401.00001}\n",
        "{2401.00001},\n  year     = {2020},\n  month    = may,\n  doi      = {10.1234/x}\n",
    )
    one_line = "@misc{k, title={Amber}, year=1999, subtitle={all of it}, month={January}}"
    now = said(one_line)._replace(title="Velvet", date=Date(2000, 1))
    assert written(now, kept(one_line)) == "@misc{k, title={Velvet}, year=2000, month={January}}"
    assert written(now._replace(date=Date()), kept(one_line)) == "@misc{k, title={Velvet}}"


def test_fields_go_by_the_names_that_the_entry_uses() -> None:
    text = "@report{k,\n  title = {Amber},\n  date = {2020-01},\n  institution = {Lab},\n  annotation = {Mine}\n}"
    now = said(text)._replace(date=Date(2021), venue="Laboratory", notes="Yours", arxiv_id="2401.00002")
    assert written(now, kept(text), personal=True) == (
        "@report{k,\n  title = {Amber},\n  date = {2021},\n  institution = {Laboratory},\n  annotation = {Yours},\n"
        "  eprint = {2401.00002},\n  eprinttype = {arxiv}\n}"
    )


def test_what_a_field_said_besides_is_said_by_itself() -> None:
    text = "@misc{k,\n  title = {Amber},\n  doi = {10.48550/arXiv.2401.00003}\n}"
    now = said(text)
    assert now.arxiv_id == "2401.00003"
    result = written(now._replace(doi="10.1234/x"), kept(text))
    assert result == (
        "@misc{k,\n  title = {Amber},\n  doi = {10.1234/x},\n  eprint = {2401.00003},\n  archivePrefix = {arXiv}\n}"
    )


def test_an_entry_that_cannot_be_taken_apart_is_written_anew() -> None:
    text = "@misc{k,\n  title = {Amber}\n  note = {no comma before}\n}"
    result = written(said(text)._replace(title="Velvet"), kept(text))
    assert result == "@misc{k,\n  title = {Velvet},\n  note = {no comma before},\n}"


def test_a_paper_that_was_known_before_is_compared_with_what_it_was() -> None:
    before = said(TEXT)._replace(title="Amber known otherwise", abstract="Known")
    entry = Kept(TEXT, "k", "", digests(before), {}, lambda _text: STRINGS)
    assert written(before, entry) == TEXT
    now = before._replace(authors=(Person("Roe", "Ann"),))
    assert written(now, entry) == TEXT.replace("Doe, Jane", "Roe, Ann")


def test_aliases_are_ids_in_biblatex_alone() -> None:
    now = said(TEXT)._replace(aliases=("old", "k"))
    assert written(now) == TEXT
    assert "  ids      = {old}\n" in written(now, profile="biblatex")
