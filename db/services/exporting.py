"""Papers out: files, text for the clipboard and cite commands; what leaves the library keeps its key for ever."""

from __future__ import annotations

import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.domain.documents import CitedKeys, CiteStyle, cited_as
from db.domain.errors import LibraryError
from db.domain.formats import bibwrite as format_
from db.domain.formats import writers
from db.domain.formats.bibwrite import BibEntry, ExportOptions, Profile
from db.domain.formats.writers import WRITERS as FORMATS
from db.domain.formats.writers import Writer
from db.domain.roundtrip import Concern
from db.services import keeping, sweeping
from db.services.atomic import replacing
from db.services.bibmoved import apart
from db.services.exportchoices import complete
from db.services.library import Write
from db.services.progress import Progress
from db.services.wording import papers
from db.store import exports as store
from db.store import frozen, twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from db.domain.roundtrip import Standing
    from db.services.changes import Changes
    from db.services.keeping import Plan
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.sessions import Session

__all__ = [
    "FORMATS",
    "Concern",
    "ExportOptions",
    "Exported",
    "Incomplete",
    "Profile",
    "Replaced",
    "Writer",
    "bibtex",
    "cite",
    "cited_keys",
    "export",
    "hand_out",
    "preview_bibtex",
    "written",
]

DEFAULTS = ExportOptions()
TOLD_EACH = 500
"""Entries between two words on how far an export is, which are the moments to cancel it."""


@dataclass(frozen=True, slots=True)
class Incomplete:
    """An entry that was written without something readers expect: author, year or title."""

    citation_key: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """Characters of a field that LaTeX cannot print: something else was written, and the text whole beside it."""

    citation_key: str
    field: str
    characters: tuple[str, ...]

    @property
    def described(self) -> str:
        """The characters with their names in Unicode."""
        return ", ".join(map(_described, self.characters))


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, how many entries it holds, which of them lack something, and what of them LaTeX cannot print.

    `kept` of them stand to the byte as in the bibliography that they came from, and `concerns` say what of such
    entries needs a look, for nothing in them was replaced.
    """

    file: str
    written: int
    incomplete: tuple[Incomplete, ...]
    changes: Changes
    replaced: tuple[Replaced, ...] = ()
    kept: int = 0
    concerns: tuple[Concern, ...] = ()


@dataclass(slots=True)
class _Account:
    """What has been written so far; `entries` passes on what is to be written."""

    total: int
    report: Report
    lost: Callable[[BibEntry], list[tuple[str, tuple[str, ...]]]] | None
    """Finds what LaTeX cannot print, None for a format that is none."""
    written: int = 0
    incomplete: list[Incomplete] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)

    def entries(self, found: Iterable[BibEntry]) -> Iterator[BibEntry]:
        for entry in found:
            if self.written % TOLD_EACH == 0:
                self._tell()
            yield entry
            self._look_at(entry)
            self.written += 1
        self._tell()

    def _look_at(self, entry: BibEntry) -> None:
        if lacking := format_.missing(entry):
            self.incomplete.append(Incomplete(entry.key, lacking))
        if self.lost is not None and (found := self.lost(entry)):
            self.replaced += [Replaced(entry.key, name, characters) for name, characters in found]

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
        options = complete(session, options)
        plan = _kept(session, wanted, options, writer, named=named, scope=scope)
        fresh = _freeze(library, session, plan.given if plan else wanted)
        lost = format_.unprintable(replace(options, profile=writer.profile)) if writer.profile else None
        account = _Account(len(wanted), report, lost)
        found = _named(store.entries(session, plan.ids if plan else wanted, options.cite), named)
        # The file is in place before the keys are committed: a key that is out is never lost.
        codec, errors = (plan.codec, plan.errors) if plan else ("utf-8", "strict")
        with replacing(path, codec, errors) as file, sweeping.rarely():
            entries = account.entries(found)
            file.writelines(plan.texts(entries) if plan else writer.write(entries, options))
    changes = _changes(write.changes, f"Export {papers(account.written)}", fresh)
    done = Exported(str(path), account.written, tuple(account.incomplete), changes, tuple(account.replaced))
    return _with_kept(done, plan.standing) if plan else done


def _with_kept(done: Exported, standing: Standing) -> Exported:
    """Return the result with what was kept, in which no characters were replaced."""
    letters = [
        Concern(one.citation_key, "letters", one.described)
        for one in done.replaced
        if one.citation_key in standing.keys
    ]
    replaced = tuple(one for one in done.replaced if one.citation_key not in standing.keys)
    return replace(done, replaced=replaced, kept=standing.kept, concerns=(*standing.concerns, *letters))


def _described(character: str) -> str:
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    # A mark without its letter stands on a circle, as in tables of characters.
    return f"{'◌' if unicodedata.combining(character) else ''}{character} {name}"


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


def _named(entries: Iterable[BibEntry], names: Mapping[str, Sequence[str]] | None) -> Iterable[BibEntry]:
    """Return the entries under the names by which a document cites them, where it gives any."""
    if not names:
        return entries
    return (one._replace(key=name) for one in entries for name in names.get(one.key, (one.key,)))


def _changes(changes: Changes, label: str, fresh: list[int]) -> Changes:
    if not fresh:
        return replace(changes, label=label)
    return replace(changes, label=label, parts=frozenset({"paper"}), ids=frozenset(fresh), step=None)


def bibtex(library: Library, ids: Sequence[int], options: ExportOptions = DEFAULTS) -> tuple[str, Changes]:
    """Return papers as BibTeX and the change: their keys are frozen from now on."""
    return written(library, ids, "BibTeX", options.profile, options)


def written(
    library: Library, ids: Sequence[int], label: str, form: str, options: ExportOptions = DEFAULTS
) -> tuple[str, Changes]:
    """Return papers in one of `FORMATS`, called `label` in the change: their keys are frozen from now on."""
    writer = _writer(form)
    with _going_out(library, f"Copy {label}") as write:
        wanted = _wanted(write.session, ids)
        fresh = _freeze(library, write.session, wanted)
        text = _text(write.session, wanted, writer, options)
    return text, _changes(write.changes, f"Copy {label} of {papers(len(wanted))}", fresh)


def _text(session: Session, ids: Sequence[int], writer: Writer, options: ExportOptions) -> str:
    chosen = complete(session, options)
    if writer.profile is not None and options.keep:
        return "".join(apart(session, ids, replace(chosen, profile=writer.profile)))
    return "".join(writer.write(store.entries(session, ids, options.cite), chosen))


def preview_bibtex(library: Library, paper_id: int, options: ExportOptions = DEFAULTS) -> str:
    """Return a paper as it would be exported now; its key stays as loose as it is."""
    with library.reading() as session:
        chosen = complete(session, options)
        return "".join(format_.write(store.entries(session, [paper_id], options.cite), chosen))


def cite(library: Library, ids: Sequence[int], command: CiteStyle | str = "cite") -> tuple[str, Changes]:
    r"""Return what cites papers, like `\citep{a,b}` for the text citep, and the change: their keys are frozen."""
    cited, changes = cited_keys(library, ids, CiteStyle(command=command) if isinstance(command, str) else command)
    return cited.text, changes


def cited_keys(library: Library, ids: Sequence[int], style: CiteStyle) -> tuple[CitedKeys, Changes]:
    """Return papers as they are cited, keys apart from the rest, and the change: their keys are frozen."""
    cited_as((), style)  # what cannot be written is said before any key is frozen
    keys, changes = hand_out(library, ids)
    return CitedKeys(tuple(keys), style), changes


def hand_out(library: Library, ids: Sequence[int]) -> tuple[list[str], Changes]:
    """Return the keys of papers, to be cited in whatever form, and the change: they are frozen from now on."""
    with _going_out(library, "Cite") as write:
        wanted = _wanted(write.session, ids)
        fresh = _freeze(library, write.session, wanted)
        keys = store.keys(write.session, wanted)
    return keys, _changes(write.changes, f"Cite {papers(len(wanted))}", fresh)
