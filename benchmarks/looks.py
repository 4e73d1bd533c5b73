"""How long another theme takes to be seen, page by page, against drawing the whole window once.

Every page and step was shown before, so that what is hidden counts too. Time is that of the
processor: other programs do not change it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.shell.main_window import MainWindow

PAGES = ("portfolio", "scope", "workshop", "ranking", "documents", "library")
RUNS = 7
TARGET = 20


def main() -> None:
    """Print medians and ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SCOPER_HOME"] = folder
        _measure(Path(folder) / "sample.scoper")


def _measure(path: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from benchmarks.start import make_sample
    from ui.app import make_window

    make_sample(path)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    window = make_window(application)
    window.resize(1_366, 768)
    window.show()
    window.open_path(path)
    _visit(application, window)
    print(f"Another theme, medians of {RUNS}, against drawing the window once")
    for page in PAGES:
        window.go(page)
        _settle(application, window)
        floor, taken = _medians(application, window)
        print(f"  {page:<11}{taken:6.3f} s  {taken / floor:5.1f}×  (target ≤ {TARGET}×)")
    window.close()


def _visit(application: QApplication, window: MainWindow) -> None:
    _settle(application, window)
    for page in PAGES:
        window.go(page)
        _settle(application, window)
    for step in (1, 2, 3, 4, 5):
        window.page("scope").show_step(step)
        _settle(application, window)


def _medians(application: QApplication, window: MainWindow) -> tuple[float, float]:
    from scoper.settings import Theme

    drawn, changed = [], []
    for run in range(RUNS):
        theme = Theme.LIGHT if run % 2 else Theme.DARK
        change = partial(window.preferences.update, theme=theme)
        changed.append(_time(application, change))
        _settle(application, window)
        drawn.append(_time(application, window.grab))
    return statistics.median(drawn), statistics.median(changed)


def _settle(application: QApplication, window: MainWindow) -> None:
    deadline = time.monotonic() + 0.3
    while time.monotonic() < deadline or window.busy or window.session.board is None:
        application.processEvents()


def _time(application: QApplication, change: Callable[[], object]) -> float:
    began = time.process_time()
    change()
    application.processEvents()
    return time.process_time() - began


if __name__ == "__main__":
    main()
