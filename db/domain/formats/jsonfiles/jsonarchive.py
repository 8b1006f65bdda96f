"""JSON and JSON Lines: archives of papers and answers of services, read one paper at a time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from db.domain.formats.cover import Cover
from db.domain.formats.jsonfiles import jsonlike
from db.domain.formats.jsonfiles.jsonpaper import record
from db.domain.formats.jsonfiles.jsonrepair import decode
from db.domain.formats.jsonfiles.jsonvalues import tidy
from db.domain.formats.jsonfiles.jsonwalk import WHOLE_OBJECT, Bad, Found, Walker
from db.domain.formats.jsonfiles.jsonwindow import Window
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import WHOLE
from db.domain.records import Issue, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from db.domain.records import Ledger

HEAD = 200_000
_START = re.compile(r"[\ufeff\s]*+(?:(?://[^\n]*+|/\*[^*]{0,1000}\*/)\s*+)*+(?P<mark>[\[{])")
_KEYS = re.compile(r'"(?:title|titles|display_name)"\s*:')
_CSL = re.compile(
    r'"type"\s*:\s*"(?:article(?:-journal|-magazine|-newspaper)?|paper-conference|chapter|book|report|thesis|webpage'
    r'|manuscript|speech|post(?:-weblog)?|dataset|software)"'
)
_CSL_DATE = re.compile(r'"issued"\s*:\s*\{\s*"(?:date-parts|raw|literal)"|"citation-key"\s*:')
_CROSSREF = re.compile(r'"message-(?:type|version)"|"reference-count"|"is-referenced-by-count"')
_SEARCH = re.compile(
    r'"(?:search_?(?:query|terms)?|query|q)"\s*:\s*(?:\{\s*"q"\s*:\s*)?"((?:[^"\\]|\\.){1,300})"', re.IGNORECASE
)


class _Json:
    """What both formats share: they read as long as lines come, and make records of what is found."""

    longest = WHOLE
    reader = 1

    def record(self, view: Mapping[str, Any], key: str, **lines: Any) -> Record:
        """Return the record of a paper that was found, with the place and number in `lines`."""
        return record(dict(view), key, **lines)

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return what the first lines tell; the dates of JSON are whole, so nothing else need be known before."""
        head, size = [], 0
        for line in lines:
            head.append(line[:HEAD])
            size += len(line)
            if size > HEAD:
                break
        start = "\n".join(head)[:HEAD]
        mark = _START.match(start)
        match = _SEARCH.search(start)
        return Survey(
            dialect="" if mark is None else "array" if mark["mark"] == "[" else "object",
            encoding=getattr(lines, "encoding", ""),
            search=_unquoted(match[1]) if match else "",
        )


def _unquoted(inner: str) -> str:
    """Return what stands between the quotes of a JSON text."""
    try:
        return tidy(json.loads(f'"{inner}"', strict=False))
    except ValueError:
        return tidy(inner)


class JsonArchive(_Json):
    """Reads one JSON document, or several one after another, with papers at any depth."""

    name = "json"
    label = "JSON archive"
    kind = "dump"

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is JSON with papers in it."""
        return _confidence(head)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the papers and what is broken, in order, and at last the ledger."""
        cover = Cover()
        made = _Maker(cover, self.record)
        for item in Walker(Window(lines, cover)).run():
            yield made.item(item)
        yield cover.ledger(self.name, survey)


class JsonLines(_Json):
    """Reads JSON Lines: one object on each line."""

    name = "json-lines"
    label = "JSON Lines archive"
    kind = "dump"

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a file, of papers."""
        lines = [line for line in head.lstrip("\ufeff").split("\n", 40)[:40] if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines[:-1]):
            return 0.0
        whole = sum(1 for line in lines[:-1] if _alone(line))
        if whole < 0.5 * len(lines[:-1]):
            return 0.0
        sure = _confidence(head)
        return sure + 0.02 if sure > 0.5 else sure

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the papers and what is broken, in order, and at last the ledger."""
        cover = Cover()
        made = _Maker(cover, self.record)
        for line in lines:
            cover.line(line)
            if cover.blanks:
                cover.blanks.clear()
                continue
            for item in _of_line(line, cover):
                yield made.item(item)
        yield cover.ledger(self.name, survey)


class _Maker:
    """Numbers the records and notes their lines."""

    def __init__(self, cover: Cover, make: Callable[..., Record]) -> None:
        self._cover, self._make = cover, make
        self._index = 0

    def item(self, item: Found | Bad) -> Record | Issue:
        if isinstance(item, Bad):
            self._cover.issue(item.first, item.first + item.text.count("\n"))
            return Issue(item.first, item.text, item.why)
        self._index += 1
        self._cover.record(item.first, item.last)
        return self._make(
            item.view,
            item.key,
            index=self._index,
            line_title=item.first,
            line_abstract=item.abstract,
            line_end=item.last,
        )


def is_csl(head: str) -> bool:
    """Tell whether JSON is CSL-JSON, which has a reader of its own."""
    return bool(_CSL_DATE.search(head) and _CSL.search(head) and not _CROSSREF.search(head))


def _of_line(line: str, cover: Cover) -> Iterator[Found | Bad]:
    start = len(line) - len(line.lstrip("\ufeff \t"))
    if line[start : start + 1] == "{" and len(line) < WHOLE_OBJECT:
        found = decode(line, start)
        if found.value is not None and not line[found.end :].strip(" \t\r,;"):
            view = jsonlike.view(found.value)
            if view is not None:
                number = cover.lines
                yield Found(view, "", number, number if jsonlike.has_abstract(view) else None, number)
                return
    yield from Walker(Window([line], Cover(), cover.lines)).run()


def _alone(line: str) -> bool:
    found = decode(line, len(line) - len(line.lstrip()))
    return found.value is not None and not line[found.end :].strip(" \t\r,;")


def _confidence(head: str) -> float:
    """Read the head for a trial; the last paper may be cut."""
    start = _START.match(head)
    if start is None:
        return 0.0
    weak = strong = 0
    for item in Walker(Window(head[:HEAD].split("\n"), Cover())).run():
        if isinstance(item, Found):
            strong += jsonlike.proof(item.view) > 1
            weak += 1
        if strong >= 5:
            break
    if strong and is_csl(head):
        return 0.6
    if strong:
        return 0.95
    if weak:
        return 0.55
    return 0.3 if len(head) >= HEAD and _KEYS.search(head) else 0.0
