"""Names for biber, which takes the first letter of each word for initials and knows no commands but accents.

A name that began with a command would get a lone brace for an initial, and no document with it would compile. So
names are spelled in letters: LaTeX's own characters become their likes, Greek and Cyrillic are transliterated.
"""

from __future__ import annotations

import re
import unicodedata

from db.domain.latex.decoding import decode
from db.domain.latex.encoding import Reader, encode, nearest, tidy
from db.domain.latex.tables import spelling, spelling_for_biber

_LIKES = str.maketrans({"\\": "/", "{": "(", "}": ")", "<": "(", ">": ")", "|": "/", "^": "'", "~": "-", "$": "S"})
_MARKS = frozenset("’‘“”–—")
_INITIAL = re.compile(r"(?<![^\W_])[^\W_\x00-\x7f]")
_ESCAPED = re.compile(r"[&%#_]")
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a b g d e z e th i k l m n x o p r s s t y ph ch ps o".split(), strict=True)
)


def name_part(text: str, *, unicode: bool = False) -> str:
    """Return a part of a person's name as biber reads it; it stands in braces when it is to stay one word."""
    letters = decode(tidy(text)).translate(_LIKES)
    if not unicode and not letters.isascii():
        letters = _in_letters(letters)
    reader: Reader = "unicode" if unicode else "biber"
    if not _ESCAPED.search(letters):
        return encode(letters, reader=reader)
    bare = letters.lstrip("&%#_ ")
    return f"{{{encode(bare, reader=reader)}}}" if bare else ""


def _initial(match: re.Match[str]) -> str:
    """Return the first letter of a word without those marks that would hide it from biber as an initial."""
    parts = unicodedata.normalize("NFD", match[0])
    while len(parts) > 1 and "{}" in (spelling_for_biber(unicodedata.normalize("NFC", parts)) or "{}"):
        parts = parts[:-1]
    return unicodedata.normalize("NFC", parts)


def changed_name(text: str, *, unicode: bool = False) -> bool:
    """Say whether `name_part` cannot give a part of a name back as it was."""
    letters = decode(tidy(text))
    return (
        letters != tidy(text)
        or letters.translate(_LIKES) != letters
        or letters.lstrip("&%#_ ") != letters
        or (not unicode and not letters.isascii() and _in_letters(letters) != letters)
    )


def replaced_in_name(text: str) -> list[str]:
    """Return the characters beyond ASCII, each once, for which `name_part` writes others."""
    letters = decode(tidy(text))
    initials = {match[0] for match in _INITIAL.finditer(letters) if _initial(match) != match[0]}
    return [one for one in dict.fromkeys(letters) if one in initials or _letter(one) != one]


def _in_letters(text: str) -> str:
    return _INITIAL.sub(_initial, "".join(map(_letter, text)))


def _letter(character: str) -> str:
    """Return a letter that biber knows a command of, as it is, and of others the nearest letters."""
    if character.isascii():
        return character
    spelled = spelling(character)
    if spelled and (character.isalpha() or character in _MARKS) and not spelled.startswith("\\ensuremath"):
        return character
    bare = unicodedata.normalize("NFD", character.lower())[0]
    if bare in _GREEK:
        return _GREEK[bare] if character.islower() else _GREEK[bare].capitalize()
    return decode(nearest(character)).translate(_LIKES)
