"""Answers in JSON: the works in them, each as a text of its own."""

from __future__ import annotations

import json
from typing import Any


def listed(answer: str, *path: str) -> list[Any]:
    """Return the objects in the list that the names of `path` lead to; none where it leads nowhere."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return []
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    several = found if isinstance(found, list) else [found]
    return [one for one in several if isinstance(one, dict)]


def text_of(work: Any) -> str:
    """Return a work as it was told, indented."""
    return json.dumps(work, ensure_ascii=False, indent=1)
