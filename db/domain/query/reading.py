"""A search text to its tree; what is not understood is left out, named, and the rest is searched."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from db.domain.query.fields import named, read_value
from db.domain.query.grammar import tree_of, unknown_field
from db.domain.query.tree import (
    EVERYTHING,
    All,
    Node,
    Not,
    Problem,
    Query,
    Term,
    Words,
    depth,
    either,
    negated,
    positive,
    together,
)

if TYPE_CHECKING:
    from lark import Token, Tree

LONGEST = 10_000  # characters of a search text; nobody types more
LONGEST_SCOPE = 500_000  # of one that Sheaf makes: it may name the papers one by one
DEEPEST = 20  # joins and negations in one another: SQLite's parser has a stack of 100
QUOTES = '"“”'
TOO_DEEP = "This is nested too deeply: only its words were searched for."

SAVED = "in"

Deep = tuple[Node, int]
"""A node, and how many others are in one another below it."""
Resolve = Callable[[Term], tuple[Node, str]]
"""Tells what a saved search that is named finds, and what is wrong with it in a sentence, or nothing."""


def cleaned(text: str) -> str:
    """Return the text with blanks for what cannot be in a paper's text, and what SQLite refuses in a question."""
    return "".join(" " if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)


def parse(text: str, longest: int = LONGEST, resolve: Resolve | None = None) -> Query:
    """Return the tree of a search text; unbalanced quotes and parentheses are forgiven.

    With `resolve` the names of saved searches are replaced by what these find.
    """
    if not text.strip():
        return Query(All(()))
    clean = cleaned(text[:longest])
    tree, problems = tree_of(clean)
    reader = _Reader(problems, resolve)
    if len(text) > longest:
        problems.append(Problem(longest, len(text), f"Only the first {longest:,} characters were read."))
    node, _depth = reader.read(tree)
    if reader.too_deep:
        problems.append(Problem(0, len(clean), TOO_DEEP))
    return Query(node, tuple(sorted(problems, key=lambda one: one.start)))


class _Reader:
    """Makes nodes from the bottom up, without recursion: a text may nest five thousand deep."""

    def __init__(self, problems: list[Problem], resolve: Resolve | None) -> None:
        self._problems = problems
        self._resolve = resolve
        self.too_deep = False

    def read(self, tree: Tree[Token]) -> Deep:
        """Return the node of the tree."""
        made: dict[int, Deep] = {}
        for part in tree.iter_subtrees():  # children come first
            below = [self._leaf(one) if isinstance(one, str) else made[id(one)] for one in part.children]
            made[id(part)] = self._joined(str(part.data), [one for one in below if one is not None])
        return made[id(tree)]

    def _joined(self, kind: str, below: list[Deep]) -> Deep:
        below = [one for one in below if one[0] != All(())]
        if len(below) == 1 and kind != "negated":
            return below[0]
        if not below:
            return All(()), 0
        node = MADE.get(kind, together)([node for node, _ in below])
        depth = max(deep + (type(one) is not type(node)) for one, deep in below)
        if kind == "negated" and not isinstance(node, Not):  # not not a
            return node, depth - 2
        if depth <= DEEPEST:
            return node, depth
        self.too_deep = True
        return together(list[Node](positive(node))), 1

    def _leaf(self, token: Token) -> Deep | None:
        node = {"WORD": self._word, "PHRASE": self._phrase, "TERM": self._term}.get(token.type, _nothing)(token)
        return None if node is None else (node, depth(node))

    def _word(self, token: Token) -> Node | None:
        value = str(token)
        name, colon, rest = value.partition(":")
        if meant := unknown_field(value):
            self._problem(token, f"There is no field {name}: do you mean {meant}: here? Its words were searched.")
        if colon and rest and name.isascii() and name.isalpha():  # a word with a colon in it, such as `re:zero`
            value = f"{name} {rest}"
        return Words(value, prefix=True) if any(char.isalnum() for char in value) else None

    def _phrase(self, token: Token) -> Node | None:
        value = token.strip().strip(QUOTES).strip()  # blanks may follow a quotation mark that nothing closes
        return Words(value, phrase=True) if any(char.isalnum() for char in value) else None

    def _term(self, token: Token) -> Node | None:
        name, _, value = token.rstrip().partition(":")
        sign, value = ("=", value[1:]) if value[:1] == "=" else ("", value)
        quoted = value[:1] in QUOTES and bool(value)
        found = read_value(named(name), value.strip(QUOTES) if quoted else value, quoted=quoted, sign=sign)
        if isinstance(found, str):
            self._problem(token, found)
            return None
        if isinstance(found, Term) and found.field == SAVED and self._resolve is not None:
            node, why = self._resolve(found)
            if why:
                self._problem(token, why, saved=True)
            return EVERYTHING if node == All(()) else node
        return found

    def _problem(self, token: Token, why: str, *, saved: bool = False) -> None:
        start = token.start_pos or 0
        self._problems.append(Problem(start, token.end_pos or start + len(token), why, saved))


def _nothing(_token: Token) -> None:
    return None


MADE: dict[str, Callable[[list[Node]], Node]] = {"negated": lambda nodes: negated(nodes[-1]), "any_of": either}
