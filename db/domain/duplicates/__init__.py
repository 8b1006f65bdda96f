"""Finding records of one work: keys that bring likely twins together, a careful comparison, and sets."""

from db.domain.duplicates.blocking import blocking_keys
from db.domain.duplicates.candidate import Candidate, Score
from db.domain.duplicates.compare import compare, far_apart
from db.domain.duplicates.evidence import Glance, bare_numbers, glance
from db.domain.duplicates.grouping import groups, pairs

__all__ = [
    "Candidate", "Glance", "Score", "bare_numbers", "blocking_keys", "compare", "far_apart", "glance", "groups",
    "pairs",
]  # fmt: skip
