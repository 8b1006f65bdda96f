"""A reading list in Markdown: one bullet a paper, for notes, a wiki or a README.

Titles and names are other people's texts: everything in them that Markdown or HTML could take for more is escaped, and
only addresses of the web become links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.addresses import doi_address
from db.domain.formats.writers.parts import notes, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.domain.records import Person

MOST_AUTHORS = 6
"""Names that are written out; more would bury the title."""
_MARKS = str.maketrans({mark: f"\\{mark}" for mark in '\\`*_{}[]<>()#&|~$^!@:="'})
_HOST = re.compile(r"(www)\.(?=\S)", re.IGNORECASE)
_DASHES = re.compile(r"(?<=\s)-{2,}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_RISKY = re.compile(r"[\\()<>\"'`|*_~\[\]{}^\s]|[^\x21-\x7e]")


def write(entries: Iterable[BibEntry], options: ExportOptions) -> Iterator[str]:
    """Yield a bullet a paper, with the abstract and notes as paragraphs below when they are asked for."""
    for entry in entries:
        yield f"- {_begun(_line(entry, options))}\n"
        for paragraph in _paragraphs(entry, options):
            yield f"\n  {_begun(paragraph)}\n"


def escaped(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    plain = one_line(text).translate(_MARKS)
    if plain[:1] in ("+", "-"):
        plain = f"\\{plain}"
    if " --" in plain:
        plain = _DASHES.sub(lambda dashes: "\\-" * len(dashes.group()), plain)
    return _HOST.sub(r"\1\\.", plain) if "www." in plain.lower() else plain


def _begun(line: str) -> str:
    """Return a line whose number and full stop at the start begin no list."""
    return re.sub(r"^(\d{1,9})\.", r"\1\\.", line)


def _line(entry: BibEntry, options: ExportOptions) -> str:
    title = escaped(entry.title) or "Untitled"
    address = _address(entry, options)
    parts = [_authors(entry.authors, entry.more_authors), f"[{title}]({address})" if address else title, _where(entry)]
    parts += [", ".join(f"\\#{escaped(word)}" for word in entry.keywords)] if options.keywords else []
    return " ".join([*(part if part[-1] in ".?!" else f"{part}." for part in parts if part), _code(entry.key)])


def _authors(people: tuple[Person, ...], more: bool) -> str:
    """Return `Ann Gull, Bo Kite and 3 others`."""
    names = [escaped(f"{one.given} {one.family}".strip()) for one in people[:MOST_AUTHORS]]
    rest = len(people) - len(names)
    if more:
        names.append("others")
    elif rest:
        names.append(f"{rest} other{'' if rest == 1 else 's'}")
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _where(entry: BibEntry) -> str:
    year = "" if entry.date.year is None else f"{entry.date.year}{' (inferred)' if entry.date.inferred else ''}"
    return ", ".join(filter(None, (f"*{escaped(entry.venue)}*" if entry.venue and entry.venue.strip() else "", year)))


def _address(entry: BibEntry, options: ExportOptions) -> str:
    """Return where the title leads, as a destination that ends nowhere early; only the web is linked to."""
    if not options.url:
        return ""
    found = (entry.url or "").strip() or (doi_address(entry.doi) if entry.doi else "")
    if not _WEB.fullmatch(found):
        return ""
    return _RISKY.sub(lambda one: _percent(one.group()), found).replace("&", "&amp;")


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", errors="ignore"))


def _code(text: str) -> str:
    """Return a key in the type of keys; its fence is longer than any run of backticks in it."""
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}{text}{fence}" if len(fence) == 1 else f"{fence} {text} {fence}"


def _paragraphs(entry: BibEntry, options: ExportOptions) -> Iterator[str]:
    if options.abstract and (text := escaped(entry.abstract)):
        yield text
    for note in notes(entry, options):
        yield from filter(None, (escaped(part) for part in note.split("\n\n")))
