"""What years of use leave in a library of invented papers: dumps, names, dates, tags, marks, versions, doubts.

All of it comes from dice of its own, so that the papers themselves are the same with and without.
"""

from __future__ import annotations

import random
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from db.store import imports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    Row = dict[str, Any]

TAGS = (
    "dpo rlhf agents diffusion scaling alignment vision robotics audio theory safety to-read evaluation datasets maths "
    "code retrieval tokenizers long-context quantisation pruning distillation moe attention optimisers video 3d graphs "
    "biology chemistry climate law medicine education games planning memory tools prompting interpretability bias "
    "privacy watermarks speech translation tables time-series causality bayes kernels compilers hardware inference "
    "serving survey baseline classic thesis chapter-2 chapter-3 cite-me ask-anna reproduce"
).split()
COLLECTIONS = "Thesis,Reading group,Related work,Rebuttal,Course notes,Baselines,Proposal,Ideas,Slides,Old".split(",")
ORGANISATIONS = "Lantern Labs,Institute of Tides,Copper University,Saffron AI,Quartz Research,Ember,Loom".split(",")
VENUES = "NeurIPS,ICML,ICLR,ACL,CVPR,Journal of Made-up Pages,Transactions on Tides".split(",")
FAMILIES = 8_000
SEEN_TWICE, DOUBTS = 0.06, 0.0004
STATUSES, SHARES = ("unread", "read", "skipped", "reading"), (62, 26, 10, 2)
TABLES = imports.TABLES


class Use:
    """Adds to batches of papers, each of which is one dump."""

    def __init__(self) -> None:
        self._dice = random.Random(11)
        self._tags = list(accumulate(1 / (n + 2) for n in range(len(TAGS))))
        self._families = list(accumulate(1 / (n + 30) for n in range(FAMILIES)))
        syllables = "an ber co del es fu gar hin ito jo kim lee mar ng oz pe qui ra sun tan wu xi yam zh".split()
        self._names = ["".join(self._dice.choices(syllables, k=2 + n % 2)).title() for n in range(FAMILIES)]
        self._sources = self._sightings = 0

    def dump(self, session: Session, papers: Sequence[Row]) -> None:
        """Add a dump to the library and what it says to the papers."""
        if not self._sources:
            _groups(session)
        self._sources += 1
        number = self._sources
        at = f"20{20 + number // 60:02d}-{number // 5 % 12 + 1:02d}-{number % 28 + 1:02d}T08:00:00.000000+00:00"
        source = {
            "id": number, "kind": "dump", "name": f"dump-{number:03}.txt", "path": "", "bytes": 1_700 * len(papers),
            "sha256": sha256(str(number).encode()).hexdigest(), "format": "invented", "dialect": "",
            "encoding": "utf-8", "imported_at": at, "lines": 6 * len(papers),
            "records": len(papers), "record_lines": 6 * len(papers),
            "furniture_lines": 0, "blank_lines": 0, "issue_lines": 0, "render_year": 2025, "render_year_evidence": "",
            "year_override": None, "search": "", "reader": 1,
        }  # fmt: skip
        session.execute(insert(TABLES["source"]), [source])
        for paper in papers:
            paper["added_at"] = at
            self._told(paper)
            self._judged(paper)

    def _told(self, paper: Row) -> None:
        dice = self._dice
        chance = dice.random()
        if chance < 0.6:
            families = dice.choices(self._names, cum_weights=self._families, k=dice.choice((1, 2, 3, 3, 4, 5, 7, 12)))
            paper["authors"] = [[family, f"{dice.choice('ABCDEFGHJKLMR')}."] for family in families]
        else:
            paper["authors"] = []
            paper["author_count"] = dice.randint(1, 40) if chance < 0.9 else None
        if dice.random() < 0.2:
            paper["organization"] = dice.choice(ORGANISATIONS)
        if dice.random() < 0.05:
            paper["year"] = None
        else:
            paper["month"], paper["day"] = dice.randint(1, 12), dice.randint(1, 28) if dice.random() < 0.7 else None
            paper["year_inferred"] = dice.random() < 0.1
        paper["comments"] = int(dice.paretovariate(0.9)) if dice.random() < 0.5 else None
        paper["upvotes"] = dice.randint(0, 90)
        if dice.random() < 0.65:
            paper["arxiv_id"] = f"{dice.randint(10, 25)}{dice.randint(1, 12):02d}.{paper['id'] % 100_000:05d}"
        if dice.random() < 0.3:
            paper["venue"], paper["entry_type"] = dice.choice(VENUES), "inproceedings"
            paper["doi"] = f"10.9999/made.{paper['id']}" if dice.random() < 0.6 else None

    def _judged(self, paper: Row) -> None:
        dice = self._dice
        paper["status"] = dice.choices(STATUSES, SHARES)[0]
        paper["starred"], paper["rating"] = dice.random() < 0.05, dice.randint(1, 5) if dice.random() < 0.08 else 0
        paper["key_frozen"] = dice.random() < 0.03
        paper["state"] = "trash" if dice.random() < 0.002 else "live"
        if dice.random() < 0.02:
            paper["notes"] = f"Compare with page {dice.randint(1, 30)}; ask about the ablation."

    def beside(self, session: Session, papers: Sequence[Row]) -> None:
        """Add what hangs on papers that are stored: sightings, tags, collections, versions, doubts."""
        dice, sightings, tagged, filed, versions = self._dice, [], [], [], []
        for position, paper in enumerate(papers, start=1):
            number = paper["id"]
            earlier = {dice.randint(1, self._sources)} if dice.random() < SEEN_TWICE else set()
            for source in sorted({self._sources} | earlier):
                self._sightings += 1
                line = position * 6
                sightings.append(
                    {
                        "id": self._sightings, "paper_id": number, "source_id": source, "position": position,
                        "line_start": line, "line_abstract": line + 2, "line_end": line + 5,
                        "values": {"comments": paper["comments"], "upvotes": paper["upvotes"]},
                    }
                )  # fmt: skip
            if dice.random() < 0.25:
                chosen = dice.choices(range(1, len(TAGS) + 1), cum_weights=self._tags, k=dice.randint(1, 3))
                tagged += [{"paper_id": number, "tag_id": tag} for tag in sorted(set(chosen))]
            if dice.random() < 0.03:
                filed.append({"paper_id": number, "collection_id": dice.randint(1, len(COLLECTIONS))})
            if paper["venue"] and paper["arxiv_id"] and dice.random() < 0.1:
                told = {"paper_id": number, "title": paper["title"], "year": paper["year"]}
                versions.append({**told, "kind": "preprint", "arxiv_id": paper["arxiv_id"], "venue": None})
                versions.append({**told, "kind": "published", "arxiv_id": None, "venue": paper["venue"]})
        imports.add_sightings(session, sightings)
        doubts = [(one, one + 1) for one in (p["id"] for p in papers[:-1]) if dice.random() < DOUBTS]
        imports.add_twins(session, {pair: {"verdict": "maybe", "score": 0.8, "why": []} for pair in doubts})
        for name, rows in (("paper_tag", tagged), ("paper_collection", filed), ("paper_version", versions)):
            if rows:
                session.execute(insert(TABLES[name]), rows)


def _groups(session: Session) -> None:
    tags = [{"id": n, "name": name, "name_key": name.casefold(), "colour": n % 8} for n, name in enumerate(TAGS, 1)]
    session.execute(insert(TABLES["tag"]), tags)
    named = [{"id": n, "name": name, "parent_id": 1 if n > 7 else None} for n, name in enumerate(COLLECTIONS, 1)]
    session.execute(insert(TABLES["collection"]), named)
