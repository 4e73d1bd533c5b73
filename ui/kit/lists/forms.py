"""How fields are laid out in forms, also where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from scoper.scoping import Kind
from ui.kit.basics import heading, label
from ui.kit.fields.editor import Editor
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.look.theme import AROUND_CELL, Theme

_LETTERS_ABREAST, _LETTERS_IN_PAIRS = 56, 36
"""Widths, in letters of the font, from which a line is shown whole, and in pairs of fields."""
_LEAST_LETTERS = 12
_GAP = 3
_ROWS = 4
"""Rows of the grid for a line of fields: titles, explanations, fields, what is wrong with them."""


NUMBERS = (Kind.NUMBER, Kind.MONEY)
"""Kinds of fields whose text stands at the right."""
_INSET = 8
"""Pixels, before zoom, between the edge of a field and its text, besides those of a cell."""


def align_with_numbers(title: QLabel, theme: Theme) -> None:
    """Have what stands above or below numbers end where they do."""
    title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    title.setIndent(theme.px(_INSET) + AROUND_CELL)


def labelled(editor: Editor) -> QVBoxLayout:
    """Return an editor below its label and the line that explains it."""
    layout = QVBoxLayout()
    layout.setSpacing(0)
    title = heading(editor.field.label, "label")
    title.setWordWrap(True)
    title.setBuddy(editor.entry or editor)
    layout.addWidget(title)
    layout.addSpacing(_GAP)
    if editor.field.help:
        layout.addWidget(label(editor.field.help, secondary=True, wrap=True))
        layout.addSpacing(_GAP)
    layout.addWidget(editor)
    problems = ProblemLine()
    editor.say_problems_in(problems)
    layout.addWidget(problems)
    return layout


def side_by_side(editors: Sequence[Editor], widths: Sequence[int] = ()) -> FieldGrid:
    """Return editors on one line below their labels and explanations.

    ``widths`` are the parts of the line each takes; without them all take the same.
    """
    parts = widths or [1] * len(editors)
    grid = FieldGrid(sum(parts), spacing=14)
    for editor, width in zip(editors, parts, strict=True):
        explained = label(editor.field.help, secondary=True, wrap=True)
        grid.add(
            editor,
            width,
            heading(editor.field.label, "label"),
            explained if editor.field.help else None,
        )
    grid.arrange()
    return grid


class FieldGrid(QWidget):
    """Fields on lines of ``capacity`` parts; in pairs, then below each other where it is narrow.

    Fields of a line are level, also where explanations differ in length. ``arranged()`` tells
    when they were placed anew for another width.
    """

    arranged = Signal()

    def __init__(self, capacity: int, *, spacing: int = 12) -> None:
        super().__init__()
        self._capacity = capacity
        self._cells: list[_Cell] = []
        self._problem_lines: list[ProblemLine] = []
        self._abreast = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing)
        self._grid.setVerticalSpacing(_GAP)
        for column in range(capacity):
            self._grid.setColumnStretch(column, 1)

    def add(
        self,
        editor: Editor,
        width: int,
        title: QLabel | None = None,
        explained: QLabel | None = None,
    ) -> None:
        """Add a field that takes ``width`` parts of a line; ``arrange`` places it.

        Without a ``title`` it is named only where lines are broken up: a head above the grid
        names the columns otherwise.
        """
        self._cells.append(_Cell(editor, width, title, explained))
        if title:
            title.setBuddy(editor.entry or editor)

    def arrange(self) -> None:
        """Place the fields for the width there is."""
        self._place(self._fitting())

    @property
    def is_whole(self) -> bool:
        """Whether every field stands where its width puts it."""
        return self._abreast == self._capacity

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the fields anew where the width asks for it."""
        super().resizeEvent(event)
        if self._fitting() != self._abreast:
            self.arrange()
            self.arranged.emit()

    def minimumSizeHint(self) -> QSize:
        """Never ask for more than one narrow field: lines break up before that."""
        least = self.fontMetrics().averageCharWidth() * _LEAST_LETTERS
        return QSize(least, super().minimumSizeHint().height())

    def _fitting(self) -> int:
        """Return how many fields may stand abreast: all of a line, two or one."""
        abreast = min(self._capacity, abreast_in(self))
        fields = [cell.editor.minimumSizeHint().width() for cell in self._cells]
        gaps = self._grid.horizontalSpacing() * (len(fields) - 1)
        is_crowded = sum(fields) + gaps > self.width()
        return min(2, abreast) if is_crowded and len(fields) > 2 else abreast

    def _place(self, abreast: int) -> None:
        self._abreast = abreast
        for part in (*self._problem_lines, *(p for cell in self._cells for p in cell.parts)):
            self._grid.removeWidget(part)
        line = at = 0
        for cell in self._cells:
            width = self._width(cell)
            if at + width > self._capacity:
                line, at = line + 1, 0
            elif at and not self.is_whole:
                width = self._capacity - at
            cell.put(self._grid, line * _ROWS, at, width, named=not self.is_whole)
            cell.editor.say_problems_in(self._problem_line(line))
            at += width

    def _problem_line(self, line: int) -> ProblemLine:
        """Return the room for what is wrong with the fields of a line."""
        if line == len(self._problem_lines):
            self._problem_lines.append(ProblemLine())
        problems = self._problem_lines[line]
        if self._grid.indexOf(problems) < 0:
            self._grid.addWidget(problems, line * _ROWS + _ROWS - 1, 0, 1, self._capacity)
        return problems

    def _width(self, cell: _Cell) -> int:
        if self.is_whole:
            return cell.width
        shared = self._capacity // self._abreast
        return shared if cell.width <= shared else self._capacity


class _Cell:
    """A field with its title and what explains it."""

    def __init__(
        self, editor: Editor, width: int, title: QLabel | None, explained: QLabel | None
    ) -> None:
        self.editor, self.width, self.title, self.explained = editor, width, title, explained
        self._has_own_title = title is not None

    @property
    def parts(self) -> list[QWidget]:
        """What there is of it."""
        return [part for part in (self.title, self.explained, self.editor) if part]

    def put(self, grid: QGridLayout, line: int, at: int, width: int, *, named: bool) -> None:
        """Put it on a line that begins with that row of the grid."""
        if self.title is None and named:
            self.title = label(self.editor.field.label, secondary=True)
        if self.title:
            rows, bottom = 1 if self.explained else 2, Qt.AlignmentFlag.AlignBottom
            grid.addWidget(self.title, line, at, rows, width, bottom)
            self.title.setVisible(named or self._has_own_title)
        if self.explained:
            grid.addWidget(self.explained, line + 1, at, 1, width, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.editor, line + 2, at, 1, width, Qt.AlignmentFlag.AlignTop)


def abreast_in(widget: QWidget) -> int:
    """Return how many fields find room side by side: two or one where it is narrow, else 99."""
    letters = widget.width() / max(1, widget.fontMetrics().averageCharWidth())
    if letters >= _LETTERS_ABREAST:
        return 99
    return 2 if letters >= _LETTERS_IN_PAIRS else 1
