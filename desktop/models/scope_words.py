"""What the sidebar's choice asks for, in words: said where one marked line does not tell all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.scope import number_of, read_scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.models.scope import Scope


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScopeWords", text)


def scope_words(text: str, dumps: Mapping[int, str]) -> str:
    """Return a scope such as `dump:#1 -dump:#2` as "Only in A, not in B"; nothing when one term is all of it.

    `dumps` names the dumps by their id.
    """
    scope = read_scope(text)
    if len(scope.terms()) + len(scope.without) < 2 and not any(_is_part(one) for one in scope.terms()):
        return ""
    return _of_dumps(scope, dumps) or _of_anything(scope, dumps)


def scope_said(text: str, dumps: Mapping[int, str]) -> str:
    """Return a scope in words, also when it is one term; nothing for all papers."""
    scope = read_scope(text)
    return _of_dumps(scope, dumps) or _of_anything(scope, dumps)


def _is_part(term: str) -> bool:
    return term.startswith(("new:", "back:", "among:"))


def _of_dumps(scope: Scope, dumps: Mapping[int, str]) -> str:
    """Return the words for one or two dumps alone."""
    asked = [group[0] for group in scope.groups if len(group) == 1]
    if len(asked) != len(scope.groups) or any(not one.startswith("dump:") for one in (*asked, *scope.without)):
        return ""
    names = [_name(one, dumps) for one in (*asked, *scope.without)]
    if (len(asked), len(scope.without)) == (1, 1):
        return _tr("Only in {0}, not in {1}").format(*names)
    if (len(asked), len(scope.without)) == (2, 0):
        return _tr("In both {0} and {1}").format(*names)
    return ""


def _of_anything(scope: Scope, dumps: Mapping[int, str]) -> str:
    either = _tr(" or ")
    parts = [either.join(_phrase(one, dumps) for one in group) for group in scope.groups]
    parts += [_tr("not {0}").format(_phrase(one, dumps)) for one in scope.without]
    words = _tr(", ").join(parts)
    return words[:1].upper() + words[1:]


def _phrase(term: str, dumps: Mapping[int, str]) -> str:
    field = term.partition(":")[0]
    name = _name(term, dumps)
    frames = {
        "dump": _tr("in {0}"),
        "new": _tr("in {0}, never seen before"),
        "back": _tr("in {0}, skipped before"),
        "tag": _tr("tagged “{0}”"),
        "among": _tr("a choice of papers"),
        "collection": _tr("in the collection “{0}”"),
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


def _name(term: str, dumps: Mapping[int, str]) -> str:
    number = number_of(term)
    if number is not None and term.startswith(("dump:", "new:", "back:")):
        return dumps.get(number, _tr("a dump that is gone"))
    return term.partition(":")[2].strip('"')
