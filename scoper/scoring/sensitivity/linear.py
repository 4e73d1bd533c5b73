"""Scores as lines in the weights, straight or with one bend each.

A *block* is a set of criteria whose shares (weights as parts of their sum) move while all else
stays: score = base + gain @ share + bend·min(1, rise @ share). For the weighted sum one block
holds all criteria. For the balanced metric there is a block per dimension. What is ranked is

    50·N = 50·(p·(I + λ·q·L) − λ·L),  p = p_low + (p_high − p_low)·F,  L = s + (1 − s)·R

linear in the shares of feasibility and of risk; in those of impact through q = min(1, I/θ) with
one bend for each alternative, where I = θ. Across dimensions it is not: p multiplies I and L.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.balanced import balanced, shares, unscaled
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.parameters import Parameters
from scoper.scoring.paths import Path
from scoper.terms import Dimension

Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Block:
    """Criteria whose shares move together.

    ``dimension`` is theirs, None for criteria of all dimensions. ``columns`` are their places in
    the matrix, ``share`` their current shares, which add up to 1. ``base`` and ``bend`` ≥ 0 have
    shape (alternatives,), ``gain`` and ``rise`` (alternatives, columns), in points of the score; a
    gain is NaN where the alternative has no value. Without ``bend`` the lines are straight.
    """

    dimension: Dimension | None
    columns: Rows
    share: Array
    base: Array
    gain: Array
    bend: Array | None = None
    rise: Array | None = None

    def scores(self, share: Array) -> Array:
        """Return the scores under other shares; what has no share needs no value."""
        scores: Array = self.base + np.where(share > 0, self.gain, 0.0) @ share
        if self.bend is not None and self.rise is not None:
            brought = np.where(share > 0, self.rise, 0.0) @ share
            scores = scores + self.bend * np.minimum(1.0, brought)
        return scores

    def along(self, place: int) -> Path | None:
        """Return the scores as the share of one criterion moves from 0 to 1.

        The others keep their proportions. None where no other has a share.
        """
        others = self.share.copy()
        others[place] = 0.0
        if not others.sum() > 0:
            return None
        others /= others.sum()
        foot, step = _moved(self.gain, others, place)
        if self.bend is None or self.rise is None:
            return Path(self.base + foot, step)
        return Path(self.base + foot, step, self.bend, *_moved(self.rise, others, place))

    def weights(self, matrix: Matrix, share: Array) -> Array:
        """Return all weights of ``matrix`` with this block's total spread by ``share``."""
        weights = matrix.weights.copy()
        weights[self.columns] = share * matrix.weights[self.columns].sum()
        return weights


def _moved(each: Array, others: Array, place: int) -> tuple[Array, Array]:
    """Return a weighted sum where one share is 0, and how it moves with that share."""
    foot = np.where(others > 0, each, 0.0) @ others
    return foot, each[:, place] - foot


@dataclass(frozen=True, eq=False)
class LinearScores:
    """What is ranked, (alternatives,), NaN where incomplete, with the blocks it comes from."""

    scores: Array
    blocks: tuple[Block, ...]


def weighted_sum_lines(matrix: Matrix) -> LinearScores:
    """Return 100·Σ w v with Σ w = 1 and risk turned into safety 1 − v, as lines.

    Raises:
        InvalidInput: no criterion has a weight.
    """
    total = matrix.weights.sum()
    if not total > 0:
        raise InvalidInput(
            "No criterion has a weight above 0.",
            "Give at least one of them a positive weight.",
            field="weight",
        )
    risky = np.array([d is Dimension.RISK for d in matrix.dimensions], dtype=np.bool_)
    block = Block(
        dimension=None,
        columns=np.arange(len(matrix.dimensions)),
        share=matrix.weights / total,
        base=np.zeros(len(matrix.values)),
        gain=100 * np.where(risky, 1 - matrix.values, matrix.values),
    )
    scores = np.where(matrix.missing.any(axis=1), np.nan, block.scores(block.share))
    return LinearScores(scores, (block,))


def balanced_lines(matrix: Matrix, parameters: Parameters) -> LinearScores:
    """Return 50·N of the balanced metric as lines, a block for each dimension.

    Raises:
        InvalidInput: a dimension has no criterion with positive weight.
    """
    parts, share = balanced(matrix, parameters), shares(matrix)
    aversion, low, high = parameters["risk_aversion"], parameters["p_low"], parameters["p_high"]
    theta, stake = parameters["enough_impact"], parameters["stake"]
    shortfall = 1 - parts.likelihood * parts.enough
    lost = -50 * aversion * parts.cost
    gives = 50 * parts.impact - lost * parts.enough
    slope = {
        Dimension.IMPACT: 50 * parts.likelihood,
        Dimension.FEASIBILITY: (high - low) * gives,
        Dimension.RISK: -50 * aversion * (1 - stake) * shortfall,
    }
    rest = {
        Dimension.IMPACT: lost if theta else lost * shortfall,
        Dimension.FEASIBILITY: low * gives + lost,
        Dimension.RISK: 50 * (parts.gain - aversion * stake * shortfall),
    }
    blocks = []
    for dimension in Dimension:
        columns = matrix.columns(dimension)
        values = matrix.values[:, columns]
        gain = slope[dimension][:, None] * values
        block = Block(dimension, columns, share[columns], rest[dimension], gain)
        if theta and dimension is Dimension.IMPACT:
            block = replace(block, bend=-lost * parts.likelihood, rise=values / theta)
        blocks.append(block)
    return LinearScores(unscaled(parts.score, parameters), tuple(blocks))
