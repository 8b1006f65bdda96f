"""What becomes of a live .bib file: what it follows, rendered as far as need be, and the text that this makes of it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.domain import livebib
from db.domain.errors import LibraryError
from db.domain.formats import bibwrite
from db.domain.formats.bibwrite import ExportOptions
from db.domain.livebib.composing import needed, other_names, swap
from db.domain.livebib.owning import located
from db.services import livefollow, livewriting
from db.services.exportchoices import complete
from db.services.livefollow import Follow, Followed
from db.services.livelayout import Layouts
from db.services.livewatch import looks
from db.store import exports
from db.store import livefiles as store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Set

    from db.domain.livebib import FileText, Owned, Plan
    from db.domain.livebib.owning import Survey
    from db.services.livewatch import Seen
    from db.store.sessions import Session

FEW = 200
"""Papers up to which their entries are looked for one by one."""
_GLUED = re.compile(r"(?<=[})])([ \t]*)@")


@dataclass(frozen=True, slots=True)
class Ask:
    """How to look at a file: the papers that changed since (None: nobody knows), and what was answered.

    `by_hand`: the person pressed the button, so that a file that is gone is made anew and one may be emptied.
    """

    changed: Set[int] | None = None
    answers: Mapping[str, str] | None = None
    by_hand: bool = False


@dataclass(frozen=True)
class Base:
    """What is followed, and what stands in the file: read once for each update."""

    follow: Follow
    followed: Followed
    before: bytes | None
    looked: Seen


@dataclass(frozen=True)
class Work:
    """A plan with what it was made from."""

    plan: Plan
    file: FileText
    base: Base
    owned: Mapping[str, Owned]
    papers: Mapping[str, int]
    is_whole: bool = True
    """Whether `owned` are all entries of the file, or those alone that could have changed."""

    @property
    def before(self) -> bytes | None:
        """The bytes that the file holds, None when there is none."""
        return self.base.before

    @property
    def seen(self) -> Seen:
        """The file and those that say what it follows, as they looked before they were read."""
        return {**self.base.looked, **self.base.followed.seen}

    @cached_property
    def data(self) -> bytes:
        """The bytes that the file is to hold."""
        is_same = self.before is not None and self.plan.text == self.file.text
        return self.before or b"" if is_same else self.file.encode(self.plan.text)

    @property
    def keys(self) -> list[str]:
        """The keys that stand in the file from now on, written by Sheaf or taken over as they are."""
        fresh = [key for key in self.plan.owned if key not in self.owned and key in self.papers]
        return list(dict.fromkeys((*fresh, *self.plan.changed)))

    @property
    def is_new(self) -> bool:
        """Whether anything is to be written, to the file or to what is known of it."""
        return self.plan.owned != self.owned or self.plan.text != self.file.text or self.before is None


def options_of(stored: Mapping[str, Any]) -> ExportOptions:
    """Return options as they were stored; what this version does not know is passed over."""
    known = {one.name for one in fields(ExportOptions)}
    values: dict[str, Any] = {name: value for name, value in stored.items() if name in known}
    values["own_words"] = tuple(values.get("own_words", ()))  # JSON knows lists only
    return ExportOptions(**values)


def plan(session: Session, row: Mapping[str, Any], ask: Ask) -> Work:
    """Return what becomes of a file. Raises RefusedError or LostError with the reason why nothing does."""
    follow = Follow(row["kind"], row["value"], row["name"])
    follow = livefollow.current(session, follow)
    path = Path(row["path"])
    looked = looks(path)  # before it is read: what is written meanwhile is noticed
    base = Base(follow, livefollow.papers(session, follow), livewriting.read(path), looked)
    return quick(session, row, ask, base) or whole(session, row, ask, base)


def whole(session: Session, row: Mapping[str, Any], ask: Ask, base: Base) -> Work:
    """Return what becomes of a file when all of it is looked at. Raises RefusedError."""
    before, papers = base.before, dict(base.followed.papers)
    owned = store.owned(session, row["id"])
    if before is None and row["written_at"]:
        if not ask.by_hand:
            raise livewriting.RefusedError("the file is gone. “Update now” makes it anew")
        owned = {key: one for key, one in owned.items() if one.left}
    papers |= _aliases(session, owned, papers)
    if not papers and any(not one.left for one in owned.values()) and not ask.by_hand:
        name = base.follow.name
        raise livewriting.RefusedError(f"{name} holds no paper any more. “Update now” takes all entries out")
    file = _text(before)
    found = livebib.survey(file.text, owned)
    renderer = _Renderer(session, complete(session, options_of(row["options"])), file, found.text_of)
    wanted = renderer.wanted(owned, papers, found, ask.changed)
    made = livebib.compose(file, found, owned, wanted, ask.answers or {})
    return Work(made, file, base, owned, papers)


def quick(session: Session, row: Mapping[str, Any], ask: Ask, base: Base) -> Work | None:
    """Return what becomes of a file in which nothing changed but the entries of a few papers.

    None when the whole of it has to be looked at: somebody wrote it since, or papers come and go.
    """
    changed, before, papers = ask.changed, base.before, base.followed.papers
    if changed is None or len(changed) > FEW or ask.answers or row["questions"] or not row["digest"]:
        return None
    if before is None or digest(before) != row["digest"] or store.owned_keys(session, row["id"]) != papers.keys():
        return None
    keys = {key: paper for key, paper in papers.items() if paper in changed}
    owned, file = store.owned_of(session, row["id"], keys), _text(before)

    def there(key: str) -> str:
        entry = located(file.text, owned[key]) if key in owned else None
        return file.text[entry.start : entry.end] if entry else ""

    texts = dict(_Renderer(session, complete(session, options_of(row["options"])), file, there).texts(keys))
    made = swap(file, owned, texts)
    return None if made is None else Work(made, file, base, owned, papers, is_whole=False)


def digest(data: bytes) -> str:
    """Return what tells the bytes of a file from others."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _text(before: bytes | None) -> FileText:
    try:
        return livebib.read(before or b"")
    except LibraryError as error:
        raise livewriting.RefusedError(error.message) from error


def _aliases(session: Session, owned: Mapping[str, Owned], papers: Mapping[str, int]) -> dict[str, int]:
    """Return the keys that stand in the file and lead to papers that have others by now: a document may cite them."""
    old = [key for key in owned if key not in papers]
    held = set(papers.values())
    return {key: paper for key, paper in store.by_key(session, old).items() if paper in held} if old else {}


class _Renderer:
    """Makes entries for one file, as few as need be."""

    def __init__(self, session: Session, options: ExportOptions, file: FileText, there: Callable[[str], str]) -> None:
        self._session, self._options, self._file = session, options, file
        self._layouts = Layouts(options, file, there)

    def wanted(
        self, owned: Mapping[str, Owned], papers: Mapping[str, int], found: Survey, changed: Collection[int] | None
    ) -> dict[str, tuple[int, str | None]]:
        """Return each key with its paper and its text, None for a text that is the same as it was written last."""
        asked = needed(found, owned, papers)
        touched = papers if changed is None else (key for key, paper in papers.items() if paper in changed)
        keys = {key: papers[key] for key in (*asked, *touched)}
        result: dict[str, tuple[int, str | None]] = {key: (paper, None) for key, paper in papers.items()}
        for key, text in self.texts(keys):
            one = owned.get(key)
            if key in asked or one is None or not one.marks or livebib.mark(text) != one.marks[0]:
                result[key] = (papers[key], text)
        return self._without_further_names(result)

    def texts(self, keys: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Yield the texts under their keys, one by one, so that memory stays flat."""
        under: dict[int, list[str]] = {}
        for key, paper in keys.items():
            under.setdefault(paper, []).append(key)
        own = {key: paper for paper, key in store.keys_of(self._session, list(under))}
        for entry in exports.entries(self._session, list(under)):
            for key in under[own[entry.key]] if entry.key in own else ():
                yield key, self._text(entry._replace(key=key) if key != entry.key else entry)

    def _text(self, entry: bibwrite.BibEntry) -> str:
        text = bibwrite.entry_text(entry, self._options)
        found = livebib.entries(text)
        if len(found) != 1:
            # A value that holds what looks like an entry: the file would be read wrongly later.
            text = text[:1] + _GLUED.sub(r"\1{@}", text[1:])
            found = livebib.entries(text)
        text = text[found[0].start : found[0].end] if found else text.strip()
        return self._file.fit(self._layouts.fitted(entry, text))

    def _without_further_names(self, wanted: dict[str, tuple[int, str | None]]) -> dict[str, tuple[int, str | None]]:
        """Leave out keys that the entry of their paper answers to itself (biblatex's `ids`)."""
        times = Counter(paper for paper, _text in wanted.values())
        twice = [paper for paper, count in times.items() if count > 1]
        if not twice:
            return wanted
        named: set[str] = set()
        keys = {key: paper for paper, key in store.keys_of(self._session, twice)}
        for _key, text in self.texts(keys):
            named |= other_names(text)
        return {key: one for key, one in wanted.items() if key not in named or key in keys}
