"""Saved searches: what one stands for, with the searches that it names and the place where it stands.

A search narrows the search or collection that it stands in; a group is any or all of what is inside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.query.completing import valued
from db.domain.query.grammar import parser
from db.domain.query.reading import SAVED, parse
from db.domain.query.tree import NOTHING, All, Node, Problem, Query, Term, depth, either, leaves, together
from db.domain.query.values import NUMBER_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.domain.records import SavedSearch

MOST = 300  # words and conditions of a search with all that it names: SQLite bounds the depth of an expression
DEEPEST = 12  # joins in one another, so that a search which names it may nest some more
OF = "Saved search"
TOO_MUCH = f"this stands for more than {MOST} words and conditions. Make some of the searches shorter."
NUMBERED_TERM = re.compile(rf"\b{SAVED}:#(?P<id>[0-9]{{1,18}})\b")
ONE = re.compile(r'-?(?:\w+:)?(?:"[^"]*"|[^\s()"]+)')


class SavedSearches:
    """All saved searches of a library; called with a term that names one, it tells what that finds."""

    def __init__(self, searches: Iterable[SavedSearch], collections: Mapping[int, str]) -> None:
        self._all = {one.id: one for one in searches}
        self._numbers = {plain(one.name): one.id for one in self._all.values()}
        self._collections = collections
        self._known: dict[int, tuple[Node, str]] = {}
        self._open: list[int] = []
        self._loop: list[str] = []

    def __call__(self, term: Term) -> tuple[Node, str]:
        """Return what the saved search that is named finds, and what is wrong with it, or nothing."""
        number = term.number if term.number is not None else self._numbers.get(plain(term.value))
        if number not in self._all:
            if term.number is not None:
                return NOTHING, "This saved search is no longer there."
            return NOTHING, f"There is no saved search called {term.value[:40]}."
        return self.node(number)

    def node(self, number: int) -> tuple[Node, str]:
        """Return what a saved search finds where it stands, and what is wrong with it, or nothing."""
        if number in self._open:
            names = [self._all[one].name for one in self._open[self._open.index(number) :]]
            self._loop = self._loop or [*names, names[0]]
            return NOTHING, f"{OF} {names[0]} uses itself: {' → '.join([*names, names[0]])}."
        if number not in self._known:
            self._open.append(number)
            found = _fitting(*self._placed(self._all[number]))
            self._open.pop()
            self._known[number] = found
        return self._known[number]

    def find_loop(self) -> list[str]:
        """Return the names on the way from a saved search to itself, or nothing when none uses itself."""
        for number in self._all:
            self.node(number)
        return self._loop

    def inside(self, number: int) -> list[SavedSearch]:
        """Return the searches right inside one, by name."""
        return sorted((one for one in self._all.values() if one.parent_id == number), key=lambda one: plain(one.name))

    def text(self, number: int) -> str:
        """Return the search text that a saved search stands for, nothing for an empty group; names stay names."""
        one = self._all[number]
        above = self._above(one)
        own = self._own_text(one)
        if not own:
            return ""
        parts = [own]
        if isinstance(above, Term):
            parts.insert(0, self._collection_text(above.number or 0))
        elif above is not None:
            parts.insert(0, self.text(above.id))
        return _joined(parts, " ")

    def spelled(self, text: str) -> str:
        """Return a text in which saved searches are named, not numbered."""

        def named(match: re.Match[str]) -> str:
            found = self._all.get(int(match["id"]))
            return valued(SAVED, found.name).text if found is not None else match.group()

        return NUMBERED_TERM.sub(named, text)

    def is_empty(self, one: SavedSearch) -> bool:
        """Tell whether a search says nothing yet: a group without searches, which gathering leaves out."""
        return one.kind != "search" and all(self.is_empty(part) for part in self.inside(one.id))

    # What a search says itself, and the place that it narrows -----------------------------------------

    def _placed(self, one: SavedSearch) -> tuple[Node, str]:
        own, why = self._own(one)
        above = self._above(one)
        if above is None:
            return own, why
        within, why_not = (above, "") if isinstance(above, Term) else self.node(above.id)
        return together([within, own]), why or why_not

    def _above(self, one: SavedSearch) -> SavedSearch | Term | None:
        """Return the search or collection that one narrows: groups on the way only gather."""
        seen = {one.id}
        while (parent := self._all.get(one.parent_id or 0)) is not None and parent.id not in seen:
            if parent.kind == "search":
                return parent
            seen.add(parent.id)
            one = parent
        if one.collection_id is None or one.collection_id not in self._collections:
            return None
        return Term("collection", f"#{one.collection_id}", one.collection_id)

    def _own(self, one: SavedSearch) -> tuple[Node, str]:
        if one.kind == "search":
            query = parse(one.text, resolve=self)
            why = next(iter(query.hints), "")
            return query.node, why if not why or why.startswith(OF) else f"{OF} {one.name}: {why}"
        below = [self._gathered(part) for part in self.inside(one.id) if not self.is_empty(part)]
        nodes = list(dict.fromkeys(node for node, _why in below))
        why = next((why for _node, why in below if why), "")
        if not nodes:
            return NOTHING, why
        if one.kind == "all" or All(()) not in nodes:
            return (together if one.kind == "all" else either)(nodes), why
        return All(()), why

    def _gathered(self, one: SavedSearch) -> tuple[Node, str]:
        """Return what a member of a group says itself; one that is open already leads round in a circle."""
        if one.id in self._open:
            return self.node(one.id)
        self._open.append(one.id)
        found = _fitting(*self._own(one))
        self._open.pop()
        return found

    def _own_text(self, one: SavedSearch) -> str:
        if one.kind == "search":
            return one.text.strip()
        parts = [self._own_text(part) for part in self.inside(one.id)]
        return _joined([part for part in parts if part], " " if one.kind == "all" else " OR ")

    def _collection_text(self, number: int) -> str:
        name = self._collections[number]
        alike = [one for one in self._collections.values() if plain(one) == plain(name)]
        return valued("collection", name).text if len(alike) == 1 else f"collection:#{number}"


def plain(name: str) -> str:
    """Return a name as it is compared: without regard to case, and quotes, which a search text cannot say."""
    return " ".join(name.replace('"', " ").split()).casefold()


def bounded(query: Query, length: int) -> Query:
    """Return the query, or one that finds nothing and says why when it has grown too large by what it names."""
    if leaves(query.node) <= MOST:
        return query
    return Query(NOTHING, (*query.problems, Problem(0, length, f"All in all {TOO_MUCH}", saved=True)))


def renamed(text: str, old: str, new: str) -> str:
    """Return a search text in which a saved search that it names is called otherwise."""
    made, at = [], 0
    for start, end, name in _named(text):
        if name == plain(old):
            made += [text[at:start], valued(SAVED, new).text]
            at = end
    return "".join([*made, text[at:]])


def names(text: str) -> set[str]:
    """Return the names of saved searches in a search text, as `plain` has them."""
    return {name for _start, _end, name in _named(text)}


def _named(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a text names a saved search, and the name as it is compared."""
    for token in parser().lex(text):
        field, _, value = token.partition(":")
        by_number = NUMBER_ID.fullmatch(value) is not None
        if token.type == "TERM" and field.lower() == SAVED and not by_number:
            yield token.start_pos or 0, token.end_pos or 0, plain(value.strip('"“”'))


def _fitting(node: Node, why: str) -> tuple[Node, str]:
    if leaves(node) > MOST:
        return NOTHING, why or f"{OF}s in one another: {TOO_MUCH}"
    if depth(node) > DEEPEST:
        return NOTHING, why or f"{OF}s are in one another too deeply."
    return node, why


def _joined(parts: list[str], by: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return by.join(part if ONE.fullmatch(part) else f"({part})" for part in parts)
