"""Everything that a study of robustness could draw, worked out one outcome after another.

Nothing of what the study rests on is used here but the methods themselves: people are drawn by
listing every draw, weights and parameters by points that fill their space evenly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from scoper.board import Board, build_board
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import Method, Weighing
from scoper.scoring.parameters import Parameters
from scoper.scoring.ranking import DECIMALS
from scoper.terms import Dimension
from tests.support import criterion, portfolio_of

Ranges = Mapping[str, tuple[float, float]]
_POINTS = (1, 300, 1_500)
VOICES = (1.0, 2.5, 0.5)
_USUAL = {
    Weighing.WITHIN: (*(Dimension.IMPACT,) * 2, Dimension.FEASIBILITY, Dimension.RISK),
    Weighing.ACROSS: (Dimension.IMPACT, Dimension.RISK, Dimension.FEASIBILITY),
    Weighing.NONE: (Dimension.IMPACT,) * 3,
}
_RATINGS = (  # use cases × people, on one criterion; each next criterion turns them round
    ((4, 2, 5), (2, 5, 1), (5, 4, 4), (3, 3, 2), (1, 4, 5)),
    ((2, 3, 3), (5, 1, 4), (1, 2, 2), (4, 4, 5), (5, 5, 3)),
    ((5, 4, 2), (3, 3, 5), (4, 5, 1), (2, 1, 4), (4, 2, 3)),
    ((3, 5, 4), (2, 2, 3), (5, 1, 3), (4, 2, 2), (1, 3, 5)),
)


def board_of(method: Method) -> Board:
    """Return five use cases that a method scores; the first and the third lack a rating.

    One criterion does not count and nobody rated it, one person may not judge what they rated,
    and one cell was rated by a single person. Voices, weights and parameters are not the usual.
    """
    dimensions = dict.fromkeys(method.criteria, Dimension.IMPACT) or {
        f"c{place}": dimension for place, dimension in enumerate(_USUAL[method.weighing])
    }
    ratings = np.array(
        [[[np.nan] * 3] * 5, *(_RATINGS[place % 4] for place in range(len(dimensions)))]
    ).transpose(1, 0, 2)
    ratings[0, 1] = ratings[2, -1] = np.nan
    ratings[3, 2, :2] = np.nan
    portfolio = portfolio_of(ratings.astype(np.float64), voices=VOICES)
    criteria = (
        criterion("aside", Dimension.IMPACT, weight=0.0),
        *(
            criterion(key, d, weight=2.0 + place)
            for place, (key, d) in enumerate(dimensions.items())
        ),
    )
    banned = frozenset({(criteria[1].id, portfolio.participants[2].id)})
    board = build_board(replace(portfolio, criteria=criteria, exclusions=banned))
    return board.what_if(method_id=method.id, parameters=unusual(method))


def unusual(method: Method) -> Parameters:
    """Return values of the parameters of a method that are not its defaults."""
    return {
        each.name: each.low + (0.25 if each.at_most else 0.7) * (_most(each) - each.low)
        for each in method.parameters
    }


def ranges_of(method: Method) -> dict[str, tuple[float, float]]:
    """Return a range for each parameter, around its value in ``unusual``; none meets another."""
    reach = {each.name: 0.2 * (_most(each) - each.low) for each in method.parameters}
    return {
        name: (value - reach[name], value + reach[name]) for name, value in unusual(method).items()
    }


def _most(parameter: object) -> float:
    ends = (parameter.slider_to, parameter.high)  # type: ignore[attr-defined]
    return next((end for end in ends if end is not None and np.isfinite(end)), 10.0)


def even(dimensions: int) -> Array:
    """Return points that fill the unit cube evenly (Kronecker sequence of Roberts 2018)."""
    count = _POINTS[min(dimensions, 2)]
    root = 2.0
    for _ in range(40):
        root = (1 + root) ** (1 / (dimensions + 1))
    steps = root ** -np.arange(1.0, dimensions + 1)
    points: Array = (0.5 + np.arange(1, count + 1)[:, None] * steps) % 1
    return points


# ---------------------------------------------------------------- outcomes


@dataclass(frozen=True)
class Outcomes:
    """The figures of the use cases with a rank, in the order of the portfolio."""

    rows: list[int]
    acceptability: Array
    winning: Array
    central_weights: Array

    @property
    def expected_rank(self) -> Array:
        mean: Array = self.acceptability @ np.arange(1.0, len(self.rows) + 1)
        return mean

    @property
    def entropy(self) -> Array:
        held = np.where(self.acceptability > 0, self.acceptability, 1.0)
        bits: Array = -(held * np.log2(held)).sum(axis=1)
        return bits


def outcomes(board: Board, *, resample: bool = False, ranges: Ranges | None = None) -> Outcomes:
    """Return what every outcome together says."""
    rows, groups, cube = _everything(board, resample, ranges or {})
    places, ahead = _places([_scores(board, v, w, at) for v in groups for w, at in cube])
    central = np.full((len(rows), len(board.matrix.weights)), np.nan)
    if board.method.weighing is not Weighing.NONE:
        first = places[:, :, 0].reshape(len(groups), len(cube), len(rows)).sum(axis=0)
        weights = np.array([w for w, _ in cube])
        for row in np.flatnonzero(first.sum(axis=0)):
            central[row] = first[:, row] @ weights / first[:, row].sum()
    return Outcomes(rows, places.mean(axis=0), ahead.mean(axis=0), central)


def confidence(
    board: Board, central: Array, *, resample: bool = False, ranges: Ranges | None = None
) -> Array:
    """Return how often each use case is first under given weights; NaN where there are none."""
    rows, groups, cube = _everything(board, resample, ranges or {})
    assumed = [at for _, at in cube] if ranges else [board.parameters]
    sure = np.full(len(rows), np.nan)
    for row in np.flatnonzero(~np.isnan(central).any(axis=1)):
        under = [_scores(board, v, central[row], at) for v in groups for at in assumed]
        sure[row] = _places(under)[0][:, row, 0].mean()
    return sure


def _everything(
    board: Board, resample: bool, ranges: Ranges
) -> tuple[list[int], list[Array], list[tuple[Array, Parameters]]]:
    """Return the rows with a rank, all values they can have, and all weights and parameters."""
    rows = [row for row in range(len(board.use_cases)) if board.ranking.rank[row] > 0]
    groups = [v[rows] for v in (_groups(board) if resample else [board.matrix.values])]
    return rows, groups, list(_divided(board, ranges))[: 300 if resample else None]


def _groups(board: Board) -> Iterator[Array]:
    """Yield the group's values for every way to draw its people, each as likely as the others."""
    portfolio = board.portfolio
    people = range(len(portfolio.participants))
    for chosen in product(people, repeat=len(people)):
        values = board.matrix.values.copy()
        for row, column in product(*map(range, values.shape)):
            own = portfolio.counted[row, column]
            voiced = [(VOICES[who], own[who]) for who in chosen if not np.isnan(own[who])]
            if voiced:
                mean = sum(v * r for v, r in voiced) / sum(v for v, _ in voiced)
                values[row, column] = (mean - 1) / 4
        yield values


def _divided(board: Board, ranges: Ranges) -> Iterator[tuple[Array, Parameters]]:
    """Yield weights and parameters that are spread evenly over all there could be."""
    matrix, names = board.matrix, list(ranges)
    counting = np.flatnonzero(matrix.weights > 0)
    groups = {
        Weighing.WITHIN: [np.intersect1d(matrix.columns(d), counting) for d in Dimension],
        Weighing.ACROSS: [counting],
        Weighing.NONE: [],
    }[board.method.weighing]
    free = sum(len(group) - 1 for group in groups)
    for point in even(free + len(names)):
        weights, start = np.zeros(len(matrix.weights)), 0
        for group in groups:
            cuts = np.sort(point[start : start + len(group) - 1])
            weights[group] = np.diff(cuts, prepend=0.0, append=1.0)
            start += len(group) - 1
        drawn = {
            name: ranges[name][0] + chance * (ranges[name][1] - ranges[name][0])
            for name, chance in zip(names, point[free:], strict=True)
        }
        yield weights if groups else matrix.weights, {**board.parameters, **drawn}


def _scores(board: Board, values: Array, weights: Array, at: Parameters) -> Array:
    matrix = board.matrix
    drawn = Matrix(values, weights, matrix.dimensions, matrix.keys, matrix.low, matrix.high)
    return board.method.score(drawn, at)


def _places(scores: list[Array]) -> tuple[Array, Array]:
    """Return which part of each place each row holds, and who is ahead of whom, by outcome.

    Equals share their places evenly, and are half ahead of each other.
    """
    level = np.round(scores, DECIMALS)
    over = level[:, :, None] > level[:, None, :]
    same = level[:, :, None] == level[:, None, :]
    better, alike = over.sum(axis=1), same.sum(axis=1)
    place = np.arange(level.shape[1])
    held = (place >= better[:, :, None]) & (place < (better + alike)[:, :, None])
    return held / alike[:, :, None], over + 0.5 * same
