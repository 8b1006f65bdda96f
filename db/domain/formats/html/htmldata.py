"""The papers that a page carries as JSON: in `data-props` of its components and in its data scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from db.domain.formats import urls
from db.domain.formats.html.htmltree import line_of
from db.domain.formats.jsonfiles import jsonlike
from db.domain.formats.jsonfiles.jsonpaper import record
from db.domain.formats.jsonfiles.jsonrepair import loads
from db.domain.formats.jsonfiles.jsonvalues import text
from db.domain.formats.moments import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.domain.formats.jsonfiles.jsonlike import Object
    from db.domain.records import Record

PAPERS = "https://huggingface.co/papers/"
_FIRST = ("DailyPapers", "PaperContent")
_SCRIPTS = "//script[contains(@type, 'json') or @id='__NEXT_DATA__' or @id='__NUXT_DATA__' or @data-sveltekit-fetched]"
_STATE = re.compile(r"(?:window\.)?__(?:INITIAL_STATE|APOLLO_STATE|NUXT|DATA)__\s*=\s*(?=\{)")


@dataclass(frozen=True, slots=True)
class Data:
    """A JSON value of a page, the component that it belongs to, and its line."""

    target: str
    value: Any
    line: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page carries as data: its papers, what was searched for, and the page's own date."""

    records: tuple[Record, ...] = ()
    dialect: str = ""
    search: str = ""
    page_date: str = ""


def carried(root: Any, lines: Sequence[str]) -> Carried:
    """Return what the page's components carry; of several that carry papers, the one made for them."""
    found = list(_props(root, lines))
    found.sort(key=lambda data: _FIRST.index(data.target) if data.target in _FIRST else len(_FIRST))
    printed = _printed(root)
    for data in found:
        if records := _records(data, printed):
            return Carried(records, data.target or "data-props", *_page(data.value))
    for data in _scripts(root, lines):
        if records := _records(data, printed):
            return Carried(records, "data script", *_page(data.value))
    return Carried()


def _props(root: Any, lines: Sequence[str]) -> Iterator[Data]:
    for element in root.iter("div", "main", "section", "article", "span", "body"):
        props = element.get("data-props") or element.get("data-page") or element.get("props")
        if props and '"title"' in props and (value := _value(props)) is not None:
            yield Data(element.get("data-target") or "", value, line_of(element, lines, "data-props"))


def _scripts(root: Any, lines: Sequence[str]) -> Iterator[Data]:
    for element in root.xpath(_SCRIPTS):
        inside = element.text or ""
        if '"title"' in inside or '"headline"' in inside or '"name"' in inside:
            value = _value(inside)
            if value is not None:
                yield Data(element.get("type") or "", _linked(value), line_of(element, lines))
    for element in root.iter("script"):
        match = _STATE.search(element.text or "")
        if match and (value := _value((element.text or "")[match.end() :].rstrip(" ;\n"))) is not None:
            yield Data("", value, line_of(element, lines))


def _value(written: str) -> Any:
    try:
        value = loads(written)
    except ValueError:
        return None
    inner = value.get("body") if isinstance(value, dict) else None
    return _value(inner) if isinstance(inner, str) and inner[:1] in "[{" and inner else value


def _linked(value: Any) -> Any:
    """schema.org calls the title of an article its headline or name."""
    items = value.get("@graph", [value]) if isinstance(value, dict) else value
    for one in items if isinstance(items, list) else ():
        if isinstance(one, dict) and str(one.get("@type", "")).endswith("Article") and "title" not in one:
            one["title"] = one.get("headline") or one.get("name")
    return value


def _records(data: Data, printed: str) -> tuple[Record, ...]:
    value = _whole(data) if data.target == "PaperContent" else _listed(data.value)
    found: dict[tuple[str, str], Record] = {}
    for key, view in jsonlike.within(value):
        if jsonlike.proof(view) < 2:
            continue
        one = record(view, key, line_title=data.line, line_abstract=data.line, line_end=data.line)
        if not one.abstract:
            one = replace(one, line_abstract=None)
        found.setdefault((one.arxiv_id or "", one.title), _shown(one, data.target, printed))
    return tuple(replace(one, index=index) for index, one in enumerate(found.values(), start=1))


def _listed(value: Any) -> Any:
    """Take the results of a search before the list of the day that stands beside them."""
    if not isinstance(value, dict):
        return value
    results = value.get("searchResults")
    return results if isinstance(results, list) and results else value


def _whole(data: Data) -> Any:
    """The page of one paper: its comments and its organisation stand beside the paper."""
    if not isinstance(data.value, dict) or not isinstance(data.value.get("paper"), dict):
        return data.value
    kept: Object = {"paper": data.value["paper"], "submitterOrganization": data.value.get("submitterOrganization")}
    comments = data.value.get("comments")
    if isinstance(comments, list):
        kept["numComments"] = (
            sum(1 for one in comments if isinstance(one, dict) and one.get("type") == "comment") or None
        )
    return kept


def _shown(one: Record, target: str, printed: str) -> Record:
    """Give the date as the page prints it, which leaves out the year of the day it was rendered on."""
    fields = dict(one.fields)
    if target in _FIRST and one.arxiv_id:
        fields["page"] = PAPERS + one.arxiv_id
    date = one.date
    if not date.month or not date.day:
        return replace(one, fields=fields)
    day = f"{MONTH_NAMES[date.month - 1][:3]} {date.day}"
    alone = day in printed and f"{day}, {date.year}" not in printed
    return replace(one, fields=fields, month_day=day, year_explicit=None if alone else date.year)


def _printed(root: Any) -> str:
    """Return every short text of the page that may be a date."""
    short = (" ".join(one.split()) for one in root.itertext() if len(one) < 120 and any(map(str.isdigit, one)))
    return "\n".join(one for one in short if len(one) < 40)


def _page(value: Any) -> tuple[str, str]:
    """Return what was searched for and the day of the page."""
    if not isinstance(value, dict):
        return "", ""
    query = value.get("query")
    search = text(query.get("q")) if isinstance(query, dict) else text(query)
    return search, text(value.get("dateString"))


def canonical(root: Any) -> str:
    """Return the address that the page gives itself, "" when it gives none."""
    for path, name in (
        ("//link[@rel='canonical']", "href"),
        ("//meta[@property='og:url']", "content"),
        ("//base", "href"),
    ):
        for element in root.xpath(path)[:1]:
            if (found := (element.get(name) or "").strip()).startswith("http"):
                return urls.canonical(found)
    return ""
