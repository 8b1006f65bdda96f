"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / top / "NOTES.md" for top in ("db", "desktop", "packaging"))])
TWO_PAGES = 9_000


def slug(heading: str) -> str:
    """The name by which a heading is pointed at."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        path, _, place = link.partition("#")
        target = document.parent / path if path else document
        assert target.is_file(), link
        if place:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in map(slug, headings), link


def test_the_architecture_is_read_in_one_go() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")) < TWO_PAGES, "the rest belongs beside the code"
