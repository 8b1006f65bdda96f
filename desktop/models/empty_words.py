"""What an empty table says: one calm sentence that fits what was asked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.scope import read_scope


def _tr(text: str) -> str:
    return QCoreApplication.translate("EmptyWords", text)


def sentence(text: str, scope: str) -> str:
    """Return why nothing is shown, as plain text."""
    if text and scope:
        return _tr("Nothing here matches “{text}”.").format(text=text)
    if text:
        return _tr("No paper matches “{text}”.").format(text=text)
    terms = read_scope(scope)
    if len(terms.groups) != 1 or len(terms.groups[0]) != 1 or terms.without:
        return _tr("No paper fits all of this.")
    return _of_one(terms.groups[0][0])


def _of_one(term: str) -> str:
    field, _, name = term.partition(":")
    name = name.strip('"')
    lists = {
        "unread": _tr("Nothing unread. You have seen it all."),
        "starred": _tr("No starred papers yet. Press S on a paper to star it."),
        "review": _tr("Nothing to review. Records that may be twins wait here for you."),
        "published": _tr("No published version of any paper is known."),
        "preprint": _tr("No paper is known as a preprint only."),
        "trash": _tr("The trash is empty."),
    }
    if name.startswith("#"):
        name = _tr("this dump")
    kinds = {
        "tag": _tr("No paper has the tag “{name}” yet. Drag papers onto it, or press T."),
        "collection": _tr("“{name}” is empty. Drag papers onto it in the sidebar."),
        "in": _tr("This saved search finds no paper now."),
        "dump": _tr("No paper of {name} is left in the library."),
        "new": _tr("Every paper of {name} was known before."),
        "among": _tr("None of these papers is in the library any more."),
        "back": _tr("No paper of {name} had been skipped before."),
    }
    if field == "is" and name in lists:
        return lists[name]
    return kinds.get(field, _tr("No paper fits this.")).format(name=name)
