"""SMAA-2: how often each alternative holds each rank when weights and ratings are uncertain.

Lahdelma, Hokkanen & Salminen (1998); Lahdelma & Salminen (2001).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.balanced import PARAMETERS
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.parameters import Parameters, completed
from scoper.scoring.ranking import DECIMALS
from scoper.scoring.robustness.draws import (
    Assumptions,
    Columns,
    DrawnParameters,
    RatingDraws,
    Uniform,
    WeightDraws,
    sample_weights,
    weight_groups,
)
from scoper.scoring.robustness.kernels import BalancedKernel, Kernel
from scoper.scoring.robustness.tally import Orders, Rows, Tally, orders

Progress = Callable[[int, int], None]
"""Called with the draws done and in all; may raise ``Cancelled``."""

MOST_ALTERNATIVES: Final = 10_000
MOST_DRAWS: Final = 10_000_000
_CELLS: Final = 2**18
"""Scores in a block."""

_THREADS: Final = 2
"""Blocks scored and sorted at the same time: numpy lets go of the interpreter there."""

_CONFIDENCE_WORK: Final = 50_000_000
_CONFIDENCE_DRAWS: Final = (100, 1_000)


@dataclass(frozen=True, eq=False)
class Question:
    """What is uncertain, and how it is drawn.

    ``matrix`` holds the alternatives, all complete, and the current weights. ``ratings`` None
    keeps the values as given. ``kernel`` None is the balanced metric, whose defaults
    ``parameters`` are unless given. ``rivals`` are the rows to
    compare pair by pair, whose work grows with their square.
    """

    matrix: Matrix
    parameters: Parameters = field(default_factory=lambda: completed(PARAMETERS, {}))
    kernel: Kernel | None = None
    weights: WeightDraws = field(default_factory=Uniform)
    ratings: RatingDraws | None = None
    assumptions: Assumptions = field(default_factory=Assumptions)
    rivals: Sequence[int] = ()


@dataclass(frozen=True, eq=False)
class Robustness:
    """What the draws show.

    Attributes:
        draws: how many there were, ≥ 1.
        seed: repeats them exactly.
        acceptability: b, the share of draws in which the row's alternative holds the column's
            rank; in [0, 1], rows and columns sum to 1. Tied alternatives share their ranks.
        central_weights: mean weights that make an alternative first (shares of its group of
            criteria), NaN where none did; shape (alternatives, criteria).
        confidence: probability in [0, 1] that an alternative is first under its central
            weights, given the uncertain ratings; NaN where there are none.
        rivals: the rows compared pair by pair.
        winning: share of draws in which the row's rival is ahead of the column's, ties counting
            half; in [0, 1], and with its mirror image 1.
    """

    draws: int
    seed: int
    acceptability: Array
    central_weights: Array
    confidence: Array
    rivals: Rows
    winning: Array

    def top(self, places: int) -> Array:
        """Return the probability in [0, 1] of being among the first ``places``.

        Raises:
            InvalidInput: ``places`` is below 1.
        """
        if places < 1:
            raise InvalidInput("The top must have at least one place.", "Enter 1 or more.")
        within: Array = np.clip(self.acceptability[:, :places].sum(axis=1), 0.0, 1.0)
        return within

    @cached_property
    def expected_rank(self) -> Array:
        """Mean rank, in [1, alternatives]; tied alternatives hold the mean of their ranks."""
        return self.acceptability @ self._ranks

    @cached_property
    def entropy(self) -> Array:
        """Entropy of each alternative's rank in bits: 0 certain, log2(alternatives) open."""
        share = self.acceptability
        logs = np.zeros_like(share)
        np.log2(share, out=logs, where=share > 0)
        bits: Array = np.abs((share * logs).sum(axis=1))
        return bits

    @cached_property
    def standard_error(self) -> Array:
        """Monte Carlo standard error of ``acceptability``, √(b(1 − b)/draws); at most that."""
        return self.share_error(self.acceptability)

    @cached_property
    def expected_rank_error(self) -> Array:
        """Monte Carlo standard error of ``expected_rank``."""
        spread = self.acceptability @ self._ranks**2 - self.expected_rank**2
        error: Array = np.sqrt(np.maximum(spread, 0.0) / self.draws)
        return error

    def share_error(self, share: Array) -> Array:
        """Return the Monte Carlo standard error of shares of draws."""
        error: Array = np.sqrt(np.clip(share * (1 - share), 0.0, None) / self.draws)
        return error

    @property
    def _ranks(self) -> Array:
        return np.arange(1.0, len(self.acceptability) + 1)


def smaa(
    question: Question, *, draws: int = 10_000, seed: int = 0, progress: Progress | None = None
) -> Robustness:
    """Draw, score and rank; the same question and seed give the same bytes.

    Memory holds one matrix of alternatives × ranks and a block of draws, whatever ``draws`` is.

    Raises:
        InvalidInput: ``draws`` or ``seed`` is out of range, there are no alternatives or too
            many, one is incomplete, or no criterion has a positive weight.
        Cancelled: ``progress`` raised it.
    """
    _check(question.matrix, draws, seed)
    return in_blocks(question, draws, seed, progress, _block(question))


def drawn_scores(question: Question, *, draws: int, seed: int = 0) -> Array:
    """Return the scores that ``smaa`` would rank, all at once, shape (draws, alternatives).

    Raises:
        InvalidInput: as ``smaa``.
    """
    _check(question.matrix, draws, seed)
    sampler = _Sampler(question, seed)
    return sampler.score(sampler.draw(draws))


def in_blocks(
    question: Question, draws: int, seed: int, progress: Progress | None, block: int
) -> Robustness:
    """Do what ``smaa`` does, ``block`` draws at a time, which changes no byte of the result."""
    sampler = _Sampler(question, seed)
    rows, criteria = question.matrix.values.shape
    rivals = np.asarray(question.rivals, dtype=np.intp)
    tally = Tally(rows, criteria, rivals)
    done = 0
    with closing(_counted(sampler, tally, draws, block)) as blocks:
        for weights, found in blocks:
            tally.add(found, weights)
            done += len(weights)
            if progress:
                progress(done, draws)
    acceptability = tally.acceptability(draws)
    central = tally.central_weights(acceptability[:, 0], draws)
    confidence = _confidence(sampler, central, draws, seed, progress)
    return Robustness(draws, seed, acceptability, central, confidence, rivals, tally.winning(draws))


def _block(question: Question) -> int:
    """Return how many draws are held at a time."""
    rows, criteria = question.matrix.values.shape
    width: int = rows if question.ratings is None else rows * (criteria + 1)
    return max(1, min(_CELLS // width, 1_024))


def _counted(
    sampler: _Sampler, tally: Tally, draws: int, block: int
) -> Generator[tuple[Array, Orders], None, None]:
    """Yield weights and orders block by block, while other threads work on the next ones."""

    def work(drawn: _Drawn) -> tuple[Array, Orders]:
        found = orders(sampler.score(drawn))
        tally.count(found)
        return drawn.weights, found

    ahead: deque[Future[tuple[Array, Orders]]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        for start in range(0, draws, block):
            ahead.append(pool.submit(work, sampler.draw(min(block, draws - start))))
            if len(ahead) > _THREADS:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """Some draws: weights (draws, criteria), assumptions, and values as a ``Kernel`` takes them."""

    weights: Array
    at: DrawnParameters
    values: Array


class _Sampler:
    """Draws what the question leaves open, each from a stream of its own."""

    def __init__(self, question: Question, seed: int) -> None:
        matrix = question.matrix
        self._question = question
        self._kernel = question.kernel or BalancedKernel(matrix)
        self.groups: tuple[Columns, ...] = weight_groups(
            matrix, by_dimension=self._kernel.by_dimension
        )
        self._given = np.where(matrix.weights > 0, matrix.values, 0.0)
        self._place: Rows | None = None
        if question.ratings is None and not self._kernel.list_dependent:
            self._given, self._place = _distinct(self._given)
        self.restart(seed)

    def restart(self, *entropy: int) -> None:
        """Begin the streams that ``entropy`` names."""
        streams = np.random.SeedSequence(entropy).spawn(3)
        self._weights, self._ratings, self._assumptions = map(np.random.default_rng, streams)

    @property
    def certain(self) -> bool:
        """Whether only the weights are drawn."""
        return self._question.ratings is None and not self._question.assumptions.vary

    def draw(self, count: int) -> _Drawn:
        """Return more draws."""
        question = self._question
        weights = sample_weights(
            question.weights, self._weights, count, question.matrix.weights, self.groups
        )
        return self.draw_at(weights, count)

    def draw_at(self, weights: Array, count: int) -> _Drawn:
        """Return ``count`` draws of everything but ``weights``; one is taken for all of these."""
        question = self._question
        at = question.assumptions.sample(self._assumptions, count, question.parameters)
        if question.ratings is None:
            return _Drawn(weights, at, self._given)
        values = np.nan_to_num(question.ratings.sample(self._ratings, count))
        return _Drawn(weights, at, values[0] if count == 1 else values)

    def score(self, drawn: _Drawn) -> Array:
        """Return scores (draws, alternatives); reads no stream, so any thread may ask."""
        scores = self._kernel(drawn.values, drawn.weights, drawn.at)
        return scores if self._place is None else scores[:, self._place]


def _check(matrix: Matrix, draws: int, seed: int) -> None:
    if not 1 <= draws <= MOST_DRAWS:
        raise InvalidInput(
            f"{draws:,} draws are not possible.",
            f"Enter a number from 1 to {MOST_DRAWS:,}.",
            field="draws",
        )
    if seed < 0:
        raise InvalidInput("The seed is below 0.", "Enter 0 or more.", field="seed")
    rows = len(matrix.values)
    if not 1 <= rows <= MOST_ALTERNATIVES:
        raise InvalidInput(
            f"Ranks can be drawn for 1 to {MOST_ALTERNATIVES:,} alternatives, not for {rows:,}.",
            "Rate some completely first, or narrow the list down.",
        )
    if matrix.missing.any():
        raise InvalidInput(
            "An alternative has no value on a criterion that counts.",
            "Leave incomplete alternatives out.",
            field="values",
        )


def _distinct(values: Array) -> tuple[Array, Rows | None]:
    """Return the different rows of values, and where each alternative's is among them.

    Alternatives with the same values must tie, but a product of matrices may round two equal
    rows differently; so each is scored once.
    """
    distinct, place = np.unique(values, axis=0, return_inverse=True)
    return (values, None) if len(distinct) == len(values) else (distinct, place.ravel())


def _confidence(
    sampler: _Sampler, central: Array, draws: int, seed: int, progress: Progress | None
) -> Array:
    """Return how often each alternative is first under its own central weights."""
    confidence: Array = np.full(len(central), np.nan)
    rows = np.flatnonzero(~np.isnan(central).any(axis=1))
    fewest, most = _CONFIDENCE_DRAWS
    affordable = _CONFIDENCE_WORK // (len(rows) * len(central))
    rounds = 1 if sampler.certain else min(draws, max(fewest, min(most, affordable)))
    sampler.restart(seed, 1)
    won = np.zeros(len(rows))
    for _ in range(rounds):
        level = np.round(sampler.score(sampler.draw_at(central[rows], 1)), DECIMALS)
        best = level == level.max(axis=1, keepdims=True)
        won += best[np.arange(len(rows)), rows] / best.sum(axis=1)
        if progress:
            progress(draws, draws)
    confidence[rows] = won / rounds
    return confidence
