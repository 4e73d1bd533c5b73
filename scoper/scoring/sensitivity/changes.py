"""The smallest change of weights that puts a given alternative first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array
from scoper.scoring.ranking import competition_rank
from scoper.scoring.sensitivity.linear import Block, LinearScores, Rows
from scoper.scoring.solver import quiet_solver
from scoper.scoring.statistic import Undefined

INCOMPLETE: Final = Undefined("It is not fully rated.")
NONE_DOES: Final = Undefined("No weights put it first: another is ahead whatever they are.")
NONE_WITHIN: Final = Undefined(
    "No weights within a single dimension put it first; weights of several at once might."
)

_TOLERANCE: Final = 1e-10
"""Largest error of the solver in a constraint, in points of the score."""


@dataclass(frozen=True, eq=False)
class Change:
    """New shares within one block that put an alternative first, alone or tied.

    ``distance`` is Σ|new − old| over the shares of the block, in [0, 2].
    """

    block: Block
    share: Array
    distance: float


def smallest_change(lines: LinearScores, row: int) -> Change | Undefined:
    """Return the least change of shares (L1) after which no alternative scores above ``row``.

    Within a block this is a linear programme and the answer is exact: for the weighted sum over
    all weights there are. The balanced metric is linear only within a dimension: there each
    dimension is solved exactly with the shares of the others as they are, and the best of the
    three is returned. Changing several dimensions at once might take less.

    Alternatives that are incomplete now do not compete. A criterion of weight 0 on which one of
    the others has no value stays at 0.
    """
    ranks = competition_rank(lines.scores)
    if ranks[row] == 0:
        return INCOMPLETE
    if ranks[row] == 1:
        return Change(lines.blocks[0], lines.blocks[0].share, 0.0)
    rows = np.flatnonzero(ranks)
    found = [change for block in lines.blocks if (change := _within(block, rows, row))]
    if not found:
        return NONE_DOES if len(lines.blocks) == 1 else NONE_WITHIN
    return min(found, key=lambda change: change.distance)


def _within(block: Block, rows: Rows, row: int) -> Change | None:
    """Return the smallest change within a block; None where there is none."""
    fixed = np.any(np.isnan(block.gain[rows]), axis=0)
    gain = np.where(fixed, 0.0, block.gain)
    rivals = rows[rows != row]
    share = _solve(
        ahead=gain[row] - gain[rivals],
        behind=block.base[rivals] - block.base[row],
        share=block.share,
        fixed=fixed,
    )
    if share is None:
        return None
    return Change(block, share, float(np.abs(share - block.share).sum()))


def _solve(ahead: Array, behind: Array, share: Array, fixed: NDArray[np.bool_]) -> Array | None:
    """Minimise Σ d subject to ahead @ x ≥ behind, Σ x = 1, |x − share| ≤ d, x ≥ 0.

    The variables are x, then d. ``fixed`` columns of x stay 0. None if there is no such x.
    """
    import highspy  # noqa: PLC0415 - slow to import, and only needed here

    count, none = len(share), highspy.kHighsInf
    one, blank = np.eye(count), np.zeros_like(ahead)
    total = np.concatenate([np.ones(count), np.zeros(count)])[None, :]
    rows = np.vstack(
        [np.hstack([ahead, blank]), np.hstack([one, -one]), np.hstack([one, one]), total]
    )
    free = np.full(count, none)
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = 2 * count, len(rows)
    problem.col_cost_ = np.concatenate([np.zeros(count), np.ones(count)])
    problem.col_lower_ = np.zeros(2 * count)
    problem.col_upper_ = np.concatenate([np.where(fixed, 0.0, 1.0), free])
    problem.row_lower_ = np.concatenate([behind, -free, share, [1.0]])
    problem.row_upper_ = np.concatenate([np.full(len(ahead), none), share, free, [1.0]])
    filled = rows != 0
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.start_ = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
    problem.a_matrix_.index_ = np.nonzero(filled)[1]
    problem.a_matrix_.value_ = rows[filled]
    solver = quiet_solver(
        primal_feasibility_tolerance=_TOLERANCE,
        dual_feasibility_tolerance=_TOLERANCE,
        small_matrix_value=1e-12,
    )
    solver.passModel(problem)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution: Array = np.maximum(np.array(solver.getSolution().col_value[:count]), 0.0)
    solution /= solution.sum()
    return solution
