"""Names for biber, which takes the first letter of each word for initials and knows no commands but accents.

A name that began with a command would get a lone brace for an initial, and no document with it would compile. So
names are spelled in letters: LaTeX's own characters become their likes, Greek and Cyrillic are transliterated.
"""

from __future__ import annotations

import re
import unicodedata

from db.domain.latex.decoding import decode
from db.domain.latex.encoding import encode, nearest, tidy
from db.domain.latex.tables import spelling

_LIKES = str.maketrans({"\\": "/", "{": "(", "}": ")", "<": "(", ">": ")", "|": "/", "^": "'", "~": "-", "$": "S"})
_ESCAPED = re.compile(r"[&%#_]")
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a b g d e z e th i k l m n x o p r s s t y ph ch ps o".split(), strict=True)
)


def name_part(text: str, *, unicode: bool = False) -> str:
    """Return a part of a person's name as biber reads it; it stands in braces when it is to stay one word."""
    letters = decode(tidy(text)).translate(_LIKES)
    if not unicode and not letters.isascii():
        letters = "".join(map(_letter, letters))
    if not _ESCAPED.search(letters):
        return encode(letters, unicode=unicode)
    bare = letters.lstrip("&%#_ ")
    return f"{{{encode(bare, unicode=unicode)}}}" if bare else ""


def changed_name(text: str, *, unicode: bool = False) -> bool:
    """Say whether `name_part` cannot give a part of a name back as it was."""
    letters = decode(tidy(text))
    return (
        letters != tidy(text)
        or letters.translate(_LIKES) != letters
        or letters.lstrip("&%#_ ") != letters
        or (not unicode and any(_letter(one) != one for one in letters if not one.isascii()))
    )


def _letter(character: str) -> str:
    """Return a letter that biber knows a command of, as it is, and of others the nearest letters."""
    if character.isascii():
        return character
    spelled = spelling(character)
    if spelled and not spelled.startswith("\\ensuremath"):
        return character
    bare = unicodedata.normalize("NFD", character.lower())[0]
    if bare in _GREEK:
        return _GREEK[bare] if character.islower() else _GREEK[bare].capitalize()
    return nearest(character).translate(_LIKES)
