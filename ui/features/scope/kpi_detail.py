"""What an open KPI shows below its fields: which other use cases count in the same metric."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.scoping.shared_metrics import also_in
from scoper.snapshot import Kpi, Portfolio, UseCase
from scoper.text import plural
from ui.kit.basics import heading, label

_SHOWN = 6


class KpiDetail(QWidget):
    """Follows one KPI of the use case that ``around`` returns with its portfolio."""

    def __init__(self, around: Callable[[], tuple[Portfolio, UseCase] | None]) -> None:
        super().__init__()
        self._around = around
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        self.summary = heading("", "label")
        self.lines = label(secondary=True, wrap=True)
        layout.addWidget(self.summary)
        layout.addWidget(self.lines)

    def show_item(self, kpi: Kpi) -> None:
        """Show who else counts in the metric; nothing where nobody does."""
        around = self._around()
        uses = also_in(*around, kpi) if around else ()
        self.setVisible(bool(uses))
        self.summary.setText(f"The same metric in {plural(len(uses), 'other use case')}")
        lines = [f"{use.key}  {use.title}. {use.difference}".rstrip(" .") for use in uses[:_SHOWN]]
        if len(uses) > _SHOWN:
            lines.append(f"and {len(uses) - _SHOWN:,} more")
        self.lines.setText("\n".join(f"•  {line}" for line in lines))
