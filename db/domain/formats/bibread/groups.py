"""JabRef's groups, the tree of a `@comment{jabref-meta: grouping:` and who is in them; the folders of Mendeley."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

DEEPEST = 30
MENDELEY = "mendeley-groups"
"""The field in which Mendeley names the folders of an entry, those in others behind strokes."""
_META = re.compile(r"\s*jabref-meta\s*:\s*(?:grouping|groupstree)\s*:", re.IGNORECASE)
_UNIT = re.compile(r"\s*(\d{1,4})\s+(\w+)\s*:(.*)", re.DOTALL)
_WORDS = re.compile(r"[^\W_]+")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeywordGroup:
    """A group of the entries that have a word in a field."""

    path: Path
    field: str
    term: str
    exact: bool

    def holds(self, fields: dict[str, str]) -> bool:
        """Say whether an entry with such fields is in the group."""
        text = fields.get(self.field, "")
        term = self.term if self.exact else self.term.lower()
        text = text if self.exact else text.lower()
        if term not in text:
            return False
        if self.field in ("keywords", "groups"):
            return term in [word.strip() for word in re.split("[,;]", text)]
        return f" {' '.join(_WORDS.findall(term))} " in f" {' '.join(_WORDS.findall(text))} "


@dataclass(slots=True)
class Groups:
    """All groups of a file: those that entries name, those that name entries, those that a word makes."""

    named: dict[str, list[Path]] = field(default_factory=dict)
    listed: dict[str, list[Path]] = field(default_factory=dict)
    keyword: list[KeywordGroup] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def of(self, key: str, fields: dict[str, str]) -> tuple[Path, ...]:
        """Return the paths of the groups that hold an entry."""
        found: list[Path] = []
        for name in _names(fields.get("groups", "")):
            found += self.named.get(name, [(name,)])
        found += [tuple(filter(None, name.split("/"))) for name in _names(fields.get(MENDELEY, ""))]
        if self.listed:
            found += self.listed.get(key, [])
        found += [group.path for group in self.keyword if group.holds(fields)]
        return tuple(dict.fromkeys(filter(None, found)))


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
        groups.named.setdefault(name, []).append(path)
        if kind == "ExplicitGroup":
            for key in filter(None, (part.strip() for part in parts[2:])):
                groups.listed.setdefault(key, []).append(path)
    elif kind == "KeywordGroup" and parts[5] != "1" and parts[3].strip():
        groups.keyword.append(KeywordGroup(path, parts[2].strip().lower(), parts[3].strip(), parts[4] == "1"))
    else:
        groups.others.append(name)


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
