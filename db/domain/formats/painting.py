"""Which part of a record each of its lines is: title, abstract, authors, date, or another detail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.lines import META_LENGTH, Kind, clean, kind_of, organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TITLE, ABSTRACT, AUTHORS, DATE, DETAIL, BLANK = "title", "abstract", "authors", "date", "detail", "blank"
WHOLE = "record"
"""A line that holds a record's title and abstract at once, as in JSON Lines and tables."""

_FIELDS = {
    TITLE: "title t1 ti",
    ABSTRACT: "abstract summary n2 ab",
    AUTHORS: "author authors au a1 a2 organization",
    DATE: "date year month day publishedat published published_at py y1 da issued created submittedondailyat",
}
_KIND_OF_FIELD = {name: kind for kind, names in _FIELDS.items() for name in names.split()}
_FIELD = re.compile(
    r"""(?P<indent>\s*)(?:["'](?P<json>\w+)["']\s*:|(?P<ris>[A-Z][A-Z0-9])\s{2}- ?|(?P<bib>\w[\w-]*)\s*=\s*[{"\w])"""
)
_ENTRY = re.compile(r"\s*@\w+\s*[{(]|TY\s{2}-")
_STARTS_FIELDED = re.compile(r"""\s*(?:[\[{]|["']\w+["']\s*:)""")
_ASSIGNED = re.compile(r"\s*\w[\w-]*\s*=")
_BETWEEN = (",", "{", "(")
"""What a line of BibTeX ends with when a field can begin on the next one: `y = 5` may stand in an abstract."""
_OPENS = ("[", "{")
_CLOSES = ("}", "},", "]", "],", ")")
LONGEST_OWN = 5_000
"""Characters of the longest line whose look is asked: many pictures may stand before the number of authors."""
_HEADS = {"authors": AUTHORS, "author": AUTHORS, "abstract": ABSTRACT}
_PUBLISHED = re.compile(r"(?:.{0,60}[·•] ?)?(?:published|submitted|updated) on\b", re.IGNORECASE)
_PICTURE_ALONE = re.compile(r"(?:[-*•] ?)?!?\[[^\[\]]*\]")
_AUTHORS = re.compile(r"authors?:\s*\S", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^)]*\)|\[\d+\])")
_CUT_LINK = re.compile(r"\]\([^)]*\)?$")
_AROUND = "[]\\ -"
_DETAIL = re.compile(
    r"https?://\S+|[+]?\d[\d,.]*k?|upvotes?(?: [\d,.k+ ]+)?|github(?: [\d.,k]+)?|arxiv(?: page|:\S+)?"
    r"|view (?:arxiv|pdf)\b.*|submitted by\b.*|project page|ai-generated summary|[·•|,]+|",
    re.IGNORECASE,
)


def kinds(lines: Sequence[str], abstract: int | None = None) -> list[str]:
    """Return the part that each line of one record is; `abstract` is the place (from 0) where its abstract begins."""
    if abstract == 0 or _stands_whole(lines):
        return [WHOLE if line.strip() else BLANK for line in lines]
    if _is_fielded(lines):
        return list(_fielded(lines))
    parts = list(_spelled(lines, abstract))
    _take_organisation(lines, parts)
    return parts


def _stands_whole(lines: Sequence[str]) -> bool:
    """A record on one line that is no text of a page: an object of JSON, markup."""
    text = lines[0].lstrip() if len(lines) == 1 else ""
    return text.startswith(("{", "[{", "<"))


def _is_fielded(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    if _ENTRY.match(first):
        return True
    known = {_KIND_OF_FIELD.get(_field(line)[1]) for line in lines[:60]}
    return TITLE in known and (_STARTS_FIELDED.match(first) is not None or len(known) > 2)


def _field(line: str) -> tuple[int, str]:
    """Return the indent and the name, in small letters, of the field that a line begins, if it begins one."""
    match = _FIELD.match(line)
    if match is None:
        return 0, ""
    name = match["json"] or match["ris"] or match["bib"]
    return len(match["indent"]), name.lower()


def _fielded(lines: Iterable[str]) -> Iterator[str]:
    """Parts of a record whose fields are named: a line without a name goes on with the field before."""
    state = _Fields()
    for line in lines:
        yield state.part(line) if line.strip() else BLANK


class _Fields:
    """The field that is open, and the indent of the list that it holds (-1 when it holds none)."""

    def __init__(self) -> None:
        self.kind, self.within, self.before = DETAIL, -1, ","

    def part(self, line: str) -> str:
        """Return the part that the next line is."""
        indent, name = _field(line) if self.before.endswith(_BETWEEN) or not _ASSIGNED.match(line) else (0, "")
        self.before = line.rstrip()
        if self.within >= 0:
            if len(line) - len(line.lstrip()) > self.within:
                return self.kind
            self.within = -1
            if not name:  # the bracket that closes a list belongs to it
                closed, self.kind = self.kind, DETAIL
                return closed
        if name:
            self.kind = _KIND_OF_FIELD.get(name, DETAIL)
            self.within = indent if self.kind != DETAIL and self.before.endswith(_OPENS) else -1
        elif line.strip() in _CLOSES:
            self.kind = DETAIL
        return self.kind


def _spelled(lines: Sequence[str], abstract: int | None) -> Iterator[str]:
    """Parts of a record as a page spells it out: title, abstract, then authors and date."""
    state = TITLE
    for place, line in enumerate(lines):
        text = clean(line)
        if not text:
            yield BLANK
            continue
        if place == abstract:
            state = ABSTRACT
            yield ABSTRACT
            continue
        own = None if place == 0 else _own_kind(text)
        if own is None:
            yield state
        elif own == ABSTRACT:
            state = DETAIL  # the heading above it
            yield DETAIL
        else:
            state = _after(state, own, text)
            yield AUTHORS if state == AUTHORS and own == DETAIL else own


def _after(state: str, own: str, text: str) -> str:
    """Return what a line without a look of its own is, after one with it: a list of names goes on."""
    names = own == AUTHORS and (text.rstrip(":").lower() in _HEADS or _AUTHORS.match(text) is not None)
    return AUTHORS if names or (state == AUTHORS and own == DETAIL) else DETAIL


def _own_kind(text: str) -> str | None:
    """Return the part that a line is by its own look, None when it can be anything."""
    if len(text) > LONGEST_OWN:
        return None
    if (head := _HEADS.get(text.rstrip(":").lower())) is not None:
        return head
    if _PICTURE_ALONE.fullmatch(text):
        return DETAIL
    shown = _shown(text)
    if len(shown) > META_LENGTH:
        return AUTHORS if _AUTHORS.match(shown) else None
    kind, meta = kind_of(shown)
    if kind is Kind.META or _AUTHORS.match(shown):
        return DATE if meta is not None and meta.count is None and meta.organization is None else AUTHORS
    if kind is Kind.DATE or _PUBLISHED.match(shown):
        return DATE
    if kind in (Kind.SEPARATOR, Kind.STRONG) or _DETAIL.fullmatch(shown):
        return DETAIL
    return None


def _shown(text: str) -> str:
    """Return what a line of Markdown shows: the texts of its links, without pictures."""
    if "[" in text or "]" in text:
        text = _CUT_LINK.sub("", _LINK.sub(r" \1 ", _PICTURE.sub("", text))).strip(_AROUND)
    return clean(text.strip("\\"))


def _take_organisation(lines: Sequence[str], parts: list[str]) -> None:
    """The line right before the separator and the date may name who wrote the paper."""
    end = next((at for at, part in enumerate(parts) if at and part in (DATE, DETAIL, AUTHORS)), 0)
    if not end or parts[end] == AUTHORS:
        return
    at = next((at for at in range(end - 1, 0, -1) if parts[at] != BLANK), 0)
    before = next((parts[one] for one in range(at - 1, -1, -1) if parts[one] != BLANK), "")
    line = clean(lines[at])
    if at and parts[at] == before == ABSTRACT and organisation(_shown(line), alone=line.startswith("[")):
        parts[at] = AUTHORS
