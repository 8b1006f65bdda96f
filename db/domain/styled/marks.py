"""The marks between the formatter and the outputs: private characters for fonts and quotes, and runs of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FONTS = ("italic", "bold", "small-caps", "super", "sub", "underline")
_FIRST = 0xF0000
_ON = {font: chr(_FIRST + 2 * place) for place, font in enumerate(FONTS)}
_OFF = {font: chr(_FIRST + 2 * place + 1) for place, font in enumerate(FONTS)}
OPEN, CLOSE, OTHERS = (chr(_FIRST + 32 + place) for place in range(3))
"""A style's own quotation marks, and the name that stands for authors whom nobody named."""
_PUNCTUATION = ".,;:!?"
_KEPT = {mark: chr(_FIRST + 48 + place) for place, mark in enumerate(_PUNCTUATION)}
_BACK = str.maketrans({kept: mark for mark, kept in _KEPT.items()})
_OURS = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + 63)}]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_INNER = re.compile(rf"[{_PUNCTUATION}](?=[{_PUNCTUATION}])|(?<= )[{_PUNCTUATION}]")
_BETWEEN = f"[{chr(_FIRST)}-{chr(_FIRST + 31)}]*"
_TWICE = re.compile(rf"([{_PUNCTUATION}])({_BETWEEN})\1")
_AFTER_END = re.compile(rf"([?!])({_BETWEEN}{CLOSE}?{_BETWEEN})\.")
_COMMA_DOT = re.compile(rf",({_BETWEEN})\.")
_LOOSE = re.compile(rf" +({_BETWEEN})([.,;:](?:\s|{_BETWEEN}$))")
_SPACES = re.compile(rf" ({_BETWEEN}) +")
_NOTHING_MORE = re.compile(rf"[,;]({CLOSE}?) *\)")
_QUOTED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_CURLY = re.compile(r"“([^“”]*)”")
_STRAIGHT = re.compile(r'(?<!\w)"([^"]*)"(?!\w)')
_OUTSIDE = re.compile(f"{CLOSE}({_BETWEEN})([.,])")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one set of fonts (names of `FONTS`)."""

    text: str
    fonts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper in a list: what stands before it, such as its number, and the text."""

    key: str
    label: tuple[Run, ...]
    body: tuple[Run, ...]


def value(text: str) -> str:
    """Return a paper's own text fit for the formatter: one line, without our marks, its inner punctuation safe."""
    plain = _SPACE.sub(" ", _UNFIT.sub("", _OURS.sub("", text))).strip()
    return _INNER.sub(lambda match: _KEPT[match[0]], plain)


def wrap(text: str, font: str) -> str:
    """Return a text marked to stand in a font."""
    return f"{_ON[font]}{text}{_OFF[font]}"


def bare(text: str) -> str:
    """Return a marked text without its marks."""
    return _OURS.sub("", text.translate(_BACK))


def tidy(text: str, *, quotes: Sequence[str], inside: bool, et_al: str, and_: str) -> str:
    """Return a marked text with punctuation as CSL wants it.

    `quotes` are the locale's outer and inner pairs, and `inside` says that full stops and commas go before the closing
    one. `et_al` takes the place of the authors whom nobody named, with what joined them (`and_` is the locale's word).
    """
    joined = rf"(,)?\s*(?:…\s*)?(?:(?:&|{re.escape(and_ or 'and')})\s+)?{OTHERS}"
    text = re.sub(joined, lambda match: f"{match[1] or ''} {et_al}", text)
    if inside:
        text = _OUTSIDE.sub(rf"\2{CLOSE}\1", text)
    for rule, becomes in (
        (_SPACES, r" \1"), (_LOOSE, r"\1\2"), (_TWICE, r"\1\2"), (_AFTER_END, r"\1\2"),
        (_COMMA_DOT, r".\1"), (_TWICE, r"\1\2"), (_NOTHING_MORE, r"\1)"),
    ):  # fmt: skip
        text = rule.sub(becomes, text)
    text = _QUOTED.sub(lambda match: _with_inner(match[0], quotes), text)
    return text.replace(OPEN, quotes[0]).replace(CLOSE, quotes[1]).strip()


def _with_inner(text: str, quotes: Sequence[str]) -> str:
    """Return what stands in quotes with those of its own turned into the inner ones."""
    inner = rf"{quotes[2]}\1{quotes[3]}"
    return _STRAIGHT.sub(inner, _CURLY.sub(inner, text))


def runs(text: str) -> tuple[Run, ...]:
    """Return the runs of a marked text; italics within italics stand upright, as printers have it."""
    found: list[Run] = []
    depth = dict.fromkeys(FONTS, 0)
    on, off = ({mark: font for font, mark in marks.items()} for marks in (_ON, _OFF))
    for piece in re.split(f"([{''.join(_ON.values())}{''.join(_OFF.values())}])", text):
        if piece in on:
            depth[on[piece]] += 1
        elif piece in off:
            depth[off[piece]] -= 1
        elif shown := bare(piece):
            fonts = {font for font, level in depth.items() if level > 0}
            if depth["italic"] % 2 == 0:
                fonts.discard("italic")
            found.append(Run(shown, frozenset(fonts)))
    return tuple(found)
