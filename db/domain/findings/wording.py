"""Rules about how texts are written: markup of web pages, braces without a partner, titles in capitals."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from db.domain.findings.finding import Finding, Fix, Kind
from db.domain.findings.texts import changed, said, short, texts, with_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.findings.finding import Around
    from db.domain.records import Paper

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    r"</?(?:i|b|em|strong|u|p|br|div|span|sub|sup|sc|tt|code|italic|bold|title|sec|jats:[\w-]+|mml:[\w-]+)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"</?(?:p|br|div|sec|jats:(?:p|sec|title))\b[^<>]*>", re.IGNORECASE)
_GAP = re.compile(r"(?<=\S)  (?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?:]\s+)$")
MOST_ROUNDS = 3
"""How often a text can have been escaped over and over."""
FEWEST_LETTERS, FEWEST_WORDS, CAPITALS = 12, 3, 0.85
"""Below these a title in capitals may be a name or an acronym."""
_SHORT = frozenset("a an and as at but by for from in into nor of on or over per the to up via vs with".split())


def markup(paper: Paper, _around: Around) -> Iterator[Finding]:
    """Entities and tags that a web page left in a text."""
    for name, text in texts(paper):
        found = [one for one in (_ENTITY.search(text), _TAG.search(text)) if one]
        plain = _plain(text) if found else text
        if plain != text:
            words = f"The {said(name)} holds markup of a web page: {short(found[0].group())}"
            yield Finding(Kind.MARKUP, name, words, Fix(f"Write {changed(text, plain)}", with_text(paper, name, plain)))


def _plain(text: str) -> str:
    for _round in range(MOST_ROUNDS):
        before = text
        text = _TAG.sub("", _BREAK.sub(" ", text))
        text = _ENTITY.sub(lambda one: html.unescape(one.group()), text)
        if text == before:
            break
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def braces(paper: Paper, _around: Around) -> Iterator[Finding]:
    """Braces that open or close nothing; LaTeX's own `\\{` are letters."""
    for name, text in texts(paper):
        cut = name == "abstract" and paper.abstract_truncated  # its end, and what it closed, is not known
        lonely = _lonely(text) if ("{" in text or "}" in text) and not cut else frozenset()
        if lonely:
            plain = _GAP.sub(" ", "".join("" if at in lonely else c for at, c in enumerate(text))).strip()
            words = f"The {said(name)} has a brace without its partner: {short(_near(text, min(lonely)))}"
            yield Finding(Kind.BRACES, name, words, Fix(f"Write {changed(text, plain)}", with_text(paper, name, plain)))


def _lonely(text: str) -> frozenset[int]:
    """Return the places of braces without a partner."""
    opened: list[int] = []
    lonely: list[int] = []
    at = 0
    while at < len(text):
        if text[at] == "\\":
            at += 1  # whatever comes next is no brace that groups
        elif text[at] == "{":
            opened.append(at)
        elif text[at] == "}":
            if opened:
                opened.pop()
            else:
                lonely.append(at)
        at += 1
    return frozenset(lonely + opened)


def _near(text: str, at: int) -> str:
    return text[max(0, at - 20) : at + 20].strip()


def title_case(paper: Paper, _around: Around) -> Iterator[Finding]:
    """A title in capitals, in which no style can tell names and acronyms from words."""
    title = _plain(paper.title)  # markup is no words
    letters = [c for c in title if c.isalpha() and c.lower() != c.upper()]
    many = len(letters) >= FEWEST_LETTERS and len(_WORD.findall(title)) >= FEWEST_WORDS
    if many and sum(c.isupper() for c in letters) >= CAPITALS * len(letters):
        calm = calmed(title, paper.abstract)
        if calm != title:
            fix = Fix(f"Write {short(calm)}", with_text(paper, "title", calm))
            yield Finding(Kind.TITLE_CASE, "title", f"The title is in capitals: {short(paper.title)}", fix)


def calmed(title: str, abstract: str) -> str:
    """Return a title in capitals in the usual writing; words that the abstract has are written as there."""
    known = _as_written(abstract)

    def word(match: re.Match[str]) -> str:
        text = match.group()
        if _model(title, match) or _command(title, match) or (len(text) == 1 and text != "A"):
            return text
        if (own := known.get(text.lower())) and own != own.lower():
            return own
        low = text.lower()
        starts = _SENTENCE.search(title[max(0, match.start() - 4) : match.start()]) is not None
        return low if low in _SHORT and not starts else low[:1].upper() + low[1:]

    return _WORD.sub(word, title)


def _model(title: str, match: re.Match[str]) -> bool:
    """Tell whether a word is the letters of something like GPT-4, 3D or VGG16."""
    before, behind = title[max(0, match.start() - 2) : match.start()], title[match.end() : match.end() + 2]
    return bool(re.match(r"-?\d", behind) or re.search(r"\d-?$", before))


def _command(title: str, match: re.Match[str]) -> bool:
    """Tell whether a word is the name of a command of LaTeX."""
    return title[: match.start()].endswith("\\")


def _as_written(abstract: str) -> dict[str, str]:
    """Return the words of an abstract as it writes them, those at the start of a sentence only if it has no others."""
    first: dict[str, str] = {}
    within: dict[str, str] = {}
    for match in _WORD.finditer(abstract):
        text = match.group()
        starts = _SENTENCE.search(abstract[max(0, match.start() - 4) : match.start()]) is not None
        (first if starts and text[1:] == text[1:].lower() else within).setdefault(text.lower(), text)
    return {**{low: low for low in first}, **within}
