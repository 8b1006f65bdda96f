"""The grammar, and what mends a text so that it always fits: half-typed searches are what a search field mostly sees.

The lexer and the parser (LALR) take linear time and do not recurse.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from db.domain.query.fields import ALIASES, FIELDS
from db.domain.query.tree import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lark import Lark, Token, Tree

ENOUGH = 10  # problems that are told
MOST = 100  # words and conditions: SQLite bounds the depth of an expression

GRAMMAR = rf"""
start: any_of?
any_of: all_of (_OR all_of)*
all_of: unit (_AND? unit)*
?unit: WORD | PHRASE | TERM | negated | _GROUP? "(" any_of ")"
negated: NOT unit

TERM.9: /(?i:{"|".join(sorted((*FIELDS, *ALIASES), key=len, reverse=True))}):(?:=?"[^"]*"?|=?“[^“”"]*[”"]?|[^\s()"“]+)/
_GROUP.8: /(?i:{"|".join(sorted((*FIELDS, *ALIASES), key=len, reverse=True))}):(?=\()/
HALF.7: /(?i:{"|".join(sorted((*FIELDS, *ALIASES), key=len, reverse=True))}):(?=[\s)]|$)/
PHRASE.6: /"[^"]*"?|“[^“”"]*[”"]?/
_OR.5: /(?:OR|\|)(?=[\s()"]|$)/
_AND.5: /AND(?=[\s()"]|$)/
NOT.5: /NOT(?=[\s()"]|$)|-+(?=[^\s\-)])/
WORD.1: /[^\s()"]+/
LPAR: "("
RPAR: ")"
%ignore /\s+/
%ignore HALF
"""


@cache
def parser() -> Lark:
    """Return the parser, made when it is first needed: importing lark costs 55 ms of processor time."""
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", lexer="basic")


def tree_of(text: str) -> tuple[Tree[Token], list[Problem]]:
    """Return the tree of a text, whatever it is, and what had to be mended that a person should know of."""
    from lark import Token

    mender = Mender()
    reading = parser().parse_interactive()
    for token in mender.mend(parser().lex(text)):
        reading.feed_token(token)
    tree: Tree[Token] = reading.feed_token(Token("$END", ""))
    return tree, mender.problems


class Mender:
    """Takes out what leads nowhere: operators without a side, empty groups, parentheses that close nothing."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._out: list[Token] = []
        self._fields: list[str] = []  # of each open parenthesis: the field that its words are in
        self._field = ""
        self._leaves = 0

    def mend(self, tokens: Iterable[Token]) -> list[Token]:
        """Return tokens that the grammar takes."""
        from lark import Token

        for token in tokens:
            self._take(token)
        while self._fields:
            self._close(Token("RPAR", ")"))
        self._strip()
        return self._out

    def _last(self) -> str:
        return self._out[-1].type if self._out else "LPAR"

    def _take(self, token: Token) -> None:
        if token.type == "_GROUP":
            self._field = token.partition(":")[0]
            self._out.append(token)
        elif token.type == "LPAR":
            self._fields.append(self._field or (self._fields[-1] if self._fields else ""))
            self._field = ""
            self._out.append(token)
        elif token.type == "RPAR":
            self._closing(token)
        elif token.type == "NOT":
            self._negate(token)
        elif token.type in ("_AND", "_OR"):
            self._join(token)
        else:
            self._leaf(token)

    def _leaf(self, token: Token) -> None:
        self._leaves += 1
        if self._leaves > MOST:
            if self._leaves == MOST + 1:
                self._problem(token, f"Only the first {MOST} words were searched for.")
            return
        field = self._fields[-1] if self._fields else ""
        if field and token.type != "TERM":
            token = token.update("TERM", f"{field}:{token}")
        self._out.append(token)

    def _negate(self, token: Token) -> None:
        if self._last() == "NOT":
            self._out.pop()  # not not a
        else:
            self._out.append(token)

    def _join(self, token: Token) -> None:
        self._strip()
        if self._last() != "LPAR":
            self._out.append(token)

    def _closing(self, token: Token) -> None:
        if self._fields:
            self._close(token)
        else:
            self._problem(token, "This parenthesis closes nothing.")

    def _close(self, token: Token) -> None:
        self._strip()
        self._fields.pop()
        if self._last() != "LPAR":
            self._out.append(token)
            return
        self._out.pop()
        while self._last() in ("_GROUP", "NOT"):  # of nothing
            self._out.pop()

    def _strip(self) -> None:
        while self._out and self._out[-1].type in ("NOT", "_AND", "_OR"):
            self._out.pop()

    def _problem(self, token: Token, why: str) -> None:
        start = token.start_pos or 0
        if len(self.problems) < ENOUGH:
            self.problems.append(Problem(start, start + len(token), why))


def unknown_field(word: str) -> str:
    """Return the field that a word such as `yaer:2024` probably means, or nothing."""
    name, colon, value = word.partition(":")
    if not colon or not value or not re.fullmatch(r"[A-Za-z]{3,14}", name):
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), (*FIELDS, *ALIASES), 1, 0.75)), "")
