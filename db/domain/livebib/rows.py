"""What two versions of one entry say, field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.formats.bibread.blocks import Broken, RawEntry, blocks
from db.domain.formats.bibread.segments import Segment
from db.domain.livebib.pieces import entries

if TYPE_CHECKING:
    from collections.abc import Collection

TYPE = "entry type"
"""The row of an entry's kind; no field has a blank in its name."""
_SPACE = re.compile(r"\s+")
_ENDS = re.compile(r"\r\n|\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A field that differs, as LaTeX without its delimiters; empty where there is none."""

    field: str
    in_file: str
    in_library: str


def parsed(text: str) -> RawEntry | None:
    """Return the one entry of a text with its raw fields, None when it cannot be read without doubt."""
    lines = _ENDS.sub("\n", text).split("\n")
    found = blocks(Segment(1, lines, size=len(text)))
    one = found[0] if len(found) == 1 else None
    if not isinstance(one, RawEntry) or one.remarks or any(isinstance(other, Broken) for other in found):
        return None
    names = [field.name for field in one.fields]
    return one if len(names) == len(set(names)) else None


def _values(entry: RawEntry) -> dict[str, str]:
    values = {TYPE: entry.kind.lower()}
    for one in entry.fields:
        values.setdefault(one.name, _bare(one.value))
    return values


def _bare(value: str) -> str:
    text = _SPACE.sub(" ", value).strip()
    if len(text) > 1 and (text[0], text[-1]) in (("{", "}"), ('"', '"')) and _is_one(text):
        return text[1:-1].strip()
    return text


def _is_one(text: str) -> bool:
    """Tell whether the delimiters at both ends belong together."""
    inner, depth = text[1:-1], 0
    for sign in inner:
        depth += (sign == "{") - (sign == "}")
        if depth < 0 or (sign == '"' == text[0] and not depth):
            return False
    return True


def same(one: str, other: str) -> bool:
    """Tell whether two entries say the same, however they are laid out."""
    a, b = parsed(one), parsed(other)
    return a is not None and b is not None and a.key == b.key and _values(a) == _values(b)


def rows(in_file: str, in_library: str) -> tuple[Row, ...] | None:
    """Return the fields that differ, in the order of the file; None when the file's entry cannot be read."""
    theirs, ours = parsed(in_file), parsed(in_library)
    if theirs is None or ours is None:
        return None
    left, right = _values(theirs), _values(ours)
    names = dict.fromkeys([*left, *right])
    return tuple(
        Row(name, left.get(name, ""), right.get(name, "")) for name in names if left.get(name) != right.get(name)
    )


def reduced(file: str, in_file: str, chosen: Collection[str]) -> str:
    """Return an entry with the chosen fields alone, behind the `@string` definitions of its file."""
    entry = parsed(in_file)
    if entry is None:
        return ""
    strings = [file[one.start : one.end] for one in entries(file, strings=True)]
    fields = [f"  {one.name} = {one.value},\n" for one in entry.fields if one.name in chosen]
    return "\n".join([*strings, f"@{entry.kind}{{{entry.key},\n{''.join(fields)}}}\n"])
