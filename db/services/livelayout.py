"""Entries of a live .bib file that others laid out: they keep that, and only what has changed is written anew."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from db.domain import livebib
from db.domain.roundtrip import Kept, Rewriter, macros
from db.domain.roundtrip.parents import parents

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.domain.livebib import FileText

_OWN = re.compile(r"@[a-z]+\{[^\s,]+,\n(?:  [^\s={}]+ = [^\n]*,\n)*\}")
_ENDS = re.compile(r"\r\n?")
_DEEPEST = 8


class Layouts:
    """Knows the entries of one file; `there` gives the text of the one with a key, empty when there is none."""

    def __init__(self, options: ExportOptions, file: FileText, there: Callable[[str], str]) -> None:
        self._rewriter, self._there = Rewriter(options), there
        self._text = file.text
        self._heeds = options.keep

    def fitted(self, entry: BibEntry, text: str) -> str:
        """Return an entry as the file lays it out, with what the paper says now.

        It is `text`, the entry written anew, when that is the layout of the file's, when the file has no such entry, or
        one that cannot be changed field by field.
        """
        there = self._there(entry.key) if self._heeds else ""
        if not there or _is_own(there):
            return text
        written = self._rewriter.written(Kept(there, entry.key, context=self._context), entry, entry.key).text
        cut = livebib.entries(written)
        is_whole = [(one.key, one.start, one.end) for one in cut] == [(entry.key, 0, len(written))]
        return written if is_whole and not _is_own(written) else text

    def _context(self, text: str, depth: int = 0) -> str:
        """Return the definitions and parents that an entry needs to be read."""
        found = [self._strings[name] for name in sorted(macros.used(text)) if name in self._strings]
        for key in parents(text) if depth < _DEEPEST else ():
            if parent := self._by_key.get(key):
                found += [parent, self._context(parent, depth + 1)]
        return "\n".join(found)

    @cached_property
    def _strings(self) -> dict[str, str]:
        cut = (self._text[one.start : one.end] for one in livebib.entries(self._text, strings=True))
        found = (macros.definition(text, 1) for text in cut)
        listed = macros.Definitions([one for one in found if one])
        values = {name: listed.value(name, 2) for name in listed.by_name}
        return {name: f"@string{{{name} = {value}}}" for name, value in values.items() if value is not None}

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {one.key.lower(): self._text[one.start : one.end] for one in reversed(livebib.entries(self._text))}


def _is_own(text: str) -> bool:
    """Tell whether an entry stands as Sheaf lays them out."""
    return _OWN.fullmatch(_ENDS.sub("\n", text)) is not None
