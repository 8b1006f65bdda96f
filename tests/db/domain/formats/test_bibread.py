"""Entries one after another, whatever is wrong with one of them, and the account of every line."""

from __future__ import annotations

import pytest
from bibs import one, read

from db.domain import formats
from db.domain.formats.bibread import Bibtex, segments
from db.domain.records import Date

GOOD = "@misc{good,\n  title = {Amber kettles},\n  year = {2024},\n}\n"


def test_an_entry_becomes_a_record_and_its_lines_are_counted() -> None:
    (record,), issues, ledger = read(f"Some words before.\n\n{GOOD}\n% a comment\n@comment{{nothing}}\n")
    assert (record.title, record.citation_key, record.entry_type) == ("Amber kettles", "good", "misc")
    assert record.date == Date(2024)
    assert (record.index, record.line_title, record.line_end) == (1, 3, 6)
    assert not issues
    counts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    assert counts == (4, 3, 3, 0)
    assert (ledger.format, ledger.dialect) == ("bibtex", "BibTeX")


def test_the_abstract_has_a_line() -> None:
    assert one("\n year = 2000,\n abstract = {It is\n  here.}").line_abstract == 3
    assert one("year = 2000").line_abstract is None


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("@article{bad,\n  title = {Velvet rivers},\n  year = {2020}\n", "no closing brace"),
        ("@article{bad,\n  title = {Velvet rivers,\n  year = {2020},\n}\n", "no closing brace"),
        ('@article{bad,\n  title = "Velvet rivers,\n  year = {2020},\n}\n', "closing quotation mark"),
        ("@article{bad,\n  title {Velvet rivers},\n  year = {2020},\n}\n", "no = between"),
        ("@article{bad}\n", "no fields"),
    ],
)
def test_a_broken_entry_is_an_issue_and_the_next_one_is_read(broken: str, why: str) -> None:
    records, (issue,), ledger = read(f"{GOOD}\n{broken}\n{GOOD.replace('good', 'next')}")
    assert [record.citation_key for record in records] == ["good", "next"]
    assert (issue.line, issue.text) == (6, broken.rstrip("\n"))
    assert why in issue.why
    assert ledger.issue_lines == broken.count("\n")
    assert ledger.record_lines == 8


def test_entries_nested_in_a_broken_one_are_recovered() -> None:
    records, issues, _ = read("@article{a,\n title = {T},\n @misc{b, title = {Inner}},\n year = 2000\n}\n" + GOOD)
    assert [record.citation_key for record in records] == ["b", "good"]
    assert issues[0].text.startswith("@article{a,")
    records, issues, _ = read("@article{a, title = {T}, @misc{b, title = {Inner}}\n" + GOOD)
    assert [record.citation_key for record in records] == ["b", "good"]
    assert len(issues) == 1


@pytest.mark.parametrize(
    "text",
    [
        "@article{k\n  title = {Velvet rivers},\n  year = 2020}",
        "@article{k,\n  title = {Velvet rivers}\n  year = 2020}",
        '@article{k,\n  title = "Velvet rivers"\n  year = {2020}\n}',
    ],
)
def test_a_lost_comma_is_told_and_read_over(text: str) -> None:
    (record,), (issue,), ledger = read(text)
    assert (record.title, record.date) == ("Velvet rivers", Date(2020))
    assert "no comma after" in issue.why
    assert ledger.issue_lines == 0


def test_a_brace_too_many_is_told() -> None:
    (record, _), (issue,), ledger = read("@misc{k,\n title = {T}},\n year = {2020},\n}\n" + GOOD)
    assert (record.title, record.date) == ("T", Date())
    assert (issue.line, issue.text) == (3, " year = {2020},")
    assert "brace too many" in issue.why
    assert ledger.issue_lines == 1


def test_a_brace_too_many_in_the_middle_of_a_line_is_told() -> None:
    (record,), (issue,), _ = read("@misc{k, title = {T}}, year = {2020}}")
    assert record.title == "T"
    assert (issue.line, issue.text) == (1, ", year = {2020}}")


def test_a_key_that_stands_twice_is_kept_twice() -> None:
    records, (issue,), _ = read(GOOD + "\n" + GOOD.replace("Amber", "Other"))
    assert [record.title for record in records] == ["Amber kettles", "Other kettles"]
    assert issue.line == 6
    assert "line 1 too" in issue.why


def test_of_a_repeated_field_the_first_is_kept() -> None:
    (record,), (issue,), _ = read("@misc{k,\n title = {First},\n Title = {Second},\n}")
    assert record.title == "First"
    assert (issue.line, issue.text) == (3, "title = {Second}")


def test_an_entry_without_a_key_or_a_title() -> None:
    (record,), _, _ = read("@article{,\n title = {T}}")
    assert (record.citation_key, record.title) == (None, "T")
    (record,), (issue,), _ = read("@article{\n title = {T}}")
    assert (record.citation_key, record.title) == (None, "T")
    assert "no citation key" in issue.why
    (record,), (issue,), _ = read("@article{k, author = {Doe, Jane}}")
    assert record.title == ""
    assert "no title" in issue.why


def test_parentheses_old_types_and_one_line() -> None:
    records, issues, _ = read('@ARTICLE(a, title = "T (1)", year = 2000) @Misc{b, title={U}}\n  @book{c, title = {V}}')
    assert [(r.citation_key, r.entry_type, r.title) for r in records] == [
        ("a", "article", "T (1)"), ("b", "misc", "U"), ("c", "book", "V")
    ]  # fmt: skip
    assert not issues


def test_an_at_sign_in_a_value_is_text() -> None:
    (first, second), issues, _ = read(
        "@misc{k, title = {T}, comment = {Say\n@Override(x)\n@foo{bar} to a@b.c}}\n" + GOOD
    )
    assert first.notes == "Say\n@Override(x)\n@foobar to a@b.c"
    assert second.citation_key == "good"
    assert not issues


def test_a_backslash_before_a_closing_brace() -> None:
    (record, _), issues, _ = read("@misc{k, title = {T}, path = {C:\\},\n year = {2020}}\n" + GOOD)
    assert record.date == Date(2020)
    assert not issues


def test_what_is_commented_out_is_no_entry() -> None:
    records, issues, ledger = read("% @misc{a, title = {T}}\n@comment{@misc{b, title = {T}}}\n" + GOOD)
    assert [record.citation_key for record in records] == ["good"]
    assert not issues
    assert ledger.furniture_lines == 2


def test_strings_before_and_after_their_definition_and_joined() -> None:
    text = (
        '@article{a, title = {T}, journal = jml, note = "see " # jml # { and } # later, month = "3~" # mar}\n'
        '@string{jml = "Journal of " # ml}\n@STRING(ml = {Machine Learning})\n@string{later="more"}\n'
        '@article{b, title = {T}, journal = JML, month = sep # "/" # oct, note = unknown}\n'
        '@string{jml = "Another"}\n@article{c, title = {T}, journal = jml}\n'
    )
    (first, second, third), issues, ledger = read(text)
    assert not issues
    assert first.venue == second.venue == "Journal of Machine Learning"
    assert first.fields["note"] == "see Journal of Machine Learning and more"
    assert first.date == Date(None, 3, None) or first.date.month == 3
    assert (second.date.month, second.fields["note"]) == (9, "unknown")
    assert third.venue == "Another"
    assert ledger.furniture_lines == 4


def test_definitions_that_grow_without_end_are_cut() -> None:
    text = "@string{a = a # a # a # b}\n@string{b = a # b # a}\n@article{k, title = a # b}\n"
    (record,), _, _ = read(text)
    assert len(record.title) < 50_000


def test_an_entry_of_millions_of_characters_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "LONGEST", 1_000)
    long = "@misc{bad,\n" + "  note = {some words},\n" * 200 + "}\n"
    records, (issue,), ledger = read(GOOD + long + GOOD.replace("good", "next"))
    assert [record.citation_key for record in records] == ["good", "next"]
    assert issue.line == 5
    assert "longer than" in issue.why
    assert (ledger.lines, ledger.record_lines, ledger.issue_lines) == (4 + 202 + 4 + 1, 8, 202)


def test_much_text_behind_an_entry_is_no_part_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "LONGEST", 1_000)
    records, issues, ledger = read(GOOD + "some words\n" * 300)
    assert [record.citation_key for record in records] == ["good"]
    assert not issues
    assert ledger.furniture_lines == 300


def test_a_library_without_line_ends_is_cut_between_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segments, "LONG_LINE", 100)
    text = " ".join(f"@misc{{k{at}, title = {{Title {at}}}, year = {{20{at:02d}}}}}" for at in range(30))
    records, issues, ledger = read(text)
    assert [record.date.year for record in records] == list(range(2000, 2030))
    assert {(record.line_title, record.line_end) for record in records} == {(1, 1)}
    assert not issues
    assert (ledger.lines, ledger.record_lines) == (1, 1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (GOOD, 0.97, 1),
        ("This file was created with JabRef 2.9.\nEncoding: Cp1252\n\n" + GOOD, 0.97, 1),
        ("% Encoding: UTF-8\n", 0.9, 1),
        ("@string{a = {b}}\n", 0.97, 1),
        ("@article(k, title = {T})\n", 0.97, 1),
        ("@inproceedings{\n  DBLP:x,\n  title = {T}}\n", 0.97, 1),
        ("# Reading list\n" + "- **A paper** about things\n" * 40 + GOOD, 0.1, 0.5),
        ("<html>\n" + GOOD, 0, 0),
        ("@media (min-width: 100px) {\n  a { color: red }\n}\n", 0, 0),
        ("@pytest.fixture\ndef x(): ...\n", 0, 0),
        ("Amber kettles\n\nWe look at kettles.\n", 0, 0),
        ("", 0, 0),
    ],
)
def test_how_sure_it_is(text: str, low: float, high: float) -> None:
    assert low <= Bibtex().sniff(text) <= high


def test_it_is_registered_and_no_other_format_is_surer() -> None:
    assert isinstance(formats.by_name("bibtex"), Bibtex)
    assert formats.guesses(GOOD * 3)[0].format.name == "bibtex"


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("@article{a, title = {T}}", "BibTeX"),
        ("@online{a, title = {T}}", "BibLaTeX"),
        ("@article{a,\n date = {2020}, title = {T}}", "BibLaTeX"),
        ("@article{a, title = {T}}\n@Comment{jabref-meta: databaseType:biblatex;}", "BibLaTeX, JabRef"),
        ("@article{a,\n file = {Full Text:files/12/a.pdf:application/pdf}, title = {T}}", "BibTeX, Zotero"),
        ("@article{a,\n file = {/home/x/Zotero/storage/ABCD2345/a.pdf}, title = {T}}", "BibTeX, Better BibTeX"),
        ("Automatically generated by Mendeley Desktop 1.19\n@article{a, title = {T}}", "BibTeX, Mendeley"),
    ],
)
def test_who_wrote_it(text: str, dialect: str) -> None:
    assert read(text)[2].dialect == dialect


def test_a_set_is_said_to_be_left_out() -> None:
    records, issues, ledger = read("@set{both,\n  entryset = {a,b},\n}\n@book{a, title = {A}}\n@book{b, title = {B}}")
    assert [record.citation_key for record in records] == ["a", "b"]
    assert ["set" in issue.why for issue in issues] == [True]
    assert ledger.issue_lines == 3


def test_a_note_that_only_looks_like_ours_stays() -> None:
    text = "@misc{a, title={A}, year={2020}, note={Very good. Seen in Nature News. See also my notebook, record 5}}"
    (record,), _issues, _ledger = read(text)
    assert record.fields["note"].startswith("Very good. Seen in Nature News")
    (record,), _issues, _ledger = read("@misc{a, title={A}, year={2020}, note={Year inferred by the cataloguer}}")
    assert not record.date.inferred
    assert record.fields["note"] == "Year inferred by the cataloguer"


def test_braces_round_a_whole_title_are_no_part_of_it() -> None:
    (record,), _issues, _ledger = read("@misc{a, title = {Attention {{Is All You Need}}}}\n")
    assert record.title == "Attention Is All You Need"
    (record,), _issues, _ledger = read("@misc{a, title = {{{BERT: All of It}}}}\n")
    assert record.title == "BERT: All of It"


def test_entities_do_not_cut_keywords() -> None:
    (record,), _issues, _ledger = read("@misc{a, title = {A}, keywords = {R&amp;D, foo, bar}}\n")
    assert record.keywords == ("R&D", "foo", "bar")


def test_entries_that_all_take_fields_from_each_other_end() -> None:
    names = ",".join(f"k{at}" for at in range(300))
    text = "".join(f"@xdata{{k{at}, xdata = {{{names}}}, note = {{n}}}}\n" for at in range(300))
    records, _issues, _ledger = read(text + "@misc{a, title = {A}, xdata = {k0}}\n")
    assert [record.title for record in records] == ["A"]
