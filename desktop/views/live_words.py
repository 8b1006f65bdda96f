"""How live .bib files stand, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from desktop.views.words import counted

if TYPE_CHECKING:
    from db.services.livefiles import LiveFile

FAILED, ASKING, PENDING, WRITTEN = range(4)
"""How urgently a file wants to be looked at; the least is shown first."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("LiveFiles", text)


def urgency(file: LiveFile, *, pending: bool) -> int:
    """Return how urgently a file wants to be looked at."""
    if file.state == "failed":
        return FAILED
    if file.questions:
        return ASKING
    return PENDING if pending or file.state == "pending" else WRITTEN


def state_of(file: LiveFile, *, pending: bool) -> str:
    """Return how a file stands: `written 12:04`, `pending`, `failed: the disk is full`."""
    if file.state == "failed":
        return _tr("failed: {0}").format(file.reason)
    if pending or file.state == "pending":
        return _tr("pending: {0}").format(file.reason) if file.reason else _tr("pending")
    said = _tr("written {0}").format(at(file.written_at or ""))
    return f"{said}, {counted('%Ln question(s)', file.questions)}" if file.questions else said


def at(moment: str) -> str:
    """Return a time in UTC by the person's clock, with the day when it is not today."""
    when = QDateTime.fromString(moment, Qt.DateFormat.ISODateWithMs).toLocalTime()
    if not when.isValid():
        return moment
    is_today = when.date() == QDateTime.currentDateTime().date()
    return QLocale().toString(when, "HH:mm" if is_today else "d MMM HH:mm")


def follows(file: LiveFile) -> str:
    """Return what a file follows."""
    kinds = {
        "collection": _tr("Collection {0}"),
        "search": _tr("Search {0}"),
        "cited": _tr("Keys {0}"),
    }
    if file.follow.kind == "search" and not file.follow.value:
        return _tr("All papers")
    return kinds.get(file.follow.kind, "{0}").format(file.follow.name)
