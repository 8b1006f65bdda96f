"""The tree of a search: words, conditions, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass, replace

DUMPS = frozenset("dump new back".split())
HEAD = "{title authors key}"
"""What names a paper, as the search index takes several columns at once."""


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase of the papers' text; a word outside quotes matches as a beginning."""

    text: str
    column: str = ""  # "" anywhere, or title, abstract, notes, authors, key, HEAD
    prefix: bool = False
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A condition `field:value`; `number` is the id of what is meant when that was written, as `dump:#12`.

    `exact` asks for just this value where the field takes a part of it: `org:="Ember Labs"`.
    """

    field: str
    value: str
    number: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A number from `low` to `high`, both included: year, rating, comments, upvotes, stars; None is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Moments:
    """What was added at `start` or later and before `end`.

    Each is the beginning of a day (`2025-03-01`, `today`, `yesterday`, `tomorrow`), a time ago (`7d`), or "" for open.
    """

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match the node."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """What matches every node; no nodes match everything."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """What matches at least one node."""

    nodes: tuple[Node, ...]


Node = Words | Term | Between | Moments | Not | All | Some
NOTHING = Not(All(()))
"""What no paper matches."""
EVERYTHING = Not(NOTHING)
"""What every paper matches, said on purpose: a text that asks for nothing is `All(())`, and left out of others."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Characters `start` to `end` of the text that were not understood, and why in a sentence.

    `saved` tells that they name a saved search, so that the answer is not what the person means.
    """

    start: int
    end: int
    why: str
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """The tree, and what of the text was not understood."""

    node: Node
    problems: tuple[Problem, ...] = ()

    @property
    def hints(self) -> tuple[str, ...]:
        """What was not understood, in words."""
        return tuple(dict.fromkeys(one.why for one in self.problems))

    def dumps(self) -> tuple[Term, ...]:
        """Return the dumps that the papers must be in: one term, or alternatives."""
        return next((found for part in _parts(self.node) if (found := _dumps(part))), ())

    def asks_for_trash(self) -> bool:
        """Tell whether the query names the trash, so that trashed papers are searched."""
        return _has_trash(self.node)


def in_head(query: Query) -> Query:
    """Return a search whose words must stand in what names a paper: title, authors or key."""
    return replace(query, node=_in_head(query.node))


def both(one: Node, other: Node) -> Node:
    """Return what matches two trees."""
    return together([one, other])


def without(one: Node, other: Node) -> Node:
    """Return what matches the first tree and not the second."""
    return together([one, negated(other)])


def together(nodes: list[Node]) -> Node:
    """Return what matches every node, as flat as it can be; each is asked for once."""
    flat: dict[Node, None] = {}
    for node in nodes:
        flat |= dict.fromkeys(node.nodes if isinstance(node, All) else (node,))
    return next(iter(flat)) if len(flat) == 1 else All(tuple(flat))


def either(nodes: list[Node]) -> Node:
    """Return what matches at least one node, as flat as it can be; each is asked for once.

    Nodes that ask for nothing are left out.
    """
    flat: dict[Node, None] = {}
    for node in nodes:
        flat |= dict.fromkeys(node.nodes if isinstance(node, Some) else () if node == All(()) else (node,))
    return Some(tuple(flat)) if len(flat) > 1 else together(list(flat))


def negated(node: Node) -> Node:
    """Return what does not match the node."""
    if node == NOTHING:
        return EVERYTHING
    return node.node if isinstance(node, Not) else Not(node)


def leaves(node: Node) -> int:
    """Return how many words and conditions a tree has."""
    if isinstance(node, All | Some):
        return sum(leaves(one) for one in node.nodes)
    return leaves(node.node) if isinstance(node, Not) else 1


def depth(node: Node) -> int:
    """Return how many joins and negations are in one another."""
    if isinstance(node, All | Some):
        return 1 + max((depth(one) for one in node.nodes), default=0)
    return 1 + depth(node.node) if isinstance(node, Not) else 0


def positive(node: Node) -> list[Words]:
    """Return the words that papers may match, those after a NOT left out."""
    if isinstance(node, All | Some):
        return [one for part in node.nodes for one in positive(part)]
    return [node] if isinstance(node, Words) else []


def _in_head(node: Node) -> Node:
    if isinstance(node, Words):
        return node if node.column else replace(node, column=HEAD)
    if isinstance(node, All | Some):
        return replace(node, nodes=tuple(_in_head(one) for one in node.nodes))
    return node  # what must not be there must not be there at all


def _parts(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, All) else (node,)


def _dumps(node: Node) -> tuple[Term, ...]:
    options = node.nodes if isinstance(node, Some) else (node,)
    terms = tuple(one for one in options if isinstance(one, Term) and one.field in DUMPS)
    return terms if len(terms) == len(options) else ()


def _has_trash(node: Node) -> bool:
    if isinstance(node, Term):
        return node == Term("is", "trash")
    if isinstance(node, All | Some):
        return any(_has_trash(one) for one in node.nodes)
    return False
