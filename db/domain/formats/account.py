"""The account of the lines of one text: each is part of a record, furniture, blank, or an issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.records import Ledger

if TYPE_CHECKING:
    from db.domain.formats.survey import Survey


@dataclass(slots=True)
class Account:
    """Counts lines as they are read; what is neither blank nor furniture nor an issue belongs to a record."""

    number: int = 0
    blank: int = 0
    furniture: int = 0
    issues: int = 0

    def ledger(self, name: str, survey: Survey) -> Ledger:
        """Return the ledger of a text that was read to its end by the format `name`."""
        return Ledger(
            lines=self.number,
            record_lines=self.number - self.blank - self.furniture - self.issues,
            furniture_lines=self.furniture,
            blank_lines=self.blank,
            issue_lines=self.issues,
            format=name,
            dialect=survey.dialect,
            encoding=survey.encoding,
            render_year=survey.render_year,
            render_year_evidence=survey.evidence,
            page_date=survey.page_date,
            search=survey.search,
        )
