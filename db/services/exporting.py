"""Papers out: files, text for the clipboard and cite commands; what leaves the library keeps its key for ever."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.domain.documents import CiteStyle, cited_as
from db.domain.errors import LibraryError
from db.domain.formats import bibwrite as format_
from db.domain.formats import writers
from db.domain.formats.bibwrite import BibEntry, ExportOptions
from db.domain.formats.writers import WRITERS as FORMATS
from db.domain.formats.writers import Writer
from db.services import keeping
from db.services.atomic import replacing
from db.services.bibmoved import apart
from db.services.exportchoices import complete
from db.services.library import Write
from db.services.progress import Progress
from db.services.wording import papers
from db.store import exports as store
from db.store import frozen, twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from db.services.changes import Changes
    from db.services.keeping import Plan
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.sessions import Session

__all__ = [
    "FORMATS",
    "ExportOptions",
    "Exported",
    "Incomplete",
    "Writer",
    "bibtex",
    "cite",
    "export",
    "preview_bibtex",
]

DEFAULTS = ExportOptions()


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An entry that was written without something readers expect: author, year or title."""

    citation_key: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, how many entries it holds, and which of them lack something.

    `kept` of them stand to the byte as in the bibliography that they came from.
    """

    file: str
    written: int
    incomplete: tuple[Incomplete, ...]
    changes: Changes
    kept: int = 0


@dataclass(slots=True)
class _Account:
    """What has been written so far; `entries` passes on what is to be written, a batch at a time."""

    total: int
    report: Report
    written: int = 0
    incomplete: list[Incomplete] = field(default_factory=list)

    def entries(self, batches: Iterable[list[BibEntry]]) -> Iterator[BibEntry]:
        for batch in batches:
            self._tell()
            yield from batch
            self.incomplete += _incomplete(batch)
            self.written += len(batch)
        self._tell()

    def _tell(self) -> None:
        self.report(Progress(self.written, self.total, "Exporting"))


def export(
    library: Library,
    ids: Sequence[int] | None,
    path: Path,
    report: Report,
    *,
    options: ExportOptions = DEFAULTS,
    named: Mapping[str, Sequence[str]] | None = None,
    form: str | None = None,
    scope: str = "",
) -> Exported:
    """Write papers (None: all that are not in the trash), in the order of `ids`, to a file in one of `FORMATS`.

    Without a `form` it is the profile of the options, BibTeX or BibLaTeX.
    `named` gives for citation keys the names that a document cites the papers by; an entry is written under each.
    `scope` is the search that found the papers, if one did: it may name the bibliography that the file is to be.
    The file is replaced as a whole or not at all; then no key is frozen either. Raises LibraryError.
    """
    writer = _writer(form or options.profile)
    with _going_out(library, "Export") as write:
        session = write.session
        wanted = _wanted(session, ids)
        account = _Account(len(wanted), report)
        options = complete(session, options)
        plan = _kept(session, wanted, options, writer, named=named, scope=scope)
        fresh = _freeze(library, session, plan.given if plan else wanted)
        batches = _named(store.entries(session, plan.ids if plan else wanted), named)
        # The file is in place before the keys are committed: a key that is out is never lost.
        with replacing(path, plan.codec if plan else "utf-8", plan.errors if plan else "strict") as file:
            entries = account.entries(batches)
            file.writelines(plan.texts(entries) if plan else writer.write(entries, options))
    changes = _changes(write.changes, f"Export {papers(account.written)}", fresh)
    return Exported(str(path), account.written, tuple(account.incomplete), changes, plan.kept if plan else 0)


def _kept(
    session: Session,
    ids: Sequence[int],
    options: ExportOptions,
    writer: Writer,
    *,
    named: Mapping[str, Sequence[str]] | None,
    scope: str,
) -> Plan | None:
    """Return how to write what came from bibliographies as it stands there, None when that is not to be."""
    if writer.profile is None or not options.keep:
        return None
    return keeping.plan(session, ids, replace(options, profile=writer.profile), named=named, scope=scope)


def _writer(form: str) -> Writer:
    writer = writers.by_name(form)
    if writer is None:
        offered = ", ".join(one.name for one in FORMATS)
        raise LibraryError(f"This version does not write {form}. Choose one of: {offered}. Nothing was written.")
    return writer


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


def _named(batches: Iterable[list[BibEntry]], names: Mapping[str, Sequence[str]] | None) -> Iterator[list[BibEntry]]:
    """Yield the entries under the names by which a document cites them, where it gives any."""
    for batch in batches:
        yield [replace(one, key=name) for one in batch for name in names.get(one.key, (one.key,))] if names else batch


def _incomplete(entries: Iterable[BibEntry]) -> list[Incomplete]:
    found = ((entry, format_.missing(entry)) for entry in entries)
    return [Incomplete(entry.key, lacking) for entry, lacking in found if lacking]


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
    if options.keep:
        return "".join(apart(session, ids, chosen))
    return "".join(text for batch in store.entries(session, ids) for text in format_.write(batch, chosen))


def preview_bibtex(library: Library, paper_id: int, options: ExportOptions = DEFAULTS) -> str:
    """Return a paper as it would be exported now; its key stays as loose as it is."""
    with library.reading() as session:
        return _text(session, [paper_id], options)


def cite(library: Library, ids: Sequence[int], command: CiteStyle | str = "cite") -> tuple[str, Changes]:
    r"""Return what cites papers, like `\citep{a,b}` for the text citep, and the change: their keys are frozen."""
    style = CiteStyle(command=command) if isinstance(command, str) else command
    cited_as((), style)  # what cannot be written is said before any key is frozen
    with _going_out(library, "Cite") as write:
        wanted = _wanted(write.session, ids)
        fresh = _freeze(library, write.session, wanted)
        keys = store.keys(write.session, wanted)
    return cited_as(keys, style), _changes(write.changes, f"Cite {papers(len(wanted))}", fresh)
