"""One criterion: a line with its weight; opened, its question and what each level means."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from scoper.scoping import Field, Kind
from scoper.scoping.forms import CRITERION, WEIGHT, level_label
from scoper.snapshot import Criterion
from scoper.text import shorten
from ui.kit.basics import ElidedButton, ElidedLabel, heading, label, row, tool_button
from ui.kit.fields.editor import Editor
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.fields.typed import LineEditor, NumberEditor, TextEditor
from ui.kit.layout.single_press import SinglePress
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme


class CriterionCard(QFrame):
    """Signals: ``edited(editor, value)`` for a field of the criterion, ``anchored(level, editor,
    value)`` for what a level means, ``move_asked(by)``, ``remove_asked()``, ``toggled(is_open)``.
    """

    edited = Signal(object, object)
    anchored = Signal(int, object, object)
    move_asked = Signal(int)
    remove_asked = Signal()
    toggled = Signal(bool)

    def __init__(self, theme: Theme, criterion: Criterion) -> None:
        super().__init__()
        self.setProperty("item", True)
        self._theme = theme
        self._criterion = criterion
        self.about = criterion.id
        self._fields: QWidget | None = None
        self.editors: dict[str, Editor] = {}
        self.anchors: dict[int, TextEditor] = {}
        self._body = layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        layout.setSpacing(2)
        self.toggle = ElidedButton(self._turn, "entry")
        self.toggle.setIconSize(theme.icon_size())
        self.toggle.setMinimumWidth(theme.px(72))
        self.weight = NumberEditor(WEIGHT)
        self.weight.setFixedWidth(theme.px(72))
        self.weight.edited.connect(lambda value: self.edited.emit(self.weight, value))
        self.share = ElidedLabel(secondary=True)
        self.share.setMaximumWidth(theme.px(138))
        self.up = tool_button(
            theme, "arrow-up", "Move criterion up", lambda: self.move_asked.emit(-1)
        )
        self.down = tool_button(
            theme, "arrow-down", "Move criterion down", lambda: self.move_asked.emit(1)
        )
        self.delete = tool_button(
            theme, "trash-2", "Delete criterion", lambda: self.remove_asked.emit()
        )
        SinglePress(self.delete)
        top = row(self.toggle, self.weight, self.share, self.up, self.down, self.delete, spacing=6)
        top.setStretch(0, 3)
        top.setStretch(2, 2)
        layout.addLayout(top)
        self.problem = ProblemLine()
        self.problem.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.weight.say_problems_in(self.problem)
        self._summary = ElidedLabel(secondary=True)
        self._summary.setIndent(theme.px(24))
        below = QGridLayout()
        below.addWidget(self._summary, 0, 0)
        below.addWidget(self.problem, 0, 0)
        layout.addLayout(below)
        self.set_open(False)

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return self._fields is not None and not self._fields.isHidden()

    def show_criterion(
        self, criterion: Criterion, share: float, *, of: str, first: bool, last: bool
    ) -> None:
        """Show a criterion, with its share in [0, 1] ``of`` what the method says, and its place."""
        self._criterion = criterion
        self.toggle.show_text(criterion.title)
        set_tip(self.toggle, "Close" if self.is_open else "Open to edit")
        self.weight.widget.setAccessibleName(f"Weight of {criterion.title}")
        self.weight.set_value(criterion.weight)
        said = _share_in_words(criterion, share, of)
        self.share.setText(said)
        set_tip(self.weight.widget, f"Weight in points: {said}")
        self._summary.setText(shorten(criterion.question, 240))
        self._summary.setVisible(not self.is_open and bool(criterion.question))
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        for name, editor in self.editors.items():
            editor.set_value(getattr(criterion, name))
        for level, meaning in criterion.anchors:
            if level in self.anchors:
                self.anchors[level].set_value(meaning)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the fields."""
        if is_open and self._fields is None:
            self._fields = self._make_fields()
            self._body.addWidget(self._fields)
        if self._fields is not None:
            self._fields.setVisible(is_open)
        self._summary.setVisible(not is_open and bool(self._criterion.question))
        icon = "chevron-down" if is_open else "chevron-right"
        self.toggle.setIcon(self._theme.icon(icon))
        set_tip(self.toggle, "Close" if is_open else "Open to edit")

    def flush(self) -> None:
        """Announce what is still being typed."""
        for _, editor in self.fields():
            editor.flush()

    def fields(self) -> Iterator[tuple[str | int, Editor]]:
        """Yield the fields that are shown: by name, and the anchors by level."""
        yield "weight", self.weight
        yield from self.editors.items()
        yield from self.anchors.items()

    def start_naming(self) -> Editor:
        """Open the card and return its title, selected to be typed over."""
        self.set_open(True)
        title = self.editors["title"]
        title.setFocus()
        title.select_all()
        return title

    def _turn(self) -> None:
        self.set_open(not self.is_open)
        self.toggled.emit(self.is_open)

    # ------------------------------------------------------------ the open card

    def _make_fields(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(self._theme.px(24), 4, 8, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, field in enumerate(CRITERION):
            is_text = field.kind is Kind.TEXT
            editor = TextEditor(field, 1) if is_text else LineEditor(field)
            editor.set_value(getattr(self._criterion, field.name))
            editor.edited.connect(lambda value, source=editor: self.edited.emit(source, value))
            self.editors[field.name] = editor
            self._place(grid, line, field.label, editor)
        scale = f"{self._criterion.low:g} to {self._criterion.high:g}"
        self._place(
            grid, 3, "Scale", label(f"{scale}, fixed because ratings rest on it", secondary=True)
        )
        grid.addWidget(heading("What each level means", "label"), 4, 0, 1, 2)
        for line, (level, meaning) in enumerate(self._criterion.anchors, start=5):
            editor = TextEditor(Field("meaning", level_label(level), Kind.TEXT), 1)
            editor.set_value(meaning)
            editor.edited.connect(
                lambda value, at=level, source=editor: self.anchored.emit(at, source, value)
            )
            self.anchors[level] = editor
            self._place(grid, line, editor.field.label, editor)
        return holder

    def _place(self, grid: QGridLayout, line: int, title: str, widget: QWidget) -> None:
        name = label(title, secondary=True)
        name.setMinimumHeight(self._theme.px(40 if isinstance(widget, TextEditor) else 34))
        name.setBuddy(widget.entry or widget if isinstance(widget, Editor) else widget)
        grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(widget, line, 1)


def _share_in_words(criterion: Criterion, share: float, of: str) -> str:
    if not of:
        return "not weighed"
    return f"{100 * share:.0f}\u00a0% of {of}" if criterion.weight else "does not count"
