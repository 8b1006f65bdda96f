"""The pattern language of citation keys: what tokens, numbers, modifiers and alternatives give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.citekeys import PRESETS, KeyPattern, Work, valid_key
from db.domain.citekeys.tokens import MODIFIERS, TOKENS
from db.domain.errors import LibraryError
from db.domain.records import Person

TUNING = Work(
    "Visual Instruction Tuning of Quiet Lanterns",
    [Person("Müller-Liu", "Hao Q."), Person("van den Berg", "Ida"), Person("Ó Súilleabháin", "Eoin")],
    2023,
    arxiv_id="2304.08485",
    doi="10.1145/3442188.3445922",
    venue="Journal of Careful Kettles",
    organization="Harbour Labs",
    editors=[Person("Doe", "Jane"), Person("Roe", "Richard")],
)
BARE = Work("Visual Instruction Tuning")


@pytest.mark.parametrize(
    ("title", "year", "key"),
    [
        ("Aligning Multimodal LLM with Human Preference: A Survey", 2025, "multimodal-llm-preference-2025"),
        ("Large Language Model Alignment: A Survey", 2023, "llm-alignment-survey-2023"),
        ("λ-ECLIPSE: Multi-Concept Diffusion", None, "lambda-eclipse-multiconcept"),
        ("Alignment for Honesty", None, "alignment-honesty"),
        ("CM^3: Calibrating Recommendation", 2025, "cm3-calibrating-recommendation-2025"),
        (r"Does \emph{Early} Stopping Help 100\% of \textbf{Runs}?", 2025, "early-stopping-help-2025"),
        ("Война и мир", 1869, "voina-mir-1869"),
        ("Who's Who?", None, "whos"),
        ("The", None, "the"),
    ],
)
def test_keys_without_authors(title: str, year: int | None, key: str) -> None:
    assert KeyPattern().propose(Work(title, (), year)) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{auth}{year}{title.first.camel}", "MullerLiu2023Visual"),
        ("{auth.lower}{-}{yy}", "mullerliu-23"),
        ("{auth3.lower}{year2}{letters3}", "mul23vit"),
        ("{words2.upper}:{year}", "VISUAL-INSTRUCTION:2023"),
        ("my-{title.words1}", "my-visual"),
        ("{authors}", "MullerLiuVandenBergOSuilleabhain"),
        ("{authors2.bare}", "MullerLiuBerg"),
        ("{authors.abbr}", "MVO"),
        ("{authors(3).bare.abbr.lower}", "mbo"),
        ("{others1}", "VandenBerg"),
        ("{auth.first}", "Muller"),
        ("{given}{given.abbr}{given.first}", "HaoQHQHao"),
        ("{editor}{editors}{editors.abbr}", "DoeDoeRoeDR"),
        ("{org}{org.abbr}", "HarbourLabsHL"),
        ("{title}", "visual-instruction-tuning"),
        ("{title4.joined}", "visualinstructiontuningquiet"),
        ("{title(2).camel}", "VisualInstruction"),
        ("{title.abbr.upper}", "VIT"),
        ("{shorttitle}", "VisualInstructionTuning"),
        ("{shorttitle(4,1)}", "Visualinstructiontuningquiet"),
        ("{shorttitle(2,0)}", "visualinstruction"),
        ("{veryshorttitle}{veryshorttitle.lower}", "Visualvisual"),
        ("{content5.joined}", "visualinstructiontuningquietlanterns"),
        ("{venue}{yy}", "JCK23"),
        ("arXiv:{arxiv}", "arXiv:2304.08485"),
        ("{doi}", "3442188.3445922"),
        ("{ auth.lower | title.first }", "mullerliu"),
        # As patterns of early days have them.
        ("{Auth.lower}{auths3}{title.letters2}", "mullerliuMulvi"),
    ],
)
def test_patterns(pattern: str, key: str) -> None:
    assert KeyPattern(pattern).propose(TUNING) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{auth|title.first}{year}", "visual"),
        ("{arxiv|doi|editor|title.first}", "visual"),
        # The word that stands for the author is not said twice.
        ("{auth|title.first}{year|-}{title.first}", "visual-instruction"),
        ("{title.first}{title.first}", "visualvisual"),
        ("{auth}{-}{title.first}{-}{year}", "visual"),
        # Nothing that tells which paper it is: then the key is as usual.
        ("{auth}{year}", "visual-instruction-tuning"),
        ("{year}", "visual-instruction-tuning"),
        ("{venue}{doi}{arxiv}", "visual-instruction-tuning"),
        ("paper{year}", "paper"),
    ],
)
def test_what_is_unknown_is_left_out_or_something_stands_in_for_it(pattern: str, key: str) -> None:
    assert KeyPattern(pattern).propose(BARE) == key


def test_a_year_alone_is_no_key() -> None:
    assert KeyPattern("{auth}{year}").propose(Work("Amber Kettles", (), 2024)) == "amber-kettles-2024"
    assert KeyPattern("kettle{year}").propose(Work("Amber Kettles", (), 2024)) == "kettle2024"


@pytest.mark.parametrize(
    ("venue", "short"),
    [
        ("NeurIPS 2023", "NeurIPS"), ("Nature", "Nature"), ("Symposium on Careful Kettles (SoCK '24)", "SoCK"),
        ("Proceedings of the 12th Meeting on Kettles", "MK"), ("2024", ""), ("VLDB Workshop", "VLDB"),
    ],
)  # fmt: skip
def test_a_venue_becomes_one_short_word(venue: str, short: str) -> None:
    key = KeyPattern("{venue}").propose(Work("Kettles", venue=venue))
    assert key == (short or "kettles")


@pytest.mark.parametrize(
    ("person", "key"),
    [
        (Person("VASWANI", "ASHISH"), "Vaswani"), (Person("NASA"), "NASA"), (Person("McMahan", "H. B."), "McMahan"),
        (Person("Łoś", "Ż."), "Los"), (Person("Straßer", "A."), "Strasser"), (Person("Ørsted", "H."), "Orsted"),
        (Person("王", "伟"), "Wang"), (Person("김", "민준"), "Gim"), (Person("Иванов", "И."), "Ivanov"),
        (Person("d'Alembert", "J."), "DAlembert"), (Person(r"M\"{u}ller", "A."), "Muller"),
    ],
)  # fmt: skip
def test_names_of_any_script_are_spelled_in_ascii(person: Person, key: str) -> None:
    assert KeyPattern("{auth}").propose(Work("Kettles", [person])) == key


def test_a_title_without_a_letter_gets_a_stable_key() -> None:
    key = KeyPattern().propose(Work("🏮🏮", (), 2024))
    assert key.startswith("paper-")
    assert key == KeyPattern().propose(Work("🏮🏮", (), 2024)) != KeyPattern().propose(Work("🏮", (), 2024))


def test_a_pattern_knows_what_its_keys_depend_on() -> None:
    assert KeyPattern("{title}").columns == {"title", "authors", "year"}
    assert KeyPattern("{venue}{arxiv|doi}{editor}").columns == {
        "title", "authors", "year", "venue", "arxiv_id", "doi", "fields",
    }  # fmt: skip


people = st.lists(st.builds(Person, st.text(), st.text()), max_size=14)
works = st.builds(
    Work, st.text(), people, st.none() | st.integers(1500, 2100), st.none() | st.text(), st.none() | st.text(),
    st.none() | st.text(), st.none() | st.text(), people,
)  # fmt: skip
tokens = st.builds(
    lambda name, modifiers: "{" + ".".join([name, *modifiers]) + "}",
    st.sampled_from(sorted(TOKENS)),
    st.lists(st.sampled_from([one for one in MODIFIERS if one != "bare"]), max_size=3),
)


@given(works, st.sampled_from([preset.pattern for preset in PRESETS]) | st.lists(tokens, min_size=1).map("".join))
def test_every_proposal_is_a_valid_key(work: Work, pattern: str) -> None:
    assert valid_key(KeyPattern(pattern).propose(work)) is None


@given(st.text("{}()|.,-3 authorswd~é", max_size=20))
def test_any_text_is_a_pattern_or_a_mistake_in_words(text: str) -> None:
    try:
        pattern = KeyPattern(text)
    except LibraryError:
        return
    assert valid_key(pattern.propose(TUNING)) is None
