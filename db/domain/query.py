"""The search language: text to a small tree. Nothing that a person types is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

FIELDS = frozenset("tag collection dump new back year status is has key author title rating arxiv doi among".split())
NUMBERED = frozenset("tag collection dump new back".split())  # names can repeat or hold a quote, so `#12` is an id
DUMPS = frozenset("dump new back".split())
IS = frozenset("unread reading read skipped starred review trash inferred frozen back published preprint".split())
HAS = frozenset("notes abstract authors date doi arxiv tags".split())
HEAD = "{title authors key}"
"""What names a paper, as the search index takes several columns at once."""
STATUSES = frozenset("unread reading read skipped".split())


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase of the papers' text; a word outside quotes matches as a beginning."""

    text: str
    column: str = ""  # "" anywhere, or title, authors, key, HEAD
    prefix: bool = False
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A condition `field:value`; `number` is the id of what is meant when that was written, as `dump:#12`."""

    field: str
    value: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class YearRange:
    """Years from `low` to `high`, both included."""

    low: int
    high: int


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


Node = Words | Term | YearRange | Not | All | Some


@dataclass(frozen=True, slots=True)
class Query:
    """The tree, and hints in words about terms that were not understood."""

    node: Node
    hints: tuple[str, ...] = ()

    def dumps(self) -> tuple[Term, ...]:
        """Return the dumps that the papers must be in: one term, or alternatives."""
        return next((found for part in _parts(self.node) if (found := _dumps(part))), ())

    def asks_for_trash(self) -> bool:
        """Tell whether the query names the trash, so that trashed papers are searched."""
        return _has_trash(self.node)


TOKEN = re.compile(
    r'\s*(?:(?P<open>-?\()|(?P<close>\))|(?P<minus>-)?(?:(?P<field>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s()"]+)))'
)
LONGEST = 2_000  # characters of a search text; nobody types more
LONGEST_SCOPE = 500_000  # of one that Sheaf makes: it may name the papers one by one
AMONG = 1_000_000  # papers that it may name
MOST = 100  # words and conditions: SQLite bounds the depth of an expression
RUN = re.compile(r"(?P<low>\d{1,15})(?:-(?P<high>\d{1,15}))?")
NUMBER = re.compile(r"#(?P<id>\d{1,18})")
YEARS = re.compile(r"(?P<low>\d{4})(?:(?:-|\.\.)(?P<high>\d{4})?)?$|(?P<op>[<>]=?)(?P<edge>\d{4})$")


def numbers_of(value: str) -> list[int]:
    """Return the numbers that a text such as `3-5,9` names, none when it is no such text or names too many."""
    found: list[int] = []
    for part in value.split(","):
        match = RUN.fullmatch(part)
        low, high = (int(match["low"]), int(match["high"] or match["low"])) if match else (1, 0)
        if low > high or len(found) + high - low >= AMONG:
            return []
        found.extend(range(low, high + 1))
    return found


def parse(text: str, longest: int = LONGEST) -> Query:
    """Return the tree of a search text; unbalanced quotes and parentheses are forgiven."""
    # NUL and lone surrogates cannot be in a paper's text, and SQLite refuses them in a question.
    clean = "".join(" " if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text[:longest])
    reader = _Reader(clean)
    nodes = [reader.alternatives()]
    while reader.tokens:  # a closing parenthesis too many
        reader.tokens.pop(0)
        nodes.append(reader.alternatives())
    return Query(_all(nodes), tuple(reader.hints))


def in_head(query: Query) -> Query:
    """Return a search whose words must stand in what names a paper: title, authors or key."""
    return replace(query, node=_in_head(query.node))


def _in_head(node: Node) -> Node:
    if isinstance(node, Words):
        return node if node.column else replace(node, column=HEAD)
    if isinstance(node, All | Some):
        return replace(node, nodes=tuple(_in_head(one) for one in node.nodes))
    return node  # what must not be there must not be there at all


def both(one: Node, other: Node) -> Node:
    """Return what matches two trees."""
    return _all([one, other])


class _Reader:
    """A recursive descent over the tokens."""

    def __init__(self, text: str) -> None:
        self.tokens = [match for match in TOKEN.finditer(text) if match.group().strip()]
        self.hints: list[str] = []
        if len(self.tokens) > MOST:
            self.hints.append(f"Only the first {MOST} words were searched for.")
            del self.tokens[MOST:]

    def alternatives(self) -> Node:
        """Read `a b OR c`."""
        options = [self._together()]
        while self.tokens and self.tokens[0]["bare"] in ("OR", "|"):
            self.tokens.pop(0)
            options.append(self._together())
        options = [one for one in options if one != All(())]
        return Some(tuple(options)) if len(options) > 1 else _all(options)

    def _together(self) -> Node:
        nodes: list[Node] = []
        while self.tokens and not self.tokens[0]["close"] and self.tokens[0]["bare"] not in ("OR", "|"):
            token = self.tokens.pop(0)
            if token["open"]:
                group = self.alternatives()
                nodes.append(Not(group) if token["open"] == "-(" else group)
                if self.tokens and self.tokens[0]["close"]:
                    self.tokens.pop(0)
            elif token["bare"] != "AND" and (node := self._node(token)) is not None:
                nodes.append(Not(node) if token["minus"] else node)
        return _all(nodes)

    def _node(self, token: re.Match[str]) -> Node | None:
        phrase = token["quoted"] is not None
        value = token["quoted"] if phrase else token["bare"]
        name = (token["field"] or "").lower()
        if name in FIELDS:
            return self._term(name, value.strip(), phrase=phrase)
        if not phrase and value.endswith(":") and value[:-1].lower() in FIELDS:
            return None  # a condition that is still being typed
        if name:  # a word with a colon in it, such as a title's "DPO:"
            value = f"{token['field']} {value}"
        if not any(char.isalnum() for char in value):
            return None
        return Words(value, prefix=not phrase, phrase=phrase)

    def _term(self, name: str, value: str, *, phrase: bool) -> Node | None:
        if not value:
            return None
        if name in ("title", "author"):
            return Words(value, column={"author": "authors"}.get(name, name), prefix=not phrase, phrase=phrase)
        if name == "year":
            return self._years(value)
        if name == "among" and not numbers_of(value):
            self.hints.append(f"among: takes numbers of papers such as 3-5,9, not {value[:40]!r}.")
            return None
        allowed = {"is": IS, "has": HAS, "status": STATUSES}.get(name)
        if allowed is not None and value.lower() not in allowed:
            self.hints.append(f"{name}: knows {', '.join(sorted(allowed))}, not {value!r}.")
            return None
        if name in NUMBERED and not phrase and (match := NUMBER.fullmatch(value)):
            return Term(name, value, int(match["id"]))
        return Term(name, value.lower() if allowed else value)

    def _years(self, value: str) -> Node | None:
        match = YEARS.match(value)
        if match is None:
            self.hints.append(f"year: takes a year such as 2024 or 2023-2025, not {value!r}.")
            return None
        if match["op"]:
            edge = int(match["edge"])
            return {
                "<": YearRange(0, edge - 1),
                "<=": YearRange(0, edge),
                ">": YearRange(edge + 1, 9999),
                ">=": YearRange(edge, 9999),
            }[match["op"]]
        low = int(match["low"])
        open_ended = value.endswith(("-", ".."))
        return YearRange(low, int(match["high"]) if match["high"] else 9999 if open_ended else low)


def _all(nodes: list[Node]) -> Node:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, All) else (node,))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


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
