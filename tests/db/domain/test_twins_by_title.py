"""Records of which at most one has an abstract: titles, authors, years and places decide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.domain.duplicates import Candidate, compare
from db.domain.duplicates.authorship import names, shared
from db.domain.duplicates.published import Kind, place, same_pages, venue_likeness
from db.domain.duplicates.signs import WEIGHTS, signs
from db.domain.duplicates.wording import difference, is_slip
from db.domain.records import Person, Verdict

TITLE = "Steering Paper Sheaves with Loosely Coupled Binding Twine"
MANY = (Person("Weaver", "Ada"), Person("Potter", "Ben"), Person("Miller", "Cy"))
PAPER = Candidate(TITLE, authors=MANY, year=2019, venue="Journal of Bookbinding", volume="12", pages="101--117")


def same(a: Candidate, b: Candidate) -> None:
    score = compare(a, b)
    assert score.verdict is Verdict.SAME, score
    assert compare(b, a).verdict is Verdict.SAME


def doubtful(a: Candidate, b: Candidate, why: str) -> None:
    score = compare(a, b)
    assert score.verdict is Verdict.MAYBE, score
    assert any(why in reason for reason in score.why), score.why
    assert compare(b, a).verdict is Verdict.MAYBE


def different(a: Candidate, b: Candidate) -> None:
    assert compare(a, b).verdict is compare(b, a).verdict is Verdict.DIFFERENT, compare(a, b)


@pytest.mark.parametrize(
    "other",
    [
        replace(PAPER, venue="J. Bookbind."),
        replace(PAPER, authors=(Person("Weaver", "A."), Person("Potter", "B."), Person("Miller", "C."))),
        replace(PAPER, authors=(Person("Miller", "Cy"), Person("Weaver", "Ada"), Person("Potter", "Ben"))),
        replace(PAPER, authors=(Person("Weaver", "Ada"),)),
        replace(PAPER, authors=(), venue="", volume="", pages=""),
        replace(PAPER, title=TITLE.replace("Loosely Coupled", "Loosely-Coupled").upper()),
        replace(PAPER, title=TITLE + ": A Field Study"),
        replace(PAPER, title=TITLE.replace("Sheaves", "Sheafs")),
        replace(PAPER, title="Special Issue on Twine: " + TITLE),
        replace(PAPER, pages="101"),
        replace(PAPER, title=TITLE + " [Erratum appears in J Bookbind 13(1)]"),
        replace(PAPER, title=TITLE.replace("Steering", "Steering of") + " (corrected)"),
    ],
)
def test_the_same_in_spite_of_spelling_order_and_gaps(other: Candidate) -> None:
    same(PAPER, other)


def test_what_speaks_against_it_is_said() -> None:
    meeting = replace(PAPER, venue="Proceedings of the Symposium on Twine", volume="", pages="")
    doubtful(PAPER, meeting, "different places")
    doubtful(PAPER, replace(PAPER, year=2021, pages="", volume=""), "the years are 2019 and 2021")
    doubtful(PAPER, replace(PAPER, authors=(Person("Baker", "Dee"),), pages=""), "no author in common")
    doubtful(PAPER, replace(PAPER, volume="13", pages="5--9"), "other volumes")
    few = (Person("Weaver", "Ada"), Person("Baker", "Dee"), Person("Cook", "Eve"))
    doubtful(PAPER, replace(PAPER, authors=few, pages="", volume=""), "share few authors")


def test_one_place_in_print_outweighs_a_number_in_the_title() -> None:
    same(PAPER, replace(PAPER, title=TITLE + " (Experiment 2)"))
    different(PAPER, replace(PAPER, title=TITLE + " (Experiment 2)", pages="", volume="", venue=""))


def test_titles_that_come_back_in_every_issue_need_their_pages() -> None:
    notes = Candidate("Editor's Notes on Recent Developments", authors=MANY, year=2019, venue="Twine Record")
    doubtful(notes, notes, "every issue")
    same(replace(notes, pages="3--4", volume="7"), replace(notes, pages="3--4", volume="7"))
    short = Candidate("Editor's Notes", authors=MANY, year=2019, venue="Twine Record")
    different(short, replace(short, year=2022))


def test_a_short_title_counts_with_all_authors_in_one_issue() -> None:
    short = Candidate("Wet Twine", authors=MANY, year=2019, venue="Symposium on Twine")
    same(short, short)
    doubtful(short, replace(short, venue=""), "so short a title")
    different(short, replace(short, authors=(Person("Baker", "Dee"),)))


def test_a_preprint_may_be_a_year_older_than_what_it_became() -> None:
    published = replace(PAPER, volume="", pages="", venue="Conference on Twine")
    same(published, replace(published, venue="arXiv preprint", year=2018))
    assert (
        "the years 2018 and 2019 fit a preprint" in compare(published, replace(published, venue="CoRR", year=2018)).why
    )
    assert "the year is the same" in compare(published, replace(published, venue="CoRR")).why
    same(published, Candidate(TITLE, "A listing page shows this abstract. " * 4, year=2018))
    doubtful(published, replace(published, year=2018), "the years are")
    doubtful(published, replace(published, venue="arXiv preprint", year=2016), "the years are")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A Survey of Twine for Bound Volumes in Libraries", "A Survey of Twine for Loose Leaves in Libraries"),
        ("Supervised Knot Tying at the Scale of Libraries", "Unsupervised Knot Tying at the Scale of Libraries"),
        ("Corrigendum: " + TITLE, TITLE),
        ("Steuerung von Papiergarben mit lose gekoppeltem Bindfaden", TITLE),
    ],
)
def test_titles_that_are_alike_are_not_the_same(one: str, other: str) -> None:
    assert compare(Candidate(one, year=2019), Candidate(other, year=2019)).verdict is not Verdict.SAME


def test_names_agree_across_scripts_particles_and_slips() -> None:
    cyrillic, latin = names((Person("Левин", "О. С."),)), names((Person("Levin", "O."),))
    assert cyrillic == (("levin", "os", "os"),)
    agreed = shared(cyrillic, latin)
    assert agreed is not None
    assert agreed.of_longer == 1
    assert not agreed.initials_contradict
    turned = shared(names((Person("Ching-yi", "Wu"),)), names((Person("Wu", "C. Y."),)))
    assert turned is not None
    assert turned.of_longer == 1
    particles = shared(names((Person("De Ruiter", "M."),)), names((Person("Ruiter", "Marc de"),)))
    assert particles is not None
    assert particles.first
    clash = shared(names((Person("Kim", "Ada"),)), names((Person("Kim", "Ben"),)))
    assert clash is not None
    assert clash.initials_contradict
    assert shared(names((Person("others", ""),)), latin) is None


def test_places_are_read_for_what_they_are() -> None:
    kinds = {
        "": Kind.UNKNOWN, "arXiv:2401.00001": Kind.PREPRINT, "Tech. report 7": Kind.REPORT,
        "In Proc. of the 4th Conf. on Twine": Kind.MEETING, "NeurIPS": Kind.MEETING, "Annals of Twine": Kind.JOURNAL,
    }  # fmt: skip
    assert {venue: place(venue, "", "").kind for venue in kinds} == kinds
    assert (
        venue_likeness(
            place("J. Artif. Intell. Res.", "", ""), place("Journal of Artificial Intelligence Research", "", "")
        )
        == 1
    )
    assert venue_likeness(place("Twine Letters", "", ""), place("Annals of Statistics", "", "")) == 0
    assert venue_likeness(place("", "", ""), place("Annals", "", "")) is None
    assert same_pages(place("", "", "S12-S19"), place("", "", "s12"))
    assert same_pages(place("", "", "12-19"), place("", "", "20-25")) is False
    assert same_pages(place("", "", "12-19"), place("", "", "")) is None


def test_words_that_differ_are_counted_on_both_sides() -> None:
    assert difference("knots in wet twine".split(), "knots for wet twine".split()) == (0, 0, 0)
    assert difference("wet twine".split(), "dry twine".split()) == (1, 1, 0)
    assert difference("loosely coupled twine".split(), "looselycoupled twine".split()) == (0, 0, 1)
    assert difference("coupled twines".split(), "coupled twine again".split()) == (0, 1, 1)
    assert not is_slip("supervised", "unsupervised")
    assert is_slip("generalization", "generalisation")


def test_every_sign_has_a_weight_and_no_weight_is_without_a_sign() -> None:
    from db.domain.duplicates.evidence import facts

    other = replace(PAPER, title="Wet Twine", authors=(), year=None, venue="NeurIPS", volume="1", pages="2")
    pairs = [(PAPER, PAPER), (PAPER, other), (PAPER, replace(PAPER, year=2018)), (PAPER, replace(PAPER, year=2010))]
    shown = {name for a, b in pairs for name in signs(facts(a), facts(b)).numbers()}
    assert shown == WEIGHTS.keys()


@pytest.mark.parametrize(
    "venue",
    ["Tech. report 7", "Technical Report UCSC-CRL-95-50", "Master's thesis, Uni of Twine", "Unpublished manuscript"],
)
def test_a_report_or_thesis_and_what_came_out_in_print_are_a_question(venue: str) -> None:
    unprinted = replace(PAPER, venue=venue, volume="", pages="")
    doubtful(PAPER, unprinted, "one is a report, thesis or manuscript")
    same(
        unprinted, replace(unprinted, authors=(Person("Weaver", "A."), Person("Potter", "B."), Person("Miller", "C.")))
    )
    assert compare(PAPER, unprinted).contradicts  # so no third record joins the two


@pytest.mark.parametrize("venue", ["arXiv preprint arXiv:1901.00001", "CoRR", "bioRxiv", ""])
def test_a_preprint_and_what_it_became_stay_one_work(venue: str) -> None:
    same(PAPER, replace(PAPER, venue=venue, volume="", pages=""))


def test_a_meeting_and_a_journal_that_share_half_a_name_are_two_places() -> None:
    journal = replace(PAPER, venue="SIAM Journal on Twining", volume="", pages="", year=None)
    meeting = replace(journal, venue="Proceedings of the Annual ACM Symposium on Theory of Twining")
    doubtful(journal, meeting, "they came out in different places")
    same(meeting, replace(meeting, venue="ACM Symp. Theory of Twining"))


def test_a_venue_called_after_its_year_is_a_meeting() -> None:
    assert place("EuroTwine '95", "", "").kind is Kind.MEETING
    assert place("Journal of Twine", "", "").kind is Kind.JOURNAL


@pytest.mark.parametrize("word", ["Tutorial: {0}", "{0} (demo)", "{0}: A Poster"])
def test_a_tutorial_or_demo_is_not_the_paper_of_its_title(word: str) -> None:
    other = replace(PAPER, title=word.format(TITLE), venue="VLDB", volume="", pages="")
    assert compare(PAPER, other).verdict is not Verdict.SAME
    same(other, replace(other, authors=()))
