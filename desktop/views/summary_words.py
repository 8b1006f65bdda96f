"""What the summary of an import says, in words; and the whole account as text, to be kept or sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.services.intake import FileResult


def headline(files: Sequence[FileResult]) -> str:
    """Return the sum of an import in one line."""
    found = sum(one.records for one in files if not one.already_imported)
    if not found and any(one.already_imported for one in files):
        return tr("Already imported, nothing changed")
    if not found:
        return tr("Nothing was imported")
    added = sum(one.added + one.doubtful for one in files)
    merged = sum(one.merged for one in files)
    words = [tr("{0} added").format(papers(added))]
    if merged:
        words.append(tr("{0} merged").format(_number(merged)))
    return ", ".join(words)


def note(files: Sequence[FileResult]) -> str:
    """Return what is worth a look in all files, in one line."""
    words = [counted("%Ln file(s)", len(files))]
    failed = sum(one.error is not None for one in files)
    if failed:
        words.append(tr("{0} could not be read").format(_number(failed)))
    known = sum(one.already_imported for one in files)
    if known and known < len(files):
        words.append(tr("{0} already imported").format(_number(known)))
    doubtful = sum(one.doubtful for one in files)
    if doubtful:
        words.append(tr("{0} may be a twin of another paper").format(papers(doubtful)))
    skipped = sum(one.skipped for one in files)
    if skipped:
        words.append(counted("%Ln you skipped in an earlier dump", skipped))
    issues = sum(one.issues for one in files)
    words.append(counted("%Ln issue(s)", issues) if issues else tr("no issues"))
    return " · ".join(words)


def account(one: FileResult) -> str:
    """Return what became of the records of a file; the parts add up to what was found."""
    parts = [tr("{0} added").format(_number(one.added)), tr("{0} merged").format(_number(one.merged))]
    if one.doubtful:
        parts.append(tr("{0} doubtful").format(_number(one.doubtful)))
    found = counted("%Ln record(s) found", one.records)
    return f"{found}: {' + '.join(parts)}"


def outcome(one: FileResult) -> str:
    """Return what became of a file."""
    if one.error is not None:
        return one.error
    if one.already_imported:
        words = tr("Already imported, nothing changed. It holds {0}.")
        return words.format(counted("%Ln record(s)", one.records))
    return account(one)


def reading(one: FileResult) -> str:
    """Return what is uncertain about how a file was read, if anything is."""
    return encoding_guess(one.encoding) if one.error is None else ""


def encoding_guess(encoding: str) -> str:
    """Return that the encoding of a text was guessed, nothing when it is known."""
    name, _, mark = encoding.partition(" (")
    if not mark:
        return ""
    words = tr("The file does not say how its letters are encoded. Read as {0}, which is a guess: check the accents.")
    return words.format({"latin-1": "Latin-1"}.get(name, name))


def others(files: Sequence[FileResult]) -> str:
    """Return what became of the files that are not shown one by one."""
    return f"{counted('and %Ln more file(s)', len(files))}: {headline(files)} · {note(files).partition(' · ')[2]}"


def in_order(files: Iterable[FileResult]) -> list[FileResult]:
    """Put what could not be read first, for it needs a look, then what has issues or doubts."""

    def rank(one: FileResult) -> int:
        if one.error is not None:
            return 0
        return 1 if one.issues or one.doubtful else 2

    return sorted(files, key=rank)


def whole_account(files: Sequence[FileResult]) -> str:
    """Return the account of every file as plain text."""
    lines = [headline(files), note(files)]
    for one in files:
        lines += ["", one.file or tr("Pasted text"), f"    {outcome(one)}"]
        if one.error is None and one.issues:
            lines.append(f"    {counted('%Ln issue(s)', one.issues)}")
        if uncertain := reading(one):
            lines.append(f"    {uncertain}")
    return "\n".join(lines) + "\n"


def name_of(one: FileResult) -> str:
    """Return the name of a file without its folder, but with its archive."""
    path = Path(one.file)
    archive = next((above for above in path.parents if above.suffix.lower() == ".zip"), None)
    return str(path.relative_to(archive.parent)) if archive else path.name or one.file


def _number(count: int) -> str:
    return QLocale().toString(count)
