"""PySide6 reads no sources; and where the function that would has moved, the window starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_SOURCES_READ = """
import inspect
import PySide6.QtCore
read = []
inspect.getsource = lambda module: read.append(module.__name__) or ""
import ui.app
print([name for name in read if name.split(".")[0] in ("ui", "scoper")])
"""
_STARTED = """
import sys, types
import PySide6.QtCore
import shibokensupport.feature
sys.modules["shibokensupport.feature"] = {found}
del shibokensupport.feature
from PySide6.QtWidgets import QApplication
from ui.app import make_window
application = QApplication([])
window = make_window(application)
window.show()
application.processEvents()
assert window.isVisible()
window.close()
"""
_FOUND = {"no module": "None", "no function in it": 'types.ModuleType("feature")'}
"""What stands in place of the module once it has moved."""


def test_no_source_is_read_while_the_window_is_imported(tmp_path: Path) -> None:
    assert _run(_SOURCES_READ, tmp_path) == "[]"


@pytest.mark.parametrize("found", _FOUND.values(), ids=_FOUND)
def test_the_window_starts_where_the_private_function_has_moved(found: str, tmp_path: Path) -> None:
    _run(_STARTED.format(found=found), tmp_path)


def _run(code: str, home: Path) -> str:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SCOPER_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
