"""How long until something can be seen and used, against a bare PySide6 main window.

Each run is a process of its own, timed from outside, in turn so that both see the same machine.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 9
ROOT = Path(__file__).resolve().parent.parent

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
application.processEvents()
"""
PAINT = """
from PySide6.QtWidgets import QApplication
from ui.app import make_window
application = QApplication([])
window = make_window(application)
window.show()
application.processEvents()
import os
os._exit(0)
"""
RANKED = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from ui.app import make_window
application = QApplication([])
window = make_window(application)
window.show()
application.processEvents()
window.open_path(Path(sys.argv[1]))
loop = QEventLoop()
window.session.board_changed.connect(lambda *_: loop.quit())
loop.exec()
window.go("ranking")
application.processEvents()
assert window.page("ranking").view.table.rowCount() == 12
import os
os._exit(0)
"""


def main() -> None:
    """Print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.scoper"
        make_sample(sample)
        seconds: dict[str, list[float]] = {"bare window": [], "first paint": [], "ranked table": []}
        for run in range(RUNS + 1):
            for name, source in zip(seconds, (BARE, PAINT, RANKED), strict=True):
                taken = _time(source, sample, folder)
                if run:
                    seconds[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in seconds.items()}
    floor = medians["bare window"]
    print(f"Start-up, {RUNS} processes each, medians")
    for name, target in (("bare window", None), ("first paint", 1.6), ("ranked table", 4.5)):
        aim = f"  (target ≤ {target}×)" if target else ""
        print(f"  {name:<14}{medians[name]:6.3f} s  {medians[name] / floor:5.2f}×{aim}")


def _time(source: str, sample: Path, home: str) -> float:
    environment = {
        **os.environ,
        "SCOPER_HOME": home,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": f"{home}/bytecode",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", source, str(sample)], env=environment, check=True, cwd=ROOT
    )
    return time.perf_counter() - began


def make_sample(path: Path) -> None:
    """Write the sample portfolio."""
    from scoper.commands.samples import create_sample
    from scoper.store import Store

    with Store.create(path, "benchmark") as store:
        create_sample(store)


if __name__ == "__main__":
    main()
