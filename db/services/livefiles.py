"""Live .bib files: a file of a LaTeX project that follows a collection, a search, or what a document cites.

Sheaf owns the entries in it that it wrote, and leaves every other byte alone. The file is written on a real change
only. A failure of the file is a state with a reason, never an exception; a failure of the library is a LibraryError.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.services import livefollow, livewriting
from db.services.changes import Changes
from db.services.livefollow import Follow, of_collection, of_document, of_keys, of_search
from db.services.liveplan import Ask, Work, digest, options_of, plan
from db.services.livewatch import leads_to, looks, seen, watched
from db.services.wording import storable
from db.store import addedkeys, frozen
from db.store import livefiles as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from db.domain.formats.bibwrite import ExportOptions
    from db.domain.livebib import Question
    from db.services.library import Library
    from db.services.livewatch import Seen
    from db.store.sessions import Session

__all__ = [
    "Follow",
    "LiveFile",
    "Updated",
    "attach",
    "change",
    "check",
    "detach",
    "files",
    "of_collection",
    "of_document",
    "of_keys",
    "of_search",
    "seen",
    "touched_by",
    "update",
    "watched",
]
NOTHING = Changes("")
WRITTEN, PENDING, FAILED = "written", "pending", "failed"
AS_NEW = {"state": PENDING, "reason": "", "digest": ""}
ATTEMPTS = 3
WITHOUT_IDS = frozenset({"tag", "saved_search", "source", "setting", "step"})
"""Parts of a library that entries are made from and whose change names no papers: a tag's name is a keyword."""


@dataclass(frozen=True, slots=True)
class LiveFile:
    """A file that follows papers, how it stands, and why. `written_at` is ISO 8601 in UTC, None before the first time.

    `questions` counts entries that wait for the person: edited by hand, taken out, or of her own under the same key.
    """

    id: int
    path: str
    follow: Follow
    options: ExportOptions
    state: str
    reason: str
    written_at: str | None
    entries: int
    questions: int

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return Path(self.path).name

    @property
    def paths(self) -> list[Path]:
        """The file, and the one that says what it follows: what can be watched before either is read."""
        return [Path(self.path), *livefollow.root(self.follow)]


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did, or would do: keys of entries, and the questions that are left."""

    file: LiveFile
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    changes: Changes = NOTHING
    seen: Seen = field(default_factory=dict)
    """The file, and those that say what it follows, as they looked when they were read or written."""

    @property
    def is_new(self) -> bool:
        """Whether the file's text changes."""
        return bool(self.added or self.changed or self.removed)


def files(library: Library) -> list[LiveFile]:
    """Return the attached files by path."""
    with library.reading() as session:
        return [_live(row) for row in store.files(session)]


def _live(row: Mapping[str, Any]) -> LiveFile:
    follow = Follow(row["kind"], row["value"], row["name"])
    names = ("id", "path", "state", "reason", "written_at", "entries", "questions")
    return LiveFile(follow=follow, options=options_of(row["options"]), **{name: row[name] for name in names})


def attach(library: Library, path: Path | str, follow: Follow, options: ExportOptions) -> Updated:
    """Let a file follow papers, and write it for the first time; LibraryError when it does so already.

    Entries of the file that say what the library says become Sheaf's; others under the key of a paper are asked about.
    A file that was carried here from where it followed before is still that file, with what is known of its entries.
    """
    file = livewriting.clean(path)
    if not file.name or file.suffix.lower() != ".bib":
        raise LibraryError(f"{file.name or file} is not the name of a .bib file. Nothing was attached.")
    if storable(str(file)) != str(file):
        raise LibraryError("The name of this file holds characters that cannot be stored. Give it another name.")
    livefollow.check(follow)
    with library.writing(f"Attach {file.name}", journalled=False) as write:
        attached = store.files(write.session)
        for row in attached:
            if leads_to(Path(row["path"])) == leads_to(file):
                raise LibraryError(f"{file} follows {row['name']} already. Detach it first to let it follow another.")
        values: dict[str, Any] = {"path": str(file), "kind": follow.kind, "value": follow.value, "name": follow.name}
        values["options"] = asdict(options)
        file_id = _carried(attached, file)
        if file_id is None:
            file_id = store.add(write.session, values)
        else:
            store.change(write.session, file_id, values | AS_NEW)
    return update(library, file_id, by_hand=True)


def _carried(attached: Sequence[Mapping[str, Any]], file: Path) -> int | None:
    """Return the attached file that was moved to this place: what was written is here, and nothing where it stood."""
    try:
        data = livewriting.read(file)
    except livewriting.RefusedError:
        return None  # the first update says why
    here = "" if data is None else digest(data)
    same = [row["id"] for row in attached if here and row["digest"] == here and not Path(row["path"]).exists()]
    return same[0] if same else None


def change(library: Library, file_id: int, follow: Follow, options: ExportOptions) -> Updated:
    """Let an attached file follow something else, or be written otherwise, and write Sheaf's own entries anew.

    Everything else in the file stays, and entries that the person changed are asked about as always.
    """
    livefollow.check(follow)
    with library.writing("Change a .bib file", journalled=False) as write:
        store.get(write.session, file_id)
        values = {"kind": follow.kind, "value": follow.value, "name": follow.name, "options": asdict(options)}
        # Pending: should this end before the file is written, the next update looks at all of it.
        store.change(write.session, file_id, values | AS_NEW)
    return update(library, file_id, by_hand=True)


def detach(library: Library, file_id: int) -> None:
    """Let a file go: what stands in it stays, and is the person's own from now on."""
    with library.writing("Detach a .bib file", journalled=False) as write:
        store.drop(write.session, file_id)


def touched_by(changes: Changes) -> Set[int] | None:
    """Return the papers whose entries a change may alter, None when nobody knows which."""
    return None if changes.ids is None or changes.parts & WITHOUT_IDS else changes.ids


def check(library: Library, file_id: int) -> Updated:
    """Return what an update by hand would do now, and every question; nothing is changed."""
    with library.reading() as session:
        row = store.get(session, file_id)
        try:
            return _said(row, plan(session, row, Ask(by_hand=True)))
        except (livewriting.RefusedError, livefollow.LostError) as error:
            return Updated(_live({**row, "state": FAILED, "reason": error.message}))


def update(
    library: Library,
    file_id: int,
    *,
    changed: Set[int] | None = None,
    by_hand: bool = False,
    answers: Mapping[str, str] | None = None,
) -> Updated:
    """Bring a file up to date; its `state` says whether that went well.

    `changed` are the papers that changed since the last update (None: look at all). `by_hand` says that the person
    asked for it: then a file that is gone is made anew, and one that follows nothing any more is emptied. `answers`
    are keys of entries to be replaced by the library's, with the mark of what the person saw in their place.
    """
    for attempt in range(ATTEMPTS):
        with library.reading() as session:
            row = store.get(session, file_id)
            # What a failed update did not write is not in `changed` any more.
            ask = Ask(changed if row["state"] == WRITTEN else None, answers, by_hand)
            try:
                work = plan(session, row, ask)
            except (livewriting.RefusedError, livefollow.LostError) as error:
                failure: LibraryError = error
                break
        try:
            return _write(library, row, work)
        except livewriting.ChangedError as error:
            failure = error
            if attempt + 1 < ATTEMPTS:
                continue
        except livewriting.RefusedError as error:
            failure = error
            break
    state = PENDING if isinstance(failure, livewriting.ChangedError) else FAILED
    file = _note(library, row, {"state": state, "reason": failure.message})
    return Updated(file, seen={**looks(Path(file.path)), **seen(file.paths)})


def _write(library: Library, row: dict[str, Any], work: Work) -> Updated:
    """Write a plan, freeze the keys that leave the library with it, and note how the file stands."""
    said = _said(row, work)
    is_written = work.data != work.before
    if not work.is_new:
        return replace(said, file=_note(library, row, _state(row, work, is_written=False)))
    with library.writing(f"Update {Path(row['path']).name}", journalled=False) as write:
        session = write.session
        _check_keys(session, work)
        ids = [work.papers[key] for key in work.keys]
        addedkeys.hand_out(session, work.keys)
        if options_of(row["options"]).profile == "biblatex":  # each entry names all keys of its paper
            addedkeys.hand_out_of(session, ids)
        fresh = frozen.freeze(session, ids)
        store.set_owned(session, row["id"], work.owned, work.plan.owned)
        state = _state(row, work, is_written=is_written)
        store.change(session, row["id"], state)
        if is_written:
            # The file is in place before this is committed: a key that is out is never lost, and an entry that is
            # not known to be Sheaf's is taken over the next time, for it says what the library says.
            livewriting.replace(Path(row["path"]), work.data, work.before)
    changes = write.changes
    if fresh:
        changes = replace(changes, parts=frozenset({"paper"}), ids=frozenset(fresh), step=None)
    whole = sum(not one.left for one in work.plan.owned.values())
    entries = whole if work.is_whole else row["entries"]
    file = _live({**row, **state, "entries": entries})
    stands = {**work.seen, **looks(Path(row["path"]))} if is_written else work.seen
    return replace(said, file=file, changes=changes, seen=stands)


def _check_keys(session: Session, work: Work) -> None:
    """Another program may have moved a key since the plan was made."""
    known = store.by_key(session, work.keys)
    if any(known.get(key) != work.papers[key] for key in work.keys):
        raise livewriting.ChangedError("the library changed meanwhile; Sheaf tries again")


def _state(row: Mapping[str, Any], work: Work, *, is_written: bool) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    at = now if is_written or row["written_at"] is None else row["written_at"]
    asked, bytes_ = len(work.plan.questions), digest(work.data)
    stands = {"state": WRITTEN, "reason": "", "written_at": at}
    return stands | {"questions": asked, "digest": bytes_, "name": work.base.follow.name}


def _note(library: Library, row: dict[str, Any], state: dict[str, Any]) -> LiveFile:
    """Note how a file stands, where that is not known yet."""
    if any(row[name] != value for name, value in state.items()):
        with library.writing(f"Note how {Path(row['path']).name} stands", journalled=False) as write:
            store.change(write.session, row["id"], state)
    return _live({**row, **state})


def _said(row: Mapping[str, Any], work: Work) -> Updated:
    made = work.plan
    return Updated(
        _live({**row, "questions": len(made.questions)}),
        tuple(made.added),
        tuple(made.changed),
        tuple(made.removed),
        tuple(made.released),
        tuple(made.questions),
        seen=work.seen,
    )
