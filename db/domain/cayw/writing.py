r"""Citations in the formats of the dialect, from keys and notes: `\citep[see][p. 3]{a,b}`, `[#a][]`, `cite:[a(3)]`.

A format whose syntax has no room for a note says so, and the note is then not asked for.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.cayw.locators import SHORT, place
from db.domain.documents import CiteStyle, cited_as
from db.domain.documents.citing import LATEX, PANDOC
from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.domain.cayw.wish import Wish

_TYPST_LABEL = re.compile(r"[A-Za-z0-9_\-:.]*[A-Za-z0-9_\-]")
_MACRO = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Pick:
    """A paper that was picked."""

    id: int
    key: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands before the first paper and behind the last."""

    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name in the dialect, and which notes it has room for.

    Without `write` it is made of more than keys and titles: references, or whole entries.
    """

    name: str
    write: Callable[[Sequence[Pick], Notes, Wish], str] | None
    before: bool = False
    behind: bool = False


def write(picks: Sequence[Pick], notes: Notes, wish: Wish) -> str:
    """Return what cites the papers, empty for none; LibraryError when command or notes would break the document."""
    chosen = by_name(wish.format)
    if chosen is None or chosen.write is None:
        return ""
    before, behind = (" ".join(note.split()) for note in (notes.before, notes.behind))
    text = chosen.write(picks, Notes(before, behind), wish)
    return text if picks else ""


def by_name(name: str) -> Format | None:
    """Return the format of that name, None when the dialect has none that Sheaf writes."""
    return next((one for one in FORMATS if one.name == name), None)


def _latex(usual: str) -> Callable[[Sequence[Pick], Notes, Wish], str]:
    def written(picks: Sequence[Pick], notes: Notes, wish: Wish) -> str:
        command = wish.option("command", usual).lstrip("\\")
        return cited_as([one.key for one in picks], CiteStyle(LATEX, command, notes.before, notes.behind))

    return written


def _multimarkdown(picks: Sequence[Pick], notes: Notes, _wish: Wish) -> str:
    said = {0: [notes.before]} if picks else {}
    said.setdefault(len(picks) - 1, []).append(notes.behind)
    parts = [(" ".join(filter(None, said.get(at, []))), one.key) for at, one in enumerate(picks)]
    return "".join(f"[{note}][#{key}]" if note else f"[#{key}][]" for note, key in parts)


def _pandoc(picks: Sequence[Pick], notes: Notes, wish: Wish) -> str:
    text = cited_as([one.key for one in picks], CiteStyle(PANDOC, "", notes.before, notes.behind))
    return text if wish.says("brackets") else text.removeprefix("[").removesuffix("]")


def _typst(picks: Sequence[Pick], notes: Notes, _wish: Wish) -> str:
    cited = []
    for at, one in enumerate(picks, start=1):
        quoted = one.key.replace("\\", "\\\\").replace('"', '\\"')
        label = f"<{one.key}>" if _TYPST_LABEL.fullmatch(one.key) else f'label("{quoted}")'
        supplement = f", supplement: [{notes.behind}]" if notes.behind and at == len(picks) else ""
        cited.append(f"#cite({label}{supplement})")
    return " ".join([notes.before, *cited] if notes.before else cited)


def _asciidoctor(picks: Sequence[Pick], notes: Notes, wish: Wish) -> str:
    macro = wish.option("cite", "cite")
    if not _MACRO.fullmatch(macro):
        raise LibraryError(f"{macro} is not a macro that cites; those are words like cite or citenp.")
    found = place(notes.behind)
    where = f"{SHORT.get(found.label, '')} {found.number or found.rest}".strip()
    last = f"({where})" if where else ""
    named = [one.key + (last if at == len(picks) else "") for at, one in enumerate(picks, start=1)]
    return f"{macro}:[{', '.join(named)}]"


def _org_cite(picks: Sequence[Pick], notes: Notes, _wish: Wish) -> str:
    inside = ";".join(f"@{one.key}" for one in picks)
    return f"[cite:{notes.before + ' ' if notes.before else ''}{inside}{' ' + notes.behind if notes.behind else ''}]"


def _org_ref(picks: Sequence[Pick], notes: Notes, _wish: Wish) -> str:
    inside = ";".join(f"&{one.key}" for one in picks)
    if not (notes.before or notes.behind):
        return f"cite:{inside}"
    return f"[[cite:{' '.join(filter(None, (notes.before, inside, notes.behind)))}]]"


def _jekyll(picks: Sequence[Pick], _notes: Notes, _wish: Wish) -> str:
    return "".join(f"{{% cite {one.key} %}}" for one in picks)


def _links(picks: Sequence[Pick], _notes: Notes, _wish: Wish) -> str:
    return "\n".join(f"cites: {one.key}" for one in picks)


def _playground(picks: Sequence[Pick], _notes: Notes, wish: Wish) -> str:
    named = [f"{wish.option('keyprefix')}{one.key}{wish.option('keypostfix')}" for one in picks]
    return wish.option("citeprefix") + wish.option("separator", ",").join(named) + wish.option("citepostfix")


def _json(picks: Sequence[Pick], notes: Notes, _wish: Wish) -> str:
    found = place(notes.behind)
    items = []
    for at, one in enumerate(picks, start=1):
        last = at == len(picks)
        items.append(
            {
                "id": one.id,
                "citationKey": one.key,
                "title": one.title,
                "prefix": notes.before if at == 1 else "",
                "locator": found.number if last else "",
                "label": found.label if last else "",
                "suffix": found.rest if last else "",
                "suppressAuthor": False,
            }
        )
    return json.dumps(items, ensure_ascii=False)


FORMATS: tuple[Format, ...] = (
    Format("latex", _latex("cite"), before=True, behind=True),
    Format("natbib", _latex("cite"), before=True, behind=True),
    Format("cite", _latex("cite"), before=True, behind=True),
    Format("citet", _latex("citet"), before=True, behind=True),
    Format("citep", _latex("citep"), before=True, behind=True),
    Format("biblatex", _latex("autocite"), before=True, behind=True),
    Format("pandoc", _pandoc, before=True, behind=True),
    Format("mmd", _multimarkdown, before=True, behind=True),
    Format("typst", _typst, before=True, behind=True),
    Format("asciidoctor-bibtex", _asciidoctor, behind=True),
    Format("org-cite", _org_cite, before=True, behind=True),
    Format("org-ref", _org_ref, before=True, behind=True),
    Format("jekyll", _jekyll),
    Format("citationLinks", _links),
    Format("playground", _playground),
    Format("json", _json, before=True, behind=True),
    Format("pick", _json, before=True, behind=True),
    Format("formatted-citation", None),
    Format("formatted-bibliography", None),
    Format("translate", None),
)
"""Adding a format adds a line; `org-cite` and `org-ref` are Sheaf's own."""
