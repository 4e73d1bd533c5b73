"""The window: everything that imports Qt.

PySide6 reads the source of every module that is imported after it, to see whether its optional
``__feature__`` switches apply there. Scoper uses none of them, so no source is read.
"""

from __future__ import annotations

import PySide6.QtCore
from shibokensupport import feature

feature._mod_uses_pyside = lambda _module: False

del PySide6, feature
