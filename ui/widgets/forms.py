"""How fields are laid out in forms."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.widgets.basics import heading, label
from ui.widgets.editors import Editor


def labelled(editor: Editor) -> QVBoxLayout:
    """Return an editor below its label and the line that explains it."""
    layout = QVBoxLayout()
    layout.setSpacing(3)
    title = heading(editor.field.label, "label")
    title.setBuddy(editor)
    layout.addWidget(title)
    if editor.field.help:
        layout.addWidget(label(editor.field.help, secondary=True, wrap=True))
    layout.addWidget(editor)
    return layout
