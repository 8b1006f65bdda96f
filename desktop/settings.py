"""What the window remembers between two starts, in an ini file of its own."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSettings

from db import services

if TYPE_CHECKING:
    from pathlib import Path

IMPORT_FOLDER, EXPORT_FOLDER, BACKUP_FOLDER = "files/import_folder", "files/export_folder", "files/backup_folder"
"""Keys of the folders that files were chosen in last, which dialogs begin with."""
PREVIEW, THEME = "import/preview", "look/theme"
"""Keys of what is asked for in several places: whether imports are previewed, and light, dark or the system's."""


class Settings:
    """Values by key, stored as JSON so that a type survives the ini file; a broken value counts as absent."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or services.home.config_folder()) / "sheaf.ini"
        self._store = QSettings(str(self.path), QSettings.Format.IniFormat)

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, or `default` when it is absent, broken or of another type."""
        stored = self._store.value(key)
        if not isinstance(stored, str):
            return default
        try:
            value = json.loads(stored)
        except ValueError:
            return default
        if default is not None and not isinstance(value, type(default)):
            return default
        return value

    def set(self, key: str, value: Any) -> None:
        """Remember a value that JSON can hold."""
        self._store.setValue(key, json.dumps(value, ensure_ascii=True))

    def get_bytes(self, key: str) -> QByteArray:
        """Return remembered bytes such as a window's geometry, empty when absent."""
        try:
            return QByteArray(base64.b64decode(self.get(key, ""), validate=True))
        except ValueError:
            return QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Remember bytes such as a window's geometry."""
        self.set(key, base64.b64encode(value.data()).decode("ascii"))

    def forget(self, group: str) -> None:
        """Drop every key of a group, such as `layout`."""
        for key in self._store.allKeys():
            if key == group or key.startswith(f"{group}/"):
                self._store.remove(key)

    def save(self) -> None:
        """Write what is pending to the file."""
        self._store.sync()
