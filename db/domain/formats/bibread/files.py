r"""Attached files: JabRef's `desc:path:type` with its escapes, Zotero's and Mendeley's kinds of it, plain paths."""

from __future__ import annotations

import re
from urllib.parse import unquote

from db.domain.records import Attachment

MOST = 1_000
_TYPES = {
    "pdf": "application/pdf", "ps": "application/postscript", "postscript": "application/postscript",
    "djvu": "image/vnd.djvu", "epub": "application/epub+zip", "html": "text/html", "htm": "text/html",
    "url": "text/html", "txt": "text/plain", "text": "text/plain", "md": "text/markdown", "markdown": "text/markdown",
    "doc": "application/msword", "word": "application/msword", "tex": "application/x-tex",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "powerpoint": "application/vnd.ms-powerpoint",
}  # fmt: skip
_PLAIN = re.compile(r"(?:[A-Za-z]:[\\/]|\\\\|[a-z]+://|file:/|~|\.{0,2}/)")
_LIST = re.compile(r",\s+(?=[A-Za-z]:[\\/]|\\\\|~|\.{0,2}/)")
_SPLIT = re.compile(r"\\.|;|:", re.DOTALL)
_ESCAPE = re.compile(r"\\([:;\\_&%#$~{}^ ])")
_TYPE = re.compile(r"[\w.+-]{1,40}(?:/[\w.+-]{1,60})?")
_PRINTED = re.compile(r"ParsedFileField\{description='([^']*)', link='([^']*)', fileType='([^']*)'\}")
"""What JabRef wrote for a while by mistake."""


def attachments(value: str) -> tuple[Attachment, ...]:
    """Return the files that a `file` field names, in order; paths stay as they are, relative or not."""
    text = " ".join(value.replace("$\\backslash$", "\\").replace("{\\_}", "_").split())
    if text.startswith("ParsedFileField"):
        return tuple(
            Attachment(link, title, _TYPES.get(kind.lower(), "")) for title, link, kind in _PRINTED.findall(text)
        )
    found = [file for part in _parts(text)[:MOST] if (file := _file(part)) is not None]
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> list[list[str]]:
    """Split at semicolons, and each part at colons, where neither is escaped."""
    parts: list[list[str]] = [[]]
    start = 0
    for match in _SPLIT.finditer(text):
        if match[0][0] == "\\":
            continue
        parts[-1].append(text[start : match.start()])
        start = match.end()
        if match[0] == ";":
            parts.append([])
    parts[-1].append(text[start:])
    return [one for part in parts if any(piece.strip() for piece in part) for one in _several(part)]


def _several(part: list[str]) -> list[list[str]]:
    """Split what is plain paths with commas between."""
    whole = ":".join(part)
    return [[one] for one in _LIST.split(whole)] if _PLAIN.match(whole) and _LIST.search(whole) else [part]


def _file(part: list[str]) -> Attachment | None:
    title, path, kind = _three([piece.strip() for piece in part])
    path = local(path)
    if not path:
        return None
    ending = path.rpartition(".")[2].lower()
    mime = kind if "/" in kind else _TYPES.get(kind.lower(), "") or _TYPES.get(ending, "")
    return Attachment(path, _unescaped(title), mime)


def _three(pieces: list[str]) -> tuple[str, str, str]:
    """Return description, path and type of what stands between colons."""
    whole = ":".join(pieces)
    if len(pieces) == 1 or (len(pieces) == 2 and _PLAIN.match(whole)):
        return "", whole, ""
    typed = _TYPE.fullmatch(pieces[-1]) and not _PLAIN.match(pieces[-1]) and _is_type(pieces[-1])
    if len(pieces) == 2:
        if not pieces[0]:
            return "", pieces[1], ""
        return ("", pieces[0], pieces[1]) if typed else (pieces[0], pieces[1], "")
    if len(pieces[0]) == 1 and pieces[1][:1] in ("\\", "/") and typed:
        return "", ":".join(pieces[:-1]), pieces[-1]
    if re.fullmatch(r"[a-z]{2,}", pieces[0]) and pieces[1].startswith("//"):
        return ("", ":".join(pieces[:-1]), pieces[-1]) if typed else ("", whole, "")
    if typed or not pieces[-1]:
        return pieces[0], ":".join(pieces[1:-1]), pieces[-1]
    return pieces[0], ":".join(pieces[1:]), ""


def _is_type(text: str) -> bool:
    return text.lower() in _TYPES or "/" in text or "." not in text


def local(text: str) -> str:
    """Return the path that a text means: the address of a file as its path, a path without its escapes."""
    if text.startswith("file:/"):
        bare = re.sub(r"^file:(?://(?:localhost)?(?=/))?(?:/(?=[A-Za-z]:[\\/]))?", "", text)
        return unquote(bare)
    # A plain Windows path or share: its backslashes are no escapes.
    if re.match(r"[A-Za-z]:\\(?!\\)|\\\\\w", text):
        return text
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
