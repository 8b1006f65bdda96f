"""Single fields of an entry written anew, everything else of its text left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from db.domain import latex
from db.domain.formats.bibwrite import UNICODE, biblatex
from db.domain.formats.bibwrite.model import VENUE_FIELDS
from db.domain.formats.bibwrite.writer import PROFILES, pairs_of
from db.domain.roundtrip.anatomy import Anatomy, Field, anatomy, piece_end
from db.domain.roundtrip.aspects import FIELD, IDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from db.domain.formats.bibwrite import BibEntry
    from db.domain.formats.bibwrite.model import Pairs
    from db.domain.formats.bibwrite.pen import Pen

Profile = Literal["bibtex", "biblatex"]
_CARRIERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "title": (("title",), ("title-unicode",), ("subtitle",)),
    "authors": (("author",), ("author-unicode",)),
    "date": (("date",), ("year",), ("month",), ("day",)),
    "abstract": (("abstract",), ("abstract-unicode",)),
    "url": (("url",),),
    "arxiv_id": (("eprint",), ("archiveprefix", "eprinttype")),
    "doi": (("doi",),),
    "keywords": (("keywords", "keyword", "mendeley-tags"),),
    "files": (("file",),),
    "notes": (("annote", "annotation", "review", "comment"),),
    "status": (("readstatus",),),
    "rating": (("ranking", "rating"),),
    IDS: (("ids",),),
}
"""The fields that an aspect stands in; names that mean the same stand together."""
_OF_BIBLATEX = frozenset("date journaltitle location eprinttype eprintclass annotation langid".split())
_OF_BIBTEX = frozenset("year month journal address archiveprefix primaryclass school annote".split())
_ORDER = ("type", *"title authors venue date doi arxiv_id url keywords abstract files notes status rating ids".split())
_EQUALS = re.compile(r"\s*=\s*")


def dialect(names: Collection[str], otherwise: Profile) -> Profile:
    """Return whose names the fields of an entry have, as far as they tell."""
    if not _OF_BIBLATEX.isdisjoint(names):
        return "biblatex"
    return otherwise if _OF_BIBTEX.isdisjoint(names) else "bibtex"


def patched(
    text: str, said: BibEntry, target: BibEntry, changed: Collection[str], pens: Mapping[str, Pen]
) -> str | None:
    """Return the text of an entry that said `said` with the `changed` aspects as `target` has them.

    `pens` write everything, in both profiles ("" is the one to take when an entry does not tell). None when the text
    is not written as BibTeX asks for.
    """
    parts = anatomy(text)
    if parts is None:
        return None
    names = {one.name for one in parts.fields}
    pen = pens[dialect(names, pens[""].options.profile)]
    patch = _Patch(parts, said, target, pen)
    for aspect in sorted(changed, key=_place):
        if aspect == "type":
            parts.kind = PROFILES[pen.options.profile].kind(target)
            patch.rename_venue()
        elif aspect == "venue":
            patch.venue()
        elif aspect.startswith(FIELD):
            patch.field(aspect.removeprefix(FIELD))
        else:
            patch.aspect(aspect)
    if parts.key != target.key:
        parts.call(target.key)
    return parts.text()


def _place(aspect: str) -> tuple[int, str]:
    """Return where an aspect is written among others that an entry does not have yet."""
    return (_ORDER.index(aspect) if aspect in _ORDER else _ORDER.index("abstract"), aspect)


class _Patch:
    """The fields of one entry while they change."""

    def __init__(self, parts: Anatomy, said: BibEntry, target: BibEntry, pen: Pen) -> None:
        self._fields, self._said, self._target, self._pen = parts.fields, said, target, pen
        self._model = parts.fields[-1] if parts.fields else Field("\n  ", "x = ", "", "")
        whole = parts.text()
        self._eol = "\r\n" if "\r\n" in whole else "\r" if "\r" in whole else "\n"
        self._old, self._new = dict(_lower(pairs_of(said, pen))), pairs_of(target, pen)

    def aspect(self, aspect: str) -> None:
        groups = _CARRIERS[aspect]
        names = {name for group in groups for name in group}
        wanted = [(name, value) for name, value in self._new if name.lower() in names]
        if aspect == IDS and (keys := biblatex.ids(self._target)):
            wanted = [("ids", f"{{{keys}}}")]
        self._write(wanted, groups)

    def rename_venue(self) -> None:
        """Let the venue stand where entries of the new type have it."""
        held, usual = self._find(VENUE_FIELDS), self._usual_venue()
        if held is not None and self._said.venue and self._find((usual,)) is None:
            held.label = _label(held.label, usual)

    def _usual_venue(self) -> str:
        return str(PROFILES[self._pen.options.profile].venue_field(self._target.entry_type.lower()))

    def venue(self) -> None:
        # A field that the library keeps under its own name beside the venue is not the one that says it.
        usual, target = self._usual_venue(), self._target
        others = {name.lower() for name, text in target.fields.items() if text != target.venue}
        name = next((one for one in (usual, *VENUE_FIELDS) if one not in others and self._find((one,))), usual)
        value = [(name, self._pen.text(self._target.venue))] if self._target.venue else []
        self._write([*value, *self._original(name, self._target.venue or "")], ((name,), (name + UNICODE,)))

    def field(self, name: str) -> None:
        text = next((text for one, text in self._target.fields.items() if one.lower() == name), "")
        value = [(name, self._pen.value(name, text))] if text.strip() else []
        self._write([*value, *self._original(name, text)], ((name,), (name + UNICODE,)))

    def _original(self, name: str, text: str) -> Pairs:
        """Return the field that keeps a text whole which LaTeX cannot print."""
        lost = text and not self._pen.unicode and not text.isascii() and latex.lossy(text)
        return [(name + UNICODE, f"{{{latex.escape(text)}}}")] if lost else []

    def _write(self, wanted: Pairs, groups: tuple[tuple[str, ...], ...]) -> None:
        """Let the fields of some names be the wanted ones: those there get another value, the rest goes or comes."""
        taken: list[Field] = []
        for name, value in wanted:
            group = next(group for group in groups if name.lower() in group)
            held = self._find((name.lower(),)) or self._find(group)
            if held is None:
                held = self._insert(name, value)
            elif self._old.get(name.lower()) != value:
                held.value = _in_style(held.value, self._with_ends(value))
            taken.append(held)
        names = {name for group in groups for name in group}
        for gone in [one for one in self._fields if one.name in names and not any(one is held for held in taken)]:
            self._remove(gone)

    def _find(self, names: tuple[str, ...]) -> Field | None:
        return next((one for name in names for one in self._fields if one.name == name), None)

    def _remove(self, gone: Field) -> None:
        at = next(at for at, one in enumerate(self._fields) if one is gone)
        kept = gone.gap if "%" in gone.gap else ""
        del self._fields[at]
        if kept and at < len(self._fields):
            self._fields[at].gap = kept + self._fields[at].gap.lstrip()
        if at == len(self._fields) and at and not gone.comma:
            self._fields[-1].comma = ""

    def _insert(self, name: str, value: str) -> Field:
        """Put a field behind the others, laid out as the last of them was."""
        field = Field(_indent(self._model.gap), _label(self._model.label, name), self._with_ends(value), "")
        if self._fields and not self._fields[-1].comma:
            self._fields[-1].comma = ","
        else:
            field.comma = ","
        self._fields.append(field)
        return field

    def _with_ends(self, value: str) -> str:
        return value.replace("\n", self._eol) if "\n" in value else value


def _lower(pairs: Pairs) -> Pairs:
    return [(name.lower(), value) for name, value in pairs]


def _indent(gap: str) -> str:
    """Return the white space that begins a field like the one behind a gap, without comments in that."""
    if "%" not in gap:
        return gap
    indent = re.search(r"(?:\r\n|\n|\r)[ \t]*\Z", gap)
    return indent[0] if indent else " "


def _label(like: str, name: str) -> str:
    """Return a name and its sign with the blanks around it that another field has, in one column with that."""
    found = _EQUALS.search(like)
    sign = found[0] if found else " = "
    blanks = len(sign) - len(sign.lstrip())
    if blanks > 1 and found:
        return name + " " * max(1, found.start() + blanks - len(name)) + sign.lstrip()
    return name + sign


def _in_style(old: str, new: str) -> str:
    """Return a value in braces as the old one was delimited, where that says the same."""
    inner = new[1:-1]
    if old.isdecimal() and inner.isdecimal():
        return inner
    if old[:1] == '"' and piece_end(old, 0) == len(old) and new[:1] == "{" and '"' not in inner:
        return f'"{inner}"'
    return new
