"""References as styles print them: golden files, and each thing that citeproc-py does otherwise than CSL says."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.errors import Cancelled, LibraryError
from db.domain.formats.bibwrite import BibEntry
from db.domain.records import Date, Person
from db.domain.styled import inline, item, reference_list
from db.domain.styled.formatting import both
from db.domain.styled.styles import describe, load

from .conftest import STYLES
from .papers import ALL, ARTICLE, BARE, HOSTILE, MANY, PREPRINT, SECOND, TALK, THESIS, UNSIGNED

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(path.stem for path in STYLES.glob("*.csl"))
INFO = "<info><title>Broken</title><id>x</id></info>"
STYLE = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">{0}</style>'
ENDINGS = {"html": "html", "rtf": "rtf", "markdown": "md"}


def formatted(style, *entries: BibEntry) -> str:
    return reference_list(both(style, [item(one) for one in entries])[0], "text")


def cited(style, *entries: BibEntry) -> str:
    return inline(both(style, [item(one) for one in entries])[1], "text")


def compare(name: str, text: str) -> None:
    """Compare with a golden file; SHEAF_UPDATE_GOLDEN=1 writes it anew, to be looked at in the diff."""
    path = GOLDEN / name
    if os.environ.get("SHEAF_UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_style_prints_the_list_and_the_citations_as_before(style, name):
    made = style(name)
    lines = [formatted(made, *ALL), cited(made, *ALL), *(cited(made, one) for one in ALL)]
    compare(f"{name}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("output", ENDINGS)
@pytest.mark.parametrize("name", ["ieee", "apa", "nature"])
def test_outputs_are_as_before(style, name, output):
    references, _ = both(style(name), [item(one) for one in (*ALL, HOSTILE)])
    compare(f"{name}.{ENDINGS[output]}", reference_list(references, output))


def test_a_title_in_the_place_of_the_author_is_not_said_twice(style):
    for name in ("apa", "chicago-author-date", "modern-language-association", "elsevier-harvard"):
        assert formatted(style(name), UNSIGNED).lower().count("a title that nobody signed") == 1


def test_nothing_is_invented(style):
    for name in NAMES:
        text = formatted(style(name), BARE)
        assert "et al" not in text
        assert not any(character.isdigit() for character in text.removeprefix("[1]").removeprefix("1."))


def test_an_inferred_year_is_printed_as_any_other(style):
    text = formatted(style("apa"), PREPRINT)
    assert "(2024)" in text
    assert "inferred" not in text


def test_authors_whom_nobody_named_are_et_al(style):
    assert formatted(style("apa"), MANY).startswith("Ångström, Å., et al. (2022).")
    assert formatted(style("ieee"), MANY).startswith("[1] Å. Ångström et al., ")
    assert cited(style("apa"), MANY) == "(Ångström et al., 2022)"


def test_papers_of_one_author_and_year_get_letters(style):
    assert cited(style("apa"), TALK, SECOND) == "(Zhao, 2023a; Zhao, 2023b)"
    assert cited(style("apa"), TALK) == "(Zhao, 2023)"
    listed = formatted(style("elsevier-harvard"), TALK, SECOND)  # which has no place for them
    assert "2023a." in listed
    assert "2023b." in listed


def test_letters_go_on_after_z(style):
    papers = [BibEntry(f"k{n}", f"Part {n:02}", (Person("Zhao", "Li"),), Date(2023)) for n in range(28)]
    assert "Zhao, 2023z; Zhao, 2023aa; Zhao, 2023ab)" in cited(style("apa"), *papers)


def test_mla_names_the_title_only_where_papers_would_be_cited_alike(style):
    mla = style("modern-language-association")
    assert cited(mla, TALK) == "(Zhao)"
    assert "“A Second Paper of One Year”" in cited(mla, TALK, SECOND)


def test_pages_are_never_cut_to_another_range(style):
    assert "pp. 5–29" in formatted(style("modern-language-association"), ARTICLE)
    long = ARTICLE._replace(fields={"pages": "101--117"})
    assert "101–17" in formatted(style("modern-language-association"), long)
    assert "101–117" in formatted(style("ieee"), long)


def test_a_question_mark_ends_a_title_alone(style):
    assert "guess? " in formatted(style("apa"), TALK)
    assert "Guess?” " in formatted(style("chicago-author-date"), TALK)


@pytest.mark.parametrize("title", ['"Why would I guess?": On lanterns', "“Why would I guess?”: On lanterns"])
def test_quotes_within_quotes_are_the_inner_ones(style, title):
    paper = BibEntry("k", title, (Person("Zhao", "Li"),), Date(2023))
    assert formatted(style("ieee"), paper) == "[1] L. Zhao, “‘Why would I guess?’: On lanterns.” 2023.\n"
    assert title in formatted(style("apa"), paper)


def test_inches_are_no_quotes(style):
    assert '“A 5" screen and a 6" one.”' in formatted(style("ieee"), BibEntry("k", 'A 5" screen and a 6" one'))


@pytest.mark.parametrize(
    ("condition", "alone", "together"),
    [
        ('disambiguate="true"', "no", "yes"),
        ('disambiguate="true" match="none"', "yes", "no"),
        ('disambiguate="true" variable="title" match="all"', "no", "yes"),
        ('disambiguate="true" variable="title" match="any"', "yes", "yes"),
        ('disambiguate="true" variable="title" match="none"', "no", "no"),
        ('disambiguate="true" variable="volume" match="none"', "yes", "no"),
    ],
)
def test_conditions_on_papers_that_would_be_cited_alike(condition, alone, together):
    layout = (
        f'<choose><if {condition}><text value="yes"/></if><else><text value="no"/></else></choose>'
        '<names variable="author"><name form="short"/></names>'
    )
    body = (
        f'{INFO}<citation><layout delimiter="|">{layout}</layout></citation>'
        '<bibliography><layout><text variable="title"/></layout></bibliography>'
    )
    made = load(STYLE.format(body).encode(), "mine.csl")
    assert cited(made, TALK) == f"{alone}Zhao"
    assert cited(made, TALK, SECOND) == f"{together}Zhao|{together}Zhao"


def test_punctuation_within_a_title_stays(style):
    text = formatted(style("apa"), ARTICLE)
    assert "& the .NET of O(n²) things... Journal" in text
    assert "ℓ₁ rivers in Étretat" in text


def test_a_group_without_its_variable_is_not_there(style):
    assert (
        formatted(style("apa"), THESIS) == "Roe, M. (2019). Lanterns at the edge [PhD thesis]. Invented University.\n"
    )


def test_names_in_scripts_without_capitals_keep_their_given_names(style):
    paper = BibEntry("k", "A title", (Person("王", "小明"), Person("hooks", "bell")), Date(2020))
    assert "王, 小明, & hooks, bell" in formatted(style("apa"), paper)


def test_capitals_inside_words_survive_any_case(style):
    assert "Quiet Method for LLMs" in formatted(style("chicago-author-date"), PREPRINT)
    assert "arXiv:2405.01234" in formatted(style("apa"), PREPRINT)


def test_titles_in_other_languages_keep_their_case(style):
    german = BibEntry("k", "Über die große Ruhe der Flüsse", (), Date(2020), fields={"language": "german"})
    assert "Über die große Ruhe der Flüsse" in formatted(style("chicago-author-date"), german)


def test_a_preprint_can_always_be_found(style):
    for name in NAMES:
        assert "2405.01234" in formatted(style(name), PREPRINT)


def test_the_list_is_sorted_as_people_do(style):
    papers = [BibEntry(name, "T", (Person(name, "A."),), Date(2020)) for name in ("Zhu", "Ångström", "Berg", "Álvarez")]
    names = [line.split(",")[0] for line in formatted(style("apa"), *papers).splitlines()]
    assert names == ["Álvarez", "Ångström", "Berg", "Zhu"]


def test_numbers_follow_the_order_of_the_selection_where_the_style_has_none(style):
    lines = formatted(style("ieee"), TALK, ARTICLE).splitlines()
    assert lines[0].startswith("[1] L. Zhao")
    assert lines[1].startswith("[2] S. Nakamura")


def test_numbers_stand_in_ranges_where_the_style_wants_that(style):
    assert cited(style("nature"), *ALL) == "1–8"
    assert cited(style("nature"), *ALL[:2]) == "1,2"
    assert cited(style("ieee"), *ALL[:3]) == "[1], [2], [3]"


def test_one_paper_leaves_no_trace_in_the_next(style):
    made = style("nlm-citation-sequence")
    before = [formatted(made, one) for one in ALL]
    assert [formatted(made, one) for one in reversed(ALL)] == before[::-1]


def test_formatting_can_be_cancelled(style):
    def report(done: int, _total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        both(style("apa"), [item(one) for one in ALL], report)


def test_no_papers_give_an_empty_list(style):
    assert both(style("apa"), []) == ((), ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no citation style"),
        (b"no xml at all", "no citation style"),
        (b"<html/>", "does not begin with a <style>"),
        (STYLE.format(INFO).encode(), "does not say how to cite"),
    ],
)
def test_a_file_that_is_no_style_is_refused_in_words(data, said):
    with pytest.raises(LibraryError, match=said):
        load(data, "mine.csl")


def test_a_style_that_only_stands_for_another_says_for_which():
    link = '<link href="http://www.zotero.org/styles/nature" rel="independent-parent"/>'
    data = STYLE.format(INFO.replace("</info>", f"{link}</info>")).encode()
    assert describe(data, "mine.csl").parent == "nature"
    with pytest.raises(LibraryError, match="stands for another one, nature"):
        load(data, "mine.csl")


@pytest.mark.parametrize(
    "layout",
    [
        '<text macro="nowhere"/>',
        '<number variable="volume" form="unknown"/>',
        '<text macro="round"/>',
    ],
)
def test_a_style_that_fails_says_so(layout):
    body = (
        f'{INFO}<macro name="round"><text macro="round"/></macro><citation><layout>{layout}</layout></citation>'
        f"<bibliography><layout>{layout}</layout></bibliography>"
    )
    with pytest.raises(LibraryError, match="“Broken” could not format"):
        both(load(STYLE.format(body).encode(), "mine.csl"), [item(ARTICLE)])


def test_a_style_without_a_list_says_so():
    body = f'{INFO}<citation><layout><text variable="title"/></layout></citation>'
    with pytest.raises(LibraryError, match="has no reference list"):
        both(load(STYLE.format(body).encode(), "mine.csl"), [item(ARTICLE)])


def test_a_style_reads_no_other_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    data = f'<!DOCTYPE style [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + STYLE.format(
        f'{INFO.replace("Broken", "&x;")}<citation><layout><text value="a"/></layout></citation>'
        '<bibliography><layout><text value="b"/></layout></bibliography>'
    )
    made = load(data.encode(), "mine.csl")
    assert "SECRET" not in made.title
    assert "SECRET" not in formatted(made, ARTICLE)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)
NAMES_OF_PEOPLE = st.builds(Person, WORDS, WORDS)
ENTRIES = st.builds(
    BibEntry,
    key=st.just("k"),
    title=WORDS,
    authors=st.lists(NAMES_OF_PEOPLE, max_size=3).map(tuple),
    date=st.builds(Date, st.none() | st.integers(-5, 99999), st.none() | st.integers(0, 13), st.none() | st.integers()),
    venue=st.none() | WORDS,
    doi=st.none() | WORDS,
    url=st.none() | WORDS,
    arxiv_id=st.none() | st.just("2405.01234"),
    entry_type=st.sampled_from(["misc", "article", "inproceedings", "book", "phdthesis", "techreport", "odd type"]),
    fields=st.dictionaries(
        st.sampled_from("pages volume number edition editor translator publisher series type chapter".split()), WORDS
    ),
    more_authors=st.booleans(),
)


@settings(max_examples=40)
@given(entries=st.lists(ENTRIES, max_size=4), name=st.sampled_from(NAMES))
def test_any_paper_can_be_formatted_in_any_style(style, entries, name):
    references, cited_ = both(style(name), [item(one) for one in entries])
    assert len(references) == len(entries)
    for output in ("text", "html", "rtf", "markdown"):
        text = reference_list(references, output) + inline(cited_, output)
        assert not any(0xF0000 <= ord(character) < 0xF0040 for character in text)
