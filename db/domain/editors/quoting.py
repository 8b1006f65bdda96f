r"""Strings as literals of other languages, in printable ASCII only.

An escape for everything else keeps them whole whatever encoding the editor or the connection uses.
"""

from __future__ import annotations

import unicodedata

from db.domain.errors import LibraryError

LONGEST = 20_000
"""Characters: far more than a person cites at once, and far less than a system takes as one argument."""
_BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, halves of pairs, line and paragraph ends


def one_line(text: str) -> str:
    """Return the text; LibraryError when it is empty, too long or no single line of text.

    A line end or an escape character would be a key press, or a message of its own, in some editors.
    """
    if not text:
        raise LibraryError("There is nothing to push: these papers are no longer in the library.")
    if len(text) > LONGEST:
        raise LibraryError("So many papers at once are too much for an editor.")
    odd = next((character for character in text if unicodedata.category(character) in _BREAKS), None)
    if odd is not None:
        raise LibraryError(
            f"The citation holds a character that is no text (U+{ord(odd):04X}): take it out of the note."
        )
    return text


def lisp_string(text: str) -> str:
    r"""Return an Emacs Lisp string: `\` and `"` behind a backslash, all but printable ASCII as `\uXXXX`."""
    return f'"{_escaped(text)}"'


def vim_string(text: str) -> str:
    r"""Return a Vim script string for Vim and Neovim, escaped as in Lisp.

    Vim's special keys, like `\<Esc>`, need a backslash before the `<`, and every backslash is doubled.
    """
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return "".join(_escape(character) for character in text)


def _escape(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if " " <= character <= "~":
        return character
    # Both languages read at most four digits behind u and eight behind U: what follows is never taken in.
    return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"
