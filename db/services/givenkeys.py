"""The citation keys that records bring: documents cite them, so papers get them as they are, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.citekeys import valid_key
from db.domain.records import Issue
from db.services.keying import REMEMBERED
from db.store import frozen, imports

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.services.matching import Draft
    from db.store.sessions import Session

INSTEAD = "The key of this paper is"
ANOTHER = "The paper will have another key."


@dataclass(frozen=True, slots=True)
class Wish:
    """A record's own key, the paper that the record is a sighting of, and its first line."""

    draft: Draft
    key: str
    line: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A key that could not be given, and why."""

    wish: Wish
    why: str

    def issue(self) -> Issue:
        """Return it as an issue, once the paper has the key that it got instead."""
        return Issue(self.wish.line, self.wish.key, f"{self.why} {INSTEAD} {self.instead()}.")

    def foreseen(self) -> Issue:
        """Return it as an issue of an import that has not been done."""
        return Issue(self.wish.line, self.wish.key, f"{self.why} {ANOTHER}")

    def instead(self) -> str:
        """Return the key that the paper has."""
        return str(self.wish.draft.columns["citation_key"])


@dataclass(slots=True)
class Judged:
    """The keys that papers get, those of them that stood for papers that are gone, and those that cannot be given."""

    fresh: list[Wish]
    lost: set[str]
    refused: list[Refusal]


class Judge:
    """Tells which keys papers can get; what it has judged to be given it knows, and nothing is written."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}
        self._titles: dict[str, str] = {}

    def judged(self, session: Session, wishes: Sequence[Wish]) -> Judged:
        """Judge some wishes, the first one of a key first; a key that stands for another paper stays with it."""
        if len(self._given) > REMEMBERED:
            # The library knows them: a bibliography of any size needs the same memory.
            self.forget()
        refused = list(_invalid(wishes))
        invalid = {id(one.wish) for one in refused}
        valid = [wish for wish in wishes if id(wish) not in invalid]
        held = imports.key_holders(session, {wish.key for wish in valid} - self._given.keys())
        heirs = frozen.heirs(session, {holder for holder in held.values() if holder is not None})
        known = {key: heirs[holder] for key, holder in held.items() if holder is not None} | self._given
        fresh: list[Wish] = []
        for wish in valid:
            holder = known.setdefault(wish.key, wish.draft.id)
            if holder != wish.draft.id:
                refused.append(Refusal(wish, self._belongs(session, wish.key, holder)))
            elif wish.key not in self._given:
                self._given[wish.key] = holder
                self._titles[wish.key] = wish.draft.columns["title"]
                fresh.append(wish)
        return Judged(fresh, {key for key, holder in held.items() if holder is None}, refused)

    def forget(self) -> None:
        """Know of no key but what the library holds."""
        self._given, self._titles = {}, {}

    def _belongs(self, session: Session, key: str, holder: int) -> str:
        title = self._titles.get(key) or imports.title(session, holder)
        owner = f"“{title}”" if title else "a paper without a title"
        return f"The key {key} belongs to {owner} already."


def _invalid(wishes: Sequence[Wish]) -> Iterator[Refusal]:
    for wish in wishes:
        why_not = valid_key(wish.key)
        if why_not:
            yield Refusal(wish, why_not)


class GivenKeys:
    """Gives records' own keys to their papers; what it gave in earlier batches it knows."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._judge = Judge()
        self._leads_on = False

    def give(self, wishes: Sequence[Wish]) -> list[Refusal]:
        """Give papers the keys of their records and freeze them; return those that could not be given.

        A paper with a frozen key keeps it, and the new one leads to it. The rows of the papers are not written here.
        """
        said = self._judge.judged(self._session, wishes)
        for wish in said.fresh:
            self._put(wish.draft, wish.key)
        rows = [(wish.key, wish.draft.id, str(wish.draft.columns["title"])) for wish in said.fresh]
        frozen.give(self._session, rows, said.lost)
        return said.refused

    def forget(self) -> None:
        """Know of no key but what the library holds."""
        self._judge.forget()

    def _put(self, draft: Draft, key: str) -> None:
        columns = draft.columns
        if columns["citation_key"] != key and columns["key_frozen"]:
            self._leads_on = True
            return
        if columns["citation_key"] != key or not columns["key_frozen"]:
            columns["citation_key"], columns["key_frozen"] = key, True
            draft.rekey = False
            if not draft.new:
                draft.touched({"citation_key", "key_frozen"})

    def settle(self) -> None:
        """Let keys lead to papers that have others; once for all files, for it looks at every key there is."""
        if self._leads_on:
            frozen.settle(self._session)
            self._leads_on = False
