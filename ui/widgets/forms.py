"""How fields are laid out in forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from ui.widgets.basics import heading, label
from ui.widgets.editors import Editor


def labelled(editor: Editor) -> QVBoxLayout:
    """Return an editor below its label and the line that explains it."""
    layout = QVBoxLayout()
    layout.setSpacing(3)
    title = heading(editor.field.label, "label")
    title.setBuddy(editor.entry or editor)
    layout.addWidget(title)
    if editor.field.help:
        layout.addWidget(label(editor.field.help, secondary=True, wrap=True))
    layout.addWidget(editor)
    return layout


def side_by_side(editors: Sequence[Editor], widths: Sequence[int] = ()) -> QGridLayout:
    """Return editors on one line, their fields level also where explanations differ in length.

    ``widths`` are the parts of the line each takes; without them all take the same.
    """
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    top = Qt.AlignmentFlag.AlignTop
    for place, editor in enumerate(editors):
        title = heading(editor.field.label, "label")
        title.setBuddy(editor.entry or editor)
        grid.addWidget(title, 0, place)
        if editor.field.help:
            grid.addWidget(label(editor.field.help, secondary=True, wrap=True), 1, place, top)
        grid.addWidget(editor, 2, place, top)
        grid.setColumnStretch(place, widths[place] if widths else 1)
    return grid
