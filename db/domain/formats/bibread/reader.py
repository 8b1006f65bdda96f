"""The stream of a bibliography: records and issues as they come, and an account of each line."""

from __future__ import annotations

import codecs
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain.formats.account import Account
from db.domain.formats.bibread import ailments, entries, groups, inherit, values
from db.domain.formats.bibread.blocks import Broken, Comment, Definition, RawEntry, RawField, blocks
from db.domain.formats.bibread.segments import Segment, segments
from db.domain.formats.bibread.surveying import BibSurvey
from db.domain.records import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Ledger, Record

OWN_LISTS = ("groups", groups.MENDELEY)
"""Fields that name the collections of an entry."""
_MOST_LOST_COMMAS = 100
_MOST_PARENTS = 200
"""Entries read anew for one that takes fields from them: some that all name each other would else take for ever."""
_RECORD, _ISSUE, _FURNITURE, _BLANK = 3, 2, 1, 0
_PAINTS = {
    _ISSUE: bytes((_BLANK, _ISSUE, _ISSUE, _RECORD, *range(4, 256))),
    _RECORD: bytes((_BLANK, _RECORD, _RECORD, _RECORD, *range(4, 256))),
}


class Reader:
    """Reads one bibliography."""

    def __init__(self, survey: Survey, name: str) -> None:
        self._survey = survey if isinstance(survey, BibSurvey) else BibSurvey(encoding=survey.encoding)
        self._name = name
        self._account = Account()
        self._macros = dict(self._survey.macros)
        self._first: dict[str, int] = {}
        self._index = 0
        self._ascii = True
        self._open = (0, _BLANK)
        self._parent = lru_cache(maxsize=2_000)(self._read_parent)
        self._parents_left = 0
        self._held: set[groups.Path] = set()
        self._tree = (0, "")

    def items(self, lines: Iterable[str]) -> Iterator[Record | Issue | Ledger]:
        """Yield what the lines hold, and at last the ledger."""
        for segment in segments(lines):
            yield from self._segment(segment)
        self._count(*self._open)
        yield from self._empty_groups()
        yield from self._encoding()
        yield self._account.ledger(self._name, self._survey)

    def _segment(self, segment: Segment) -> Iterator[Record | Issue]:
        kinds = bytearray(_FURNITURE if line and not line.isspace() else _BLANK for line in segment.lines)
        if segment.lost:
            _paint(kinds, 0, len(kinds) - 1, _ISSUE)
        for block in () if segment.more else blocks(segment):
            if isinstance(block, RawEntry):
                yield from self._entry(block, segment, kinds)
            elif isinstance(block, Broken):
                _paint(kinds, block.line - segment.start, block.end - segment.start, _ISSUE)
                yield Issue(block.line, block.text, block.why)
            elif isinstance(block, Definition):
                self._macros[block.name] = values.macro(block.value, self._macros)
            else:
                yield from self._comment(block)
        self._ascii = self._ascii and all(map(str.isascii, segment.lines))
        self._tally(segment, kinds)

    def _entry(self, entry: RawEntry, segment: Segment, kinds: bytearray) -> Iterator[Record | Issue]:
        first, last = entry.line - segment.start, min(entry.end - segment.start, len(kinds) - 1)
        if segment.lines[first].lstrip().startswith("%") or entry.kind == "xdata":
            return  # commented out, or no work of its own
        if entry.kind == "set":
            _paint(kinds, first, last, _ISSUE)
            yield Issue(entry.line, segment.lines[first], ailments.SET)
            return
        if not entry.fields:
            _paint(kinds, first, last, _ISSUE)
            yield Issue(entry.line, segment.lines[first], ailments.NO_FIELDS)
            return
        _paint(kinds, first, last, _RECORD)
        for remark in entry.remarks:
            for number in remark.lines:
                _paint(kinds, number - segment.start, number - segment.start, _ISSUE)
        raw = self._contents(entry)
        self._parents_left = _MOST_PARENTS
        yield self._record(entry, self._with_parents(raw, entry), _columns(entry, segment))
        for remark in entry.remarks:
            yield Issue(remark.line, remark.text, remark.why)

    def _record(self, entry: RawEntry, fields: dict[str, str], columns: tuple[int, int] | None) -> Record:
        self._index += 1
        self._note_key(entry)
        plain = {name: values.decoded(values.one_line(text)) for name, text in self._grouping(fields).items()}
        paths = self._survey.groups.of(entry.key, plain) if plain or self._survey.groups.listed else ()
        self._held.update(paths)
        for name in OWN_LISTS:
            fields.pop(name, None)
        abstract = next((one.line for one in entry.fields if one.name == "abstract"), None)
        place = entries.Place(self._index, entry.line, entry.end, abstract, columns)
        found = entries.record(entry.kind, entry.key, fields, place, paths)
        if not found.title:
            entry.remarks.append(ailments.Remark(entry.line, f"@{entry.kind}{{{entry.key},", ailments.NO_TITLE))
        return found

    def _grouping(self, fields: dict[str, str]) -> dict[str, str]:
        wanted = {*OWN_LISTS, *(group.field for group in self._survey.groups.keyword)}
        return {name: fields[name] for name in wanted if name in fields}

    def _note_key(self, entry: RawEntry) -> None:
        if not entry.key or hash(entry.key) not in self._survey.twice:
            return
        before = self._first.setdefault(entry.key, entry.line)
        if before != entry.line:
            why = ailments.DUPLICATE.format(entry.key, before)
            entry.remarks.append(ailments.Remark(entry.line, f"@{entry.kind}{{{entry.key},", why))

    def _contents(self, entry: RawEntry) -> dict[str, str]:
        """Return the contents of an entry's fields, the first of each name; what is wrong becomes a remark."""
        found: dict[str, str] = {}
        for one in entry.fields:
            text, behind = values.content(one.value, self._macros)
            self._keep(found, one, text, entry)
            if behind:
                self._lost_comma(found, one, behind, entry)
        return found

    def _keep(self, found: dict[str, str], one: RawField, text: str, entry: RawEntry) -> None:
        if one.name not in found:
            found[one.name] = text
        else:
            shown = f"{one.name} = {one.value}"[: ailments.SHOWN]
            entry.remarks.append(ailments.Remark(one.line, shown, ailments.REPEATED.format(one.name)))

    def _lost_comma(self, found: dict[str, str], before: RawField, behind: str, entry: RawEntry) -> None:
        line = before.line
        for _ in range(_MOST_LOST_COMMAS):
            following = values.next_field(behind)
            if following is None:
                break
            line = min(line + before.value.count("\n", 0, before.value.find(behind)), entry.end)
            shown = f"{before.name} = {before.value}"[: ailments.SHOWN]
            entry.remarks.append(ailments.Remark(before.line, shown, ailments.NO_COMMA.format(before.name)))
            before = RawField(following[0], following[1], line)
            text, behind = values.content(following[1], self._macros)
            self._keep(found, before, text, entry)
            if not behind:
                return
        if all(part.lstrip().startswith("%") for part in behind.split("\n")):
            return  # a comment, as some programs know it
        why = ailments.JUNK.format(before.name)
        entry.remarks.append(ailments.Remark(line, behind[: ailments.SHOWN], why))

    def _with_parents(self, raw: dict[str, str], entry: RawEntry, depth: int = 0) -> dict[str, str]:
        fields = raw
        for name in ("xdata", "crossref"):
            for key in raw.get(name, "").split(",") if raw.get(name) else ():
                parent = self._parent(key.strip().lower(), depth) if key.strip() else None
                if parent is not None:
                    fields = inherit.inherited(fields, entry.kind, parent[1], parent[0])
                elif depth == 0:
                    why = ailments.NO_PARENT.format(key.strip())
                    entry.remarks.append(ailments.Remark(entry.line, f"{name} = {raw[name]}"[:200], why))
        if fields is not raw and depth == 0:
            fields.pop("xdata", None)
        return fields

    def _read_parent(self, key: str, depth: int) -> tuple[str, dict[str, str]] | None:
        text = self._survey.parents.texts.get(key)
        if text is None or depth >= inherit.DEEPEST or not self._parents_left:
            return None
        self._parents_left -= 1
        lines = text.split("\n")
        parent = next((one for one in blocks(Segment(1, lines, size=len(text))) if isinstance(one, RawEntry)), None)
        if parent is None:
            return None
        return parent.kind, dict(self._with_parents(self._contents(parent), parent, depth + 1))

    def _comment(self, comment: Comment) -> Iterator[Issue]:
        if groups.is_tree(comment.text):
            one = groups.Groups()
            groups.read(comment.text, one)
            self._tree = (comment.line, comment.text[: ailments.SHOWN])
            if one.others:
                names = ", ".join(one.others[:50])
                yield Issue(comment.line, comment.text[: ailments.SHOWN], ailments.GROUPS.format(names))

    def _empty_groups(self) -> Iterator[Issue]:
        names = groups.empty(self._survey.groups, self._held)
        if names and self._tree[0]:
            yield Issue(*self._tree, ailments.EMPTY_GROUPS.format(", ".join(names[:50])))

    def _encoding(self) -> Iterator[Issue]:
        """Say so when the file declares another encoding than it was read as, and has letters that this changes."""
        said, used = self._survey.declared, self._survey.encoding
        if said and used.endswith("(guessed)") and not self._ascii and _codec(said) not in ("cp1252", "iso8859-1"):
            yield Issue(self._survey.declared_line, f"Encoding: {said}", ailments.ENCODING.format(said, used))

    def _tally(self, segment: Segment, kinds: bytearray) -> None:
        """Count the lines; one that is cut into segments is what the best of them makes of it."""
        if not segment.continued:
            self._count(*self._open)
            self._open = (0, _BLANK)
        before = self._open[1] if self._open[0] else _BLANK
        end = len(kinds) - 1
        self._account.number += end
        self._account.blank += kinds.count(_BLANK, 0, end)
        self._account.furniture += kinds.count(_FURNITURE, 0, end)
        self._account.issues += kinds.count(_ISSUE, 0, end)
        self._open = (1, max(kinds[-1], before))

    def _count(self, lines: int, kind: int) -> None:
        self._account.number += lines
        if lines:
            self._account.blank += kind == _BLANK
            self._account.furniture += kind == _FURNITURE
            self._account.issues += kind == _ISSUE


def _columns(entry: RawEntry, segment: Segment) -> tuple[int, int] | None:
    """Return where an entry begins in its first line and ends in its last one, None when the lines are its own."""
    if segment.column is not None:
        return segment.column + entry.columns[0], segment.column + entry.columns[1]
    whole = (0, len(segment.lines[entry.end - segment.start]))
    return None if entry.columns == whole else entry.columns


def _paint(kinds: bytearray, first: int, last: int, kind: int) -> None:
    """Mark lines as part of a record or an issue; blank ones stay blank, and what is marked higher stays so."""
    painted = kinds[first : last + 1]
    kinds[first : last + 1] = painted.translate(_PAINTS[kind])


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return {"iso8859_1": "iso8859-1", "ansi": "cp1252"}.get(name.lower(), name.lower())
