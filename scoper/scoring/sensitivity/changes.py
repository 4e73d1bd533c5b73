"""The smallest change of weights that puts a given alternative first."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

Fixed = NDArray[np.bool_]

_TAKEN_IN: Final = 25
"""Most rivals that are taken in at a time where lines have bends."""

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
    all weights there are. The balanced metric has lines only within a dimension: there each
    dimension is solved exactly with the shares of the others as they are, and the best of the
    three is returned. Changing several dimensions at once might take less. Where lines have
    bends, on which side of its own each rival lies is solved for too, by a binary for each.

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
    if block.bend is None or block.rise is None:
        share = _solve(gain[row] - gain[rivals], block.base[rivals] - block.base[row], block, fixed)
    else:
        share = _Bent(replace(block, gain=gain, rise=np.where(fixed, 0.0, block.rise)), row).solve(
            rivals, fixed
        )
    if share is None:
        return None
    return Change(block, share, float(np.abs(share - block.share).sum()))


class _Bent:
    """Each score of a block as the lower of two lines: level beyond its bend, rising before it."""

    def __init__(self, block: Block, row: int) -> None:
        assert block.bend is not None
        assert block.rise is not None
        self._block, self._row, self._bend = block, row, block.bend
        self._rising = block.gain + block.bend[:, None] * block.rise
        self._most = block.rise.max(axis=1, initial=0.0)

    def solve(self, rivals: Rows, fixed: Fixed) -> Array | None:
        """Return the nearest shares at which none of ``rivals`` is ahead.

        Rivals are taken in as they turn out to be ahead: most never are.
        """
        share, counted = self._block.share, rivals[:0]
        while True:
            scores = self._block.scores(share)
            above = rivals[scores[rivals] > scores[self._row] + _TOLERANCE]
            new = np.setdiff1d(above, counted)
            if not new.size:
                return share
            worst = new[np.argsort(-scores[new], kind="stable")[:_TAKEN_IN]]
            counted = np.concatenate([counted, worst])
            found = self._on_sides(counted, fixed)
            if found is None:
                return None
            share = found

    def _on_sides(self, rivals: Rows, fixed: Fixed) -> Array | None:
        """Find by which of its lines each rival is best held, then solve for the shares exactly."""
        block, bend = self._block, self._bend[rivals]
        behind = np.tile(block.base[rivals], 2)
        level = self._ahead_of(block.gain[rivals])
        rising = self._ahead_of(self._rising[rivals])
        free = np.diag(bend * np.maximum(self._most[rivals] - 1, 0.0))
        switch = np.vstack([np.diag(-bend)] * 2 + [free] * 2)
        own = np.repeat(self._own_bases(), len(rivals))
        solved = _solve(np.vstack([level, rising]), np.tile(behind - own, 2), block, fixed, switch)
        if solved is None:
            return None
        is_level = np.tile(solved[len(block.share) :] > 0.5, 2)
        return _solve(
            np.where(is_level[:, None], level, rising),
            behind + np.where(is_level, np.tile(bend, 2), 0.0) - own,
            block,
            fixed,
        )

    def _own_bases(self) -> Array:
        base = self._block.base[self._row]
        return np.array([base + self._bend[self._row], base])

    def _ahead_of(self, theirs: Array) -> Array:
        """Return what each of the row's own two lines gains on lines of others."""
        own = (self._block.gain[self._row], self._rising[self._row])
        return np.vstack([each - theirs for each in own])


def _solve(
    ahead: Array, behind: Array, block: Block, fixed: Fixed, switch: Array | None = None
) -> Array | None:
    """Minimise Σ d subject to ahead @ x + switch @ z ≥ behind, Σ x = 1, |x − share| ≤ d, x ≥ 0.

    The variables are x, then d, then z, each 0 or 1. ``fixed`` columns of x stay 0. Returns x and
    z, None if there are no such.
    """
    import highspy  # noqa: PLC0415 - slow to import, and only needed here

    share = block.share
    count, none = len(share), highspy.kHighsInf
    switch = np.zeros((len(ahead), 0)) if switch is None else switch
    switches = switch.shape[1]
    one, off = np.eye(count), np.zeros((count, switches))
    total = np.concatenate([np.ones(count), np.zeros(count + switches)])[None, :]
    rows = np.vstack(
        [
            np.hstack([ahead, np.zeros_like(ahead), switch]),
            np.hstack([one, -one, off]),
            np.hstack([one, one, off]),
            total,
        ]
    )
    free = np.full(count, none)
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = 2 * count + switches, len(rows)
    problem.col_cost_ = np.concatenate([np.zeros(count), np.ones(count), np.zeros(switches)])
    problem.col_lower_ = np.zeros(2 * count + switches)
    problem.col_upper_ = np.concatenate([np.where(fixed, 0.0, 1.0), free, np.ones(switches)])
    problem.row_lower_ = np.concatenate([behind, -free, share, [1.0]])
    problem.row_upper_ = np.concatenate([np.full(len(ahead), none), share, free, [1.0]])
    filled = rows != 0
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.start_ = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
    problem.a_matrix_.index_ = np.nonzero(filled)[1]
    problem.a_matrix_.value_ = rows[filled]
    if switches:
        kinds = [highspy.HighsVarType.kContinuous] * (2 * count)
        problem.integrality_ = kinds + [highspy.HighsVarType.kInteger] * switches
    solver = quiet_solver(
        primal_feasibility_tolerance=_TOLERANCE,
        dual_feasibility_tolerance=_TOLERANCE,
        small_matrix_value=1e-12,
    )
    solver.passModel(problem)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = np.array(solver.getSolution().col_value)
    solution = np.maximum(values[:count], 0.0)
    return np.concatenate([solution / solution.sum(), values[2 * count :]])
