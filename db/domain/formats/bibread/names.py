"""Names as BibTeX and biblatex write them: `von Last, Jr, First`, `First von Last`, braces, and biblatex's `given=`."""

from __future__ import annotations

import re
from functools import lru_cache

from db.domain.formats.bibread.values import decoded, one_line
from db.domain.records import Person

MOST = 20_000
"""People of one entry; the largest collaborations have some 5,000."""
_AND = re.compile(r"(?<!\\)[{}]|\s+and(?=\s)", re.IGNORECASE)
_MARK = re.compile(r"(?<!\\)[{}]|[,;]|[\s~]+")
_PART = re.compile(
    r"\s*\"?(family|given|prefix|suffix|useprefix|given-i|family-i|prefix-i|suffix-i|id|hash|gender)\s*="
)
_LETTER = re.compile(r"[^\W\d_]")
_COMMAND = re.compile(r"\\(?:([`'^\"~=.]|[uvHcdbrk](?![A-Za-z]))|([A-Za-z]+))")


def people(text: str) -> tuple[tuple[Person, ...], bool]:
    """Return the people of a name list in LaTeX, and whether it ends in `and others`."""
    text = one_line(text)
    if not text:
        return (), False
    names = _split_and(text)[:MOST]
    if len(names) == 1:
        names = _other_lists(names[0])
    more = bool(names) and names[-1].lower() in ("others", "et al.", "et al", "{others}")
    if more:
        names.pop()
    return tuple(found for name in names if (found := _person(name)) is not None), more


def originals(text: str) -> tuple[Person, ...]:
    """Return the people of the list that Sheaf writes beside a list which LaTeX cannot print."""
    found = []
    for name in decoded(one_line(text)).split("; "):
        family, _, given = name.partition(", ")
        found.append(_rejoined(name) if given.startswith("Jr, ") else Person(family, given))
    return tuple(found)


def _rejoined(name: str) -> Person:
    family, suffix, given = name.split(", ", 2)
    return Person(f"{family}, {suffix}", given)


def _split_and(text: str) -> list[str]:
    """Split at `and` outside of braces."""
    if "{" not in text:
        parts = re.split(r" and (?=\S)", text, flags=re.IGNORECASE) if " and " in text.lower() else [text]
    else:
        level, start, parts = 0, 0, list[str]()
        for match in _AND.finditer(text):
            mark = match[0]
            level = max(0, level + {"{": 1, "}": -1}.get(mark, 0))
            if mark not in "{}" and level == 0:
                parts.append(text[start : match.start()])
                start = match.end() + 1
        parts.append(text[start:])
    return [name for part in parts if (name := part.strip(" ~").rstrip(","))] or [""]


def _other_lists(name: str) -> list[str]:
    """Split what others write instead of `and`: semicolons, or commas between full names."""
    if _PART.match(name):
        return [name]
    marks = [match for match in _outside(name) if match[0] in ",;"]
    if any(match[0] == ";" for match in marks):
        return _cut(name, [match.start() for match in marks if match[0] == ";"])
    parts = _cut(name, [match.start() for match in marks])
    return parts if len(parts) > 3 and all(" " in part for part in parts) else [name]


def _outside(text: str) -> list[re.Match[str]]:
    """Return the commas, semicolons and spaces outside of braces."""
    found, level = [], 0
    for match in _MARK.finditer(text):
        if match[0] in "{}":
            level = max(0, level + (1 if match[0] == "{" else -1))
        elif level == 0:
            found.append(match)
    return found


def _cut(text: str, places: list[int]) -> list[str]:
    bounds = [-1, *places, len(text)]
    parts = (text[bounds[at] + 1 : bounds[at + 1]].strip(" ~") for at in range(len(bounds) - 1))
    return [part for part in parts if part]


@lru_cache(maxsize=20_000)
def _person(name: str) -> Person | None:
    if "=" in name and _PART.match(name):
        return _by_parts(name)
    marks = _outside(name)
    commas = [match.start() for match in marks if match[0] == ","]
    if commas:
        return _with_commas(_cut(name, commas))
    tokens = _cut_spaces(name, [match for match in marks if match[0] not in ",;"])
    return _without_commas(tokens) if tokens else None


def _with_commas(parts: list[str]) -> Person | None:
    """`von Last, First` or `von Last, Jr, First`; a suffix stays with the family name, as Sheaf keeps it."""
    texts = [_clean(part) for part in parts]
    if len(texts) < 2:
        return Person(texts[0]) if texts else None
    if len(texts) == 2:
        return Person(texts[0], texts[1])
    return Person(f"{texts[0]}, {', '.join(texts[1:-1])}", texts[-1])


def _without_commas(tokens: list[str]) -> Person | None:
    """`First von Last`: the family name begins at the first word in small letters, else it is the last word."""
    if len(tokens) == 1:
        return Person(_clean(tokens[0]))
    small = [at for at, token in enumerate(tokens[:-1]) if _is_small(token)]
    # All words small: nobody of that name has a "von"; the person just writes so.
    begin = small[0] if small and not (len(small) == len(tokens) - 1 and _is_small(tokens[-1])) else len(tokens) - 1
    return Person(_clean(" ".join(tokens[begin:])), _clean(" ".join(tokens[:begin])))


def _is_small(token: str) -> bool:
    """Say whether a word begins with a small letter, as BibTeX looks at it: a word in braces has no case."""
    if token[0] == "{":
        if token[1:2] != "\\":
            return False
        command = _COMMAND.match(token, 1)
        rest = token[command.end() :] if command and command[1] else token[2:]
        letter = _LETTER.search(rest)
    else:
        letter = _LETTER.search(decoded(token))
    return letter is not None and letter[0].islower()


def _cut_spaces(text: str, spaces: list[re.Match[str]]) -> list[str]:
    start, tokens = 0, []
    for match in spaces:
        tokens.append(text[start : match.start()])
        start = match.end()
    return [token for token in [*tokens, text[start:]] if token]


def _clean(text: str) -> str:
    return one_line(decoded(text.replace("~", " ") if "~" in text and "\\" not in text else text)).replace(
        "\u00a0", " "
    )


def _by_parts(name: str) -> Person:
    """The extended form of biblatex: `family=Harman, given=Hans, prefix=van, suffix=Jr`."""
    found = {}
    for part in _cut(name, [match.start() for match in _outside(name) if match[0] == ","]):
        key, _, value = part.strip('" ').partition("=")
        found[key.strip().lower()] = _clean(value.strip(' "'))
    family = " ".join(filter(None, (found.get("prefix", ""), found.get("family", ""))))
    if suffix := found.get("suffix"):
        family = f"{family}, {suffix}"
    return Person(family or found.get("given", ""), found.get("given", found.get("given-i", "")) if family else "")
