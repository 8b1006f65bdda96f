"""Saving one field of a paper: refuses to run over what somebody else wrote meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import services
from db.domain.errors import LibraryError
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.services.changes import Changes
    from db.services.library import Library
    from desktop.views.detail.values import Spec


class ChangedMeanwhileError(LibraryError):
    """Somebody else changed this field after it was shown."""


def save_field(spec: Spec, paper_id: int, text: str, base: str) -> Callable[[Library], Changes]:
    """Return the change that sets one field of one paper, which was shown as `base`."""

    def save(library: Library) -> Changes:
        paper = services.reading.paper(library, paper_id)
        if paper is None:
            raise LibraryError(tr("This paper is not in the library any more."))
        now = spec.text(paper)
        if now not in (base, text):
            raise ChangedMeanwhileError(
                tr("This was changed elsewhere meanwhile and now reads “{0}”. Save again to replace it.").format(
                    now[:80]
                )
            )
        if spec.name == "citation_key":
            return services.editing.set_key(library, paper_id, text)
        return services.editing.set_fields(library, [paper_id], {spec.name: text}, expected_version=paper.version)

    return save


def save_for_all(spec: Spec, ids: Sequence[int], text: str) -> Callable[[Library], Changes]:
    """Return the change that sets one field of several papers as one step."""

    def save(library: Library) -> Changes:
        return services.editing.set_fields(library, ids, {spec.name: text})

    return save
