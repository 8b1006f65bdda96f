"""The map of topics: texts on different things part, the same papers give the same map, odd libraries a calm one."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Callable

import pytest

from db.domain.terms import Bags, learn
from db.domain.topics import NONE, TopicMap

pytestmark = pytest.mark.skipif(importlib.util.find_spec("sklearn") is None, reason="scikit-learn is not installed")

THINGS = {
    "kites": "kite wind string tail paper bamboo sky lift gust meadow".split(),
    "boats": "boat sail harbour keel mast anchor tide deck rudder wharf".split(),
    "bread": "bread flour yeast oven crust dough loaf salt rye baker".split(),
}
LONG = " ".join(f"{a}{b}" for a in "klmnprst" for b in ("ama", "olo", "uru", "eke", "iti", "asa", "opo"))
Papers = list[tuple[str, str]]


def find_topics(bags: Bags, *told: Callable[[str], None]) -> TopicMap:
    """Load scikit-learn with the first test: every process of the suite reads this file, and one runs it."""
    from db.domain.topics import finding

    return finding.find_topics(bags, *told)


def bags_of(papers: Papers) -> Bags:
    made = Bags(learn(papers))
    for title, abstract in papers:
        made.add(title, abstract)
    return made


def some(number: int, *, abstracts: bool = True) -> tuple[Papers, list[str]]:
    dice = random.Random(3)
    kinds = [list(THINGS)[at % 3] for at in range(number)]
    return [
        (" ".join(dice.sample(THINGS[kind], 4)), " ".join(dice.choices(THINGS[kind], k=20)) if abstracts else "")
        for kind in kinds
    ], kinds


@pytest.mark.parametrize("abstracts", [True, False])
def test_topics_part_what_is_about_different_things(abstracts: bool) -> None:
    papers, kinds = some(60, abstracts=abstracts)
    found = find_topics(bags_of(papers))
    about: list[set[str]] = [set() for _ in found.topics]
    for kind, topic in zip(kinds, found.of, strict=True):
        about[topic].add(kind)
    assert all(len(one) == 1 for one in about)
    for at, (kind,) in enumerate(about):
        topic = found.topics[at]
        assert topic.terms
        assert {word.removesuffix("s") for term in topic.terms for word in term.split()} <= set(THINGS[kind])
    assert sum(topic.papers for topic in found.topics) == 60
    assert [one.papers for one in found.topics] == sorted((one.papers for one in found.topics), reverse=True)


def test_like_papers_stand_together() -> None:
    papers, kinds = some(60)
    found = find_topics(bags_of(papers))

    def distance(a: int, b: int) -> float:
        return float((found.x[a] - found.x[b]) ** 2 + (found.y[a] - found.y[b]) ** 2) ** 0.5

    pairs = [(a, b) for a in range(60) for b in range(a)]
    near = [distance(a, b) for a, b in pairs if kinds[a] == kinds[b]]
    far = [distance(a, b) for a, b in pairs if kinds[a] != kinds[b]]
    assert sum(near) / len(near) < sum(far) / len(far) / 1.5
    assert all(0 <= value <= 1 for axis in (found.x, found.y) for value in axis)


def test_the_same_papers_give_the_same_map() -> None:
    papers, _ = some(40)
    assert find_topics(bags_of(papers)) == find_topics(bags_of(papers))


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 7])
def test_few_papers(number: int) -> None:
    papers, _ = some(number)
    found = find_topics(bags_of(papers))
    assert len(found.of) == len(found.x) == len(found.y) == number
    assert sum(one.papers for one in found.topics) == number


@pytest.mark.parametrize("number", [2, 30, 90])
def test_papers_that_say_the_same_are_one_topic(number: int) -> None:
    found = find_topics(bags_of([("Kites in wind", LONG)] * number))
    assert len(found.topics) == 1
    assert found.topics[0].papers == number
    assert found.topics[0].terms


def test_papers_without_words_have_no_topic() -> None:
    papers, _ = some(12)
    found = find_topics(bags_of([*papers, ("", ""), ("The of 42", "$x$")]))
    assert list(found.of[-2:]) == [NONE, NONE]
    assert sum(one.papers for one in found.topics) == 12
    nothing = find_topics(bags_of([("", "")] * 3))
    assert nothing.topics == ()


def test_steps_are_told_and_may_stop_it() -> None:
    papers, _ = some(12)
    steps: list[str] = []
    find_topics(bags_of(papers), steps.append)
    assert len(steps) > 3

    def stop(_step: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_topics(bags_of(papers), stop)


def test_more_papers_than_landmarks_find_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    from db.domain.topics import layout

    monkeypatch.setattr(layout, "LANDMARKS", 20)
    papers, kinds = some(90)
    found = find_topics(bags_of(papers))
    middles = {
        kind: [sum(axis[at] for at in range(90) if kinds[at] == kind) / 30 for axis in (found.x, found.y)]
        for kind in THINGS
    }
    nearest = [
        min(THINGS, key=lambda kind: (found.x[at] - middles[kind][0]) ** 2 + (found.y[at] - middles[kind][1]) ** 2)
        for at in range(90)
    ]
    assert sum(a == b for a, b in zip(nearest, kinds, strict=True)) > 80
