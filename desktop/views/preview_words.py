"""What the preview of an import says, in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from desktop.views.words import counted, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.services.forecast import FilePreview, Reading

CERTAIN = 0.9


def percent(confidence: float) -> str:
    """Return how sure a reading is."""
    return tr("{0} % sure").format(QLocale().toString(round(100 * confidence)))


def guess(one: Reading) -> str:
    """Return a layout as it stands among those to choose from."""
    return one.label if one.confidence >= CERTAIN else f"{one.label} ({percent(one.confidence)})"


def recognised(one: FilePreview, *, chosen: bool) -> str:
    """Return what a file was recognised as, and how surely."""
    if not one.format:
        return "" if one.finished else tr("Reading...")
    layout = one.label
    if len(one.dialect) > 1 and one.dialect not in layout:  # a letter means something to the reader alone
        layout = f"{layout} ({one.dialect})"
    if chosen:
        return tr("{0}: chosen by you").format(layout)
    if one.confidence >= CERTAIN:
        return tr("{0}: sure").format(layout)
    if one.is_sure:
        return f"{layout}: {percent(one.confidence)}"
    return tr("Best reading: {0}, {1}").format(layout, percent(one.confidence))


def place(one: FilePreview) -> str:
    """Return the folder or archive that a file lies in: names such as page.txt come more than once in a drop."""
    return str(Path(one.path).parent) if one.path else ""


def numbers(one: FilePreview) -> str:
    """Return how many records there are and what would become of them; the parts add up."""
    if one.error or not (one.records or one.finished):
        return ""
    if one.already_imported:
        return ""
    found = counted("%Ln record(s)", one.records)
    if not one.finished:
        found = tr("{0} so far").format(found)
    elif one.cut:
        found = tr("At least {0}").format(found)
    return f"{found}: {fates({name: getattr(one, name) for name in ('new', 'same', 'maybe', 'repeated', 'issues')})}"


def brought(one: FilePreview) -> str:
    """Return what comes beside the papers: collections, tags, notes, files, citation keys."""
    told = one.brought
    if one.error or one.already_imported or not told:
        return ""
    files = counted("%Ln attached file(s)", told.files)
    if told.missing:
        files = tr("{0} ({1} not on this computer)").format(files, QLocale().toString(told.missing))
    parts = (
        (told.collections, counted("%Ln collection(s)", told.collections)),
        (told.tags, counted("%Ln tag(s)", told.tags)),
        (told.notes, counted("notes of %Ln paper(s)", told.notes)),
        (told.files, files),
        (told.keys, counted("%Ln citation key(s)", told.keys)),
    )
    return tr("With them: {0}").format(", ".join(words for number, words in parts if number))


def fates(sums: Mapping[str, int]) -> str:
    """Return "60 new, 12 already in the library, no issues"."""
    parts = [tr("{0} new").format(QLocale().toString(sums["new"]))]
    if sums["same"]:
        parts.append(tr("{0} already in the library").format(QLocale().toString(sums["same"])))
    if sums["maybe"]:
        parts.append(counted("%Ln possible twin(s)", sums["maybe"]))
    if sums["repeated"]:
        parts.append(tr("{0} repeated").format(QLocale().toString(sums["repeated"])))
    parts.append(counted("%Ln issue(s)", sums["issues"]) if sums["issues"] else tr("no issues"))
    return ", ".join(parts)


def known(one: FilePreview) -> str:
    """Return that a file is in the library already, or stands in the drop twice."""
    if not one.already_imported:
        return ""
    if one.format:
        words = tr("Already imported as {0}, with {1}. Nothing would change.")
        return words.format(one.known_as, counted("%Ln record(s)", one.records))
    return tr("The same text as {0}, which is imported with it. Nothing would change.").format(one.known_as)


def whole(sums: Mapping[str, int], count: int) -> str:
    """Return the sum over all files of a drop."""
    if sums["failed"] == count:
        return tr("None of these files can be imported. Choose one to see why.")
    head = []
    if sums["finished"] < count:
        done = QLocale().toString(sums["finished"])
        head = [tr("{0} of {1} looked through").format(done, counted("%Ln file(s)", count))]
    found = counted("%Ln record(s)", sums["records"])
    found = tr("at least {0}").format(found) if sums["cut"] else found
    parts = [*head, f"{found}: {fates(sums)}"]
    if sums["unsure"]:
        parts.append(tr("{0} not sure").format(sums["unsure"]))
    if sums["failed"]:
        parts.append(tr("{0} cannot be imported").format(sums["failed"]))
    return " · ".join(parts)


def page_facts(one: FilePreview) -> str:
    """Return what the page says of itself: its date, its search, the years that it states."""
    parts = []
    if one.search:
        parts.append(tr("Search: {0}").format(one.search))
    if one.page_date:
        parts.append(tr("Page date: {0}").format(one.page_date))
    if one.years:
        first, last = one.years[0], one.years[-1]
        parts.append(tr("Years stated: {0}").format(f"{first}–{last}" if first != last else str(first)))
    return " · ".join(parts)
