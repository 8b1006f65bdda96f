"""A digest's short abstract gives way to the whole one, whichever comes first."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from db.domain.duplicates import Candidate, blocking_keys, compare
from db.domain.records import Verdict
from db.services import importing, reading, searching
from db.services.library import Library
from db.services.progress import silent

TITLE = "Paper Boats: Folding Long Contexts into Small Harbours"
ABSTRACT = (
    "Folding long contexts into small models remains a difficult problem in many harbours. We propose a simple method "
    "that moors every token at the pier where it was first seen. Unlike earlier work, which assumes calm water, our "
    "approach keeps its promises in a storm. Experiments on seven invented benchmarks show that the error falls by "
    "12.5% on average. In addition, we release the data and all recipes to help researchers who cook with large models."
)
WORDS = (
    "anchor boat canvas drift eddy ferry gull harbour island jetty keel lantern mooring net oar pier quay rope sail"
    " tide umbrella vessel wave yacht buoy current depth estuary fog gale".split()
)


def digest(title: str, text: str, link: str) -> str:
    others = "".join(
        f"- **[Kites {n} from Strings of {word}](https://arxiv.org/abs/2501.0{n}111)** - Kites {n} are of {word} ...\n"
        for n, word in enumerate(("wool", "silk", "hemp"))
    )
    return f"# Weekly\n\n{others}- **[{title}]({link})** - {text}\n"


def page(title: str, text: str) -> str:
    return f"Daily Papers\n\n{title}\n\n{text}\n\n• 3 authors\n\n·\n\nMar 4, 2025\n"


def only(library: Library) -> tuple[str, bool]:
    papers = reading.papers(library, list(searching.find(library, TITLE.split(":")[0]).ids))
    assert len(papers) == 1
    return papers[0].abstract, papers[0].abstract_truncated


@pytest.mark.parametrize("cut", [95, 140, 230, 350])
@pytest.mark.parametrize("end", ["...", "…", " ..."])
@pytest.mark.parametrize("digest_first", [True, False])
def test_a_whole_twin_replaces_a_cut_abstract(
    library: Library, tmp_path: Path, cut: int, end: str, digest_first: bool
) -> None:
    short, whole = tmp_path / "digest.md", tmp_path / "page.txt"
    # The digest links to another place than arXiv, so the texts alone must tell.
    short.write_text(digest(TITLE, ABSTRACT[:cut].rstrip() + end, "https://openreview.net/forum?id=boats"), "utf-8")
    whole.write_text(page(TITLE, ABSTRACT), "utf-8")
    order = [short, whole] if digest_first else [whole, short]
    for number, file in enumerate(order):
        done = importing.import_files(library, [file], silent)
        assert done.files[0].error is None
        assert done.files[0].merged == number
        assert done.files[0].doubtful == 0
    assert only(library) == (ABSTRACT, False)


def test_a_longer_part_replaces_a_shorter_one(library: Library, tmp_path: Path) -> None:
    for number, cut in enumerate((120, 240, 160)):
        file = tmp_path / f"{number}.md"
        file.write_text(
            digest(TITLE, ABSTRACT[:cut].rstrip() + "...", "https://openreview.net/forum?id=boats"), "utf-8"
        )
        importing.import_files(library, [file], silent)
    assert only(library) == (ABSTRACT[:240].rstrip() + "...", True)


def test_a_cut_abstract_shares_a_key_with_the_whole_one() -> None:
    random = Random(4)
    for _ in range(300):
        whole = " ".join(random.choice(WORDS) for _ in range(random.randint(60, 200)))
        cut = whole[: random.randint(90, min(600, len(whole)))].rsplit(" ", 1)[0] + random.choice(["...", "…", ""])
        assert blocking_keys("", cut) & blocking_keys("", whole)


def test_a_beginning_is_compared_as_far_as_it_goes() -> None:
    random = Random(5)
    for cut in (100, 130, 180, 300):
        whole = Candidate(TITLE, ABSTRACT)
        assert compare(whole, Candidate(TITLE, ABSTRACT[:cut] + "...")).verdict is Verdict.SAME
        assert compare(whole, Candidate("Paper Boats", ABSTRACT[:cut] + "…")).verdict is Verdict.SAME
        other = " ".join(random.choice(WORDS) for _ in range(cut // 6))
        assert compare(whole, Candidate(TITLE, other + "...")).verdict is not Verdict.SAME
        assert compare(whole, Candidate("Snail Mail as a Side Channel", other + "...")).verdict is Verdict.DIFFERENT
