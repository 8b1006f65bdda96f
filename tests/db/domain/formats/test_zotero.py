"""Zotero's items as a text, and the records that they become."""

from __future__ import annotations

from typing import Any

import pytest

from db.domain import formats
from db.domain.formats.zotero import extra, notes, textform
from db.domain.formats.zotero.item import record
from db.domain.records import Attachment, Date, Issue, Ledger, Person, Record

ITEM: dict[str, Any] = {
    "key": "AMBER234", "itemType": "journalArticle", "library": "own", "dateAdded": "2021-03-02 10:00:00",
    "title": "Amber lanterns over quiet rivers", "abstractNote": "We count amber lanterns.",
}  # fmt: skip


def item(**parts: Any) -> Record:
    """Return the record of an item with these parts."""
    return record({**ITEM, **parts}, index=1, line_title=2, line_end=9)


def read(lines: list[str]) -> tuple[list[Record], list[Issue], Ledger]:
    """Return what a text holds."""
    fmt = formats.by_name("zotero")
    assert fmt is not None
    found = list(fmt.read(lines, fmt.survey(lines)))
    assert isinstance(found[-1], Ledger)
    return [x for x in found if isinstance(x, Record)], [x for x in found if isinstance(x, Issue)], found[-1]


def test_a_library_written_as_a_text_is_read_back_and_every_line_is_accounted_for() -> None:
    other = {**ITEM, "key": "VELVET23", "title": "Velvet\ncompasses", "notes": ["<p>a\u2028b</p>"]}
    lines = list(textform.written([ITEM, other], {"trash": "3", "empty": ""}))

    assert formats.guesses("\n".join(lines))[0].format.name == "zotero"
    records, issues, ledger = read(lines)

    assert [(one.title, one.identity) for one in records] == [
        ("Amber lanterns over quiet rivers", "zotero/own/AMBER234"),
        ("Velvet compasses", "zotero/own/VELVET23"),
    ]
    assert (records[0].line_title, records[0].line_abstract, records[0].line_end) == (2, 8, 9)
    assert [one.why for one in issues] == ["In Zotero's trash, so left out: 3."]
    assert ledger.lines == len(lines) == ledger.record_lines + ledger.furniture_lines
    assert ledger.furniture_lines == 2


def test_a_broken_item_and_an_empty_one_cost_no_other() -> None:
    nothing = {"key": "EMPTY234", "itemType": "book", "library": "own", "dateAdded": "2021-03-02 10:00:00"}
    lines = list(textform.written([ITEM, nothing, ITEM], {}))
    lines[3] = '"itemType": "journalArt'

    records, issues, ledger = read(lines)

    assert [one.title for one in records] == [ITEM["title"]]
    assert [one.why for one in issues] == [textform.BROKEN, textform.NOTHING]
    assert ledger.issue_lines == 14
    assert ledger.lines == ledger.record_lines + ledger.furniture_lines + ledger.issue_lines


@pytest.mark.parametrize(
    "part",
    [
        {"ISBN": "978-3-16-148410-0"},
        {"creators": [{"last": "Quill", "first": "Ada", "role": "author"}]},
        {"notes": ["<p>lent to Bo</p>"]},
        {"attachments": [{"path": "/data/scan.pdf"}]},
        {"tags": ["to read"]},
        {"date": "2021-00-00 2021"},
    ],
)
def test_an_item_without_title_is_kept_with_all_that_it_has(part: dict[str, Any]) -> None:
    untitled = {"key": "EMPTY234", "itemType": "book", "library": "own", "dateAdded": "2021-03-02 10:00:00", **part}

    records, issues, ledger = read(list(textform.written([untitled, ITEM], {})))

    assert [one.title for one in records] == ["", ITEM["title"]]
    assert [(one.line, one.why) for one in issues] == [(2, textform.NO_TITLE)]
    assert ledger.issue_lines == 0


@pytest.mark.parametrize("line", ["[1, 2]", '"text"', "{", '{"leftOut": 7}', "null", '{"zotero": "library"'])
def test_odd_lines_between_items_do_no_harm(line: str) -> None:
    lines = [textform.HEAD, line, *list(textform.written([ITEM], {}))[1:]]

    records, _issues, ledger = read(lines)

    assert len(records) == (0 if line == "{" else 1)
    assert (
        ledger.lines
        == ledger.record_lines + ledger.furniture_lines + ledger.issue_lines + ledger.blank_lines
        == len(lines)
    )


def test_missing_files_are_told_one_by_one_and_then_counted() -> None:
    gone = [{"path": f"/nowhere/{number}.pdf", "missing": True} for number in range(textform.TOLD + 5)]
    here = {"path": "/here.pdf"}
    gone[1]["missing"] = "linked"

    records, issues, _ledger = read(list(textform.written([{**ITEM, "attachments": [here, *gone]}], {})))

    assert len(records[0].attachments) == textform.TOLD + 6
    assert len(issues) == textform.TOLD + 1
    assert issues[0] == Issue(9, "/nowhere/0.pdf", textform.NOT_HERE)
    assert issues[1].why == textform.NOT_THERE
    assert issues[-1].why.startswith("5 more files")


def test_dates_are_those_that_zotero_keeps_sorted_else_those_that_were_typed() -> None:
    assert item(date="2021-05-03 3 May 2021").date == Date(2021, 5, 3)
    assert item(date="2021-05-00 May 2021").date == Date(2021, 5)
    assert item(date="2021-00-00 2021").date == Date(2021)
    assert item(date="0000-00-00 winter 1998").date == Date(1998)
    undated = item(date="0000-00-00 to appear")
    assert (undated.date, undated.fields["date"]) == (Date(), "to appear")
    assert item(date="0001-01-01").fields["date"] == "0001-01-01"
    years = item(date="2019-00-00 2019-2020")
    assert (years.date, years.fields["date"]) == (Date(2019), "2019/2020")
    assert "date" not in item(date="2021-05-03 2021-05-03").fields


def test_people_keep_their_order_and_their_parts() -> None:
    said = item(
        creators=[
            {"last": "Quill", "first": "Ada", "role": "author"},
            {"last": "Moss", "first": "Cy", "role": "editor"},
            {"last": "The Lantern Team", "first": "", "role": "author"},
            {"last": "Fern", "first": "Di", "role": "seriesEditor"},
            {"last": "", "first": "Onename", "role": "author"},
        ]
    )
    assert said.authors == (Person("Quill", "Ada"), Person("The Lantern Team"), Person("Onename"))
    assert said.author_count == 3
    assert (said.fields["editor"], said.fields["series-editor"]) == ("Moss, Cy", "Fern, Di")
    spoken = item(itemType="podcast", creators=[{"last": "Reed", "first": "Eli", "role": "podcaster"}])
    assert spoken.authors == (Person("Reed", "Eli"),)


@pytest.mark.parametrize(
    ("parts", "kind", "venue"),
    [
        ({"publicationTitle": "Journal of Lights"}, "article", "Journal of Lights"),
        (
            {"itemType": "conferencePaper", "publicationTitle": "Proc. X", "conferenceName": "X"},
            "inproceedings",
            "Proc. X",
        ),
        ({"itemType": "conferencePaper", "conferenceName": "X"}, "inproceedings", "X"),
        ({"itemType": "bookSection", "publicationTitle": "A book", "publisher": "P"}, "incollection", "A book"),
        ({"itemType": "book", "publisher": "Press"}, "book", "Press"),
        ({"itemType": "thesis", "publisher": "University"}, "phdthesis", "University"),
        ({"itemType": "thesis", "type": "Master's thesis", "publisher": "U"}, "mastersthesis", "U"),
        ({"itemType": "report", "publisher": "Institute"}, "techreport", "Institute"),
        ({"itemType": "preprint", "publisher": "bioRxiv"}, "misc", "bioRxiv"),
        ({"itemType": "preprint", "publisher": "arXiv", "number": "arXiv:2103.01234"}, "misc", None),
        ({"itemType": "webpage", "publicationTitle": "Kettles weekly"}, "online", "Kettles weekly"),
        ({"itemType": "somethingNew"}, "misc", None),
    ],
)
def test_kinds_and_where_they_came_out(parts: dict[str, str], kind: str, venue: str | None) -> None:
    said = item(**parts)
    assert (said.entry_type, said.venue) == (kind, venue)


def test_what_is_no_paper_says_what_it_is_and_no_field_is_lost() -> None:
    said = item(
        itemType="podcast",
        seriesTitle="Evening lights",
        episodeNumber="12",
        audioFileType="ogg",
        place="Lund",
        publicationTitle="Radio",
        runningTime="30:00",
    )
    assert said.entry_type == "audio"
    assert said.fields == {
        "series": "Evening lights",
        "episode-number": "12",
        "audio-file-type": "ogg",
        "address": "Lund",
        "running-time": "30:00",
        "entrysubtype": "podcast",
        "date-added": "2021-03-02 10:00:00",
    }


@pytest.mark.parametrize(
    "parts",
    [
        {"extra": "arXiv:2103.01234 [cs.LG]"},
        {"extra": "arXiv: 2103.01234"},
        {"number": "arXiv:2103.01234", "publisher": "arXiv"},
        {"publicationTitle": "arXiv:2103.01234 [cs]"},
        {"DOI": "10.48550/arXiv.2103.01234"},
        {"url": "http://arxiv.org/abs/2103.01234"},
        {"archive": "arXiv", "archiveLocation": "arXiv:2103.01234"},
        {"extra": "arXiv:2103.01234 [cs]", "number": "arXiv:2103.01234", "publisher": "arXiv"},
    ],
)
def test_the_arxiv_id_is_found_wherever_an_item_says_it(parts: dict[str, str]) -> None:
    said = item(**parts)
    assert said.arxiv_id == "2103.01234"
    assert said.venue is None
    assert not {"number", "extra", "publisher", "maintitle"} & said.fields.keys()


def test_the_version_of_a_preprint_is_kept() -> None:
    assert item(extra="arXiv:2103.01234v3").arxiv_version == 3


def test_extra_gives_the_key_and_identifiers_and_keeps_its_other_lines() -> None:
    said = item(
        extra="Citation Key: amber-lanterns\nPMID: 12345\nDOI: 10.5555/own\nread on the train\nThesis: she says",
        DOI="10.5555/own",
    )
    assert (said.citation_key, said.doi, said.fields["pmid"]) == ("amber-lanterns", "10.5555/own", "12345")
    assert said.fields["extra"] == "read on the train\nThesis: she says"
    assert extra.read("PMID: 1\nPMID: 2", {}).rest == "PMID: 2"


def test_extra_that_says_otherwise_than_a_field_is_not_lost() -> None:
    said = item(extra="DOI: 10.5555/preprint\nCitation Key: old", DOI="10.5555/own", citationKey="native")
    assert (said.doi, said.citation_key) == ("10.5555/own", "native")
    assert said.fields["extra"] == "DOI: 10.5555/preprint\nCitation Key: old"


def test_fields_that_better_bibtex_is_told_of_in_extra_are_fields() -> None:
    said = item(
        extra="tex.shortauthor: Lantern Team\ntex.ids: amber, lights\ntex.title: Another\ntex.entrytype: booklet"
    )
    assert (said.fields["shortauthor"], said.fields["ids"]) == ("Lantern Team", "amber, lights")
    assert said.title == ITEM["title"]
    assert said.fields["extra"] == "tex.title: Another\ntex.entrytype: booklet"


def test_a_key_of_its_own_field_comes_before_one_in_extra() -> None:
    assert item(citationKey="native", extra="Citation Key: old").citation_key == "native"


def test_tags_that_a_page_gave_stand_apart() -> None:
    said = item(tags=["to read", "Optics"], automaticTags=["Optics", "Physics - Optics"])
    assert said.keywords == ("to read", "Optics", "automatic/Physics - Optics")


def test_files_links_collections_and_marks_come_along() -> None:
    said = item(
        collections=[["Lights", "Rivers"], ["Reading  group"]],
        attachments=[{"path": "/data/a b.pdf", "title": "Full text", "type": "application/pdf"}],
        links=["https://example.org/slides"],
        notes=["<p>First</p>", "<p>Second</p>"],
        annotations=[
            {
                "file": "a b.pdf",
                "marks": [
                    {"kind": "highlight", "text": "quiet\nrivers", "comment": "why?", "page": "12"},
                    {"kind": "note", "text": "", "comment": "check", "page": ""},
                    {"kind": "ink", "text": "", "comment": "", "page": "3"},
                ],
            }
        ],
    )
    assert said.collections == (("Lights", "Rivers"), ("Reading group",))
    assert said.attachments == (Attachment("/data/a b.pdf", "Full text", "application/pdf"),)
    assert said.urls == ("https://example.org/slides",)
    assert said.notes == ("First\n\nSecond\n\n## Marked in a b.pdf\n\n> quiet rivers (p. 12)\n\nwhy?\n\nNote: check")


def test_what_is_no_address_or_number_stays_a_field_and_no_link_leads_into_this_computer() -> None:
    said = item(
        url="www.example.org/amber", DOI="forthcoming", links=["file:///home/ada/run.desktop", "javascript:alert(1)"]
    )

    assert (said.urls, said.doi) == ((), None)
    assert (said.fields["url"], said.fields["doi"]) == ("www.example.org/amber", "forthcoming")


def test_a_venue_loses_its_markup_as_a_title_does() -> None:
    assert item(publicationTitle="Letters on <i>Lanterns</i>").venue == "Letters on Lanterns"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain text, 1 &lt; 2", "plain text, 1 < 2"),
        ("no tags at all", "no tags at all"),
        ('<div class="zotero-note znv1"><p>one <strong>two </strong>three</p></div>', "one **two** three"),
        ("<p>one<br/>two</p>", "one  \ntwo"),
        ("<h1>Head</h1><p>a <em>b</em></p><hr/><p>c</p>", "# Head\n\na *b*\n\n---\n\nc"),
        (
            "<ul><li>a</li><li>b<ol><li>one</li><li>two</li></ol></li></ul><p>after</p>",
            "- a\n- b\n  1. one\n  2. two\n\nafter",
        ),
        ("<blockquote><p>said</p><p>more</p></blockquote><p>end</p>", "> said\n>\n> more\n\nend"),
        ('<p><a href="https://e.org">link</a> <img data-attachment-key="A"/></p>', "[link](https://e.org) [picture]"),
        ('<a href="https://e.org/a b(c)">link</a>', "[link](https://e.org/a%20b%28c%29)"),
        ('<pre class="math">$$a&lt;b$$</pre>', "$$a<b$$"),
        ("<pre>if a:\n  b</pre><p>c</p>", "```\nif a:\n  b\n```\n\nc"),
        ("<table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>2</td></tr></table>", "A | B  \n1 | 2"),
        ("<p>never <b>closed", "never **closed"),
        ("<p>a <b> bold </b>b <i>5*</i> <b></b> c</p>", "a **bold** b *5\\**  c"),
        (
            "<p>* one</p><p># two</p><p>_three_ and snake_case, 5 * 3</p>",
            "\\* one\n\n\\# two\n\n\\_three\\_ and snake_case, 5 * 3",
        ),
        ("<ol><li>2. two</li><li>[x] done</li></ol>", "1. 2\\. two\n2. \\[x] done"),
        ("<blockquote>&gt; said</blockquote><h1>C #</h1>", "> \\> said\n\n# C \\#"),
        ("<p>[a](b) a&lt;b &amp;amp; ~5 ~~x~~ `y`</p>", "[a\\](b) a\\<b \\&amp; ~5 \\~\\~x\\~\\~ \\`y\\`"),
        ('<p><code>a*b*</code> <span class="math">$a_*b*$</span></p>', "`a*b*` $a_*b*$"),
        ("<p>https://e.org/_a_?b=c*</p>", "https://e.org/_a_?b=c\\*"),
        ("* typed\n\n_so_", "\\* typed\n\n\\_so\\_"),
        ("<script>alert(1)</script><p>kept</p>", "kept"),
        ("<p></p>", ""),
    ],
)
def test_notes_become_markdown(html: str, text: str) -> None:
    assert notes.markdown(html) == text


def test_what_was_marked_and_said_shows_as_it_was_typed() -> None:
    marks = [{"kind": "highlight", "text": "# of <i>rivers</i> < 9", "comment": "* why?\nsee _this_", "page": "2"}]
    said = item(annotations=[{"file": "a_b_.pdf", "marks": marks}]).notes
    assert said == "## Marked in a_b\\_.pdf\n\n> \\# of *rivers* < 9 (p. 2)\n\n\\* why?  \nsee \\_this\\_"


def test_hostile_notes_end() -> None:
    deep = "<ul><li>" * 5_000 + "x" + "<blockquote>" * 5_000 + "y" + "</p></ul></li>" * 5_000
    assert "x" in notes.markdown(deep)
    assert notes.markdown("<" * 100_000) is not None
    assert notes.markdown("<span>x" * 100_000) == "x" * 100_000
    assert notes.markdown("<p>" + "- " * 100_000 + "x</p>").startswith("\\- - ")
    assert notes.markdown("\n#" * 50_000).endswith("\\#")
