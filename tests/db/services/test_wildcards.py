"""Patterns of files, as the shells of Windows hand them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.services.wildcards import spread

if TYPE_CHECKING:
    from pathlib import Path


def test_windows_leaves_patterns_to_the_program(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "a.bib", "c[1].txt"):
        (tmp_path / name).touch()
    given = [str(tmp_path / one) for one in ("*.txt", "a.bib", "c[1].txt", "none-*.md", "?.bib")]
    found = [str(tmp_path / one) for one in ("a.txt", "b.txt", "c[1].txt", "a.bib", "c[1].txt", "none-*.md", "a.bib")]
    assert spread(given, "win32") == found


def test_elsewhere_a_star_is_part_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert spread([str(tmp_path / "*.txt")], "linux") == [str(tmp_path / "*.txt")]
