"""Charts: values drawn from a board, laid out once for the window and for files.

``payoff_chart`` and ``quadrant_chart`` make the value, ``lay_out`` says where everything stands,
and ``figure`` draws that into a file. The window draws the same layout with its own painter.
"""

from scoper.charts.chart import LABELS, Axis, Chart, payoff_chart, quadrant_chart
from scoper.charts.layout import Layout, Ruler, lay_out
from scoper.charts.picture import figure, write

__all__ = [
    "LABELS",
    "Axis",
    "Chart",
    "Layout",
    "Ruler",
    "figure",
    "lay_out",
    "payoff_chart",
    "quadrant_chart",
    "write",
]
