"""Reading a .bib text in a test."""

from __future__ import annotations

from db.domain.formats.bibread import read_text
from db.domain.records import Issue, Ledger, Record


def read(text: str) -> tuple[list[Record], list[Issue], Ledger]:
    """Return the records, the issues and the ledger of a text."""
    *items, ledger = read_text(text)
    assert isinstance(ledger, Ledger)
    records = [item for item in items if isinstance(item, Record)]
    return records, [item for item in items if isinstance(item, Issue)], ledger


def one(fields: str, kind: str = "article") -> Record:
    """Return the record of an entry with such fields, and a title where they give none."""
    title = "" if "title" in fields.split("=")[0] else "title = {Amber kettles}, "
    (record,), _, _ = read(f"@{kind}{{key, {title}{fields}}}\n")
    return record
