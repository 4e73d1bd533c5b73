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
    repeated,
    sample_weights,
    weight_groups,
)
from scoper.scoring.robustness.kernels import BalancedKernel, Kernel
from scoper.scoring.robustness.tally import Orders, Rows, Tally, orders

Progress = Callable[[int, int], None]
"""Called with the draws done and in all; may raise ``Cancelled``."""

MOST_ALTERNATIVES: Final = 10_000
MOST_DRAWS: Final = 10_000_000
_CELLS: Final = 2**17
"""Scores in a block, which then stay close to the processor."""

_RANKS: Final = 64
"""Ranks whose information is added up at a time."""

_THREADS: Final = 2
"""Blocks scored and sorted at the same time: numpy lets go of the interpreter there."""

_CONFIDENCE_WORK: Final = 50_000_000
"""Scores that confidence factors may take beyond their first ``_FEWEST`` draws."""
_FEWEST: Final = 100


@dataclass(frozen=True, eq=False)
class Question:
    """What is uncertain, and how it is drawn.

    ``matrix`` holds the alternatives, all complete, and the current weights. ``ratings`` None
    keeps the values as given. ``kernel`` None is the balanced metric, whose defaults
    ``parameters`` are unless given; where a method weighs nothing, ``weights`` are not drawn.
    ``rivals`` are the rows to compare pair by pair, whose work grows with their square.
    """

    matrix: Matrix
    parameters: Parameters = field(default_factory=lambda: completed(PARAMETERS, {}))
    kernel: Kernel | None = None
    weights: WeightDraws = field(default_factory=Uniform)
    ratings: RatingDraws | None = None
    assumptions: Assumptions = field(default_factory=Assumptions)
    rivals: Sequence[int] = ()

    @cached_property
    def scorer(self) -> Kernel:
        """What scores the draws."""
        return self.kernel or BalancedKernel(self.matrix)


@dataclass(frozen=True, eq=False)
class Robustness:
    """What the draws show, each figure with its Monte Carlo standard error.

    Attributes:
        draws: how many there were, ≥ 1.
        seed: repeats them exactly.
        acceptability: b, the share of draws in which the row's alternative holds the column's
            rank; in [0, 1], rows and columns sum to 1. Tied alternatives share their ranks.
        central_weights: mean weights that make an alternative first (shares of its group of
            criteria), NaN where none did or nothing is weighed; shape (alternatives, criteria).
        central_error: their standard error, NaN also where an alternative was first only once.
        confidence: probability in [0, 1] that an alternative is first under its central
            weights, given the uncertain ratings and parameters; NaN where there are none.
        confidence_draws: how many draws ``confidence`` rests on; 0 where it is exact, because
            nothing but weights is drawn, or is not there.
        rivals: the rows compared pair by pair.
        winning: share of draws in which the row's rival is ahead of the column's, ties counting
            half; in [0, 1], and with its mirror image 1.
        winning_error: its standard error.
    """

    draws: int
    seed: int
    acceptability: Array
    central_weights: Array
    central_error: Array
    confidence: Array
    confidence_draws: int
    rivals: Rows
    winning: Array
    winning_error: Array

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
        return self._information[0]

    @cached_property
    def entropy_error(self) -> Array:
        """Monte Carlo standard error of ``entropy``, to first order (Basharin 1959)."""
        bits, squares = self._information
        error: Array = np.sqrt(np.maximum(squares - bits**2, 0.0) / self.draws)
        return error

    @cached_property
    def expected_rank_error(self) -> Array:
        """Monte Carlo standard error of ``expected_rank``."""
        spread = self.acceptability @ self._ranks**2 - self.expected_rank**2
        error: Array = np.sqrt(np.maximum(spread, 0.0) / self.draws)
        return error

    @cached_property
    def confidence_error(self) -> Array:
        """Monte Carlo standard error of ``confidence`` under these central weights; 0 if exact."""
        return share_error(self.confidence, self.confidence_draws or np.inf)

    def share_error(self, share: Array) -> Array:
        """Return the Monte Carlo standard error of shares of draws, at most √(b(1 − b)/draws).

        It is smaller where ties are shared out.
        """
        return share_error(share, self.draws)

    @cached_property
    def _information(self) -> tuple[Array, Array]:
        """Mean of −log2 b and of its square, over the ranks; a few ranks at a time."""
        bits, squares = np.zeros((2, len(self.acceptability)))
        for start in range(0, len(bits), _RANKS):
            share = self.acceptability[:, start : start + _RANKS]
            logs = np.zeros_like(share)
            np.log2(share, out=logs, where=share > 0)
            bits -= (share * logs).sum(axis=1)
            squares += (share * logs**2).sum(axis=1)
        return np.abs(bits), squares

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
    _check(question, draws, seed)
    return in_blocks(question, draws, seed, progress, _block(question))


def drawn_scores(question: Question, *, draws: int, seed: int = 0) -> Array:
    """Return the scores that ``smaa`` would rank, all at once, shape (draws, alternatives).

    Raises:
        InvalidInput: as ``smaa``.
    """
    _check(question, draws, seed)
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
    central, central_error = tally.central_weights(weighed=bool(sampler.groups))
    rounds = _confidence_draws(sampler, central, draws)
    confidence = _confidence(sampler, central, rounds, seed, progress)
    return Robustness(
        draws,
        seed,
        tally.acceptability(draws),
        central,
        central_error,
        confidence,
        0 if sampler.certain else rounds,
        rivals,
        *tally.winning(draws),
    )


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
        self._kernel = question.scorer
        self.groups: tuple[Columns, ...] = weight_groups(matrix, self._kernel.weighing)
        self._given = np.where(self._kernel.counts, matrix.values, 0.0)
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

    @property
    def least(self) -> int:
        """How many scores take no longer than those of one draw do."""
        return max(self._kernel.least, len(self._question.matrix.values))

    def draw(self, count: int) -> _Drawn:
        """Return more draws."""
        given = self._question.matrix.weights
        if not self.groups:
            return self._draw_rest(np.broadcast_to(given, (count, len(given))), count)
        weights = sample_weights(self._question.weights, self._weights, count, given, self.groups)
        return self._draw_rest(weights, count)

    def draw_under(self, weights: Array, count: int) -> _Drawn:
        """Return ``count`` draws of everything else, each under all of these weights in turn."""
        drawn = self._draw_rest(weights, count)
        if count == 1:
            return drawn
        times = len(weights)
        values = drawn.values if drawn.values.ndim == 2 else drawn.values.repeat(times, axis=0)
        return _Drawn(np.tile(weights, (count, 1)), repeated(drawn.at, times), values)

    def _draw_rest(self, weights: Array, count: int) -> _Drawn:
        question = self._question
        at = question.assumptions.sample(self._assumptions, count, question.parameters)
        if question.ratings is None:
            return _Drawn(weights, at, self._given)
        values = np.nan_to_num(question.ratings.sample(self._ratings, count), copy=False)
        return _Drawn(weights, at, values[0] if count == 1 else values)

    def score(self, drawn: _Drawn) -> Array:
        """Return scores (draws, alternatives); reads no stream, so any thread may ask."""
        scores = self._kernel(drawn.values, drawn.weights, drawn.at)
        return scores if self._place is None else scores[:, self._place]


def _check(question: Question, draws: int, seed: int) -> None:
    if not 1 <= draws <= MOST_DRAWS:
        raise InvalidInput(
            f"{draws:,} draws are not possible.",
            f"Enter a number from 1 to {MOST_DRAWS:,}.",
            field="draws",
        )
    if seed < 0:
        raise InvalidInput("The seed is below 0.", "Enter 0 or more.", field="seed")
    matrix = question.matrix
    rows = len(matrix.values)
    if not 1 <= rows <= MOST_ALTERNATIVES:
        raise InvalidInput(
            f"Ranks can be drawn for 1 to {MOST_ALTERNATIVES:,} alternatives, not for {rows:,}.",
            "Rate some completely first, or narrow the list down.",
        )
    if np.isnan(matrix.values[:, question.scorer.counts]).any():
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


def share_error(share: Array, draws: float) -> Array:
    """Return the Monte Carlo standard error of shares of draws, √(b(1 − b)/draws)."""
    error: Array = np.sqrt(np.clip(share * (1 - share), 0.0, None) / draws)
    return error


def _confidence_draws(sampler: _Sampler, central: Array, draws: int) -> int:
    """Return how many draws confidence factors can rest on: all of them, or what is affordable."""
    firsts = int((~np.isnan(central).any(axis=1)).sum())
    if sampler.certain or not firsts:
        return min(firsts, 1)
    return min(draws, max(_FEWEST, _CONFIDENCE_WORK // (firsts * sampler.least)))


def _confidence(
    sampler: _Sampler, central: Array, rounds: int, seed: int, progress: Progress | None
) -> Array:
    """Return how often each alternative is first under its own central weights."""
    confidence: Array = np.full(len(central), np.nan)
    rows = np.flatnonzero(~np.isnan(central).any(axis=1))
    sampler.restart(seed, 1)
    won = np.zeros(len(rows))
    block = max(1, _CELLS // max(1, len(rows) * len(central) * (central.shape[1] + 1)))
    for start in range(0, rounds, block):
        count = min(block, rounds - start)
        scores = sampler.score(sampler.draw_under(central[rows], count))
        level = np.round(scores, DECIMALS).reshape(count, len(rows), len(central))
        best = level == level.max(axis=2, keepdims=True)
        won += (best[:, np.arange(len(rows)), rows] / best.sum(axis=2)).sum(axis=0)
        if progress:
            progress(start + count, rounds)
    confidence[rows] = won / max(1, rounds)
    return confidence
