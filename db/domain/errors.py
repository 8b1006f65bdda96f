"""The two kinds of expected failure; anything else that is raised is a bug."""


class LibraryError(Exception):
    """An expected failure, worded for the person: what happened, what was kept, what to do next."""

    def __init__(self, message: str, *, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class Cancelled(Exception):  # noqa: N818 - the person's choice, not an error
    """The person pressed Cancel; whatever was under way is rolled back."""
