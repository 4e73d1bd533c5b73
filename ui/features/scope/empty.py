"""What Scope shows while there is no use case."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.bridge.context import Context
from ui.kit.basics import button, column, heading, label


def no_use_case(context: Context) -> QWidget:
    """Return the words and the button that lead to the first use case."""
    holder = QWidget()
    add = button("Add a use case", lambda: context.go("portfolio", None), kind="primary")
    layout = column(
        None,
        heading("No use case yet", "page"),
        label(
            "Add one on the portfolio page, then walk it through the five steps.",
            secondary=True,
            wrap=True,
        ),
        None,
        spacing=12,
    )
    layout.insertWidget(3, add, alignment=Qt.AlignmentFlag.AlignLeft)
    layout.setContentsMargins(32, 24, 32, 24)
    holder.setLayout(layout)
    return holder
