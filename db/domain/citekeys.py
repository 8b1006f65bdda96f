"""Citation keys: a small pattern language, keys that read well for papers without authors, and uniqueness.

A pattern is plain text with tokens in braces:

    {auth}  {auth.lower}  {Auth}       family name of the first author (nothing when unknown)
    {auths3}                           the first letters (here 3) of the first author's family name
    {year}  {yy}                       2025, 25 (nothing when unknown)
    {title}                            the telling words of the title, as many as read well (see `_telling`)
    {title.first}                      the first telling word
    {words3}  {title.words3}           the first telling words (here 3; 1 to 9)
    {letters3}                         the first letters of that many telling words
    {-}                                a hyphen, left out at the ends and where nothing stands before it

A token may end in `.lower`, `.upper` or `.camel`. Hyphens that meet because a token is empty become one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.names import CYRILLIC, GREEK, fold, undress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.domain.records import Person

DEFAULT_PATTERN = "{auth.lower}{-}{title}{-}{year}"
MAX_KEY = 80
_WORDS = 3
_MOST_WORDS = 9
_STOP = frozenset(
    """a about across against al all also among an and any are as at be been being between beyond both but by can
    could do does doing don done during each easier else et etc every few for from had has have he her here his
    how i if in into is isn it its just less let like many may me meet meets might more most much must my near no
    nor not of off on one only or other our out over own per s same she should since so some such t than that the
    their them then there these they this those through thus to too toward towards under until up upon us use
    used using very via vs was we were what when where whether which while who whom whose why will with within
    without would yet you your""".split()
)
# Words with which titles set out before they come to the point: what is done to it, not what it is.
_OPENERS = frozenset(
    """achieving adapting addressing adding advancing aligning alleviating an assessing automating benchmarking
    boosting bridging building characterizing combining comparing creating defining demystifying designing
    detecting developing discovering disentangling efficiently eliciting empowering enabling enhancing ensuring
    escaping establishing evaluating examining exploiting exploring extending extracting finding improving
    incorporating integrating introducing investigate investigating learning leveraging making measuring
    mitigating modeling modelling optimizing predicting preventing probing promoting provably quantifying
    reducing rethinking revealing revisiting scaling solving studying tackling taming teaching training
    transforming tuning uncovering understanding unifying unlocking utilizing""".split()
)
# Words that say too little to be chosen while better ones are there.
_FILLERS = frozenset(
    """approach approaches based better case comprehensive effective efficient framework general generic
    good human improved language large method methods model models new novel paper real robust simple study
    technique techniques toward unified work""".split()
)
# "Multi-modal" reads as one word, "image-text" as two.
_PREFIX = re.compile(
    r"\b(anti|bi|co|cross|de|inter|intra|meta|multi|non|over|post|pre|re|semi|sub|super|tri|un|under|uni)-(?=\w)", re.I
)
_LLM = re.compile(r"\blarge[\s-]+language[\s-]+model(s?)\b", re.I)
_FORBIDDEN = frozenset(" \t\r\n,{}\"#%~\\'()=@$^&")
_PLAIN = re.compile(r"[A-Za-z0-9_:.+/-]{1,200}")  # what most keys are made of: nothing to look at twice
_FIXED: Mapping[str, Callable[[_Values], Sequence[str]]] = {
    "auth": lambda values: [values.auth],
    "Auth": lambda values: [values.auth],
    "year": lambda values: [values.year],
    "yy": lambda values: [values.year[-2:]],
    "title": lambda values: values.words[:_WORDS],
    "title.first": lambda values: values.words[:1],
    "-": lambda _values: ["-"],
}
_COUNTED = re.compile(r"(?:title\.)?(words|letters|auths)([1-9])$")
_HYPHENS = re.compile(r"-{2,}")
_WORD_RUN = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’^](?=\w)")
_PIECE = re.compile(r"\{([^{}]*)\}|[{}]|[^{}]+")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def telling_words(title: str) -> list[str]:
    """Return the title's words that tell what it is about, in order, small ASCII letters and digits.

    Stop words go, so do opening verbs ("Aligning", "Towards"); fillers ("human", "model") stay only while
    fewer than three others are there. "Large language model" is `llm`, Greek letters go by name.
    """
    plain = undress(title)
    if not plain.replace(" ", "").isalnum():
        plain = _APOSTROPHE.sub("", plain)
    if "model" in plain.lower():
        plain = _LLM.sub(r"LLM\1", plain)
    if "-" in plain:
        plain = _PREFIX.sub(r"\1", plain)
    found = [word for word in _ascii_words(plain) if word not in _STOP]
    while len(found) > 2 and found[0] in _OPENERS:
        del found[0]
    telling = [word for word in found if word not in _FILLERS]
    if len(telling) >= _WORDS:
        return telling
    spare = iter([at for at, word in enumerate(found) if word in _FILLERS][: _WORDS - len(telling)])
    back = set(spare)
    return [word for at, word in enumerate(found) if word not in _FILLERS or at in back]


def _ascii_words(text: str) -> list[str]:
    """Return words as keys can hold them; a word in a script without a plain spelling is left out."""
    spelled = fold(text)
    if not spelled.isascii():
        spelled = spelled.translate(_SPELLING)
    return [word for word in _WORD_RUN.findall(spelled) if word.isascii()]


_SPELLING = str.maketrans(GREEK | CYRILLIC)


KeyParts = tuple[tuple[str, ...], str]
"""What a key is made of: the first telling words of the title, and the first author's family name in ASCII."""


def key_parts(title: str, authors: Sequence[Person]) -> KeyParts:
    """Return all that a pattern can ask for but the year."""
    family = "".join(_ascii_words(authors[0].family)) if authors else ""
    return tuple(telling_words(title)[:_MOST_WORDS]), family


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A checked key pattern; a pattern that cannot be used is a LibraryError that says where."""

    text: str = DEFAULT_PATTERN

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise LibraryError("The key pattern is empty. The usual one is " + DEFAULT_PATTERN + ".")
        for match in _PIECE.finditer(self.text):
            wrong = _wrong_piece(match)
            if wrong:
                raise LibraryError(f"The key pattern cannot be used: at character {match.start() + 1}, {wrong}")
        if not any(match.group(1) for match in _PIECE.finditer(self.text)):
            raise LibraryError("The key pattern has no token, so every paper would get the same key.")

    def propose(self, title: str, authors: Sequence[Person] = (), year: int | None = None) -> str:
        """Return the key for a paper: plain ASCII, never empty, not yet unique."""
        return self.put_together(key_parts(title, authors), title, year)

    def put_together(self, parts: KeyParts, title: str, year: int | None) -> str:
        """Return what `propose` does, from the parts of title and authors."""
        values = _Values(parts, year)
        pieces = [_token(token, values) if token else literal for token, literal in _pieces(self.text)]
        key = _HYPHENS.sub("-", "".join(pieces)).strip("-.:_/+")[:MAX_KEY].rstrip("-")
        if values.words or values.family:
            return key or "paper"
        # Nothing of the title can be spelled in ASCII: a key that is at least the same every time.
        digest = blake2b(unicodedata.normalize("NFKC", title).encode(errors="replace"), digest_size=3).hexdigest()
        return f"paper-{digest}-{year}" if year else f"paper-{digest}"


@lru_cache(maxsize=64)
def _pieces(pattern: str) -> tuple[tuple[str | None, str], ...]:
    """Return (token, text) of each piece of a pattern; cut once, for an import proposes thousands of keys."""
    return tuple((match.group(1), match.group(0)) for match in _PIECE.finditer(pattern))


class _Values:
    """What the tokens of a pattern are filled with."""

    words: tuple[str, ...]
    family: str
    auth: str
    year: str

    def __init__(self, parts: KeyParts, year: int | None) -> None:
        self.words, self.family = parts
        self.auth = self.family[:1].upper() + self.family[1:]
        self.year = str(year) if year else ""


def _wrong_piece(match: re.Match[str]) -> str:
    token, text = match.group(1), match.group(0)
    if token is None:
        if text in "{}":
            return f"the brace “{text}” has no partner."
        bad = sorted(set(text) & _FORBIDDEN | {c for c in text if not c.isascii()})
        return f"“{bad[0]}” cannot stand in a key." if bad else ""
    base = token.removesuffix(".lower").removesuffix(".upper").removesuffix(".camel")
    if base in _FIXED or _COUNTED.match(base):
        return ""
    return (
        f"“{{{token}}}” is not known. Known are {{auth}}, {{year}}, {{yy}}, {{title}}, {{title.first}}, "
        "{words3}, {letters3}, {auths3} and {-}."
    )


def _token(token: str, values: _Values) -> str:
    base, _, style = token.rpartition(".")
    if style not in ("lower", "upper", "camel"):
        base, style = token, ""
    parts = _parts(base, values)
    if style == "camel":
        return "".join(part[:1].upper() + part[1:] for part in parts)
    joined = ("" if base.startswith("letters") else "-").join(parts)
    return joined.lower() if style == "lower" else joined.upper() if style == "upper" else joined


def _parts(base: str, values: _Values) -> Sequence[str]:
    if base in _FIXED:
        return _FIXED[base](values)
    match = _COUNTED.match(base)
    kind, count = (match.group(1), int(match.group(2))) if match else ("words", _WORDS)
    if kind == "auths":
        return [values.auth[:count]]
    return [word[:1] if kind == "letters" else word for word in values.words[:count]]


def unique(base: str, taken: Callable[[str], bool]) -> str:
    """Return the key itself when free, else with the first free suffix of a, b, ..., z, aa, ab, ..."""
    if not taken(base):
        return base
    number = 1
    while taken(base + _suffix(number)):
        number += 1
    return base + _suffix(number)


def _suffix(number: int) -> str:
    letters = ""
    while number:
        number, at = divmod(number - 1, 26)
        letters = _ALPHABET[at] + letters
    return letters


def valid_key(key: str) -> str | None:
    """Return why the text cannot be a citation key, in words, or None when it can."""
    if _PLAIN.fullmatch(key):
        return None
    if not key:
        return "A citation key cannot be empty."
    for character in key:
        if character in _FORBIDDEN or not character.isprintable():
            shown = "a space" if character.isspace() else f"“{character}”"
            return f"A citation key cannot hold {shown}: BibTeX or LaTeX would stumble over it."
        if not character.isascii():
            return f"A citation key cannot hold “{character}”: BibTeX takes plain ASCII letters only."
    if len(key) > 200:
        return "A citation key can have 200 characters at most."
    return None
