"""From the lines of a source to its items: the format found or chosen, the dates resolved, the text kept."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.formats import marking
from db.domain.formats.framing import frame_of
from db.domain.formats.textfile import TextLines
from db.domain.records import Issue, Ledger, Record
from db.services.tape import Chunk, Tape

if TYPE_CHECKING:
    from collections.abc import Iterator

BY_HAND = "{} was set by hand for the whole page"
"""The evidence of a year that a person gave for a source."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided of a source before it is read; what is left open is found out.

    `format` is the name of a format, `columns` maps the headings of a table to fields, `marks` are lines
    (from 1) that are title, abstract or ignore.
    """

    year: int | None = None
    format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)


OPEN = Choice()
UNREADABLE = "no text (NUL or a broken byte) and left out or shown as \ufffd; the first is in this line."


@dataclass(frozen=True, slots=True)
class Form:
    """What a source was recognised as, how sure (0 to 1; 1 when chosen), and by which version of the reader."""

    format: str
    dialect: str
    confidence: float = 1.0
    reader: int = 0


Item = Record | Issue | Ledger
Part = Item | Chunk | Form
Lines = Callable[[], TextLines]
"""Opens the lines of one source anew: a file is read twice, for the survey and for the records."""


def read(lines: Lines, name: str, choice: Choice = OPEN, *, keep: bool = False) -> Generator[tuple[Part, int]]:
    """Yield (item, characters read so far): first the form, last the ledger; with `keep` chunks of the text in between.

    Raises LibraryError when the text is of no format that Sheaf knows.
    """
    guess = recognise(lines(), name, choice)
    source = _bounded(lines, guess.format.longest)
    fmt, survey = _planned(guess.format, source, choice)
    text = source()
    year = choice.year if choice.year is not None else survey.render_year
    evidence = BY_HAND.format(year) if choice.year is not None else survey.evidence
    survey = replace(
        survey,
        render_year=year,
        evidence=evidence,
        encoding=text.encoding,
        columns={**survey.columns, **choice.columns},
        marks=choice.marks,
    )
    yield Form(fmt.name, survey.dialect, guess.confidence, fmt.reader), 0
    tape = Tape(text, keep=keep)
    for item in marking.read(fmt, tape, survey, source):
        yield from tape.full_chunks()
        if isinstance(item, Record):
            yield formats.resolve(item, year, evidence), tape.characters
        elif isinstance(item, Ledger):
            yield from tape.rest()
            if keep and fmt.name == formats.BIBTEX:
                yield from _frame(text, tape)
            yield from _remarks(text, tape)
            yield item, tape.characters
        else:
            yield item, tape.characters


def _planned(fmt: formats.Format, source: Lines, choice: Choice) -> tuple[formats.Format, formats.Survey]:
    """Let the text be read part by part, unless the person said how to read it."""
    if choice.format in (None, formats.MIXED):
        return formats.plan(fmt, source)
    return fmt, fmt.survey(source())


def recognise(lines: TextLines, name: str, choice: Choice = OPEN) -> formats.Guess:
    """Return the chosen format of a text, or the likeliest one."""
    if choice.format is not None:
        chosen = formats.by_name(choice.format)
        if chosen is None:
            known = ", ".join(one.name for one in formats.FORMATS)
            raise LibraryError(f"There is no format called {choice.format}. Sheaf reads: {known}.")
        return formats.Guess(chosen, 1.0)
    found = formats.guesses(lines.head(formats.HEAD_CHARACTERS))
    if not found:
        raise LibraryError(
            f"{name} does not look like a listing of papers that Sheaf can read. Nothing of it was kept. "
            "Copy the text of a search page, with titles and abstracts, into a file and import that."
        )
    return found[0]


def _bounded(lines: Lines, longest: int) -> Lines:
    def opened() -> TextLines:
        text = lines()
        text.longest = longest
        return text

    return opened


def _frame(text: TextLines, tape: Tape) -> Iterator[tuple[Chunk, int]]:
    """What the lines of a bibliography leave out of its file: it is to be written again to the byte."""
    if not isinstance(text.source, Path):
        return  # pasted: it never was a file
    with suppress(OSError):  # gone in the meantime: then its lines are all there is
        found = frame_of(text.source, text.encoding, cleaned=text.cleaned > 0)
        if found is not None:
            yield Chunk(0, 0, found.packed()), tape.characters


def _remarks(text: TextLines, tape: Tape) -> Iterator[tuple[Issue, int]]:
    """What is to be said of the text as a whole."""
    if text.cleaned:
        what = "1 character was" if text.cleaned == 1 else f"{text.cleaned:,} characters were"
        why = f"{what} {UNREADABLE}"
        yield Issue(text.first_cleaned, "", why), tape.characters
    if tape.damage.lines:
        yield Issue(tape.damage.first, tape.damage.text, tape.damage.why()), tape.characters
