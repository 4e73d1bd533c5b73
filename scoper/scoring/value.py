"""What a use case is worth in money: estimates, cost of labelling, net present value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array

MOST_YEARS: Final = 50


@dataclass(frozen=True, slots=True)
class Estimate:
    """An amount as low ≤ likely ≤ high, in one currency."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        """Check the order.

        Raises:
            InvalidInput: an amount is not a number, or the order is wrong.
        """
        if not (np.isfinite((self.low, self.high)).all() and self.low <= self.likely <= self.high):
            raise InvalidInput(
                "An estimate needs low ≤ likely ≤ high.", "Correct the three amounts."
            )

    @property
    def pert_mean(self) -> float:
        """(low + 4·likely + high)/6 (Malcolm, Roseboom, Clark & Fazar 1959)."""
        return (self.low + 4 * self.likely + self.high) / 6

    @property
    def pert_sd(self) -> float:
        """(high − low)/6 (Malcolm et al. 1959)."""
        return (self.high - self.low) / 6

    @property
    def triangular_mean(self) -> float:
        """(low + likely + high)/3."""
        return (self.low + self.likely + self.high) / 3

    def mean(self, *, triangular: bool = False) -> float:
        """Return the mean of the PERT or the triangular distribution."""
        return self.triangular_mean if triangular else self.pert_mean

    def sample(self, rng: np.random.Generator, count: int, *, triangular: bool = False) -> Array:
        """Return ``count`` draws in [low, high] with that mean.

        PERT is drawn from the beta distribution with shapes 1 + 4(m − a)/(b − a) and
        1 + 4(b − m)/(b − a) (Vose 2000).
        """
        width = self.high - self.low
        if width == 0:
            return np.full(count, self.low)
        if triangular:
            return rng.triangular(self.low, self.likely, self.high, count)
        up = 1 + 4 * (self.likely - self.low) / width
        down = 1 + 4 * (self.high - self.likely) / width
        return self.low + width * rng.beta(up, down, count)


@dataclass(frozen=True, slots=True)
class Case:
    """The money of a use case.

    ``benefit`` and ``yearly`` (running cost) fall due at the end of every year, ``once`` at the
    start. The benefit comes with ``likelihood`` in [0, 1]; costs come in any case.
    """

    benefit: Estimate
    once: Estimate
    yearly: Estimate
    likelihood: float = 1.0

    def __post_init__(self) -> None:
        """Check the range.

        Raises:
            InvalidInput: the likelihood is not in [0, 1].
        """
        if not 0 <= self.likelihood <= 1:
            raise InvalidInput("The likelihood of success is not between 0 and 1.")


@dataclass(frozen=True, slots=True)
class Terms:
    """Horizon in whole years, discount rate per year (> −1), and the shape of estimates."""

    years: int = 3
    rate: float = 0.08
    triangular: bool = False

    def __post_init__(self) -> None:
        """Check the ranges.

        Raises:
            InvalidInput: the horizon or the rate is out of range.
        """
        if not 1 <= self.years <= MOST_YEARS:
            raise InvalidInput(
                f"A horizon of {self.years} years is not possible.",
                f"Enter 1 to {MOST_YEARS}.",
                field="years",
            )
        if not (np.isfinite(self.rate) and self.rate > -1):
            raise InvalidInput(
                "The discount rate is not possible.", "Enter for example 0.08.", field="rate"
            )

    @property
    def annuity(self) -> float:
        """Present value of 1 at the end of each year: Σ (1 + rate)^−t."""
        return float(sum((1 + self.rate) ** -t for t in range(1, self.years + 1)))


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a case is worth over the terms; ratios are None where they are undefined.

    ``payback_years`` is undiscounted, None when the expected gain never earns back what is spent
    once. ``roi`` is (benefit − cost)/cost over the horizon, undiscounted.
    """

    expected_npv: float
    payback_years: float | None
    roi: float | None
    p10: float
    p50: float
    p90: float
    chance_positive: float
    chance_error: float
    draws: int
    seed: int


def labelling_cost(
    items: float, labels_per_item: float, minutes: float, hourly_rate: float, review: float = 0.0
) -> float:
    """Return items × labels × minutes × rate, plus the share ``review`` ≥ 0 looked at again.

    Raises:
        InvalidInput: an amount is negative or not a number.
    """
    amounts = (items, labels_per_item, minutes, hourly_rate, review)
    if not all(np.isfinite(amount) and amount >= 0 for amount in amounts):
        raise InvalidInput(
            "An amount of the labelling cost is below 0 or not a number.", "Enter 0 or more."
        )
    return items * labels_per_item * minutes / 60 * hourly_rate * (1 + review)


def npv(flows: Array, rate: float) -> float:
    """Return Σ flow_t/(1 + rate)^t, the first flow at once."""
    return float(sum(flow / (1 + rate) ** t for t, flow in enumerate(flows)))


def expected_npv(case: Case, terms: Terms) -> float:
    """Return −once + Σ_t (p·benefit − yearly)/(1 + rate)^t over the means."""
    benefit, once, yearly = _means(case, terms)
    return terms.annuity * (benefit - yearly) - once


def appraise(case: Case, terms: Terms, *, draws: int = 10_000, seed: int = 0) -> Appraisal:
    """Return expected figures and, by seeded Monte Carlo, the spread of the NPV.

    Each draw takes one amount of every estimate for all years, and success or failure once.

    Raises:
        InvalidInput: ``draws`` is below 1 or ``seed`` below 0.
    """
    if draws < 1 or seed < 0:
        raise InvalidInput("Draws must be 1 or more, and the seed 0 or more.", field="draws")
    rng = np.random.default_rng(seed)
    benefit, once, yearly = (
        estimate.sample(rng, draws, triangular=terms.triangular)
        for estimate in (case.benefit, case.once, case.yearly)
    )
    success = rng.random(draws) < case.likelihood
    drawn = terms.annuity * (benefit * success - yearly) - once
    p10, p50, p90 = np.percentile(drawn, (10, 50, 90))
    chance = float((drawn > 0).mean())
    gain, spent, running = _means(case, terms)
    yearly_gain, cost = gain - running, spent + terms.years * running
    return Appraisal(
        expected_npv=expected_npv(case, terms),
        payback_years=spent / yearly_gain if yearly_gain > 0 else None,
        roi=(terms.years * gain - cost) / cost if cost > 0 else None,
        p10=float(p10),
        p50=float(p50),
        p90=float(p90),
        chance_positive=chance,
        chance_error=float(np.sqrt(chance * (1 - chance) / draws)),
        draws=draws,
        seed=seed,
    )


def _means(case: Case, terms: Terms) -> tuple[float, float, float]:
    benefit, once, yearly = (
        estimate.mean(triangular=terms.triangular)
        for estimate in (case.benefit, case.once, case.yearly)
    )
    return case.likelihood * benefit, once, yearly
