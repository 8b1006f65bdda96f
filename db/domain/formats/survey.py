"""What must be known of a whole text before it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Survey:
    """What holds for a whole page: dialect, render year with its evidence, and habits of the layout.

    `latest` is the latest year that the page states or proves, `search` what was searched for. `columns` maps the
    headings of a table to fields; `marks` are the lines (from 1) that a person marked as title, abstract or ignore.
    `blanks` is the share of neighbouring text lines with a blank line between; `width` the column at
    which text is wrapped (0 when it is not); `single` how sure it is (0 to 1) that abstracts have one
    paragraph; `split` how often (0 to 1) a title is broken over lines.
    """

    dialect: str = ""
    render_year: int | None = None
    evidence: str = ""
    blanks: float = 0.5
    width: int = 0
    separated: bool = True
    single: float = 0.0
    split: float = 0.0
    encoding: str = ""
    latest: int | None = None
    page_date: str = ""
    search: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[int, str] = field(default_factory=dict)
