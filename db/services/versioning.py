"""Versions of a paper by hand: adding, editing and removing one, which one was read, and which one is cited."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.domain.records import CiteRule, Date, Person, Version, VersionKind
from db.domain.versions import Told, chosen, kind, shown
from db.services.typed import read
from db.services.wording import papers
from db.store import versions as store
from db.store.edits import versions as there
from db.store.imports import set_setting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.domain.records import Paper
    from db.services.changes import Changes
    from db.services.library import Library

FIELDS = (
    "title", "authors", "venue", "date", "doi", "arxiv_id", "arxiv_version", "urls", "entry_type", "fields",
)  # fmt: skip
"""What can be typed of a version."""
_MOST_REVISIONS = 999
Versions = list[Version]


def kind_of(paper: Paper) -> VersionKind | None:
    """Return which version a paper is that is known in one alone, None when nothing tells."""
    return kind(Told(paper.entry_type, paper.venue, paper.doi, paper.arxiv_id, bool(paper.abstract)))


def add(library: Library, paper_id: int, what: VersionKind, values: Mapping[str, object]) -> Changes:
    """Add a version that the person knows of to a paper, with `FIELDS` as they were typed.

    What the paper was before is its other version. One that had been removed comes back.
    LibraryError, in words, for a value that makes no sense or a version without any.
    """
    typed = {name: value for name, value in _typed(values).items() if value != getattr(Version(what), name)}
    if not typed:
        raise LibraryError("Nothing is said of this version yet: give at least its venue, date or one identifier.")

    def change(old: Versions) -> Versions:
        gone = next((one for one in old if one.removed and one.kind is what), None)
        new = replace(gone or Version(what), **typed, typed=frozenset({"kind", *typed}), removed=False)
        return [*(one for one in old if one is not gone), new]

    return _change(library, paper_id, f"Add {_named(what)}", change)


def edit(
    library: Library, paper_id: int, version_id: int, values: Mapping[str, object], *, expected: Version
) -> Changes:
    """Set `FIELDS` of a version as they were typed; LibraryError, in words, for one that makes no sense.

    `expected` is the version as the person saw it: when it says something else by now, nothing is changed.
    """
    typed = _typed(values)

    def change(old: Versions) -> Versions:
        one = _found(old, version_id)
        if any(getattr(one, name) != getattr(expected, name) for name in typed):
            raise LibraryError(
                "This version was changed elsewhere meanwhile; your change was not saved. Look at it again."
            )
        new = {name: value for name, value in typed.items() if value != getattr(one, name)}
        return _with(old, replace(one, **new, typed=one.typed | new.keys()))

    return _change(library, paper_id, f"Edit {_named(expected.kind)}", change)


def remove(library: Library, paper_id: int, version_id: int) -> Changes:
    """Take a version off a paper; no source brings it back."""

    def change(old: Versions) -> Versions:
        one = _found(old, version_id)
        if "kind" in one.typed and not one.sightings:
            return [other for other in old if other is not one]
        return _with(old, replace(one, removed=True, is_read=False))

    return _change(library, paper_id, "Remove a version", change)


def mark_read(library: Library, paper_id: int, version_id: int | None) -> Changes:
    """Remember which version the person read, None for none in particular."""

    def change(old: Versions) -> Versions:
        if version_id is not None:
            _found(old, version_id)
        return [replace(one, is_read=one.id == version_id) for one in old]

    return _change(library, paper_id, "Mark the version that was read", change)


def set_rule(library: Library, ids: Sequence[int], rule: CiteRule | None) -> Changes:
    """Say which version of these papers is cited, None: as the library says. Papers in one version stay as they are."""
    with library.writing(f"Choose the version that is cited of {papers(len(set(ids)))}") as write:
        for paper_id, old in store.load(write.session, there(write.session, ids)).items():
            new = [replace(one, rule=rule) for one in old]
            if new != old:
                store.write(write.session, paper_id, old, new)
    return write.changes


def library_rule(library: Library) -> CiteRule:
    """Return which version is cited where a paper says nothing else."""
    with library.reading() as session:
        return store.rule(session)


def are_there(library: Library) -> bool:
    """Tell whether any paper of a library is known in several versions."""
    with library.reading() as session:
        return store.any_there(session)


def cited_of(library: Library, paper: Paper) -> Version | None:
    """Return the version that stands for a paper in exports, None when it is known in one."""
    return chosen(paper.versions, library_rule(library)) if paper.versions else None


def set_library_rule(library: Library, rule: CiteRule) -> Changes:
    """Say which version is cited where a paper says nothing else; the usual one is the published."""
    with library.writing("Choose the version that is cited") as write:
        set_setting(write.session, store.RULE, None if rule is CiteRule.PUBLISHED else rule.value)
    return write.changes


def _change(library: Library, paper_id: int, label: str, change: Callable[[Versions], Versions]) -> Changes:
    with library.writing(label) as write:
        session = write.session
        if paper_id not in there(session, [paper_id]):
            raise LibraryError("This paper is no longer in the library; your change was not saved.")
        old = store.load(session, [paper_id]).get(paper_id, [])
        new = change(old)
        if new != old:
            store.write(session, paper_id, old, new)
            store.refresh(session, [paper_id])
    return write.changes


def _found(old: Versions, version_id: int) -> Version:
    one = next((one for one in shown(old) if one.id == version_id), None)
    if one is None:
        raise LibraryError("This version is no longer there; your change was not saved.")
    return one


def _with(old: Versions, new: Version) -> Versions:
    return [new if one.id == new.id else one for one in old]


def _named(what: VersionKind) -> str:
    return {VersionKind.PREPRINT: "the preprint", VersionKind.PUBLISHED: "the published version"}[what]


def _typed(values: Mapping[str, object]) -> dict[str, Any]:
    """Return typed values as fields of a version. Raises LibraryError."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in FIELDS:
            raise LibraryError(f"A version has no field called {name}.")
        if name == "arxiv_version":
            found[name] = _revision(value)
        elif name == "title" and not str(value or "").strip():
            found[name] = ""
        else:
            found |= _as_field(name, read(name, value))
    return found


def _as_field(name: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    if name == "date":
        return {"date": Date(*(columns[part] for part in ("year", "month", "day")))}
    if name == "authors":
        people = tuple(Person(*one) for one in columns["authors"])
        return {"authors": people, "author_count": len(people) or None}
    value = columns[name]
    return {name: tuple(value) if isinstance(value, list) else value}


def _revision(value: object) -> int | None:
    text = str(value or "").strip().lower().removeprefix("v")
    if not text:
        return None
    if not text.isdecimal() or len(text) > len(str(_MOST_REVISIONS)) or not int(text):
        raise LibraryError(f"{text[:40]} is not the number of an arXiv version; they look like v2.")
    return int(text)
