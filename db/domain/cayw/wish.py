"""What an editor asks for, read from the query of the address: nothing in it is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from db.domain.cayw.writing import FORMATS, Notes, by_name, write
from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = "latex"
MOST_PARAMETERS = 40
LONGEST = 200  # characters of a value: commands, separators, names of styles
OFF = frozenset(("", "0", "false", "no", "off"))
UNSUPPORTED = {
    "scannable-cite": "marks for a scanner that looks papers up in Zotero",
    "eta": "templates that run as a program",
    "jupyter": "citations that name authors, whom a dump may not know",
}
"""Formats of the dialect that Sheaf does not write, and what they are."""
TRANSLATORS = {"biblatex": "biblatex", "bibtex": "bibtex", "csljson": "csl-json", "ris": "ris", "csv": "csv"}
"""The names that editors give to formats of export, without "better" and blanks, and what Sheaf calls them."""
_FLAGS = ("probe", "selected", "select", "clipboard", "minimize", "texstudio")
BAD, NOT_DONE = 400, 501


@dataclass(frozen=True, slots=True)
class Wish:
    """A question: the format, what it is to be like, and what is to happen besides the answer.

    `probe` asks only whether somebody is there, `selected` takes the papers that are selected in the window, and
    `select` selects there what was picked; `texstudio` pushes the answer into TeXstudio, too.
    """

    format: str = USUAL
    options: Mapping[str, str] = field(default_factory=dict)
    probe: bool = False
    selected: bool = False
    select: bool = False
    clipboard: bool = False
    minimize: bool = False
    texstudio: bool = False

    def option(self, name: str, usual: str = "") -> str:
        """Return a parameter of the format, or what it usually is."""
        return self.options.get(name) or usual

    def says(self, name: str) -> bool:
        """Tell whether a flag of the format is on."""
        return is_on(self.options.get(name, ""))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question is not answered: the status of HTTP, and a sentence for the person."""

    status: int
    text: str


def is_on(value: str) -> bool:
    """Tell whether a flag is on: whatever it says, unless it says no."""
    return value.strip().lower() not in OFF


def read_wish(query: str) -> Wish | Refusal:
    """Return what the query of an address asks for, or why that cannot be done."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return Refusal(BAD, f"The address has more than {MOST_PARAMETERS} parameters.")
    options = dict(pairs)
    if long := next((name for name, value in pairs if len(name) + len(value) > LONGEST), ""):
        return Refusal(BAD, f"The parameter {long[:40]} is longer than {LONGEST} characters.")
    flags = {name: is_on(options.pop(name, "")) for name in _FLAGS}
    wish = Wish(options.pop("format", "") or USUAL, options, **flags)
    return wish if wish.probe else _checked(wish)


def _checked(wish: Wish) -> Wish | Refusal:
    """Say before anybody picks a paper that the answer could not be written."""
    if wish.format in UNSUPPORTED:
        return Refusal(NOT_DONE, f"Sheaf does not write {wish.format} ({UNSUPPORTED[wish.format]}).")
    chosen = by_name(wish.format)
    if chosen is None:
        offered = ", ".join(one.name for one in FORMATS)
        return Refusal(BAD, f"There is no format {wish.format[:40]}. Choose one of: {offered}.")
    try:
        if wish.format == "translate":
            translator(wish)
        write((), Notes(), wish)
    except LibraryError as error:
        return Refusal(BAD, error.message)
    return wish


def translator(wish: Wish) -> str:
    """Return the format of export that `translate` asks for, by Sheaf's name; LibraryError when there is none."""
    named = re.sub(r"[\s_-]", "", wish.option("translator", "biblatex").lower()).replace("better", "")
    if named not in TRANSLATORS:
        raise LibraryError(f"Sheaf does not write {named[:40]}. Choose one of: {', '.join(TRANSLATORS)}.")
    return TRANSLATORS[named]
