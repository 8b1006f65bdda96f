"""How a dump is called where several are offered: two may have one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt

if TYPE_CHECKING:
    from db.domain.records import Source


def dump_label(source: Source) -> str:
    """Return "alignment.txt · 31 Oct 2026 12:04": the name and when it was imported."""
    when = QDateTime.fromString(source.imported_at, Qt.DateFormat.ISODate).toLocalTime()
    day = QLocale().toString(when, "d MMM yyyy HH:mm") if when.isValid() else ""
    return " · ".join(part for part in (source.name, day) if part)
