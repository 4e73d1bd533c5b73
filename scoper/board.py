"""The board: a portfolio with its scores, ranks and step states, all from one moment.

Every screen, chart and file takes the same ``Board``: what is seen is what is exported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput, NotFound
from scoper.scoping import StepReport, StepState, rests_on_content, review
from scoper.scoping.risks import Comparison, compare, rated_risk
from scoper.scoping.schedule import staffing_of
from scoper.scoring.balanced import Scores, with_parts
from scoper.scoring.correlation import kendall_tau_b
from scoper.scoring.group import aggregate, scale
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import Method, chances, method, offered
from scoper.scoring.parameters import Parameters
from scoper.scoring.ranking import beyond, competition_rank, rank_order
from scoper.snapshot import Criterion, Portfolio, UseCase
from scoper.terms import Decision, RiskBand

if TYPE_CHECKING:
    from scoper.library.governance import AiAct
    from scoper.library.registry import Library

_Rows = NDArray[np.int64]


class ActsOn(Enum):
    """What the points of a criterion are points of."""

    SCORE = "score"
    LIKELIHOOD = "likelihood"


@dataclass(frozen=True, slots=True)
class Contribution:
    """How one criterion enters the score of one use case.

    ``rating`` is the group's rating on the criterion's own scale and ``value`` the same in
    [0, 1], None while nobody rated. ``share`` is its part of the weight, in [0, 1]: of its
    dimension or of all criteria, as the method weighs. ``points`` are points of the score, or of
    the likelihood (0 to 1) as ``acts_on`` says; None while nobody rated, and always where the
    method cannot be split into criteria. ``enough`` is what it adds to how much of
    enough a use case brings; None where the method does not ask, or not of this criterion.
    """

    criterion: Criterion
    raters: int
    rating: float | None
    value: float | None
    share: float
    points: float | None
    enough: float | None = None
    acts_on: ActsOn = ActsOn.SCORE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one use case stands; numbers are None while it is incomplete.

    ``impact`` to ``loss`` are the parts of the balanced metric, whatever the method; None where
    its criteria have no such dimension. ``side`` is that of break-even, as ``Board.sides``.
    """

    use_case: UseCase
    rank: int | None
    score: float | None
    impact: float | None
    feasibility: float | None
    risk: float | None
    likelihood: float | None
    enough: float | None
    cost: float | None
    gain: float | None
    loss: float | None
    missing: tuple[Criterion, ...]
    decimals: int = 1
    tier: str = ""
    side: int = 0

    @property
    def score_text(self) -> str:
        """The score as finely as its method is shown; empty while there is none."""
        return "" if self.score is None else f"{self.score:.{self.decimals}f}".replace("-", "−")

    @property
    def verdict(self) -> str:
        """The score with its tier, where the method has tiers; empty while there is none."""
        return f"{self.score_text} ({self.tier})" if self.tier else self.score_text

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

    scores: Scores
    rank: _Rows
    order: NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Board:
    """A portfolio and everything derived from it.

    ``parameters`` are those of the method. ``steps`` holds the five step reports of each use case,
    by id; unless ``in_full``, they leave out what only the content of the library can judge.
    ``library`` is the one that they rest on; None where none of them does.
    ``problem`` says why nothing could be scored, when that is so.
    """

    portfolio: Portfolio
    matrix: Matrix
    parameters: Parameters
    method: Method
    ranking: Ranking
    clipped: int
    problem: str
    steps: dict[UUID, tuple[StepReport, ...]]
    in_full: bool
    library: Library | None

    def completed(self) -> Board:
        """Return this board with everything judged."""
        if self.in_full:
            return self
        library, steps = _review_all(self.portfolio, self, in_full=True)
        return replace(self, steps=steps, in_full=True, library=library)

    @property
    def chances(self) -> Parameters:
        """The parameters that make a likelihood of feasibility, whatever method scores."""
        return chances(self.parameters, self.portfolio.parameters)

    @property
    def break_even(self) -> float | None:
        """The score at which expected gain and loss are equal; None where no method says so."""
        return self.method.break_even

    @cached_property
    def sides(self) -> NDArray[np.int64]:
        """1 for what scores above break-even, −1 below it; 0 at it, or without it or a rank."""
        scores = self.ranking.scores.score
        if self.break_even is None:
            return np.zeros(len(scores), dtype=np.int64)
        return np.sign(np.nan_to_num(beyond(scores, self.break_even))).astype(np.int64)

    @property
    def loss_weight(self) -> float | None:
        """What a unit of expected loss weighs against one of gain; None where no method says so."""
        weight = self.method.loss_weight
        return weight(self.parameters) if weight else None

    @property
    def use_cases(self) -> tuple[UseCase, ...]:
        """All use cases, in the order they were entered."""
        return self.portfolio.use_cases

    @cached_property
    def ranked(self) -> tuple[Standing, ...]:
        """All use cases from best to worst, incomplete ones last."""
        return tuple(self.standing_at(int(row)) for row in self.ranking.order)

    @cached_property
    def missing(self) -> NDArray[np.bool_]:
        """Where a criterion that counts has no value; shape (use cases, criteria)."""
        missing: NDArray[np.bool_] = np.isnan(self.matrix.values) & self.method.counts(self.matrix)
        return missing

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
        missing = np.flatnonzero(self.missing[row])
        return Standing(
            use_case=self.use_cases[row],
            rank=rank or None,
            score=_known(scores.score, row),
            impact=_known(scores.impact, row),
            feasibility=_known(scores.feasibility, row),
            risk=_known(scores.risk, row),
            likelihood=_known(scores.likelihood, row),
            enough=_known(scores.enough, row),
            cost=_known(scores.cost, row),
            gain=_known(scores.gain, row),
            loss=_known(scores.loss, row),
            missing=tuple(self.portfolio.criteria[column] for column in missing),
            decimals=self.method.decimals,
            tier=self.method.tier(_known(scores.score, row)),
            side=int(self.sides[row]),
        )

    def explain(self, use_case_id: UUID) -> tuple[Contribution, ...]:
        """Return how each criterion enters the score of a use case.

        Raises:
            NotFound: it is not in the portfolio.
        """
        row = self._row(use_case_id)
        raters = (~np.isnan(self.portfolio.counted[row])).sum(axis=1)
        blank = np.full(len(self.portfolio.criteria), np.nan)
        split = None if self.problem else self.method.contributions
        share = blank if self.problem else self.method.shares(self.matrix)
        points = split(self.matrix, self.parameters, row) if split else blank
        toward = None if self.problem else self.method.enough_parts
        enough = toward(self.matrix, self.parameters, row) if toward else blank
        return tuple(
            Contribution(
                criterion=criterion,
                raters=int(raters[column]),
                rating=None if value is None else criterion.rating(value),
                value=value,
                share=float(np.nan_to_num(share[column])),
                points=None if value is None else _known(points, column),
                enough=None if value is None else _known(enough, column),
                acts_on=self._acts_on(criterion),
            )
            for column, criterion in enumerate(self.portfolio.criteria)
            for value in (_known(self.matrix.values[row], column),)
        )

    def besides(self, use_case_id: UUID) -> Mapping[str, float]:
        """Return what enters the score of a use case besides its criteria, with its points.

        Raises:
            NotFound: it is not in the portfolio.
        """
        row, besides = self._row(use_case_id), self.method.besides
        if self.problem or besides is None or self.ranking.rank[row] == 0:
            return {}
        return besides(self.matrix, self.parameters, row)

    def risk_views(self, use_case_id: UUID) -> tuple[Comparison, ...]:
        """Return the risk register of a use case beside the group's ratings, by category.

        Raises:
            NotFound: it is not in the portfolio.
        """
        row = self._row(use_case_id)
        values = [_known(self.matrix.values[row], c) for c in range(len(self.portfolio.criteria))]
        return compare(self.use_cases[row].risks, rated_risk(self.portfolio.criteria, values))

    def progress(self, use_case_id: UUID) -> int:
        """Return how many of the five gates a use case has passed."""
        return sum(report.state is StepState.PASSED for report in self.steps[use_case_id])

    def first_open_step(self, use_case_id: UUID) -> int:
        """Return the number of the first step whose gate is open, or 1 where all are passed."""
        reports = self.steps[use_case_id]
        return next((r.step.number for r in reports if r.state is not StepState.PASSED), 1)

    def blocks_go(self, use_case_id: UUID) -> bool:
        """Return whether a decision to go is ruled out, whatever the score."""
        missing = (r for report in self.steps[use_case_id] for r in report.missing)
        return any(requirement.blocks_go for requirement in missing)

    def decision_words(self, use_case: UseCase) -> str:
        """Return what was decided, and whether a go does not hold."""
        void = use_case.decision is Decision.GO and self.blocks_go(use_case.id)
        return f"{use_case.decision.label} (prohibited)" if void else use_case.decision.label

    def what_if(
        self,
        weights: Array | None = None,
        parameters: Parameters | None = None,
        method_id: str | None = None,
    ) -> Board:
        """Return this board under other weights or parameters, or another method.

        Of another method the stored parameters hold where none are given. Nothing is stored.

        Raises:
            InvalidInput: the weights or parameters are out of range, or the method is unknown.
        """
        matrix = self.matrix if weights is None else self.matrix.with_weights(weights)
        chosen = self.method
        if method_id is not None:
            chosen = method(method_id, self.portfolio.own_method)
        if parameters is not None:
            parameters = chosen.at(parameters)
        elif chosen is self.method:
            parameters = self.parameters
        else:
            parameters = chosen.stored_in(self.portfolio.parameters)
        ranking, problem = _rank(self.portfolio, matrix, chosen, parameters)
        return replace(
            self,
            matrix=matrix,
            parameters=parameters,
            method=chosen,
            ranking=ranking,
            problem=problem,
        )

    def _acts_on(self, criterion: Criterion) -> ActsOn:
        likely = criterion.dimension is self.method.likely
        return ActsOn.LIKELIHOOD if likely else ActsOn.SCORE

    def _row(self, use_case_id: UUID) -> int:
        try:
            return self.portfolio.row_of[use_case_id]
        except KeyError:
            raise NotFound(
                "This use case is no longer in the portfolio.", "Choose another one."
            ) from None


@dataclass(frozen=True, eq=False)
class MethodComparison:
    """The rankings of all methods that apply, side by side.

    ``boards`` holds a board per method, ``refused`` why each of the others does not apply.
    ``tau`` is Kendall's τ-b between the ranks of the use cases that both methods rank, in
    [−1, 1]; None where it is undefined, and ``undefined`` says why.
    """

    boards: dict[str, Board]
    refused: dict[str, str]
    tau: dict[tuple[str, str], float | None]
    undefined: dict[tuple[str, str], str]


def compare_methods(board: Board) -> MethodComparison:
    """Rank a portfolio by every method that applies to its criteria."""
    there = offered(board.portfolio.own_method)
    tried = {method_id: board.what_if(method_id=method_id) for method_id in there}
    boards = {method_id: b for method_id, b in tried.items() if not b.problem}
    tau: dict[tuple[str, str], float | None] = {}
    undefined = {}
    for one, first in boards.items():
        for other, second in boards.items():
            a, b = first.ranking.rank, second.ranking.rank
            both = (a > 0) & (b > 0)
            agreement = kendall_tau_b(a[both].astype(np.float64), b[both].astype(np.float64))
            tau[one, other] = agreement
            if agreement is None:
                few = both.sum() < 2
                undefined[one, other] = (
                    "fewer than two use cases are ranked by both"
                    if few
                    else "one of them ranks all use cases alike"
                )
    refused = {method_id: b.problem for method_id, b in tried.items() if b.problem}
    return MethodComparison(boards, refused, tau, undefined)


def build_board(
    portfolio: Portfolio, previous: Board | None = None, *, in_full: bool = True
) -> Board:
    """Score, rank and review a portfolio, ``in_full`` or without what needs the library.

    ``previous`` lets unchanged use cases keep the step reports they had.
    """
    matrix, clipped = decision_matrix(portfolio)
    chosen = method(portfolio.method, portfolio.own_method)
    parameters = chosen.stored_in(portfolio.parameters)
    ranking, problem = _rank(portfolio, matrix, chosen, parameters)
    library, steps = _review_all(portfolio, previous, in_full=in_full)
    return Board(
        portfolio,
        matrix,
        parameters,
        chosen,
        ranking,
        clipped,
        problem,
        steps,
        in_full,
        library,
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
        keys=tuple(c.key for c in portfolio.criteria),
        low=low,
        high=high,
        names=tuple(u.title for u in portfolio.use_cases),
    )
    return matrix, int(outside.sum())


def _rank(
    portfolio: Portfolio, matrix: Matrix, chosen: Method, parameters: Parameters
) -> tuple[Ranking, str]:
    try:
        chosen.check(matrix)
        score, problem = chosen.score(matrix, parameters), ""
    except InvalidInput as error:
        score, problem = np.full(len(portfolio.use_cases), np.nan), str(error)
    scores = with_parts(matrix, chances(parameters, portfolio.parameters), score)
    merit = chosen.merit(score, parameters)
    ranking = Ranking(
        scores=scores,
        rank=competition_rank(merit),
        order=rank_order(merit, portfolio.key_order),
    )
    return ranking, problem


def _review_all(
    portfolio: Portfolio, previous: Board | None, *, in_full: bool
) -> tuple[Library | None, dict[UUID, tuple[StepReport, ...]]]:
    """Return the step reports, and the library that they rest on."""
    library, act = _content(portfolio) if in_full else (None, None)
    staffing = staffing_of(portfolio)
    known: dict[UUID, UseCase] = {}
    if previous and staffing_of(previous.portfolio) == staffing:
        same = previous.in_full is in_full and (
            previous.library is None or previous.library is library
        )
        known = {u.id: u for u in previous.use_cases if same or not rests_on_content(u)}
    return library, {
        use_case.id: previous.steps[use_case.id]
        if previous and known.get(use_case.id) is use_case
        else review(use_case, staffing, in_full=in_full, act=act)
        for use_case in portfolio.use_cases
    }


def _content(portfolio: Portfolio) -> tuple[Library, AiAct] | tuple[None, None]:
    """Return the library in use and what its gates ask, where a use case rests on it."""
    if not any(rests_on_content(use_case) for use_case in portfolio.use_cases):
        return None, None
    from scoper.library.in_use import ai_act_of  # noqa: PLC0415 - reads the library
    from scoper.library.registry import library  # noqa: PLC0415

    in_use = library()
    return in_use, ai_act_of(in_use)


def _known(values: Array, place: int) -> float | None:
    value = float(values[place])
    return None if np.isnan(value) else value
