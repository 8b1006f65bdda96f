"""What texts are about: their words and notions, how often each is met, which papers share rare ones."""

from __future__ import annotations

from db.domain.terms.alike import Word, likeness, rarity, telling, words
from db.domain.terms.bags import Bags
from db.domain.terms.frequent import frequent
from db.domain.terms.vocabulary import Term, Vocabulary, learn

__all__ = ["Bags", "Term", "Vocabulary", "Word", "frequent", "learn", "likeness", "rarity", "telling", "words"]
