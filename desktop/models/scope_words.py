"""What the sidebar's choice asks for, in words: said where one marked line does not tell all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.scope import number_of, read_scope

if TYPE_CHECKING:
    from db.services.reading import Sidebar
    from desktop.models.scope import Scope


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScopeWords", text)


Names = Mapping[int, str]


def scope_words(text: str, dumps: Names, searches: Names | None = None) -> str:
    """Return a scope such as `dump:#1 -dump:#2` as "Only in A, not in B"; nothing when one term is all of it.

    `dumps` and `searches` name the dumps and the saved searches by their id.
    """
    scope = read_scope(text)
    if len(scope.terms()) + len(scope.without) < 2 and not any(_is_part(one) for one in scope.terms()):
        return ""
    return scope_said(text, dumps, searches)


def scope_said(text: str, dumps: Names, searches: Names | None = None) -> str:
    """Return a scope in words, also when it is one term; nothing for all papers."""
    scope, names = read_scope(text), {"dump": dumps, "in": searches or {}}
    return _of_dumps(scope, names) or _of_anything(scope, names)


def names_of(lists: Sidebar) -> tuple[Names, Names]:
    """Return what the dumps and the saved searches are called, by their id."""
    return {one.id: one.name for one in lists.sources}, {one.id: one.name for one, _text in lists.searches}


def _is_part(term: str) -> bool:
    return term.startswith(("new:", "back:", "among:"))


def _of_dumps(scope: Scope, names: Mapping[str, Names]) -> str:
    """Return the words for one or two dumps alone."""
    asked = [group[0] for group in scope.groups if len(group) == 1]
    if len(asked) != len(scope.groups) or any(not one.startswith("dump:") for one in (*asked, *scope.without)):
        return ""
    called = [_name(one, names) for one in (*asked, *scope.without)]
    if (len(asked), len(scope.without)) == (1, 1):
        return _tr("Only in {0}, not in {1}").format(*called)
    if (len(asked), len(scope.without)) == (2, 0):
        return _tr("In both {0} and {1}").format(*called)
    return ""


def _of_anything(scope: Scope, names: Mapping[str, Names]) -> str:
    either = _tr(" or ")
    parts = [either.join(_phrase(one, names) for one in group) for group in scope.groups]
    parts += [_tr("not {0}").format(_phrase(one, names)) for one in scope.without]
    words = _tr(", ").join(parts)
    return words[:1].upper() + words[1:]


def _phrase(term: str, names: Mapping[str, Names]) -> str:
    field = term.partition(":")[0]
    name = _name(term, names)
    frames = {
        "dump": _tr("in {0}"),
        "new": _tr("in {0}, never seen before"),
        "back": _tr("in {0}, skipped before"),
        "tag": _tr("tagged “{0}”"),
        "among": _tr("a choice of papers"),
        "collection": _tr("in the collection “{0}”"),
        "in": _tr("in the saved search “{0}”"),
    }
    lists = {
        "unread": _tr("unread"),
        "starred": _tr("starred"),
        "review": _tr("to review"),
        "trash": _tr("in the trash"),
        "back": _tr("skipped and seen again"),
        "published": _tr("a published version exists"),
        "preprint": _tr("only a preprint"),
    }
    if field == "is":
        return lists.get(name, name)
    return frames.get(field, "{0}").format(name)


def _name(term: str, names: Mapping[str, Names]) -> str:
    number = number_of(term)
    if number is not None and term.startswith(("dump:", "new:", "back:")):
        return names["dump"].get(number, _tr("a dump that is gone"))
    if number is not None and term.startswith("in:"):
        return names["in"].get(number, _tr("one that is gone"))
    return term.partition(":")[2].strip('"')
