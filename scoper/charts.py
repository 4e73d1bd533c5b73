"""Charts as values: what to draw, where, and what it says in words.

The window draws a ``PriorityChart`` with its own painter while sliders move; ``figure`` draws
the same value into a file. Neither knows the portfolio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoper.board import Board
from scoper.scoring.balanced import break_even_impact
from scoper.scoring.matrix import Array
from scoper.snapshot import UseCase
from scoper.terms import RiskBand
from scoper.text import join, plural, shorten

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LABELS = 8
"""How many marks are named in the chart; the others tell on hover."""

_BANDS = tuple(RiskBand)
_MARKERS = {RiskBand.LOW: "o", RiskBand.MEDIUM: "D", RiskBand.HIGH: "^"}
_COLOURS = {RiskBand.LOW: "#0B6E69", RiskBand.MEDIUM: "#9A5200", RiskBand.HIGH: "#B3261E"}


@dataclass(frozen=True, eq=False)
class PriorityChart:
    """Impact against likelihood of success; one mark for each ranked use case.

    ``rows`` are rows of ``use_cases``, best first. ``x`` (likelihood) and ``y`` (impact) lie in
    [0, 1], ``size`` in [0, 1] is the share of the largest likely benefit, ``band`` an index into
    the risk bands. ``curve_x`` and ``curve_y`` are the break-even line at the median risk; they
    are empty for a method without break-even.
    """

    title: str
    use_cases: tuple[UseCase, ...]
    rows: NDArray[np.intp]
    x: Array
    y: Array
    size: Array
    band: NDArray[np.intp]
    x_range: tuple[float, float]
    curve_x: Array
    curve_y: Array
    curve_label: str
    summary: str

    def __len__(self) -> int:
        """Return how many marks there are."""
        return len(self.rows)

    def id_of(self, mark: int) -> UUID:
        """Return the use case of a mark."""
        return self.use_cases[int(self.rows[mark])].id

    def name_of(self, mark: int) -> str:
        """Return the title of the use case of a mark."""
        return self.use_cases[int(self.rows[mark])].title

    def mark_of(self, use_case_id: UUID | None) -> int | None:
        """Return the mark of a use case; None when it has none."""
        return next((m for m in range(len(self)) if self.id_of(m) == use_case_id), None)

    def band_of(self, mark: int) -> RiskBand:
        """Return the risk band of a mark."""
        return _BANDS[int(self.band[mark])]


def priority_chart(board: Board) -> PriorityChart:
    """Return the priority chart of a board."""
    scores = board.ranking.scores
    order = board.ranking.order
    placed = np.isfinite(scores.likelihood) & np.isfinite(scores.impact) & np.isfinite(scores.risk)
    rows = order[(board.ranking.rank[order] > 0) & placed[order]]
    benefit = board.portfolio.likely_benefits[rows]
    largest = benefit.max(initial=0.0)
    risk = scores.risk[rows]
    low, high = board.chances["p_low"], board.chances["p_high"]
    x_range = (low, high) if high - low > 0.02 else (max(0.0, low - 0.1), min(1.0, high + 0.1))
    even = board.break_even is not None
    points = 120 if even else 0
    curve_x = np.linspace(max(x_range[0], 0.01), x_range[1], points)
    median = float(np.median(risk)) if risk.size else 0.5
    return PriorityChart(
        title="Which use cases pay off for their risk?",
        use_cases=board.use_cases,
        rows=rows,
        x=scores.likelihood[rows],
        y=scores.impact[rows],
        size=benefit / largest if largest > 0 else np.zeros(len(rows)),
        band=np.searchsorted([1 / 3, 2 / 3], risk, side="right"),
        x_range=x_range,
        curve_x=curve_x,
        curve_y=break_even_impact(curve_x, median, board.chances),
        curve_label=f"break-even at risk {median:.2f}" if even else "",
        summary=_summary(board, rows),
    )


def figure(chart: PriorityChart, width: float = 9.0, height: float = 5.4) -> Figure:
    """Draw a priority chart, ``width`` by ``height`` inches, for a file."""
    import matplotlib  # noqa: PLC0415 - slow to import
    from matplotlib.figure import Figure  # noqa: PLC0415

    with matplotlib.rc_context({"text.parse_math": False, "svg.fonttype": "none"}):
        drawn = Figure(figsize=(width, height), layout="constrained")
        axes = drawn.add_subplot()
        if chart.curve_label:
            inside = chart.curve_y <= 1
            axes.plot(
                chart.curve_x[inside],
                chart.curve_y[inside],
                "--",
                color="#5A6372",
                lw=1,
                label=chart.curve_label,
            )
        for code, band in enumerate(_BANDS):
            chosen = chart.band == code
            axes.scatter(
                chart.x[chosen],
                chart.y[chosen],
                s=40 + 260 * chart.size[chosen],
                marker=_MARKERS[band],
                color=_COLOURS[band],
                alpha=0.85,
                linewidths=0,
                label=f"{band.label} risk",
            )
        for mark in range(min(LABELS, len(chart))):
            axes.annotate(
                shorten(chart.name_of(mark), 34),
                (chart.x[mark], chart.y[mark]),
                textcoords="offset points",
                xytext=(9, 3),
                fontsize=8,
            )
        axes.set(xlim=chart.x_range, ylim=(0, 1), xlabel="Likelihood of success", ylabel="Impact")
        axes.set_title(chart.title, loc="left", fontsize=12, fontweight="bold")
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(color="#E2E5EA", lw=0.6)
        axes.set_axisbelow(True)
        axes.legend(loc="lower left", fontsize=8, frameon=False)
        return drawn


def _summary(board: Board, rows: NDArray[np.intp]) -> str:
    if not rows.size:
        if (board.ranking.rank > 0).any():
            return (
                f"The criteria of {board.method.title} do not tell impact, feasibility and risk, "
                "so there is nothing to draw."
            )
        return "No use case is rated on every criterion yet, so there is nothing to draw."
    first = join([board.use_cases[row].title for row in rows[:3]])
    even = ""
    if board.break_even is not None:
        above = int((board.ranking.scores.score[rows] > board.break_even).sum())
        even = f"{above} of them score above break-even. "
    return (
        f"{plural(len(rows), 'use case')} by impact and likelihood of success; the size shows the "
        f"likely benefit, colour and shape the risk. {even}Highest: {first}."
    )
