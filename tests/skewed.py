"""A portfolio that sits on no default, worked out again in plain Python.

Voices and weights differ, scales start and end anywhere, no order agrees with another one,
incomplete use cases stand before complete ones, and every amount of money is different: right and
wrong never come to the same.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from math import isnan, nan
from typing import Final
from uuid import uuid4

import numpy as np

from scoper.board import Board, build_board
from scoper.scoring.methods import BALANCED
from scoper.scoring.parameters import Parameters
from scoper.snapshot import Cost, Criterion, Effort, Portfolio, Role, UseCase
from scoper.terms import Aggregation, Dimension, Phase, Recurrence
from tests.support import ONE_OF_EACH, assumed, portfolio_of

VOICES: Final = (1.0, 3.0, 0.5, 0.0, 2.0, 1.5)
WEIGHTS: Final = (3.0, 2.0, 4.0, 1.0, 0.5, 0.0, 0.25)
SCALES: Final = ((1, 5), (0, 10), (-2, 3), (1, 4), (0, 1), (1, 5), (2, 12))
AVERSION, LOW, HIGH = 2.5, 0.2, 0.7
KEYS: Final = ("UC-06", "UC-03", "UC-07", "UC-01", "UC-04", "UC-02", "UC-05")
BLANK: Final = (0, 3)
"""Rows in which nobody with a voice rated a criterion that counts."""


def skewed_portfolio(how: Aggregation = Aggregation.MEAN) -> Portfolio:
    """Return seven use cases and criteria, rated by six people; two are not rated completely.

    Enough of them rated most, so that a trimmed mean leaves somebody out.
    """
    random = np.random.default_rng(11)
    low, high = np.array(SCALES, dtype=np.float64).T
    chances = random.random((len(KEYS), len(WEIGHTS), len(VOICES)))
    ratings = low[:, None] + np.round(chances * (high - low)[:, None])
    ratings[random.random(ratings.shape) < 0.2] = nan
    ratings[:, :, 1] = low + np.round(chances[:, :, 3] * (high - low))
    for row in BLANK:
        ratings[row, row, np.array(VOICES) > 0] = nan
    plain = portfolio_of(ratings, voices=voices_of(how), weights=WEIGHTS, how=how)
    roles = (
        Role(uuid4(), "Engineer", day_rate=900.0),
        Role(uuid4(), "Owner", day_rate=None),
        Role(uuid4(), "Scientist", day_rate=1_100.0, capacity_days=70.0),
    )
    return replace(
        plain,
        criteria=tuple(
            replace(criterion, low=float(ends[0]), high=float(ends[1]))
            for criterion, ends in zip(plain.criteria, SCALES, strict=True)
        ),
        parameters={BALANCED: parameters()},
        roles=roles,
        use_cases=tuple(_with_money(u, row, roles) for row, u in enumerate(plain.use_cases)),
    )


def voices_of(how: Aggregation) -> tuple[float, ...]:
    """Return the weights of the people.

    Equal ones for the trimmed mean: whose of several equal votes it leaves out is not said.
    """
    return tuple(float(v > 0) for v in VOICES) if how is Aggregation.TRIMMED else VOICES


def skewed_board(how: Aggregation = Aggregation.MEAN) -> Board:
    """Return the board of that portfolio, with other parameters than the usual ones."""
    return build_board(skewed_portfolio(how))


def parameters(
    risk_aversion: float = AVERSION, p_low: float = LOW, p_high: float = HIGH, **more: float
) -> Parameters:
    """Return parameters of the balanced metric, none of them the usual one unless asked."""
    return assumed(risk_aversion=risk_aversion, p_low=p_low, p_high=p_high, **more)


def _with_money(use_case: UseCase, row: int, roles: Sequence[Role]) -> UseCase:
    size = float(1 + row)
    return replace(
        use_case,
        key=KEYS[row],
        benefit_low=10_000 * size,
        benefit_likely=30_000 * size + 1_000 * row**2,
        benefit_high=90_000 * size,
        efforts=(
            Effort(uuid4(), roles[0].id, Phase.PILOT, 10 + row, "", 8.0, 30.0 + row),
            Effort(uuid4(), roles[2].id, Phase.BASELINE, 20 - row),
            Effort(uuid4(), roles[1].id, Phase.PILOT, 99.0),
        ),
        costs=(
            Cost(
                uuid4(), "Licence", recurrence=Recurrence.YEARLY, low=700 * size, high=1_500 * size
            ),
            Cost(uuid4(), "Setup", low=1_000.0, likely=2_000 * size, high=8_000 * size),
        ),
    )


# ---------------------------------------------------------------- worked out again


def group_value(votes: Sequence[float], voices: Sequence[float], how: Aggregation) -> float:
    """Return what people with a voice come to; NaN where none of them rated."""
    given = sorted((v, w) for v, w in zip(votes, voices, strict=True) if w and not isnan(v))
    if not given:
        return nan
    if how is Aggregation.MEDIAN:
        # Voices are multiples of a half: as many equal ones as there are halves.
        return statistics.median(v for v, w in given for _ in range(round(w * 2)))
    drop = len(given) // 5 if how is Aggregation.TRIMMED else 0
    kept = given[drop : len(given) - drop]
    return sum(v * w for v, w in kept) / sum(w for _, w in kept)


def group_values(portfolio: Portfolio) -> list[list[float]]:
    """Return the group's value of each use case on each criterion, from 0 to 1."""
    voices = [person.weight for person in portfolio.participants]
    return [
        [
            group_value(
                [(vote - c.low) / (c.high - c.low) for vote in portfolio.ratings[row, column]],
                voices,
                portfolio.aggregation,
            )
            for column, c in enumerate(portfolio.criteria)
        ]
        for row in range(len(portfolio.use_cases))
    ]


def mean_of(values: Sequence[float], criteria: Sequence[Criterion], of: Dimension) -> float:
    """Return the weighted mean of the criteria of a dimension."""
    pairs = [
        (value, criterion.weight)
        for value, criterion in zip(values, criteria, strict=True)
        if criterion.dimension is of and criterion.weight
    ]
    return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)


def balanced_by_hand(values: Sequence[float], criteria: Sequence[Criterion]) -> float:
    """Return the balanced priority of one use case; NaN where a value that counts is missing."""
    impact, feasibility, risk = (mean_of(values, criteria, of) for of in ONE_OF_EACH)
    likelihood = LOW + (HIGH - LOW) * feasibility
    won, lost = likelihood * impact, (1 - likelihood) * risk
    net = won - AVERSION * lost
    return 50 + 50 * (net if net >= 0 else net / AVERSION)
