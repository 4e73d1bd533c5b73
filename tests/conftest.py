"""What every test relies on: a machine of its own, no leftovers, and portfolios to work with.

PySide6 is never imported here: the tests of the core also run where it is not installed.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.store import Store

_MACHINE = Path(tempfile.mkdtemp(prefix="scoper-tests-"))
_CACHE = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
_THREAD_GRACE = 5.0

os.environ.update(
    {
        "HOME": str(_MACHINE),
        "USERPROFILE": str(_MACHINE),
        "APPDATA": str(_MACHINE / "config"),
        "LOCALAPPDATA": str(_MACHINE / "config"),
        "XDG_CONFIG_HOME": str(_MACHINE / "config"),
        "XDG_DATA_HOME": str(_MACHINE / "data"),
        "XDG_STATE_HOME": str(_MACHINE / "state"),
        "XDG_DOCUMENTS_DIR": str(_MACHINE / "documents"),
        # The cache stays: building the font cache again would cost seconds in every run.
        "XDG_CACHE_HOME": _CACHE,
        "SCOPER_HOME": str(_MACHINE / "scoper"),
    }
)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.fonts=false")

_PROFILE: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("default", max_examples=40, stateful_step_count=12, **_PROFILE)
settings.register_profile("thorough", max_examples=1_000, stateful_step_count=40, **_PROFILE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the options of pytest-qt also where Qt is not installed (``-p no:pytest-qt``)."""
    if "pytestqt.plugin" not in sys.modules:
        for option in ("qt_api", "qt_log_ignore", "qt_log_level_fail"):
            parser.addini(option, "Without Qt, no use is made of it.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Make Qt's own warnings fail every test that uses Qt."""
    for item in items:
        if {"qtbot", "qapp"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


def pytest_unconfigure() -> None:
    """Remove the machine that was made up for this run."""
    shutil.rmtree(_MACHINE, ignore_errors=True)


# ---------------------------------------------------------------- leftovers


@pytest.fixture(autouse=True)
def _no_leftovers() -> Iterator[None]:
    """Fail a test that leaves threads or windows behind."""
    threads, windows = set(threading.enumerate()), _windows()
    yield
    leaked_threads = _lingering(threads)
    leaked_windows = _left_open(windows)
    assert not leaked_threads, f"threads still running: {leaked_threads}"
    assert not leaked_windows, f"windows still open: {leaked_windows}"


def _lingering(before: set[threading.Thread]) -> list[str]:
    new = [t for t in threading.enumerate() if t not in before and not t.daemon]
    for thread in new:
        thread.join(_THREAD_GRACE)
    return [thread.name for thread in new if thread.is_alive()]


def _windows() -> set[int]:
    return {id(window) for window in _top_levels()}


def _left_open(before: set[int]) -> list[str]:
    def leaked() -> list[str]:
        return [repr(w) for w in _top_levels() if id(w) not in before and w.isVisible()]

    if leaked():
        core = sys.modules["PySide6.QtCore"]
        gc.collect()
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    return leaked()


def _top_levels() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return list(widgets.QApplication.topLevelWidgets())


# ---------------------------------------------------------------- portfolios


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from scoper.commands import portfolios
    from scoper.store import Store

    path = tmp_path_factory.mktemp("empty") / "empty.scoper"
    with Store.create(path, "Tester") as store:
        portfolios.create(store, title="Test portfolio")
    return path


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from scoper.commands import samples
    from scoper.store import Store

    path = tmp_path_factory.mktemp("sample") / "sample.scoper"
    with Store.create(path, "Tester") as store:
        samples.create_sample(store)
    return path


@pytest.fixture
def store(_empty_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Yield an empty portfolio with the default criteria and roles, signed "Tester"."""
    yield from _opened(_empty_file, tmp_path / "portfolio.scoper")


@pytest.fixture
def sample_store(_sample_file: Path, tmp_path: Path) -> Iterator[Store]:
    """Yield a copy of the sample portfolio, signed "Tester"."""
    yield from _opened(_sample_file, tmp_path / "sample.scoper")


@pytest.fixture(scope="session")
def sample_board(_sample_file: Path) -> Board:
    """Return the board of the sample portfolio; it is frozen, so every test may share it."""
    from scoper.queries import load_board
    from scoper.store import Store

    with Store.open(_sample_file, "Tester") as store:
        return load_board(store)


def _opened(template: Path, path: Path) -> Iterator[Store]:
    from scoper.store import Store

    shutil.copyfile(template, path)
    with Store.open(path, "Tester") as store:
        yield store
