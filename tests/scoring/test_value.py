"""Money against published and hand-worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from scoper.errors import InvalidInput
from scoper.scoring.value import Case, Estimate, Terms, appraise, expected_npv, labelling_cost, npv


def sure(amount: float) -> Estimate:
    return Estimate(amount, amount, amount)


def test_net_present_value_by_hand() -> None:
    # 1,000 spent, 500, 400, 300 and 100 earned, at 10 %: 454.55 + 330.58 + 225.39 + 68.30 − 1,000.
    assert npv(np.array([-1_000.0, 500, 400, 300, 100]), 0.10) == pytest.approx(78.82, abs=0.005)


def test_pert_mean_and_deviation_by_hand() -> None:
    # Malcolm, Roseboom, Clark & Fazar (1959): t = (a + 4m + b)/6, sd = (b − a)/6.
    estimate = Estimate(4, 6, 14)
    assert estimate.pert_mean == 7
    assert estimate.pert_sd == pytest.approx(10 / 6)
    assert Estimate(3, 6, 12).triangular_mean == 7


def test_a_case_by_hand() -> None:
    case = Case(sure(600), sure(1_000), sure(100), likelihood=0.5)
    terms = Terms(years=2, rate=0.25)
    # (0.5·600 − 100)·(1/1.25 + 1/1.5625) − 1,000 = 200·1.44 − 1,000.
    assert expected_npv(case, terms) == pytest.approx(-712)
    found = appraise(case, terms, draws=2_000)
    assert found.payback_years == pytest.approx(5)
    assert found.roi == pytest.approx((600 - 1_200) / 1_200)
    assert found.chance_positive == 0
    assert found.p10 == pytest.approx(-1_144)
    assert found.p90 == pytest.approx(-280)


@pytest.mark.parametrize("triangular", [False, True])
def test_simulation_agrees_with_what_is_expected(triangular: bool) -> None:
    case = Case(Estimate(100, 300, 900), Estimate(100, 200, 250), Estimate(0, 10, 50), 0.7)
    terms = Terms(3, 0.1, triangular)
    found = appraise(case, terms, draws=40_000, seed=1)
    assert found == appraise(case, terms, draws=40_000, seed=1)
    assert found.p10 < found.p50 < found.p90
    assert abs(found.chance_positive - 0.7) < 0.02
    rng = np.random.default_rng(2)
    drawn = case.benefit.sample(rng, 100_000, triangular=triangular)
    assert drawn.mean() == pytest.approx(case.benefit.mean(triangular=triangular), rel=0.01)
    assert drawn.min() >= 100
    assert drawn.max() <= 900


def test_what_is_undefined_is_none() -> None:
    assert appraise(Case(sure(1), sure(5), sure(2)), Terms(), draws=9).payback_years is None
    assert appraise(Case(sure(1), sure(0), sure(0)), Terms(), draws=9).roi is None


def test_labelling_by_hand() -> None:
    # 6,000 items, 2 labels each of half a minute at 36 an hour, a tenth reviewed.
    assert labelling_cost(6_000, 2, 0.5, 36, 0.1) == pytest.approx(3_960)


def test_bad_amounts_are_refused() -> None:
    for wrong in (
        lambda: Estimate(3, 2, 4),
        lambda: Estimate(1, 2, float("inf")),
        lambda: Estimate(1, float("nan"), 3),
        lambda: Case(sure(1), sure(1), sure(1), 1.5),
        lambda: Terms(years=0),
        lambda: Terms(rate=-1),
        lambda: labelling_cost(-1, 1, 1, 1),
        lambda: Terms(years=51),
        lambda: Terms(rate=float("inf")),
        lambda: Case(sure(1), sure(1), sure(1), -0.01),
        lambda: labelling_cost(1, 1, 1, float("inf")),
        lambda: appraise(Case(sure(1), sure(1), sure(1)), Terms(), draws=0),
        lambda: appraise(Case(sure(1), sure(1), sure(1)), Terms(), draws=5, seed=-1),
    ):
        with pytest.raises(InvalidInput):
            wrong()


def test_amounts_at_the_ends_of_what_is_possible_are_taken() -> None:
    assert Terms(years=1, rate=0.25).annuity == 0.8
    assert Terms(years=50, rate=0).annuity == 50
    assert Terms(years=2, rate=-0.5).annuity == 6
    assert labelling_cost(60, 1, 1, 10, 0) == 10
    for likelihood, expected in ((0.0, -30), (1.0, 70)):
        case = Case(sure(100), sure(20), sure(10), likelihood)
        found = appraise(case, Terms(years=1, rate=0), draws=1, seed=0)
        assert (found.expected_npv, found.p50) == (expected, expected)
        assert found.chance_positive == likelihood
    assert appraise(Case(sure(10), sure(30), sure(4)), Terms(), draws=1).payback_years == 5


@pytest.mark.parametrize("triangular", [False, True])
def test_draws_have_the_spread_of_their_distribution(triangular: bool) -> None:
    """Of PERT by Vose (2000): variance (m − a)(b − m)/7; of the triangle (a² + …)/18."""
    low, likely, high = 2.0, 3.0, 12.0
    drawn = Estimate(low, likely, high).sample(
        np.random.default_rng(5), 200_000, triangular=triangular
    )
    mean = Estimate(low, likely, high).mean(triangular=triangular)
    if triangular:
        ends = low**2 + likely**2 + high**2 - low * likely - low * high - likely * high
        variance = ends / 18
    else:
        variance = (mean - low) * (high - mean) / 7
    assert drawn.mean() == pytest.approx(mean, rel=0.005)
    assert drawn.var() == pytest.approx(variance, rel=0.02)
    assert Estimate(4.0, 4.0, 4.0).sample(np.random.default_rng(5), 3).tolist() == [4.0] * 3
