r"""What a LaTeX document cites, read from its .tex, .aux or .bcf files; and cite commands to put into one.

`following` walks through the files that a document is made of; each kind of file has a reader of its own
(`texfile`, `auxfile`, `bcffile`) that finds what matters in one text.
"""

from db.domain.documents.citing import CitedKeys, CiteStyle, cited_as
from db.domain.documents.following import read
from db.domain.documents.found import ALL, Bibliography, Citation, Cited, Opened, Opener, Trouble
from db.domain.documents.likeness import KeyBook, Named

__all__ = [
    "ALL",
    "Bibliography",
    "Citation",
    "CiteStyle",
    "Cited",
    "CitedKeys",
    "KeyBook",
    "Named",
    "Opened",
    "Opener",
    "Trouble",
    "cited_as",
    "read",
]
