"""What the person is asked about entries of a live .bib file, and what becomes of her answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain import livebib
from db.domain.errors import LibraryError
from db.domain.formats.bibread import read_text
from db.domain.formats.bibwrite.model import VENUE_FIELDS
from db.domain.livebib import Owned
from db.domain.livebib.rows import TYPE
from db.domain.records import Record
from db.services import editing, livefiles, livewriting, reading, tagging, versioning
from db.store import livefiles as store

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from db.domain.livebib import Question, Row
    from db.domain.records import Paper, Version
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.livefiles import Updated

__all__ = ["Asked", "asked", "leave", "settle"]

DATE = frozenset({"date", "year", "month", "day"})
ARXIV = frozenset({"eprint", "archiveprefix", "eprinttype", "primaryclass", "eprintclass"})
OWN = {"annote": "notes", "readstatus": "status", "ranking": "rating"}
UNTAKEN = frozenset({"file", "ids"})
"""Fields that Sheaf makes itself from what is no text of the entry."""
_UNICODE = re.compile(r"-unicode$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the title of its paper and the fields that differ, None when the entry cannot be read.

    `takeable` are the fields whose value the library can take; `file_id` is the file.
    """

    file_id: int
    question: Question
    title: str
    rows: tuple[Row, ...] | None
    takeable: frozenset[str]

    @property
    def kind(self) -> str:
        """Why it is asked: edited, gone or own."""
        return self.question.kind.value


def asked(library: Library, file_id: int) -> list[Asked]:
    """Return the questions of a file as it is now."""
    found = livefiles.check(library, file_id).questions
    titles = {one.id: one.title for one in reading.papers(library, [one.paper_id for one in found])}
    result = []
    for one in found:
        rows = livebib.rows(one.in_file, one.in_library) if one.in_file else ()
        names = frozenset(row.field for row in rows or () if row.field not in UNTAKEN)
        result.append(Asked(file_id, one, titles.get(one.paper_id, ""), rows, names))
    return result


def settle(
    library: Library, one: Asked, take: Collection[str] = (), *, alike: Sequence[Asked] = ()
) -> tuple[Updated, list[Changes]]:
    """Let the library take these fields from the file, then write the library's entry in its place.

    Each change of the library can be undone. The file stays as it is when the entry is no longer what the person saw:
    then it is asked about again. `alike` are further questions of the file for which the library's entry is written.
    Raises LibraryError when the library cannot take a value.
    """
    names = set(take) & one.takeable
    changes = _take(library, one, names) if names else []
    answers = {asked.question.key: asked.question.seen for asked in (one, *alike)}
    return livefiles.update(library, one.file_id, by_hand=True, answers=answers), changes


def leave(library: Library, one: Asked, *, alike: Sequence[Asked] = ()) -> Updated:
    """Leave the entry of a key, and those of further questions, to the person, whatever becomes of their papers."""
    questions = [asked.question for asked in (one, *alike)]
    with library.writing(f"Leave {one.question.key} to the file", journalled=False) as write:
        store.get(write.session, one.file_id)
        left = {asked.key: Owned(asked.key, asked.paper_id, left=True) for asked in questions}
        before = store.owned(write.session, one.file_id)
        store.set_owned(write.session, one.file_id, before, {**before, **left})
    return livefiles.update(library, one.file_id, by_hand=True)


def _take(library: Library, one: Asked, names: set[str]) -> list[Changes]:
    question = one.question
    paper = reading.paper(library, question.paper_id)
    if paper is None:
        raise LibraryError("This paper is no longer in the library; nothing was changed.")
    record = _record(library, one, names)
    values, tags = _values(paper, record, names), _tags(paper, record, names)
    version = versioning.cited_of(library, paper)
    changes = []
    of_version: dict[str, object] = {}
    if version is not None:
        # What the entry says, that version says; of other fields the paper may have some beside it.
        told = _values(_as_version(paper, version), record, names)
        of_version = {name: value for name, value in told.items() if name in versioning.FIELDS}
        values = {name: value for name, value in values.items() if name == "fields" or name not in of_version}
    if values:
        changes.append(editing.set_fields(library, [paper.id], values, expected_version=paper.version))
    if version is not None and of_version:
        changes.append(versioning.edit(library, paper.id, version.id, of_version, expected=version))
    if tags:
        changes.append(tagging.tag(library, [paper.id], add=tags[0], remove=tags[1]))
    return changes


def _as_version(paper: Paper, version: Version) -> Paper:
    arxiv_id, urls = version.arxiv_id or paper.arxiv_id, version.urls or paper.urls
    return replace(paper, fields=version.fields, arxiv_id=arxiv_id, urls=urls)


def _record(library: Library, one: Asked, names: set[str]) -> Record:
    """Return what the chosen fields say, read as an import would read them."""
    path = next((file.path for file in livefiles.files(library) if file.id == one.file_id), "")
    whole = livebib.read(livewriting.read(Path(path)) or b"").text if path else ""
    wanted = set(names) | (DATE if names & DATE else set()) | (ARXIV if names & ARXIV else set())
    text = livebib.reduced(whole, one.question.in_file, wanted)
    found = next((item for item in read_text(text) if isinstance(item, Record)), None)
    # Fields that the person took out leave an entry without any.
    return found or Record(title="", entry_type=_kind(one, names))


def _kind(one: Asked, names: set[str]) -> str:
    rows = one.rows or ()
    return next((row.in_file for row in rows if row.field == TYPE and TYPE in names), "misc")


def _values(paper: Paper, record: Record, names: set[str]) -> dict[str, object]:
    """Return the fields of the library that the chosen fields of the entry stand for."""
    values: dict[str, object] = {}
    plain = {_UNICODE.sub("", one) for one in names}
    for name in sorted(plain):
        values.update(_value(name, paper, record))
    others = {one for one in plain if not _value(one, paper, record) and one != "keywords"}
    if others:
        fields = {name: text for name, text in paper.fields.items() if name not in others}
        values["fields"] = fields | {name: record.fields[name] for name in others if name in record.fields}
    return values


def _value(name: str, paper: Paper, record: Record) -> Mapping[str, object]:
    date = record.date
    plain: dict[str, object] = {
        TYPE: record.entry_type,
        "title": record.title,
        "abstract": record.abstract,
        "doi": record.doi or "",
    }
    if name in plain:
        return {"entry_type" if name == TYPE else name: plain[name]}
    if name == "author":
        count = {} if paper.author_count in (None, record.author_count) else {"author_count": record.author_count}
        return {"authors": list(record.authors), **count}
    if name in DATE:
        parts = [f"{date.year:04d}"] if date.year else []
        parts += [f"{one:02d}" for one in (date.month, date.day) if one and parts]
        return {"date": "-".join(parts)}
    return _place(name, paper, record)


def _place(name: str, paper: Paper, record: Record) -> Mapping[str, object]:
    """Return the values of fields that say where a work is found; nothing for one that has no place of its own."""
    if name in ARXIV and (record.arxiv_id or paper.arxiv_id) and "eprint" not in paper.fields:
        return {"arxiv_id": record.arxiv_id or ""}
    if name == "url":
        return {"urls": [*record.urls, *(one for one in paper.urls[1:] if one not in record.urls)]}
    if name in VENUE_FIELDS and (record.venue or not record.fields.get(name)) and paper.fields.get(name) is None:
        return {"venue": record.venue or ""}
    if name in OWN:
        return {OWN[name]: getattr(record, OWN[name]) or ("unread" if name == "readstatus" else "")}
    return {}


def _tags(paper: Paper, record: Record, names: set[str]) -> tuple[list[str], list[str]] | None:
    if not {"keywords", "keywords-unicode"} & names:
        return None
    had, has = {one.name for one in paper.tags}, set(record.keywords)
    return sorted(has - had), sorted(had - has)
