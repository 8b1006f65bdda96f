"""The searches made before, newest first, kept across restarts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.settings import Settings

RECENT = "search/recent"
MOST = 20
LONGEST = 500  # characters; what is longer was pasted by mistake


class RecentSearches:
    """A list in the settings; nothing of it is in the library."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> list[str]:
        """Return the searches, the newest first."""
        return [one for one in self._settings.get(RECENT, []) if isinstance(one, str)][:MOST]

    def beginning(self, text: str) -> list[str]:
        """Return the searches that begin with a text and go on."""
        low = text.casefold()
        return [one for one in self.all() if one.casefold().startswith(low) and one.casefold() != low]

    def has(self, text: str) -> bool:
        """Tell whether just this was searched before."""
        return text.strip().casefold() in (one.casefold() for one in self.all())

    def add(self, text: str) -> None:
        """Put a search first."""
        text = text.strip()
        if text and len(text) <= LONGEST:
            others = [one for one in self.all() if one.casefold() != text.casefold()]
            self._settings.set(RECENT, [text, *others][:MOST])

    def clear(self) -> None:
        """Forget all of them."""
        self._settings.set(RECENT, [])
        self._settings.save()
