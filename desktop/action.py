"""What one action is, and what makes those of which there are several alike."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

FILE, EDIT, VIEW, PAPER, TOOLS, HELP = MENUS = ("&File", "&Edit", "&View", "&Paper", "&Tools", "&Help")
NEEDS: dict[str, str] = {
    "": "",
    "library": "The library is not open yet.",
    "papers": "There are no papers yet: import some first.",
    "selection": "Select a paper first.",
    "two": "Select two or more papers first.",
    "trashed": "Select a paper in the trash first.",
    "undo": "There is nothing to undo.",
    "redo": "There is nothing to redo.",
    "dump": "Choose a dump in the sidebar first.",
    "dumps": "There are no dumps yet: import one first.",
    "two_dumps": "Import two dumps first.",
    "notification": "There is no notification.",
    "search": "Search for something, or choose something in the sidebar, first.",
}
"""What an action needs, and what a disabled one answers when asked why."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the person can do.

    `handler` is `area.method [argument]` of the commands; `shortcut` works in the whole window,
    `key` in the table only.
    `group` puts a line between groups of a menu, `submenu` names one inside it.
    """

    id: str
    text: str
    handler: str
    menu: str
    shortcut: str = ""
    key: str = ""
    icon: str = ""
    needs: str = "library"
    tip: str = ""
    group: int = 0
    submenu: str = ""
    checkable: bool = False

    @property
    def label(self) -> str:
        """The translated text, with its mnemonic."""
        return QCoreApplication.translate("actions", self.text)

    @property
    def plain(self) -> str:
        """The translated text without mnemonic and dots, for the palette and the help."""
        return self.label.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("...")

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key sequence of the action."""
        return tuple(k for k in (self.shortcut, self.key) if k)


def coming(program: str, text: str) -> Action:
    """Return the action that brings the library of another program."""
    return Action(
        f"from_{program}",
        text,
        f"coming.start {program}",
        FILE,
        submenu="Import f&rom",
        tip="Papers with collections, tags, notes, files and citation keys",
    )


def status(name: str, text: str) -> Action:
    """Return the action that sets a status."""
    handler = f"papers.set_status {name}"
    return Action(f"status_{name}", text, handler, PAPER, submenu="St&atus", needs="selection", group=1)


def rating(stars: int) -> Action:
    """Return the action that gives so many stars."""
    text = "&0 No rating" if stars == 0 else f"&{stars} {'★' * stars}"
    return Action(
        f"rating_{stars}",
        text,
        f"papers.rate {stars}",
        PAPER,
        f"Ctrl+{stars}",
        submenu="Ratin&g",
        needs="selection",
        group=1,
    )


def tag(number: int) -> Action:
    """Return the action of a number key."""
    text = f"Toggle the tag with the key &{number}"
    return Action(
        f"tag_{number}",
        text,
        f"papers.toggle_tag {number}",
        PAPER,
        key=str(number),
        submenu="Tag &by number",
        needs="selection",
        group=1,
    )


def theme(mode: str, text: str, icon: str) -> Action:
    """Return the action that chooses a theme."""
    return Action(
        f"theme_{mode}",
        text,
        f"window.set_theme {mode}",
        VIEW,
        icon=icon,
        needs="",
        group=2,
        submenu="T&heme",
        checkable=True,
    )


def density(name: str, text: str) -> Action:
    """Return the action that chooses how much room rows take."""
    return Action(
        f"density_{name}",
        text,
        f"window.set_density {name}",
        VIEW,
        needs="",
        group=2,
        submenu="Densit&y",
        tip="How much room the rows of the table take",
        checkable=True,
    )


def sort(name: str, text: str) -> Action:
    """Return the action that sorts by a column."""
    return Action(
        f"sort_{name}",
        text,
        f"window.sort {name}",
        VIEW,
        needs="",
        group=2,
        submenu="Sort &by",
        tip="Sort by this; once more turns the order round",
    )


def paper(name: str, text: str, key: str, icon: str, group: int = 0) -> Action:
    """Return an action on the selected papers."""
    return Action(name, text, f"papers.{name}", PAPER, key=key, icon=icon, needs="selection", group=group)
