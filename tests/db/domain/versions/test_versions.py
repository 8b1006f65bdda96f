"""Which kind of version a record tells of, what sightings make of a work, and which version is cited."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.bibwrite import BibEntry
from db.domain.records import CiteRule, Date, Person, Version, VersionKind
from db.domain.versions import Told, chosen, cited, kind, kinds, settled, shown

PREPRINT, PUBLISHED = VersionKind.PREPRINT, VersionKind.PUBLISHED


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (Told(abstract=True), PREPRINT),
        (Told(), None),
        (Told(arxiv_id="2401.01234"), PREPRINT),
        (Told("article", "arXiv preprint arXiv:2401.01234"), PREPRINT),
        (Told("article", "CoRR"), PREPRINT),
        (Told("article", "Journal of Machine Learning Research", arxiv_id="2401.01234"), PUBLISHED),
        (Told("inproceedings", "ICML", "10.48550/arXiv.2401.01234"), PUBLISHED),
        (Told("misc", None, "10.48550/ARXIV.2401.01234"), PREPRINT),
        (Told("article", None, "10.1101/2020.01.01.123456"), PREPRINT),
        (Told("article", None, "10.1101/gr.123456"), PUBLISHED),
        (Told("misc", None, "10.1145/3292500"), PUBLISHED),
        (Told("article", arxiv_id="2401.01234"), PREPRINT),
        (Told("online", "A blog", arxiv_id="2401.01234"), PREPRINT),
        (Told("online", "A blog", abstract=True), None),
        (Told("techreport", "An institute"), None),
        (Told("phdthesis"), PUBLISHED),
        (Told("misc", "NeurIPS 2024", abstract=True), PUBLISHED),
    ],
)
def test_the_kind_of_a_record(told: Told, expected: VersionKind | None) -> None:
    assert kind(told) is expected


def test_a_published_record_with_an_eprint_is_evidence_of_both() -> None:
    assert kinds(Told("article", "JMLR", arxiv_id="2401.01234")) == {PREPRINT, PUBLISHED}
    assert kinds(Told("article", "JMLR", doi="10.48550/arXiv.2401.01234")) == {PREPRINT, PUBLISHED}
    assert kinds(Told("article", "JMLR", doi="10.1145/1")) == {PUBLISHED}
    assert kinds(Told()) == set()


_preprints = st.builds(
    Version,
    kind=st.just(PREPRINT),
    title=st.sampled_from(["Slow rivers", "Slow rivers!", ""]),
    arxiv_id=st.sampled_from([None, "2401.01234"]),
    arxiv_version=st.sampled_from([None, 1, 3]),
    doi=st.sampled_from([None, "10.48550/arXiv.2401.01234"]),
    date=st.sampled_from([Date(), Date(2024, 1), Date(2024, 1, 5, inferred=True)]),
    fields=st.sampled_from([{}, {"primaryclass": "cs.LG"}]),
)
_published = st.builds(
    Version,
    kind=st.just(PUBLISHED),
    title=st.sampled_from(["Slow rivers", "Slow rivers: a study"]),
    authors=st.sampled_from([(), (Person("Lee", "Kim"),)]),
    arxiv_id=st.sampled_from([None, "2401.01234"]),
    doi=st.sampled_from([None, "10.1145/1", "10.1007/2", "10.48550/arXiv.2401.01234"]),
    urls=st.sampled_from([(), ("https://arxiv.org/abs/2401.01234",), ("https://example.org/p",)]),
    venue=st.sampled_from([None, "ICML", "International Conference on Machine Learning", "Nature"]),
    date=st.sampled_from([Date(), Date(2025), Date(2025, 7)]),
    entry_type=st.sampled_from(["article", "inproceedings"]),
    fields=st.sampled_from([{}, {"pages": "1--9"}, {"pages": "20--31", "volume": "7"}, {"primaryclass": "cs.LG"}]),
)
_told = st.lists(st.one_of(_preprints, _published), max_size=5).map(
    lambda several: [replace(one, sightings=(number,)) for number, one in enumerate(several, 1)]
)


@given(_told, st.randoms(use_true_random=False))
def test_the_order_of_sightings_never_matters(told: list[Version], random) -> None:
    again = list(told)
    random.shuffle(again)
    assert settled(told, []) == settled(again, [])


@given(_told)
def test_settling_twice_changes_nothing_and_one_kind_alone_has_no_versions(told: list[Version]) -> None:
    once = settled(told, [])
    assert settled(told, once) == once
    assert {one.kind for one in once} in (set(), {PREPRINT, PUBLISHED})
    assert bool(once) == (len({one.kind for one in told}) == 2)


@given(_told)
def test_no_version_mixes_two_places(told: list[Version]) -> None:
    for one in settled(told, []):
        from_here = [each for each in told if each.id == 0 and set(each.sightings) <= set(one.sightings)]
        assert (
            len({each.doi for each in from_here if each.doi and each.kind is one.kind and "48550" not in each.doi}) < 2
        )
        if one.kind is PUBLISHED:
            assert one.arxiv_id is None
            assert not any("arxiv.org" in url for url in one.urls)


@given(_told, st.sampled_from(list(VersionKind)), st.booleans())
def test_what_a_person_said_stays(told: list[Version], what: VersionKind, removed: bool) -> None:
    held = Version(what, 7, venue="My venue", typed=frozenset({"venue", "kind"}), removed=removed)
    new = {one.id: one for one in settled(told, [held])}
    assert new[7].venue == "My venue"
    assert new[7].removed is removed
    assert [one for one in shown(new.values()) if one.id == 7] == ([] if removed else [new[7]])


def pair() -> list[Version]:
    return [
        Version(
            PREPRINT, 1, "Slow rivers", arxiv_id="2401.01234", arxiv_version=2, doi="10.48550/arXiv.2401.01234",
            date=Date(2024, 1), sightings=(1,),
        ),
        Version(
            PUBLISHED, 2, "Slow rivers: a study", doi="10.1145/1", venue="ICML", date=Date(2025, 7),
            entry_type="inproceedings", fields={"pages": "1--9"}, sightings=(2,),
        ),
    ]  # fmt: skip


ENTRY = BibEntry(
    "lee-2024", "Slow rivers", date=Date(2024, 1), doi="10.48550/arXiv.2401.01234", arxiv_id="2401.01234", venue="ICML",
    entry_type="inproceedings", fields={"pages": "1--9", "note": "Best paper"}, url="https://example.org",
)  # fmt: skip


def test_the_published_version_keeps_the_eprint() -> None:
    entry = cited(ENTRY, pair(), CiteRule.PUBLISHED, bibliographies={2})
    assert (entry.key, entry.title, entry.venue, entry.doi) == ("lee-2024", "Slow rivers: a study", "ICML", "10.1145/1")
    assert (entry.date, entry.arxiv_id, entry.brought) == (Date(2025, 7), "2401.01234", True)
    assert entry.fields == {"pages": "1--9", "note": "Best paper"}


def test_the_version_that_was_read_says_nothing_of_the_other() -> None:
    pre, pub = pair()
    entry = cited(ENTRY, [replace(pre, is_read=True), pub], CiteRule.READ)
    assert (entry.title, entry.venue, entry.doi) == ("Slow rivers", None, "10.48550/arXiv.2401.01234")
    assert (entry.date, entry.entry_type, entry.fields) == (Date(2024, 1), "misc", {"note": "Best paper"})
    assert entry.arxiv_id == "2401.01234"
    named = replace(pre, is_read=True, typed=frozenset({"arxiv_version"}))
    assert cited(ENTRY, [named, pub], CiteRule.READ).arxiv_id == "2401.01234v2"


def test_which_version_is_chosen() -> None:
    pre, pub = pair()
    assert chosen([pre, pub], CiteRule.PUBLISHED) is pub
    assert chosen([pre, pub], CiteRule.READ) is pub  # nobody said which one was read
    read = replace(pre, is_read=True)
    assert chosen([read, pub], CiteRule.READ) is read
    assert chosen([replace(read, rule=CiteRule.READ), replace(pub, rule=CiteRule.READ)], CiteRule.PUBLISHED).is_read
    later = replace(pub, id=3, date=Date(2026))
    assert chosen([pre, later, pub], CiteRule.PUBLISHED) is later
    assert chosen([pre, replace(pub, removed=True)], CiteRule.PUBLISHED) is pre
    assert chosen([replace(pre, removed=True)], CiteRule.PUBLISHED) is None
    assert cited(ENTRY, [replace(pre, removed=True)], CiteRule.PUBLISHED) == ENTRY


def test_what_the_person_typed_of_the_paper_counts_for_what_was_published() -> None:
    entry = ENTRY._replace(title="My title", venue="My venue", date=Date(2030))
    published = cited(entry, pair(), CiteRule.PUBLISHED, typed={"title", "venue", "date"})
    assert (published.title, published.venue, published.date) == ("My title", "My venue", Date(2030))
    pre, pub = pair()
    read = cited(entry, [replace(pre, is_read=True), pub], CiteRule.READ, typed={"title", "venue", "date"})
    assert (read.title, read.date) == ("My title", Date(2024, 1))
