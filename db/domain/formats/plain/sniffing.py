"""How sure a text is a search page: its furniture and author lines, or titles and abstracts in turn."""

from __future__ import annotations

import itertools
import re

from db.domain.formats.lines import Kind, clean, kind_of
from db.domain.formats.plain.evidence import Line

HEAD_CHARACTERS = 200_000
TRIAL_LINES = 1_500
"""Lines that are read for a trial; a text of very short lines would take seconds."""
_CODE = re.compile(r"[{};]$|^\s*(?:def|class|import|from|return|if|for|#include|//|/\*|<\w+|</)|^\S+\s*=\s", re.M)
_BRACKET_FIRST = re.compile(r"[^\w\[]*+\[")
_HEADED = re.compile(r"#{1,6}\s*\[.*\](?:\(\S{0,99}/papers/|\s?\[\d)")
_MARKS = ("Upvote", "Submitted by", "Published on ", "View arXiv page", "AI-generated summary")
_OTHER = re.compile(r"^\s*(?:[{<]|\[\s*[\[{\"\]\d]|@\w+\s*\{|TY  - |%!|#!|<!DOCTYPE)", re.IGNORECASE)


def confidence(head: str) -> float:
    """Return 0 for what is surely something else, 0.95 and more for a page with its furniture."""
    text = head[:HEAD_CHARACTERS].lstrip("\ufeff \t\r\n\u200b")
    if not text or _OTHER.match(text):
        return 0.0
    lines = [clean(line) for line in re.split(r"\r\n|\r|\n", text)]
    cleaned = [line for line in lines if line]
    if _other_layout(cleaned):
        return 0.0
    kinds = [kind_of(line)[0] for line in cleaned]
    dated = sum(1 for a, b in itertools.pairwise(kinds) if a is Kind.SEPARATOR and b is Kind.DATE)
    authors, strong = max(kinds.count(Kind.META), dated), kinds.count(Kind.STRONG)
    texts = [line for line, kind in zip(cleaned, kinds, strict=True) if kind is Kind.TEXT]
    if strong or any(line.startswith("Subscribe") for line in cleaned[:4]):
        return 0.95 if texts else 0.3
    if authors:
        return min(0.98, 0.6 + 0.05 * authors) if len(texts) <= 60 * authors else 0.1
    return _pairs(texts, lines)


def _other_layout(lines: list[str]) -> bool:
    """A page with its links, a trending page, or the page of one paper: read as pairs, these would give nonsense."""
    if any("/login?next=" in line or (line[0] == "#" and _HEADED.match(line)) for line in lines):
        return True
    links = sum(map(_is_linked, lines))
    marks = {mark for line in lines for mark in _MARKS if line.startswith(mark)}
    return (links >= 5 and links > 0.12 * len(lines)) or len(marks) > 1


def _is_linked(line: str) -> bool:
    """Say whether a line is an address, ends in a link, or begins with the bracket of one."""
    if line.startswith(("http://", "https://")) and " " not in line:
        return True
    # Cut instead of matched: a line of a hundred thousand brackets must not take more than one look at each.
    targets = [target.partition(")") for target in line.split("](")[1:]] if "](" in line else []
    closed = [bool(url and end) and " " not in url for url, end, _rest in targets]
    if not any(closed):
        return False
    return (closed[-1] and line[-1] == ")" and " " not in targets[-1][2]) or _BRACKET_FIRST.match(line) is not None


def _pairs(texts: list[str], lines: list[str]) -> float:
    """A page without any furniture: short lines without a full stop, and abstracts that end in one."""
    if len(texts) < 2 or _commas(texts):
        return 0.0
    code = sum(1 for line in texts if _CODE.search(line))
    if code > 0.15 * len(texts):
        return 0.0
    turns = [(a, b) for a, b in itertools.pairwise(texts) if _title(a) and len(b) >= 350]
    if len(turns) >= 0.35 * len(texts):
        return min(0.9, 0.5 + 0.1 * len(turns))
    if len(turns) >= 5 and len(turns) >= 0.2 * len(texts):
        return 0.45
    return _read(lines)


def _read(lines: list[str]) -> float:
    """Read the head for a trial: nearly every record must come out with a heading and an abstract of sentences."""
    from db.domain.formats.plain.searchpage import SearchPage
    from db.domain.records import Record

    page = SearchPage()
    lines = lines[:TRIAL_LINES]
    found = [item for item in page.read(lines, page.survey(lines)) if isinstance(item, Record)]
    found = found[:-1] if len(found) > 1 else found
    titles, abstracts = _weighed([one.title for one in found]), _weighed([one.abstract or "-" for one in found])
    good = sum(1 for title, abstract in zip(titles, abstracts, strict=True) if _plausible(title, abstract))
    enough = 1.0 if good < 3 else 0.8 if good < 5 else 0.55
    if not good or good < enough * len(found):
        return 0.0
    if all(one.line_end - one.line_title <= 3 for one in found):
        return 0.45
    usual = sorted(len(one.abstract) for one in found)[len(found) // 2]
    headings = sum(1 for title in titles if title.prose < 1.5 and not title.ends and not title.text[0].isdigit())
    return 0.45 if good > 1 and min(good, headings) >= 0.7 * len(found) and usual >= 300 else 0.0


def _plausible(title: Line, abstract: Line) -> bool:
    heading = 8 < len(title.text) <= 260 and title.text[0] not in "#-*>=" and not title.text.isupper()
    stop = 1.5 if title.text[-1] == "." else 0.0
    calm = title.prose - stop < 2 or abstract.prose - title.prose > 3
    text = abstract.ends and 100 <= len(abstract.text) <= 3_500 and abstract.prose > max(1.0, title.prose - stop)
    return heading and calm and text and title.text[-1] not in ";,:"


def _weighed(texts: list[str]) -> list[Line]:
    lines = [Line(number, text) for number, text in enumerate(texts)]
    for line in lines:
        line.weigh()
    return lines


def _title(line: str) -> bool:
    return len(line) <= 250 and not line.endswith((".", ";", ","))


def _commas(texts: list[str]) -> bool:
    """A table: the same number of commas, semicolons or tabs in nearly every line."""
    for mark in (",", ";", "\t"):
        counts = [line.count(mark) for line in texts[:50]]
        common = max(set(counts), key=counts.count)
        if common and len(counts) >= 3 and counts.count(common) >= 0.8 * len(counts):
            return True
    return False
