"""Looking into a file for what papers lack: its records are compared with them, and nothing else of it comes in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from db.domain import formats
from db.domain.records import Record, Verdict
from db.services import lookups, parsing
from db.services.lookedup import Found, Trouble, finding_of, hit_of
from db.services.matching import Matcher
from db.services.preparing import keys_of
from db.services.progress import Progress
from db.store import absorb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from db.services.library import Library
    from db.services.lookups import Subject
    from db.services.progress import Report
    from db.services.recognising import Form

BATCH = 500
_MACRO = re.compile(r"[ \t]*@string\s*[{(]\s*([^\s{}(),=\"#%']+)", re.I)
_NAME = re.compile(r"[^\s{}(),=\"#%']+")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A record of the file and the paper that it is, or may be."""

    paper_id: int
    record: Record


def find(library: Library, subjects: Mapping[int, Subject], path: Path, report: Report) -> Found:
    """Return what the records of a file know of the papers by their ids.

    Raises LibraryError when the file cannot be read, and whatever `report` raises.
    """
    lacking = sum(bool(one.lacks()) for one in subjects.values())
    forms: list[Form] = []
    items = parsing.parse(path, report, recognised=forms.append)
    records = (one for one in items if isinstance(one, Record))
    pairs: list[_Pair] = []
    while batch := list(islice(records, BATCH)):
        pairs += _paired(library, subjects, batch)
    form = forms[0].format
    texts = _texts(path, form, [one.record for one in pairs])
    findings, lost = [], 0
    for number, (pair, text) in enumerate(zip(pairs, texts, strict=True)):
        report(Progress(number, len(pairs), f"Comparing with {path.name}"))
        subject = subjects[pair.paper_id]
        hit = subject.compared(text, lookups.plain(pair.record))
        if not hit.changes or hit.score.verdict is Verdict.DIFFERENT:
            continue
        alone = lookups.read_piece(form, text)
        if alone is None or hit_of(subject.columns, alone, text, hit.score) != hit:
            lost += 1
            continue
        findings.append(finding_of(subject.columns, hit, path.name, form))
        if findings[-1].sure:
            subject.take(alone)
    why = f"{lost:,} of the records of {path.name} share lines with others and were left out; import the file instead."
    return Found(tuple(findings), lacking, len(subjects) - lacking, (Trouble(path.name, why),) if lost else ())


def _paired(library: Library, subjects: Mapping[int, Subject], records: Sequence[Record]) -> list[_Pair]:
    """Return the papers that records are, as an import would tell it."""
    with library.reading() as session:
        matcher = Matcher(session)
        keys = [keys_of(record) for record in records]
        matcher.load(keys)
        pairs = []
        for record, own in zip(records, keys, strict=True):
            match = matcher.find(absorb.columns(record), own)
            paper = match.same or (match.maybe[0][0] if match.maybe else None)
            if paper is not None and paper.id in subjects:
                pairs.append(_Pair(paper.id, record))
    return pairs


def _texts(path: Path, form: str, records: Sequence[Record]) -> list[str]:
    """Return the lines of records, in a bibliography with the abbreviations of the file that they use."""
    wanted: dict[int, list[int]] = {}
    for number, record in enumerate(records):
        for at in range(record.line_title, record.line_end + 1):
            wanted.setdefault(at, []).append(number)
    parts: list[list[str]] = [[] for _one in records]
    macros: dict[str, str] = {}
    for at, line in enumerate(parsing.file_lines(path)(), 1):
        for one in wanted.get(at, ()):
            parts[one].append(line.rstrip("\n"))
        if form == formats.BIBTEX and (macro := _MACRO.match(line)):
            macros[macro[1].lower()] = line.rstrip("\n")
    texts = ["\n".join(part) for part in parts]
    return ["\n".join((*_used(macros, text), text)) for text in texts] if macros else texts


def _used(macros: Mapping[str, str], text: str) -> list[str]:
    """Return the definitions that a text uses, in their order, and those that these use in turn."""
    used: set[str] = set()
    rest = [text]
    while rest:
        names = {name for name in _NAME.findall(rest.pop().lower()) if name in macros} - used
        used |= names
        rest += [macros[name] for name in names]
    return [line for name, line in macros.items() if name in used]
