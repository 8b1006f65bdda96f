"""An entry of a bibliography on its way out again: as it stood, with what has changed since, or else written anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from db.domain.formats.bibread import read_text
from db.domain.formats.bibwrite import entry_text
from db.domain.formats.bibwrite.pen import Pen
from db.domain.records import Record
from db.domain.roundtrip import aspects as said_by
from db.domain.roundtrip.anatomy import anatomy
from db.domain.roundtrip.aspects import FIELD, IDS, PRIVATE
from db.domain.roundtrip.patching import patched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.domain.formats.bibwrite import BibEntry, ExportOptions

_ENDS = re.compile(r"\r\n|\r|\n")


def _no_context(_text: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it stood in its file, under `key`, and what its paper was when the import of that file was done.

    `state` is the digest of a paper that was just what the entry says. Of one that was known before, `base` holds the
    digests of its aspects instead. `own` are the private aspects of the entry. `context` returns the definitions and
    parents that the text of an entry needs to be read.
    """

    text: str
    key: str
    state: str = ""
    base: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, Any] = field(default_factory=dict)
    context: Callable[[str], str] = _no_context


class Written(NamedTuple):
    """The text of an entry, and whether it stands as it stood."""

    text: str
    is_kept: bool


class Rewriter:
    """Writes entries as one export wants them."""

    def __init__(self, options: ExportOptions) -> None:
        self._options = options
        self._shorter = Pen(options) if options.abbreviate else None
        everything = replace(
            options, abstract=True, keywords=True, note=False, url=True, fields=True, files=True, personal=True,
            comment_incomplete=False, venues={},
        )  # fmt: skip
        self._pens = {
            "bibtex": Pen(replace(everything, profile="bibtex")),
            "biblatex": Pen(replace(everything, profile="biblatex")),
            "": Pen(everything),
        }

    def written(self, kept: Kept, now: BibEntry, key: str, *, anew: bool = False) -> Written:
        """Return the entry of a paper that is `now`, under `key`; `anew`: nothing of its text can be used."""
        if self._shorter is not None and now.venue:
            now = now._replace(venue=self._shorter.short(now.venue))
        changed = self._changed(kept, now)
        if not changed and not anew:
            if key == kept.key:
                return Written(kept.text, is_kept=True)
            if parts := anatomy(kept.text):
                parts.call(key)
                return Written(parts.text(), is_kept=False)
        return Written(self._changed_text(kept, now, changed, key, anew=anew), is_kept=False)

    def _changed(self, kept: Kept, now: BibEntry) -> set[str]:
        """Return the aspects that the entry must say otherwise than it does."""
        if kept.base:
            found = said_by.differing(said_by.digests(now), kept.base)
        elif kept.state == said_by.state(now):
            found = said_by.differing(said_by.private(now), kept.own) | ({IDS} if now.aliases else set())
        else:
            said = _said(kept.text, kept)
            found = said_by.differing(said_by.aspects(now), said_by.aspects(said)) if said else {"title"}
        found = {one for one in found if one not in PRIVATE or getattr(self._options, PRIVATE[one])}
        if self._options.profile != "biblatex":
            found.discard(IDS)
        return self._without_additions(kept, found)

    def _without_additions(self, kept: Kept, found: set[str]) -> set[str]:
        """Leave out what the entry does not say and is not to be added."""
        unwanted = {
            one for one in found if (option := said_by.option_of(one)) and not getattr(self._options, option)
        }  # fmt: skip
        if not unwanted:
            return found
        said = _said(kept.text, kept)
        return found - (unwanted - said_by.aspects(said).keys()) if said else found - unwanted

    def _changed_text(self, kept: Kept, now: BibEntry, changed: set[str], key: str, *, anew: bool) -> str:
        said = _said(kept.text, kept)
        if said is None:
            # Nobody can tell what of it has changed.
            return self._anew(now._replace(key=key, seen=()), self._options, kept)
        target = said_by.composed(said, now, changed)._replace(key=key)
        whole = self._anew(target, self._pens[""].options, kept)
        return whole if anew else self._patched(kept, said, target, changed, whole) or whole

    def _patched(self, kept: Kept, said: BibEntry, target: BibEntry, changed: set[str], whole: str) -> str | None:
        """Return the entry with what has changed, None when it does not say then what it should."""
        text = patched(kept.text, said, target, changed, self._pens)
        lost = _lost(text, target, changed, whole, kept) if text is not None else set()
        if not lost:
            return text
        if "arxiv_id" in lost and target.url == said_by.arxiv_url(target.arxiv_id):
            lost.discard("url")
        # What a field said beside its own value, as a DOI of arXiv says the id, is now to be said by itself.
        text = patched(kept.text, said, target, changed | lost, self._pens)
        return text if text is not None and not _lost(text, target, changed | lost, whole, kept) else None

    def _anew(self, entry: BibEntry, options: ExportOptions, kept: Kept) -> str:
        text = entry_text(entry, options).rstrip("\n")
        return text.replace("\n", "\r\n") if "\r\n" in kept.text else text


def _lost(text: str, target: BibEntry, changed: set[str], whole: str, kept: Kept) -> set[str]:
    """Return the aspects that a patched entry, read again, has neither as they should be nor as `whole` has them.

    `whole` is the entry written anew: not each text comes back to the letter, a paragraph ends as a blank.
    """
    again = _said(text, kept)
    if again is None:
        return {"type"}
    lost = said_by.differing(said_by.aspects(again), said_by.aspects(target))
    lost -= {IDS, FIELD + IDS} if IDS in changed else {IDS}
    if lost and (other := _said(whole, kept)):
        lost &= said_by.differing(said_by.aspects(again), said_by.aspects(other))
    return lost


def _said(text: str, kept: Kept) -> BibEntry | None:
    """Return what the text of an entry says, None when it is not read as one."""
    whole = _ENDS.sub("\n", text)
    lines = whole.count("\n") + 1
    items = read_text(f"{whole}\n{_ENDS.sub(chr(10), kept.context(text))}")
    found = [one for one in items if isinstance(one, Record) and one.line_title <= lines]
    return said_by.entry_of(found[0]) if len(found) == 1 else None
