"""What an open option shows below its verdict: the evidence about it, the strongest first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.scoping.options import case
from scoper.snapshot import Solution, UseCase
from ui.kit.basics import heading, label


class OptionDetail(QWidget):
    """Follows one option of the use case that ``use_case`` returns."""

    def __init__(self, use_case: Callable[[], UseCase | None]) -> None:
        super().__init__()
        self._use_case = use_case
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        self.summary = heading("", "label")
        self.lines = label(secondary=True, wrap=True)
        layout.addWidget(self.summary)
        layout.addWidget(self.lines)

    def show_item(self, option: Solution) -> None:
        """Show the evidence about an option."""
        use_case = self._use_case()
        if use_case is None:
            return
        found = case(use_case, option)
        self.summary.setText(found.summary)
        lines = found.lines or ("Record what a prototype, an expert or a paper says, below.",)
        self.lines.setText("\n".join(f"•  {line}" for line in lines))
