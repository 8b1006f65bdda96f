"""Text to LaTeX that plain pdflatex prints without packages, and back.

`encode` gives pure ASCII, escapes exactly once, keeps harmless LaTeX that is in the text already, and lets
no other command run. Characters that plain LaTeX cannot print are replaced: Cyrillic by a transliteration,
fancy letters by plain ones, the rest by `?`; `lossy` names them, so that nothing is lost unsaid.
`name_part` spells names for biber, which wants letters in them.
`decode` reads it back: the very text, but for what was replaced. It reads other programs' spellings as well.
"""

from db.domain.latex.decoding import decode
from db.domain.latex.encoding import Reader, encode, escape, lossy, protect_case, tidy
from db.domain.latex.naming import changed_name, name_part, replaced_in_name

__all__ = [
    "Reader",
    "changed_name",
    "decode",
    "encode",
    "escape",
    "lossy",
    "name_part",
    "protect_case",
    "replaced_in_name",
    "tidy",
]
