"""Every output shows the very text, whatever stands in it."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from db.domain.styled import inline, item, reference_list
from db.domain.styled.formatting import both
from db.domain.styled.marks import FONTS, Reference, Run, bare, runs, value, wrap

from .papers import HOSTILE

SCARY = st.sampled_from(
    ["<b>", "</p>", "&amp;", "&", "<script>", "[x](y)", "![i](j)", "*a*", "_b_", "`c`", "{\\rtf1", "}", "\\par",
     "\\'e9", "\\u8211?", "# ", "1. ", "- ", "> ", "$x$", "https://a.example/<b>?q=\"", "http://", "😀", "é", "~~", "<http://x>",
     "@who", "^2^", "\\", "|", "…", "|-", "---"]
)  # fmt: skip
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"))
TEXTS = st.lists(SCARY | st.text(LETTERS, max_size=8), max_size=8).map(lambda parts: value("".join(parts)))
RUNS = st.lists(st.builds(Run, TEXTS.map(bare), st.frozensets(st.sampled_from(FONTS), max_size=2)), max_size=4)
REFERENCES = st.builds(lambda label, body: Reference("k", tuple(label), tuple(body)), RUNS, RUNS)


def whole(parts) -> str:
    return "".join(run.text for run in parts)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read_rtf(text: str) -> str:
    """Return the text of RTF as a reader sees it: groups, control words, escapes and numbers."""
    out: list[str] = []
    units: list[int] = []
    depth = at = 0
    token = re.compile(r"\\u(-?\d+)\?|\\([a-z]+)(-?\d+)? ?|\\([\\{}])|([{}])|\n|(.)", re.S)
    while at < len(text):
        match = token.match(text, at)
        assert match, text[at : at + 20]
        at = match.end()
        if match[1]:
            units.append(int(match[1]) % 65536)
            continue
        out.append(b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le"))
        units.clear()
        depth += {"{": 1, "}": -1}.get(match[5] or "", 0)
        if match[2]:
            assert match[2] in KNOWN, match[2]
            out.append("\t" if match[2] == "tab" else "\n" if match[2] == "par" else "")
        out.append(match[4] or match[6] or "")
    assert depth == 0
    return "".join(out)


KNOWN = frozenset("rtf ansi ansicpg deff fonttbl f froman uc fs pard li fi sa tab par i b scaps super sub ul".split())


@given(RUNS)
def test_html_shows_the_text_and_nothing_else(parts):
    tree = html.fragment_fromstring(inline(parts, "html"), create_parent="div")
    assert tree.text_content() == whole(parts)
    assert {one.tag for one in tree.iterdescendants()} <= {"i", "b", "sup", "sub", "u", "span", "a"}
    for link in tree.iter("a"):
        assert re.match(r"https?://", link.get("href"), re.IGNORECASE)
        assert link.attrib.keys() == ["href"]


@given(st.lists(REFERENCES, max_size=3))
def test_a_list_in_html_has_a_paragraph_for_each(references):
    text = reference_list(references, "html")
    tree = html.fragment_fromstring(text, create_parent="div") if text else html.Element("div")
    assert len(tree.findall("p")) == len(references)
    assert squeezed(tree.text_content()) == squeezed("".join(whole(r.label) + whole(r.body) for r in references))


@given(st.lists(REFERENCES, max_size=3))
def test_rtf_shows_the_text_and_nothing_else(references):
    shown = read_rtf(reference_list(references, "rtf")).removeprefix("Times New Roman;")
    assert squeezed(shown) == squeezed("".join(whole(r.label) + whole(r.body) for r in references))


@given(REFERENCES)
@example(Reference("k", (), (Run("http://@who"),)))
@example(Reference("k", (), (Run("see http://a@b.example/c and https://b.example:80/x_y."),)))
def test_markdown_shows_the_text_and_nothing_else(reference):
    shown = MarkdownIt("commonmark").render(reference_list([reference], "markdown"))
    tree = html.fragment_fromstring(shown, create_parent="div")
    assert squeezed(tree.text_content()) == squeezed(whole(reference.label) + whole(reference.body))
    assert {one.tag for one in tree.iterdescendants()} <= {"p", "i", "b", "sup", "sub", "a", "em", "strong"}


@given(RUNS)
def test_markdown_sets_each_letter_in_the_font_that_it_had(parts):
    written = inline(parts, "markdown")
    assume("<http" not in written.lower())  # addresses are links, in no font
    tree = html.fragment_fromstring(MarkdownIt("commonmark").render(f"x {written} x"), create_parent="div")
    marked = []
    for text in tree.xpath(".//text()"):
        one = text.getparent() if text.is_text else text.getparent().getparent()
        tags = {"em": "i", "strong": "b"}
        fonts = {tags.get(tag, tag) for tag in [one.tag, *(up.tag for up in one.iterancestors())]} & {"i", "b"}
        marked += [(letter, fonts) for letter in text if not letter.isspace()]
    names = {"italic": "i", "bold": "b"}
    expected = [
        (letter, {names[font] for font in run.fonts & names.keys()})
        for run in parts
        for letter in run.text
        if not letter.isspace()
    ]
    assert marked == [("x", set()), *expected, ("x", set())]


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ([("A. ", ""), ("J. Kites", "italic"), (" ", ""), ("12", "bold"), (", 1.", "")], "A. *J. Kites* **12**, 1."),
        ([("et al.", "italic"), (" (", ""), ("in", "italic"), (")", "")], "*et al.* (*in*)"),
        ([("et al.", "italic"), ("x", "")], "<i>et al.</i>x"),
        ([("x", ""), ("(a", "italic")], "x<i>(a</i>"),
        ([("a ", "italic"), ("b", "")], "<i>a </i>b"),
        ([("a", "italic"), ("b", "bold")], "<i>a</i><b>b</b>"),
        ([("a*b", "italic")], r"<i>a\*b</i>"),
        ([("2", "super")], "<sup>2</sup>"),
    ],
)  # fmt: skip
def test_markdown_has_stars_where_they_mark(parts, written):
    made = [Run(text, frozenset({font} - {""})) for text, font in parts]
    assert inline(made, "markdown") == written


@given(st.lists(REFERENCES, max_size=3))
def test_text_has_a_line_for_each(references):
    assert reference_list(references, "text").count("\n") == len(references)


@given(TEXTS)
def test_what_is_marked_can_be_taken_apart_again(text):
    assert whole(runs(wrap(text, "italic"))) == bare(text)
    assert all(run.fonts == {"italic"} for run in runs(wrap(text, "italic")))


def test_italics_within_italics_stand_upright():
    assert [run.fonts for run in runs(wrap(f"a{wrap('b', 'italic')}c", "italic"))] == [{"italic"}, set(), {"italic"}]


def test_our_marks_in_a_title_are_taken_out():
    assert value(f"a{wrap('b', 'bold')}\x00\x1b[0m\ud800 c\nd") == "ab[0m c d"


@pytest.mark.parametrize("name", ["apa", "ieee", "nature", "modern-language-association"])
def test_a_hostile_paper_is_text_in_every_output(style, name):
    references, _ = both(style(name), [item(HOSTILE)])
    expected = squeezed(reference_list(references, "text"))
    assert "<imgsrc=xonerror=" in expected.lower()
    page = html.fragment_fromstring(reference_list(references, "html"), create_parent="div")
    assert squeezed(page.text_content()) == expected
    assert not list(page.iter("script", "img", "a"))
    rtf = read_rtf(reference_list(references, "rtf")).removeprefix("Times New Roman;")
    assert squeezed(rtf) == expected
    shown = html.fragment_fromstring(
        MarkdownIt("commonmark").render(reference_list(references, "markdown")), create_parent="div"
    )
    assert squeezed(shown.text_content()) == expected
    assert not list(shown.iter("script", "img", "a"))
