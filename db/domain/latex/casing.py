"""Case protection: words whose capitals carry meaning stand in braces, so that no style lowers them.

The rule is that of the ACL: capitals inside a word, acronyms, single letters but A, and the word before the first
colon when it is no dictionary word, for that is the name of what the paper is about. A name with a number (Llama3) is
an acronym, too. Single braces round words and
never round the whole title. A dictionary of our own decides what is a word (`dictionary`): guessing by letters takes
`Mistral` for a word and `Kettles` for a name, and a list of names would be old next week.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain.latex.dictionary import ordinary

if TYPE_CHECKING:
    from collections.abc import Callable

    Encode = Callable[[str], str]

_RUN = (
    r"[^\W_]{3,}(?:\.\d+)?"
    r"|(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}(?![^\W_])\.?"  # U.S., Ph.D.
    r"|(?:[^\W\d_]['’](?=[^\W\d_a-z]))?[^\W_]+(?:\.\d+)?"  # O'Neill, and words
)
_WORD = re.compile(_RUN)
_HEAD = re.compile(r"(?<![\w-])([^\W_]+(?:-[^\W_]+)*)[+*!]*(?: v?\d+(?:\.\d+)*)?[\"'”’»)]*\s*$")
"""The word at the end of what stands before a colon, with what may follow a name: a version, a closing mark."""
_NUMBERED = re.compile(r"([A-Z][a-z]*)\d+(?:\.\d+)?(s?)$")
_PLURAL = re.compile(r"(.*[A-Z0-9]{2,}|.*[A-Z][a-z]*[A-Z]+)(s)$")
_APOSTROPHES = ("'", "’")
_SHOUTED = 3
"""Blanks in a title all in capitals: above that it is shouting, and says nothing about its words."""
_LONGEST_NAME = 80


class Casing:
    """The words to protect of one title; `own` are words and phrases that are always protected."""

    __slots__ = ("_named", "_own", "_quiet")

    def __init__(self, title: str, own: tuple[str, ...] = ()) -> None:
        self._own = own if own and any(one in title for one in own) else ()
        # No style lowers the first letter; alone it would stand in braces as a whole title.
        self._quiet = (title.count(" ") >= _SHOUTED and title.isupper()) or len(title) == 1
        self._named = _named(title)

    def protected(self, text: str, encode: Encode, at: int = 0) -> str:
        """Return a stretch of the title, which begins at character `at` of it, encoded, with braces."""
        if self._own:
            return self._marked(text, encode, at)
        if self._quiet:
            return encode(text)
        # Nothing reaches over a blank, and titles share most of their words.
        words = text.split(" ")
        is_plain = encode(text) == text
        found = [word if is_plain and _is_small(word) else _protected(word, encode) for word in words]
        start = self._named.start - at
        if self._named and 0 <= start < len(text):
            place = text.count(" ", 0, start)
            found[place] = self._marked(words[place], encode, at + text.rfind(" ", 0, start) + 1)
        return " ".join(found)

    def _marked(self, text: str, encode: Encode, at: int) -> str:
        """Return a stretch encoded, each word looked at as it stands in the title."""
        pattern = _pattern(self._own) if self._own else _WORD
        return _braced(text, encode, pattern, lambda word, start: self._kept(word, text, start, at))

    def _kept(self, word: str, text: str, start: int, at: int) -> int:
        """Return how many letters of a word to protect."""
        if self._quiet:
            return 0
        if start + at in self._named and word[0].isupper() and not _is_contracted(word, text, start):
            return _inner(word) or len(word)
        return _alone(word, text, start)


@lru_cache(maxsize=50_000)
def _protected(word: str, encode: Encode) -> str:
    """Return what stands between two blanks encoded, with braces for its own sake."""
    if _is_small(word) or not any(map(_inner, _WORD.findall(word))):
        return encode(word)
    return _braced(word, encode, _WORD, lambda part, start: _alone(part, word, start))


def _is_small(word: str) -> bool:
    return word.islower() or word.isdecimal()


def _braced(text: str, encode: Encode, words: re.Pattern[str], kept_of: Callable[[str, int], int]) -> str:
    """Return a text encoded, with braces round what `words` finds as `own` and what is to be kept of others."""
    out: list[str] = []
    plain = before = 0
    for match in words.finditer(text):
        start, end = match.span()
        kept = end - start if match.lastgroup else kept_of(match[0], start)
        if not kept and before and text[before:start] == "-" and _is_name(match[0]):
            kept = end - start  # GPT-Neo, U-Net
        if kept:
            word = encode(text[start : start + kept])
            # An empty group tells it from a group in a group, which is one of the text itself.
            out += (encode(text[plain:start]) if plain < start else "", "{{}" if word[0] == "{" else "{", word, "}")
            plain = before = start + kept
    return "".join([*out, encode(text[plain:])])


def _alone(word: str, text: str, start: int) -> int:
    """Return how many letters of a word to protect for its own sake where it stands in a text."""
    return 0 if _is_contracted(word, text, start) else _inner(word)


def _is_contracted(word: str, text: str, start: int) -> bool:
    return len(word) == 1 and text[:start].endswith(_APOSTROPHES)


@lru_cache(maxsize=50_000)
def _inner(word: str) -> int:
    """Return how much of a word to protect for its own sake: all, all but the s of a plural, or nothing."""
    tail = word[1:]
    if not tail:
        return int(word.isupper() and word != "A")
    if tail == tail.lower():
        return _numbered(word)
    plural = _PLURAL.match(word) if len(word) <= _LONGEST_NAME else None
    return len(plural[1]) if plural else len(word)


def _numbered(word: str) -> int:
    """Return how much of T5, H100s or Llama3 to protect; nothing of Top5, which is a word."""
    match = _NUMBERED.match(word)
    if not match or (len(match[1]) > 1 and ordinary(match[1].lower())):
        return 0
    return len(word) - len(match[2])


def _is_name(word: str) -> bool:
    return word[0].isupper() and len(word) > 1 and (word == "Net" or not ordinary(word.lower()))


def _named(title: str) -> range:
    """Return where the name before the first colon stands; an empty range when there is none.

    A name in parts, like Qwen-Audio, is one when any of its parts is.
    """
    colon = title.find(":")
    if colon < 0:
        return range(0)
    begin = max(0, colon - _LONGEST_NAME)
    match = _HEAD.search(title[begin:colon])
    if not match or not any(_is_name(part) and not _inner(part) for part in match[1].split("-")):
        return range(0)
    return range(begin + match.start(1), begin + match.end(1))


@lru_cache(maxsize=16)
def _pattern(own: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds words, own ones and phrases first; those are the group `own`."""
    longest = sorted({word for word in own if _WORD.search(word)}, key=len, reverse=True)
    if not longest:
        return _WORD
    listed = "|".join(map(re.escape, longest))
    return re.compile(rf"(?<![^\W_])(?P<own>{listed})(?=s?(?![^\W_]))|{_RUN}")
