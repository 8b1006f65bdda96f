"""A search tree as SQL: every typed token reaches FTS5 quoted, as FTS5's own language rejects everyday input."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.domain.names import fold
from db.domain.names import words as words_of
from db.domain.query import HEAD, NUMBERED, All, Between, Moments, Node, Not, Query, Some, Term, Words
from db.store import asking, relevance
from db.store.papers import WAS_SKIPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

REVIEWED = (
    "SELECT t.{one} FROM twin t JOIN paper a ON a.id = t.low_id JOIN paper b ON b.id = t.high_id "
    "WHERE t.decision IN ('open', 'later') AND a.state = 'live' AND b.state = 'live'"
)
IN_VERSIONS = "p.id IN (SELECT paper_id FROM paper_version WHERE NOT removed{})"
HAS_PUBLISHED, HAS_PREPRINT = (IN_VERSIONS.format(f" AND kind = '{kind}'") for kind in ("published", "preprint"))
PUBLISHED = f"({HAS_PUBLISHED} OR (p.own_kind = 'published' AND NOT {IN_VERSIONS.format('')}))"
"""A version is known that came out, or the paper itself, known in one version, is such a one."""
PREPRINT = f"({HAS_PREPRINT} OR p.own_kind = 'preprint') AND NOT {PUBLISHED}"
AMONG = "p.id IN (SELECT id FROM paper WHERE {})"  # few papers, each kind in an index of its own
IS = {
    "published": PUBLISHED,
    "preprint": PREPRINT,
    "starred": "p.starred",
    "review": f"p.id IN ({REVIEWED.format(one='low_id')} UNION {REVIEWED.format(one='high_id')})",
    "trash": "p.state = 'trash'",
    "inferred": "p.year_inferred",
    "frozen": AMONG.format("key_frozen"),
    "back": f"p.status = 'skipped' AND EXISTS (SELECT 1 FROM sighting s WHERE s.paper_id = p.id AND {WAS_SKIPPED})",
}
HAS = {
    "notes": AMONG.format("notes != ''"),
    "abstract": "NOT " + AMONG.format("abstract = ''"),
    "authors": "p.authors_sort != ''",
    "date": "p.date_sort > 0",
    "doi": AMONG.format("doi IS NOT NULL"),
    "arxiv": AMONG.format("arxiv_id IS NOT NULL"),
    "tags": "p.id IN (SELECT paper_id FROM paper_tag)",
    **asking.HAS,
}
MATCH = "paper_fts MATCH ?"
INITIAL = 2  # letters of an initial with its dot: too many people have it
TAGGED = "FROM paper_tag pt JOIN tag t ON t.id = pt.tag_id WHERE"
COLLECTED = "FROM paper_collection pc JOIN collection c ON c.id = pc.collection_id WHERE"
SIGHTED = "FROM sighting s JOIN source o ON o.id = s.source_id WHERE"
IN_TAGS = f"p.id IN (SELECT pt.paper_id {TAGGED} {{}})"
NAMED_SO = "tags named so"
"""No field of the language: any of the tags whose names have a word. Thousands may, too many to be joined by OR."""
IN_COLLECTIONS = f"p.id IN (SELECT pc.paper_id {COLLECTED} {{}})"
IN_DUMPS = f"p.id IN (SELECT s.paper_id {SIGHTED} {{}})"
BESIDE = {TAGGED: "pt.paper_id", COLLECTED: "pc.paper_id", SIGHTED: "s.paper_id"}
"""Where conditions look outside the papers, and what is a paper's id there."""
UNQUOTED = "trim(replace({}, '\"', ' '))"  # what the search language can say of a name with quotes
FIRST_IN_DUMPS = IN_DUMPS.format(
    "({}) AND NOT EXISTS (SELECT 1 FROM sighting e WHERE e.paper_id = s.paper_id AND e.source_id < s.source_id)"
)
BACK_IN_DUMPS = IN_DUMPS.format("({}) AND " + WAS_SKIPPED)
OF_VERSIONS = {"doi": "doi = ?", "arxiv": "arxiv_id LIKE ? ESCAPE '\\'"}
FRAMES = {
    "tag": (IN_TAGS, "t.id"),
    "collection": (IN_COLLECTIONS, "c.id"),
    "dump": (IN_DUMPS, "o.id"),
    "new": (FIRST_IN_DUMPS, "o.id"),
    "back": (BACK_IN_DUMPS, "o.id"),
}


def condition(query: Query) -> tuple[str, list[Any]]:
    """Return the SQL condition on `paper p` and its values; live papers only, unless the query names the trash."""
    sql, values = _node(query.node)
    state = "p.state IN ('live', 'trash')" if query.asks_for_trash() else "p.state = 'live'"
    return f"{state} AND {sql}", values


def with_tags(session: Session, query: Query) -> Query:
    """Let words find papers by their tags, too: tags are few, so their names are looked through here."""
    if not has_words(query.node):
        return query
    names = [(row.id, words_of(row.name)) for row in session.execute(text("SELECT id, name FROM tag ORDER BY id"))]
    return replace(query, node=_tagged(query.node, names))


def has_words(node: Node) -> bool:
    """Tell whether the search index is asked."""
    if isinstance(node, All | Some):
        return any(has_words(one) for one in node.nodes)
    return has_words(node.node) if isinstance(node, Not) else isinstance(node, Words)


def _tagged(node: Node, names: Sequence[tuple[int, list[str]]]) -> Node:
    if isinstance(node, Not):
        return Not(_tagged(node.node, names))
    if isinstance(node, All | Some):
        return replace(node, nodes=tuple(_tagged(one, names) for one in node.nodes))
    if not isinstance(node, Words) or node.column:
        return node
    wanted = words_of(node.text)
    tags = [tag_id for tag_id, name in names if _is_in(wanted, name, prefix=node.prefix)]
    return Some((node, Term(NAMED_SO, json.dumps(tags)))) if tags else node


def _is_in(wanted: list[str], name: list[str], *, prefix: bool) -> bool:
    """Tell whether words stand in a tag's name one after the other, the last one perhaps as a beginning."""
    if not wanted:
        return False
    *exact, last = wanted
    for start in range(len(name) - len(exact)):
        there = name[start + len(exact)]
        if name[start : start + len(exact)] == exact and (there.startswith(last) if prefix else there == last):
            return True
    return False


Condition = tuple[str, list[Any]]


def _node(node: Node) -> Condition:
    if isinstance(node, Words):
        return _match([node])
    if isinstance(node, Between | Moments):
        return asking.number(node) if isinstance(node, Between) else asking.moment(node)
    if isinstance(node, Not):
        sql, values = _node(node.node)
        return f"NOT coalesce({sql}, FALSE)", values
    if isinstance(node, Term):
        return _exactly(node) if node.exact else _term(node)
    return _several(node)


def _several(node: All | Some) -> Condition:
    if not node.nodes:
        return "TRUE", []
    parts = [_node(one) for one in node.nodes if not (isinstance(node, All) and isinstance(one, Words))]
    words = [one for one in node.nodes if isinstance(one, Words)]
    if isinstance(node, All) and words:
        parts.insert(0, _match(words))  # one question to the index, not one a word
    word = " AND " if isinstance(node, All) else " OR "
    return "(" + word.join(sql for sql, _ in parts) + ")", [value for _, values in parts for value in values]


def index_only(node: Node) -> tuple[str, str]:
    """Return the question for words alone, and an FTS5 expression, "" when the search asks for anything else."""
    words = node.nodes if isinstance(node, All) else (node,)
    return _looked_up([one for one in words if isinstance(one, Words)]) if _are_words(words) else ("", "")


def _are_words(nodes: Sequence[Node]) -> bool:
    return all(isinstance(one, Words) for one in nodes)


def _match(words: Sequence[Words]) -> Condition:
    asked, expression = _looked_up(words)
    return (f"p.id IN ({asked})", [expression]) if expression else ("TRUE", [])


def _looked_up(words: Sequence[Words]) -> tuple[str, str]:
    """Return the question to the search index, and what it is asked for."""
    in_heads = all(one.column and one.column in HEAD for one in words)
    return f"SELECT rowid FROM paper_fts{' /*heads*/' if in_heads else ''} WHERE {MATCH}", relevance.matching(words)


def _exactly(term: Term) -> Condition:
    """What has a value as it is; the words of authors and organizations are looked up in the search index first."""
    sql, values = asking.exact(term.field, term.value)
    if term.field == "venue":
        return sql, values
    telling = " ".join(word for word in term.value.split() if len(word) > INITIAL) or term.value
    words, asked = _match([Words(telling, column="authors")])
    return f"({words} AND {sql})", [*asked, *values]


def _term(term: Term) -> Condition:
    if term.field in ("is", "has"):
        return _state(term)
    if term.field == NAMED_SO:
        return IN_TAGS.format("t.id IN (SELECT value FROM json_each(?))"), [term.value]
    if term.field in asking.OTHERS:
        return asking.OTHERS[term.field](term.value)
    if term.field in NUMBERED:
        return _named(term)
    if term.field in OF_VERSIONS:
        return _numbered(term)
    column = {"status": "p.status", "key": "p.citation_key"}.get(term.field)
    if term.field == "key":
        alias = "SELECT paper_id FROM key_alias WHERE key LIKE ? ESCAPE '\\'"
        return f"({column} LIKE ? ESCAPE '\\' OR p.id IN ({alias}))", [_like(term.value) + "%"] * 2
    return f"{column} = ?", [term.value]


def _state(term: Term) -> Condition:
    """What is something or has something."""
    said = (IS if term.field == "is" else HAS).get(term.value)
    return (f"({said})", []) if said else ("p.status = ?", [term.value])


def _numbered(term: Term) -> Condition:
    """What has an identifier, itself or in one of its versions."""
    condition, value = OF_VERSIONS[term.field], _like(term.value) + "%" if term.field == "arxiv" else term.value
    versions = IN_VERSIONS.format(" AND paper_version." + condition)
    return f"(p.{condition} OR {versions})", [value, value]


def _named(term: Term) -> Condition:
    """What is filed under a tag, a collection or a dump."""
    sql, values = which(term)
    return FRAMES[term.field][0].format(sql), values


def which(term: Term) -> Condition:
    """Return what finds a tag, collection or dump by its id, or by its name, in which a blank stands for a quote."""
    if term.number is not None:
        return f"{FRAMES[term.field][1]} = ?", [term.number]
    if term.field == "tag":
        # A tag stands for those inside it, `nlp` for `nlp/parsing`; `0` is the character after `/`.
        key, plain = term.value.casefold(), UNQUOTED.format("t.name_key")
        inside = " OR ".join(f"({name} > ? AND {name} < ?)" for name in ("t.name_key", plain))
        return f"(? IN (t.name_key, {plain}) OR {inside})", [key, *[f"{key}/", f"{key}0"] * 2]
    if term.field == "collection":
        small = term.value.encode().lower().decode()  # as the database does it: ASCII letters alone
        return f"? IN (lower(c.name), lower({UNQUOTED.format('c.name')}))", [small]
    # A part of the name will do, unless a dump has just this name.
    exact = f"? IN (name, {UNQUOTED.format('name')})"
    part = f"o.id IN (SELECT id FROM source WHERE {exact}) OR (NOT EXISTS (SELECT 1 FROM source WHERE {exact}) AND "
    return part + "o.name LIKE ? ESCAPE '\\')", [term.value, term.value, "%" + _like(fold(term.value)) + "%"]


def _like(value: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", value)
