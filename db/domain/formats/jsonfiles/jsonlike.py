"""Which objects of a JSON document are papers, and where they stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.formats import arxiv
from db.domain.formats.jsonfiles import jsonnames
from db.domain.formats.jsonfiles.jsonnames import bare
from db.domain.formats.jsonfiles.jsonvalues import text

if TYPE_CHECKING:
    from collections.abc import Iterator

Object = dict[str, Any]
_TITLES = frozenset(jsonnames.TITLE)
_PROOFS = frozenset(
    "abstract abstracts abstracttext abstractnote paperabstract summary abstractinvertedindex descriptions aisummary"
    " doi dois arxivid arxiv eprint externalids paperid openreviewid year publicationyear pubyear publishedat published"
    " publicationdate issued venue containertitle journal journalref urlpdf pdfurl upvotes discussionid authors author"
    " authorstring creators authorships authorsparsed citationkey".split()
)
"""Keys that tell a paper from other things with a title."""
_WEAK = frozenset("id url link date pdf key uid links".split())
_WRAPPERS = jsonnames.WRAPPERS
MAX_NODES = 2_000_000


def view(value: Object) -> Object | None:
    """Return the paper that an object is or wraps, its keys bare, with what the wrapper says beside; None if none.

    What the wrapper says is only taken where the paper itself is silent: its date is that of the listing.
    """
    outer: Object = {}
    inner = value
    for _depth in range(4):
        names = {bare(name): one for name, one in inner.items()} if inner else {}
        wrapped = _wrapped(names)
        if wrapped is None:
            return _merged(outer, names) if _titled(names) and not _container(names) else None
        outer = {**names, **{name: one for name, one in outer.items() if _said(one)}}
        outer.pop(wrapped[0])
        outer["wrapper"] = wrapped[0]
        inner = wrapped[1]
    return None


def _merged(outer: Object, names: Object) -> Object | None:
    found = {**outer, **{name: one for name, one in names.items() if _said(one)}} if outer else names
    return found if proof(found) else None


def _said(value: Any) -> bool:
    return value is not None and value != "" and value != [] and value != {}


def _wrapped(names: Object) -> tuple[str, Object] | None:
    """Return the name and value of the object within that is the paper itself."""
    for name in _WRAPPERS:
        inner = names.get(name)
        if isinstance(inner, dict) and (name == "paper" or not _titled(names)) and _leads(inner):
            return name, inner
    return None


def _leads(inner: Object) -> bool:
    """Say whether a title stands in the object, or one wrapper further in."""
    names = {bare(name): one for name, one in inner.items()}
    return _titled(names) or any(isinstance(names.get(one), dict) and _titles(names[one]) for one in _WRAPPERS)


def _titles(value: Object) -> bool:
    return _titled({bare(name): one for name, one in value.items()})


def _titled(names: Object) -> bool:
    return any(name in names and not isinstance(names[name], int) and bool(text(names[name])) for name in _TITLES)


def proof(names: Object) -> int:
    """Return 0 when the object is no paper, 1 when it has little more than a title, 2 and more when it surely is."""
    found = sum(1 for name in names if name in _PROOFS and _said(names[name]))
    if found:
        return 1 + found
    if any(isinstance(names.get(one), str) and arxiv.plain(names[one][:80]) for one in ("id", "key", "uid")):
        return 2
    return 1 if any(_said(names.get(name)) for name in _WEAK) and len(names) <= 12 and "displayname" not in names else 0


def _container(names: Object) -> bool:
    """Say whether it is a list of papers with a title, such as a collection or a feed."""
    for name, value in names.items():
        if name not in jsonnames.APART and isinstance(value, list) and value and isinstance(value[0], dict):
            inner = {bare(key): one for key, one in value[0].items()}
            if isinstance(inner.get("paper"), dict) or (_titled(inner) and proof(inner) > 1 and name not in _TITLES):
                return True
    return False


def has_abstract(names: Object) -> bool:
    """Say whether a paper has an abstract."""
    return any(names.get(name) for name in (*jsonnames.ABSTRACT, "abstractinvertedindex"))


def untitled(value: Object) -> bool:
    """Say whether an object looks like a paper whose title is missing."""
    names = {bare(name): one for name, one in value.items()}
    abstract = any(isinstance(names.get(one), str) and len(names[one]) > 80 for one in jsonnames.ABSTRACT)
    return not _titled(names) and abstract and proof(names) > 2


def within(value: Any, key: str = "") -> Iterator[tuple[str, Object]]:
    """Yield (key, view) of the papers at any depth of a value, in order; `key` is what the value stands under."""
    waiting: list[tuple[str, Any]] = [(key, value)]
    for _node in range(MAX_NODES):
        if not waiting:
            return
        name, one = waiting.pop()
        if isinstance(one, list):
            waiting.extend((name, item) for item in reversed(one) if isinstance(item, dict | list))
        elif isinstance(one, dict):
            found = view(one)
            if found is not None:
                yield name, found
            else:
                pairs = [
                    (k, v) for k, v in one.items() if isinstance(v, dict | list) and bare(k) not in jsonnames.APART
                ]
                waiting.extend(reversed(pairs))
