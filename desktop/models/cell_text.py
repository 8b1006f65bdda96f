"""What the cells of the table say: short, in one line, and never taken for markup."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

from db.domain.records import Date, PaperRow, SeenAgain, Status

LONGEST = 200  # characters painted in a cell: painting slows down with the text, not with the cell
LONGEST_TIP = 1_000
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")
_QUOTES = re.compile(r"``(.+?)''", re.DOTALL)


def cut(text: str) -> str:
    """Return the text as one line of at most 200 characters."""
    return " ".join(text[: LONGEST * 2].split())[:LONGEST]


def tip(text: str) -> str:
    """Return a tooltip that shows the text and its lines as they are, whatever markup it looks like."""
    return f"<p>{html.escape(text[:LONGEST_TIP])}</p>".replace("\n", "<br>") if text else ""


def tr(text: str) -> str:
    """Translate a text of the table."""
    return QCoreApplication.translate("PaperTable", text)


def status_text(status: Status) -> str:
    """Return the status in the person's language."""
    return {
        Status.UNREAD: tr("Unread"),
        Status.READING: tr("Reading"),
        Status.READ: tr("Read"),
        Status.SKIPPED: tr("Skipped"),
    }[status]


@lru_cache(maxsize=4096)
def _day_text(year: int, month: int, day: int, locale: str) -> str:
    if not month:
        return f"{year:04d}"
    words = "d MMM yyyy" if day else "MMM yyyy"
    return QLocale(locale).toString(QDate(year, month, day or 1), words)


def date_text(date: Date) -> str:
    """Return the date as far as it is known; `~` marks a year that was inferred."""
    if date.year is None:
        return ""
    text = _day_text(date.year, date.month or 0, date.day or 0, QLocale().name())
    return f"{text}~" if date.inferred else text


def date_tip(date: Date) -> str:
    """Return why a year was inferred."""
    if not date.inferred:
        return ""
    why = date.evidence or tr("the source does not state it")
    return tr("The year {year} is inferred: {why}").format(year=date.year, why=why)


def added_text(row: PaperRow) -> str:
    """Return the day on which the paper came into the library."""
    day = QDate.fromString(row.added_at[:10], "yyyy-MM-dd")
    return QLocale().toString(day, "d MMM yyyy") if day.isValid() else ""


def rating_text(rating: int) -> str:
    """Return a rating of one to five as stars."""
    return "★" * rating + "☆" * (5 - rating) if rating else ""


def mark_text(row: PaperRow) -> str:
    """Return what the mark column shows, in words."""
    words = [tr("Starred")] if row.starred else []
    if row.status is Status.UNREAD:
        words.append(tr("Unread"))
    if row.seen_again is not None:
        words.append(tr("Skipped before"))
    if several := versions_text(row):
        words.append(several)
    return ", ".join(words)


def versions_text(row: PaperRow) -> str:
    """Return in how many versions a work is known, nothing while it is in one."""
    return tr("{0} versions").format(row.versions) if row.versions > 1 else ""


def seen_again_text(again: SeenAgain | None) -> str:
    """Return the sentence about a skipped paper that a later dump showed again, else nothing."""
    if again is None:
        return ""
    day = QDateTime.fromString(again.at, Qt.DateFormat.ISODate).toLocalTime().date()
    on = QLocale().toString(day, "d MMM yyyy") if day.isValid() else ""
    if not on:
        return tr("You skipped this one; seen again in {dump}").format(dump=again.source_name)
    return tr("You skipped this one; seen again in {dump} on {day}").format(dump=again.source_name, day=on)


def printed(title: str) -> str:
    """Return a title with the dashes and quotation marks that LaTeX prints for `--`, `---` and ` ``...'' `."""
    if "--" in title:
        title = _DASHES.sub(lambda found: "–—"[len(found[0]) - 2], title)
    return _QUOTES.sub(r"“\1”", title) if "``" in title else title


def title_text(title: str) -> str:
    """Return a title in one line, or a word that stands in for the missing one; nothing stores that word."""
    return cut(printed(title)) or tr("Untitled")


def title_tip(row: PaperRow) -> str:
    """Return the whole title, in how many versions it is known, and whether it came back after it was skipped."""
    parts = (printed(row.title), versions_text(row), seen_again_text(row.seen_again))
    return "\n".join(part for part in parts if part)


def key_tip(row: PaperRow) -> str:
    """Return the citation key and whether it can still change."""
    if not row.citation_key:
        return ""
    if row.key_frozen:
        return tr("{key}: pinned, it stays as it is").format(key=row.citation_key)
    return tr("{key}: proposed, it freezes at first use").format(key=row.citation_key)
