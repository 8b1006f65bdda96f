"""How values are spelled: in braces, in the encoding that was asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.formats.bibwrite import venues

if TYPE_CHECKING:
    from db.domain.formats.bibwrite.model import ExportOptions
    from db.domain.records import Attachment, Person

_FILE_MARKS = re.compile(r"[\\:;]")
_APART = re.compile(r",|\band\b", re.I)
_URL_UNSAFE = str.maketrans({character: f"%{ord(character):02X}" for character in ' "{}\\^`|<>'})
_VERBATIM = frozenset(("url", "doi", "eprint", "pdf"))
_DATE = re.compile(r"[\dTXZu:./~?%+-]+\Z")
_LINK = re.compile(r"https?://[^\s{}]+")


class Pen:
    """Writes values as the options of one export want them."""

    __slots__ = ("_own", "_reader", "_shorter", "options", "unicode")

    def __init__(self, options: ExportOptions) -> None:
        self.options = options
        self.unicode = options.encoding == "unicode"
        self._reader: latex.Reader = (
            "unicode" if self.unicode else "biber" if options.profile == "biblatex" else "latex"
        )
        self._own = options.own_words
        self._shorter = {venues.norm(name): short for name, short in options.venues.items()}

    def text(self, text: str) -> str:
        """Return a text in braces."""
        return f"{{{latex.encode(text, reader=self._reader)}}}"

    def title(self, text: str) -> str:
        """Return a title in braces, its capitals protected."""
        return f"{{{latex.encode(text, protect_case=True, reader=self._reader, own_words=self._own)}}}"

    def value(self, name: str, text: str) -> str:
        """Return the value of a field that an entry came with; one that is a link stays whole."""
        if text.startswith("http") and _LINK.fullmatch(text):
            return f"{{{address(text)}}}"
        if self.options.profile == "biblatex" and (name in _VERBATIM or (name.endswith("date") and _DATE.match(text))):
            return f"{{{address(text) if name in _VERBATIM else text}}}"
        return self.text(text)

    def venue(self, venue: str) -> str:
        """Return a venue in braces, by its short name where there is one."""
        return self.text(self.short(venue))

    def short(self, venue: str) -> str:
        """Return the short name of a venue, the venue itself when there is none."""
        return self._shorter.get(venues.norm(venue), venue) if self._shorter else venue

    def keywords(self, words: tuple[str, ...]) -> str:
        """Return keywords in braces, apart by commas."""
        return self.text(listed(words))

    def names(self, people: tuple[Person, ...], more: bool) -> str:
        """Return authors in braces as BibTeX wants them."""
        spell = _name_for_biber if self.options.profile == "biblatex" else _name
        listed = [spell(person.family, person.given, self.unicode) for person in people]
        return f"{{{' and '.join([*listed, 'others'] if more else listed)}}}"

    def changes(self, people: tuple[Person, ...]) -> bool:
        """Say whether some name cannot be spelled as it is."""
        if self.options.profile == "biblatex":
            return any(_changed_for_biber(person.family, person.given, self.unicode) for person in people)
        return not self.unicode and any(map(latex.lossy, _foreign_parts(people)))

    def replaced(self, people: tuple[Person, ...]) -> list[str]:
        """Return the characters beyond ASCII of names, each once, that others are written for."""
        find = latex.replaced_in_name if self.options.profile == "biblatex" else latex.lossy
        parts = _foreign_parts(people)
        return list(dict.fromkeys([character for part in parts for character in find(part)])) if parts else []


def listed(words: tuple[str, ...]) -> str:
    """Return keywords apart by commas, none of which stays within a keyword."""
    return ", ".join(word.replace(",", ";") for word in words)


def _foreign_parts(people: tuple[Person, ...]) -> list[str]:
    return [part for person in people for part in (person.family, person.given) if not part.isascii()]


@lru_cache(maxsize=50_000)
def _changed_for_biber(family: str, given: str, unicode: bool) -> bool:
    return latex.changed_name(family, unicode=unicode) or latex.changed_name(given, unicode=unicode)


@lru_cache(maxsize=50_000)
def _name(family: str, given: str, unicode: bool) -> str:
    reader: latex.Reader = "unicode" if unicode else "latex"
    return _put_together(latex.encode(family, reader=reader), latex.encode(given, reader=reader))


@lru_cache(maxsize=50_000)
def _name_for_biber(family: str, given: str, unicode: bool) -> str:
    family, given = latex.name_part(family, unicode=unicode), latex.name_part(given, unicode=unicode)
    return _put_together(family or given or "{}", given if family else "")


def _put_together(family: str, given: str) -> str:
    # What BibTeX would take apart, or for the end of the name, stands in braces.
    if ((not given and " " in family) or _APART.search(family)) and not _is_group(family):
        family = f"{{{family}}}"
    if _APART.search(given) and not _is_group(given):
        given = f"{{{given}}}"
    return f"{family}, {given}" if given else family


def _is_group(text: str) -> bool:
    return text[:1] == "{" and text.find("}") == len(text) - 1


def plain_name(person: Person) -> str:
    """Return a name as people write it in lists."""
    return f"{person.family}, {person.given}" if person.given else person.family


def address(url: str) -> str:
    """Return an address as every style that prints one wants it: raw, in ASCII, without spaces and braces."""
    tidy = latex.tidy(url).translate(_URL_UNSAFE)
    return tidy if tidy.isascii() else "".join(c if c.isascii() else _percent(c) for c in tidy)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", errors="ignore"))


def file(one: Attachment) -> str:
    """Return a file as JabRef writes it, `title:path:type`; empty when BibTeX would stumble over its braces."""
    text = ":".join(_FILE_MARKS.sub(r"\\\g<0>", part) for part in (one.title, one.path, one.mime))
    return "" if "{" in text or "}" in text or "\n" in text else text
