"""Putting the records of a source into the library: as new papers, or as sightings of papers it has."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from db.domain.records import Status, VersionKind
from db.domain.versions import kinds
from db.services.givenkeys import GivenKeys, Wish
from db.services.keying import KeyRing
from db.services.lostkeys import LostKeys
from db.services.matching import Draft, Match, Matcher, OwnNames
from db.services.recognising import BY_HAND
from db.store import absorb, edits, ids, imports, index, keys, sources, versions
from db.store.backlog import Backlog
from db.store.beside import Beside
from db.store.noting import INDEXED
from db.store.versions_told import told_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.domain.records import Issue, Record
    from db.services.preparing import Prepared
    from db.store.sessions import Session


def _ids() -> array[int]:
    return array("q")


@dataclass(slots=True)
class Tally:
    """What became of the records of one source so far, by paper id."""

    records: int = 0
    inferred_dates: int = 0
    yearless_dates: int = 0
    trashed: int = 0
    skipped: array[int] = field(default_factory=_ids)
    new: array[int] = field(default_factory=_ids)
    merged: array[int] = field(default_factory=_ids)
    doubtful: array[int] = field(default_factory=_ids)
    issues: list[Issue] = field(default_factory=list)


class Shelf:
    """Places batches of records; what it knows of earlier batches spares look-ups."""

    def __init__(self, session: Session, *, keep_twins: bool = False) -> None:
        self.session = session
        self._keep_twins = keep_twins
        self._next_paper = ids.next_id(session, "paper")
        self.first_sighting = self._next_sighting = ids.next_id(session, "sighting")
        self._matcher = Matcher(session)
        self._given = GivenKeys(session)
        self._look_anew()
        self._backlog = Backlog(session)
        # To the microsecond: it tells imports apart where papers are listed by when they came.
        self._now = datetime.now(UTC).isoformat(timespec="microseconds")
        self._first_of_source = self._next_paper
        self._unsure_dates: set[int] = set()
        self._in_versions: set[int] = set()
        self._meant: Mapping[int, int] = {}

    def begin(self, meant: Mapping[int, int] | None = None) -> None:
        """Start a source; `meant` are the papers that its records are certainly sightings of, by their indexes."""
        self._meant = meant or {}
        self._first_of_source = self._matcher.before = self._next_paper
        self.first_sighting = self._next_sighting
        self._matcher.own, self._matcher.items = OwnNames(), None
        self._unsure_dates = set()
        self._in_versions = set()

    def finish(self) -> None:
        """Settle versions, and the dates on which this source and others differ, now that its year is stored."""
        versions.refresh(self.session, sorted(self._in_versions))
        index.block(self.session, sorted(self._in_versions))  # the next source may name a version alone
        changed = sources.redate(self.session, self._unsure_dates, BY_HAND)
        keys.repropose(self.session, changed)
        self._backlog.drop(changed)

    def forget(self) -> None:
        """Forget the source that was begun: the library rolled it back."""
        self._backlog.drop(range(self._first_of_source, self._next_paper))
        self._given.forget()
        self._look_anew()

    def _look_anew(self) -> None:
        """Know nothing of keys and names but what the library holds."""
        self._ring = KeyRing(self.session)
        self._lost = LostKeys(self.session)
        self._beside = Beside(self.session)

    def settle(self, tick: Callable[[], None], *, all_of_them: bool = True) -> None:
        """Index what waits for it, when much does or `all_of_them`, as at the end; `tick` may raise Cancelled."""
        if all_of_them:
            self._given.settle()
        if all_of_them or self._backlog.is_full:
            self._backlog.settle(tick)

    def place(self, source_id: int, records: Sequence[Prepared], tally: Tally) -> None:
        """Store a batch of records of one source."""
        batch = _Batch(source_id, tally)
        if not self._keep_twins:
            meant = [self._meant[one.record.index] for one in records if one.record.index in self._meant]
            self._matcher.load((one.keys for one in records), (one.record.identity for one in records), meant)
        for one in records:
            record = one.record
            columns = absorb.columns(record)
            match = Match(None) if self._keep_twins else self._find(columns, one)
            if match.same is not None:
                draft = match.same
                self._absorb(batch, draft, columns)
            else:
                draft = self._new(batch, columns, match, one)
                if not self._keep_twins:
                    self._matcher.add(draft, one.keys)
            self._bring(batch, draft, record)
            sighting = self._sighting(source_id, draft, one)
            if self._is_back(draft):
                sighting["values"] |= {sources.SKIPPED: True}
                tally.skipped.append(draft.id)
            batch.sightings.append(sighting)
            if one.state:
                batch.entries.append((draft, record.citation_key, sighting["values"]))
            tally.records += 1
            tally.inferred_dates += record.date.inferred
            tally.yearless_dates += record.date.month is not None and record.date.year is None
        self._store(batch)

    def _find(self, columns: dict[str, Any], one: Prepared) -> Match:
        meant = self._matcher.known(self._meant.get(one.record.index))
        if meant is not None:
            return Match(meant)
        return self._matcher.find(columns, one.keys, one.record.citation_key, one.record.identity)

    def _new(self, batch: _Batch, columns: dict[str, Any], match: Match, one: Prepared) -> Draft:
        paper_id, self._next_paper = self._next_paper, self._next_paper + 1
        columns |= {"id": paper_id, "origins": {}, "citation_key": "", "added_at": self._now}
        columns |= {"key_frozen": False, "state": "live", "merged_into": None}
        columns |= {"title_sort": one.title_sort, "authors_sort": one.authors_sort}
        draft = Draft(columns, new=True, key_parts=one.key_parts)
        batch.keys[paper_id] = [key for key in one.keys if isinstance(key, int)]
        batch.drafts[paper_id] = draft
        for other, score in match.maybe:
            values = {"verdict": score.verdict.value, "score": score.score, "why": list(score.why)}
            batch.twins[(other.id, paper_id)] = values
        (batch.tally.doubtful if match.maybe else batch.tally.new).append(paper_id)
        return draft

    def _absorb(self, batch: _Batch, draft: Draft, columns: dict[str, Any]) -> None:
        paper = draft.columns
        year, inferred = paper["year"], paper["year_inferred"]
        told = (told_kind(values, abstract=bool(values["abstract"])) for values in (paper, columns))
        if len(frozenset[VersionKind]().union(*map(kinds, told))) > 1:
            self._in_versions.add(draft.id)
        back = absorb.returns(paper, columns)
        if back:
            batch.back.append(draft.id)
        changed = absorb.absorb(paper, columns, self._next_sighting)
        changed |= absorb.personal(paper, columns)
        if back:
            changed.add("origins")
        if changed:
            draft.touched(changed)
            batch.drafts[draft.id] = draft
        if not changed.isdisjoint(absorb.TEXTS):
            batch.keys.pop(draft.id, None)
        draft.rekey |= not paper["key_frozen"] and not changed.isdisjoint(self._ring.columns)
        if inferred and columns["year_inferred"] and columns["year"] != year:
            self._unsure_dates.add(draft.id)
        batch.tally.merged.append(draft.id)
        batch.tally.trashed += paper["state"] == "trash"

    def _bring(self, batch: _Batch, draft: Draft, record: Record) -> None:
        """Note what a bibliography says beside the paper itself."""
        self._matcher.own.add(draft.id, record.citation_key, record.identity)
        if record.citation_key:
            batch.wishes.append(Wish(draft, record.citation_key, record.line_title))
        if record.keywords or record.collections or record.attachments:
            batch.beside.append((draft.id, record))

    def _is_back(self, draft: Draft) -> bool:
        """Tell whether the person had skipped the paper before this source showed it again."""
        known = draft.id < self._first_of_source
        return known and draft.columns["state"] == "live" and draft.columns.get("status") == Status.SKIPPED

    def _sighting(self, source_id: int, draft: Draft, one: Prepared) -> dict[str, Any]:
        record = one.record
        noted = {sources.STATE: one.state} if one.state else {}
        if record.title != draft.columns["title"]:
            noted[sources.TITLED] = record.title
        sighting_id, self._next_sighting = self._next_sighting, self._next_sighting + 1
        return {
            "id": sighting_id,
            "paper_id": draft.id,
            "source_id": source_id,
            "position": record.index,
            "line_start": record.line_title,
            "line_abstract": record.line_abstract,
            "line_end": record.line_end,
            "values": sources.values_of(record) | noted,
        }

    def _store(self, batch: _Batch) -> None:
        again = self._lost.wishes(draft for draft in batch.drafts.values() if draft.new)
        batch.wishes += again
        refused = self._given.give(batch.wishes) if batch.wishes else []
        batch.drafts |= {wish.draft.id: wish.draft for wish in batch.wishes if wish.draft.changed}
        drafts = list(batch.drafts.values())
        self._name(drafts)
        for draft, key, values in batch.entries:
            if draft.columns["citation_key"] != key:
                values[sources.CALLED] = draft.columns["citation_key"]
        batch.tally.issues += [one.issue() for one in refused if one.wish.line]
        new = [draft.columns for draft in drafts if draft.new]
        imports.add_papers(self.session, new)
        altered = [draft for draft in drafts if draft.changed and not draft.new]
        self._backlog.drop(draft.id for draft in altered if draft.changed & INDEXED)
        self._backlog.add(new, batch.keys)
        imports.update_papers(self.session, [(draft.columns, draft.changed) for draft in altered])
        edits.set_state(self.session, batch.back, "trash", "live")
        imports.add_sightings(self.session, batch.sightings)
        imports.add_twins(self.session, batch.twins)
        self._beside.add(batch.beside)

    def _name(self, drafts: Sequence[Draft]) -> None:
        """Give papers without a key of their own one that the library's pattern makes."""
        self._ring.take(draft.columns["citation_key"] for draft in drafts if draft.columns["key_frozen"])
        self._ring.propose([one for one in drafts if (one.new or one.rekey) and not one.columns["key_frozen"]])


@dataclass(slots=True)
class _Batch:
    source_id: int
    tally: Tally
    drafts: dict[int, Draft] = field(default_factory=dict)
    sightings: list[dict[str, Any]] = field(default_factory=list)
    twins: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    keys: dict[int, list[int]] = field(default_factory=dict)
    wishes: list[Wish] = field(default_factory=list)
    beside: list[tuple[int, Record]] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    entries: list[tuple[Draft, str | None, dict[str, Any]]] = field(default_factory=list)
