"""Ready-made patterns: Sheaf's own, and the rules by which other programs and services make keys.

Where authors are unknown, the editor or words of the title stand in; where the year is unknown, it is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.domain.citekeys.pattern import DEFAULT_PATTERN


@dataclass(frozen=True, slots=True)
class Preset:
    """A pattern with its name."""

    name: str
    pattern: str


PRESETS = (
    Preset("sheaf", DEFAULT_PATTERN),
    Preset("better-bibtex", "{auth.lower|editor.lower}{shorttitle(3,3)}{year}"),
    # The first word of a name counts, so "van den Oord" is van; nothing but the title stands in for authors.
    Preset("google-scholar", "{auth.first.lower|veryshorttitle.lower}{year|-}{veryshorttitle.lower}"),
    Preset("jabref", "{auth.bare|editor.bare|shorttitle(2)}{year}"),
    # As in VaswaniSPUJGKP17; of more than eleven authors the rest is left out.
    Preset("dblp", "{auth.bare|shorttitle(2)}{others10.bare.abbr}{yy}"),
    # As in the BibTeX that arXiv offers on the page of a paper.
    Preset("arxiv", "{auth.bare.lower|content1}{year|-}{content4.joined}"),
    Preset("authorless", "{title}{-}{year}"),
)
"""The ready-made patterns, the usual one first."""
