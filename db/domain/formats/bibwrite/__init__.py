"""BibTeX and BibLaTeX out: entries that LaTeX takes as they are; `bibread` reads them.

Nothing is invented: no author field without known authors, no year without a year; an inferred year is exported, and
the note says so where one is wanted. A text that plain LaTeX cannot print in full stands a second time, in Unicode, in
a field that styles ignore, and is read back from there; `unprintable` names the characters.

`write(entries, options)` yields one text per entry. A profile is one module (`bibtex`, `biblatex`) that says of an
entry which type it has and which fields, in order; `pen` spells values, `others` has what both profiles share.
"""

from db.domain.formats.bibwrite.model import UNICODE, BibEntry, ExportOptions, Profile, venue_name
from db.domain.formats.bibwrite.needs import lacking, missing
from db.domain.formats.bibwrite.unprintable import unprintable
from db.domain.formats.bibwrite.writer import entry_text, write

__all__ = [
    "UNICODE",
    "BibEntry",
    "ExportOptions",
    "Profile",
    "entry_text",
    "lacking",
    "missing",
    "unprintable",
    "venue_name",
    "write",
]
