"""Entries that others take fields from or point to: which, and under which key they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.formats.bibwrite import BibEntry

_TAKES = re.compile(r"\b(?:crossref|xdata)\s*=\s*[{\"]([^{}\"]*)[}\"]", re.IGNORECASE)
_POINTS = ("crossref", "xdata", "xref", "related", "entryset")


def parents(text: str) -> list[str]:
    """Return the keys, in small letters, of the entries that an entry takes fields from."""
    if "ref" not in text.lower() and "xdata" not in text.lower():
        return []
    found = [name.strip().lower() for names in _TAKES.findall(text) for name in names.split(",")]
    return list(dict.fromkeys(name for name in found if name))


def redirected(entry: BibEntry, renamed: Mapping[str, str]) -> BibEntry:
    """Return an entry that points to others by their new keys; `renamed` gives them by the old, in small letters."""
    fields = dict(entry.fields)
    for name in _POINTS:
        keys = [one.strip() for one in fields.get(name, "").split(",")]
        if any(one.lower() in renamed for one in keys):
            fields[name] = ", ".join(renamed.get(one.lower(), one) for one in keys)
    return entry._replace(fields=fields) if fields != entry.fields else entry
