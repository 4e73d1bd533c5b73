"""What belongs to this computer rather than to the portfolio."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from scoper.settings import settings_path
from ui.bridge.context import Context
from ui.features.library.section import LibrarySection
from ui.kit.basics import Card, button, heading


class ComputerSection(LibrarySection):
    """The way to the settings, which have one form only."""

    TITLE = "This computer"
    ABOUT = "Settings that stay on this computer and never travel with a portfolio."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        card = Card(
            "Look, size, name and start",
            "Light or dark, how large everything is, the name that signs your changes, and "
            "whether the portfolio used last opens at the start.",
        )
        self.open_button = button("Open settings  Ctrl+,", context.actions.settings)
        card.body.addWidget(self.open_button, alignment=Qt.AlignmentFlag.AlignLeft)
        card.body.addSpacing(4)
        card.body.addWidget(heading("Where they are kept", "label"))
        path = QLineEdit(str(settings_path()))
        path.setAccessibleName("Where they are kept")
        path.setReadOnly(True)
        path.setCursorPosition(0)
        card.body.addWidget(path)
        self.column.body.addWidget(card)
        self.column.body.addStretch(1)
