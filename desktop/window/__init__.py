"""The main window and what it is put together from: menus, panes, foot line, memory of the layout."""
