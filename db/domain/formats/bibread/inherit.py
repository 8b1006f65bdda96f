"""What entries take from others: `crossref` as BibTeX and biblatex do it, and biblatex's `xdata`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

DEEPEST = 5
MOST_KEPT = 16_000_000
"""Characters of entries that are kept because others may take from them; then only likely parents are."""
_MOST_TARGETS = 100_000
_KINDS = frozenset(
    "proceedings mvproceedings book mvbook collection mvcollection reference mvreference periodical xdata".split()
)
_REFERS = re.compile(r"\b(crossref|xdata)\s*=\s*[{\"]([^{}\"]*)[}\"]", re.IGNORECASE)
_SIGNS = ("crossref", "xdata", "Crossref", "CrossRef", "crossRef", "CROSSREF", "Xdata", "XData", "XDATA")
_KEY = re.compile(r"\s*@(\w+)[ \t]*[{(]\s*([^\s,{}\"=]+)")
# What is of one entry alone; a DOI or address of a volume is not that of a paper in it.
_OWN = frozenset(
    "crossref xref xdata entryset ids key keywords label options presort related relatedtype relatedstring "
    "relatedoptions shorthand shorttitle sortkey sorttitle sortname sortyear execute gender abstract annote annotation "
    "file groups comment review note doi url urldate eprint eprinttype archiveprefix primaryclass timestamp owner "
    "pages biburl bibsource creationdate modificationdate ranking readstatus priority".split()
)
_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_MAIN = {"title": "maintitle", "subtitle": "mainsubtitle", "titleaddon": "maintitleaddon"}
_JOURNAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}
Fields = dict[str, str]


@dataclass(slots=True)
class Parents:
    """The entries that others refer to, as raw text by their key in small letters, gathered in one pass."""

    texts: dict[str, str] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    size: int = 0
    limit: int = MOST_KEPT
    full: bool = False

    def note(self, text: str) -> None:
        """Take note of the text of an entry: whom it refers to, and what it is, if others may refer to it."""
        if any(sign in text for sign in _SIGNS) and len(self.targets) < _MOST_TARGETS:
            for _, names in _REFERS.findall(text):
                self.targets.update(name.strip().lower() for name in names.split(","))
        match = _KEY.match(text)
        if match is None or match[2].lower() in self.texts or not self._keeps(match[1].lower(), match[2].lower()):
            return
        self.size += len(text)
        self.texts[match[2].lower()] = text
        if self.size > self.limit:
            self._thin()

    def _keeps(self, kind: str, key: str) -> bool:
        if self.size > 4 * MOST_KEPT:
            return False
        return not self.full or key in self.targets or kind == "xdata" or (kind in _KINDS and self.size < MOST_KEPT)

    def _thin(self) -> None:
        """Keep likely parents only; when these are too many, those that somebody refers to already."""
        self._drop_but(frozenset(("xdata",)) if self.full else _KINDS)
        self.full = True
        self.limit = max(MOST_KEPT, 2 * self.size)

    def settle(self) -> None:
        """Drop what nobody refers to, at the end of the pass."""
        self._drop_but(frozenset())

    def _drop_but(self, kinds: frozenset[str]) -> None:
        self.texts = {key: text for key, text in self.texts.items() if key in self.targets or _kind(text) in kinds}
        self.size = sum(map(len, self.texts.values()))


def _kind(text: str) -> str:
    match = _KEY.match(text)
    return match[1].lower() if match else ""


def inherited(child: Fields, kind: str, parent: Fields, parent_kind: str) -> Fields:
    """Return a child's fields with what it takes from its parent where it says nothing itself."""
    if parent_kind == "xdata":
        return {**{name: value for name, value in parent.items() if name != "xdata"}, **child}
    titles = _renamed(kind, parent_kind)
    taken = {}
    for name, value in parent.items():
        if name in titles:
            taken[titles[name]] = value
        elif name not in _OWN and name not in _TITLES:
            taken.setdefault(name, value)
    # BibTeX's parents carry a `booktitle` for their children, beside the title of their own.
    if "booktitle" in titles.values() and "booktitle" in parent:
        taken["booktitle"] = parent["booktitle"]
    if "date" in child or "year" in child:
        taken = {name: value for name, value in taken.items() if name not in ("date", "year", "month", "day")}
    if "journal" in child:
        taken.pop("journaltitle", None)
    return {**taken, **child}


def _renamed(kind: str, parent_kind: str) -> dict[str, str]:
    if parent_kind == "periodical" or kind in ("article", "suppperiodical"):
        return _JOURNAL
    if parent_kind.startswith("mv"):
        return _MAIN
    return _TITLES if kind.startswith(("in", "supp", "conference", "bookinbook")) else {}
