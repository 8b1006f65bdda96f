"""References and citations by a style, as runs of text in fonts. It imports citeproc-py: import it inside functions."""

from __future__ import annotations

import itertools
import re
import string
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from citeproc import Citation, CitationStylesBibliography
from citeproc import source as csl
from citeproc.model import Choose
from citeproc.string import MixedString, NoCase, String, join

from db.domain.errors import Cancelled, LibraryError
from db.domain.names import fold
from db.domain.styled import marks
from db.domain.styled.basics import Cite
from db.domain.styled.marks import Reference, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.domain.records import Person
    from db.domain.styled.items import Item
    from db.domain.styled.styles import Style

_SPACED = re.compile(r"\S+\s*")
_NO_CASE = frozenset({"publisher", "number", "DOI", "URL"})
"""Texts that keep their capitals whatever the style does: "arXiv" begins no sentence in capitals."""

_QUOTES = {"open-quote": "“", "close-quote": "”", "open-inner-quote": "‘", "close-inner-quote": "’"}


def both(
    style: Style, items: Sequence[Item], report: Callable[[int, int], None] = lambda _done, _total: None
) -> tuple[tuple[Reference, ...], tuple[Run, ...]]:
    """Return papers as a style lists them, in its order, and as a text cites them all at once.

    `report` is told how many of how many are done, and may raise. LibraryError when the style cannot do it.
    """
    with _told(style):
        root = style.root
        if root.bibliography is None:
            raise LibraryError(f"The citation style “{style.title}” has no reference list. Choose another style.")
        report(0, len(items))
        listed = _registered(root, items)
        found = []
        for number, one in enumerate(listed.items):
            report(number, len(items))
            found.append(_reference(root, one, items[int(one.key)]))
        cited = _tidy(root, _ranges(root, _cited(root, listed, listed.keys))) if items else ""
        return tuple(found), marks.runs(cited)


@contextmanager
def _told(style: Style) -> Iterator[None]:
    """Turn whatever a style makes citeproc-py do into words: styles are programs that other people wrote."""
    try:
        yield
    except (LibraryError, Cancelled):
        raise
    except Exception as error:
        raise LibraryError(
            f"The citation style “{style.title}” could not format these papers. Nothing was changed; choose another "
            "style, or get a newer version of it.",
            details=repr(error),
        ) from error


def _registered(root: Any, items: Sequence[Item]) -> Any:
    """Return citeproc-py's bibliography of papers in the style's order, each citation unlike the others."""
    sources = {str(number): _source(str(number), item) for number, item in enumerate(items)}
    # `formatter` comes with the style; the argument would replace it.
    listed = CitationStylesBibliography(_Front(root), sources, root.formatter)
    for key, facts in sources.items():
        listed.register(Citation([Cite(key, facts)]))
    root.__dict__["alike"] = frozenset()
    listed.sort()
    _tell_apart(root, listed, items)
    return listed


class _Front:
    """A style as citeproc-py's bibliography wants it."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def sort_bibliography(self, items: list[Any]) -> list[Any]:
        return list(items) if self.root.bibliography is None else list(self.root.bibliography.sort(items))


def _source(key: str, item: Item) -> Any:
    values = {_python(name): _text(name, text) for name, text in item.texts.items()}
    values |= {_python(role): [_name(one) for one in names] for role, names in item.names.items()}
    if item.more:
        values["author"].append(csl.Name(family=marks.OTHERS))
    if item.issued.year is not None:
        parts = {"year": item.issued.year, "month": item.issued.month, "day": item.issued.day}
        values["issued"] = csl.Date(**{name: part for name, part in parts.items() if part})
    values["language"] = "en" if item.english else "und"
    return csl.Reference(key, item.type, **values)


def _python(name: str) -> str:
    return name.replace("-", "_")


def _text(name: str, text: str) -> Any:
    """Return a text whose words with capitals inside keep them in any case."""
    text = marks.value(text)
    if name in _NO_CASE:
        return MixedString([NoCase(text)])
    words = _SPACED.findall(text)
    parts = itertools.groupby(words, lambda word: word[0] == "\\" or any(map(str.isupper, word[1:])))
    return MixedString([(NoCase if kept else String)("".join(group)) for kept, group in parts])


def _name(person: Person) -> Any:
    family, given = marks.value(person.family), marks.value(person.given)
    return csl.Name(family=family, given=given) if family and given else csl.Name(family=family or given)


# One reference -------------------------------------------------------------------------------------------


def _reference(root: Any, item: Any, paper: Item) -> Reference:
    layout = root.bibliography.layout
    layout.repressed = {}
    children, label = list(layout), ""
    if root.bibliography.get("second-field-align") and children:
        label = str(_children(children[:1], item) or "").strip()
        children = children[1:]
    body = _tidy(root, str(layout.format(layout.wrap(_children(children, item) or String(""))) or ""))
    known = marks.bare(body)
    if paper.type == "article" and paper.arxiv_id and paper.arxiv_id not in known:
        # Some styles have no place for it, and without it nobody finds the paper.
        body += f"{'' if known.endswith(('.', '?', '!')) else '.'} arXiv:{paper.arxiv_id}."
    return Reference(paper.key, marks.runs(label), marks.runs(body))


def _children(children: Sequence[Any], item: Any) -> Any:
    output = []
    for child in children:
        try:
            text = child.render(item, delimiter="") if isinstance(child, Choose) else child.render(item)
        except csl.VariableError:
            continue
        if text is not None:
            output.append(text)
    return join(output) if output else None


def _tidy(root: Any, text: str) -> str:
    et_al = str(root.get_single_term("et-al")) or "et al."
    if root.xpath_search(".//cs:et-al[@font-style='italic']"):
        et_al = marks.wrap(et_al, "italic")
    inside = str(root.get_locale_option("punctuation-in-quote") or "").lower() == "true"
    quotes = [str(root.get_single_term(name)) or usual for name, usual in _QUOTES.items()]
    return marks.tidy(text, quotes=quotes, inside=inside, et_al=et_al, and_=str(root.get_single_term("and")))


# Telling papers apart ------------------------------------------------------------------------------------


def _cited(root: Any, listed: Any, keys: Sequence[str]) -> str:
    cited = Citation([Cite(key, listed.source[key]) for key in keys])
    cited.bibliography = listed
    return str(root.citation.render(cited, [], lambda _item: "") or "")


def _ranges(root: Any, text: str) -> str:
    """Return a citation with its numbers in ranges, 1,2,3 as 1–3, where the style wants that."""
    delimiter = root.citation.layout.get("delimiter")
    if root.citation.get("collapse") != "citation-number" or not delimiter:
        return text
    numbers = re.compile(rf"\d+(?:{re.escape(delimiter)}\d+)+")
    return numbers.sub(lambda match: delimiter.join(_collapsed(match[0].split(delimiter))), text)


def _collapsed(numbers: Sequence[str]) -> Iterator[str]:
    for _start, group in itertools.groupby(enumerate(map(int, numbers)), lambda pair: pair[1] - pair[0]):
        run = [number for _at, number in group]
        yield from (f"{run[0]}–{run[-1]}",) if len(run) > 2 else map(str, run)


def _tell_apart(root: Any, listed: Any, items: Sequence[Item]) -> None:
    """Make citations differ that would be alike: by what the style says more of them, then by a, b, c to the year."""
    if root.citation.get("disambiguate-add-year-suffix") != "true" and not root.xpath_search(".//*[@disambiguate]"):
        return
    alike = _alike(root, listed, [group for group in _candidates(listed, items) if len(group) > 1])
    if alike and root.xpath_search(".//*[@disambiguate]"):
        root.__dict__["alike"] = frozenset(key for group in alike for key in group)
        alike = _alike(root, listed, alike)
    if root.citation.get("disambiguate-add-year-suffix") == "true":
        for group in alike:
            for number, key in enumerate(group):
                listed.source[key]["year_suffix"] = String(_letters(number))


def _candidates(listed: Any, items: Sequence[Item]) -> list[list[str]]:
    """Return the papers that may be cited alike, in the order of the list: by first author, else by title."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key in listed.keys:
        item = items[int(key)]
        authors = item.names.get("author")
        groups[f"@{fold(authors[0].family)}" if authors else fold(item.texts.get("title", ""))].append(key)
    return list(groups.values())


def _alike(root: Any, listed: Any, groups: Sequence[Sequence[str]]) -> list[list[str]]:
    found: list[list[str]] = []
    for group in groups:
        texts: defaultdict[str, list[str]] = defaultdict(list)
        for key in group:
            texts[_cited(root, listed, [key])].append(key)
        found += [same for same in texts.values() if len(same) > 1]
    return found


def _letters(number: int) -> str:
    """Return a, b, ... z, aa, ab, ..."""
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + string.ascii_lowercase[last]
