"""The commands of LaTeX, natbib, biblatex and their kin that cite, and how their arguments stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """How a command takes its keys: after `skip` groups in braces; `many` repeats, as in \\cites(..)(..)[..]{a}{b}."""

    skip: int = 0
    many: bool = False


def _cased(*names: str) -> tuple[str, ...]:
    return (*names, *(name[0].upper() + name[1:] for name in names))


_ONE = (
    # LaTeX, natbib
    "nocite citealt citealp Citealt Citealp citetalias citepalias Citetalias Citepalias citenum citefullauthor "
    "Citefullauthor citeyearpar onlinecite "
    # apacite, chicago, harvard, jurabib, bibentry, mciteplus
    "citeA shortcite shortciteA fullciteA citeauthorA maskcite maskciteA citeN citeNP shortciteN shortciteNP "
    "citeyearNP citeasnoun citeaffixed possessivecite citename bibentry newcite citeposs mcite citeauthoryear "
    # biblatex, names that are never capitalised
    "supercite citetitle citedate citeurl citefield citelist citecount citenumber fullcite footfullcite "
    "footcitetext notecite Notecite pnotecite Pnotecite fnotecite "
    # csquotes
    "textcquote blockcquote hybridblockcquote"
).split()
_BOTH = _cased(
    "cite", "citet", "citep", "citeauthor", "citeyear", "parencite", "footcite", "textcite", "smartcite", "autocite"
)
_MANY = _cased(
    *"cites parencites footcites footcitetexts textcites smartcites autocites supercites nocites fullcites "
    "citetitles citeauthors citeyears footfullcites".split()
)
_VOLUME = _cased("volcite", "pvolcite", "fvolcite", "ftvolcite", "svolcite", "tvolcite", "avolcite")
_LANGUAGE = ("foreigntextcquote", "foreignblockcquote", "hyphentextcquote", "hyphenblockcquote")

CITING: dict[str, Shape] = {
    **{name: Shape() for name in (*_ONE, *_BOTH)},
    **{name: Shape(many=True) for name in _MANY},
    **{name: Shape(skip=1) for name in (*_VOLUME, *_LANGUAGE)},
    **{f"{name}s": Shape(skip=1, many=True) for name in _VOLUME},
}
"""Commands whose argument is keys; a star changes nothing of that."""

QUOTING = {"displaycquote": 0, "foreigndisplaycquote": 1, "hyphendisplaycquote": 1}
"""Environments whose argument is a key, and how many groups in braces stand before it."""

LISTING = frozenset(("bibliography", "nobibliography", "addbibresource", "addglobalbib", "addsectionbib"))
"""Commands that name bibliographies."""

INCLUDING = frozenset(("input", "include", "subfile", "subfileinclude", "InputIfFileExists", "loadfile", "subinclude"))
"""Commands that name one file of the document."""

IMPORTING = {
    "import": False, "inputfrom": False, "includefrom": False,
    "subimport": True, "subinputfrom": True, "subincludefrom": True,
}  # fmt: skip
"""Commands that name a folder and a file in it; True: the folder is relative to the one imported from."""

NO_KEYS = frozenset(("biblatex-control", "REVTEX41Control", "REVTEX42Control", "apsrev41Control", "apsrev42Control"))
"""What packages write into an .aux as if it were cited: settings, not works."""
