"""The columns of a file, each with examples and what it is imported as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.kit.basics import repolish
from ui.kit.fields.picker import Picker
from ui.kit.look.theme import Theme
from ui.kit.tables.plain_table import PlainTable

NOT_IMPORTED = "Not imported"


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file as it is shown: its header and a few values."""

    header: str
    examples: tuple[str, ...]


class ImportColumns(QTableView):
    """Each column of the file, and a choice of what to import it as.

    A field takes one column: choosing it again takes it from the column that had it.
    ``changed()`` is emitted when the person chooses.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = PlainTable()
        self.choices: list[Picker] = []
        self.setModel(self.rows)
        self.setObjectName("columns")
        self._dress()
        self.setAccessibleName("Columns of the file")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(40))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_columns(
        self,
        columns: Sequence[FileColumn],
        fields: Sequence[tuple[str, str]],
        mapping: dict[str, int],
    ) -> None:
        """Show the columns; ``fields`` are ids with titles, ``mapping`` a column for a field."""
        self.rows.show(
            ("Column in the file", "Examples", "Import as"),
            [(column.header, "  ·  ".join(column.examples), "") for column in columns],
        )
        chosen = {place: field for field, place in mapping.items()}
        self.choices = []
        for place, column in enumerate(columns):
            choice = self._make_choice(column.header, fields)
            choice.choose(chosen.get(place))
            _mark(choice)
            choice.chosen.connect(lambda _, source=choice: self._chosen(source))
            self.choices.append(choice)
            self.setIndexWidget(self.rows.index(place, 2), choice)
        self._share_width()

    def mapping(self) -> dict[str, int]:
        """Return the column each imported field is taken from."""
        return {
            choice.value: place
            for place, choice in enumerate(self.choices)
            if choice.value is not None
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the choice of the row with the cursor."""
        row = self.currentIndex().row()
        opens = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2)
        if event.key() in opens and 0 <= row < len(self.choices):
            self.choices[row].setFocus()
            self.choices[row].showPopup()
        else:
            super().keyPressEvent(event)

    def _make_choice(self, header: str, fields: Sequence[tuple[str, str]]) -> Picker:
        choice = Picker(f"Import {header} as")
        choice.offer([(NOT_IMPORTED, None), *((title, field) for field, title in fields)])
        return choice

    def _chosen(self, source: Picker) -> None:
        field = source.value
        for choice in self.choices:
            if field is not None and choice is not source and choice.value == field:
                choice.setCurrentIndex(0)
        for choice in self.choices:
            _mark(choice)
        self.changed.emit()

    def _dress(self) -> None:
        """Make the choices look like cells: the frame shows under the pointer and the cursor."""
        colours, px = self._theme.colours, self._theme.px
        self.setStyleSheet(
            f"#columns QComboBox {{ border: 1px solid transparent; border-radius: {px(6)}px;"
            f" background: transparent; padding: {px(3)}px {px(8)}px {px(3)}px 0;"
            f" margin: {px(2)}px; font-weight: 600; }}"
            f"#columns QComboBox[open='true'] {{ color: {colours.secondary};"
            " font-weight: normal; }"
            f"#columns QComboBox:hover {{ border-color: {colours.line}; }}"
            f"#columns QComboBox:focus {{ border: 2px solid {colours.accent}; }}"
        )

    def _share_width(self) -> None:
        width = self.viewport().width()
        last = min(self._theme.px(224), width * 2 // 5)
        first = (width - last) * 9 // 20
        for place, share in enumerate((first, width - last - first, last)):
            self.setColumnWidth(place, share)


def _mark(choice: Picker) -> None:
    is_open = choice.value is None
    if choice.property("open") != is_open:
        choice.setProperty("open", is_open)
        repolish(choice)
