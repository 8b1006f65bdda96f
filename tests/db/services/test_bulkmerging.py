"""Merging all certain sets by a rule: the preview says what is done, one undo takes it back, Cancel leaves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.services import bulkmerging, checking, editing, keys, merging, reading, searching, undoing, unmerging
from db.services.progress import Progress, silent

if TYPE_CHECKING:
    from db.services.bulkmerging import Foreseen, SetForeseen
    from db.services.library import Library

WORKS = {
    "Routing lanterns over glacial rivers": "Lanterns drift where the water bends, and we count them all by night.",
    "What harbours owe to velvet": "Cloth from forty towns was weighed at the quay; the heavier half had come by sea.",
    "A census of copper meadows": "Grass that grows on old mines holds metal in its roots, which sheep do not mind.",
}


@pytest.fixture
def certain(library: Library) -> list[tuple[int, int]]:
    """Three certain sets: a record with authors, and one with a venue that came later."""
    made = []
    for title, text in WORKS.items():
        first = editing.add_paper(library, {"title": title, "abstract": text, "authors": "Okafor, Ada"})[0]
        later = {"title": title, "abstract": text, "venue": "Letters", "date": "2024-05-14", "comments": "3"}
        made.append((first, editing.add_paper(library, later)[0]))
    merging.find_duplicates(library, silent)
    return made


def foresee(library: Library, rule: str) -> tuple[Foreseen, list[SetForeseen]]:
    shown: list[SetForeseen] = []
    return bulkmerging.foresee(library, rule, silent, shown.extend), shown


@pytest.mark.parametrize("rule", bulkmerging.RULES)
def test_what_was_foreseen_is_done_in_one_step(library: Library, certain: list[tuple[int, int]], rule: str) -> None:
    found, shown = foresee(library, rule)
    assert (found.sets, found.losers, len(shown)) == (3, 3, 3)
    assert all(one.why for one in shown)
    steps = len(undoing.history(library))
    assert merging.merge_all_same(library, rule=rule).label == "Merge 3 certain sets"
    assert len(undoing.history(library)) == steps + 1
    left = reading.papers(library, searching.find(library).ids)
    assert {one.id for one in left} == {one.into for one in shown}
    assert {one.title for one in left} == {one.title for one in shown}
    assert all((one.venue, len(one.authors), one.comments) == ("Letters", 1, 3) for one in left)
    undoing.undo(library)
    assert searching.find(library).total == 6
    assert len(merging.queue(library)) == 3
    assert checking.check(library) == []


def test_a_rule_says_which_record_is_kept(library: Library, certain: list[tuple[int, int]]) -> None:
    firsts, seconds = zip(*certain, strict=True)
    for rule, kept in (("authors", firsts), ("date", seconds), ("newest", seconds), ("oldest", firsts)):
        _found, shown = foresee(library, rule)
        assert {one.into for one in shown} == set(kept), rule
    keys.freeze(library, seconds)
    found, shown = foresee(library, "authors")
    assert {one.into for one in shown} == set(seconds)
    assert found.fields == {"authors": 3}
    assert shown[0].gains == ("1 author name",)


def test_the_values_of_the_preferred_record_win_where_another_is_kept(library: Library) -> None:
    title, text = next(iter(WORKS.items()))
    values = {"title": title, "abstract": text}
    first = editing.add_paper(library, values | {"organization": "Kettle Works"})[0]
    second = editing.add_paper(library, values | {"organization": "Velvet House", "authors": "Okafor, Ada"})[0]
    keys.freeze(library, [first])
    usual = merging.preview(library, [first, second])
    by_authors = merging.preview(library, [first, second], rule="authors")
    assert (usual.into, by_authors.into) == (first, first)
    assert usual.values["organization"] == "Kettle Works"
    assert by_authors.values["organization"] == "Velvet House"


def test_one_merge_and_all_by_the_usual_rule_make_the_same(library: Library) -> None:
    title, text = next(iter(WORKS.items()))
    values = {"title": title, "abstract": text, "doi": "10.5555/lanterns"}
    oldest = editing.add_paper(library, values | {"author_count": 3, "organization": "Kettle Works"})[0]
    more = {"author_count": 5, "organization": "Velvet House", "venue": "Letters", "date": "2024", "comments": 3}
    fullest = editing.add_paper(library, values | more)[0]
    kept = editing.add_paper(library, values)[0]
    keys.freeze(library, [kept])
    merging.find_duplicates(library, silent)
    (found,) = merging.queue(library)
    assert found.ids == (oldest, fullest, kept)
    made = []
    for merge in (lambda: merging.merge(library, found.ids), lambda: merging.merge_all_same(library, rule="usual")):
        merge()
        made.append(reading.paper(library, kept))
        undoing.undo(library)
    assert made[0] == made[1]
    assert (made[0].author_count, made[0].organization, made[0].venue) == (3, "Kettle Works", "Letters")


def test_cancel_leaves_nothing(library: Library, certain: list[tuple[int, int]]) -> None:
    def cancel(progress: Progress) -> None:
        if progress.done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        bulkmerging.foresee(library, "usual", cancel, lambda _part: None)
    with pytest.raises(Cancelled):
        merging.merge_all_same(library, cancel)
    assert len(merging.queue(library)) == 3
    assert searching.find(library).total == 6
    assert undoing.history(library)[0].label == "Find duplicates"


def test_each_set_of_many_is_taken_apart_by_itself(library: Library, certain: list[tuple[int, int]]) -> None:
    merging.merge_all_same(library)
    for one in searching.find(library).ids.tolist()[:2]:
        (made,) = unmerging.made_of(library, one).merges
        unmerging.take_apart(library, made.merge_id)
    assert searching.find(library).total == 5
    assert checking.check(library) == []


def test_the_queue_is_sorted_by_what_a_merge_gains(library: Library) -> None:
    (title, text), (other, words), _third = WORKS.items()
    poor = [editing.add_paper(library, {"title": title, "abstract": text})[0] for _n in range(2)]
    rich = [editing.add_paper(library, {"title": other, "abstract": words, "comments": "3"})[0]]
    rich += [editing.add_paper(library, {"title": other, "abstract": words, "venue": "Letters", "doi": "10.1145/1"})[0]]
    merging.find_duplicates(library, silent)
    assert {one.ids for one in merging.queue(library)} == {tuple(poor), tuple(rich)}
    found, gains = bulkmerging.queue_by_gain(library, {})
    assert [one.ids for one in found] == [tuple(rich), tuple(poor)]
    assert gains == {tuple(rich): 2, tuple(poor): 0}
    editing.set_fields(library, poor[:1], {"venue": "Here", "date": "2024"})
    editing.set_fields(library, poor[1:], {"doi": "10.1145/2", "authors": "Gull, Ann", "comments": "3"})
    assert bulkmerging.queue_by_gain(library, gains)[1] == gains
    assert bulkmerging.queue_by_gain(library, {})[1][tuple(poor)] == 3
    merging.later(library, rich)
    assert [one.ids for one in bulkmerging.queue_by_gain(library, gains)[0]] == [tuple(poor), tuple(rich)]
