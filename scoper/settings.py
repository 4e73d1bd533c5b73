"""Settings of this machine: a small validated file in the user's folder."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs

from scoper.errors import ExportError
from scoper.files import write_text

ZOOM_RANGE = (80, 250)
RECENT_LIMIT = 8


class Theme(StrEnum):
    """Which palette the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """What this machine remembers; nothing of a portfolio.

    ``zoom`` is in percent, within ``ZOOM_RANGE``. ``recent`` lists portfolio files, newest first.
    """

    theme: Theme = Theme.SYSTEM
    zoom: int = 100
    name: str = ""
    recent: tuple[str, ...] = ()
    reopen: bool = True

    @property
    def who(self) -> str:
        """The name that signs changes."""
        return self.name or _login()

    def with_recent(self, path: Path) -> Settings:
        """Return these settings with ``path`` as the newest file."""
        name = str(path.resolve())
        others = [other for other in self.recent if other != name]
        return replace(self, recent=tuple([name, *others][:RECENT_LIMIT]))

    def without_recent(self, path: Path) -> Settings:
        """Return these settings without ``path`` among the recent files."""
        return replace(self, recent=tuple(r for r in self.recent if r != str(path.resolve())))


def settings_path() -> Path:
    """Return where the settings are kept; ``SCOPER_HOME`` overrides the user's folder."""
    return _home() / "settings.json"


def library_folder() -> Path:
    """Return the folder of the user's own content packs, without creating it."""
    return _home() / "library"


def portfolio_folder() -> Path:
    """Return the folder new portfolios are put into, without creating it."""
    home = os.environ.get("SCOPER_HOME")
    return Path(home) if home else Path(platformdirs.user_documents_dir()) / "Scoper"


def load_settings() -> Settings:
    """Return the settings; anything missing or damaged falls back to its default."""
    try:
        stored = json.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _validated(stored) if isinstance(stored, dict) else Settings()


def save_settings(settings: Settings) -> None:
    """Write the settings.

    Raises:
        ExportError: the user's folder cannot be written.
    """
    path = settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            "The settings could not be saved.", f"Check that you may write in {path.parent.parent}."
        ) from error
    write_text(path, json.dumps(asdict(settings), indent=2, ensure_ascii=False))


def _validated(stored: dict[str, Any]) -> Settings:
    default = Settings()
    theme, zoom, name = stored.get("theme"), stored.get("zoom"), stored.get("name")
    recent, reopen = stored.get("recent"), stored.get("reopen")
    low, high = ZOOM_RANGE
    return Settings(
        theme=Theme(theme) if theme in list(Theme) else default.theme,
        zoom=min(high, max(low, zoom)) if isinstance(zoom, int) else default.zoom,
        name=name[:120] if isinstance(name, str) else default.name,
        recent=tuple(r for r in recent if isinstance(r, str))[:RECENT_LIMIT]
        if isinstance(recent, list)
        else default.recent,
        reopen=reopen if isinstance(reopen, bool) else default.reopen,
    )


def _home() -> Path:
    home = os.environ.get("SCOPER_HOME")
    return Path(home) if home else Path(platformdirs.user_config_dir("scoper", appauthor=False))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
