"""Holds the settings of this machine while the window is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from scoper.errors import ExportError
from scoper.settings import Settings, load_settings, save_settings


class Preferences(QObject):
    """The settings; every change is written at once. ``failed`` tells when it could not be."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings: Settings = load_settings()

    def update(self, **values: Any) -> None:
        """Change settings by name."""
        self._keep(replace(self.settings, **values))

    def remember(self, path: Path) -> None:
        """Put a portfolio first among the recent ones."""
        self._keep(self.settings.with_recent(path))

    def forget(self, path: Path) -> None:
        """Take a portfolio off the recent ones."""
        self._keep(self.settings.without_recent(path))

    def _keep(self, settings: Settings) -> None:
        if settings == self.settings:
            return
        self.settings = settings
        try:
            save_settings(settings)
        except ExportError as error:
            self.failed.emit(error)
        self.changed.emit()
