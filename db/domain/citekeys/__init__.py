"""Citation keys: a small pattern language, ready-made patterns, keys for papers without authors, and uniqueness."""

from db.domain.citekeys.keys import KeySpace, fits, valid_key
from db.domain.citekeys.parts import KeyParts, Work, key_parts
from db.domain.citekeys.pattern import DEFAULT_PATTERN, KeyPattern
from db.domain.citekeys.presets import PRESETS, Preset
from db.domain.citekeys.words import telling_words

__all__ = [
    "DEFAULT_PATTERN",
    "PRESETS",
    "KeyParts",
    "KeyPattern",
    "KeySpace",
    "Preset",
    "Work",
    "fits",
    "key_parts",
    "telling_words",
    "valid_key",
]
