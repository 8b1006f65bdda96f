"""What a LaTeX document cites, held against the library: known, unknown with the closest papers, not cited."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.domain.documents import Citation, Trouble
from db.domain.documents import read as read_document
from db.domain.errors import LibraryError
from db.services import docentries, exporting
from db.services.docfiles import Folder, stamp
from db.services.docsuggest import Likeness, Suggestion, suggested
from db.services.keys import add_alias, set_key
from db.services.progress import Progress, silent
from db.store import cited as store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from db.domain.documents import Cited, Opened
    from db.services.changes import Changes
    from db.services.docentries import Entries, Entry
    from db.services.docfiles import Stamp
    from db.services.exporting import Exported, ExportOptions
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.cited import Held
    from db.store.sessions import Session

__all__ = [
    "Citation", "CitedExport", "Document", "Known", "Likeness", "Suggestion", "Trouble", "Uncited", "Unknown",
    "add_alias", "export", "look", "set_key", "stamp",
]  # fmt: skip

KINDS = (".tex", ".aux", ".bcf")
"""The endings of files that tell what a document cites."""


@dataclass(frozen=True, slots=True)
class Known:
    """A cited key and its paper; `citation_key` differs from `key` when the paper has another one by now."""

    key: str
    paper_id: int
    citation_key: str
    title: str
    in_trash: bool
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """A cited key that the library does not have; `entry` is where a .bib file has it, `title` what it says there."""

    key: str
    file: str
    line: int
    entry: str
    title: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Uncited:
    """An entry of a .bib file that the document does not cite; `paper_id` when the library has its key."""

    key: str
    title: str
    file: str
    line: int
    paper_id: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """The account of a document; `files` are the paths of all that was read, and of the document in any case."""

    path: str
    known: tuple[Known, ...]
    unknown: tuple[Unknown, ...]
    uncited: tuple[Uncited, ...]
    troubles: tuple[Trouble, ...]
    files: tuple[str, ...]
    everything: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class CitedExport:
    """What was exported of a document, which cited keys are not in the library, and what was found on the way."""

    exported: Exported
    unknown: tuple[Citation, ...]
    trashed: tuple[Known, ...]
    troubles: tuple[Trouble, ...]


def look(library: Library, path: Path, report: Report = silent) -> Document:
    """Return what a document cites and what the library has of it; what cannot be read is told in `troubles`."""
    folder, cited = _read(path, report)
    entries = docentries.read(cited, folder, report)
    citations = _with_everything(cited, entries)
    with library.reading() as session:
        held = store.holders(session, [one.key for one in citations])
        unknown = [one for one in citations if one.key not in held]
        suggestions = suggested(session, [one.key for one in unknown], entries.by_key, report)
        uncited = _uncited(session, {one.key for one in citations}, entries.by_key)
    return Document(
        path=str(path),
        known=tuple(_known(one, held[one.key]) for one in citations if one.key in held),
        unknown=tuple(_unknown(one, entries.by_key.get(one.key), suggestions[one.key]) for one in unknown),
        uncited=tuple(uncited),
        troubles=(*cited.troubles, *_without_bibliography(cited), *entries.troubles),
        files=tuple(dict.fromkeys(map(str, (path, *(folder.folder / file for file in cited.files), *entries.paths)))),
        everything=cited.everything is not None,
        readable=cited.readable,
    )


def cited_keys(path: Path) -> tuple[list[str], Mapping[Path, Stamp]]:
    """Return the keys that a document cites, and the files that say so as they were before they were read.

    Files that it names and that are not there belong to them. Raises LibraryError when it cannot be read.
    """
    folder, cited = _read(path, silent)
    if not cited.readable:
        raise LibraryError(cited.troubles[0].why if cited.troubles else f"{path.name} cannot be read")
    return list(dict.fromkeys(one.key for one in cited.citations)), folder.seen


def _read(path: Path, report: Report) -> tuple[Folder, Cited]:
    folder = Folder(path)

    def opened(name: str) -> Opened:
        report(Progress(0, 0, f"Reading {name}"))
        return folder.open(name)

    cited = read_document(path.name, opened)
    control = path.with_suffix(".bcf")
    if path.suffix == ".aux" and not cited.bibliographies and control.is_file():
        # biblatex names its .bib files there only.
        other = read_document(control.name, opened)
        everything = cited.everything or other.everything
        files = (*cited.files, *other.files)
        cited = replace(cited, bibliographies=other.bibliographies, everything=everything, files=files)
    return folder, cited


def _with_everything(cited: Cited, entries: Entries) -> tuple[Citation, ...]:
    r"""Return the citations; `\nocite{*}` cites each entry of the .bib files too."""
    if cited.everything is None:
        return cited.citations
    all_of_them = {one.key: one for one in cited.citations}
    for key, entry in entries.by_key.items():
        all_of_them.setdefault(key, Citation(key, entry.file, entry.record.line_title))
    return tuple(all_of_them.values())


def _without_bibliography(cited: Cited) -> Iterator[Trouble]:
    everything = cited.everything
    if everything is not None and not cited.bibliographies:
        why = "\\nocite{*} cites all entries of the .bib files, but the document names none"
        yield Trouble(everything.file, everything.line, why)


def _known(one: Citation, held: Held) -> Known:
    return Known(one.key, held.paper_id, held.citation_key, held.title, held.in_trash, one.file, one.line)


def _unknown(one: Citation, entry: Entry | None, suggestions: tuple[Suggestion, ...]) -> Unknown:
    where = f"{entry.file}:{entry.record.line_title}" if entry else ""
    return Unknown(one.key, one.file, one.line, where, entry.record.title if entry else "", suggestions)


def _uncited(session: Session, cited: Collection[str], entries: Mapping[str, Entry]) -> list[Uncited]:
    rest = {key: entry for key, entry in entries.items() if key not in cited}
    held = store.holders(session, rest)
    return [
        Uncited(key, entry.record.title, entry.file, entry.record.line_title, _id_of(held.get(key)))
        for key, entry in rest.items()
    ]


def _id_of(held: Held | None) -> int | None:
    return held.paper_id if held else None


def export(
    library: Library,
    document: Path,
    target: Path,
    report: Report,
    *,
    within: Collection[int] | None = None,
    options: ExportOptions = exporting.DEFAULTS,
    form: str | None = None,
) -> CitedExport:
    r"""Write the papers that a document cites to a file, in the order of their keys; `form` as for an export.

    Each stands under the very key that is cited, also when the paper has another one by now. `within` narrows it to
    these papers. Raises LibraryError when the document cannot be read, or nothing that it cites is in the library.
    """
    folder, cited = _read(document, report)
    if not cited.readable:
        why = cited.troubles[0].why if cited.troubles else "cannot be read"
        raise LibraryError(f"{why}. Nothing was written.")
    entries = docentries.read(cited, folder, report) if cited.everything else docentries.Entries({}, [], [])
    citations = _with_everything(cited, entries)
    with library.reading() as session:
        held = store.holders(session, [one.key for one in citations])
    known = [_known(one, held[one.key]) for one in citations if one.key in held]
    unknown = tuple(one for one in citations if one.key not in held)
    chosen = [one for one in known if within is None or one.paper_id in within]
    if not chosen:
        raise LibraryError(_nothing(document, citations, known, unknown))
    names: defaultdict[str, list[str]] = defaultdict(list)
    for one in sorted(chosen, key=lambda one: (one.key.casefold(), one.key)):
        names[one.citation_key].append(one.key)
    ids = {one.citation_key: one.paper_id for one in chosen}
    wanted = [ids[key] for key in names]
    exported = exporting.export(library, wanted, target, report, options=options, named=names, form=form)
    trashed = tuple(one for one in chosen if one.in_trash)
    return CitedExport(exported, unknown, trashed, (*cited.troubles, *_without_bibliography(cited), *entries.troubles))


def _nothing(document: Path, citations: Sequence[Citation], known: Sequence[Known], unknown: Sequence[Citation]) -> str:
    if not citations:
        return f"{document.name} cites nothing, so nothing was written."
    if known:
        return f"No paper that {document.name} cites matches the search, so nothing was written."
    first = ", ".join(f"{one.key} ({one.file}:{one.line})" for one in unknown[:10])
    more = f" and {len(unknown) - 10:,} more" if len(unknown) > 10 else ""
    return f"Nothing that {document.name} cites is in the library, so nothing was written: {first}{more}."


def take(library: Library, key: str, paper_id: int, *, as_alias: bool) -> Changes:
    """Let a cited key name a paper: as its key, or beside the key that it has."""
    return add_alias(library, paper_id, key) if as_alias else set_key(library, paper_id, key)
