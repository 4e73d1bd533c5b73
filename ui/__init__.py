"""The window: everything that imports Qt.

PySide6 reads the source of every module that is imported after it, to see whether its optional
``__feature__`` switches apply there. Scoper uses none of them, so no source is read.
"""

from __future__ import annotations

import PySide6.QtCore


def _read_no_sources() -> None:
    """Have PySide6 take every module for one without switches, where it still asks so."""
    try:
        from shibokensupport import feature
    except ImportError:
        return
    if callable(getattr(feature, "_mod_uses_pyside", None)):
        feature._mod_uses_pyside = lambda _module: False


_read_no_sources()

del PySide6
