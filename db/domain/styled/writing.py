"""Marked text into text, HTML, RTF and Markdown: each escapes all that its readers would take for markup."""

from __future__ import annotations

import html
import re
from string import punctuation
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.domain.styled.marks import Reference, Run

# Only a plain host makes a link: readers of Markdown show others otherwise than they stand there.
_LINK = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.\-]*[a-z0-9])?(?::\d+)?(?![\w@:.\-])(?:[/?#][^\s<>\"“”]*)?", re.IGNORECASE
)
_TRAILING = ".,;:!?)]}'’"
_HTML_TAGS = {"italic": "i", "bold": "b", "super": "sup", "sub": "sub", "underline": "u"}
_SMALL_CAPS = '<span style="font-variant: small-caps">'
_HANGING = ' style="margin: 0 0 0.5em 0; padding-left: 2em; text-indent: -2em"'
_RTF_FONTS = {
    "italic": r"\i", "bold": r"\b", "small-caps": r"\scaps", "super": r"\super", "sub": r"\sub", "underline": r"\ul",
}  # fmt: skip
_RTF_HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Times New Roman;}}\uc1\f0\fs24" + "\n"
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>|~$^&#@]")
_TAGGED = re.compile(r"<([ib])>([^<>*]+)</\1>")
_STARS = {"i": "*", "b": "**"}
_MARKDOWN_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")


class _Writer(Protocol):
    def run(self, text: str, fonts: frozenset[str]) -> str: ...

    def link(self, address: str, fonts: frozenset[str]) -> str: ...

    def joined(self, written: str) -> str: ...

    def lines(self, references: Sequence[Reference]) -> str: ...


def inline(runs: Sequence[Run], output: str) -> str:
    """Return runs as one stretch of an output (a key of `OUTPUTS`), fit to stand within a line of it."""
    return _runs(runs, OUTPUTS[output])


def alone(runs: Sequence[Run], output: str) -> str:
    """Return runs as `inline` does, fit to be handed over by themselves: RTF is a whole document."""
    written = inline(runs, output)
    return f"{_RTF_HEAD}{written}}}\n" if output == "rtf" else written


def reference_list(references: Sequence[Reference], output: str) -> str:
    """Return references as a list in an output (a key of `OUTPUTS`); RTF is a whole document."""
    return OUTPUTS[output].lines(references)


def _runs(runs: Iterable[Run], writer: _Writer) -> str:
    return writer.joined(
        "".join(
            writer.link(text, run.fonts) if is_link else writer.run(text, run.fonts)
            for run in runs
            for text, is_link in _pieces(run.text)
        )
    )


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in turn, and whether each is an address; what ends a sentence is no part of one."""
    at = 0
    for match in _LINK.finditer(text):
        address = match[0]
        while address[-1] in _TRAILING and not (address[-1] == ")" and "(" in address):
            address = address[:-1]
        if address.endswith("/") and address.count("/") < 3:
            continue
        if at < match.start():
            yield text[at : match.start()], False
        yield address, True
        at = match.start() + len(address)
    if at < len(text):
        yield text[at:], False


class _AsWritten:
    """A writer to whom what stands beside a run makes no difference."""

    def joined(self, written: str) -> str:
        return written


class _Text(_AsWritten):
    """Plain text, one reference a line."""

    def run(self, text: str, _fonts: frozenset[str]) -> str:
        return text

    link = run

    def lines(self, references: Sequence[Reference]) -> str:
        return "".join(f"{_one(reference, self, ' ')}\n" for reference in references)


class _Html(_AsWritten):
    """A fragment of HTML that word processors and mail programs take from the clipboard."""

    def run(self, text: str, fonts: frozenset[str]) -> str:
        written = html.escape(text, quote=True)
        if "small-caps" in fonts:
            written = f"{_SMALL_CAPS}{written}</span>"
        for font in sorted(fonts & _HTML_TAGS.keys()):
            written = f"<{_HTML_TAGS[font]}>{written}</{_HTML_TAGS[font]}>"
        return written

    def link(self, address: str, fonts: frozenset[str]) -> str:
        return f'<a href="{html.escape(address, quote=True)}">{self.run(address, fonts)}</a>'

    def lines(self, references: Sequence[Reference]) -> str:
        return "".join(f"<p{_HANGING}>{_one(reference, self, '&#160;')}</p>\n" for reference in references)


class _Rtf(_AsWritten):
    """Rich Text Format; all but ASCII is written in numbers."""

    def run(self, text: str, fonts: frozenset[str]) -> str:
        written = "".join(map(_rtf_character, text))
        if not fonts:
            return written
        return f"{{{''.join(_RTF_FONTS[font] for font in sorted(fonts))} {written}}}"

    link = run  # a field could run what it names; readers turn a bare address into a link themselves

    def lines(self, references: Sequence[Reference]) -> str:
        paragraphs = (f"\\pard\\li567\\fi-567\\sa120 {_one(one, self, chr(9))}\\par\n" for one in references)
        return _RTF_HEAD + "".join(paragraphs) + "}\n"


def _rtf_character(character: str) -> str:
    if character in "\\{}":
        return "\\" + character
    if character == "\t":
        return "\\tab "
    if character.isascii():
        return character
    units = character.encode("utf-16-le", errors="replace")
    codes = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(f"\\u{code}?" for code in codes)


class _Markdown:
    """CommonMark: whatever could be markup stands behind a backslash."""

    def run(self, text: str, fonts: frozenset[str]) -> str:
        written = _MARKDOWN.sub(r"\\\g<0>", text)
        # Tags first, for stars beside punctuation and spaces may mark nothing: `*a.*b`.
        for font in ("italic", "bold", "super", "sub"):
            if font in fonts:
                written = f"<{_HTML_TAGS[font]}>{written}</{_HTML_TAGS[font]}>"
        return written

    def link(self, address: str, _fonts: frozenset[str]) -> str:
        return f"<{address}>"

    def joined(self, written: str) -> str:
        """Return the text with stars in place of tags wherever they mark: not every reader of Markdown knows tags."""
        return _TAGGED.sub(_starred, written)

    def lines(self, references: Sequence[Reference]) -> str:
        return "\n".join(f"{_not_a_list(_one(one, self, ' '))}\n" for one in references)


def _starred(match: re.Match[str]) -> str:
    """Return a tagged stretch between stars, as it is where CommonMark would not take them for marks."""
    whole, inner = match.string, match[2]
    before, behind = whole[: match.start()][-1:], whole[match.end() :][:1]
    if before in ("*", ">", "\\") or behind in ("*", "<"):
        return match[0]
    opens = inner[0].isalnum() or (_apart(before) and not inner[0].isspace())
    closes = inner[-1].isalnum() or (_apart(behind) and not inner[-1].isspace())
    stars = _STARS[match[1]]
    return f"{stars}{inner}{stars}" if opens and closes else match[0]


def _apart(neighbour: str) -> bool:
    """Tell whether a character is none, a space or a punctuation mark of ASCII."""
    return not neighbour.strip() or neighbour in punctuation


def _not_a_list(line: str) -> str:
    """Return a line that does not begin a list or a heading."""
    return _MARKDOWN_START.sub(
        lambda match: f"{match[1]}\\{match[2]}" if match[2] else f"{match[1]}{match[3]}\\{match[4]}", line
    )


def _one(reference: Reference, writer: _Writer, gap: str) -> str:
    body = _runs(reference.body, writer)
    if not reference.label:
        return body
    between = writer.run(gap, frozenset()) if gap == "\t" else gap
    return f"{_runs(reference.label, writer)}{between}{body}"


OUTPUTS: dict[str, _Writer] = {"text": _Text(), "html": _Html(), "rtf": _Rtf(), "markdown": _Markdown()}
"""What writes each output, by name."""
