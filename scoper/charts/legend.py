"""The legend of a chart: what colour, shape, size and line mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from scoper.charts.chart import Chart
from scoper.terms import RiskBand

_APART: Final = 14


class Sign(Enum):
    """What stands before the words of an entry."""

    MARK = "mark"
    SIZES = "sizes"
    LINE = "line"


_WIDE: Final = {Sign.MARK: 12, Sign.SIZES: 22, Sign.LINE: 18}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A sign and its words: the sign begins at ``left`` and is ``wide``, the words at ``words``.

    What is ``spare`` gets no row of its own.
    """

    sign: Sign
    text: str
    band: RiskBand | None = None
    left: float = 0.0
    middle: float = 0.0
    wide: float = 0.0
    width: float = 0.0
    spare: bool = False

    @property
    def words(self) -> float:
        """Where the words begin."""
        return self.left + self.wide

    def circles(self, unit: float) -> tuple[tuple[float, float], ...]:
        """Return where marks of the sign stand, and how large they are."""
        if self.sign is Sign.SIZES:
            return (self.left + 3 * unit, 2.5 * unit), (self.left + 14 * unit, 5.5 * unit)
        return ((self.left + 5 * unit, 5 * unit),)


def entries_of(chart: Chart) -> tuple[LegendEntry, ...]:
    """Return what a chart has to explain."""
    if not len(chart):
        return ()
    entries = []
    if (chart.band >= 0).any():
        *first, last = RiskBand
        entries += [LegendEntry(Sign.MARK, band.label.lower(), band) for band in first]
        entries.append(LegendEntry(Sign.MARK, f"{last.label.lower()} risk", last))
    if chart.largest > 0:
        most = _short(chart.largest, chart.currency)
        entries.append(LegendEntry(Sign.SIZES, f"benefit up to {most}"))
    if chart.line is not None:
        above = f"above the line: score over {chart.line.score:.3g}"
        entries.append(LegendEntry(Sign.LINE, above, spare=True))
    return tuple(entries)


def rows_of(
    entries: tuple[LegendEntry, ...],
    measure: Callable[[str], float],
    height: float,
    unit: float,
    width: float,
) -> list[list[LegendEntry]]:
    """Return the entries from left to right, in as many rows as they need."""
    rows: list[list[LegendEntry]] = []
    left = 0.0
    for entry in entries:
        wide = _WIDE[entry.sign] * unit + 0.2 * height
        needed = wide + measure(entry.text)
        fits = bool(rows) and left + needed <= width
        if entry.spare and not fits:
            continue
        if not fits:
            rows.append([])
            left = 0.0
        rows[-1].append(replace(entry, left=left, wide=wide, width=needed - wide))
        left += needed + _APART * unit
    return rows


def _short(amount: float, currency: str) -> str:
    """Return an amount in few letters: "EUR 1.2m"."""
    for least, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if amount >= least:
            return f"{currency} {amount / least:.3g}{letter}"
    return f"{currency} {amount:,.0f}"
