"""What a use case is worth in money: estimates and their expected net present value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.errors import InvalidInput

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
    def triangular_mean(self) -> float:
        """(low + likely + high)/3."""
        return (self.low + self.likely + self.high) / 3

    def mean(self, *, triangular: bool = False) -> float:
        """Return the mean of the PERT or the triangular distribution."""
        return self.triangular_mean if triangular else self.pert_mean


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


def expected_npv(case: Case, terms: Terms) -> float:
    """Return −once + Σ_t (p·benefit − yearly)/(1 + rate)^t over the means."""
    benefit, once, yearly = _means(case, terms)
    return terms.annuity * (benefit - yearly) - once


def _means(case: Case, terms: Terms) -> tuple[float, float, float]:
    benefit, once, yearly = (
        estimate.mean(triangular=terms.triangular)
        for estimate in (case.benefit, case.once, case.yearly)
    )
    return case.likelihood * benefit, once, yearly
