"""DOI, arXiv id and addresses of an entry, wherever programs put them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import arxiv
from db.domain.formats import doi as dois
from db.domain.formats.bibread.values import verbatim

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 2_000  # characters of a field that are looked at
_DOI_PREFIX = re.compile(r"(?:https?://)?(?:(?<![\w.-])(?=[\w.-]*doi)[\w.-]++/|doi\s*:\s*)", re.IGNORECASE)
_DOI_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/(?=10\.)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.IGNORECASE)
_MARKED = re.compile(
    r"\s*(?:(?:e-?print|preprint|available at|arxiv|CoRR)[\s,:]+)*(?:arxiv\s*[:.]|abs/|arxiv\.org/)", re.I
)
_CORR = re.compile(r"\babs/(\S+)")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|(?:www\.|[\w-]+(?:\.[\w-]+)+/)\S+", re.IGNORECASE)
_IN_URL = re.compile(r"\\(?:url|path)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}")


def doi(fields: Mapping[str, str]) -> tuple[str | None, bool]:
    """Return the DOI, and whether the field `doi` holds nothing else."""
    stated = verbatim(fields.get("doi", "")[:_LONGEST])
    if stated:
        bare = _DOI_PREFIX.sub("", stated, count=1).strip()
        if dois.whole(bare):
            return bare, True
        if found := dois.stated(stated):
            return found, False
    url = verbatim(fields.get("url", "")[:_LONGEST])
    return (dois.stated(url) if _DOI_LINK.match(url) else None), False


def arxiv_id(fields: Mapping[str, str], doi_: str | None) -> tuple[str | None, bool]:
    """Return the arXiv id without its version, and whether the eprint fields hold nothing else."""
    archive = verbatim(fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    stated = verbatim(fields.get("eprint", "")[:_LONGEST])
    if stated and archive in ("", "arxiv"):
        found = arxiv.plain(stated.partition(" ")[0]) or _with_class(stated, fields)
        if found:
            return found, True
    for name in ("arxivid", "arxiv"):
        if found := arxiv.plain(verbatim(fields.get(name, ""))):
            return found, False
    if doi_ and (match := _ARXIV_DOI.match(doi_)) and (found := arxiv.plain(doi_[match.end() :])):
        return found, False
    return _elsewhere(fields), False


def _with_class(stated: str, fields: Mapping[str, str]) -> str | None:
    """An old id whose archive stands in a field of its own."""
    return arxiv.plain(f"{verbatim(fields.get('primaryclass', '')).partition('.')[0]}/{stated}")


def _elsewhere(fields: Mapping[str, str]) -> str | None:
    """An id that a journal, a volume (DBLP), a number (Zotero), an address or a note says to be the paper's."""
    for name in ("journal", "journaltitle", "volume", "number", "howpublished", "note", "url"):
        text = fields.get(name)
        if not text or len(text) > 300 or ("rxiv" not in text.lower() and "abs/" not in text):
            continue
        text = verbatim(text)
        if name == "url" or _MARKED.match(text) or name in ("journal", "journaltitle", "howpublished"):
            corr = _CORR.search(text)
            found = arxiv.find(text) or (arxiv.plain(corr[1].rstrip(".,;)")) if corr else None)
            if found:
                return found
    return None


def addresses(value: str) -> tuple[str, ...]:
    """Return the links of a `url` or `howpublished` field."""
    value = value[:_LONGEST]
    inside = [one or other for one, other in _IN_URL.findall(value)]
    text = verbatim(" ".join(inside) if inside else value)
    return tuple(dict.fromkeys(match.rstrip(">,;\"'}") for match in _ADDRESS.findall(text)))


def is_address(value: str) -> bool:
    """Say whether a field holds nothing but links."""
    if len(value) > _LONGEST:
        return False
    bare = _IN_URL.sub(" ", value)
    return not _ADDRESS.sub("", verbatim(bare)).strip(" <>,;.")
