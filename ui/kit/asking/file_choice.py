"""The one place that asks for files, and before something is replaced."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.kit.asking.message import confirmed, tell

PORTFOLIO = {".scoper": "Scoper portfolio"}


def file_to_read(window: QWidget, title: str, start: Path, filters: str) -> Path | None:
    """Return the file that a person chooses to be read."""
    name, _ = QFileDialog.getOpenFileName(window, title, str(start), filters)
    return Path(name) if name else None


def file_to_write(
    window: QWidget,
    title: str,
    proposed: Path,
    suffixes: Mapping[str, str],
    *,
    spared: Path | None,
    replaces: bool = True,
) -> Path | None:
    """Return the path that a person chooses to write to, with one of ``suffixes``.

    ``suffixes`` come with what they are called, the one to offer first being the first. If
    something stands at the very path that is returned, the person has agreed to replace it. The
    file ``spared`` is never returned, nor anything that exists unless it ``replaces``.
    """
    filters = {f"{name} (*{suffix})": suffix for suffix, name in suffixes.items()}
    while True:
        # The dialog's own question would be about the name before its suffix is settled.
        name, chosen = QFileDialog.getSaveFileName(
            window,
            title,
            str(proposed),
            ";;".join(filters),
            next(iter(filters)),
            QFileDialog.Option.DontConfirmOverwrite,
        )
        if not name:
            return None
        first = next(iter(suffixes))
        proposed = with_suffix(Path(name), tuple(suffixes), filters.get(chosen, first))
        if _may_write(window, proposed, spared, replaces):
            return proposed


def with_suffix(path: Path, suffixes: tuple[str, ...], suffix: str) -> Path:
    """Return ``path`` with ``suffix`` put after its name, unless it ends in one of ``suffixes``."""
    if path.suffix.lower() in suffixes:
        return path
    return path.with_name(f"{path.name.rstrip('.')}{suffix}")


def _may_write(window: QWidget, path: Path, spared: Path | None, replaces: bool) -> bool:
    if not os.path.lexists(path):
        return True
    if spared is not None and _same(path, spared):
        tell(
            window,
            f"{path.name} is the portfolio that is open.",
            "It stays as it is. Choose another name or folder.",
            wait=True,
        )
        return False
    if path.is_dir():
        tell(window, f"{path.name} is a folder.", "Choose another name.", wait=True)
        return False
    if not replaces:
        tell(
            window,
            f"{path.name} exists already.",
            f"It is in {path.parent}. Choose another name, or open that file.",
            wait=True,
        )
        return False
    return confirmed(window, f"Replace {path.name}?", _what_is_lost(path), "Replace")


def _what_is_lost(path: Path) -> str:
    if path.is_symlink():
        return (
            f"In {path.parent} this is a link to {os.readlink(path)}. "
            "The link will be replaced; that file stays."
        )
    return f"A file of this name exists already in {path.parent}. What is in it will be lost."


def _same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return False
