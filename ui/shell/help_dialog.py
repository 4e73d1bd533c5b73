"""Help on a page, and every shortcut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.bridge.context import Context
from ui.bridge.page import Page
from ui.kit.asking.dialog import Dialog
from ui.kit.basics import ScrollColumn, button, heading, label, row
from ui.kit.look.plain import unescaped

_NO_PAGE = (
    "Try the sample portfolio to look around, start an empty portfolio, or bring a list from "
    "Excel or CSV. Nothing leaves this computer."
)


class HelpDialog(Dialog):
    """What the page in view is for, and the keys that work anywhere."""

    def __init__(self, context: Context, page: Page | None, actions: Sequence[QAction]) -> None:
        place, text = (page.accessibleName(), page.HELP) if page else ("", "")
        window, theme = context.window, context.theme
        super().__init__(window, theme, f"Help: {place}" if place else "Help", (600, 600))
        layout = self.body
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        body = ScrollColumn(20)
        body.body.setSpacing(10)
        body.setAccessibleName("Help")
        body.body.addWidget(heading(place or "Begin", "page"))
        for paragraph in (text or _NO_PAGE).split("\n\n"):
            body.body.addWidget(label(paragraph, wrap=True))
        body.body.addSpacing(8)
        body.body.addWidget(heading("Shortcuts"))
        body.body.addWidget(_shortcuts(actions, min(theme.px(240), window.width() // 3)))
        body.body.addStretch(1)
        layout.addWidget(body, 1)
        self.close_button = button("Close", self.accept, kind="primary")
        foot = row(None, self.close_button)
        foot.setContentsMargins(20, 8, 20, 16)
        layout.addLayout(foot)
        body.setFocus()


def _shortcuts(actions: Sequence[QAction], width: int) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    lines = [(title(action), keys(action)) for action in actions if action.shortcuts()]
    for place, (name, key) in enumerate(lines):
        what = label(name, wrap=True)
        what.setMinimumWidth(width)
        which = label(key, secondary=True, wrap=True)
        grid.addWidget(what, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(which, place, 1, Qt.AlignmentFlag.AlignTop)
    return holder


def title(action: QAction) -> str:
    """Return the name of an action without the step it is about and without marks."""
    return unescaped(action.text()).rstrip("…").split(": ")[0]


def keys(action: QAction) -> str:
    """Return the keys of an action as this system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return " or ".join(sequence.toString(form) for sequence in action.shortcuts())
