"""Which windows are open on a file: each holds a lock for as long as its process lives.

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
    """A window on the file ``of``, a name that tells it from others.

    ``id`` names the window in the steps that it makes.
    """

    def __init__(self, of: str) -> None:
        self.id = uuid4().hex
        self._of = of
        self._lock: BaseFileLock | None = None

    def show(self) -> None:
        """Be seen as open from now on."""
        if self._lock is None:
            place = _folder() / f"{self._of}-{self.id}.lock"
            self._lock = _lock(place)
            with suppress(OSError):
                place.parent.mkdir(parents=True, exist_ok=True)
                self._lock.acquire(timeout=0)

    def close(self) -> None:
        """Be seen as closed."""
        if self._lock is not None:
            with suppress(OSError):
                self._lock.release()
                Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock = None

    def is_alone(self) -> bool:
        """Return whether no other window on the file is open on this computer."""
        return not any(
            _is_held(place)
            for place in _folder().glob(f"{self._of}-*.lock")
            if self.id not in place.name
        )


def _is_held(place: Path) -> bool:
    from filelock import Timeout  # noqa: PLC0415 - hardly ever needed

    lock = _lock(place)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    place.unlink(missing_ok=True)
    return False


def _lock(place: Path) -> BaseFileLock:
    from filelock import FileLock  # noqa: PLC0415 - needed once a window is shown

    return FileLock(place, thread_local=False)


def _folder() -> Path:
    try:
        name = getpass.getuser()
    except (ImportError, KeyError, OSError):
        name = "somebody"
    return Path(tempfile.gettempdir()) / f"scoper-{name}"
