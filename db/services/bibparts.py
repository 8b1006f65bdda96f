"""Papers of any bibliographies in a new file: their entries as they stood, below the definitions that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.roundtrip import Standing, macros
from db.domain.roundtrip.parents import parents, redirected
from db.services.bibmoved import Mover, with_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.services.bibmoved import Bibs
    from db.services.bibtext import BibText


class Parts:
    """A file of papers; see `bibwhole.Whole`. `named` gives other names than their keys that papers stand under."""

    codec, errors = "utf-8", "surrogateescape"

    def __init__(
        self, bibs: Bibs, keys: Mapping[int, str], options: ExportOptions, named: Mapping[str, Sequence[str]]
    ) -> None:
        self._bibs, self._keys, self._named = bibs, keys, named
        self._places = bibs.best(keys)
        self._texts = {place.source_id: bibs[place.source_id] for place in self._places.values()}
        self._extra: list[tuple[BibText, str, int]] = []
        self._last: dict[int, None] = {}
        for text in self._texts.values():
            if text.extras.has_parents:
                self._rename(text)
                self._find_parents(text)
        self.ids = self.given = [*(one for one in keys if one not in self._last), *self._last]
        self._header = macros.Header()
        self._define()
        self._mover = Mover(options, self._header, apart=False)
        ends = {text.frame.eol for text in self._texts.values()}
        self._eol = ends.pop() if len(ends) == 1 else "\n"
        self.standing = Standing(options.profile)

    def _names(self, paper_id: int) -> Sequence[str]:
        """Return the keys under which a paper is written."""
        key = self._keys[paper_id]
        return self._named.get(key, (key,))

    def _rename(self, text: BibText) -> None:
        """Note which entries of a text stand under another key in the new file."""
        for place in text.places:
            names = self._names(place.paper_id) if place.paper_id in self._keys else ()
            if names and place.key and place.key not in names:
                text.renamed.setdefault(place.key.lower(), names[0])

    def _find_parents(self, text: BibText) -> None:
        """Find the entries that others take fields from: BibTeX wants them behind those, whoever asked for them."""
        own = [place for place in self._places.values() if place.source_id == text.bib.id]
        waiting = [key for place in own for key in parents(text.of(place))]
        seen: set[str] = set()
        while waiting:
            key = waiting.pop(0)
            if key in seen:
                continue
            seen.add(key)
            place, found = text.place(key), text.parent(key)
            if place is not None and place.paper_id in self._keys:
                self._last[place.paper_id] = None
            elif found is not None:
                self._extra.append((text, *found))
                waiting += parents(found[0])

    def _define(self) -> None:
        for text in self._texts.values():
            definitions = text.extras.definitions
            if not definitions.listed:
                continue
            own = [place for place in self._places.values() if place.source_id == text.bib.id]
            needed = [text.of(place) for place in own]
            needed += [entry for one, entry, _line in self._extra if one is text]
            needed += [f"={one.value}" for one in text.extras.preambles]
            names = {name for entry in needed for name in macros.used(entry)}
            if len(self._texts) == 1 and len(own) == len(self._keys):
                # Nothing else stands in the new file, so that months may be called what they are called here.
                names |= {name for entry in needed for name in macros.used_months(entry)}
            self._header.add(definitions, names)

    def texts(self, entries: Iterable[BibEntry]) -> Iterator[str]:
        """Yield the file in pieces; `entries` are the papers of `ids` in that order, under each of their names."""
        gap = self._eol * 2
        for block in self._top():
            yield with_ends(block, self._eol) + gap
        papers = (paper_id for paper_id in self.ids for _name in self._names(paper_id))
        for paper_id, now in zip(papers, entries, strict=True):
            yield with_ends(self._mover.remark(now), self._eol)
            yield self._entry(paper_id, now) + gap
        for text, entry, line in self._extra:
            yield self._fitted(self._mover.moved(text, entry, line) or entry) + gap

    def _entry(self, paper_id: int, now: BibEntry) -> str:
        place = self._places.get(paper_id)
        if place is None:
            return with_ends(self._mover.fresh(now), self._eol)
        text = self._texts[place.source_id]
        written = self._mover.written(text, place, redirected(now, text.renamed) if text.renamed else now)
        return self._fitted(self.standing.note(now.key, written))

    def _fitted(self, entry: str) -> str:
        """Return an entry with the line ends of the file; those of one bibliography stay as they are."""
        return entry if len(self._texts) == 1 else with_ends(entry, self._eol)

    def _top(self) -> list[str]:
        """Return the definitions, then the preambles, each once."""
        preambles = [self._preamble(text, one) for text in self._texts.values() for one in text.extras.preambles]
        return [block for block in ("\n".join(self._header.texts), *dict.fromkeys(preambles)) if block]

    def _preamble(self, text: BibText, one: macros.Preamble) -> str:
        own = text.extras.definitions
        clashes = self._header.clashes(own, f"={one.value}", one.line)
        if not clashes:
            return one.text
        value = macros.expanded_value(
            one.value, lambda name: own.spelled(name, one.line) if name in clashes else None
        )  # fmt: skip
        return one.text.replace(one.value, value, 1)
