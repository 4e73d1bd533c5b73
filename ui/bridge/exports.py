"""Asks where, writes off the UI thread from the frozen board, and says where the file is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from scoper.exchange.exporters import EXPORTERS, Exporter
from scoper.exchange.formats import FORMATS
from scoper.settings import portfolio_folder
from ui.kit.asking.file_choice import file_to_write

if TYPE_CHECKING:
    from scoper.board import Board
    from ui.bridge.context import Context
    from ui.bridge.tasks import Progress


def export(
    context: Context,
    board: Board,
    kind: str,
    use_case_id: UUID | None = None,
    *,
    suffix: str = "",
) -> None:
    """Export ``board`` as one of ``EXPORTERS``; ``suffix`` is the one offered first.

    A document needs the use case it is about.
    """
    exporter = EXPORTERS[kind]
    suffixes = sorted(exporter.suffixes, key=lambda known: known != suffix)
    name = Path(exporter.file_name(board, use_case_id)).with_suffix(suffixes[0]).name
    target = file_to_write(
        context.window,
        f"Export {exporter.title}",
        _folder(context) / name,
        {known: FORMATS[known].title for known in suffixes},
        spared=context.session.path,
    )
    if target is None:
        return
    context.tasks.run(
        context.window,
        f"Exporting {target.name}",
        partial(_write, exporter, board, use_case_id, target),
        lambda written: _say(context, written),
    )


def _write(
    exporter: Exporter, board: Board, use_case_id: UUID | None, target: Path, _: Progress
) -> Path:
    return exporter.write(board, use_case_id, target)


def _folder(context: Context) -> Path:
    path = context.session.path
    folder = path.parent if path else portfolio_folder()
    return folder if folder.is_dir() else Path.home()


def _say(context: Context, written: Path) -> None:
    context.notice.say(
        f"Exported to {written.name}",
        ("Open file", lambda: _open(context, written)),
        ("Open folder", lambda: _open(context, written.parent)),
    )


def _open(context: Context, path: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        context.notice.say(f"Nothing on this computer opens {path.name}. It is in {path.parent}.")
