"""How papers and numbers read in a terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.domain.records import Date, Paper, Record
    from db.services.exporting import Concern, Replaced

KEY_WIDTH = 34
UNTITLED = "(untitled)"
MOST_REPLACED = 10
"""Lines about characters that LaTeX cannot print, or entries that need a look; the rest is counted."""
CONCERNS = {
    "commands": "with commands that can read files, run programs or change LaTeX",
    "biblatex": "with what styles of BibTeX do not know",
    "letters": "with characters that LaTeX cannot print",
}


def counted(number: int) -> str:
    """Return a number with its thousands apart."""
    return f"{number:,}"


def plural(number: int, word: str) -> str:
    """Return "1 paper", "2 papers"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def dated(date: Date) -> str:
    """Return a date; a question mark follows an inferred year."""
    return f"{date.iso() or '-'}{'?' if date.inferred else ''}"


def cut(text: str, width: int) -> str:
    """Return one line of at most `width` characters; control characters do not reach the terminal."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean if len(clean) <= width else clean[: max(1, width - 1)] + "…"


def width() -> int:
    """Return the width of the terminal, 100 when there is none."""
    return max(60, shutil.get_terminal_size((100, 24)).columns)


def lines_of_record(record: Record) -> Iterator[str]:
    """Yield a record in two lines: its title, and what else is known of it."""
    yield f"{record.index:5d}  {click.style(cut(record.title or UNTITLED, width() - 8), bold=True)}"
    facts = []
    if many := record.author_count or len(record.authors):
        facts.append(plural(many, "author"))
    if record.organization:
        facts.append(cut(record.organization_name or record.organization, 40))
    if record.date.iso() or record.month_day:
        facts.append(dated(record.date) if record.date.year else str(record.month_day))
    if record.comments is not None:
        facts.append(plural(record.comments, "comment"))
    facts.append(f"abstract of {plural(len(record.abstract), 'character')}" if record.abstract else "no abstract")
    yield f"       {' · '.join(facts)} · lines {record.line_title}-{record.line_end}"


def line_of_paper(paper: Paper) -> str:
    """Return a paper in one line: key, date, title, tags."""
    tags = "".join(f" #{tag.name}" for tag in paper.tags)
    key = cut(paper.citation_key, KEY_WIDTH)
    room = width() - KEY_WIDTH - 14 - len(tags)
    title = cut(paper.title or UNTITLED, max(20, room))
    marks = click.style(tags, dim=True) if tags else ""
    return f"{key:<{KEY_WIDTH}} {dated(paper.date):<11} {title}{marks}"


def said_written(written: int, kept: int, file: str) -> str:
    """Return how many entries were written to a file, and how many of them as they stood in a bibliography."""
    entries = plural(written, "entry").replace("entrys", "entries")
    same = f", {counted(kept)} of them as they stood in a .bib file" if kept else ""
    return f"Wrote {entries} to {file}{same}."


def said_incomplete(papers: int) -> str:
    """Return that papers were written that lack something: `--json` names what."""
    lack = "lacks" if papers == 1 else "lack"
    return f"{plural(papers, 'paper')} {lack} something that styles ask for, such as an author, a year or a title."


def lines_of_replaced(replaced: Sequence[Replaced]) -> Iterator[str]:
    """Yield a bounded account of the characters that LaTeX cannot print, nothing when there are none."""
    if not replaced:
        return
    kinds = len({character for one in replaced for character in one.characters})
    held = len({one.citation_key for one in replaced})
    yield (
        f"LaTeX cannot print {plural(kinds, 'character')} in {plural(held, 'paper')}. Replacements were written; the "
        f"text itself stands in a field such as {replaced[0].field}-unicode."
    )
    for one in replaced[:MOST_REPLACED]:
        yield f"  {cut(f'{one.citation_key}, {one.field}: {one.described}', width() - 2)}"
    if len(replaced) > MOST_REPLACED:
        yield f"  and {plural(len(replaced) - MOST_REPLACED, 'more field')}"
    yield "To print all: add --with unicode, and use LuaLaTeX or XeLaTeX."


def lines_of_concerns(concerns: Sequence[Concern]) -> Iterator[str]:
    """Yield a bounded account of what needs a look in entries that stand as they stood, nothing without any."""
    for kind, meant in CONCERNS.items():
        found = [one for one in concerns if one.kind == kind]
        if found:
            number = len({one.citation_key for one in found})
            entries = "1 entry stays" if number == 1 else f"{counted(number)} entries stay"
            yield f"{entries} as in a .bib file {meant}:"
            yield from (f"  {cut(f'{one.citation_key}: {one.what}', width() - 2)}" for one in found[:MOST_REPLACED])
            if len(found) > MOST_REPLACED:
                yield f"  and {counted(len(found) - MOST_REPLACED)} more"
    if concerns:
        yield "To have them written anew: add --without keep."
