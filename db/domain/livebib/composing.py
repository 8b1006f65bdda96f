"""The new text of a file: owned entries replaced where they stand, new ones put in, vanished ones taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from db.domain.livebib import gaps
from db.domain.livebib.filetext import line_end
from db.domain.livebib.owning import Owned, State, located, mark
from db.domain.livebib.rows import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.livebib.filetext import FileText
    from db.domain.livebib.owning import Survey
    from db.domain.livebib.pieces import Entry

_IDS = re.compile(r"^\s*ids\s*=\s*\{([^{}]*)\}", re.MULTILINE | re.IGNORECASE)


class Kind(StrEnum):
    """Why a person is asked: she edited an entry, took it out, or has one of her own under the key of a paper."""

    EDITED = "edited"
    GONE = "gone"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Question:
    """An entry that was left as it is: what stands in the file ("" when it is gone), and what the library would write.

    `seen` is the mark of the former: an answer holds for what the person saw.
    """

    kind: Kind
    key: str
    paper_id: int
    in_file: str
    in_library: str

    @property
    def seen(self) -> str:
        """The mark of what the person is shown."""
        return mark(self.in_file)


@dataclass(slots=True)
class Plan:
    """The new text, what the file's entries are then, by key, and what was done."""

    text: str
    owned: dict[str, Owned]
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def needed(survey: Survey, owned: Mapping[str, Owned], wanted: Mapping[str, int]) -> set[str]:
    """Return the keys whose text `compose` needs whatever has changed in the library."""
    return {
        key
        for key in wanted
        if key not in owned or (not owned[key].left and survey.owned[key].state is not State.CURRENT)
    }


def compose(
    file: FileText,
    survey: Survey,
    owned: Mapping[str, Owned],
    wanted: Mapping[str, tuple[int, str | None]],
    answers: Mapping[str, str],
) -> Plan:
    """Return what becomes of a file that is to hold the `wanted` entries, by key: paper id and text.

    A text of None says that it has not changed since it was written. `answers` are the keys whose entry the person
    wants to have replaced by the library's, with the mark of what she saw in the file.
    """
    return _Composer(file, survey, owned, wanted, answers).plan()


def swap(file: FileText, owned: Mapping[str, Owned], texts: Mapping[str, str]) -> Plan | None:
    """Return what becomes of a file in which every owned entry stands as written, when these texts change.

    Only their entries are looked for, which is faster by far than `compose`. None when one is not found without doubt.
    """
    plan, edits = Plan(file.text, dict(owned)), []
    for key, text in texts.items():
        one = owned[key]
        if one.marks[0] == mark(text):
            continue
        entry = located(file.text, one)
        if entry is None:
            return None
        eol = line_end(file.text[entry.start : entry.end], file.eol)
        edits.append(gaps.Edit(entry.start, entry.end, file.with_ends(text, eol)))
        plan.owned[key] = one.written(text, one.paper_id)
        plan.changed.append(key)
    plan.text = gaps.applied(file.text, edits)
    return plan


class _Composer:
    def __init__(
        self,
        file: FileText,
        survey: Survey,
        owned: Mapping[str, Owned],
        wanted: Mapping[str, tuple[int, str | None]],
        answers: Mapping[str, str],
    ) -> None:
        self._file, self._survey, self._owned, self._wanted, self._answers = file, survey, owned, wanted, answers
        self._plan = Plan(survey.text, {})
        self._edits: list[gaps.Edit] = []
        self._fresh: list[str] = []
        self._kept: list[Entry] = []
        self._gone: list[Entry] = []

    def plan(self) -> Plan:
        for key, one in self._owned.items():
            if key not in self._wanted:
                self._vanished(one)
        for key, (paper_id, text) in self._wanted.items():
            self._place(key, paper_id, text)
        if self._fresh:
            self._edits.append(self._insertion())
        edits = [*self._edits, *gaps.removals(self._survey.text, self._gone)]
        self._plan.text = gaps.applied(self._survey.text, edits)
        return self._plan

    def _insertion(self) -> gaps.Edit:
        """Put new entries behind the last owned one, or in its place when none of them stays."""
        if self._kept or not self._gone:
            after = max((entry.end for entry in self._kept), default=None)
            return gaps.insertion(self._file, self._fresh, after)
        last = max(self._gone, key=lambda one: one.end)
        self._gone.remove(last)
        return gaps.Edit(last.start, last.end, (self._file.eol * 2).join(self._fresh))

    def _vanished(self, one: Owned) -> None:
        state, entry = self._survey.owned[one.key]
        if one.left:
            self._plan.owned[one.key] = one
        elif state is State.EDITED:
            self._plan.released.append(one.key)  # whoever changed it wants to keep it
        elif entry is not None:
            self._gone.append(entry)
            self._plan.removed.append(one.key)

    def _place(self, key: str, paper_id: int, text: str | None) -> None:
        one = self._owned.get(key)
        if one is None:
            self._first(key, paper_id, text or "")
            return
        state, entry = self._survey.owned[key]
        if one.left:
            self._plan.owned[key] = one
        elif entry is None:
            self._missing(one, paper_id, text or "")
        elif state is State.EDITED:
            self._settle(Kind.EDITED, one, entry, paper_id, text or "")
        elif text is None:
            self._kept.append(entry)
            self._plan.owned[key] = one
        else:
            self._replace(one, entry, paper_id, text)

    def _first(self, key: str, paper_id: int, text: str) -> None:
        """Place an entry that Sheaf never wrote here."""
        one = Owned(key, paper_id)
        theirs = self._survey.entries.get(key.lower(), ())
        if theirs:
            self._settle(Kind.OWN, one, theirs[0], paper_id, text)
        else:
            self._insert(one, paper_id, text)

    def _missing(self, one: Owned, paper_id: int, text: str) -> None:
        if self._answers.get(one.key) == mark(""):
            self._insert(one, paper_id, text)
        else:
            self._ask(Kind.GONE, one, paper_id, "", text)

    def _settle(self, kind: Kind, one: Owned, entry: Entry, paper_id: int, text: str) -> None:
        """Take over an entry that says what the library says, replace it when the person said so, else ask."""
        there = self._survey.of(entry)
        if same(there, text):
            self._keep(one, entry, there, paper_id)
        elif self._answers.get(one.key) == mark(there):
            self._replace(one, entry, paper_id, text)
        else:
            if kind is Kind.EDITED:
                self._kept.append(entry)
            self._ask(kind, one, paper_id, there, text)

    def _ask(self, kind: Kind, one: Owned, paper_id: int, there: str, text: str) -> None:
        self._plan.questions.append(Question(kind, one.key, paper_id, there, text))
        if kind is not Kind.OWN:
            self._plan.owned[one.key] = one

    def _keep(self, one: Owned, entry: Entry, there: str, paper_id: int) -> None:
        self._kept.append(entry)
        self._plan.owned[one.key] = one.written(there, paper_id)

    def _replace(self, one: Owned, entry: Entry, paper_id: int, text: str) -> None:
        there = self._survey.of(entry)
        self._kept.append(entry)
        self._plan.owned[one.key] = one.written(text, paper_id)
        if mark(there) != mark(text):
            eol = line_end(there, self._file.eol)
            self._edits.append(gaps.Edit(entry.start, entry.end, self._file.with_ends(text, eol)))
            self._plan.changed.append(one.key)

    def _insert(self, one: Owned, paper_id: int, text: str) -> None:
        self._fresh.append(self._file.with_ends(text))
        self._plan.owned[one.key] = one.written(text, paper_id)
        self._plan.added.append(one.key)


def other_names(text: str) -> frozenset[str]:
    """Return the further keys that an entry answers to (biblatex's `ids`)."""
    return frozenset(name.strip() for found in _IDS.findall(text) for name in found.split(",") if name.strip())
