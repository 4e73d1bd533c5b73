"""Money against published and hand-worked examples."""

from __future__ import annotations

import pytest

from scoper.errors import InvalidInput
from scoper.scoring.value import Case, Estimate, Terms, expected_npv


def sure(amount: float) -> Estimate:
    return Estimate(amount, amount, amount)


def test_net_present_value_by_hand() -> None:
    # 1,000 spent, 400 a year earned and 100 paid, at 10 %: 272.73 + 247.93 + 225.39 − 1,000.
    case = Case(sure(400), sure(1_000), sure(100))
    assert expected_npv(case, Terms(3, 0.10)) == pytest.approx(-253.94, abs=0.005)


def test_pert_mean_by_hand() -> None:
    # Malcolm, Roseboom, Clark & Fazar (1959): t = (a + 4m + b)/6.
    estimate = Estimate(4, 6, 14)
    assert estimate.pert_mean == 7
    assert Estimate(3, 6, 12).triangular_mean == 7


def test_a_case_by_hand() -> None:
    case = Case(sure(600), sure(1_000), sure(100), likelihood=0.5)
    terms = Terms(years=2, rate=0.25)
    # (0.5·600 − 100)·(1/1.25 + 1/1.5625) − 1,000 = 200·1.44 − 1,000.
    assert expected_npv(case, terms) == pytest.approx(-712)


def test_bad_amounts_are_refused() -> None:
    for wrong in (
        lambda: Estimate(3, 2, 4),
        lambda: Estimate(1, 2, float("inf")),
        lambda: Estimate(1, float("nan"), 3),
        lambda: Case(sure(1), sure(1), sure(1), 1.5),
        lambda: Terms(years=0),
        lambda: Terms(rate=-1),
        lambda: Terms(years=51),
        lambda: Terms(rate=float("inf")),
        lambda: Case(sure(1), sure(1), sure(1), -0.01),
    ):
        with pytest.raises(InvalidInput):
            wrong()


def test_amounts_at_the_ends_of_what_is_possible_are_taken() -> None:
    assert Terms(years=1, rate=0.25).annuity == 0.8
    assert Terms(years=50, rate=0).annuity == 50
    assert Terms(years=2, rate=-0.5).annuity == 6
    for likelihood, expected in ((0.0, -30), (1.0, 70)):
        case = Case(sure(100), sure(20), sure(10), likelihood)
        assert expected_npv(case, Terms(years=1, rate=0)) == expected
