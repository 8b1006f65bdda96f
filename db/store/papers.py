"""Papers as values: table rows, whole papers, and the counts beside the sidebar's entries."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, text

from db.domain.records import (
    Attachment,
    Collection,
    Date,
    Paper,
    PaperRow,
    Person,
    SeenAgain,
    Sighting,
    Source,
    Status,
    Tag,
)
from db.store.origins import labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

BATCH = 500
# Papers that are not live are few: leaving out their list reads no paper's row.
NOT_LIVE = "SELECT id FROM paper WHERE state IN ('trash', 'merged')"
WAITING = text(
    f"SELECT low_id, high_id FROM twin WHERE decision IN ('open', 'later') AND low_id NOT IN ({NOT_LIVE}) "
    f"AND high_id NOT IN ({NOT_LIVE})"
)

UNNAMED = text(
    "SELECT id FROM paper WHERE id IN (SELECT value FROM json_each(:ids)) "
    "AND (authors = '[]' OR year IS NULL OR year_inferred)"
)

# A sighting remembers that its paper had been skipped when the dump showed it again.
WAS_SKIPPED = "json_extract(s.\"values\", '$.skipped') = 1"

ROWS = text(
    "SELECT p.id, p.title, p.authors, p.author_count, p.organization, p.year, p.month, p.day, p.year_inferred, "
    "p.year_evidence, p.status, p.starred, p.rating, p.comments, p.citation_key, p.key_frozen, p.state, p.added_at, "
    "(SELECT count(DISTINCT s.source_id) FROM sighting s WHERE s.paper_id = p.id) AS dumps, "
    "(SELECT count(*) FROM paper_version v WHERE v.paper_id = p.id AND NOT v.removed) AS versions "
    "FROM paper p WHERE p.id IN :ids"
).bindparams(bindparam("ids", expanding=True))
TAGS = text(
    "SELECT pt.paper_id, t.id, t.name, t.colour, t.digit FROM paper_tag pt JOIN tag t ON t.id = pt.tag_id "
    "WHERE pt.paper_id IN :ids ORDER BY t.name_key"
).bindparams(bindparam("ids", expanding=True))
WHOLE = text("SELECT * FROM paper WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))
COLLECTIONS = text(
    "SELECT pc.paper_id, c.id, c.name, c.parent_id FROM paper_collection pc "
    "JOIN collection c ON c.id = pc.collection_id WHERE pc.paper_id IN :ids ORDER BY c.name"
).bindparams(bindparam("ids", expanding=True))
SIGHTINGS = text(
    "SELECT s.paper_id, s.id, s.source_id, o.name, o.kind, s.position, s.line_start, s.line_end "
    "FROM sighting s JOIN source o ON o.id = s.source_id WHERE s.paper_id IN :ids ORDER BY s.id"
).bindparams(bindparam("ids", expanding=True))
SEEN_AGAIN = text(
    "SELECT s.paper_id, o.id, o.name, o.imported_at FROM sighting s JOIN source o ON o.id = s.source_id "
    f"WHERE s.paper_id IN :ids AND {WAS_SKIPPED} ORDER BY o.id DESC"
).bindparams(bindparam("ids", expanding=True))
FILES = text("SELECT paper_id, path, title, mime FROM attachment WHERE paper_id IN :ids ORDER BY id").bindparams(
    bindparam("ids", expanding=True)
)
ALIASES = text("SELECT paper_id, key FROM key_alias WHERE paper_id IN :ids ORDER BY key").bindparams(
    bindparam("ids", expanding=True)
)


def rows(session: Session, ids: Sequence[int]) -> list[PaperRow]:
    """Return what the table paints, in the order of `ids`; missing ids are left out."""
    found: dict[int, PaperRow] = {}
    for batch in _batches(ids):
        tags = _grouped(session, TAGS, batch, _tag)
        read = session.execute(ROWS, {"ids": batch}).all()
        again = _seen_again(session, read)
        for row in read:
            found[row.id] = _table_row(row, tuple(tags[row.id]), again.get(row.id))
    return [found[one] for one in ids if one in found]


def whole(session: Session, ids: Sequence[int]) -> list[Paper]:
    """Return whole papers in the order of `ids`; missing ids are left out."""
    # What knows versions knows all formats, which takes as long as opening a library: rows do without.
    from db.domain.versions import shown
    from db.store import versions

    found: dict[int, Paper] = {}
    for batch in _batches(ids):
        beside = {
            "tags": _grouped(session, TAGS, batch, _tag),
            "collections": _grouped(session, COLLECTIONS, batch, lambda r: Collection(r.id, r.name, r.parent_id)),
            "sightings": _grouped(session, SIGHTINGS, batch, _sighting),
            "attachments": _grouped(session, FILES, batch, lambda r: Attachment(r.path, r.title, r.mime)),
            "key_aliases": _grouped(session, ALIASES, batch, lambda r: r.key),
        }
        known = versions.load(session, batch)
        read = session.execute(WHOLE, {"ids": batch}).all()
        again = _seen_again(session, read)
        for row in read:
            lists = {name: tuple(values[row.id]) for name, values in beside.items()}
            lists["versions"] = tuple(shown(known.get(row.id, ())))
            found[row.id] = _paper(row, lists, again.get(row.id))
    return [found[one] for one in ids if one in found]


def authors_text(authors: Sequence[Person], author_count: int | None, organization: str | None) -> str:
    """Return authors in short: names, else how many there are, else the organisation, else nothing."""
    if authors:
        names = [one.family for one in authors]
        if len(names) > 3:
            return f"{names[0]} et al."
        return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    if author_count is not None:
        return "1 author" if author_count == 1 else f"{author_count} authors"
    return organization or ""


def unnamed(session: Session, ids: Sequence[int]) -> list[int]:
    """Return those of the papers whose authors nobody named, or whose year nobody stated, in their order."""
    found = set(session.execute(UNNAMED, {"ids": json.dumps(list(ids))}).scalars())
    return [one for one in ids if one in found]


def live(session: Session) -> int:
    """Return how many papers there are outside the trash."""
    return int(session.execute(text("SELECT count(*) FROM paper WHERE state = 'live'")).scalar_one())


def waiting_pairs(session: Session) -> list[tuple[int, int]]:
    """Return the pairs of papers that wait for a person."""
    return [(low, high) for low, high in session.execute(WAITING)]


def gone(session: Session) -> tuple[int, int]:
    """Return how many papers are in the trash or merged, and the sum of their ids."""
    found = session.execute(text(f"SELECT count(*), coalesce(sum(id), 0) FROM ({NOT_LIVE}) gone")).one()
    return int(found[0]), int(found[1])


def counts(session: Session) -> dict[str, int]:
    """Return how many papers there are, by the sidebar's entries; each is counted in an index."""
    live = "(SELECT count(*) FROM paper WHERE state = 'live'"
    found = session.execute(
        text(
            f"SELECT {live}) AS \"all\", {live} AND status = 'unread') AS unread, "
            f"{live} AND starred = TRUE) AS starred, {live} AND year_inferred = TRUE) AS inferred, "
            "(SELECT count(*) FROM paper WHERE state = 'trash') AS trash"
        )
    )
    return dict(found.mappings().one())


def tags(session: Session) -> list[Tag]:
    """Return all tags by name, with the number of live papers."""
    found = session.execute(
        text(
            "SELECT t.id, t.name, t.colour, (SELECT count(*) FROM paper_tag pt "
            f" WHERE pt.tag_id = t.id AND pt.paper_id NOT IN ({NOT_LIVE})), t.digit FROM tag t ORDER BY t.name_key"
        )
    )
    return [Tag(*row) for row in found]


def tagged_below(session: Session, held: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """Return how many live papers have any of the tags of each group, each paper once."""
    names = list(held)
    pairs = [(at, tag_id) for at, name in enumerate(names) for tag_id in held[name]]
    found = session.execute(
        text(
            "SELECT json_extract(g.value, '$[0]') AS at, count(DISTINCT pt.paper_id) FROM json_each(:pairs) AS g "
            "JOIN paper_tag pt ON pt.tag_id = json_extract(g.value, '$[1]') "
            f"WHERE pt.paper_id NOT IN ({NOT_LIVE}) GROUP BY at"
        ),
        {"pairs": json.dumps(pairs)},
    )
    return {names[at]: int(number) for at, number in found}


def collections(session: Session) -> list[Collection]:
    """Return all collections by name, with the number of live papers."""
    found = session.execute(
        text(
            "SELECT c.id, c.name, c.parent_id, (SELECT count(*) FROM paper_collection pc "
            f" WHERE pc.collection_id = c.id AND pc.paper_id NOT IN ({NOT_LIVE})) "
            "FROM collection c ORDER BY lower(c.name), c.id"
        )
    )
    return [Collection(*row) for row in found]


def sources(session: Session) -> list[Source]:
    """Return all sources, newest first, with the number of live papers and issues."""
    found = session.execute(
        text(
            "SELECT o.id, o.name, o.kind, o.path, o.sha256, o.format, o.dialect, o.encoding, o.imported_at, o.lines, "
            "o.records, coalesce(n.papers, 0), (SELECT count(*) FROM issue i WHERE i.source_id = o.id), "
            "o.render_year, o.render_year_evidence, o.year_override, o.search, o.reader FROM source o LEFT JOIN "
            "(SELECT source_id, count(*) AS papers FROM (SELECT DISTINCT paper_id, source_id FROM sighting "
            f" WHERE paper_id NOT IN ({NOT_LIVE})) shown GROUP BY source_id) n ON n.source_id = o.id ORDER BY o.id DESC"
        )
    )
    return [Source(*row) for row in found]


def _tag(row: Row[Any]) -> Tag:
    return Tag(row.id, row.name, row.colour, digit=row.digit)


def _batches(ids: Sequence[int]) -> Iterable[list[int]]:
    return (list(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def _grouped(session: Session, statement: Any, ids: list[int], make: Any) -> defaultdict[int, list[Any]]:
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session.execute(statement, {"ids": ids}):
        groups[row.paper_id].append(make(row))
    return groups


def _people(stored: str | None) -> tuple[Person, ...]:
    return tuple(Person(*name) for name in json.loads(stored or "[]"))


def _date(row: Row[Any]) -> Date:
    return Date(row.year, row.month, row.day, bool(row.year_inferred), row.year_evidence)


def _seen_again(session: Session, papers: Sequence[Row[Any]]) -> dict[int, SeenAgain]:
    """Return, of papers that are skipped, the newest dump that showed them again."""
    skipped = [row.id for row in papers if row.status == Status.SKIPPED]
    if not skipped:
        return {}
    found = _grouped(session, SEEN_AGAIN, skipped, lambda r: SeenAgain(r.id, r.name, r.imported_at))
    return {paper_id: dumps[0] for paper_id, dumps in found.items()}


def _table_row(row: Row[Any], tags: tuple[Tag, ...], seen_again: SeenAgain | None) -> PaperRow:
    return PaperRow(
        id=row.id,
        title=row.title,
        authors=authors_text(_people(row.authors), row.author_count, row.organization),
        date=_date(row),
        status=Status(row.status),
        starred=bool(row.starred),
        rating=row.rating,
        comments=row.comments,
        dumps=row.dumps,
        citation_key=row.citation_key,
        key_frozen=bool(row.key_frozen),
        in_trash=row.state == "trash",
        added_at=row.added_at,
        tags=tags,
        seen_again=seen_again,
        versions=row.versions,
    )


def _sighting(row: Row[Any]) -> Sighting:
    return Sighting(row.id, row.source_id, row.name, row.kind, row.position, row.line_start, row.line_end)


SAME = (
    "id version title abstract author_count organization organization_slug month_day comments upvotes arxiv_id doi "
    "venue entry_type citation_key rating notes added_at"
).split()
"""Columns that are fields of a Paper under the same name and type."""


def _paper(row: Row[Any], beside: dict[str, Any], seen_again: SeenAgain | None) -> Paper:
    return Paper(
        **{name: getattr(row, name) for name in SAME},
        abstract_truncated=bool(row.abstract_truncated),
        authors=_people(row.authors),
        date=_date(row),
        urls=tuple(json.loads(row.urls or "[]")),
        fields=json.loads(row.fields or "{}"),
        key_frozen=bool(row.key_frozen),
        status=Status(row.status),
        starred=bool(row.starred),
        in_trash=row.state == "trash",
        seen_again=seen_again,
        **beside,
        origins=labels(row, beside["sightings"]),
    )
