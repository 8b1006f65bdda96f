"""Zotero's items as a text: each is an object of JSON with a line for each of its parts.

The library keeps the text, as it keeps every source: it can be looked at, and read again by a later reader.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.domain.formats.account import Account
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import WHOLE
from db.domain.formats.zotero.item import record, says_something
from db.domain.records import Issue, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.domain.formats.zotero.item import Item
    from db.domain.records import Ledger

HEAD = '{"zotero": "library"}'
MISSING = "missing"
"""The part of a file that says that it is not on this computer: true, or that Zotero links it from elsewhere."""
LINKED = "linked"
LEFT_OUT = "leftOut"
"""The one part of the last object: how many items were left out, by the reason."""
TOLD = 20
"""Missing files that are told one by one."""
NO_TITLE = "This item has no title; everything else of it was kept."
NOTHING = "There is nothing in this item, so it became no paper."
BROKEN = "This item cannot be read, so it became no paper."
NOT_HERE = "This file is not on this computer. Let Zotero fetch it, and import the library again."
NOT_THERE = (
    "Zotero links this file, but it is not on this computer, or in another folder than Zotero says. Put it there."
)
MORE = "{0:,} more files are not on this computer."
WHY = {
    "trash": "In Zotero's trash, so left out: {0}.",
    "empty": "Collections without items, of which nothing is left: {0}.",
    "related": "Items that Zotero relates to others: {0}. Sheaf has no place for that; the items themselves were read.",
    "searches": "Saved searches of Zotero, which stay there: {0}. Search for the same here, and save that.",
}


def written(items: Iterable[Item], left_out: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a library; `left_out` is read at the end, when all items are known."""
    yield HEAD
    for item in items:
        yield "{"
        parts = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items()]
        yield from (part + "," for part in parts[:-1])
        yield parts[-1]
        yield "}"
    yield json.dumps({LEFT_OUT: dict(left_out)}, ensure_ascii=False)


class Zotero:
    """Reads such a text as a bibliography: keys, tags and notes are the person's own."""

    name = "zotero"
    label = "Zotero library"
    kind = "bibliography"
    longest = WHOLE
    reader = 2

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is one that `written` made."""
        return 1.0 if head.startswith(HEAD) else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return nothing: every item says all of itself."""
        return Survey(encoding=getattr(lines, "encoding", ""))

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the items and what cannot be read, and at last the ledger."""
        account, missing = Account(), _Missing()
        index = 0
        for first, part in _objects(lines, account):
            found = _read(first, part, index + 1)
            if isinstance(found, Record):
                index += 1
                yield found
                if not found.title:
                    yield Issue(first, "\n".join(part)[:2_000], NO_TITLE)
                yield from missing.files(first, part)
            elif isinstance(found, Issue):
                account.issues += len(part)
                yield found
            else:
                account.furniture += len(part)
                yield from _left_out(first, found)
        yield from missing.rest()
        yield account.ledger(self.name, survey)


def _objects(lines: Iterable[str], account: Account) -> Iterator[tuple[int, list[str]]]:
    """Yield each object with the number of its first line."""
    part: list[str] = []
    for line in lines:
        account.number += 1
        if not line.strip():
            account.blank += 1
            continue
        part.append(line)
        if line == "}" or (len(part) == 1 and line != "{"):
            yield account.number - len(part) + 1, part
            part = []
    if part:
        yield account.number - len(part) + 1, part


def _read(first: int, part: list[str], index: int) -> Record | Issue | Mapping[str, Any]:
    """Return the record of an item, what is wrong with it, or the object that is none."""
    try:
        item = json.loads("\n".join(part))
        if len(part) == 1:
            return dict(item)
        at = next((first + at for at, line in enumerate(part) if line.startswith('"abstractNote":')), None)
        found = record(item, index=index, line_title=first, line_abstract=at, line_end=first + len(part) - 1)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return Issue(first, "\n".join(part)[:2_000], BROKEN)
    return found if says_something(found) else Issue(first, "\n".join(part)[:2_000], NOTHING)


def _left_out(first: int, found: Mapping[str, Any]) -> Iterator[Issue]:
    told = found.get(LEFT_OUT)
    for reason, why in WHY.items():
        if isinstance(told, dict) and told.get(reason):
            yield Issue(first, "", why.format(told[reason]))


class _Missing:
    """Tells of files that are not there: some by name, of the rest how many."""

    def __init__(self) -> None:
        self._count = 0
        self._line = 0

    def files(self, first: int, part: list[str]) -> Iterator[Issue]:
        """Yield an issue for each missing file of an item, up to a bound."""
        for at, line in enumerate(part):
            if not line.startswith('"attachments":') or f'"{MISSING}"' not in line:
                continue
            for one in json.loads(line.partition(":")[2].rstrip(",")):
                if one.get(MISSING):
                    self._count += 1
                    self._line = self._line or first + at
                    if self._count <= TOLD:
                        why = NOT_THERE if one[MISSING] == LINKED else NOT_HERE
                        yield Issue(first + at, str(one.get("path", "")), why)

    def rest(self) -> Iterator[Issue]:
        """Yield what was not told one by one."""
        if self._count > TOLD:
            yield Issue(self._line, "", MORE.format(self._count - TOLD))
