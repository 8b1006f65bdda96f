"""A search tree as SQL: every typed token reaches FTS5 quoted, as FTS5's own language rejects everyday input."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.domain.names import fold
from db.domain.names import words as words_of
from db.domain.query import NUMBERED, All, Node, Not, Query, Some, Term, Words, YearRange
from db.store import ordering
from db.store.papers import NOT_LIVE, WAS_SKIPPED

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

REVIEWED = (
    "SELECT t.{one} FROM twin t JOIN paper a ON a.id = t.low_id JOIN paper b ON b.id = t.high_id "
    "WHERE t.decision IN ('open', 'later') AND a.state = 'live' AND b.state = 'live'"
)
IN_VERSIONS = "p.id IN (SELECT paper_id FROM paper_version WHERE NOT removed{})"
HAS_PUBLISHED, HAS_PREPRINT = (IN_VERSIONS.format(f" AND kind = '{kind}'") for kind in ("published", "preprint"))
OF_ITSELF = "version_kind(p.entry_type, p.venue, p.doi, p.arxiv_id, p.abstract <> '') = '{}'"
COULD_BE_PUBLISHED = "(p.venue IS NOT NULL OR p.doi IS NOT NULL OR p.entry_type <> 'misc')"  # of others nobody asks
PUBLISHED = (
    f"({HAS_PUBLISHED} OR ({COULD_BE_PUBLISHED} AND {OF_ITSELF.format('published')} AND NOT {IN_VERSIONS.format('')}))"
)
"""A version is known that came out, or the paper itself, known in one version, is such a one."""
PREPRINT = f"({HAS_PREPRINT} OR {OF_ITSELF.format('preprint')}) AND NOT {PUBLISHED}"
IS = {
    "published": PUBLISHED,
    "preprint": PREPRINT,
    "starred": "p.starred",
    "review": f"p.id IN ({REVIEWED.format(one='low_id')} UNION {REVIEWED.format(one='high_id')})",
    "trash": "p.state = 'trash'",
    "inferred": "p.year_inferred",
    "frozen": "p.key_frozen",
    "back": f"p.status = 'skipped' AND EXISTS (SELECT 1 FROM sighting s WHERE s.paper_id = p.id AND {WAS_SKIPPED})",
}
HAS = {
    "notes": "p.notes != ''",
    "abstract": "p.abstract != ''",
    "authors": "p.authors_sort != ''",
    "date": "p.date_sort > 0",
    "doi": "p.doi IS NOT NULL",
    "arxiv": "p.arxiv_id IS NOT NULL",
    "tags": "p.id IN (SELECT paper_id FROM paper_tag)",
}
IN_TAGS = "p.id IN (SELECT pt.paper_id FROM paper_tag pt JOIN tag t ON t.id = pt.tag_id WHERE {})"
IN_COLLECTIONS = (
    "p.id IN (SELECT pc.paper_id FROM paper_collection pc JOIN collection c ON c.id = pc.collection_id WHERE {})"
)
IN_DUMPS = "p.id IN (SELECT s.paper_id FROM sighting s JOIN source o ON o.id = s.source_id WHERE {})"
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


def find_ids(session: Session, query: Query, sort: str, *, descending: bool) -> array[int]:
    """Return the ids of all papers that match, in the order of a column; ties by age."""
    query = _with_tags(session, query)
    dumps = [_which(one) for one in query.dumps()] if sort == "dump" else []
    if sort not in ordering.SORTS or (sort == "dump" and not dumps):
        sort = "added"
    if query.node == All(()):
        return ordering.every(session, sort, descending=descending)
    live = not query.asks_for_trash()
    match = _index_only(query.node)
    if match:
        # Words alone are answered from the search index, without a look at the papers.
        sql = f"SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? AND rowid NOT IN ({NOT_LIVE})"
        ids = ordering.ids_of(session, sql, (match,))
    else:
        where, values = condition(query)
        ids = ordering.ids_of(session, f"SELECT p.id FROM paper p WHERE {where}", values)
    if dumps:
        return ordering.by_dump(session, ids, dumps, descending=descending)
    return ordering.some(session, ids, sort, descending=descending, live=live)


def count(session: Session, query: Query) -> int:
    """Return how many papers match."""
    where, values = condition(_with_tags(session, query))
    found = session.connection().exec_driver_sql(f"SELECT count(*) FROM paper p WHERE {where}", tuple(values))
    return int(found.scalar_one())


def condition(query: Query) -> tuple[str, list[Any]]:
    """Return the SQL condition on `paper p` and its values; live papers only, unless the query names the trash."""
    sql, values = _node(query.node)
    state = "p.state IN ('live', 'trash')" if query.asks_for_trash() else "p.state = 'live'"
    return f"{state} AND {sql}", values


def values_of(session: Session, field: str) -> list[str]:
    """Return the values that a field can be completed to."""
    statements = {
        "tag": "SELECT name FROM tag ORDER BY name_key",
        "collection": "SELECT DISTINCT name FROM collection ORDER BY name",
        "dump": "SELECT name FROM source ORDER BY id DESC",
        "year": "SELECT DISTINCT year FROM paper WHERE year IS NOT NULL ORDER BY year DESC",
    }
    if field not in statements:
        return []
    return [str(value) for value in session.execute(text(statements[field])).scalars()]


def _with_tags(session: Session, query: Query) -> Query:
    """Let words find papers by their tags, too: tags are few, so their names are looked through here."""
    if not _has_words(query.node):
        return query
    names = [(row.id, words_of(row.name)) for row in session.execute(text("SELECT id, name FROM tag ORDER BY id"))]
    return replace(query, node=_tagged(query.node, names))


def _has_words(node: Node) -> bool:
    if isinstance(node, All | Some):
        return any(_has_words(one) for one in node.nodes)
    return _has_words(node.node) if isinstance(node, Not) else isinstance(node, Words)


def _tagged(node: Node, names: Sequence[tuple[int, list[str]]]) -> Node:
    if isinstance(node, Not):
        return Not(_tagged(node.node, names))
    if isinstance(node, All | Some):
        return replace(node, nodes=tuple(_tagged(one, names) for one in node.nodes))
    if not isinstance(node, Words) or node.column:
        return node
    wanted = words_of(node.text)
    tags = [Term("tag", "", tag_id) for tag_id, name in names if _is_in(wanted, name, prefix=node.prefix)]
    return Some((node, *tags)) if tags else node


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
    if isinstance(node, YearRange):
        return "(p.year BETWEEN ? AND ?)", [node.low, node.high]
    if isinstance(node, Not):
        sql, values = _node(node.node)
        return f"NOT coalesce({sql}, FALSE)", values
    if isinstance(node, Term):
        return _term(node)
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


def _index_only(node: Node) -> str:
    """Return words alone as an FTS5 expression, "" when the search asks for anything else."""
    words = node.nodes if isinstance(node, All) else (node,)
    return _expression([one for one in words if isinstance(one, Words)]) if _are_words(words) else ""


def _are_words(nodes: Sequence[Node]) -> bool:
    return all(isinstance(one, Words) for one in nodes)


def _match(words: Sequence[Words]) -> Condition:
    expression = _expression(words)
    if not expression:
        return "TRUE", []
    return "p.id IN (SELECT rowid FROM paper_fts WHERE paper_fts MATCH ?)", [expression]


def _expression(words: Sequence[Words]) -> str:
    tokens = []
    for one in words:
        parts = [one.text] if one.phrase else re.split(r"[\s]+", one.text)
        quoted = ['"' + part.replace('"', '""') + '"' for part in parts if any(char.isalnum() for char in part)]
        column = f"{one.column} : " if one.column else ""
        tokens += [f"{column}{token}{'*' if one.prefix else ''}" for token in quoted]
    return " AND ".join(tokens)


def _term(term: Term) -> Condition:
    if term.field == "is":
        return (f"({IS[term.value]})", []) if term.value in IS else ("p.status = ?", [term.value])
    if term.field == "has":
        return f"({HAS[term.value]})", []
    if term.field in NUMBERED:
        return _named(term)
    if term.field in OF_VERSIONS:
        return _numbered(term)
    column = {"status": "p.status", "key": "p.citation_key", "rating": "p.rating"}.get(term.field)
    if term.field == "key":
        alias = "SELECT paper_id FROM key_alias WHERE key LIKE ? ESCAPE '\\'"
        return f"({column} LIKE ? ESCAPE '\\' OR p.id IN ({alias}))", [_like(term.value) + "%"] * 2
    return f"{column} = ?", [term.value]


def _numbered(term: Term) -> Condition:
    """What has an identifier, itself or in one of its versions."""
    condition, value = OF_VERSIONS[term.field], _like(term.value) + "%" if term.field == "arxiv" else term.value
    versions = IN_VERSIONS.format(" AND paper_version." + condition)
    return f"(p.{condition} OR {versions})", [value, value]


def _named(term: Term) -> Condition:
    """What is filed under a tag, a collection or a dump."""
    sql, values = _which(term)
    return FRAMES[term.field][0].format(sql), values


def _which(term: Term) -> Condition:
    """A tag, collection or dump by its id, or by its name, in which a blank stands for a quote, too."""
    if term.number is not None:
        return f"{FRAMES[term.field][1]} = ?", [term.number]
    if term.field == "tag":
        return f"? IN (t.name_key, {UNQUOTED.format('t.name_key')})", [term.value.casefold()]
    if term.field == "collection":
        small = term.value.encode().lower().decode()  # as the database does it: ASCII letters alone
        return f"? IN (lower(c.name), lower({UNQUOTED.format('c.name')}))", [small]
    # A part of the name will do, unless a dump has just this name.
    exact = f"? IN (name, {UNQUOTED.format('name')})"
    part = f"o.id IN (SELECT id FROM source WHERE {exact}) OR (NOT EXISTS (SELECT 1 FROM source WHERE {exact}) AND "
    return part + "o.name LIKE ? ESCAPE '\\')", [term.value, term.value, "%" + _like(fold(term.value)) + "%"]


def _like(value: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", value)
