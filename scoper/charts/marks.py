"""The shapes of marks, so that risk is told by more than colour."""

from __future__ import annotations

from typing import Final

from scoper.terms import RiskBand

CORNERS: Final[dict[RiskBand | None, tuple[tuple[float, float], ...]]] = {
    RiskBand.LOW: (),
    RiskBand.MEDIUM: ((0, -1), (1, 0), (0, 1), (-1, 0)),
    RiskBand.HIGH: ((0, -1), (0.95, 0.8), (-0.95, 0.8)),
    None: (),
}
"""Corners of the shape of each risk band at radius 1, y downwards; a circle has none."""
