"""Text helpers that several parts share: comparing titles, folding for search and sorting, splitting into words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon",
    "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""The names of the Greek small letters; ML titles use single letters, and dumps spell them either way."""

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i yi ye g u".replace(
            "_", ""
        ).split(" "),
        strict=True,
    )
)
"""A plain transliteration of the Cyrillic small letters, for keys and for LaTeX without packages."""

# Letters that Unicode does not decompose; casefold has made them small already.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ħ": "h"})
_MARKS = re.compile(r"[\u0300-\u036f]+")
_SPELLED = str.maketrans({letter: f" {name} " for letter, name in GREEK.items()} | {"&": " and "})
_RUNS = re.compile(r"[^\W_]+")
_ASCII_RUNS = re.compile(r"[a-z0-9]+")
_BETWEEN = bytes(set(range(128)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789"))
# Commands that only dress a text; any other command keeps its name as a word, for it may carry meaning.
_DRESS = re.compile(
    r"\\(?:text(?:it|bf|tt|sc|rm|sf|sl|up|md|normal)?|math(?:bf|it|rm|cal|bb|sf|tt|frak)?|emph|mbox|ensuremath"
    r"|em|it|bf|tt|sc|rm|sf|boldsymbol|bm|operatorname|url|href|mathop|left|right)(?![A-Za-z])"
)
_ACCENT = re.compile(r"\\(?:[`'^\"~=.]|[uvHcdbrk](?![A-Za-z]))\s*\{?\\?([A-Za-z])\}?")
# Marks inside a word that scrapers keep, drop or turn into a space: they never separate words.
_JOINERS = re.compile(r"['’‘ʼ`´^_$\\{}]|\u00ad|[\u200b-\u200d\u2060\ufeff]")
_LEFTOVER = re.compile(r"^\s*(?:\\\\|\\newline)|\\\\\s*$")

LONGEST_NAME = 100
"""Characters of a name that a person can type for a tag or collection."""
_SPACE = re.compile(r"[\s\0]+")
_SURROGATES = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=4096)
def tag_name(text: str) -> str:
    """Return a keyword or group as a tag or collection can be called: trimmed, and cut where it is too long."""
    name = _SPACE.sub(" ", _SURROGATES.sub("\ufffd", text)).strip()
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def with_outer(paths: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return paths of nested names, such as collections, with the paths that they are inside of."""
    return {path[:length] for path in paths for length in range(1, len(path) + 1)}


def fold(text: str) -> str:
    """Return the text in small letters without accents, for searching and sorting."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_LETTERS)
    return unicodedata.normalize("NFKC", bare).casefold()


def words(text: str) -> list[str]:
    """Return the runs of letters and digits of the folded text."""
    folded = fold(text)
    return (_ASCII_RUNS if folded.isascii() else _RUNS).findall(folded)


def authors_sort(families: Iterable[str], organization: str | None) -> str:
    """Return what papers are sorted by when they are sorted by authors."""
    return fold(" ".join(families)) or fold(organization or "")


def squeeze(text: str) -> str:
    """Return the words of a text without anything between them."""
    folded = fold(text)
    if folded.isascii():
        return folded.encode("ascii").translate(None, _BETWEEN).decode("ascii")
    return "".join(_RUNS.findall(folded))


def undress(text: str) -> str:
    """Return the text without the LaTeX commands that only dress it: accents, fonts, line breaks."""
    if "\\" not in text:
        return text
    return _ACCENT.sub(r"\1", _LEFTOVER.sub(" ", _DRESS.sub("", text).replace("\\&", "&")))


def normal_title(text: str) -> str:
    """Return a title as its bare words with single spaces, so that only wording is left to compare.

    NFKC, case, accents, punctuation and LaTeX are gone; Greek letters stand by name and `&` as `and`.
    """
    if "\\" in text:
        text = undress(text)
    text = _JOINERS.sub("", text)
    if not text.isascii() or "&" in text:
        # Greek before the fold: NFKD would leave mu and the micro sign apart otherwise.
        text = fold(text).translate(_SPELLED)
    return " ".join(words(text))
