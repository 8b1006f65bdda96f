"""Suggesting tags for papers, each with its reason; accepting them, and refusing them for good."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.domain.tags import likeness
from db.domain.tags.nesting import is_inside, parents
from db.domain.terms import telling, words
from db.services.progress import Progress, Report, silent
from db.services.wording import papers
from db.store import papers as stored
from db.store import tags, terms

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from db.domain.records import Tag
    from db.domain.tags.likeness import Known, Suggestion
    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.sessions import Session

MOST_PAPERS = 200
"""Papers that are looked at in one go."""
WORDS = 40
"""Words of a paper that are looked up."""
COMMON = 8
"""A word that more than one in so many papers says tells little, and takes long to look up."""
FEW = 200
"""In a small library a word may be in so many papers and still tell something."""
LABEL = "Looking for tags that fit"

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Offer:
    """A tag that may fit a paper, why, and how well (0 to 1)."""

    paper_id: int
    title: str
    tag: Tag
    reason: str
    strength: float

    @property
    def pair(self) -> Pair:
        """The ids of paper and tag."""
        return self.paper_id, self.tag.id


@dataclass(frozen=True, slots=True)
class Offers:
    """What may fit some papers, the strongest of each first; `looked_at` of the papers asked for were looked at."""

    offers: tuple[Offer, ...]
    looked_at: int
    asked: int


def suggest(library: Library, ids: Sequence[int], report: Report = silent) -> Offers:
    """Return tags that fit papers, of the first 200 of them; `report` may cancel."""
    with library.reading() as session:
        known_tags = {tag.id: tag for tag in stored.tags(session)}
        numbers = {tag.name.casefold(): tag.id for tag in known_tags.values()}
        texts = terms.texts(session, ids[:MOST_PAPERS])
        reader = _Reader(session, likeness.Known(terms.tags_of(session), stored.counts(session)["all"]))
        refused = terms.refused(session, texts)
        offers: list[Offer] = []
        for done, (paper_id, (title, abstract)) in enumerate(texts.items()):
            report(Progress(done, len(texts), LABEL))
            own = set(reader.known.tags_of.get(paper_id, ()))
            without = own | refused.get(paper_id, set()) | _implied(own, known_tags, numbers)
            found = reader.suggest(paper_id, title, abstract, without)
            titles = terms.texts(session, [one.example for one in found if one.example])
            offers += [
                Offer(paper_id, title, known_tags[one.tag], _reason(one, titles), one.strength)
                for one in _innermost(found, known_tags)
            ]
    return Offers(tuple(offers), len(texts), len(ids))


def accept(library: Library, pairs: Sequence[Pair]) -> Changes:
    """Give papers tags, (paper, tag), as one step; a tag that is gone by now is passed over."""
    wanted: dict[int, list[int]] = {}
    for paper_id, tag_id in dict.fromkeys(pairs):
        wanted.setdefault(tag_id, []).append(paper_id)
    concerned = len({paper_id for paper_id, _tag in pairs})
    with library.writing(f"Accept suggested tags of {papers(concerned)}") as write:
        known = tags.names(write.session)
        for tag_id, ids in wanted.items():
            if tag_id in known:
                tags.add(write.session, tag_id, ids)
    return write.changes


def refuse(library: Library, pairs: Sequence[Pair]) -> Changes:
    """Do not offer tags, (paper, tag), for these papers again."""
    concerned = len({paper_id for paper_id, _tag in pairs})
    with library.writing(f"Refuse suggested tags of {papers(concerned)}") as write:
        known = tags.names(write.session)
        live = terms.texts(write.session, list(dict.fromkeys(paper_id for paper_id, _tag in pairs)))
        terms.refuse(write.session, [pair for pair in pairs if pair[0] in live and pair[1] in known])
    return write.changes


class _Reader:
    """Looks words up once for all papers."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self.known = known
        self._most = max(FEW, known.papers // COMMON)
        self._said: dict[str, array[int] | None] = {}

    def suggest(self, paper_id: int, title: str, abstract: str, without: set[int]) -> list[Suggestion]:
        """Return what fits one paper; words as it writes them."""
        own = words(title, abstract)
        said = {}
        for root in telling(own, WORDS):
            if root not in self._said:
                self._said[root] = terms.saying(self._session, own[root].forms, self._most)
            found = self._said[root]
            if found is not None:
                said[root] = found
        suggested = likeness.suggest(paper_id, said, self.known, without)
        return [replace(one, word=own[one.word].label if one.word else "") for one in suggested]


def _implied(own: set[int], known: dict[int, Tag], numbers: dict[str, int]) -> set[int]:
    """Return the tags that those of a paper are inside of; `numbers` are the tags by their names."""
    outer = {name.casefold() for one in own if one in known for name in parents(known[one].name)}
    return {numbers[name] for name in outer if name in numbers}


def _innermost(found: Sequence[Suggestion], known: dict[int, Tag]) -> list[Suggestion]:
    """Leave out a tag when one inside it fits as well."""
    names = [known[one.tag].name for one in found if one.tag in known]
    return [
        one for one in found if one.tag in known and not any(is_inside(name, known[one.tag].name) for name in names)
    ]


def _reason(one: Suggestion, titles: dict[int, tuple[str, str]]) -> str:
    parts = []
    if one.word:
        parts.append(f"{one.saying:,} of {papers(one.tagged)} with this tag say “{one.word}”")
    if one.having:
        such = f", such as “{titles[one.example][0]}”" if one.example in titles else ""
        parts.append(f"{one.having} of the {one.alike} most similar papers have it{such}")
    return "; ".join(parts)
