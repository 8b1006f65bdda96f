"""What is wrong with entries, in words for the person."""

from __future__ import annotations

import re
from dataclasses import dataclass

SHOWN = 20_000
"""Characters of a broken entry that an issue shows."""

NO_CLOSING_BRACE = (
    "This entry has no closing brace, so it was left out; the entries after it were read. "
    "Add the missing } and import the file again."
)
NO_CLOSING_QUOTE = (
    "A value of this entry has no closing quotation mark, so the entry was left out; the entries after it were read."
)
NO_EQUALS = "A field of this entry has no = between its name and its value, so the entry was left out."
NO_KEY_COMMA = "There is no comma after the key of this entry, so it was left out; the entries after it were read."
UNREAD = "This entry is not written as BibTeX asks for, so it was left out; the entries after it were read."
OVERLONG = "This entry is longer than 2,000,000 characters, so it was left out."
NO_COMMA_AFTER_KEY = "There is no comma after the key of this entry; it was read as if there were one."
NO_KEY = "This entry has no citation key; it was read without one."
NO_COMMA = "There is no comma after the field {}; the entry was read as if there were one."
JUNK = "This text stands behind the value of the field {} and was left out."
CLOSED_EARLY = (
    "This entry was closed before these lines by a brace too many. What stands before them was kept, they were not."
)
REPEATED = "The field {} stands in this entry more than once. The first value was kept, this one was not."
DUPLICATE = "An entry with the key {} stands in line {} too. Both were read; give one of them another key."
SET = "A set is no work of its own, and Sheaf keeps no sets: its members were read, the set itself was left out."
NO_FIELDS = "This entry has no fields, so there is nothing to keep of it."
NO_TITLE = "This entry has no title; everything else of it was kept."
NO_PARENT = "The entry {} that this one takes fields from is not in the file; only its own fields were kept."
GROUPS = "These groups are made by a search or a rule, which Sheaf does not keep as collections: {}."
EMPTY_GROUPS = "These groups hold no entry, so nothing of them is left: {}."
ENCODING = "The file says that its encoding is {}, but it was read as {}; look at letters with accents."

_FIELD = re.compile(r"\s*,?\s*[A-Za-z][\w-]{0,60}\s*=\s*[{\"]")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about an entry that was kept; `lines` are those of it that were not."""

    line: int
    text: str
    why: str
    lines: tuple[int, ...] = ()


def like_field(line: str) -> bool:
    """Say whether a line looks like a field of an entry."""
    return "=" in line and _FIELD.match(line) is not None


def why(raw: str, said: str) -> str:
    """Return why an entry could not be read, from the parser's words."""
    if 'closing `"`' in said or (raw.count("{") <= raw.count("}") + 1 and _open_quote(raw)):
        return NO_CLOSING_QUOTE
    if "end of file" in said or "Unexpected block start" in said:
        return NO_CLOSING_BRACE
    if "comma after entry key" in said:
        return NO_KEY_COMMA
    return NO_EQUALS if "Expected a `=`" in said else UNREAD


def _open_quote(raw: str) -> bool:
    return len(re.findall(r"(?<!\\)\"", raw)) % 2 == 1 and re.search(r"=\s*\"", raw) is not None
