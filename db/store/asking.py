"""What conditions ask of a paper besides its words, tags and places: numbers, times, links, files, open twins."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from db.domain.names import fold
from db.domain.query import numbers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.domain.query import Between, Moments

Condition = tuple[str, list[Any]]

NUMBERS = {
    "year": "p.date_sort",  # which is in an index
    "rating": "p.rating",
    "comments": "p.comments",
    "upvotes": "p.upvotes",
    "stars": "CAST(json_extract(p.fields, '$.github_stars') AS INTEGER)",  # as far as a page told them
}
TEXTS = {
    "org": "(instr(folded(p.organization), ?) > 0 OR instr(folded(p.organization_slug), ?) > 0)",
    "venue": "instr(folded(p.venue), ?) > 0",
}
TWIN = (
    "p.id IN (SELECT t.{one} FROM twin t JOIN paper a ON a.id = t.low_id JOIN paper b ON b.id = t.high_id "
    "WHERE t.decision IN ('open', 'later') AND a.state = 'live' AND b.state = 'live'{which})"
)
LINKS = "p.urls <> '[]'"
# Most papers have no links, and to go through none of them is a call of a function on a server.
CODE = "json_type(p.fields, '$.github') <> 'null' OR ({} AND EXISTS (SELECT 1 FROM json_each(p.urls) WHERE {}))".format(
    LINKS, " OR ".join(f"value LIKE '%{host}/_%'" for host in ("github.com", "gitlab.com", "bitbucket.org"))
)
PDF = "SELECT paper_id FROM attachment WHERE mime LIKE '%pdf' OR path LIKE '%.pdf'"
HAS = {
    "code": f"({CODE})",
    "pdf": f"p.id IN ({PDF})",
    "files": "p.id IN (SELECT paper_id FROM attachment)",
    "venue": "coalesce(p.venue, '') <> ''",
    "org": "coalesce(p.organization, '') <> ''",
    "links": LINKS,
}
COLUMNS = {"org": "organization", "venue": "venue"}
AGES = {"d": (1, "days"), "w": (7, "days"), "m": (1, "months"), "y": (1, "years")}
DAYS = {"yesterday": "-1 days", "today": "+0 days", "tomorrow": "+1 days"}
MOMENT = "SELECT coalesce(strftime('%Y-%m-%dT%H:%M:%S', ?, ?, ?, ?, ?), '')"  # '' is before everything


def number(asked: Between) -> Condition:
    """Return what a number must be; a paper without it does not match."""
    column, low, high = NUMBERS[asked.field], asked.low, asked.high
    if asked.field == "year":
        low = max(1, (low or 0) * 10_000)
        high = None if high is None else high * 10_000 + 9_999
    parts = [(f"{column} >= ?", low), (f"{column} <= ?", high)]
    wanted = [(sql, edge) for sql, edge in parts if edge is not None]
    return "(" + " AND ".join(sql for sql, _ in wanted) + ")", [edge for _, edge in wanted]


def moment(asked: Moments) -> Condition:
    """Return when a paper must have been added, in days of the clock on the wall."""
    parts = [("added_at >= ?", asked.start), ("added_at < ?", asked.end)]
    wanted = [(sql, edge) for sql, edge in parts if edge]
    if not wanted:
        return "FALSE", []  # after the last day there is
    # Apart, so that it is read from the index over the column.
    within = " AND ".join(sql for sql, _ in wanted)
    return f"p.id IN (SELECT id FROM paper WHERE {within})", [_moment(edge) for _, edge in wanted]


def _moment(edge: str) -> str:
    """Return a moment as the library keeps it, in UTC; whatever the engine, SQLite knows how months are counted."""
    with closing(sqlite3.connect(":memory:")) as clock:
        (found,) = clock.execute(MOMENT, _modifiers(edge)).fetchone()
    return str(found)


def _modifiers(edge: str) -> list[str]:
    """Return a time and the four changes that make it what is meant, in UTC as the library keeps it."""
    if edge in DAYS:
        return ["now", "localtime", "start of day", DAYS[edge], "utc"]
    if edge[-1] in AGES:
        by, unit = AGES[edge[-1]]
        return ["now", f"-{int(edge[:-1]) * by} {unit}", *["+0 days"] * 3]
    return [edge, "+0 days", "+0 days", "+0 days", "utc"]


def _part_of(field: str, value: str) -> Condition:
    """Return in which column a part of a text must stand, without regard to case and accents."""
    sql = TEXTS[field]
    return sql, [fold(value)] * sql.count("?")


def called(person: Sequence[str]) -> str:
    """Return how an author is called in lists and searches: "Kim, Jae", or the family alone."""
    family, given = person[0], person[1] if len(person) > 1 else ""
    return f"{family}, {given}" if given else family


def exact(field: str, value: str) -> Condition:
    """Return in which column a text must stand as it is; of authors one must be called so."""
    if field != "author":
        return f"p.{COLUMNS[field]} = ?", [value]
    cuts = [at for at in range(len(value)) if value.startswith(", ", at)]
    people = [(value, ""), *((value[:at], value[at + 2 :]) for at in cuts)]
    # Authors are kept as JSON, in which no other text looks like a person.
    return "(" + " OR ".join(["instr(p.authors, ?) > 0"] * len(people)) + ")", [json.dumps(one) for one in people]


def _twins(verdict: str) -> Condition:
    """Return which open twins a paper must have: same, maybe or any."""
    which = "" if verdict == "any" else f" AND t.verdict = '{verdict}'"
    return "(" + " OR ".join(TWIN.format(one=one, which=which) for one in ("low_id", "high_id")) + ")", []


def _among(value: str) -> Condition:
    """Return which papers may be meant, by their numbers."""
    return "p.id IN (SELECT value FROM json_each(?))", [json.dumps(numbers_of(value))]


OTHERS: dict[str, Callable[[str], Condition]] = {
    "dup": _twins,
    "among": _among,
    **{field: partial(_part_of, field) for field in TEXTS},
}
