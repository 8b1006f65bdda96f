"""What a topic is called: the terms that its papers have and others have not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from db.domain.terms import Vocabulary

TERMS, TRIED = 4, 40
LEAST_SHARE = 0.06
"""A term that fewer of a topic's papers have does not stand for it."""
SPECIAL = 1.5
"""With 1, general words come first (fine-tuning, LLMs); with 2, such as few papers of the topic have."""
NOTION = 1.2
"""A pair of words says more than either: it comes first when it is nearly as telling."""


def label(
    vocabulary: Vocabulary, within: NDArray[np.int64], size: int, every: NDArray[np.int64], total: int
) -> tuple[str, ...]:
    """Return up to four terms of a topic, the most telling first.

    `within` and `every` say in how many papers of the topic (of `size`) and of all (`total`) each term is. A term
    gains by how much likelier a paper of the topic has it, times the share of them that do: Kullback and Leibler's
    measure, leant towards special terms.
    """
    inside = within / size
    likelier = np.maximum((inside + 1e-9) / ((every + 0.5) / total), 1)
    gain = inside * np.log(likelier) ** SPECIAL
    if size == total:
        gain = inside  # one topic: nothing to tell it from
    gain[_pairs(vocabulary)] *= NOTION
    gain[(inside < LEAST_SHARE) | (within < min(2, size))] = -1
    chosen: list[int] = []
    for number in np.argsort(-gain, kind="stable")[:TRIED].tolist():
        if gain[number] > 0 and vocabulary.terms[number].telling and not _said(vocabulary, number, chosen):
            chosen = [one for one in chosen if not _is_part(vocabulary, one, number)] + [number]
        if len(chosen) == TERMS:
            break
    return tuple(vocabulary.terms[number].label for number in chosen)


def _pairs(vocabulary: Vocabulary) -> NDArray[np.bool_]:
    return np.array([bool(term.parts) for term in vocabulary.terms], dtype=bool)


def _said(vocabulary: Vocabulary, number: int, chosen: list[int]) -> bool:
    """Tell whether the terms chosen already hold a term, or share a word with a pair."""
    words = {word for one in chosen for word in vocabulary.terms[one].parts}
    parts = vocabulary.terms[number].parts
    return number in words or (bool(parts) and any(part in words for part in parts))


def _is_part(vocabulary: Vocabulary, word: int, pair: int) -> bool:
    return word in vocabulary.terms[pair].parts
