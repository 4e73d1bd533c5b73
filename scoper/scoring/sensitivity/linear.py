"""Scores as straight lines in the weights.

A *block* is a set of criteria whose shares (weights as parts of their sum) move while all else
stays: score = base + gain @ share. For the weighted sum one block holds all criteria. For the
balanced metric there is a block per dimension: with p = p_low + (p_high − p_low)·F,

    (1 + λ)·B/100 = p·(I + λR) − λR + λ

is linear in I, in R, and through p in F, so it is linear in the shares of any one dimension.
Across dimensions it is not: p multiplies I and R.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.balanced import balanced, shares
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.parameters import Parameters
from scoper.terms import Dimension

Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Block:
    """Criteria whose shares move together.

    ``dimension`` is theirs, None for criteria of all dimensions. ``columns`` are their places in
    the matrix, ``share`` their current shares, which add up to 1. ``base`` has shape
    (alternatives,) and ``gain`` (alternatives, columns), in points of the score; a gain is NaN
    where the alternative has no value.
    """

    dimension: Dimension | None
    columns: Rows
    share: Array
    base: Array
    gain: Array

    def scores(self, share: Array) -> Array:
        """Return the scores under other shares; what has no share needs no value."""
        scores: Array = self.base + np.where(share > 0, self.gain, 0.0) @ share
        return scores

    def weights(self, matrix: Matrix, share: Array) -> Array:
        """Return all weights of ``matrix`` with this block's total spread by ``share``."""
        weights = matrix.weights.copy()
        weights[self.columns] = share * matrix.weights[self.columns].sum()
        return weights


@dataclass(frozen=True, eq=False)
class LinearScores:
    """Scores of shape (alternatives,), NaN where incomplete, with the blocks they come from."""

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
    """Return the balanced metric as lines, a block for each dimension.

    Raises:
        InvalidInput: a dimension has no criterion with positive weight.
    """
    parts, share = balanced(matrix, parameters), shares(matrix)
    aversion, low, high = (parameters[name] for name in ("risk_aversion", "p_low", "p_high"))
    unit = 100 / (1 + aversion)
    stake = parts.impact + aversion * parts.risk
    slope = {
        Dimension.IMPACT: unit * parts.likelihood,
        Dimension.FEASIBILITY: unit * (high - low) * stake,
        Dimension.RISK: -unit * aversion * (1 - parts.likelihood),
    }
    rest = {
        Dimension.IMPACT: unit * (aversion - aversion * parts.loss),
        Dimension.FEASIBILITY: unit * (low * stake - aversion * parts.risk + aversion),
        Dimension.RISK: unit * (parts.gain + aversion),
    }
    blocks = []
    for dimension in Dimension:
        columns = matrix.columns(dimension)
        gain = slope[dimension][:, None] * matrix.values[:, columns]
        blocks.append(Block(dimension, columns, share[columns], rest[dimension], gain))
    return LinearScores(parts.score, tuple(blocks))
