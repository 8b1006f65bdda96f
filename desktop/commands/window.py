"""What concerns the window: panes, look, search, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.settings import THEME

if TYPE_CHECKING:
    from desktop.commands.desk import Desk


class WindowCommands:
    """Acts on the window alone; nothing here changes the library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context

    def quit(self) -> None:
        """Close all windows and with them the program."""
        if self._context.shared is self._context:
            self._desk.close()
        else:
            self._context.shared.quit_wanted.emit()

    def new_window(self) -> None:
        """Open one more window on the same library."""
        self._context.shared.window_wanted.emit()

    def close_window(self) -> None:
        """Close this window; the last one ends the program."""
        self._desk.close()

    def find(self) -> None:
        """Put the keyboard into the search field."""
        self._desk.search.setFocus()
        self._desk.search.selectAll()

    def clear_search(self) -> None:
        """Show all papers."""
        self._desk.clear_search(scope=True)

    def focus_table(self) -> None:
        """Put the keyboard into the table."""
        self._desk.show_table()
        self._desk.table.setFocus()

    def focus_notification(self) -> None:
        """Put the keyboard on the notification."""
        self._desk.toast.take_focus()

    def toggle_pane(self, name: str) -> None:
        """Show or hide the sidebar, the filters or the details."""
        self._desk.toggle_pane(name)

    def set_theme(self, mode: str) -> None:
        """Choose light, dark, or as the system."""
        self._context.settings.set(THEME, mode)
        self._context.theme.set_mode(mode)

    def choose_columns(self) -> None:
        """Choose and order the columns of the table."""
        self._desk.table.choose_columns()

    def set_density(self, density: str) -> None:
        """Let the rows of the table be compact, normal or comfortable."""
        self._desk.table.view.set_density(density)
        self._desk.choices.show()

    def sort(self, name: str) -> None:
        """Sort the table by a column; once more turns the order round."""
        self._desk.table.sort(name)

    def toggle_best_first(self) -> None:
        """Let the papers that fit a search best come first, or the newest."""
        header = self._desk.table.view.header
        header.set_best_first(not header.best_first)

    def reset_layout(self) -> None:
        """Put panes, columns and window back to how they come."""
        self._desk.reset_layout()

    def palette(self) -> None:
        """Open the command palette."""
        from desktop.views.palette import Palette

        Palette(self._context, self._desk.registry, self._desk.window()).show()

    def preferences(self) -> None:
        """Open the preferences."""
        from desktop.views.editor_preferences import EditorPreferences
        from desktop.views.preferences import PreferencesDialog

        pages = [(_tr("Picker and plug-ins"), EditorPreferences(self._context, self._desk.editors))]
        made = PreferencesDialog(self._context, self._desk.registry, self._desk.window(), pages)
        self._desk.registry.lend(made).show()

    def help(self) -> None:
        """Open the help."""
        from desktop.views.help import HelpDialog

        self._desk.registry.lend(HelpDialog(self._desk.window())).show()

    def shortcuts(self) -> None:
        """List all keys."""
        from desktop.views.shortcuts import ShortcutsDialog

        self._desk.registry.lend(ShortcutsDialog(self._desk.registry, self._desk.window())).show()

    def about(self) -> None:
        """Say what this program is."""
        from desktop.views.about import AboutDialog

        library = self._context.library
        where = library.address if library is not None else _tr("still opening")
        self._desk.registry.lend(AboutDialog(where, self._desk.window())).show()


def _tr(text: str) -> str:
    return QCoreApplication.translate("WindowCommands", text)
