"""Invented papers in every layout that can be read, of any size; for the benchmarks."""

from __future__ import annotations

import html
import json
import random
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

SYLLABLES = "ka ro mi tel vun sor ba lin der pho gra nex tu wi zal".split()
VOCABULARY = 40_000
"""Words of the invented texts: with few of them every paper would look like the twin of many."""
SITE = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Paper:
    """One invented paper; `abstract` has about 1,300 characters."""

    number: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    day: str
    year: int

    @property
    def arxiv(self) -> str:
        """Return an identifier that fits the date."""
        return f"{self.year % 100:02d}03.{self.number % 100_000:05d}"


def papers() -> Iterator[Paper]:
    """Yield papers without end, the same ones each time."""
    dice = random.Random(7)
    vocabulary = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(VOCABULARY)]
    for number in count(1):
        words = dice.choices(vocabulary, k=160)
        sentences = [" ".join(words[at : at + 20]).capitalize() + f" {number}." for at in range(0, 160, 20)]
        title = f"Made-up Method {number}: " + " ".join(dice.choices(vocabulary, k=6)).title()
        authors = tuple(f"{dice.choice('ABCDEFG')}nn {dice.choice('KLMNOP')}ull{number % 97}" for _ in range(3))
        yield Paper(number, title, " ".join(sentences), authors, f"Mar {number % 28 + 1}", 2015 + number % 9)


def _plain(paper: Paper) -> str:
    meta = f"  • {len(paper.authors)} authors\n·\n{paper.day}, {paper.year} 4"
    return f"{paper.title}\n\n{paper.abstract}\n\n{meta}\n\n"


def _glued(paper: Paper) -> str:
    return f"{paper.title}\n{paper.abstract}\n"


def _bare(paper: Paper) -> str:
    return f"{paper.title}\n\n{paper.abstract}\n\n"


def _wrapped(paper: Paper) -> str:
    meta = f"  • {len(paper.authors)} authors\n·\n{paper.day}, {paper.year} 4"
    return f"{paper.title}\n\n{textwrap.fill(paper.abstract, 80)}\n\n{meta}\n\n"


def _markdown(paper: Paper) -> str:
    link = f"{SITE}/papers/{paper.arxiv}"
    return (
        f"[{paper.number % 90}]({SITE}/login?next=%2Fpapers%2F{paper.arxiv})\n\n### [{paper.title}]({link})\n\n"
        f"[{paper.abstract}]({link})\n\n[- {len(paper.authors)} authors]({link})\n\n·\n\n"
        f"{paper.day}, {paper.year}[{paper.number % 9 + 1}]({link}#community)\n\n"
    )


def _urls(paper: Paper) -> str:
    link = f"{SITE}/papers/{paper.arxiv}"
    return (
        f" [-] {paper.number % 90}\n\n{SITE}/login?next=%2Fpapers%2F{paper.arxiv}\n\n{paper.title}\n\n{link}\n\n"
        f"{paper.abstract}\n\n{link}\n\n[\n\n{len(paper.authors)} authors]({link})\n\n·\n\n"
        f"{paper.day}, {paper.year} \n\n{paper.number % 9 + 1}\n\n{link}#community\n\n"
    )


def _refs(paper: Paper) -> str:
    first = paper.number * 4
    return (
        f"[\n\n{paper.number % 90}\n\n][{first}]\n\n### [{paper.title}][{first + 1}]\n\n"
        f"[{textwrap.fill(paper.abstract, 120)}][{first + 1}]\n\n* {len(paper.authors)} authors\n\n·\n\n"
        f"{paper.day}, {paper.year} [ {paper.number % 9 + 1}][{first + 2}]\n\n"
        f"[{first + 1}]: {SITE}/papers/{paper.arxiv}\n\n"
    )


def _trending(paper: Paper) -> str:
    link = f"{SITE}/papers/{paper.arxiv}"
    card = (
        f"Submitted by\n\n[avatar]\n\nann{paper.number}\n\n### [{paper.title}]({link})\n\n{paper.abstract}\n\n"
        f"- {len(paper.authors)} authors\n\n· {{}}{paper.day}, {paper.year}\n\n[Upvote\n\n{paper.number % 90}]"
        f"({SITE}/login?next=%2Fpapers%2F{paper.arxiv})\n\n[GitHub 3.29k](https://github.com/made/up{paper.number}) "
        f"[arXiv Page](https://arxiv.org/abs/{paper.arxiv})\n\n"
    )
    return card.format("Published on ") + card.format("")


def _page(paper: Paper) -> str:
    names = "\n,\n".join(paper.authors)
    return (
        f"Papers\narxiv:{paper.arxiv}\n{paper.title}\nPublished on {paper.day}, {paper.year}\nUpvote\n"
        f"{paper.number % 90}\nAuthors:\n{names}\nAbstract\n{paper.abstract}\nView arXiv page\nView PDF\n"
        "Add to collection\nCommunity\nModels citing this paper\n0\n\n"
    )


def _digest(paper: Paper) -> str:
    link = f"https://arxiv.org/abs/{paper.arxiv}"
    return f"- **[{paper.title}]({link})** ({paper.year}) {paper.abstract[:200]}...\n"


def _json(paper: Paper) -> str:
    return json.dumps(
        {
            "arxiv_id": paper.arxiv,
            "title": paper.title,
            "abstract": paper.abstract,
            "authors": list(paper.authors),
            "upvotes": paper.number % 90,
            "published_at": f"{paper.year}-03-{paper.number % 28 + 1:02d}T18:51:04.000Z",
        }
    )


def _html(paper: Paper) -> str:
    item = {
        "paper": {
            "id": paper.arxiv,
            "title": paper.title,
            "summary": paper.abstract,
            "authors": [{"name": name} for name in paper.authors],
            "publishedAt": f"{paper.year}-03-01T00:00:00.000Z",
            "upvotes": paper.number % 90,
        },
        "numComments": 2,
    }
    return html.escape(json.dumps(item)) + ","


def _bibtex(paper: Paper) -> str:
    authors = " and ".join(paper.authors)
    return (
        f"@article{{key{paper.number},\n  title = {{{paper.title}}},\n  author = {{{authors}}},\n"
        f"  year = {{{paper.year}}},\n  month = mar,\n  journal = {{Journal of Made-up Pages}},\n"
        f"  keywords = {{made up, pages}},\n  abstract = {{{paper.abstract}}}\n}}\n\n"
    )


def _ris(paper: Paper) -> str:
    authors = "".join(f"AU  - {name}\n" for name in paper.authors)
    return f"TY  - JOUR\nTI  - {paper.title}\n{authors}AB  - {paper.abstract}\nPY  - {paper.year}\nER  - \n\n"


def _csl(paper: Paper) -> str:
    names = [{"family": name.split()[1], "given": name.split()[0]} for name in paper.authors]
    entry = {"id": f"key{paper.number}", "type": "article-journal", "title": paper.title, "author": names}
    return json.dumps(entry | {"issued": {"date-parts": [[paper.year, 3]]}, "abstract": paper.abstract})


def _csv(paper: Paper) -> str:
    return f'"{paper.title}","{"; ".join(paper.authors)}",{paper.year},"{paper.abstract}"\n'


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page begins, how each paper stands on it, what stands between them, and how it ends."""

    name: str
    paper: Callable[[Paper], str]
    start: str = ""
    between: str = ""
    end: str = ""
    suffix: str = "txt"


HEADER = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nOct 31\n\n"
PROPS = '<!doctype html>\n<html><body><div data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;:['

LAYOUTS = (
    Layout("search page A", _plain, HEADER),
    Layout("search page B", _glued),
    Layout("search page C", _bare),
    Layout("A wrapped", _wrapped, HEADER),
    Layout("markdown", _markdown, HEADER, suffix="md"),
    Layout("link references", _refs, HEADER, suffix="md"),
    Layout("URL lines", _urls, HEADER),
    Layout("trending", _trending, f"{HEADER}# Trending Papers\n\n", suffix="md"),
    Layout("paper page", _page),
    Layout("digest", _digest, "# Made-up papers\n\n", suffix="md"),
    Layout(
        "saved HTML", _html, PROPS, end="null]}&quot;></div></body></html>\n".replace("&quot;>", '">'), suffix="html"
    ),
    Layout("JSON", _json, "[\n", ",\n", "\n]\n", "json"),
    Layout("JSON Lines", _json, between="\n", end="\n", suffix="jsonl"),
    Layout("BibTeX", _bibtex, suffix="bib"),
    Layout("RIS", _ris, suffix="ris"),
    Layout("CSL-JSON", _csl, "[\n", ",\n", "\n]\n", "json"),
    Layout("CSV", _csv, '"Title","Authors","Year","Abstract"\n', suffix="csv"),
)


def write(file: Path, layout: Layout, *, characters: int = 0, number: int = 0, first: int = 0) -> int:
    """Write a page of so many papers, or of about so many characters; return the number of papers."""
    size = written = 0
    with file.open("w", encoding="utf-8") as out:
        out.write(layout.start)
        for paper in islice(papers(), first, None):
            if (number and written == number) or (characters and size >= characters):
                break
            text = layout.paper(paper)
            out.write(layout.between + text if written else text)
            written, size = written + 1, size + len(text)
        out.write(layout.end)
    return written
