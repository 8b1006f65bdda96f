"""One table of actions: menus, toolbar, palette and the list of shortcuts are made from it."""

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


def _status(name: str, text: str) -> Action:
    handler = f"papers.set_status {name}"
    return Action(f"status_{name}", text, handler, PAPER, submenu="St&atus", needs="selection", group=1)


def _rating(stars: int) -> Action:
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


def _tag(number: int) -> Action:
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


def _theme(mode: str, text: str, icon: str) -> Action:
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


SORTS = (
    ("title", "&Title"),
    ("authors", "&Authors"),
    ("date", "&Date"),
    ("tags", "Ta&gs"),
    ("status", "&Status"),
    ("rating", "&Rating"),
    ("starred", "Starred &first"),
    ("comments", "&Comments"),
    ("dumps", "D&umps"),
    ("key", "Citation &key"),
    ("added", "Add&ed"),
)
"""What the table can be sorted by, in the View menu too."""


def _sort(name: str, text: str) -> Action:
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


def _paper(name: str, text: str, key: str, icon: str, group: int = 0) -> Action:
    return Action(name, text, f"papers.{name}", PAPER, key=key, icon=icon, needs="selection", group=group)


# fmt: off
_FILE_ACTIONS = (
    Action("import", "&Import files...", "files.choose", FILE, "Ctrl+O", icon="download-simple", needs="",
           tip="Read dumps, .bib files or whole folders into the library"),
    Action("paste_import", "Import from &clipboard...", "files.paste", FILE, "Ctrl+Shift+V", key="Ctrl+V",
           icon="clipboard-text"),
    Action("preview_imports", "Pre&view before importing", "intake.toggle_preview", FILE, needs="", checkable=True,
           tip="Show what a file holds before it is imported"),
    Action("add_paper", "&Add paper by hand", "files.add_paper", FILE, "Ctrl+N", icon="file-plus"),
    Action("export", "&Export...", "files.export", FILE, "Ctrl+E", icon="export", needs="papers", group=1,
           tip="Write the selection, or what is shown, as BibTeX, RIS, a table and more"),
    Action("live_bib", "&Live .bib files...", "files.live_bib", FILE, icon="file-text", group=1,
           tip="Let a .bib file of a LaTeX project follow a collection or a search"),
    Action("backup", "&Back up library...", "files.backup", FILE, icon="archive", group=2),
    Action("rename_dump", "Rename &dump...", "files.rename_dump", FILE, needs="dump", group=2),
    Action("quit", "&Quit", "window.quit", FILE, "Ctrl+Q", icon="sign-out", needs="", group=3),
)
_EDIT_ACTIONS = (
    Action("undo", "&Undo", "library.undo", EDIT, "Ctrl+Z", key="U", icon="arrow-u-up-left", needs="undo"),
    Action("redo", "&Redo", "library.redo", EDIT, "Ctrl+Shift+Z", icon="arrow-u-up-right", needs="redo"),
    Action("history", "&History...", "library.history", EDIT, "Ctrl+H", icon="clock-counter-clockwise"),
    Action("copy_bibtex", "&Copy BibTeX", "papers.copy_bibtex", EDIT, key="Ctrl+C", icon="copy",
           needs="selection", group=1),
    Action("copy_cite", "Copy c&ite command", "papers.copy_cite", EDIT, "Ctrl+Shift+C", icon="quotes",
           needs="selection", group=1),
    Action("cite", "Ci&te...", "documents.cite", EDIT, "Ctrl+Alt+C", icon="chat-teardrop-text", needs="selection",
           group=1, tip="Choose the command and notes, with a preview"),
    Action("push", "Push t&o editor", "documents.push", EDIT, "Ctrl+L", icon="paper-plane-right", needs="selection",
           group=1, tip="Insert the citation at the cursor of your editor, which Preferences names"),
    Action("pick", "Open pic&ker", "picking.open", EDIT, "Ctrl+Alt+P", icon="crosshair-simple", needs="papers",
           group=1, tip="Find papers and cite them in the editor you came from"),
    Action("select_all", "Select &all", "papers.select_all", EDIT, key="Ctrl+A", needs="papers", group=1),
    Action("find", "&Find", "window.find", EDIT, "Ctrl+F", key="/", icon="magnifying-glass", needs="",
           group=2),
    Action("clear_search", "Clear &search", "window.clear_search", EDIT, "Ctrl+Shift+F", needs="", group=2),
    Action("preferences", "&Preferences...", "window.preferences", EDIT, "Ctrl+,", icon="gear", needs="",
           group=3),
)
_VIEW_ACTIONS = (
    Action("palette", "&Command palette...", "window.palette", VIEW, "Ctrl+K", icon="command", needs=""),
    Action("toggle_sidebar", "&Sidebar", "window.toggle_pane sidebar", VIEW, "F9", needs="", group=1,
           checkable=True),
    Action("toggle_facets", "F&ilters", "window.toggle_pane facets", VIEW, "F7", icon="funnel-simple", needs="",
           group=1, checkable=True, tip="Years, tags, dumps, authors and more of what is found, with counts to click"),
    Action("toggle_detail", "&Details", "window.toggle_pane detail", VIEW, "F10", needs="", group=1,
           checkable=True),
    Action("explore", "&Explore...", "looking.explore", VIEW, "Ctrl+Shift+E", icon="chart-bar", needs="papers",
           group=1, tip="What the papers shown are about: topics, over time, frequent terms, tags together"),
    Action("focus_table", "Go to the &table", "window.focus_table", VIEW, "Ctrl+T", needs="", group=1),
    Action("focus_notification", "Go to the &notification", "window.focus_notification", VIEW, "F8",
           icon="bell",
           needs="notification", group=1),
    _theme("system", "As the s&ystem", "circle-half"), _theme("light", "&Light", "sun"),
    _theme("dark", "&Dark", "moon"),
    Action("columns", "C&olumns...", "window.choose_columns", VIEW, icon="columns", needs="", group=2),
    *(_sort(name, text) for name, text in SORTS),
    Action("best_first", "Best &matches first", "window.toggle_best_first", VIEW, needs="", group=2, checkable=True,
           tip="While you search, unless a column is sorted by: titles before abstracts; else the newest first"),
    Action("reset_layout", "&Reset layout", "window.reset_layout", VIEW, needs="", group=2),
)
_PAPER_ACTIONS = (
    Action("next", "&Next paper", "papers.move 1", PAPER, key="J", needs="papers"),
    Action("previous", "Pre&vious paper", "papers.move -1", PAPER, key="K", needs="papers"),
    _paper("preview", "&Preview", "Space", "eye"),
    _paper("open_link", "&Open link", "O", "arrow-square-out"),
    _paper("edit_title", "&Edit title", "E", "pencil-simple"),
    Action("alike", "Fin&d papers like this...", "looking.alike", PAPER, key="L", icon="circles-three",
           needs="selection", tip="Those that share its rare words, with the words"),
    _paper("star", "&Star", "S", "star", 1),
    _paper("tag", "&Tag...", "T", "tag", 1),
    Action("suggest_tags", "Suggest tags t&hat fit...", "papers.suggest_tags", PAPER, key="G", icon="lightbulb",
           needs="selection", group=1, tip="Tags whose papers are like the selected ones, each with its reason"),
    _paper("cycle_status", "Next stat&us", "R", "book-open", 1),
    _status("unread", "&Unread"), _status("reading", "Read&ing"), _status("read", "&Read"),
    _status("skipped", "&Skipped"),
    *(_rating(stars) for stars in range(6)),
    *(_tag(number) for number in range(1, 10)),
    _paper("edit_key", "Edit citation &key...", "", "key", 2),
    _paper("pin_key", "Pin &citation key", "", "push-pin", 2),
    _paper("unpin_key", "Unp&in citation key", "", "push-pin-slash", 2),
    _paper("regenerate_key", "Make citation ke&y anew", "", "arrows-clockwise", 2),
    Action("copy_reference", "Copy &reference", "papers.copy_reference", PAPER, "Ctrl+Shift+R", icon="article",
           needs="selection", group=3, tip="As the chosen citation style prints it"),
    _paper("reference_list", "Reference &list...", "", "list-dashes", 3),
    Action("merge", "&Merge selected papers", "papers.merge", PAPER, "Ctrl+M", icon="git-merge",
           needs="two", group=4),
    _paper("take_apart", "Take apart...", "", "git-fork", 4),
    _paper("trash", "Move to trash", "Del", "trash", 4),
    Action("restore", "Restore &from trash", "papers.restore", PAPER, needs="trashed", group=4),
)
_TOOLS_ACTIONS = (
    Action("find_duplicates", "Find &duplicates", "library.find_duplicates", TOOLS, "Ctrl+D",
           icon="intersect",
           needs="papers"),
    Action("review", "&Review queue", "library.review", TOOLS, "Ctrl+R", icon="checks"),
    Action("told_apart", "Papers told apar&t...", "library.told_apart", TOOLS, icon="link-break",
           tip="Pairs that you called different works; they can be taken back"),
    Action("compare_dumps", "Co&mpare dumps...", "dumps.compare", TOOLS, icon="git-diff", needs="two_dumps",
           tip="Only in one, in both, only in the other"),
    Action("review_counts", "Counts f&or a review...", "dumps.counts", TOOLS, icon="list-numbers", needs="dumps",
           tip="Records, duplicates and papers of dumps, as a flow diagram asks for"),
    Action("dump_text", "Show te&xt of the dump", "ledger.show_text", TOOLS, needs="dump",
           tip="What became of each line; lines can be marked by hand"),
    Action("read_again", "Re&ad the dump again...", "ledger.read_again", TOOLS, needs="dump",
           tip="With the lines that you marked, or a newer reader; shows first what would change"),
    Action("cited", "&What a document cites...", "documents.choose", TOOLS, "Ctrl+Shift+D", icon="file-text",
           tip="A .tex, .aux or .bcf file against the library: known, unknown, not cited"),
    Action("new_collection", "&New collection...", "library.new_collection", TOOLS, "Ctrl+Shift+N",
           icon="folder-plus", group=1),
    Action("tags", "Ta&gs...", "library.tags", TOOLS, "Ctrl+Shift+T", icon="tag", group=1,
           tip="Rename, merge and delete tags, also many by a file"),
    Action("key_pattern", "Citation &key pattern...", "library.key_pattern", TOOLS, icon="key", group=1),
    Action("latex_words", "Words and &venues for LaTeX...", "library.latex_words", TOOLS, icon="text-aa", group=1,
           tip="Words whose capitals stay in titles, and short names of venues"),
    Action("check", "&Check library", "library.check", TOOLS, icon="shield-check", group=2),
    Action("check_records", "C&heck records...", "library.check_records", TOOLS, icon="clipboard-text", needs="papers",
           group=2, tip="Missing fields, page ranges, markup, titles in capitals and the like, each with its fix"),
    Action("empty_trash", "&Empty trash...", "library.empty_trash", TOOLS, icon="trash", group=2),
)
_HELP_ACTIONS = (
    Action("help", "&Help", "window.help", HELP, "F1", icon="question", needs=""),
    Action("shortcuts", "&Keyboard shortcuts", "window.shortcuts", HELP, key="?", icon="keyboard", needs=""),
    Action("about", "&About Sheaf", "window.about", HELP, icon="info", needs="", group=1),
)
# fmt: on
ACTIONS: tuple[Action, ...] = (
    *_FILE_ACTIONS,
    *_EDIT_ACTIONS,
    *_VIEW_ACTIONS,
    *_PAPER_ACTIONS,
    *_TOOLS_ACTIONS,
    *_HELP_ACTIONS,
)
BY_ID = {action.id: action for action in ACTIONS}
TOOLBAR = ("import", "export")
OVERFLOW = (
    ("palette", "history", "review", "find_duplicates"),
    ("toggle_sidebar", "toggle_facets", "toggle_detail"),
    ("preferences", "shortcuts", "help"),
)
"""The actions behind the last button of the toolbar, by group."""
