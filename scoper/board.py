"""The board: a portfolio with its scores, ranks and step states, all from one moment.

Every screen, chart and file takes the same ``Board``: what is seen is what is exported.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput, NotFound
from scoper.scoping import StepReport, StepState, review
from scoper.scoring.balanced import Balanced, Parameters, contributions, shares
from scoper.scoring.group import aggregate, scale
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import Method, method
from scoper.scoring.ranking import competition_rank, rank_order
from scoper.snapshot import Criterion, Portfolio, UseCase
from scoper.terms import RiskBand

_Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contribution:
    """How one criterion enters the score of one use case.

    ``rating`` is the group's rating on the criterion's own scale and ``value`` the same in
    [0, 1], None while nobody rated. ``share`` is its part of the dimension's weight, in [0, 1].
    ``points`` are points of the score, for feasibility points of likelihood (0 to 1).
    """

    criterion: Criterion
    raters: int
    rating: float | None
    value: float | None
    share: float
    points: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one use case stands; numbers are None while it is incomplete."""

    use_case: UseCase
    rank: int | None
    score: float | None
    impact: float | None
    feasibility: float | None
    risk: float | None
    likelihood: float | None
    gain: float | None
    loss: float | None
    missing: tuple[Criterion, ...]

    @property
    def complete(self) -> bool:
        """Whether every criterion that counts has a value."""
        return not self.missing

    @property
    def band(self) -> RiskBand | None:
        """The risk band, once the risk is rated."""
        return None if self.risk is None else RiskBand.of(self.risk)


@dataclass(frozen=True, eq=False)
class Ranking:
    """Scores and ranks of all use cases, in the order of the portfolio.

    ``rank`` is 0 and ``scores`` NaN where a use case is incomplete. ``order`` lists the rows
    from best to worst, incomplete ones last.
    """

    scores: Balanced
    rank: _Rows
    order: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Board:
    """A portfolio and everything derived from it.

    ``steps`` holds the five step reports of each use case, by id. ``problem`` says why nothing
    could be scored, when that is so.
    """

    portfolio: Portfolio
    matrix: Matrix
    parameters: Parameters
    method: Method
    ranking: Ranking
    clipped: int
    problem: str
    steps: dict[UUID, tuple[StepReport, ...]]

    @property
    def use_cases(self) -> tuple[UseCase, ...]:
        """All use cases, in the order they were entered."""
        return self.portfolio.use_cases

    @cached_property
    def ranked(self) -> tuple[Standing, ...]:
        """All use cases from best to worst, incomplete ones last."""
        return tuple(self.standing_at(int(row)) for row in self.ranking.order)

    def standing(self, use_case_id: UUID) -> Standing:
        """Return where a use case stands.

        Raises:
            NotFound: it is not in the portfolio.
        """
        return self.standing_at(self._row(use_case_id))

    def standing_at(self, row: int) -> Standing:
        """Return where the use case in ``row`` of the portfolio stands."""
        scores = self.ranking.scores
        rank = int(self.ranking.rank[row])
        missing = np.flatnonzero(self.matrix.missing[row])
        return Standing(
            use_case=self.use_cases[row],
            rank=rank or None,
            score=_known(scores.score, row),
            impact=_known(scores.impact, row),
            feasibility=_known(scores.feasibility, row),
            risk=_known(scores.risk, row),
            likelihood=_known(scores.likelihood, row),
            gain=_known(scores.gain, row),
            loss=_known(scores.loss, row),
            missing=tuple(self.portfolio.criteria[column] for column in missing),
        )

    def explain(self, use_case_id: UUID) -> tuple[Contribution, ...]:
        """Return how each criterion enters the score of a use case.

        Raises:
            NotFound: it is not in the portfolio.
        """
        row = self._row(use_case_id)
        raters = (~np.isnan(self.portfolio.counted[row])).sum(axis=1)
        blank = np.full(len(self.portfolio.criteria), np.nan)
        share = blank if self.problem else shares(self.matrix)
        points = blank if self.problem else contributions(self.matrix, self.parameters, row)
        return tuple(
            Contribution(
                criterion=criterion,
                raters=int(raters[column]),
                rating=None if value is None else c_low + value * (criterion.high - c_low),
                value=value,
                share=float(np.nan_to_num(share[column])),
                points=None if value is None else _known(points, column),
            )
            for column, criterion in enumerate(self.portfolio.criteria)
            for value in (_known(self.matrix.values[row], column),)
            for c_low in (criterion.low,)
        )

    def progress(self, use_case_id: UUID) -> int:
        """Return how many of the five gates a use case has passed."""
        return sum(report.state is StepState.PASSED for report in self.steps[use_case_id])

    def what_if(self, weights: Array | None = None, parameters: Parameters | None = None) -> Board:
        """Return this board under other weights or parameters; nothing is stored.

        Raises:
            InvalidInput: the weights or parameters are out of range.
        """
        matrix = self.matrix if weights is None else self.matrix.with_weights(weights)
        parameters = parameters or self.parameters
        ranking, problem = _rank(self.portfolio, matrix, self.method, parameters)
        return replace(self, matrix=matrix, parameters=parameters, ranking=ranking, problem=problem)

    def _row(self, use_case_id: UUID) -> int:
        try:
            return self.portfolio.row_of[use_case_id]
        except KeyError:
            raise NotFound(
                "This use case is no longer in the portfolio.", "Choose another one."
            ) from None


def build_board(portfolio: Portfolio, previous: Board | None = None) -> Board:
    """Score, rank and review a portfolio.

    ``previous`` lets unchanged use cases keep the step reports they had.
    """
    matrix, clipped = decision_matrix(portfolio)
    parameters = Parameters(portfolio.risk_aversion, portfolio.p_low, portfolio.p_high)
    chosen = method(portfolio.method)
    ranking, problem = _rank(portfolio, matrix, chosen, parameters)
    return Board(
        portfolio,
        matrix,
        parameters,
        chosen,
        ranking,
        clipped,
        problem,
        _review_all(portfolio, previous),
    )


def decision_matrix(portfolio: Portfolio) -> tuple[Matrix, int]:
    """Return the group's values, and how many ratings lay outside their scale."""
    low = np.array([c.low for c in portfolio.criteria])
    high = np.array([c.high for c in portfolio.criteria])
    values, outside = scale(portfolio.counted, low, high)
    voices = np.array([p.weight for p in portfolio.participants])
    matrix = Matrix(
        values=aggregate(values, voices, portfolio.aggregation),
        weights=np.array([c.weight for c in portfolio.criteria]),
        dimensions=tuple(c.dimension for c in portfolio.criteria),
    )
    return matrix, int(outside.sum())


def _rank(
    portfolio: Portfolio, matrix: Matrix, chosen: Method, parameters: Parameters
) -> tuple[Ranking, str]:
    try:
        scores, problem = chosen.score(matrix, parameters), ""
    except InvalidInput as error:
        blank = np.full(len(portfolio.use_cases), np.nan)
        scores, problem = Balanced(*[blank] * 7), str(error)
    ranking = Ranking(
        scores=scores,
        rank=competition_rank(scores.score),
        order=rank_order(scores.score, portfolio.key_order),
    )
    return ranking, problem


def _review_all(portfolio: Portfolio, previous: Board | None) -> dict[UUID, tuple[StepReport, ...]]:
    staffing = portfolio.staffing
    known: dict[UUID, UseCase] = {}
    if previous and previous.portfolio.staffing == staffing:
        known = {u.id: u for u in previous.use_cases}
    return {
        use_case.id: previous.steps[use_case.id]
        if previous and known.get(use_case.id) is use_case
        else review(use_case, staffing)
        for use_case in portfolio.use_cases
    }


def _known(values: Array, place: int) -> float | None:
    value = float(values[place])
    return None if np.isnan(value) else value
