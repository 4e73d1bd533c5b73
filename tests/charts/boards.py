"""Boards for charts: use cases rated by one person on one criterion of each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scoper.board import Board, build_board
from scoper.charts import Ruler
from tests.support import portfolio_of

RULER = Ruler(width=lambda text: 6.0 * len(text), height=14.0, unit=1.0)
"""Every letter is 6 wide."""


def board_at(values: Sequence[tuple[float, float, float]]) -> Board:
    """Return use cases with these values in [0, 1] of impact, feasibility and risk."""
    ratings = 1 + 4 * np.array(values, dtype=np.float64)[:, :, None]
    portfolio = portfolio_of(ratings)
    benefits = np.random.default_rng(5).integers(10, 900, len(values)) * 1_000.0
    use_cases = (
        replace(use_case, benefit_likely=float(benefit))
        for use_case, benefit in zip(portfolio.use_cases, benefits, strict=True)
    )
    return build_board(replace(portfolio, use_cases=tuple(use_cases)))


def scattered(count: int, seed: int = 3) -> Board:
    """Return ``count`` use cases all over the place."""
    return board_at([tuple(row) for row in np.random.default_rng(seed).random((count, 3))])
