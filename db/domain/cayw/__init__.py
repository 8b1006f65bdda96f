"""The dialect in which editors ask for a citation while one writes, `cayw`, as Better BibTeX speaks it.

A question is the query of an address (`wish`); the answer is a text in one of many formats (`writing`). What is not
the dialect's own: a flag that says `no`, `false`, `off` or `0` is off, and notes belong to the citation as a whole.
"""

from db.domain.cayw.locators import Place, place
from db.domain.cayw.wish import Refusal, Wish, read_wish, translator
from db.domain.cayw.writing import FORMATS, Format, Notes, Pick, by_name, write

__all__ = [
    "FORMATS",
    "Format",
    "Notes",
    "Pick",
    "Place",
    "Refusal",
    "Wish",
    "by_name",
    "place",
    "read_wish",
    "translator",
    "write",
]
