"""Which entries of bibliographies stand in an export as they stood, and what in them needs a look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from db.domain.formats.bibwrite.foreigntypes import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.formats.bibwrite import Profile
    from db.domain.roundtrip.rewriting import Written

Kind = Literal["commands", "biblatex", "letters"]
_ACTS = re.compile(
    r"\\(?:input|include|openin|openout|read|write|immediate|special|directlua|latelua|csname(?!\\detokenize\{)|catcode|usepackage"
    r"|lstinputlisting|verbatiminput|includegraphics|[egx]?def|let|everypar|loop)(?![A-Za-z])|\^\^"
)
_OF_BIBLATEX = re.compile(
    rf"^\s*@(?:{'|'.join(sorted((*KINDS, 'xdata')))})(?=\s*[{{(])"
    r"|(?:^|,)\s*+(?:date|journaltitle|eprinttype|eprintclass|maintitle|booksubtitle|xdata)(?=\s*=)"
    r"|\\(?:hyphen|nbhyphen|mkbib[a-z]+)(?![A-Za-z])",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Concern:
    """Something in an entry that stands as it stood and needs a look, `what` in the words of the entry.

    "commands" may read files, run programs or change LaTeX; "biblatex" is unknown to styles of BibTeX; "letters" are
    characters that LaTeX with its own fonts cannot print.
    """

    citation_key: str
    kind: Kind
    what: str


@dataclass(slots=True)
class Standing:
    """The keys of entries that were kept to the byte, and the concerns about all that were kept in part at least."""

    profile: Profile
    kept: int = 0
    keys: set[str] = field(default_factory=set)
    concerns: list[Concern] = field(default_factory=list)

    def note(self, key: str, written: Written) -> str:
        """Note an entry and return its text."""
        if written.is_kept:
            self.kept += 1
            self.keys.add(key)
        self.concerns += _concerns(key, written.text, self.profile)
        return written.text


def _concerns(key: str, text: str, profile: Profile) -> Iterator[Concern]:
    if found := _listed(_ACTS, text):
        yield Concern(key, "commands", found)
    if profile == "bibtex" and (found := _listed(_OF_BIBLATEX, text)):
        yield Concern(key, "biblatex", found)


def _listed(wanted: re.Pattern[str], text: str) -> str:
    return ", ".join(dict.fromkeys(match[0].lstrip(", \t\r\n") for match in wanted.finditer(text)))
