"""From the loose values of JSON to texts, numbers, dates and people."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from db.domain.formats.moments import dated, moment
from db.domain.formats.people import people as listed
from db.domain.formats.people import person
from db.domain.records import Date, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_NAME = 1_000
LONGEST_TEXT = 200_000
"""Characters of one value that are kept; the longest abstracts have some 10,000."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]*)?/?>")
_INLINE = re.compile(
    r"</?(?:jats:)?(?:italic|bold|sub|sup|sc|i|b|em|strong|monospace|xref|ext-link|inline-formula)\b[^<>]*>",
    re.IGNORECASE,
)
_IN_TITLES = re.compile(
    r"</?(?:mml:[a-z]+|math|(?:jats:)?(?:italic|bold|sub|sup|sc|scp|i|b|u|em|strong|tt|monospace))"
    r"(?:\s+[\w:-]+=\"[^\"<>]*\")*\s*/?>",
    re.IGNORECASE,
)
_JATS_TITLE = re.compile(r"<jats:title[^>]*>.{0,80}?</jats:title>", re.DOTALL)
_INNER = ("value", "text", "name", "title", "display_name", "full_name", "fullname", "#text", "$", "_", "content")
_COUNT = re.compile(r"[\d,]+")
_NUMBERED = re.compile(r"\s+\d{4}$")
_MARKED = frozenset("0123456789 ,;")


def text(value: Any) -> str:
    """Return a value as one line of text: the first of a list, the text within an object, no markup of JATS."""
    while isinstance(value, list | dict):
        if isinstance(value, list):
            value = next((one for one in value if one), "")
        else:
            value = next((value[name] for name in _INNER if value.get(name)), "")
    if value is None or isinstance(value, bool):
        return ""
    return tidy(str(value)[:LONGEST_TEXT])


def clean(found: str) -> str:
    """Return the text without control characters but ends of lines; half characters are shown as a mark."""
    return found if found.isprintable() else _SURROGATE.sub("\ufffd", _CONTROL.sub("", found))


def tidy(found: str) -> str:
    """Return the text as `clean` does, with single spaces."""
    return " ".join(clean(found).split())


def heading(value: Any) -> str:
    """Return a title without the tags and the escapes that some services leave in it."""
    found = text(value)
    if "<" in found:
        found = tidy(_IN_TITLES.sub("", found))
    return found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in found else found


def prose(value: Any) -> str:
    """Return an abstract without the tags that some services leave in it."""
    if isinstance(value, str) and "<" in value and ("<jats:" in value or "<p>" in value.lower()):
        value = _TAG.sub(" ", _INLINE.sub("", _JATS_TITLE.sub(" ", value)))
    return text(value)


def number(value: Any) -> int | None:
    """Return a count, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, list):
        return len(value)
    if isinstance(value, int):
        return value if 0 <= value < 2**31 else None
    if isinstance(value, str) and len(value) < 12 and _COUNT.fullmatch(value.strip()):
        return int(value.replace(",", "") or 0)
    return None


def date(value: Any) -> Date:
    """Return a date from ISO 8601, words, seconds or milliseconds since 1970, or parts; Date() when it is none."""
    if isinstance(value, dict):
        value = value.get("date-parts") or value.get("value") or value.get("date") or value.get("date-time")
    if isinstance(value, list):
        return _parts(value[0] if value and isinstance(value[0], list) else value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _number(value)
    return moment(value) if isinstance(value, str) else Date()


def _number(value: int) -> Date:
    if 1000 <= value <= 2100:
        return Date(value)
    if value > 10**11:
        value //= 1000
    if not 3 * 10**8 < value < 4 * 10**9:
        return Date()
    day = datetime.fromtimestamp(value, UTC)
    return Date(day.year, day.month, day.day)


def _parts(parts: list[Any]) -> Date:
    numbers = [number(one) for one in parts[:3]]
    return dated(numbers[0] or 0, *numbers[1:]) if numbers else Date()


def people(value: Any) -> tuple[Person, ...]:
    """Return the authors of a list of names or objects, or of one text with commas, semicolons or `and`."""
    if isinstance(value, dict):
        value = value.get("author") or value.get("authors") or value.get("value") or [value]
    if isinstance(value, str):
        return listed(tidy(value[:LONGEST_TEXT]))
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return ()
    return tuple(one for one in map(_person, value) if one.family)


def _person(value: Any) -> Person:
    if isinstance(value, str):
        return _named(tidy(value[:_LONGEST_NAME]))
    if isinstance(value, dict):
        family, given = _halves(value)
        if family:
            return Person(family, given)
        if value.get("nameType") == "Organizational" or "sequence" in value:  # DataCite, Crossref
            return Person(text(value.get("name")))
        inner = value.get("author") or value.get("user") or value.get("person")
        if isinstance(inner, dict) and not any(value.get(name) for name in _INNER):
            return _person(inner)
    elif isinstance(value, list):
        halves = [text(one) for one in value[:2]]
        return Person(*halves) if halves and halves[0] else Person("")
    return _named(text(value))


def _halves(value: dict[str, Any]) -> tuple[str, str]:
    lowered = {str(name).lower().replace("_", "").replace("-", ""): one for name, one in value.items()}
    family = next(
        (text(lowered[n]) for n in ("family", "lastname", "familyname", "last", "surname") if n in lowered), ""
    )
    given = next((text(lowered[n]) for n in ("given", "firstname", "givenname", "first") if n in lowered), "")
    return family, given


def _named(name: str) -> Person:
    """Return the person of a name; dblp numbers people of the same name."""
    if name[-1:] in _MARKED:
        name = _NUMBERED.sub("", name.strip(" ,;"))
    return person(name) or Person("")


def names(value: Any) -> Iterator[str]:
    """Yield the texts of a list of words or of objects with a name, or of one text with commas."""
    if isinstance(value, str):
        value = re.split(r"\s*[,;]\s*", value)
    elif isinstance(value, dict):
        value = value.get("value") or [value]
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            one = one.get("subject") or one.get("tag") or one.get("keyword") or one.get("term") or one
        if word := text(one):
            yield word
