"""Who wrote a bibliography, and whether it is BibTeX or BibLaTeX."""

from __future__ import annotations

import re

LOOKED_AT = 400_000
"""Characters from the beginning that tell it."""
_HEADER = re.compile(
    r"^(?:%+\s*|This file was created with JabRef.{0,40}\n)?\s*Encoding:\s*([\w.:\-]+)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_BIBLATEX = re.compile(
    r"^[^\S\n]*+(?:date|journaltitle|eprinttype|eprintclass|langid|urldate|maintitle|booksubtitle|entrysubtype|xdata)\s*="
    r"|^[^\S\n]*+@(?:online|thesis|report|collection|software|dataset|mvbook|mvcollection|xdata|inreference|periodical)\s*\{",
    re.IGNORECASE | re.MULTILINE,
)
_DATABASE = re.compile(r"jabref-meta:\s*databaseType:\s*(biblatex|bibtex)", re.IGNORECASE)
_WRITERS = (
    ("Mendeley", re.compile(r"Mendeley Desktop|^[^\S\n]*+mendeley-(?:tags|groups)\s*=", re.I | re.M)),
    ("Better BibTeX", re.compile(r"Better Bib(?:La)?TeX|BibTeX quality report|BibLaTeX quality report", re.I)),
    ("JabRef", re.compile(r"jabref-meta|created with JabRef|jabref-entrytype", re.I)),
    ("Zotero", re.compile(r"file\s*=\s*\{[^\n]{0,400}:files[/\\]+\d+[/\\]", re.I)),
    ("Zotero", re.compile(r":[^\n:]{0,400}storage[/\\]+[A-Z0-9]{8}[/\\][^\n]{0,400}:[\w.-]+/")),
    ("Better BibTeX", re.compile(r"file\s*=\s*\{[^\n]{0,400}storage[/\\]+[A-Z0-9]{8}[/\\]")),
    ("BibDesk", re.compile(r"using BibDesk|^[^\S\n]*+bdsk-file-1\s*=", re.I | re.M)),
)  # fmt: skip


def dialect(head: str, tail: str) -> str:
    """Return the dialect and who wrote it, as in "BibLaTeX, JabRef"."""
    stated = _DATABASE.search(tail) or _DATABASE.search(head)
    biblatex = stated[1].lower() == "biblatex" if stated else _BIBLATEX.search(head) is not None
    name = "BibLaTeX" if biblatex else "BibTeX"
    both = f"{head}\n{tail}"
    writer = next((one for one, sign in _WRITERS if sign.search(both)), "")
    return f"{name}, {writer}" if writer else name


def declared(head: str) -> tuple[str, int]:
    """Return the encoding that JabRef's header declares, and its line; empty and 0 without one."""
    match = _HEADER.search(head[:2_000])
    return (match[1], head.count("\n", 0, match.start(1)) + 1) if match else ("", 0)
