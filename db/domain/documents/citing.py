r"""Commands that cite: `\citep[see][p. 3]{a,b}` in LaTeX, `[see @a, p. 3]` in Pandoc's Markdown, `@a` in Typst."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Sequence

LATEX, PANDOC, TYPST = FORMS = ("latex", "pandoc", "typst")
_COMMAND = re.compile(r"[A-Za-z]+\*?")
_PANDOC_KEY = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_]|[:.#$%&\-+?<>~/](?=[A-Za-z0-9_]))*")
_TYPST_KEY = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_\-]|[.:](?=[A-Za-z0-9_\-]))*")


@dataclass(frozen=True, slots=True)
class CiteStyle:
    """How papers are cited: the form, for LaTeX the command, and what stands before and behind the keys."""

    form: str = LATEX
    command: str = "cite"
    prenote: str = ""
    postnote: str = ""


@dataclass(frozen=True, slots=True)
class CitedKeys:
    """Keys that are cited, and how."""

    keys: tuple[str, ...]
    style: CiteStyle

    @property
    def text(self) -> str:
        """What cites them."""
        return cited_as(self.keys, self.style)


def cited_as(keys: Sequence[str], style: CiteStyle) -> str:
    """Return what cites these keys, empty without any; LibraryError when command or notes would break the document."""
    if style.form not in FORMS:
        raise LibraryError(f"{style.form} is no form of citing; there are {', '.join(FORMS)}.")
    pre, post = (_note(note) for note in (style.prenote, style.postnote))
    if style.form == LATEX and not _COMMAND.fullmatch(style.command):
        raise LibraryError(f"{style.command} is not a cite command; those are words like cite, citep or parencite.")
    if not keys:
        return ""
    if style.form == PANDOC:
        return _pandoc(keys, pre, post)
    if style.form == TYPST:
        return _typst(keys, pre, post)
    notes = f"[{_bracketed(pre)}][{_bracketed(post)}]" if pre else f"[{_bracketed(post)}]" if post else ""
    return f"\\{style.command}{notes}{{{','.join(keys)}}}"


def _note(text: str) -> str:
    """Return a note on one line; LibraryError for braces that would swallow what follows."""
    note = " ".join(text.split())
    depth = 0
    for mark in re.findall(r"(?<!\\)(?:\\\\)*([{}])", note):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            break
    if depth or re.search(r"(?<!\\)(?:\\\\)*(?:%|\\$)", note):
        raise LibraryError(f"“{note}” cannot stand in a citation: its braces do not match, or it holds a bare % or \\.")
    return note


def _bracketed(note: str) -> str:
    return f"{{{note}}}" if "[" in note or "]" in note else note


def _pandoc(keys: Sequence[str], pre: str, post: str) -> str:
    named = [f"@{key}" if _PANDOC_KEY.fullmatch(key) else f"@{{{key}}}" for key in keys]
    inside = "; ".join(named)
    return f"[{pre + ' ' if pre else ''}{inside}{', ' + post if post else ''}]"


def _typst(keys: Sequence[str], pre: str, post: str) -> str:
    named = [f"@{key}" if _TYPST_KEY.fullmatch(key) else f'#cite(label("{_quoted(key)}"))' for key in keys]
    if post and _TYPST_KEY.fullmatch(keys[-1]):
        named[-1] += f"[{post}]"
    elif post:
        named[-1] = f'#cite(label("{_quoted(keys[-1])}"), supplement: [{post}])'
    return f"{pre + ' ' if pre else ''}{' '.join(named)}"


def _quoted(key: str) -> str:
    return key.replace("\\", "\\\\").replace('"', '\\"')
