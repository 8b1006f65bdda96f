"""The statements of the store as PostgreSQL understands them: they are written once, in the SQL of the library file.

Few idioms differ, and each is one line here. Nothing inside quotes is touched. Lists reach a statement as JSON, which
becomes an array; what is searched for becomes a tsquery.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String

from db.store.engines import searched
from db.store.schema import Base

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_QUOTED = re.compile(r"""('(?:[^']|'')*'|"[^"]*")""")
_ASKED = r"(\?\d*|%\(\w+\)s)"  # a parameter, as the store or as SQLAlchemy writes it
_PLACE = re.compile(_ASKED)
_COLUMNS = [column for table in Base.metadata.tables.values() for column in table.columns]
_TEXTS = frozenset(column.name for column in _COLUMNS if isinstance(column.type, String))
_EMPTY = "|".join(sorted({column.name for column in _COLUMNS if column.nullable}))
_IDIOMS = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (rf"\bNOT IN \(SELECT value FROM json_each\({_ASKED}\)\)", r"<> ALL(\1 /*list*/)"),
        (rf"\bIN \(SELECT value FROM json_each\({_ASKED}\)\)", r"= ANY(\1 /*list*/)"),
        (r"\bpaper_fts /\*heads\*/", "paper_fts_heads"),  # where the words of titles, authors and keys are alone
        (rf"\bpaper_fts MATCH {_ASKED}", r"words @@ \1 /*words*/::tsquery"),
        (r"\bCAST\(json_extract\(", "CAST(json_number("),  # a number that may be a text
        (r"\bgroup_concat\((\w+),", r"string_agg(\1::text,"),
        (r"\bCROSS JOIN\b", "JOIN"),  # SQLite is told the order of a join with it
        (r"\bLIKE\b", "ILIKE"),  # SQLite's does not mind the case of ASCII letters, nor does this, by the collation
        (r"(?<=[ ,])\+(?=[A-Za-z])", ""),  # keeps SQLite from an index
        (rf"\b({_EMPTY}) ASC\b", r"\1 ASC NULLS FIRST"),  # nothing comes before anything
        (rf"\b({_EMPTY}) DESC\b", r"\1 DESC NULLS LAST"),
        (rf"\binstr\((p\.\w+), {_ASKED}\)", r"strpos(\1, \2)"),
        (rf"\binstr\((folded\([\w.]+\)), {_ASKED}\) > 0", r"\1 LIKE \2 /*part*/"),
        (r"\btemp\.", "pg_temp."),
        (r"\) WITHOUT ROWID\b", ")"),
    )
)
_LISTED = re.compile(rf"json_each\({_ASKED}\)(?! AS\b)( j\b)?")  # with AS it is a list of JSON, which stays one
_COMPARED = re.compile(r"(\w+) = j\.value")
_IGNORING = re.compile(r"^INSERT OR IGNORE\b(.*)$", re.DOTALL)
_NOTED = re.compile(rf"{_ASKED}(?: /\*(list|words|part)\*/)?")


def _part(text: str) -> str:
    return "%" + re.sub(r"([%_\\])", r"\\\1", text) + "%"


_CONVERTED: Mapping[str, Callable[[Any], Any]] = {"list": json.loads, "words": searched.query, "part": _part}


class Spoken(NamedTuple):
    """A statement for PostgreSQL; `order` tells which of the given values each `%s` takes, None: they have names.

    `converted` names, by place or name, the values that are to be turned into others.
    """

    sql: str
    order: tuple[int, ...] | None
    converted: tuple[tuple[Any, str], ...]

    def values(self, given: Any) -> Any:
        """Return the values of one execution as the statement takes them."""
        if not self.converted and (self.order is None or self.order == tuple(range(len(given)))):
            return given
        changed: Any = dict(given) if isinstance(given, dict) else list(given)
        for place, kind in self.converted:
            changed[place] = _CONVERTED[kind](changed[place])
        return changed if self.order is None else tuple(changed[place] for place in self.order)


@lru_cache(maxsize=2_000)
def spoken(statement: str, *, compiled: bool) -> Spoken:
    """Return a statement in PostgreSQL's SQL; `compiled` by SQLAlchemy, its values have names, else places."""
    # Idioms hold parameters and no quotes, so pieces between quotes can be looked at one by one.
    pieces = [one if quoted % 2 else _plain(one, statement) for quoted, one in enumerate(_QUOTED.split(statement))]
    if found := _IGNORING.match(pieces[0]):
        pieces[0] = "INSERT" + found[1]
        pieces.append(" ON CONFLICT DO NOTHING")
    return _with_places(pieces, compiled=compiled)


def _plain(piece: str, statement: str) -> str:
    for pattern, said in _IDIOMS:
        piece = pattern.sub(said, piece)
    return _LISTED.sub(lambda found: _rows(found, statement), piece)


def _rows(found: re.Match[str], statement: str) -> str:
    """Return a list as rows, of the type of the column that they are compared with."""
    names = _COMPARED.findall(statement) if found[2] else []
    kind = "text" if _TEXTS.intersection(names) else "bigint"
    return f"unnest({found[1]} /*list*/::{kind}[]) WITH ORDINALITY AS j(value, key)"


def _with_places(pieces: list[str], *, compiled: bool) -> Spoken:
    order: list[int] = []
    converted: dict[Any, str] = {}

    def place(found: re.Match[str]) -> str:
        asked = found[1]
        if compiled:
            name: Any = asked[2:-2]
        else:
            name = int(asked[1:]) - 1 if len(asked) > 1 else len(order)
            order.append(name)
        if found[2]:
            converted[name] = found[2]
        return asked if compiled else "%s"

    said = []
    for quoted, piece in enumerate(pieces):
        if not compiled:
            piece = piece.replace("%", "%%")
        said.append(piece if quoted % 2 else _NOTED.sub(place, piece))
    return Spoken("".join(said), None if compiled else tuple(order), tuple(converted.items()))
