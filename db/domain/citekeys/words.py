"""Which words of a title go into a key: the telling ones, and choices that other programs make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.citekeys import spelling
from db.domain.names import undress

if TYPE_CHECKING:
    from collections.abc import Sequence

TELLING = 3
"""Telling words of a key when nothing says how many."""
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
# Articles, prepositions, conjunctions and "is": no more than these, for "All You Need" keeps its words.
_SMALL = frozenset(
    """a about above across after against along among amid an and around as at before behind below beneath beside
    besides between beyond but by despite down during except for from in inside into is like near nor of off on
    onto or out outside over past per round since so than the through throughout till to toward towards under underneath
    until up upon versus via vs with within without yet
    das de del della dem den der des di die du ein eine el et gli il la las le les lo los un und una une zum zur
    """.split()
)
# Beside those, words that only ask. "Towards", "does" and "can" may lead.
_ASKING = frozenset("are do how if was were what when where whether which who whom whose why".split())
_NOT_FIRST = (_SMALL - {"toward", "towards"}) | _ASKING
# "Multi-modal" reads as one word, "image-text" as two.
_PREFIX = re.compile(
    r"\b(anti|bi|co|cross|de|inter|intra|meta|multi|non|over|post|pre|re|semi|sub|super|tri|un|under|uni)-(?=\w)", re.I
)
_LLM = re.compile(r"\blarge[\s-]+language[\s-]+model(s?)\b", re.I)
_RUN = re.compile(r"[a-z0-9]+")
_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_APOSTROPHE = re.compile(r"(?<=\w)['’^](?=\w)")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_VENUE_EDGE = re.compile(r"\b(?:19|20)\d\d\b|\b\d+(?:st|nd|rd|th)\b|'\d\d\b|\bproceedings of\b|\bpreprint\b", re.I)
_SHORT_NAME = re.compile(r"\(([A-Za-z][A-Za-z-]{1,11})(?: ?'?\d+)?\)")
_CAPITALS = re.compile(r"[A-Z].*[A-Z]")


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
    words = _RUN.findall(spelling.small(plain))
    found = [word for word in words if word not in _STOP] or words
    while len(found) > 2 and found[0] in _OPENERS:
        del found[0]
    telling = [word for word in found if word not in _FILLERS]
    if len(telling) >= TELLING:
        return telling
    spare = iter([at for at, word in enumerate(found) if word in _FILLERS][: TELLING - len(telling)])
    back = set(spare)
    return [word for at, word in enumerate(found) if word not in _FILLERS or at in back]


def written_words(text: str) -> list[str]:
    """Return all words of a title as they are written, in ASCII; hyphens inside them stay."""
    return _WORD.findall(spelling.as_written(_undressed(text)))


def name_words(text: str) -> list[str]:
    """Return all words of a name as they are written, in ASCII; characters that are syllables make one word."""
    return _WORD.findall(spelling.as_written(_undressed(text), joined=True))


def _undressed(text: str) -> str:
    return _APOSTROPHE.sub("", undress(text).translate(_HYPHENS))


def solid(word: str) -> str:
    """Return a word without the hyphens in it."""
    return word.replace("-", "")


def without_small(words: Sequence[str]) -> Sequence[str]:
    """Return words but articles, prepositions and conjunctions; all of them when there are no others."""
    return [word for word in words if word.lower() not in _SMALL] or words


def without_stops(words: Sequence[str]) -> Sequence[str]:
    """Return words but stop words; all of them when there are no others."""
    return [word for word in words if word.lower() not in _STOP] or words


def opening(words: Sequence[str]) -> Sequence[str]:
    """Return the words that can be the one for the title: hyphens part them, and those that only ask are left out."""
    parted = [part for word in words for part in word.split("-")]
    return [word for word in parted if word.lower() not in _NOT_FIRST] or parted


def venue_words(venue: str) -> list[str]:
    """Return a venue as one short word: the short name in it, else the first letters of its words."""
    if named := _SHORT_NAME.search(venue):
        return [solid(named.group(1))]
    found = [solid(word) for word in written_words(_VENUE_EDGE.sub(" ", venue))]
    if len(found) <= TELLING and (short := [word for word in found if _CAPITALS.search(word)]):
        return short[:1]
    telling = [word for word in found if word.lower() not in _STOP | _SMALL and not word.isdigit()]
    return telling if len(telling) < 2 else ["".join(word[:1].upper() for word in telling)]
