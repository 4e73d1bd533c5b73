"""Takes the pictures of the documentation from the real window: ``python tools/pictures.py``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scoper.snapshot import UseCase
    from ui.features.scope.page import ScopePage

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZE = (1366, 768)

sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Open the sample portfolio and take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ["SCOPER_HOME"] = "Scoper"
        _take(Path(folder) / "Tavelund.scoper")


def _take(path: Path) -> None:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    from scoper.settings import Theme
    from ui.app import make_window
    from ui.features.library.page import LibraryPage
    from ui.features.scope.page import ScopePage
    from ui.shared.explanation import Explanation

    application = QApplication([])
    window = make_window(application)
    window.preferences.update(theme=Theme.LIGHT)
    window.resize(*SIZE)
    window.show()

    def settle() -> None:
        loop = QEventLoop()
        QTimer.singleShot(500, loop.quit)
        loop.exec()
        while window.busy:
            application.processEvents()

    def take(name: str, prepare: Callable[[], object], of: QWidget = window) -> None:
        prepare()
        settle()
        of.grab().save(str(IMAGES / f"{name}.png"))
        print(f"took {name}")

    IMAGES.mkdir(parents=True, exist_ok=True)
    take("start", lambda: None)
    window.session.create_sample(path)
    settle()
    board = window.session.board
    assert board is not None
    first = board.ranked[0].use_case
    take("portfolio", lambda: window.go("portfolio"))
    take("scope", lambda: window.go("scope", first.id))
    scope = window.page("scope")
    assert isinstance(scope, ScopePage)
    take("scope-data", lambda: _open_data_set(scope, first))
    take("scope-kpis", lambda: _go_to_metrics(scope))
    take("workshop", lambda: window.go("workshop", first.id))
    take("ranking-light", lambda: window.go("ranking", first.id))
    explanation = Explanation(window, window.context, board, first.id)
    take("explanation", explanation.open, explanation)
    explanation.close()
    take("documents", lambda: window.go("documents", first.id))
    take("library", lambda: window.go("library"))
    library = window.page("library")
    assert isinstance(library, LibraryPage)
    take("library-content", lambda: library.show_section("Content"))
    window.preferences.update(theme=Theme.DARK)
    take("ranking-dark", lambda: window.go("ranking", first.id))
    window.close()


def _open_data_set(scope: ScopePage, use_case: UseCase) -> None:
    scope.go_to_step(3)
    form = scope.form(3)
    form.focus_item("datasets", use_case.datasets[0].id)


def _go_to_metrics(scope: ScopePage) -> None:
    scope.go_to_step(4)
    scope.form(4).go_to_section(0)


if __name__ == "__main__":
    main()
