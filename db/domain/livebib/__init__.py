"""A .bib file that Sheaf and a person write together: whose an entry is, and what a change makes of the file.

The text is cut into entries and what lies between (`pieces`); an entry is Sheaf's own when its key is known to be and
it still says what Sheaf wrote (`owning`). `composing` works out the new text, `rows` what a person is asked.
Nothing here marks the file: what is known of it is handed in.
"""

from db.domain.livebib.composing import Kind, Plan, Question, compose
from db.domain.livebib.filetext import FileText, read
from db.domain.livebib.owning import Owned, Standing, State, mark, survey
from db.domain.livebib.pieces import Entry, entries
from db.domain.livebib.rows import Row, reduced, rows

__all__ = [
    "Entry",
    "FileText",
    "Kind",
    "Owned",
    "Plan",
    "Question",
    "Row",
    "Standing",
    "State",
    "compose",
    "entries",
    "mark",
    "read",
    "reduced",
    "rows",
    "survey",
]
