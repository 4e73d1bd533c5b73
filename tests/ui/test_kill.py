"""What the window has said is saved is there after the program was killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scoper.queries import load_board
from scoper.store import Store

WORK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from scoper.commands import use_cases
from ui.app import make_window

application = QApplication([])
window = make_window(application)
window.show()
count = 0

def saved(changes):
    print(changes.label, flush=True)
    write()

def write():
    global count
    count += 1
    title = f"Idea {count}"
    window.session.run(lambda store: use_cases.create(store, title=title), done=saved)

window.open_path(Path(sys.argv[1]))
write()
application.exec()
"""


@pytest.fixture
def path(tmp_path: Path, _empty_file: Path) -> Path:
    """Return an empty portfolio to work in."""
    return Path(shutil.copyfile(_empty_file, tmp_path / "ideas.scoper"))


@pytest.mark.parametrize("after", [1, 7, 23])
def test_everything_acknowledged_survives_a_kill(path: Path, tmp_path: Path, after: int) -> None:
    environment = {**os.environ, "SCOPER_HOME": str(tmp_path), "PYTHONPATH": os.getcwd()}
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(path)], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in process.stdout]
    with Store.open(path, "me") as store:
        assert store.problems() == []
        titles = {use_case.title for use_case in load_board(store).use_cases}
    assert {f"Add Idea {n}" for n in range(1, after + 1)} <= set(acknowledged)
    assert {label.removeprefix("Add ") for label in acknowledged} <= titles
