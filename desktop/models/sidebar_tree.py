"""What the sidebar lists, as plain values: sections, their entries, and a hint where a section is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from desktop.models.scope import numbered, term
from desktop.models.sidebar_entry import Entry, Kind
from desktop.models.sidebar_searches import SearchLines

if TYPE_CHECKING:
    from db.domain.records import Collection, Source, TagBranch
    from db.services.reading import Sidebar


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sidebar", text)


def sections(data: Sidebar | None) -> list[Entry]:
    """Return the five sections of the sidebar; without data they are empty, and without hints."""
    searches = SearchLines(data)
    return [
        Entry(Kind.SECTION, "library", _tr("Library"), inside=_lists(data)),
        _section("collections", _tr("Collections"), _collections(data, searches), data),
        _section("searches", _tr("Searches"), searches.at_top(), data),
        _section("tags", _tr("Tags"), [_tag(one) for one in data.tree] if data else [], data),
        _section("dumps", _tr("Dumps"), [_dump(one) for one in data.sources] if data else [], data),
    ]


def _section(key: str, label: str, entries: list[Entry], data: Sidebar | None) -> Entry:
    hints = {
        "collections": _tr("Press +, then drag papers in."),
        "searches": _tr("Press + to keep a search."),
        "tags": _tr("Press T on a paper to tag it."),
        "dumps": _tr("Files you import are listed here."),
    }
    if data is not None and not entries:
        entries = [Entry(Kind.HINT, f"{key}/hint", hints[key], tip=hints[key])]
    return Entry(Kind.SECTION, key, label, inside=entries)


def _lists(data: Sidebar | None) -> list[Entry]:
    counts = (data.all, data.unread, data.starred, data.review, None, None, data.trash) if data else (None,) * 7
    names = (
        ("all", _tr("All papers"), ""),
        ("unread", _tr("Unread"), "is:unread"),
        ("starred", _tr("Starred"), "is:starred"),
        ("review", _tr("To review"), "is:review"),
        ("published", _tr("Published"), "is:published"),
        ("preprint", _tr("Only a preprint"), "is:preprint"),
        ("trash", _tr("Trash"), "is:trash"),
    )
    tips = {
        "published": _tr("A published version exists"),
        "preprint": _tr("No published version is known"),
    }
    # Which version each paper is takes too long to be looked up with every change.
    later = data is not None
    return [
        Entry(Kind.LIST, key, label, search, count, tip=tips.get(key, ""), counted_later=later and count is None)
        for (key, label, search), count in zip(names, counts, strict=True)
    ]


def _collections(data: Sidebar | None, searches: SearchLines) -> list[Entry]:
    if data is None:
        return []
    inside: dict[int | None, list[Collection]] = {}
    known = {one.id for one in data.collections}
    for one in data.collections:
        inside.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)

    def branch(parent: int | None) -> list[Entry]:
        return [
            _collection(one, branch(one.id) + searches.in_collection(one.id, one.name))
            for one in inside.get(parent, [])
        ]

    return branch(None)


def _collection(one: Collection, inside: list[Entry]) -> Entry:
    return Entry(
        Kind.COLLECTION,
        f"collection/{one.id}",
        one.name,
        term("collection", one.name),
        one.count,
        one.id,
        tip=one.name,
        inside=inside,
    )


def _tag(one: TagBranch) -> Entry:
    tag = one.tag
    tips = [one.name] if tag else [_tr("All tags inside {name}").format(name=one.name)]
    if tag and tag.digit:
        tips.append(_tr("Press {digit} on papers to give or take it").format(digit=tag.digit))
    return Entry(
        Kind.TAG,
        f"tag/{tag.id}" if tag else f"tags/{one.name.casefold()}",
        one.label,
        term("tag", one.name),
        one.count,
        tag.id if tag else None,
        tag.colour if tag else None,
        tip="\n".join(tips),
        name=one.name,
        digit=tag.digit if tag else None,
        inside=[_tag(branch) for branch in one.inside],
    )


def _dump(one: Source) -> Entry:
    when = QDateTime.fromString(one.imported_at, Qt.DateFormat.ISODate).toLocalTime()
    day = QLocale().toString(when.date(), "d MMM") if when.isValid() else ""
    tips = [one.name, one.path, _tr("Imported {day}").format(day=day) if day else ""]
    if one.search:
        tips.append(_tr("Searched for: {search}").format(search=one.search))
    year = one.year_override or one.render_year
    if year:
        tips.append(_tr("Year: {year}").format(year=year))
    if one.encoding.endswith("(guessed)"):
        tips.append(_tr("How its letters are encoded is a guess: check the accents"))
    return Entry(
        Kind.DUMP,
        f"dump/{one.id}",
        one.name,
        numbered("dump", one.id),
        one.papers,
        one.id,
        detail=day,
        tip="\n".join(part for part in tips if part),
    )
