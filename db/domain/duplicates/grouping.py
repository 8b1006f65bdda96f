"""All likely pairs of many records, and the sets that they form."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from db.domain.duplicates.blocking import blocking_keys
from db.domain.duplicates.comparing import compare
from db.domain.duplicates.evidence import bare_arxiv, bare_doi
from db.domain.records import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.domain.duplicates.candidate import Candidate, Score

_BLOCK_CAP = 60  # a key shared by more records tells little; each is compared with its neighbours only
_NEIGHBOURS = 8
_CHECKED = 2_000  # cross pairs compared before two big sets are believed to agree


def pairs(items: Iterable[tuple[int, Candidate]]) -> Iterator[tuple[int, int, Score]]:
    """Yield (id, id, score) for every pair of records that is *same* or *maybe*, smaller place first."""
    ids: list[int] = []
    records: list[Candidate] = []
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for place, (identifier, candidate) in enumerate(items):
        ids.append(identifier)
        records.append(candidate)
        for key in blocking_keys(candidate.title, candidate.abstract):
            blocks[key].append(place)
        for stated in (bare_arxiv(candidate.arxiv_id), bare_doi(candidate.doi)):
            if stated:
                blocks[hash(stated)].append(place)  # of this process only
    for a, b in sorted(_meetings(blocks)):
        score = compare(records[a], records[b])
        if score.verdict is not Verdict.DIFFERENT:
            yield ids[a], ids[b], score


def _meetings(blocks: Mapping[int, list[int]]) -> set[tuple[int, int]]:
    met: set[tuple[int, int]] = set()
    for members in blocks.values():
        reach = len(members) if len(members) <= _BLOCK_CAP else _NEIGHBOURS
        for at, a in enumerate(members):
            met.update((a, b) for b in members[at + 1 : at + 1 + reach])
    return met


def groups(candidates: Mapping[int, Candidate], scored: Iterable[tuple[int, int, Score]]) -> list[tuple[int, ...]]:
    """Return the sets of two or more ids that are one work, each sorted, best pairs joined first.

    Only *same* pairs join, and two sets never join when any pair across them is contradicted or different.
    """
    home: dict[int, list[int]] = {}
    known = {(min(a, b), max(a, b)): score for a, b, score in scored}
    same = [(score.score, a, b) for (a, b), score in known.items() if score.verdict is Verdict.SAME]
    for _, a, b in sorted(same, key=lambda item: (-item[0], item[1], item[2])):
        left, right = home.get(a, [a]), home.get(b, [b])
        if left is right or not _agree(candidates, known, left, right):
            continue
        joined = left + right
        home.update((member, joined) for member in joined)
    unique = {id(members): tuple(sorted(members)) for members in home.values()}
    return sorted(unique.values())


def _agree(
    candidates: Mapping[int, Candidate], known: Mapping[tuple[int, int], Score], left: list[int], right: list[int]
) -> bool:
    crossing = ((x, y) for x in left for y in right)
    for _, (x, y) in zip(range(_CHECKED), crossing, strict=False):
        score = known.get((min(x, y), max(x, y))) or compare(candidates[x], candidates[y])
        if score.contradicts or score.verdict is Verdict.DIFFERENT:
            return False
    return True
