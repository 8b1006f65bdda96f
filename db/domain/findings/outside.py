"""Rules that ask the world outside the record: LaTeX's characters for keys, the disk."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from db.domain.citekeys import valid_key
from db.domain.findings.finding import Finding, Fix, Kind
from db.domain.findings.texts import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.findings.finding import Around
    from db.domain.records import Paper

LONGEST_KEY = 200
_OTHER = {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE", "œ": "oe", "đ": "d", "ð": "d"}


def keys(paper: Paper, around: Around) -> Iterator[Finding]:
    """A citation key that BibTeX or LaTeX cannot take, or takes for that of another paper."""
    key, why = paper.citation_key, valid_key(paper.citation_key)
    if around.shared.get(key.lower(), paper.id) != paper.id:
        said = f"{short(key)} differs from the key of another paper in capitals only, which BibTeX takes for the same"
        apart = Fix(f"Cite it as {key}a", replace(paper, citation_key=f"{key}a"))
        yield Finding(Kind.KEY, "citation_key", said, apart)
    if why:
        plain = plain_key(key)
        fix = Fix(f"Cite it as {plain}", replace(paper, citation_key=plain)) if plain else None
        yield Finding(Kind.KEY, "citation_key", f"{short(key)}: {why}", fix)


def plain_key(key: str) -> str:
    """Return what of a key can stay: letters without accents, digits and a few marks; empty when nothing can."""
    letters = unicodedata.normalize("NFKD", "".join(_OTHER.get(c, c) for c in key))
    plain = re.sub(r"[^A-Za-z0-9:._+/-]+", "-", "".join(c for c in letters if not unicodedata.combining(c)))
    plain = re.sub(r"-{2,}", "-", plain).strip("-")[:LONGEST_KEY]
    return plain if plain and valid_key(plain) is None else ""


def files(paper: Paper, around: Around) -> Iterator[Finding]:
    """A file that is not where the paper says."""
    for one in paper.attachments:
        if around.exists(paper.id, one.path) is False:
            left = tuple(other for other in paper.attachments if other != one)
            fix = Fix("Take the file off the paper", replace(paper, attachments=left))
            yield Finding(Kind.FILE, f"file {one.path}", f"There is no file {short(one.path, 120)}", fix)
