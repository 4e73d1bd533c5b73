"""What is slow to import waits until the window is painted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SLOW = ("numpy", "sqlalchemy", "pydantic", "matplotlib", "scoper.scoping", "ui.kit.tables")
_PAINTED = """
import sys
from PySide6.QtWidgets import QApplication
from ui.app import make_window
application = QApplication([])
window = make_window(application)
window.show()
application.processEvents()
print(*sys.modules)
window.close()
"""


def test_the_first_paint_waits_for_nothing_that_is_slow_to_import(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "SCOPER_HOME": str(tmp_path),
    }
    command = [sys.executable, "-c", _PAINTED]
    painted = subprocess.run(
        command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    loaded = painted.stdout.split()
    assert "ui.shell.main_window" in loaded
    assert [name for name in SLOW if name in loaded] == []
