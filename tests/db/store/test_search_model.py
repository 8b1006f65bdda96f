"""Random papers and random searches: the answers are those of a slow evaluation in plain Python."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from db import services
from db.services.library import Library

VOCABULARY = ("kettle", "ket", "Évora", "evora", "sheaf", "sheaves", "naïve", "R2-D2", "对齐", "lantern")
TAGS = ("to read", "ket", "nlp", "nlp/parsing", "nlp/parsing/deep")
STATUSES = ("unread", "reading", "read", "skipped")
TOKEN = re.compile(r"[^\W_]+")


@dataclass
class Model:
    """A paper as the evaluation sees it."""

    texts: dict[str, str]
    year: int | None
    comments: int | None
    rating: int
    status: str
    starred: bool
    organization: str
    code: bool
    age: int
    tags: set[str] = field(default_factory=set)


def tokens(text: str) -> list[str]:
    bare = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))
    return TOKEN.findall(bare)


def holds(text: str, wanted: str, *, quoted: bool) -> bool:
    """Tell whether words stand in a text one after the other, the last as a beginning outside quotes."""
    there, parts = tokens(text), tokens(wanted)
    for at in range(len(there) - len(parts) + 1):
        piece = there[at : at + len(parts)]
        same_end = piece[-1] == parts[-1] if quoted else piece[-1].startswith(parts[-1])
        if piece[:-1] == parts[:-1] and same_end:
            return True
    return False


class Search:
    """A search as text, and as what it means."""

    def __init__(self, text: str, fits: object) -> None:
        self.text = text
        self.fits = fits

    def __repr__(self) -> str:
        return self.text


def word(value: str, column: str, quoted: bool) -> Search:
    shown = f'"{value}"' if quoted else value
    names = {"authors": "author", "notes": "note"}

    def fits(paper: Model) -> bool:
        columns = [column] if column else list(paper.texts)
        if any(holds(paper.texts[one], value, quoted=quoted) for one in columns):
            return True
        return not column and any(holds(one, value, quoted=quoted) for one in paper.tags)

    return Search(f"{names.get(column, column)}:{shown}" if column else shown, fits)


def number(name: str, op: str, low: int, high: int) -> Search:
    shown = f"{low}..{high}" if op == ".." else f"{op}{low}"

    def fits(paper: Model) -> bool:
        value = getattr(paper, name)
        if value is None:
            return False
        return {
            "": value == low, ">": value > low, ">=": value >= low, "<": value < low, "<=": value <= low,
            "..": low <= value <= high,
        }[op]  # fmt: skip

    return Search(f"{name}:{shown}", fits)


def tag(name: str) -> Search:
    def fits(paper: Model) -> bool:
        return any(one == name or one.startswith(name + "/") for one in paper.tags)

    return Search(f'tag:"{name}"' if " " in name else f"tag:{name}", fits)


FIXED = [
    *(Search(f"status:{one}", lambda paper, one=one: paper.status == one) for one in STATUSES),
    Search("is:starred", lambda paper: paper.starred),
    Search("has:code", lambda paper: paper.code),
    Search("has:tags", lambda paper: bool(paper.tags)),
    Search("has:notes", lambda paper: bool(paper.texts["notes"])),
    Search("org:evora", lambda paper: "evora" in " ".join(tokens(paper.organization))),
    Search("added:<7d", lambda paper: paper.age < 7),
    Search("added:>2w", lambda paper: paper.age > 14),
    Search("added:today", lambda paper: paper.age == 0),
    Search("dup:any", lambda paper: False),
]
OPERATORS = st.sampled_from(["", ">", ">=", "<", "<=", ".."])
WORDS = st.sampled_from(VOCABULARY)
PLAIN = st.builds(word, WORDS, st.just(""), st.booleans())
LEAVES = st.one_of(
    PLAIN,
    st.builds(word, WORDS, st.sampled_from(["title", "abstract", "notes", "authors"]), st.booleans()),
    st.builds(lambda one, two: word(f"{one} {two}", "", True), WORDS, WORDS),
    st.builds(number, st.just("year"), OPERATORS, st.integers(2020, 2024), st.integers(2022, 2025)),
    st.builds(number, st.sampled_from(["comments", "rating"]), OPERATORS, st.integers(0, 3), st.integers(1, 5)),
    st.builds(tag, st.sampled_from(["nlp", "nlp/parsing", "to read", "ket", "nlp/parsing/deep"])),
    st.sampled_from(FIXED),
)  # fmt: skip


def both(one: Search, two: Search, joint: str) -> Search:
    return Search(f"({one.text}{joint}{two.text})", lambda paper: one.fits(paper) and two.fits(paper))


def either(one: Search, two: Search, joint: str) -> Search:
    return Search(f"({one.text}{joint}{two.text})", lambda paper: one.fits(paper) or two.fits(paper))


def none(one: Search, sign: str) -> Search:
    return Search(f"{sign}({one.text})", lambda paper: not one.fits(paper))


SEARCHES = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.builds(both, below, below, st.sampled_from([" ", " AND ", "  "])),
        st.builds(either, below, below, st.sampled_from([" OR ", " | "])),
        st.builds(none, below, st.sampled_from(["-", "NOT "])),
    ),
    max_leaves=12,
)


def random_paper(library: Library, dice: random.Random) -> tuple[int, Model]:
    def words(most: int) -> str:
        return " ".join(dice.choice(VOCABULARY) for _ in range(dice.randint(0, most)))

    texts = {"title": words(4) or "Untitled", "abstract": words(6), "notes": words(2) if dice.random() < 0.4 else ""}
    organization = dice.choice(["", "", "Évora Labs", "Lantern AI"])
    author = dice.choice(["", "Sheaf", "Öz"])
    model = Model(
        texts | {"authors": f"{author} {organization}", "key": ""},
        dice.choice([None, 2020, 2022, 2023, 2024]),
        dice.choice([None, 0, 1, 3]),
        dice.randint(0, 5),
        dice.choice(STATUSES),
        dice.random() < 0.3,
        organization,
        dice.random() < 0.3,
        dice.choice([0, 3, 10, 30]),
    )
    values: dict[str, object] = {**texts, "organization": organization, "rating": model.rating, "status": model.status}
    values |= {"starred": model.starred, "authors": f"{author}, Ada" if author else ""}
    values |= {"date": str(model.year)} if model.year else {}
    values |= {"comments": str(model.comments)} if model.comments is not None else {}
    values |= {"urls": ["https://github.com/kettle/lantern"]} if model.code else {}
    paper_id, _ = services.editing.add_paper(library, values)
    paper = services.reading.paper(library, paper_id)
    assert paper is not None
    model.texts |= {"key": paper.citation_key, "authors": f"{author} {'Ada' if author else ''} {organization}"}
    model.tags = set(dice.sample(TAGS, dice.choice([0, 0, 1, 2])))
    if model.tags:
        services.tagging.tag(library, [paper_id], add=sorted(model.tags))
    return paper_id, model


@pytest.fixture(scope="module", params=[1, 2])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, dict[int, Model]]]:
    """A library of random papers, and what the evaluation knows of them."""
    folder: Path = tmp_path_factory.mktemp("world")
    library = Library.open(folder / "world.sheaf")
    dice = random.Random(request.param)
    papers = dict(random_paper(library, dice) for _ in range(40))
    now = datetime.now(UTC)
    with library.writing("Days") as write:
        for paper_id, model in papers.items():
            # An hour over the days, so that no edge falls into the test.
            moment = now - timedelta(days=model.age, seconds=0 if model.age == 0 else 3_600)
            write.session.execute(
                sql("UPDATE paper SET added_at = :at WHERE id = :id"),
                {"at": moment.isoformat(timespec="microseconds"), "id": paper_id},
            )
    yield library, papers
    library.close()


@settings(max_examples=120)
@given(search=SEARCHES)
def test_a_search_finds_what_a_slow_evaluation_finds(world: tuple[Library, dict[int, Model]], search: Search) -> None:
    library, papers = world
    expected = {paper_id for paper_id, model in papers.items() if search.fits(model)}
    found = services.searching.find(library, search.text)
    assert (set(found.ids), found.message) == (expected, "")
    ranked = services.searching.find(library, search.text, sort="relevance")
    assert sorted(ranked.ids) == sorted(expected)


@settings(max_examples=60)
@given(search=SEARCHES, other=SEARCHES)
def test_what_is_said_twice_means_the_same(
    world: tuple[Library, dict[int, Model]], search: Search, other: Search
) -> None:
    library, papers = world
    fits = {paper_id: (search.fits(model), other.fits(model)) for paper_id, model in papers.items()}
    for text, expected in (
        (f"{search} OR {other} OR {search}", {one for one, found in fits.items() if any(found)}),
        (f"{search} ({other} {search}) {other}", {one for one, found in fits.items() if all(found)}),
        (f"-({search}) {search}", set()),
    ):
        assert set(services.searching.find(library, text).ids) == expected, text


@settings(max_examples=60)
@given(search=SEARCHES, scope=SEARCHES)
def test_what_is_beyond_a_scope_is_counted(
    world: tuple[Library, dict[int, Model]], search: Search, scope: Search
) -> None:
    library, papers = world
    expected = sum(search.fits(model) and not scope.fits(model) for model in papers.values())
    assert services.searching.count_beyond(library, search.text, scope.text) == expected


HOSTILE = st.text(
    st.sampled_from([*"ab \t\"():-|*^+'\\{};%_?#<>=.,/\0\ud800é中“”\u0301"]) | st.characters(), max_size=60
)
PIECES = st.lists(
    st.sampled_from(
        [
            *"tag: year: title: has:code dup: org: key:% is:trash added:< 9999y NEAR( NOT OR AND".split(),
            *("( ) \" * : - {title} dump:#99999999999999999".split()),
            "'; DROP TABLE paper; --",
            " ",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=120)
@given(text=HOSTILE | PIECES)
def test_nothing_that_is_typed_fails(world: tuple[Library, dict[int, Model]], text: str) -> None:
    library, papers = world
    for sort in ("added", "relevance", "dump"):
        assert set(services.searching.find(library, text, sort=sort).ids) <= set(papers)
    services.searching.count_beyond(library, text, "tag:nlp")
    services.searching.find_best(library, text, 5)
    services.completing.complete(library, text, len(text))


@pytest.mark.parametrize(
    "text", ["(" * 5_000 + "ket" + ")" * 5_000, "(ket OR -(" * 1_000, "-(a b " * 1_600, "ket OR " * 1_400]
)
def test_the_longest_and_deepest_texts_are_answered(world: tuple[Library, dict[int, Model]], text: str) -> None:
    library, papers = world
    assert set(services.searching.find(library, text, scope="is:unread OR -tag:nlp", sort="relevance").ids) <= set(
        papers
    )
