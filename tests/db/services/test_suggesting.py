"""Tags that are suggested: whether they fit, why, and that a refused one stays away."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.services import editing, merging, reading, retagging, suggesting, tagging, undoing
from db.services.progress import Progress

if TYPE_CHECKING:
    from db.services.library import Library

TOPICS = {
    "glaciers": "glacier moraine crevasse icefall meltwater firn ablation serac".split(),
    "beekeeping": "hive brood nectar swarm apiary pollen drone wax".split(),
    "clockwork": "escapement pendulum mainspring gear pivot chime verge balance".split(),
    "cheese": "rennet curd whey rind brine affinage mould dairy".split(),
}
PLAIN = (
    "river stone window market letter garden bridge winter summer colour north table silver paper basket copper field "
    "morning harbour ladder yellow kettle carpet thread button candle meadow orchard"
).split()


def text(dice: random.Random, topic: str, own: int, plain: int) -> str:
    words = dice.sample(TOPICS[topic], own) + dice.sample(PLAIN, plain)
    dice.shuffle(words)
    return " ".join(words)


def fill(library: Library, each: int, untagged: int) -> dict[int, str]:
    """Add papers of four topics; return those whose tag was left off, with the tag that fits."""
    dice = random.Random(11)
    held_out: dict[int, str] = {}
    for topic in TOPICS:
        ids = []
        for _paper in range(each):
            values = {"title": text(dice, topic, 2, 4).title(), "abstract": text(dice, topic, 4, 14)}
            ids.append(editing.add_paper(library, values)[0])
        held_out |= dict.fromkeys(ids[:untagged], topic)
        tagging.tag(library, ids[untagged:], add=[topic])
        tagging.tag(library, dice.sample(ids, each // 3), add=["to read"])  # what no text tells
    return held_out


@pytest.fixture
def held_out(library: Library) -> dict[int, str]:
    return fill(library, each=14, untagged=4)


def test_tags_that_were_left_off_are_found_and_others_are_not(library: Library, held_out: dict[int, str]) -> None:
    found = suggesting.suggest(library, list(held_out))
    assert (found.looked_at, found.asked) == (16, 16)
    first = {one.paper_id: one.tag.name for one in reversed(found.offers)}
    right = sum(first.get(paper_id) == topic for paper_id, topic in held_out.items())
    assert right >= 15
    wrong = [one for one in found.offers if one.tag.name != held_out[one.paper_id]]
    assert len(wrong) <= 2


def test_each_says_why_in_counts_that_are_true(library: Library, held_out: dict[int, str]) -> None:
    (paper_id, topic), *_rest = held_out.items()
    (offer, *_others) = suggesting.suggest(library, [paper_id]).offers
    assert offer.tag.name == topic
    said, similar = offer.reason.split("; ")
    counts, word = said.split(" with this tag say ")
    saying, tagged = (int(one) for one in counts.removesuffix(" papers").split(" of "))
    with_tag = [one for one in reading.papers(library, range(1, 57)) if any(t.name == topic for t in one.tags)]
    assert tagged == len(with_tag) == 10
    assert saying == sum(word.strip("“”") in f"{one.title} {one.abstract}".casefold().split() for one in with_tag)
    assert " most similar papers have it, such as “" in similar


def test_what_a_paper_has_and_what_that_is_inside_of_is_not_offered(library: Library, held_out: dict[int, str]) -> None:
    (paper_id, topic), *_rest = held_out.items()
    tagging.tag(library, [paper_id], add=[f"{topic}/alpine"])
    assert not [one for one in suggesting.suggest(library, [paper_id]).offers if one.tag.name == topic]
    assert suggesting.suggest(library, []).offers == ()


def test_accepted_ones_are_given_as_one_step(library: Library, held_out: dict[int, str]) -> None:
    pairs = [one.pair for one in suggesting.suggest(library, list(held_out)).offers]
    assert suggesting.accept(library, pairs).label == "Accept suggested tags of 16 papers"
    found = {one.id: {tag.name for tag in one.tags} for one in reading.papers(library, list(held_out))}
    assert sum(topic in found[paper_id] for paper_id, topic in held_out.items()) >= 15
    assert suggesting.suggest(library, list(held_out)).offers == ()
    undoing.undo(library)
    assert [one.pair for one in suggesting.suggest(library, list(held_out)).offers] == pairs
    retagging.delete(library, ["glaciers"])
    assert suggesting.accept(library, pairs)


def offered(library: Library, paper_id: int) -> set[str]:
    return {one.tag.name for one in suggesting.suggest(library, [paper_id]).offers}


def test_a_refused_one_is_not_offered_for_that_paper_again(library: Library, held_out: dict[int, str]) -> None:
    one, other, *_rest = held_out
    topic = held_out[one]
    (tag_id,) = [tag.id for tag in tagging.tags(library) if tag.name == topic]
    assert suggesting.refuse(library, [(one, tag_id)]).label == "Refuse suggested tags of 1 paper"
    assert topic not in offered(library, one)
    assert topic in offered(library, other)
    tagging.rename(library, tag_id, "ice")
    assert "ice" not in offered(library, one)
    undoing.undo(library)
    undoing.undo(library)
    assert topic in offered(library, one)


def test_a_refusal_stays_when_papers_or_tags_are_merged(library: Library, held_out: dict[int, str]) -> None:
    one, other, *_rest = held_out
    topic = held_out[one]
    (tag_id,) = [tag.id for tag in tagging.tags(library) if tag.name == topic]
    suggesting.refuse(library, [(one, tag_id), (other, tag_id), (other, 999), (999, tag_id)])
    merging.merge(library, [one, other])
    kept = next(row.id for row in reading.rows(library, [one, other]) if reading.paper(library, row.id))
    retagging.merge(library, [topic], "ice")
    assert "ice" not in offered(library, kept)


def test_the_trash_that_is_emptied_takes_its_refusals_along(library: Library, held_out: dict[int, str]) -> None:
    paper_id = next(iter(held_out))
    suggesting.refuse(library, [(paper_id, 1)])
    editing.trash(library, [paper_id])
    assert suggesting.suggest(library, [paper_id]).looked_at == 0
    editing.empty_trash(library)
    with library.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM tag_refusal").scalar() == 0
    while undoing.undo(library):
        pass


def test_looking_can_be_cancelled(library: Library, held_out: dict[int, str]) -> None:
    def cancel(progress: Progress) -> None:
        if progress.done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        suggesting.suggest(library, list(held_out), cancel)
