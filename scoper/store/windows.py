"""Which windows are open on a portfolio: each holds a lock for as long as its process lives.

The system takes the lock away when a process ends, however it ends, so nothing is left over that
looks alive. A window on another computer cannot be seen and counts as closed.
"""

from __future__ import annotations

import getpass
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Window:
    """One open window; ``id`` names it in the steps that it makes."""

    def __init__(self) -> None:
        self.id = uuid4().hex
        self._lock: BaseFileLock | None = None

    def show(self) -> None:
        """Be seen as open from now on."""
        if self._lock is None:
            self._lock = _lock(self.id)
            with suppress(OSError):
                _place(self.id).parent.mkdir(parents=True, exist_ok=True)
                self._lock.acquire(timeout=0)

    def close(self) -> None:
        """Be seen as closed."""
        if self._lock is not None:
            with suppress(OSError):
                self._lock.release()
                _place(self.id).unlink(missing_ok=True)
            self._lock = None


def is_open(window_id: str) -> bool:
    """Return whether the window of that id is open on this computer."""
    place = _place(window_id)
    if not window_id or not place.exists():
        return False
    from filelock import Timeout  # noqa: PLC0415 - hardly ever needed

    lock = _lock(window_id)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    place.unlink(missing_ok=True)
    return False


def _lock(window_id: str) -> BaseFileLock:
    from filelock import FileLock  # noqa: PLC0415 - needed at the first write

    return FileLock(_place(window_id), thread_local=False)


def _place(window_id: str) -> Path:
    try:
        name = getpass.getuser()
    except (ImportError, KeyError, OSError):
        name = "somebody"
    return Path(tempfile.gettempdir()) / f"scoper-{name}" / f"{window_id}.lock"
