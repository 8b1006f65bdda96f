"""What entries share: parents of `crossref` and `xdata`, and JabRef's groups."""

from __future__ import annotations

from bibs import read

from db.domain.formats.bibread import ailments, inherit
from db.domain.records import Date

CHILD = "@inproceedings{child,\n  title = {Amber kettles},\n  crossref = {Vol},\n  pages = {1--9},\n}\n"
PARENT = (
    "@proceedings{vol,\n  title = {Proc. of Kettles},\n  year = {2021},\n  editor = {Doe, Jane},\n"
    "  doi = {10.1000/vol},\n  abstract = {All of it.},\n}\n"
)


def test_a_child_takes_from_its_parent_wherever_that_stands() -> None:
    for text in (CHILD + PARENT, PARENT + CHILD):
        records, issues, _ = read(text)
        child = next(record for record in records if record.citation_key == "child")
        assert not issues
        assert (child.title, child.venue, child.date) == ("Amber kettles", "Proc. of Kettles", Date(2021))
        assert (child.doi, child.abstract) == (None, "")
        assert child.fields == {"editor": "Doe, Jane", "pages": "1--9", "crossref": "Vol"}


def test_what_the_child_says_itself_stays() -> None:
    text = PARENT + CHILD.replace("pages", "date = {2022-03}, booktitle = {My own}, pages")
    _, child = read(text)[0]
    assert (child.date, child.venue) == (Date(2022, 3), "My own")


def test_a_grandparent_and_a_circle() -> None:
    text = (
        "@incollection{a, title = {A}, crossref = {b}}\n@collection{b, title = {B}, crossref = {c}}\n"
        "@mvcollection{c, title = {C}, crossref = {a}, publisher = {P}}\n"
    )
    first, _, _ = read(text)[0]
    assert first.venue == "B"
    assert first.fields["maintitle"] == "C"
    assert first.fields["publisher"] == "P"


def test_xdata_is_no_paper_but_gives_its_fields() -> None:
    text = (
        "@article{a, title = {A}, xdata = {one,two}}\n@xdata{one, publisher = {P}, year = 2020}\n"
        '@xdata{two, journal = "J"}\n'
    )
    (record,), issues, ledger = read(text)
    assert not issues
    assert (record.venue, record.date, dict(record.fields)) == ("J", Date(2020), {"publisher": "P"})
    assert ledger.furniture_lines == 2


def test_a_missing_parent_is_told() -> None:
    (record,), (issue,), _ = read(CHILD)
    assert record.fields["crossref"] == "Vol"
    assert "Vol" in issue.why


def entry(key: str, fields: str) -> str:
    return f"@article{{{key}, title = {{{key}}}, {fields}}}\n"


TREE = (
    "@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:Topics\\;0\\;1\\;0xcc\\;\\;A folder\\;;\n"
    "2 StaticGroup:Kettles\\;0\\;1\\;\\;\\;\\;;\n2 StaticGroup:Rivers\\\\\\; wide\\;0\\;1\\;\\;\\;\\;;\n"
    "1 KeywordGroup:Read\\;0\\;readstatus\\;read\\;0\\;0\\;1\\;\\;\\;\\;;\n"
    "1 KeywordGroup:By me\\;0\\;author\\;Doe\\;0\\;0\\;1\\;\\;\\;\\;;\n"
    "1 KeywordGroup:Tagged\\;0\\;keywords\\;dpo\\;0\\;0\\;1\\;\\;\\;\\;;\n"
    "1 SearchGroup:Loose\\;0\\;groups !=~ .+\\;0\\;1\\;1\\;\\;\\;\\;;\n"
    "1 AutomaticPersonsGroup:People\\;0\\;author\\;0\\;\\;\\;\\;;\n}\n"
)


def test_groups_of_jabref_become_collections() -> None:
    text = (
        entry("a", "groups = {Kettles, Rivers; wide}")
        + entry("b", "groups = {Topics}, author = {Doe, Jane}, readstatus = {read}")
        + entry("c", "keywords = {dpo, x}, author = {Doering, Jan}, groups = {Elsewhere}")
        + TREE
    )
    (a, b, c), (issue,), ledger = read(text)
    assert a.collections == (("Topics", "Kettles"), ("Topics", "Rivers; wide"))
    assert b.collections == (("Topics",), ("Read",), ("By me",))
    assert c.collections == (("Elsewhere",), ("Tagged",))
    assert "groups" not in {**a.fields, **b.fields, **c.fields}
    assert issue.why.endswith("Loose, People.")
    assert ledger.issue_lines == 0
    assert ledger.dialect == "BibTeX, JabRef"


def test_a_group_by_words_holds_what_jabref_shows_in_it() -> None:
    tree = (
        "@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:Thesis\\;0\\;1\\;\\;\\;\\;;\n"
        "2 KeywordGroup:Learning\\;1\\;keywords\\;deep learning\\;0\\;0\\;1\\;\\;\\;\\;;\n"
        "3 KeywordGroup:Rivers\\;1\\;title\\;rivers\\;0\\;0\\;1\\;\\;\\;\\;;\n"
        "1 KeywordGroup:Exact\\;0\\;keywords\\;Deep\\;1\\;0\\;1\\;\\;\\;\\;;\n"
        "1 SearchGroup:Found\\;0\\;year > 2020\\;0\\;0\\;1\\;\\;\\;\\;;\n"
        "2 KeywordGroup:In found\\;1\\;keywords\\;deep\\;0\\;0\\;1\\;\\;\\;\\;;\n}\n"
    )
    texts = (
        entry("a", "groups = {Thesis}, keywords = {machine learning, deep}"),
        entry("rivers", "groups = {Thesis}, keywords = {Deep learning}"),
        entry("c", "keywords = {deep learning}"),
    )
    (a, rivers, c), (issue,), _ = read("".join(texts) + tree)
    assert a.collections == (("Thesis",), ("Thesis", "Learning"))
    assert rivers.collections == (("Thesis",), ("Thesis", "Learning"), ("Thesis", "Learning", "Rivers"), ("Exact",))
    assert c.collections == ()
    assert issue.why.endswith("Found, In found.")


def test_groups_without_entries_are_named() -> None:
    text = entry("a", "groups = {Kettles}, keywords = {dpo}, author = {Doe}, readstatus = {read}") + TREE
    _records, issues, ledger = read(text)
    assert [one.why for one in issues][1:] == [ailments.EMPTY_GROUPS.format("Topics/Rivers; wide")]
    assert issues[1].line == 2
    assert ledger.issue_lines == 0


def test_groups_may_have_semicolons_between_them_as_keywords_do() -> None:
    tree = (
        "@Comment{jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:Kettles\\;0\\;1\\;\\;\\;\\;;\n"
        "1 StaticGroup:Lights\\;0\\;1\\;\\;\\;\\;;\n}\n"
    )
    (a, b), _, _ = read(entry("a", "groups = {Kettles; Lights}") + entry("b", "groups = {A; B}") + tree)
    assert a.collections == (("Kettles",), ("Lights",))
    assert b.collections == (("A; B",),)


def test_old_groups_name_their_entries_and_are_broken_over_lines() -> None:
    text = (
        entry("Doe2020", "year = 2020")
        + entry("Roe", "year = 2021")
        + "@comment{jabref-meta: groupsversion:3;}\n@comment{jabref-meta: groupstree:\n0 AllEntriesGroup:;\n"
        "1 ExplicitGroup:Old\\;0\\;Doe2\n020\\;Roe\\;;\n2 ExplicitGroup:Older\\;0\\;Roe\\;;\n}\n"
    )
    (first, second), issues, _ = read(text)
    assert first.collections == (("Old",),)
    assert second.collections == (("Old",), ("Old", "Older"))
    assert not issues


def test_only_likely_parents_are_kept_when_a_file_is_large() -> None:
    parents = inherit.Parents(limit=2_000)
    for at in range(100):
        parents.note(f"@article{{a{at}, title = {{Some title of an article}}}}")
    parents.note("@proceedings{volume, title = {Proc.}}")
    for at in range(100, 200):
        parents.note(f"@article{{a{at}, title = {{T}}, crossref = {{Volume}}}}")
    assert len(parents.texts) < 60
    parents.settle()
    assert list(parents.texts) == ["volume"]
