"""Keys that bring likely twins together without comparing everything with everything."""

from __future__ import annotations

from hashlib import blake2b

from db.domain.duplicates.candidate import without_notes
from db.domain.names import normal_title, words

# Words that so many titles of this field share that they tell nothing about which paper it is.
COMMON = frozenset(
    """a about across adaptive against aligned aligning alignment an analysis and approach are as at based
    benchmark benchmarking better between beyond by can case data dataset deep diffusion do does dynamic
    efficient enhancing evaluating evaluation fast few fine for framework from general generalization
    generation generative guided how human image images improved improving in into is it language large
    learning level llm llms method methods model modeling models multi multimodal network networks neural new
    not novel of on online open optimization or over policy pre reasoning reinforcement representation
    review robust scalable self shot study survey system systematic systems task tasks text the their through
    to toward towards training transformer transformers tuning understanding unified up using via video
    vision visual we what when with without your zero""".split()
)
_ABSTRACT_HEAD = 500  # letters; a truncated abstract usually keeps that much
_PREFIX_WORDS = 9
_ANCHOR_WORDS = 60


def _key(kind: str, text: str) -> int:
    """Return a stable signed 64-bit number, the same in every process and release."""
    digest = blake2b(f"{kind}\0{text}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def blocking_keys(title: str, abstract: str = "") -> frozenset[int]:
    """Return at most eight signed 64-bit keys; likely twins share at least one, other papers seldom do.

    Keys come from the whole title, its first and last telling words, its longest words, and from the
    head and two anchors of the abstract. They depend on the texts only and may be stored.
    """
    keys = _title_keys(normal_title(without_notes(title)))
    if abstract:
        keys.extend(_abstract_keys(words(abstract[:_ABSTRACT_HEAD])))
    return frozenset(keys)


def _title_keys(normal: str) -> list[int]:
    if not normal:
        return []
    squeezed = normal.replace(" ", "")
    keys = [_key("title", squeezed)]
    telling = [word for word in normal.split() if word not in COMMON]
    if len(telling) >= 3:
        # Half of a title survives a typo or a changed ending in the other half.
        keys.append(_key("first", "".join(telling[:3])))
        keys.append(_key("last", "".join(telling[-3:])))
        longest = sorted(set(telling), key=lambda word: (-len(word), word))[:3]
        keys.append(_key("long", " ".join(sorted(longest))))
    elif len(squeezed) >= 24:
        # Few telling words: the ends of the title, long enough to stay selective.
        keys.append(_key("head", squeezed[:22]))
        keys.append(_key("tail", squeezed[-22:]))
    return keys


def _abstract_keys(head: list[str]) -> list[int]:
    if len(head) < _PREFIX_WORDS:
        return []
    keys = [_key("begin", "".join(head[:_PREFIX_WORDS]))]
    if len(head) >= 2 * _PREFIX_WORDS:
        # The longest words with what follows them: found again behind a changed beginning.
        window = head[:_ANCHOR_WORDS]
        first = max(window, key=len)
        second = max((word for word in window if word != first), key=len, default=first)
        for longest in (first, second):
            at = window.index(longest)
            keys.append(_key("anchor", "".join(head[at : at + 5])))
    return keys
