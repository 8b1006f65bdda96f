"""Entries as text: one field a line, always in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.formats.bibwrite import biblatex, bibtex, common, foreigntypes
from db.domain.formats.bibwrite.model import ExportOptions
from db.domain.formats.bibwrite.needs import missing
from db.domain.formats.bibwrite.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.bibwrite.model import BibEntry, Pairs

PROFILES = {"bibtex": bibtex, "biblatex": biblatex}
_ORDER = {
    name: place
    for place, name in enumerate(
        "ids title subtitle titleaddon author key editor booktitle journal journaltitle howpublished school "
        "institution organization publisher address location edition series volume number issue chapter "
        "pages date year month day pubstate doi eprint archiveprefix eprinttype primaryclass eprintclass "
        "isbn issn url urldate".split()
    )
}
_LAST = {
    name: place for place, name in enumerate("keywords note abstract file annote annotation readstatus ranking".split())
}
_OTHERS, _BEHIND = 100, 200

_Other = tuple[str, str, str]
"""A field that an entry came with: its name in the profile, its own in lower case, its text."""


def write(entries: Iterable[BibEntry], options: ExportOptions | None = None) -> Iterator[str]:
    """Yield one entry after another, each with a blank line behind it."""
    pen = Pen(options or ExportOptions())
    for entry in entries:
        yield _text(entry, pen)


def entry_text(entry: BibEntry, options: ExportOptions) -> str:
    """Return one entry with a blank line behind it."""
    return _text(entry, Pen(options))


def _text(entry: BibEntry, pen: Pen) -> str:
    kind = PROFILES[pen.options.profile].kind(entry)
    lines = "".join([f"  {name} = {value},\n" for name, value in _pairs(entry, kind, pen)])
    return f"{comment(entry, pen.options)}@{kind}{{{entry.key},\n{lines}}}\n\n"


def pairs_of(entry: BibEntry, pen: Pen) -> Pairs:
    """Return the fields of an entry as they are written."""
    return _pairs(entry, PROFILES[pen.options.profile].kind(entry), pen)


def _pairs(entry: BibEntry, kind: str, pen: Pen) -> Pairs:
    pairs = _own(entry, kind, pen)
    others = _others(entry, pairs, pen)
    texts = _foreign(entry, kind, others, pen)
    if entry.fields and pen.options.fields:
        pairs += [(here, pen.value(name, text)) for here, name, text in others]
    if entry.fields or entry.entry_type.lower() in foreigntypes.KINDS:
        pairs.sort(key=_place)
    return pairs + common.originals(entry, texts, pen)


def _own(entry: BibEntry, kind: str, pen: Pen) -> Pairs:
    """Return the fields that say what the library knows."""
    pairs: Pairs = PROFILES[pen.options.profile].fields(entry, kind, pen)
    return pairs + common.tail(entry, pen)


def comment(entry: BibEntry, options: ExportOptions) -> str:
    """Return the line that says what an entry lacks, when that is wanted and it lacks something."""
    lacking = missing(entry) if options.comment_incomplete else ()
    return f"% incomplete: {', '.join(lacking)}\n" if lacking else ""


def foreign(entry: BibEntry, pen: Pen) -> dict[str, str]:
    """Return the texts of an entry that LaTeX's ASCII has to spell, by the field that they stand in, without names."""
    if pen.unicode or common.is_ascii(entry, pen):
        return {}
    kind = PROFILES[pen.options.profile].kind(entry)
    return _foreign(entry, kind, _others(entry, _own(entry, kind, pen), pen), pen)


def _foreign(entry: BibEntry, kind: str, others: list[_Other], pen: Pen) -> dict[str, str]:
    if pen.unicode or common.is_ascii(entry, pen):
        return {}
    profile = PROFILES[pen.options.profile]
    venue_name = common.venue_field(entry, pen, profile.venue_field(kind), profile.names(entry)) if entry.venue else ""
    texts = common.spelled(entry, venue_name, pen)
    for here, _name, text in others:
        texts.setdefault(here, text)
    return {name: text for name, text in texts.items() if not text.isascii()}


def _others(entry: BibEntry, pairs: Pairs, pen: Pen) -> list[_Other]:
    """Return the fields that the entry came with, none twice: what the library knows goes first."""
    if not entry.fields or not pen.options.fields:
        return []
    profile = PROFILES[pen.options.profile]
    written = {name.lower() for name, _value in pairs} | profile.said(entry)
    found: list[_Other] = []
    renamed = profile.names(entry)
    for name, text in common.kept(entry, pen.options):
        here = renamed.get(name.lower(), name)
        if name.lower() not in written and here.lower() not in written:
            written.add(here.lower())
            found.append((here, name.lower(), text))
    return found


def _place(pair: tuple[str, str]) -> tuple[int, str]:
    name = pair[0].lower()
    if name in _LAST:
        return _BEHIND + _LAST[name], ""
    return _ORDER.get(name, _OTHERS), name
