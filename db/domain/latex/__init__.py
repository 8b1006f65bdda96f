"""Text to LaTeX that plain pdflatex prints without packages, and back.

`encode` gives pure ASCII, escapes exactly once, keeps harmless LaTeX that is in the text already, and lets
no other command run. Characters that plain LaTeX cannot print are replaced: Cyrillic by a transliteration,
fancy letters by plain ones, the rest by `?`; `lossy` names them, so that nothing is lost unsaid.
`decode` reads it back: the very text, but for what was replaced. It reads other programs' spellings as well.
"""

from db.domain.latex.decoding import decode
from db.domain.latex.encoding import encode, escape, lossy, protect_case, tidy

__all__ = ["decode", "encode", "escape", "lossy", "protect_case", "tidy"]
