"""Methods against other libraries and against published examples."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.scoring.methods import METHODS
from scoper.scoring.normalisation import Normalisation
from scoper.scoring.preferences import Preference, Shape, net_flows
from scoper.scoring.ranking import competition_rank
from tests.scoring.tables import random_tables, raw, table

RAW = [m.id for m in METHODS.values() if m.raw]


# ---------------------------------------------------------------- other libraries


def oracles() -> dict[str, list[object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymcdm.methods import PROMETHEE_II, TOPSIS, WPM, WSM
        from pymcdm.normalizations import vector_normalization
    return {
        "weighted_sum": [WSM],
        "weighted_product": [WPM],
        "topsis": [lambda: TOPSIS(vector_normalization)],
        "promethee2": [lambda: PROMETHEE_II("usual")],
    }


@pytest.mark.parametrize("method_id", RAW)
def test_scores_equal_pymcdm(method_id: str) -> None:
    (make,) = oracles()[method_id]
    for decisions in random_tables():
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            expected = make()(  # type: ignore[operator]
                decisions.values,
                decisions.weights / decisions.weights.sum(),
                np.where(decisions.falling, -1, 1),
                validation=False,
            )
        if method_id == "topsis":
            expected = np.where(np.isnan(expected), 0.5, expected)
        assert raw(method_id, decisions) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("method_id", ["weighted_sum", "weighted_product", "topsis"])
def test_scores_equal_scikit_criteria(method_id: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from skcriteria.agg.simple import wpm, wsm
        from skcriteria.agg.topsis import topsis
        from skcriteria.preprocessing.scalers import scale_by_sum, scale_by_vector
    for decisions in random_tables():
        weights = scale_by_sum(decisions.weights)
        values, falling = decisions.values, decisions.falling
        with np.errstate(all="ignore"):
            if method_id == "topsis":
                scaled = scale_by_vector(values, axis=0)
                expected = topsis(scaled, np.where(falling, -1, 1), weights)[3]
                expected = np.where(np.isnan(expected), 0.5, expected)
            else:
                scaled = scale_by_sum(np.where(falling, 1 / values, values), axis=0)
                # scikit-criteria gives the logarithm of the product.
                expected = np.atleast_1d(
                    wsm(scaled, weights)[1]
                    if method_id == "weighted_sum"
                    else 10 ** wpm(scaled, weights)[1]
                )
        assert raw(method_id, decisions) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("normalisation", [n for n in Normalisation if n is not Normalisation.NONE])
@pytest.mark.parametrize("method_id", ["weighted_sum", "weighted_product", "topsis"])
def test_every_normalisation_equals_pymcdm(method_id: str, normalisation: Normalisation) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymcdm import normalizations
        from pymcdm.helpers import normalize_matrix
        from pymcdm.methods import TOPSIS
    norm = getattr(normalizations, f"{normalisation}_normalization")
    for decisions in random_tables(60):
        chosen = replace(decisions, normalisation=normalisation)
        kinds = np.where(decisions.falling, -1, 1)
        weights = decisions.weights / decisions.weights.sum()
        scaled = normalize_matrix(decisions.values, norm, kinds)
        if method_id == "topsis":
            with warnings.catch_warnings(), np.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                expected = TOPSIS(norm)(decisions.values, weights, kinds, validation=False)
            expected = np.where(np.isnan(expected), 0.5, expected)
        else:
            expected = (
                scaled @ weights
                if method_id == "weighted_sum"
                else np.prod(scaled**weights, axis=1)
            )
        assert raw(method_id, chosen) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("normalisation", "scaler"),
    [("minmax", "minmax_scale"), ("vector", "normalize"), ("max", "maxabs_scale")],
)
def test_columns_turned_round_and_scaled_by_scikit_learn_differ_by_a_constant(
    normalisation: str, scaler: str
) -> None:
    """Negated first, as scikit-criteria does, a weighted sum is the same up to a constant."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sklearn import preprocessing
    for decisions in random_tables(40):
        values = np.where(decisions.falling, -decisions.values, decisions.values)
        expected = getattr(preprocessing, scaler)(values, axis=0) @ (
            decisions.weights / decisions.weights.sum()
        )
        found = raw("weighted_sum", replace(decisions, normalisation=Normalisation(normalisation)))
        assert found - found[0] == pytest.approx(expected - expected[0], abs=1e-9)


def test_without_normalisation_what_should_be_small_is_subtracted_or_inverted() -> None:
    decisions = replace(
        table(np.array([[4.0, 2.0], [1.0, 5.0]]), falling=np.array([False, True])),
        normalisation=Normalisation.NONE,
    )
    assert raw("weighted_sum", decisions).tolist() == [1.0, -2.0]
    assert raw("weighted_product", decisions) == pytest.approx([2**0.5, 0.2**0.5])
    assert raw("topsis", decisions).tolist() == [1.0, 0.0]
    assert raw("promethee2", decisions).tolist() == [1.0, -1.0]


@pytest.mark.parametrize(
    ("method_id", "normalisation", "values", "refused"),
    [
        ("weighted_sum", "sum", [[-1.0], [2.0]], True),
        ("weighted_sum", "max", [[-1.0], [2.0]], True),
        ("weighted_sum", "max", [[0.0], [0.0]], True),
        ("weighted_sum", "max", [[0.0], [2.0]], False),
        ("weighted_sum", "minmax", [[-1.0], [2.0]], False),
        ("weighted_sum", "vector", [[-1.0], [2.0]], False),
        ("weighted_sum", "vector", [[0.0], [0.0]], False),
        ("weighted_sum", "none", [[-1.0], [2.0]], False),
        ("weighted_product", "none", [[0.0], [2.0]], True),
        ("weighted_product", "vector", [[-1.0], [2.0]], True),
        ("weighted_product", "minmax", [[-1.0], [2.0]], False),
        ("topsis", "sum", [[-1.0], [2.0]], True),
        ("topsis", "vector", [[-1.0], [2.0]], False),
        ("promethee2", "minmax", [[-1.0], [2.0]], False),
        ("promethee2", "max", [[-1.0], [2.0]], True),
    ],
)
def test_values_that_cannot_be_made_comparable_so_are_refused(
    method_id: str, normalisation: str, values: list[list[float]], refused: bool
) -> None:
    decisions = replace(
        table(np.array(values), falling=np.array([True])),
        normalisation=Normalisation(normalisation),
    )
    if refused:
        with pytest.raises(InvalidInput, match=r"of “A0” on “C0”|All values of “C0” are 0"):
            raw(method_id, decisions)
    else:
        assert np.isfinite(raw(method_id, decisions)).all()


@pytest.mark.parametrize(
    ("shape", "name"),
    [
        (Shape.USUAL, "usual"),
        (Shape.U_SHAPE, "ushape"),
        (Shape.V_SHAPE, "vshape"),
        (Shape.LEVEL, "level"),
        (Shape.LINEAR, "vshape_2"),
    ],
)
def test_every_preference_shape_equals_pymcdm(shape: Shape, name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymcdm.methods import PROMETHEE_II
    random = np.random.default_rng(1985)
    for number, decisions in enumerate(random_tables()):
        count = len(decisions.criteria)
        q = random.integers(0, 3, count) if number % 2 else random.uniform(0, 300, count)
        p = q + (random.integers(1, 3, count) if number % 2 else random.uniform(1, 300, count))
        preferences = tuple(
            Preference(shape, q=float(a), p=float(b)) for a, b in zip(q, p, strict=True)
        )
        chosen = table(decisions.values, decisions.weights, decisions.falling, preferences)
        expected = PROMETHEE_II(name, p=p.astype(float), q=q.astype(float))(
            decisions.values,
            decisions.weights / decisions.weights.sum(),
            np.where(decisions.falling, -1, 1),
            validation=False,
        )
        assert raw("promethee2", chosen) == pytest.approx(expected, abs=1e-9)


def preferred(difference: float, preference: Preference) -> float:
    """Return the preference for a difference, as Brans & Vincke (1985) define it."""
    d, q, p, s = difference, preference.q, preference.p, preference.s
    if d <= 0:
        return 0.0
    return {
        Shape.USUAL: lambda: 1.0,
        Shape.U_SHAPE: lambda: float(d > q),
        Shape.V_SHAPE: lambda: min(d / p, 1.0),
        Shape.LEVEL: lambda: 0.5 * (d > q) + 0.5 * (d > p),
        Shape.LINEAR: lambda: min(max(d - q, 0) / (p - q), 1.0),
        Shape.GAUSSIAN: lambda: 1 - float(np.exp(-(d**2) / (2 * s**2))),
    }[preference.shape]()


@given(
    st.lists(st.integers(0, 12), min_size=1, max_size=14),
    st.sampled_from(Shape),
    st.integers(0, 4),
    st.integers(1, 5),
    st.sampled_from([1.0, 0.1, 1e6]),
)
def test_flows_by_sorting_equal_flows_by_comparing_every_pair(
    column: list[int], shape: Shape, q: int, gap: int, unit: float
) -> None:
    preference = Preference(shape, q=q * unit, p=(q + gap) * unit, s=gap * unit)
    values = np.array(column) * unit
    expected = [
        sum(preferred(a - b, preference) - preferred(b - a, preference) for b in values)
        / max(1, len(values) - 1)
        for a in values
    ]
    assert net_flows(values[:, None], (preference,))[:, 0] == pytest.approx(expected, abs=1e-9)


# ---------------------------------------------------------------- published examples


def test_topsis_of_the_fighter_aircraft() -> None:
    """Hwang & Yoon (1981), Multiple Attribute Decision Making, fighter aircraft selection."""
    decisions = table(
        np.array(
            [
                [2.0, 1500, 20000, 5.5, 5, 9],
                [2.5, 2700, 18000, 6.5, 3, 5],
                [1.8, 2000, 21000, 4.5, 7, 7],
                [2.2, 1800, 20000, 5.0, 5, 5],
            ]
        ),
        np.array([0.2, 0.1, 0.1, 0.1, 0.2, 0.3]),
        np.array([False, False, False, True, False, False]),
    )
    closeness = raw("topsis", decisions)
    assert closeness == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=6e-4)
    assert competition_rank(closeness).tolist() == [1, 4, 2, 3]


def test_promethee_of_the_power_plants() -> None:
    """Brans, Vincke & Mareschal (1986), How to select and how to rank projects, EJOR 24(2).

    All six shapes; net flows are printed as sums over the other plants, of preferences rounded
    to three decimals.
    """
    decisions = table(
        np.array(
            [
                [80, 90, 600, 54, 8, 5],
                [65, 58, 200, 97, 1, 1],
                [83, 60, 400, 72, 4, 7],
                [40, 80, 1000, 75, 7, 10],
                [52, 72, 600, 20, 3, 8],
                [94, 96, 700, 36, 5, 6],
            ],
            dtype=np.float64,
        ),
        falling=np.array([True, False, True, True, True, False]),
        preferences=(
            Preference(Shape.U_SHAPE, q=10),
            Preference(Shape.V_SHAPE, p=30),
            Preference(Shape.LINEAR, q=50, p=500),
            Preference(Shape.LEVEL, q=10, p=60),
            Preference(Shape.USUAL),
            Preference(Shape.GAUSSIAN, s=5),
        ),
    )
    flows = raw("promethee2", decisions)
    printed = [-0.728, 0.085, -0.447, -0.102, 1.466, -0.274]
    assert flows * 5 == pytest.approx(printed, abs=2.5e-3)
    assert competition_rank(flows).tolist() == [6, 2, 5, 3, 1, 4]


def test_weighted_product_of_bridgman() -> None:
    """Triantaphyllou & Mann (1989), Decision Support Systems 5(3): R(A1/A2) = 1.007, A1 best.

    The ratio of two products is free of units, so it holds whatever the columns are divided by.
    """
    decisions = table(
        np.array([[25, 20, 15, 30], [10, 30, 20, 30], [30, 10, 30, 10]], dtype=np.float64),
        np.array([0.20, 0.15, 0.40, 0.25]),
    )
    first, second, third = raw("weighted_product", decisions)
    assert first / second == pytest.approx(1.007, abs=5e-4)
    assert first / third == pytest.approx(1.067, abs=1e-3)
    assert second / third == pytest.approx(1.059, abs=1e-3)
