"""Papers out: files, text for the clipboard and cite commands; what leaves the library keeps its key for ever."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from db.domain.documents import CitedKeys, CiteStyle, cited_as
from db.domain.formats import bibwrite as format_
from db.domain.formats.bibwrite import BibEntry, ExportOptions, Profile
from db.domain.formats.writers import WRITERS as FORMATS
from db.domain.formats.writers import Writer
from db.domain.roundtrip import Concern
from db.services import keeping, sharing, sweeping
from db.services.atomic import replacing
from db.services.bibmoved import apart
from db.services.drafting import Account, Draft, Incomplete, Order, Replaced, draft, named, writer_of
from db.services.exportchoices import complete
from db.services.library import Write
from db.services.progress import Progress
from db.services.wording import papers
from db.store import addedkeys, frozen, twins
from db.store import exports as store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
"""Entries between two words on how far an export is."""


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
class _Account(Account):
    """What has been written of a file so far; tells how far that is, which is the moment to cancel it."""

    total: int
    report: Report

    def entries(self, session: Session, ids: Sequence[int]) -> Iterator[BibEntry]:
        """Yield the entries of papers, to be written one by one."""
        found = named(store.entries(session, ids, self.order.options.cite), self.order.named)
        for number, entry in enumerate(self.seen(found)):
            if number % TOLD_EACH == 0:
                self._tell()
            yield entry
        self._tell()

    def texts(self, drafts: Iterable[Draft]) -> Iterator[str]:
        """Yield the texts of a file's stretches."""
        self._tell()
        for one in drafts:
            self.add(one)
            if one.written:
                yield one.text
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
    writer = writer_of(form or options.profile)
    with _going_out(library, "Export") as write:
        session = write.session
        wanted = _wanted(session, ids)
        order = Order(writer.name, complete(session, options), named)
        plan = _kept(session, wanted, order, writer, scope)
        # What comes from bibliographies is written by one process, for it has to see the whole file.
        with sharing.shared(library, () if plan else wanted, draft, order) as drafts:
            fresh = _freeze(library, session, plan.given if plan else wanted, order)
            account = _Account(order, len(wanted), report)
            # The file is in place before the keys are committed: a key that is out is never lost.
            codec, errors = (plan.codec, plan.errors) if plan else ("utf-8", "strict")
            with replacing(path, codec, errors) as file, sweeping.rarely():
                texts = plan.texts(account.entries(session, plan.ids)) if plan else account.texts(drafts(session))
                file.writelines(texts if plan else writer.framed(texts, order.options))
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


def _kept(
    session: Session,
    ids: Sequence[int],
    order: Order,
    writer: Writer,
    scope: str,
) -> Plan | None:
    """Return how to write what came from bibliographies as it stands there, None when that is not to be."""
    if writer.profile is None or not order.options.keep:
        return None
    options = replace(order.options, profile=writer.profile)
    return keeping.plan(session, ids, options, named=order.named, scope=scope)


@contextmanager
def _going_out(library: Library, label: str) -> Iterator[Write]:
    """Give a transaction in which keys can be frozen; of a library open for reading only, one that reads."""
    if library.read_only:
        with library.reading() as session:
            yield Write(session, label)
    else:
        with library.writing(label, journalled=False) as write:
            yield write


def _freeze(library: Library, session: Session, ids: Sequence[int], order: Order | None = None) -> list[int]:
    """Freeze keys and return whose were loose; those of a library that nobody can change stay as they are.

    What is written by an order says some keys that were added to the papers, too.
    """
    if library.read_only:
        return []
    if order is not None and order.named:
        addedkeys.hand_out(session, chain.from_iterable(order.named.values()))
    if order is not None and order.form == "biblatex":  # each entry names all keys of its paper
        addedkeys.hand_out_of(session, ids)
    return frozen.freeze(session, ids)


def _wanted(session: Session, ids: Sequence[int] | None) -> list[int]:
    return twins.live_ids(session) if ids is None else list(dict.fromkeys(ids))


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
    writer = writer_of(form)
    with _going_out(library, f"Copy {label}") as write:
        wanted = _wanted(write.session, ids)
        fresh = _freeze(library, write.session, wanted, Order(form, options))
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
