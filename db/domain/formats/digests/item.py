"""One item of a digest as it stands on its line: title, links, and what is said behind the title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.formats import arxiv, inline
from db.domain.formats.moments import MONTHS, exists
from db.domain.records import Date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.domain.formats.inline import Link

_HOSTS = (
    r"arxiv\.org/(?:abs|pdf|html)|alphaxiv\.org/abs|openreview\.net/(?:forum|pdf)|aclanthology\.org/|aclweb\.org/anthology"
    r"|(?:dx\.)?doi\.org/10\.|papers\.nips\.cc/|proceedings\.(?:neurips\.cc|mlr\.press)/|openaccess\.thecvf\.com/"
    r"|dl\.acm\.org/doi|ieeexplore\.ieee\.org/|(?:bio|med)rxiv\.org/content|link\.springer\.com/(?:article|chapter)"
    r"|semanticscholar\.org/(?:paper|reader)|sciencedirect\.com/science|nature\.com/articles|jmlr\.org/papers"
    r"|ojs\.aaai\.org/|[^/\s]+/papers/\d{4}\.\d{4,5}|paperswithcode\.com/paper/"
)
_PAPER = re.compile(rf"https?://(?:[\w\-]+\.)*(?:{_HOSTS})", re.IGNORECASE)
_GENERIC = re.compile(
    r"[\W_]*(?:(?:official |project |our )?(?:papers?|pdf|arxiv(?: ?page)?|links?|codes?|abs|abstract|html|projects?"
    r"|home ?page|page|web ?sites?|web|git ?hub|repo(?:sitory)?|data(?:sets?)?|models?|demo|videos?|blog|poster|slides?"
    r"|doi|url|bib(?:tex)?|hf|hugging ?face|openreview|read more|more|continue reading|full text|source|here|view|tweet"
    r"|supp(?:lementary)?|torch|pytorch|tensorflow|star|paper page|kimi|papers\.cool|scholar|translate|read|code/data"
    r"|colab|twitter|x|acl|neurips|iclr|icml|cvpr)"
    r"|(?:arxiv[:\s]*)?\d{4}\.\d{4,5}(?:v\d+)?|\d+)?[\W_]*(?:page|paper|link)?[\W_]*",
    re.IGNORECASE,
)
_BOLD = re.compile(r"^\W{0,12}?(?:\*\*|__)(?P<text>(?:(?!\*\*|__).){4,400}?)(?:\*\*|__)")
_QUOTED = re.compile(r"^[^\w\"“]*[\"“](?P<text>[^\"”]{8,300}?)[,.]?[\"”]")
_EMPTY = re.compile(r"\(\s*[,;|/·\s]*\)|\[\s*[,;|/·\s\[\]]*\]|【\s*】")
_PREFIX = re.compile(
    r"^\s*(?:[\[(【](?P<when>[^\])】]{4,20})[\])】]|(?P<iso>20\d\d[-/.]\d\d(?:[-/.]\d\d)?)\b)\s*[:\-–—|]?\s*"
)
_PLACED = re.compile(r"\s*[(\[](?:[A-Z][\w &\-]{1,25}[ ']{1,2})?(?:19|20)?\d\d[)\]]\s*$")
_LEAD = re.compile(r"^[\s\-–—:.,;|·•>)\]]+")
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)")
_WORDS = re.compile(
    r"(?P<md>(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: (?P<day>\d{1,2})(?:st|nd|rd|th)?)?)"
    r",? ?(?P<year>(?:19|20)\d\d)?(?!\d)"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,? (?P<year>(?:19|20)\d\d)"
)
_YEAR = re.compile(r"[(\[']?(?P<year>(?:19|20)\d\d)[)\]]?")
_ET_AL = re.compile(r"\bet\.? ?al\.?,?$")
_BETWEEN = re.compile(r",|;| and | & ")
LONGEST_NAMES = 2_000
"""Characters of the longest list of authors on one line."""
_NAME = re.compile(r"(?:[^\W\d_][\w'’.\-]*)(?: [^\W\d_][\w'’.\-]*){0,4}")


@dataclass(slots=True)
class Item:
    """What one line says of a paper; `rest` is what stands behind the title."""

    title: str = ""
    rest: str = ""
    when: str = ""
    links: tuple[Link, ...] = ()
    bold: bool = False
    linked: bool = False


def is_paper(url: str) -> bool:
    """Say whether an address is that of a paper."""
    return _PAPER.match(inline.target(url)) is not None if url else False


def generic(text: str) -> bool:
    """Say whether a link's text only says what it leads to: `paper`, `code`, `arXiv:2501.01234`."""
    return _GENERIC.fullmatch(text) is not None if len(text) < 60 else False


def item(raw: str) -> Item:
    """Take a line of a list apart."""
    when = ""
    if match := _PREFIX.match(raw):
        label = match["when"] or match["iso"]
        if _ISO.fullmatch(label) or _YEAR.fullmatch(label) or _WORDS.fullmatch(label):
            when, raw = label, raw[match.end() :]
    links = inline.parts(raw).links
    title = next(
        (link.text for link in links if is_paper(link.url) and not generic(link.text) and len(link.text) > 5), ""
    )
    linked = bool(title)
    papers = linked or any(is_paper(link.url) for link in links)
    bold = None if title else _BOLD.match(raw)
    if bold:
        title = inline.parts(bold["text"]).text
    if not title and papers:
        title = next((link.text for link in links[:1] if not generic(link.text) and len(link.text) > 15), "")
    text = without(raw)
    title = inline.plain(title) if title else _PLACED.sub("", _opening(text))
    at = text.find(title) if title else -1
    rest = text[at + len(title) :] if at >= 0 else ""
    rest = _LEAD.sub("", rest)
    return Item(
        title.strip(" .:*_") if not title.endswith("...") else title, rest, when, links, bold is not None, linked
    )


def without(raw: str) -> str:
    """Return the line as people read it, without the links that only say what they lead to."""
    text = inline.parts(raw, alts=False).text
    for link in inline.parts(raw).links:
        if generic(link.text) and link.text:
            text = (
                text.replace(link.text, "", 1)
                if text.count(link.text) == 1 or len(link.text) > 3
                else _last(text, link.text)
            )
    if "(" in text or "[" in text or "【" in text:
        for _ in range(3):
            text = _EMPTY.sub("", text)
    return " ".join(text.split()).strip(" |,;·")


def _last(text: str, part: str) -> str:
    at = text.rfind(part)
    return text[:at] + text[at + len(part) :]


def _opening(text: str) -> str:
    if quoted := _QUOTED.match(text):
        return quoted["text"]
    text = _LEAD.sub("", text)
    for mark in (". ", " — ", " – ", " - ", " | ", "; "):
        head, found, tail = text.partition(mark)
        if found and len(head) > 12 and tail:
            return head
    return text.rstrip(".") if len(text) <= 300 else ""


def moment(text: str) -> tuple[str, Date]:
    """Return the day as printed without its year, and the date, of a text that is or holds one."""
    match = _ISO.search(text) or _DAY_FIRST.search(text) or _WORDS.search(text) or _YEAR.search(text)
    if match is None:
        return "", Date()
    found = match.groupdict()
    year = int(found["year"]) if found.get("year") else None
    name = found.get("month") or ""
    month = MONTHS[name.lower()] if name.lower() in MONTHS else int(name) if name.isdecimal() else None
    day = int(found["day"]) if found.get("day") else None
    if month is not None and not 1 <= month <= 12:
        month = day = None
    if day is not None and (month is None or not exists(month, day, year)):
        day = None
    if year is None and day is None:
        return "", Date()
    printed = found.get("md") or "" if day else ""
    return printed.strip(" ,"), Date(year, month, day)


def names(text: str) -> bool:
    """Say whether a line is a list of authors."""
    if len(text) > LONGEST_NAMES:
        return False
    whole = text.strip(" .*_")
    bare = (_ET_AL.sub("", whole) if "al" in whole[-4:] else whole).strip(" ,")
    parts = [part.strip() for part in _BETWEEN.split(bare) if part.strip()]
    if not parts or (len(parts) == 1 and bare == whole):
        return False
    good = sum(1 for part in parts if _NAME.fullmatch(part) and part[0].isupper() and part.split()[-1][0].isupper())
    spaced = sum(1 for part in parts if " " in part)
    return good >= 0.8 * len(parts) and spaced >= 0.6 * len(parts)


def identified(links: Iterable[Link], text: str = "") -> str | None:
    """Return the arXiv identifier of a line."""
    return inline.identifier(links) or (arxiv.find(text) if text else None)


def sentences(text: str) -> bool:
    """Say whether a paragraph is the text of an abstract rather than a title."""
    return len(text) > 220 or text.endswith((".", "...", "…"))


def names_first(rest: str) -> tuple[str, bool, str]:
    """Cut a list of authors from the beginning of what stands behind a title."""
    for mark in (". ", " - ", " – ", " — ", "; ", " ("):
        head, found, tail = rest.partition(mark)
        if found and names(head):
            return head, True, tail.strip(" ()")
    return (rest, True, "") if names(rest) else ("", False, rest)
