"""The search language: text to a small tree. Nothing that a person types is an error."""

from db.domain.query.fields import NUMBERED
from db.domain.query.marking import Marks, marks_of
from db.domain.query.reading import LONGEST, LONGEST_SCOPE, Resolve, parse
from db.domain.query.saved import SavedSearches, bounded, names, plain, renamed
from db.domain.query.tree import (
    HEAD,
    All,
    Between,
    Moments,
    Node,
    Not,
    Problem,
    Query,
    Some,
    Term,
    Words,
    both,
    in_head,
    without,
)
from db.domain.query.values import numbers_of

__all__ = [
    "HEAD",
    "LONGEST",
    "LONGEST_SCOPE",
    "NUMBERED",
    "All",
    "Between",
    "Marks",
    "Moments",
    "Node",
    "Not",
    "Problem",
    "Query",
    "Resolve",
    "SavedSearches",
    "Some",
    "Term",
    "Words",
    "both",
    "bounded",
    "in_head",
    "marks_of",
    "names",
    "numbers_of",
    "parse",
    "plain",
    "renamed",
    "without",
]
