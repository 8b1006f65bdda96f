"""A bug in the person's words, with what a report of it needs."""

from __future__ import annotations

import sys
import traceback

from db.domain.errors import LibraryError

UNEXPECTED = (
    "Something went wrong inside Sheaf.\n"
    "Nothing of this step was kept, and the library is as it was before. You can go on working; "
    "the details help whoever looks into it."
)

IN_THE_WINDOW = (
    "Something went wrong inside Sheaf.\n"
    "What was changed before is kept and can be undone. You can go on working; "
    "the details help whoever looks into it."
)


def unexpected(error: BaseException, message: str = UNEXPECTED) -> LibraryError:
    """Word a bug for the person and log its traceback; the details hold what a report needs."""
    details = "".join(traceback.format_exception(error))
    log(details)
    return LibraryError(message, details=details)


def log(text: str) -> None:
    """Write to the terminal that Sheaf was started from, if there is one; on Windows a window has none."""
    if sys.stderr is not None:
        sys.stderr.write(text)
