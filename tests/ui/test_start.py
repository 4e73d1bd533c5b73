"""What is slow to import waits until the window is painted, or until the first table is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scoper.commands.samples import create_sample
from scoper.store import Store

ROOT = Path(__file__).resolve().parents[2]
NOT_PAINTED = (
    "numpy",
    "sqlalchemy",
    "pydantic",
    "matplotlib",
    "scoper.scoping",
    "ui.bridge.page",
    "ui.kit.fields.line",
    "ui.kit.tables",
    "ui.shell.conflict_dialog",
)
NOT_RANKED = (
    "pydantic",
    "sqlmodel",
    "sqlalchemy.orm",
    "alembic",
    "matplotlib",
    "scoper.commands",
    "scoper.library",
    "scoper.model",
    "scoper.store.unit",
    "ui.features.documents",
    "ui.features.library",
    "ui.features.scope",
    "ui.features.workshop",
)
_PAINTED = """
import gc, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from ui.app import make_window
application = QApplication([])
window = make_window(application)
window.show()
application.processEvents()
"""
_RANKED = """
full = []
gc.callbacks.append(lambda phase, about: full.append(phase) if about["generation"] == 2 else None)
loop = QEventLoop()
window.session.board_changed.connect(lambda *_: loop.quit())
window.session.failed.connect(lambda *_: loop.quit())
window.session.crashed.connect(lambda *_: loop.quit())
window.open_path(Path(sys.argv[1]))
loop.exec()
assert not full, "all objects there are were looked at for garbage"
window.go("ranking")
assert window.page("ranking").view.table.rowCount() == 12
"""
_LOADED = """
print(*sys.modules)
window.close()
"""


def test_the_first_paint_waits_for_nothing_that_is_slow_to_import(tmp_path: Path) -> None:
    loaded = _loaded(_PAINTED, tmp_path)
    assert "ui.shell.main_window" in loaded
    assert [name for name in NOT_PAINTED if name in loaded] == []


def test_the_first_table_waits_neither_for_what_edits_need_nor_for_garbage(tmp_path: Path) -> None:
    path = tmp_path / "sample.scoper"
    with Store.create(path, "test") as store:
        create_sample(store)
    loaded = _loaded(_PAINTED + _RANKED, tmp_path, path)
    assert "ui.features.ranking.page" in loaded
    assert [name for name in NOT_RANKED if name in loaded] == []


def _loaded(source: str, home: Path, *arguments: Path) -> list[str]:
    """Return the modules that are imported once a window has done ``source``."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "SCOPER_HOME": str(home),
    }
    command = [sys.executable, "-c", source + _LOADED, *map(str, arguments)]
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.split()
