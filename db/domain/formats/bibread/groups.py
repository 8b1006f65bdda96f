"""JabRef's groups, the tree of a `@comment{jabref-meta: grouping:` and who is in them; the folders of Mendeley."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.names import with_outer

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEPEST = 30
MENDELEY = "mendeley-groups"
"""The field in which Mendeley names the folders of an entry, those in others behind strokes."""
_META = re.compile(r"\s*jabref-meta\s*:\s*(?:grouping|groupstree)\s*:", re.IGNORECASE)
_UNIT = re.compile(r"\s*(\d{1,4})\s+(\w+)\s*:(.*)", re.DOTALL)
_GAPS = re.compile(r"[\s,;]+")
"""What stands between the words of a field, as JabRef has it."""
_REFINES = "1"
"""How a group says that it holds only what the group around it holds as well."""
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeywordGroup:
    """A group of the entries that have all of some words in a field, and are in the group `within` if it names one."""

    path: Path
    field: str
    words: frozenset[str]
    exact: bool
    within: Path = ()

    def holds(self, fields: dict[str, str], found: list[Path]) -> bool:
        """Say whether an entry with such fields, and in the groups `found` so far, is in the group."""
        text = fields.get(self.field, "")
        if not text or (self.within and self.within not in found):
            return False
        return self.words <= frozenset(_GAPS.split(text if self.exact else text.lower()))


@dataclass(slots=True)
class Groups:
    """All groups of a file: those that entries name, those that name entries, those that words make, and `others`.

    `kept` are the paths of all but those.
    """

    named: dict[str, list[Path]] = field(default_factory=dict)
    listed: dict[str, list[Path]] = field(default_factory=dict)
    keyword: list[KeywordGroup] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    kept: dict[Path, None] = field(default_factory=dict)

    def of(self, key: str, fields: dict[str, str]) -> tuple[Path, ...]:
        """Return the paths of the groups that hold an entry."""
        found: list[Path] = []
        for name in self._own(fields.get("groups", "")):
            found += self.named.get(name, [(name,)])
        found += [tuple(filter(None, name.split("/"))) for name in _names(fields.get(MENDELEY, ""))]
        if self.listed:
            found += self.listed.get(key, [])
        for group in self.keyword:  # which stand behind those that they are in
            if group.holds(fields, found):
                found.append(group.path)
        return tuple(dict.fromkeys(filter(None, found)))

    def _own(self, value: str) -> list[str]:
        """Return the groups that an entry names, with commas between, or semicolons where keywords have them too."""
        names = _names(value)
        if ";" in value and not all(name in self.named for name in names):
            others = _names(value.replace(";", ","))
            names = others if all(name in self.named for name in others) else names
        return names


def empty(groups: Groups, held: Iterable[Path]) -> list[str]:
    """Return the names of groups that hold nothing, nor does any inside them; `held` are those of the entries."""
    full = with_outer(held)
    return ["/".join(path) for path in groups.kept if path not in full]


def is_tree(comment: str) -> bool:
    """Say whether the text of a comment is a tree of groups."""
    return _META.match(comment) is not None


def read(comment: str, groups: Groups) -> None:
    """Add the groups of such a comment."""
    # JabRef breaks long lines anywhere; the breaks are no part of the text.
    match = _META.match(comment)
    text = comment[match.end() :] if match else ""
    path: list[str] = []
    for unit in _split("".join(text.splitlines())):
        match = _UNIT.match(unit)
        if match is None or match[2] == "AllEntriesGroup":
            continue
        level = min(max(int(match[1]), 1), DEEPEST, len(path) + 1)
        parts = _split(match[3]) + [""] * 5
        path = [*path[: level - 1], parts[0].strip() or "?"]
        _add(groups, match[2], tuple(path), parts)


def _add(groups: Groups, kind: str, path: Path, parts: list[str]) -> None:
    name = path[-1]
    if kind in ("ExplicitGroup", "StaticGroup"):
        groups.kept[path] = None
        groups.named.setdefault(name, []).append(path)
        if kind == "ExplicitGroup":
            for key in filter(None, (part.strip() for part in parts[2:])):
                groups.listed.setdefault(key, []).append(path)
    elif kind == "KeywordGroup" and parts[5] != "1" and parts[3].strip():
        _by_words(groups, path, parts)
    else:
        groups.others.append(name)


def _by_words(groups: Groups, path: Path, parts: list[str]) -> None:
    within = path[:-1] if parts[1] == _REFINES else ()
    exact = parts[4] == "1"
    words = frozenset(filter(None, _GAPS.split(parts[3] if exact else parts[3].lower())))
    if words and (not within or within in groups.kept):
        groups.kept[path] = None
        groups.keyword.append(KeywordGroup(path, parts[2].strip().lower(), words, exact, within))
    else:
        groups.others.append(path[-1])


def _split(text: str) -> list[str]:
    """Split at semicolons that are not escaped, and take one level of escapes away."""
    parts, start = [], 0
    for match in re.finditer(r"\\.|;", text, re.DOTALL):
        if match[0] == ";":
            parts.append(_unescaped(text[start : match.start()]))
            start = match.end()
    return [*parts, _unescaped(text[start:])] if text[start:].strip() else parts


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL) if "\\" in text else text


def _names(value: str) -> list[str]:
    return [name for part in value.split(",") if (name := " ".join(part.split()))]
