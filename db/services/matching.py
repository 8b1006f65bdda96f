"""Finding the paper that a record is a sighting of, a batch at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from db.domain.duplicates import Candidate, Glance, Score, far_apart, glance
from db.domain.records import Verdict
from db.services.works import Beside, candidate_of, compare_forms
from db.store import identities as items_before
from db.store import imports, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.domain.citekeys import KeyParts
    from db.services.preparing import Keys
    from db.services.works import Forms
    from db.store.sessions import Session

CANDIDATES = 20
"""Papers compared with one record: those that share most blocking keys first."""
CROWDED = 40
"""A key that more papers share says little; it counts only for a record that has no better one."""
MAYBES = 5
EQUAL_KEYS = "the citation keys are equal"
SAME_ITEM = "it is the item that was imported before"


@dataclass(slots=True)
class Draft:
    """A paper that may still take something over: its columns, and which of them are to be written."""

    columns: dict[str, Any]
    new: bool = False
    changed: set[str] = field(default_factory=set)
    rekey: bool = False
    key_parts: KeyParts | None = None
    _candidate: Candidate | None = field(default=None, repr=False)
    _glance: Glance | None = field(default=None, repr=False)

    @property
    def id(self) -> int:
        """Return the paper's id."""
        return int(self.columns["id"])

    def candidate(self) -> Candidate:
        """Return what the paper is compared by."""
        if self._candidate is None:
            self._candidate = candidate_of(self.columns)
        return self._candidate

    def glance(self) -> Glance:
        """Return what tells the paper from most others."""
        if self._glance is None:
            self._glance = glance_of(self.columns)
        return self._glance

    def touched(self, names: Iterable[str]) -> None:
        """Note that columns changed."""
        self.changed.update(names)
        self._candidate = self._glance = self.key_parts = None
        self.columns.pop("authors_sort", None)


def glance_of(columns: Mapping[str, Any]) -> Glance:
    """Return what tells a paper from most others."""
    return glance(columns["title"], columns["abstract"], columns["arxiv_id"], columns["doi"])


@dataclass(frozen=True, slots=True)
class Match:
    """What the library holds of a record's work: the paper and why it is that, or papers that may be it."""

    same: Draft | None
    maybe: tuple[tuple[Draft, Score], ...] = ()
    why: tuple[str, ...] = ()


def nearest(held: Sequence[Sequence[int]]) -> list[int]:
    """Return whom to compare with, those that share most keys first; `held` are the holders of each key."""
    telling = [ids for ids in held if len(ids) < CROWDED]
    shared: dict[int, int] = {}
    for ids in telling if any(telling) else held:
        for one in ids[:CROWDED]:
            shared[one] = shared.get(one, 0) + 1
    return sorted(shared, key=lambda one: (-shared[one], one))[:CANDIDATES]


def _doubted(score: Score, why: str) -> Score:
    return replace(score, verdict=Verdict.MAYBE, why=(*score.why, why))


@dataclass(slots=True)
class OwnNames:
    """What the source that is being read calls its papers: their citation keys, and the items that they come from."""

    keys: dict[int, str] = field(default_factory=dict)
    items: dict[int, set[str]] = field(default_factory=dict)

    def add(self, paper_id: int, citation_key: str | None, identity: str) -> None:
        """Note what one record calls its paper."""
        if citation_key:
            self.keys.setdefault(paper_id, citation_key)
        if identity:
            self.items.setdefault(paper_id, set()).add(identity)

    def apart(self, paper_id: int, citation_key: str | None, identity: str) -> str:
        """Return why a record of the source cannot certainly be of a paper that the source has already."""
        if citation_key is not None and self.keys.get(paper_id, citation_key) != citation_key:
            return "one bibliography has both, under two keys"
        library = identity.rpartition("/")[0]
        beside = any(one.rpartition("/")[0] == library for one in self.items.get(paper_id, ()))
        return "one library has both, as two items" if identity and beside else ""


class Matcher:
    """Knows the papers of the library, those of the running batch included, by their blocking keys.

    `items` are the papers that items of other libraries became before, None until they are asked for.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.before: int | None = None
        self.own = OwnNames()
        self.items: Mapping[str, int] | None = None
        self._pending: dict[int | str, list[int]] = {}
        self._stored: dict[int | str, list[int]] = {}
        self._beside: Beside | None = None
        self.drafts: dict[int, Draft] = {}

    def load(self, keys: Iterable[Keys], identities: Iterable[str] = (), also: Iterable[int] = ()) -> None:
        """Fetch the papers that records with these keys, or of these items, may be sightings of, and others by id.

        What earlier batches brought is in the library by now.
        """
        asked = list(keys)
        wanted = {key for one in asked for key in one}
        blocks = [key for key in wanted if isinstance(key, int)]
        numbers = [key for key in wanted if isinstance(key, str)]
        self._pending, self.drafts = {}, {}
        self._stored = dict(imports.papers_by_block(self._session, blocks).items())
        if numbers:
            self._stored.update(imports.papers_by_number(self._session, numbers, numbers).items())
            for number, ids in versions.by_number(self._session, numbers).items():
                self._stored[number] = list(dict.fromkeys((*self._stored.get(number, ()), *ids)))
        # Only what will be compared: crowded keys name far more papers than that.
        near = {paper_id for one in asked for paper_id in self._near(one)} | set(also)
        if items := {one for one in identities if one}:
            self.items = items_before.papers(self._session) if self.items is None else self.items
            near.update(self.items[one] for one in items if one in self.items)
        self._fetch(near)
        self._beside = Beside(self._session, near)

    def _fetch(self, ids: Iterable[int]) -> None:
        """Read papers into `drafts`, with those that took merged ones in."""
        missing = {i for i in ids if i not in self.drafts}
        while missing:
            for paper_id, columns in imports.load_papers(self._session, missing).items():
                self.drafts[paper_id] = Draft(columns)
            heirs = {draft.columns["merged_into"] for draft in self.drafts.values()} - {None}
            missing = heirs - self.drafts.keys() - missing

    def find(self, columns: dict[str, Any], keys: Keys, citation_key: str | None = None, identity: str = "") -> Match:
        """Return the paper that the record is a sighting of, or those that may be.

        What may be the same work is it when it has the `citation_key` that the record brings: nobody gives one
        key to two works of alike titles. That holds against keys that were given, not proposed, and not within one
        source, where a key that stands twice is a slip: `before` is the first id of the source's papers. Nor is what
        one source has under two keys, or as two items, ever certain: a person keeps both. `own` are those it gave so
        far. An item of a library that was imported before is its paper, whatever it says by now.
        """
        before = self.drafts.get(self.items.get(identity, 0)) if identity and self.items else None
        if before is not None:
            return Match(self._heir(before), why=(SAME_ITEM,))
        return self._alike(columns, keys, citation_key, identity)

    def _alike(self, columns: dict[str, Any], keys: Keys, citation_key: str | None, identity: str) -> Match:
        near = self._near(keys)
        if not near:
            return Match(None)
        wanted, seen = candidate_of(columns), glance_of(columns)
        same: list[tuple[bool, float, int, Draft, tuple[str, ...]]] = []
        maybe: dict[int, tuple[Draft, Score]] = {}
        for paper_id in near:
            draft = self.drafts.get(paper_id)
            if draft is None:
                continue
            known = self._beside is not None and paper_id in self._beside
            if not known and far_apart(seen, draft.glance()):
                continue
            score = compare_forms((wanted,), self._as_known(draft))
            heir = self._heir(draft)
            keyed = citation_key is not None and self._has_given(heir, citation_key)
            apart = self.own.apart(heir.id, citation_key, identity)
            if not apart and (score.verdict is Verdict.SAME or (score.verdict is Verdict.MAYBE and keyed)):
                # A sighting in the trash would not be seen while a live paper is the same work.
                why = score.why if score.verdict is Verdict.SAME else (*score.why, EQUAL_KEYS)
                same.append((heir.columns["state"] == "trash", -score.score, heir.id, heir, why))
            elif score.verdict is not Verdict.DIFFERENT:
                maybe.setdefault(heir.id, (heir, _doubted(score, apart) if apart else score))
        if same:
            *_rank, paper, why = min(same, key=lambda one: one[:3])
            return Match(paper, why=why)
        best = sorted(maybe.values(), key=lambda one: (-one[1].score, one[0].id))
        return Match(None, tuple(best[:MAYBES]))

    def known(self, paper_id: int | None) -> Draft | None:
        """Return a paper that was loaded, or the one that took it in."""
        draft = None if paper_id is None else self.drafts.get(paper_id)
        return None if draft is None else self._heir(draft)

    def _as_known(self, draft: Draft) -> Forms:
        return (draft.candidate(),) if self._beside is None else self._beside.forms(draft.id, draft.candidate())

    def _has_given(self, draft: Draft, key: str) -> bool:
        """Tell whether a paper had this very key, and not by a proposal, before the source began."""
        known = self.before is None or draft.id < self.before
        return known and bool(draft.columns["key_frozen"]) and draft.columns["citation_key"] == key

    def _heir(self, draft: Draft) -> Draft:
        """Follow merged papers to the one that took them in."""
        for _hop in range(100):
            into = draft.columns["merged_into"]
            if into is None or into not in self.drafts:
                break
            draft = self.drafts[into]
        return draft

    def _near(self, keys: Keys) -> list[int]:
        if self._stored.keys().isdisjoint(keys) and self._pending.keys().isdisjoint(keys):
            return []
        return nearest([[*self._stored.get(key, ())[:CROWDED], *self._pending.get(key, ())[:CROWDED]] for key in keys])

    def add(self, draft: Draft, keys: Keys) -> None:
        """Let later records find a new paper."""
        number = draft.id
        self.drafts[number] = draft
        for key in keys:
            self._pending.setdefault(key, []).append(number)
