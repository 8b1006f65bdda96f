"""BibTeX out: files, text for the clipboard and cite commands; what leaves the library keeps its key for ever."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.formats import bibwrite as format_
from db.domain.formats.bibwrite import BibEntry, ExportOptions
from db.services.atomic import replacing
from db.services.exportchoices import complete
from db.services.library import Write
from db.services.progress import Progress
from db.services.wording import papers
from db.store import exports as store
from db.store import frozen, twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.sessions import Session

__all__ = ["ExportOptions", "Exported", "Incomplete", "bibtex", "cite", "export", "preview_bibtex"]

DEFAULTS = ExportOptions()
_COMMAND = re.compile(r"[A-Za-z]+\*?")


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An entry that was written without something readers expect: author, year or title."""

    citation_key: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, how many entries it holds, and which of them lack something."""

    file: str
    written: int
    incomplete: tuple[Incomplete, ...]
    changes: Changes


def export(
    library: Library,
    ids: Sequence[int] | None,
    path: Path,
    report: Report,
    *,
    options: ExportOptions = DEFAULTS,
) -> Exported:
    """Write papers (None: all that are not in the trash), in the order of `ids`, to a .bib file.

    The file is replaced as a whole or not at all; then no key is frozen either. Raises LibraryError.
    """
    written = 0
    incomplete: list[Incomplete] = []
    with _going_out(library, "Export") as write:
        session = write.session
        wanted = _wanted(session, ids)
        fresh = _freeze(library, session, wanted)
        options = complete(session, options)
        # The file is in place before the keys are committed: a key that is out is never lost.
        with replacing(path) as file:
            for batch in store.entries(session, wanted):
                report(Progress(written, len(wanted), "Exporting"))
                file.writelines(format_.write(batch, options))
                incomplete += _incomplete(batch)
                written += len(batch)
            report(Progress(written, len(wanted), "Exporting"))
    changes = _changes(write.changes, f"Export {papers(written)}", fresh)
    return Exported(str(path), written, tuple(incomplete), changes)


@contextmanager
def _going_out(library: Library, label: str) -> Iterator[Write]:
    """Give a transaction in which keys can be frozen; of a library open for reading only, one that reads."""
    if library.read_only:
        with library.reading() as session:
            yield Write(session, label)
    else:
        with library.writing(label, journalled=False) as write:
            yield write


def _freeze(library: Library, session: Session, ids: Sequence[int]) -> list[int]:
    """Freeze keys and return whose were loose; those of a library that nobody can change stay as they are."""
    return [] if library.read_only else frozen.freeze(session, ids)


def _wanted(session: Session, ids: Sequence[int] | None) -> list[int]:
    return twins.live_ids(session) if ids is None else list(dict.fromkeys(ids))


def _incomplete(entries: Iterable[BibEntry]) -> list[Incomplete]:
    found = []
    for entry in entries:
        facts = {"author": entry.authors, "year": entry.date.year, "title": entry.title.strip()}
        missing = tuple(name for name, value in facts.items() if not value)
        if missing:
            found.append(Incomplete(entry.key, missing))
    return found


def _changes(changes: Changes, label: str, fresh: list[int]) -> Changes:
    if not fresh:
        return replace(changes, label=label)
    return replace(changes, label=label, parts=frozenset({"paper"}), ids=frozenset(fresh), step=None)


def bibtex(library: Library, ids: Sequence[int], options: ExportOptions = DEFAULTS) -> tuple[str, Changes]:
    """Return papers as BibTeX and the change: their keys are frozen from now on."""
    with _going_out(library, "Copy BibTeX") as write:
        wanted = _wanted(write.session, ids)
        fresh = _freeze(library, write.session, wanted)
        text = _text(write.session, wanted, options)
    return text, _changes(write.changes, f"Copy BibTeX of {papers(len(wanted))}", fresh)


def _text(session: Session, ids: Sequence[int], options: ExportOptions) -> str:
    chosen = complete(session, options)
    return "".join(text for batch in store.entries(session, ids) for text in format_.write(batch, chosen))


def preview_bibtex(library: Library, paper_id: int, options: ExportOptions = DEFAULTS) -> str:
    """Return a paper as it would be exported now; its key stays as loose as it is."""
    with library.reading() as session:
        return _text(session, [paper_id], options)


def cite(library: Library, ids: Sequence[int], command: str = "cite") -> tuple[str, Changes]:
    r"""Return a LaTeX command that cites papers, like `\citep{a,b}`, and the change: their keys are frozen."""
    if not _COMMAND.fullmatch(command):
        raise LibraryError(f"{command} is not a cite command; those are words like cite, citep or parencite.")
    with _going_out(library, "Cite") as write:
        wanted = _wanted(write.session, ids)
        fresh = _freeze(library, write.session, wanted)
        keys = store.keys(write.session, wanted)
    text = f"\\{command}{{{','.join(keys)}}}" if keys else ""
    return text, _changes(write.changes, f"Cite {papers(len(wanted))}", fresh)
