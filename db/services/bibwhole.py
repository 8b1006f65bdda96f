"""A bibliography exported whole: the file that it was, with what has changed since."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from db.domain.roundtrip import Standing, macros, wholes
from db.domain.roundtrip.parents import parents, redirected
from db.services.bibmoved import Mover, with_ends
from db.services.bibtext import begin_of
from db.store import bibtexts as store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.services.bibmoved import Bibs
    from db.services.bibtext import BibText, Spot
    from db.store.bibtexts import Key, Place
    from db.store.sessions import Session

_REST_OF_LINE = re.compile(r"[ \t]*(?:%[^\r\n]*)?(?=[\r\n]|\Z)")
GONE = None


class Step(NamedTuple):
    """An entry of the file and the key that it is written under, None (GONE) if it goes.

    `stays`: its paper is not exported, but others take fields from it.
    """

    place: Place
    key: str | None
    stays: bool = False


def steps(session: Session, text: BibText, keys: Mapping[int, Key]) -> list[Step] | None:
    """Return what becomes of the entries of a bibliography when papers, by their ids and `keys`, are exported.

    None when entries overlap, so that the text cannot be cut, or none of them is left.
    """
    if any(_overlap(one, other) for one, other in pairwise(text.places)):
        return None
    merged = _merged_away(session, text.places, keys)
    # Whose key stands in the file, at this entry or another one of the same paper, or leads to it.
    keyed = {place.paper_id for place in text.places if place.key and place.key == place.called}
    led = store.led(session, [place.key for place in text.places if place.key != place.called])
    own = {place.paper_id for place in text.places}
    others = {key.text for paper_id, key in keys.items() if paper_id not in own}
    found = []
    for place in text.places:
        is_known = place.paper_id in keyed or led.get(place.key) == place.paper_id
        key = None if place.id in merged else keys.get(place.paper_id)
        if key is not None and place.key in others:
            key = key._replace(is_frozen=True)  # two entries of one key would stand in the file
        found.append(Step(place, _key(place, key, is_known=is_known)))
    return _with_parents(text, found) if any(step.key is not GONE for step in found) else None


def _overlap(one: Place, other: Place) -> bool:
    """Tell whether an entry goes on where the next one has begun; without columns its lines are its own."""
    if one.columns is None:
        return other.line_start <= one.line_end
    return begin_of(other) < (one.line_end, one.columns[1])


def _key(place: Place, key: Key | None, *, is_known: bool) -> str | None:
    """Return the key that an entry is written under: its own, unless its paper was given another one since.

    An entry whose paper cannot be found by any key of the file, since it has none or another paper has that, is written
    under the key of the paper as soon as somebody holds that.
    """
    if key is None:
        return GONE
    if not key.is_frozen or (is_known and (key.text == place.called or place.key != place.called)):
        return place.key
    return key.text


def _merged_away(session: Session, places: Sequence[Place], keys: Mapping[int, Key]) -> set[int]:
    """Return the sightings of papers that were merged into others of which the file has an entry, too."""
    by_paper: dict[int, list[Place]] = {}
    for place in places:
        if place.paper_id in keys:
            by_paper.setdefault(place.paper_id, []).append(place)
    several = {paper: found for paper, found in by_paper.items() if len(found) > 1}
    taken = store.taken_in(session, several) if several else {}
    gone: set[int] = set()
    for paper, found in several.items():
        away = [
            one.id for one in found if one.called != keys[paper].text and one.called in taken.get(paper, ())
        ]  # fmt: skip
        gone.update(away[1:] if len(away) == len(found) else away)
    return gone


def _with_parents(text: BibText, found: list[Step]) -> list[Step]:
    """Let entries stay that others, which are written, take fields from."""
    if all(step.key is not GONE for step in found) or not text.extras.has_parents:
        return found
    at = {step.place.key.lower(): number for number, step in reversed(list(enumerate(found)))}
    waiting = [step for step in found if step.key is not GONE]
    while waiting:
        step = waiting.pop()
        for key in parents(text.of(step.place)):
            number = at.get(key)
            if number is not None and found[number].key is GONE and not found[number].stays:
                found[number] = found[number]._replace(stays=True)
                waiting.append(found[number])
    return found


class Whole:
    """The text of one bibliography with its entries as they are now, and other papers behind the last of them.

    `ids` are the papers in the order in which `texts` wants their entries; `standing` knows what stands as it
    stood; the keys of the papers `given` are handed out.
    """

    def __init__(
        self, bibs: Bibs, text: BibText, found: Sequence[Step], keys: Mapping[int, Key], options: ExportOptions
    ) -> None:
        self._bibs, self._text, self._steps = bibs, text, found
        self.codec, self.errors = text.frame.codec, text.frame.errors
        self.standing = Standing(options.profile)
        self._written = [step for step in found if step.key is not GONE]
        own = [step.place.paper_id for step in self._written]
        held = set(own)
        self._rest = {paper_id: key.text for paper_id, key in keys.items() if paper_id not in held}
        given = {step.place.paper_id for step in self._written if step.key == keys[step.place.paper_id].text}
        self.given = [one for one in keys if one in given or one in self._rest]
        self.ids = [*own, *self._rest]
        text.renamed = {
            step.place.key.lower(): step.key
            for step in reversed(self._written)
            if step.key and step.place.key and step.key != step.place.key
        }  # fmt: skip
        self._mover = Mover(options, self._header() if self._rest else macros.Header())
        self._has_strangers = len(text.places) != text.bib.records

    def _header(self) -> macros.Header:
        """Return what names mean at the end of the text."""
        own, last = self._text.extras.definitions, self._text.bib.lines + 1
        return macros.Header({name: own.meaning(name, last) or "" for name in own.by_name})

    def texts(self, entries: Iterable[BibEntry]) -> Iterator[str]:
        """Yield the text in pieces; `entries` are what the papers of `ids` are, in that order."""
        waiting = iter(entries)
        yield self._text.frame.mark
        spot: Spot = (1, 0)
        held, is_first, hole = "", True, False
        last = self._written[-1].place.id if self._written else None
        for step in self._steps:
            begin, end = self._text.span(step.place)
            gap = self._gap(spot, begin)
            held = wholes.joined(held, gap, is_first=is_first, is_last=False) if hole else held + gap
            hole, spot = step.key is GONE and not step.stays, end
            if hole:
                continue
            yield held
            yield from self._entry(step, self._text.cut(begin, end), waiting, held)
            held, is_first = "", False
            if step.place.id == last and self._rest:
                rest, spot = self._rest_of_line(spot)
                yield rest
                yield from self._others(waiting)
        gap = self._gap(spot, self._text.end)
        yield wholes.joined(held, gap, is_first=is_first, is_last=True) if hole else held + gap
        next(waiting, None)  # who counts the entries learns that these were all

    def _rest_of_line(self, spot: Spot) -> tuple[str, Spot]:
        """Return what stands behind the last entry in its line, a comment perhaps, and the place behind that."""
        line = spot[0]
        shared = any(spot <= begin_of(step.place) < (line + 1, 0) for step in self._steps)
        rest = None if shared else _REST_OF_LINE.match(self._text.cut(spot, (line + 1, 0)))
        if rest is None or line in self._text.frame.dirty:
            return "", spot
        return rest[0], (line, spot[1] + rest.end())

    def _gap(self, begin: Spot, end: Spot) -> str:
        """Return the text between entries, without those of papers that were deleted for good."""
        text = self._text.cut(begin, end)
        gone = wholes.records_in(text) if self._has_strangers and "@" in text else []
        if not gone:
            return text
        held = text[: gone[0][0]]
        for (_first, last), (behind, _end) in pairwise([*gone, (len(text), 0)]):
            is_last = behind == len(text) and end == self._text.end
            held = wholes.joined(held, text[last:behind], is_first=begin == (1, 0), is_last=is_last)
        return held

    def _entry(self, step: Step, text: str, entries: Iterator[BibEntry], before: str) -> Iterator[str]:
        if step.key is GONE:
            yield text
            return
        now = next(entries)
        remark = with_ends(self._mover.remark(now), self._text.frame.eol)
        if not before.endswith(remark):
            yield remark
        now = redirected(now, self._text.renamed) if self._text.renamed else now
        written = self._mover.rewriter.written(self._text.kept(step.place, text), now, step.key)
        yield self.standing.note(now.key if step.key is None else step.key, written)

    def _others(self, entries: Iterator[BibEntry]) -> Iterator[str]:
        """Yield the papers that are not in the file, behind its last entry."""
        eol = self._text.frame.eol
        places = self._bibs.best(self._rest)
        for paper_id, now in zip(self._rest, entries, strict=True):
            place = places.get(paper_id)
            if place is None:
                text = self._mover.fresh(now)
            else:
                written = self._mover.written(self._bibs[place.source_id], place, now)
                text = self._mover.remark(now) + self.standing.note(now.key, written)
            yield with_ends(f"\n\n{text}", eol)
