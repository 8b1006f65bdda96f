"""RIS: tagged lines from TY to ER, as reference managers and publishers export them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from db.domain.formats import arxiv, doi, ownnote, urls
from db.domain.formats.account import Account
from db.domain.formats.bibread.files import local
from db.domain.formats.moments import dated, moment
from db.domain.formats.people import counted, named
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import WHOLE
from db.domain.records import Attachment, Date, Issue, Ledger, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Entry = dict[str, Any]

TYPES = {
    "JOUR": "article", "JFULL": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article",
    "INPR": "article", "ABST": "article", "CPAPER": "inproceedings", "CONF": "inproceedings",
    "CHAP": "incollection", "ECHAP": "incollection", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "THES": "phdthesis", "RPRT": "techreport", "MANSCPT": "unpublished", "UNPB": "unpublished",
}  # fmt: skip
FIELDS = {
    "VL": "volume", "IS": "number", "PB": "publisher", "CY": "address", "ET": "edition", "LA": "language",
    "ST": "shorttitle", "A2": "editor", "ED": "editor", "T3": "series", "SE": "section", "DB": "database",
    "AN": "accession-number", "M1": "custom-m1", "M3": "custom-m3", "LB": "label", "AD": "affiliation",
    "CN": "call-number",
}  # fmt: skip
LISTS = frozenset({"A1", "A2", "A3", "A4", "AU", "ED", "KW", "N1", "RN", "UR", "L1", "L2", "L3", "L4", "LK"})
LINKS = ("UR", "LK")
TITLES = ("TI", "T1", "CT", "BT")
VENUES = ("T2", "JO", "JF", "JA", "J2", "BT")
PUBLISHED_BY = frozenset({"THES", "RPRT"})
"""Types whose school or institution stands where others have their publisher."""
_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?: (?P<value>.*)|$)")
_START = re.compile(r"TY {1,2}-")
_END = re.compile(r"ER {1,2}-\s*$")
LONGEST_ENTRY = 20_000
"""Lines of one entry; more means that its end is missing."""
OVERLONG = f"This entry has more than {LONGEST_ENTRY:,} lines. What follows up to the next entry was left out."


class Ris:
    """Reads RIS files; a bad entry becomes an issue and stops no other."""

    name = "ris"
    label = "RIS"
    kind = "bibliography"
    longest = WHOLE
    reader = 2

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is RIS: it starts, or after few lines goes on, with a TY tag."""
        first = re.search(r"^[^\S\n]*+TY {1,2}- ?[A-Z]{2,8}[^\S\n]*$", head[:20_000], re.MULTILINE)
        if first is None:
            return 0.0
        return 0.97 if head[: first.start()].count("\n") <= 12 and _TAG.search(head, first.end()) else 0.3

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return nothing: every entry says all of itself."""
        return Survey(encoding=getattr(lines, "encoding", ""))

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the entries and what cannot be read, and at last the ledger."""
        account, index = Account(), 0
        for first, entry in _entries(lines, account):
            found = _read(first, entry, index + 1)
            if isinstance(found, Record):
                index += 1
                if not _END.match(entry[-1]):
                    yield Issue(first, "\n".join(entry[:3]), "This entry has no ER line at its end; it was kept.")
            else:
                account.issues += sum(1 for line in entry if line.strip())
            if len(entry) >= LONGEST_ENTRY:
                yield Issue(first + len(entry), entry[-1], OVERLONG)
            yield found
        yield account.ledger(self.name, survey)


def _entries(lines: Iterable[str], account: Account) -> Iterator[tuple[int, list[str]]]:
    """Yield each entry with the number of its first line; what stands between entries is furniture.

    What an overlong entry has beyond the bound is lost, and counted as an issue.
    """
    entry: list[str] = []
    first, lost = 0, False
    for raw in lines:
        account.number += 1
        line = raw.strip("\ufeff \t\r")
        starts = _START.match(line) is not None
        cut = len(entry) >= LONGEST_ENTRY
        lost = not starts and (lost or cut)
        if entry and (starts or cut):
            yield first, _trimmed(entry)
            entry = []
        if not line:
            account.blank += 1
        elif not entry and not starts:
            account.issues += lost
            account.furniture += not lost
            continue
        if entry or starts:
            first = first if entry else account.number
            entry.append(line)
        if entry and _END.match(line):
            yield first, entry
            entry = []
    if entry:
        yield first, _trimmed(entry)


def _trimmed(entry: list[str]) -> list[str]:
    while entry and not entry[-1]:
        entry.pop()
    return entry


class _Names(dict[str, str]):
    """Every tag is called what it is, unknown ones too."""

    def __missing__(self, tag: str) -> str:
        return tag


@lru_cache(maxsize=1)
def _parser() -> Any:
    from rispy import RisParser  # most starts of the program read no such file

    class Parser(RisParser):  # type: ignore[misc]
        """Takes one blank where two are asked for, and lines that only look like tags as text."""

        def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
            match = _TAG.match(line)
            return (match["tag"], (match["value"] or "").strip()) if match else (None, line)

    return Parser(mapping=_Names(), list_tags=sorted(LISTS), delimiter_tags_mapping={}, enforce_list_tags=False)


def _parsed(entry: list[str]) -> Entry:
    ended = entry if _END.match(entry[-1]) else [*entry, "ER  - "]
    found = _parser().parse_lines(iter([line for line in ended if line]))
    return dict(found[0]) if found else {}


def _read(first: int, entry: list[str], index: int) -> Record | Issue:
    try:
        values = {tag: value for tag, value in _parsed(entry).items() if value not in (None, "", [])}
    except (TypeError, KeyError, AttributeError, StopIteration):
        return Issue(first, "\n".join(entry), "This entry could not be read as RIS, so it became no paper.")
    title = _one(values, *TITLES)
    if not title:
        return Issue(first, "\n".join(entry), "This entry has no title (TI or T1), so it became no paper.")
    return _record(title, values, first, entry, index)


def _record(title: str, values: Entry, first: int, entry: list[str], index: int) -> Record:
    remarks = [ownnote.taken_off(text) for text in _all(values, "N1", "RN")]
    date = _date(values)
    if any(inferred for _text, inferred in remarks) and date.year is not None:
        date = replace(date, inferred=True)
    abstract = " ".join(dict.fromkeys(_all(values, "AB") or _all(values, "N2")))
    links = [link for value in _all(values, *LINKS) for link in urls.find(value)[0]]
    authors, count = counted([one for name in _all(values, "AU", "A1") if (one := named(name))])
    return Record(
        title=title,
        abstract=abstract,
        authors=authors,
        author_count=count,
        date=date,
        year_explicit=date.year,
        arxiv_id=_arxiv(values),
        doi=doi.stated(_one(values, "DO")) or doi.find(" ".join(links)),
        venue=_one(values, *VENUES) or _school(values) or None,
        **urls.of(abstract, first=links),
        citation_key=_key(_one(values, "ID")),
        entry_type=TYPES.get(str(values.get("TY", "")).upper(), "misc"),
        fields=_fields(values),
        keywords=tuple(dict.fromkeys(w for value in _all(values, "KW") for w in re.split(r"\s*[;\n]\s*", value) if w)),
        attachments=tuple(Attachment(_path(path)) for path in _all(values, "L1", "L2", "L3", "L4")),
        notes="\n\n".join(text for text, _inferred in remarks if text),
        index=index,
        line_title=first,
        line_abstract=next((first + at for at, line in enumerate(entry) if re.match(r"(?:AB|N2) {1,2}-", line)), None),
        line_end=first + len(entry) - 1,
    )


def _all(values: Mapping[str, Any], *tags: str) -> list[str]:
    found: list[str] = []
    for tag in tags:
        value = values.get(tag, [])
        found += [str(one) for one in (value if isinstance(value, list) else [value]) if str(one).strip()]
    return found


def _one(values: Mapping[str, Any], *tags: str) -> str:
    return next(iter(_all(values, *tags)), "")


def _date(values: Entry) -> Date:
    dates = [moment(value) for value in _all(values, "DA", "PY", "Y1")]
    stated = [date for date in dates if date.year is not None]
    if not stated:
        return Date()
    year = next((date.year for date in (moment(v) for v in _all(values, "PY", "Y1")) if date.year), stated[0].year)
    same = [date for date in stated if date.year == year]
    return max(same, key=lambda date: (bool(date.month), bool(date.day))) if same else dated(year or 0)


def _arxiv(values: Entry) -> str | None:
    for value in _all(values, "UR", "LK", "DO", "AN", "M1", "JO", "T2", "N1", "C7"):
        if found := arxiv.find(value) or (arxiv.plain(value) if value.lower().startswith("arxiv") else None):
            return found
    return None


def _school(values: Entry) -> str:
    return _one(values, "PB") if str(values.get("TY", "")).upper() in PUBLISHED_BY else ""


def _path(text: str) -> str:
    """Return where a file lies; Mendeley and Zotero write addresses of files."""
    return local(text) if text.startswith("file:/") else text


def _key(text: str) -> str | None:
    """Return a citation key; a bare number is the place in somebody's database."""
    return text if text and not text.isdigit() and not re.search(r"[\s,{}\\%#~]", text) else None


def _fields(values: Entry) -> dict[str, str]:
    """Return what has no place of its own, each value once: nothing that an entry says is lost."""
    fields = {name: "; ".join(_all(values, tag)) for tag, name in FIELDS.items() if tag in values and name != "editor"}
    if arxiv.plain(fields.get("accession-number", "")):
        fields = {name: value for name, value in fields.items() if name not in ("accession-number", "database")}
    if not _one(values, *VENUES) and _school(values):
        fields.pop("publisher", None)
    editors = " and ".join(dict.fromkeys(_all(values, "A2", "ED")))
    pages = "--".join(filter(None, (_one(values, "SP"), _one(values, "EP"))))
    number = "isbn" if str(values.get("TY", "")) in _BOOKS and not _ISSN.fullmatch(_one(values, "SN")) else "issn"
    serial = "; ".join(_all(values, "SN"))
    named = (("editor", editors), ("pages", pages), (number, serial))
    fields |= {name: value for name, value in named if value}
    for tag in values:
        if left := [value for value in _all(values, tag) if not _has_place(tag, value, values)]:
            fields[f"ris-{tag.lower()}"] = "; ".join(dict.fromkeys(left))
    return fields


def _has_place(tag: str, value: str, values: Entry) -> bool:
    """Say whether a record holds this value of a tag, or says the same."""
    if tag in TITLES or tag in VENUES:
        return value in (_one(values, *TITLES), _one(values, *VENUES))
    if tag == "N2":
        return value in (_all(values, "AB") or _all(values, "N2"))
    if tag in ("SP", "EP"):
        return value == _one(values, tag)
    if tag in LINKS:
        return bool(urls.find(value)[0])
    if tag in ("DA", "PY", "Y1"):
        return moment(value).year is not None
    if tag == "DO":
        return doi.stated(value) is not None
    return tag in _KNOWN and not (tag == "ID" and _key(value) is None and not value.isdigit())


_KNOWN = frozenset("TY ER AB AU A1 A2 ED ID KW L1 L2 L3 L4 N1 RN SN".split()) | FIELDS.keys()
_BOOKS = frozenset({"BOOK", "EBOOK", "CHAP", "ECHAP", "EDBOOK"})
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
