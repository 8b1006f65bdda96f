"""Finding records of one work: keys that bring likely twins together, a careful comparison, and sets."""

from db.domain.duplicates.blocking import blocking_keys
from db.domain.duplicates.candidate import Candidate, Score
from db.domain.duplicates.compare import compare
from db.domain.duplicates.grouping import groups, pairs

__all__ = ["Candidate", "Score", "blocking_keys", "compare", "groups", "pairs"]
