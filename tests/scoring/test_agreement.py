"""Agreement: published numbers, other libraries, and what holds for any ratings."""

from __future__ import annotations

import math
import statistics
import warnings
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.scoring.agreement import CellAgreement, agreement, cell_agreement, rater_agreement
from scoper.scoring.agreement.raters import fleiss_kappa, icc, icc_one_way, kendall_w
from scoper.scoring.matrix import Array
from scoper.scoring.ratings import Ratings, without_excluded
from scoper.scoring.statistic import Statistic, Undefined
from scoper.terms import Strength

NOTHING = float("nan")
SHROUT_AND_FLEISS = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7],
]  # fmt: skip
"""Six targets by four judges: Shrout & Fleiss (1979), table 2."""

KRIPPENDORFF = [
    [1, 1, NOTHING, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4],
    [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2], [NOTHING, 5, 5, 5], [NOTHING, NOTHING, 1, 1],
    [NOTHING, NOTHING, 3, NOTHING],
]  # fmt: skip
"""Twelve units by four observers with gaps: Krippendorff (2004), the canonical example."""

FRIEDMAN_NEEDS = 3
level = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0])
entry = st.one_of(level, st.just(NOTHING))


def table(rows: Sequence[Sequence[float]]) -> Array:
    return np.array(rows, dtype=np.float64)


@st.composite
def tables(draw: st.DrawFn, entries: st.SearchStrategy[float] = entry) -> Array:
    items, raters = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    return table([[draw(entries) for _ in range(raters)] for _ in range(items)])


def cells(votes: Sequence[float], *, high: float = 5.0, levels: int = 5) -> CellAgreement:
    """Return the agreement on one use case and criterion."""
    return cell_agreement(
        Ratings(
            values=table([list(votes)])[:, None, :],
            low=np.ones(1),
            high=np.array([high]),
            levels=np.array([levels]),
        )
    )


def number(statistic: Statistic) -> float:
    assert isinstance(statistic, float)
    return statistic


# ---------------------------------------------------------------- published


def test_icc_of_shrout_and_fleiss() -> None:
    """ICC(2,1) = .29 and ICC(2,k) = .62 in Shrout & Fleiss (1979), table 4."""
    single, average = icc(table(SHROUT_AND_FLEISS))
    assert number(single) == pytest.approx(0.29, abs=0.005)
    assert number(average) == pytest.approx(0.62, abs=0.005)


def test_icc_from_the_mean_squares_that_shrout_and_fleiss_print() -> None:
    """Between targets 11.24, judges 32.49, residual 1.02 (Shrout & Fleiss 1979, table 3)."""
    rows, judges, rest, n, k = 11.24, 32.49, 1.02, 6, 4
    single, average = icc(table(SHROUT_AND_FLEISS))
    assert number(single) == pytest.approx(
        (rows - rest) / (rows + (k - 1) * rest + k * (judges - rest) / n), abs=1e-3
    )
    assert number(average) == pytest.approx((rows - rest) / (rows + (judges - rest) / n), abs=1e-3)


def test_one_way_icc_of_shrout_and_fleiss() -> None:
    """ICC(1,1) = .17 and ICC(1,k) = .44 in Shrout & Fleiss (1979), table 4."""
    single, average = icc_one_way(table(SHROUT_AND_FLEISS))
    assert number(single) == pytest.approx(0.17, abs=0.005)
    assert number(average) == pytest.approx(0.44, abs=0.005)


def test_kappa_of_ten_subjects() -> None:
    """The worked example of Fleiss' κ that many sources repeat: 14 raters, κ = .210."""
    counts = [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]  # fmt: skip
    ratings = table([[float(k) for k, n in enumerate(row) for _ in range(n)] for row in counts])
    assert number(fleiss_kappa(ratings)) == pytest.approx(0.210, abs=5e-4)


def test_alpha_of_krippendorffs_canonical_example() -> None:
    """α is .743 nominal, .815 ordinal and .849 interval (Krippendorff 2011, section C)."""
    found = rater_agreement(table(KRIPPENDORFF))
    assert number(found.krippendorff_nominal) == pytest.approx(0.743, abs=5e-4)
    assert number(found.krippendorff_ordinal) == pytest.approx(0.815, abs=5e-4)
    assert number(found.krippendorff_interval) == pytest.approx(0.849, abs=5e-4)
    assert (found.items, found.raters, found.ratings) == (12, 4, 41)
    assert (found.complete_items, found.paired_items) == (8, 11)


@pytest.mark.parametrize(
    ("raters", "expected"),
    [
        # Siegel (1956), table 9.4: three executives rank six applicants, W = .16.
        ([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], 0.16),
        # Kendall (1948): three rankings of ten with ties, S = 591, W = .828.
        (
            [
                [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
                [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
                [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
            ],
            0.828,
        ),
    ],
)
def test_kendalls_w_of_published_rankings(raters: list[list[float]], expected: float) -> None:
    assert number(kendall_w(table(raters).T)) == pytest.approx(expected, abs=3e-3)


@pytest.mark.parametrize(
    ("counts", "expected", "places"),
    [
        # The example of the R package agrmt, which follows Tastle & Wierman (2007).
        ((30, 40, 210, 130, 530, 50, 10), 0.7256876, 5e-8),
        # Complete agreement and complete polarisation: 1 and 0 by definition.
        ((0, 0, 12, 0, 0), 1.0, 1e-12),
        ((6, 0, 0, 0, 6), 0.0, 1e-9),
        # All but one at one end: 1 + (5/6)·log2(5/6) + (1/6)·log2(1/6).
        ((5, 0, 0, 0, 1), 0.34997758, 5e-8),
    ],
)
def test_consensus_of_frequencies(counts: tuple[int, ...], expected: float, places: float) -> None:
    votes = [float(level) for level, n in enumerate(counts, start=1) for _ in range(n)]
    found = cells(votes, high=len(counts), levels=len(counts))
    assert number(found.consensus.at(0, 0)) == pytest.approx(expected, abs=places)
    assert found.histogram[0][0].tolist() == list(counts)


@pytest.mark.parametrize(
    ("votes", "levels", "expected"),
    [
        # σ²_EU is 2, 4 and 6.67 for 5, 7 and 9 options (James et al. 1984; LeBreton & Senter 2008).
        ([4, 4, 5, 5], 5, 1 - (1 / 3) / 2),
        ([3, 4, 5], 7, 1 - 1 / 4),
        ([4, 5, 6, 7], 9, 1 - (5 / 3) / (80 / 12)),
        ([3, 3, 3], 5, 1.0),
        ([1, 5, 1, 5], 5, 0.0),
    ],
)
def test_within_group_agreement(votes: list[float], levels: int, expected: float) -> None:
    found = cells(votes, high=levels, levels=levels)
    assert number(found.r_wg.at(0, 0)) == pytest.approx(expected, abs=1e-12)


def test_within_group_agreement_counts_levels_whatever_the_scale_is_called() -> None:
    votes = np.array([[[0.0, 25.0, 25.0, 50.0]]])
    found = cell_agreement(Ratings(votes, np.zeros(1), np.full(1, 100.0), np.array([5])))
    assert number(found.r_wg.at(0, 0)) == pytest.approx(number(cells([1, 2, 2, 3]).r_wg.at(0, 0)))


# ---------------------------------------------------------------- against other libraries


@given(tables())
def test_alpha_agrees_with_the_krippendorff_package(ratings: Array) -> None:
    import krippendorff

    found = rater_agreement(ratings)
    given_ratings = ~np.isnan(ratings)
    paired = given_ratings.sum(axis=1) > 1
    for scale in ("nominal", "ordinal", "interval"):
        mine: Statistic = getattr(found, f"krippendorff_{scale}")
        if not paired.any() or np.unique(ratings[paired][given_ratings[paired]]).size < 2:
            assert isinstance(mine, Undefined)
            continue
        theirs = krippendorff.alpha(ratings.T, level_of_measurement=scale)
        assert mine == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_icc_agrees_with_pingouin_on_the_complete_items(seed: int) -> None:
    random = np.random.default_rng(seed)
    ratings = random.integers(1, 8, (12, 4)) + random.random((12, 1)) * seed
    ratings[random.random(ratings.shape) < 0.08] = NOTHING
    with warnings.catch_warnings():
        # The package warns about its own use of pandas.
        warnings.simplefilter("ignore")
        import pandas as pd
        import pingouin

        frame = pd.DataFrame(
            [
                (item, rater, value)
                for item, row in enumerate(ratings)
                for rater, value in enumerate(row)
            ],
            columns=["item", "rater", "value"],
        )
        theirs = pingouin.intraclass_corr(
            frame, targets="item", raters="rater", ratings="value", nan_policy="omit"
        ).set_index("Type")["ICC"]
    found = rater_agreement(ratings)
    assert found.complete_items == int((~np.isnan(ratings)).all(axis=1).sum())
    assert found.icc_a1 == pytest.approx(theirs["ICC(A,1)"], abs=1e-9)
    assert found.icc_ak == pytest.approx(theirs["ICC(A,k)"], abs=1e-9)
    assert found.icc_1 == pytest.approx(theirs["ICC(1,1)"], abs=1e-9)
    assert found.icc_k == pytest.approx(theirs["ICC(1,k)"], abs=1e-9)


@given(st.integers(1, 9), st.integers(2, 6), st.data())
def test_kappa_agrees_with_statsmodels(items: int, raters: int, data: st.DataObject) -> None:
    from statsmodels.stats.inter_rater import aggregate_raters
    from statsmodels.stats.inter_rater import fleiss_kappa as theirs

    ratings = table([[data.draw(level) for _ in range(raters)] for _ in range(items)])
    if len(np.unique(ratings)) > 1:
        expected = theirs(aggregate_raters(ratings)[0])
        assert fleiss_kappa(ratings) == pytest.approx(expected, abs=1e-9)


@given(st.integers(2, 9), st.integers(FRIEDMAN_NEEDS, 6), st.data())
def test_w_is_friedmans_statistic_over_its_largest_value(
    items: int, raters: int, data: st.DataObject
) -> None:
    from scipy.stats import friedmanchisquare

    ratings = table([[data.draw(level) for _ in range(items)] for _ in range(raters)])
    found = kendall_w(ratings.T)
    if all(len(set(row)) == 1 for row in ratings.tolist()):
        assert isinstance(found, Undefined)
    elif items >= FRIEDMAN_NEEDS:
        chi_squared = friedmanchisquare(*ratings.T).statistic
        assert found == pytest.approx(chi_squared / (raters * (items - 1)), abs=1e-9)


@given(st.lists(entry, min_size=1, max_size=9))
def test_cells_agree_with_the_standard_library(votes: list[float]) -> None:
    found, entered = cells(votes), [v for v in votes if v == v]  # noqa: PLR0124
    assert found.n[0, 0] == len(entered) == found.histogram[0].sum()
    if not entered:
        return
    assert found.mean.at(0, 0) == pytest.approx(statistics.fmean(entered), abs=1e-12)
    assert found.median.at(0, 0) == statistics.median(entered)
    assert found.spread.at(0, 0) == max(entered) - min(entered)
    if len(entered) > 1:
        assert found.sd.at(0, 0) == pytest.approx(statistics.stdev(entered), abs=1e-12)


# ---------------------------------------------------------------- what always holds


@given(tables(st.one_of(entry, st.floats(0, 1e15))))
def test_every_statistic_is_in_its_range_or_says_why_not(ratings: Array) -> None:
    found = rater_agreement(ratings)
    ranges = {
        "kendall_w": (0, 1),
        "icc_1": (-np.inf, 1),
        "icc_k": (-np.inf, 1),
        "icc_a1": (-np.inf, 1),
        "icc_ak": (-np.inf, 1),
        "krippendorff_nominal": (-1, 1),
        "krippendorff_ordinal": (-1, 1),
        "krippendorff_interval": (-1, 1),
        "fleiss_kappa": (-1, 1),
    }
    for name, value in found.statistics():
        if isinstance(value, Undefined):
            assert value.reason.endswith(".")
        else:
            assert ranges[name][0] <= value <= ranges[name][1], name
            assert np.isfinite(value)


@given(st.lists(st.one_of(entry, st.floats(1, 5)), min_size=1, max_size=9))
def test_every_statistic_of_a_cell_is_what_its_definition_says(votes: list[float]) -> None:
    """Of a scale from 1 to 5; somebody who did not rate is as good as absent."""
    found, given = cells(votes), [vote for vote in votes if not math.isnan(vote)]
    expected: dict[str, float | None] = dict.fromkeys(
        ("mean", "median", "spread", "sd", "r_wg", "consensus")
    )
    if given:
        mean = statistics.fmean(given)
        expected["mean"], expected["median"] = mean, statistics.median(given)
        expected["spread"] = max(given) - min(given)
    if len(given) > 1:
        expected["sd"] = statistics.stdev(given)
        expected["r_wg"] = max(0.0, 1 - statistics.variance(given) / ((25 - 1) / 12))
        nearness = (math.log2(1 - abs(vote - mean) / 4) for vote in given)
        expected["consensus"] = max(0.0, 1 + sum(nearness) / len(given))
    for name, number in expected.items():
        value = getattr(found, name).at(0, 0)
        assert isinstance(value, Undefined) is (number is None), name
        assert number is None or value == pytest.approx(number, abs=1e-9), name
    assert found.n[0, 0] == len(given)


@given(tables(), st.integers(0, 1_000))
def test_the_order_of_items_and_raters_never_matters(ratings: Array, seed: int) -> None:
    random = np.random.default_rng(seed)
    shuffled = ratings[random.permutation(ratings.shape[0])]
    shuffled = shuffled[:, random.permutation(ratings.shape[1])]
    for (name, one), (_, other) in zip(
        rater_agreement(ratings).statistics(), rater_agreement(shuffled).statistics(), strict=True
    ):
        assert one == other or one == pytest.approx(other, abs=1e-9), name


@given(tables())
def test_items_and_raters_without_ratings_never_count(ratings: Array) -> None:
    items, raters = ratings.shape
    wider = np.full((items + 2, raters + 1), NOTHING)
    wider[1:-1, 1:] = ratings
    assert rater_agreement(wider) == rater_agreement(ratings)


@given(tables(level), st.floats(0.1, 100), st.floats(-50, 50))
def test_the_unit_of_the_ratings_does_not_matter(
    ratings: Array, factor: float, shift: float
) -> None:
    for (name, one), (_, other) in zip(
        rater_agreement(ratings).statistics(),
        rater_agreement(ratings * factor + shift).statistics(),
        strict=True,
    ):
        assert one == other or one == pytest.approx(other, abs=1e-9), name


def test_raters_who_say_the_same_agree_completely() -> None:
    found = rater_agreement(table([[1, 1, 1], [4, 4, 4], [2, 2, 2]]))
    assert {value for _, value in found.statistics()} == {1.0}


def test_kappa_and_one_way_icc_do_not_ask_who_rated() -> None:
    """As in Fleiss (1971) and Shrout & Fleiss (1979, case 1), each item has raters of its own."""
    spread = np.full((6, 24), NOTHING)
    for item, ratings in enumerate(SHROUT_AND_FLEISS):
        spread[item, 4 * item : 4 * item + 4] = ratings
    found, together = rater_agreement(spread), rater_agreement(table(SHROUT_AND_FLEISS))
    assert (found.even_items, found.complete_items) == (6, 0)
    assert isinstance(found.icc_a1, Undefined)
    for name in ("icc_1", "icc_k", "krippendorff_nominal", "fleiss_kappa"):
        assert getattr(found, name) == pytest.approx(getattr(together, name), abs=1e-12), name


@pytest.mark.parametrize(
    ("ratings_each", "even"),
    [([3, 3, 3, 2], 3), ([3, 2, 2, 2, 1], 3), ([3, 3, 2, 2, 2, 2, 2], 2), ([1, 1, 1], 0)],
)
def test_even_items_are_the_complete_ones_or_the_largest_set(
    ratings_each: list[int], even: int
) -> None:
    rows = [[1.0] * n + [NOTHING] * (3 - n) for n in ratings_each]
    assert rater_agreement(table(rows)).even_items == even


def test_words_have_only_the_statistics_of_names() -> None:
    found = rater_agreement(table(KRIPPENDORFF), words=True)
    plain = rater_agreement(table(KRIPPENDORFF))
    assert found.krippendorff_nominal == plain.krippendorff_nominal
    assert found.fleiss_kappa == plain.fleiss_kappa
    for name in ("kendall_w", "icc_1", "icc_a1", "krippendorff_ordinal", "krippendorff_interval"):
        assert "words" in getattr(found, name).reason


# ---------------------------------------------------------------- undefined


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ([[1], [2], [3]], dict.fromkeys(("kendall_w", "icc_a1", "krippendorff_ordinal"), "one")),
        ([[3, 3], [3, 3]], {"kendall_w": "same", "icc_ak": "equal", "krippendorff_interval": "eq"}),
        ([[1, 2]], {"kendall_w": "two items", "icc_a1": "two items"}),
        ([[1, NOTHING], [NOTHING, 2]], {"icc_a1": "two items", "krippendorff_ordinal": "No item"}),
        ([[NOTHING, NOTHING]], dict.fromkeys(("kendall_w", "krippendorff_interval"), "no ratings")),
        ([[1, 2], [2, 1]], {"icc_a1": "differ less", "icc_ak": "differ less"}),
        ([[1, 2], [2, 1]], {"icc_k": "differ less"}),
        ([[1, 2]], {"icc_1": "Fewer than two items", "icc_k": "equally often"}),
        ([[1, NOTHING], [NOTHING, 2]], {"fleiss_kappa": "equally often"}),
        ([[3, 3], [3, 3]], {"fleiss_kappa": "equal", "krippendorff_nominal": "equal"}),
    ],
)
def test_what_is_undefined_says_why(rows: list[list[float]], reasons: dict[str, str]) -> None:
    found = dict(rater_agreement(table(rows)).statistics())
    for name, reason in reasons.items():
        value = found[name]
        assert isinstance(value, Undefined)
        assert reason in value.reason


def test_constant_ratings_have_no_spread_however_they_are_rounded() -> None:
    found = cells([0.1 + 0.2 + 1] * 7)
    assert (found.sd.at(0, 0), found.spread.at(0, 0)) == (0.0, 0.0)
    assert (found.r_wg.at(0, 0), found.consensus.at(0, 0)) == (1.0, 1.0)


def test_cells_without_raters_or_levels_say_so() -> None:
    for votes, name, reason in (
        ([NOTHING], "mean", "Nobody"),
        ([NOTHING], "consensus", "Nobody"),
        ([3.0], "sd", "Only one"),
        ([3.0], "r_wg", "Only one"),
    ):
        value = getattr(cells(votes), name).at(0, 0)
        assert isinstance(value, Undefined)
        assert reason in value.reason
    of_a_number = cells([30.0, 80.0], high=101.0, levels=0)
    undefined = of_a_number.r_wg.at(0, 0)
    assert isinstance(undefined, Undefined)
    assert "no levels" in undefined.reason
    assert number(of_a_number.consensus.at(0, 0)) == pytest.approx(1 + np.log2(0.75), abs=1e-12)
    assert of_a_number.histogram[0][0].tolist() == [0, 0, 1, 0, 0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize("shape", [(0, 2, 3), (2, 0, 3), (2, 3, 0)])
def test_a_portfolio_without_ratings_is_no_fault(shape: tuple[int, int, int]) -> None:
    criteria = shape[1]
    found = agreement(
        Ratings(
            np.full(shape, NOTHING), np.ones(criteria), np.full(criteria, 5.0),
            np.full(criteria, 5),
        )
    )  # fmt: skip
    assert {type(value) for _, value in found.overall.statistics()} == {Undefined}
    assert len(found.criteria) == criteria
    assert found.cells.n.sum() == 0


def test_a_group_is_compared_on_shares_of_each_scale_and_on_each_criterion_alone() -> None:
    votes = np.array([[[1, 2], [0, 25]], [[5, 4], [100, 75]], [[3, 3], [50, NOTHING]]])
    found = agreement(
        Ratings(votes, np.array([1.0, 0.0]), np.array([5.0, 100.0]), np.array([5, 0]))
    )
    shares = table([[0, 0.25], [0, 0.25], [1, 0.75], [1, 0.75], [0.5, 0.5], [0.5, NOTHING]])
    assert found.overall == rater_agreement(shares)
    assert found.criteria[1] == rater_agreement(shares[[1, 3, 5]])
    assert found.criteria[1].complete_items == 2


# ---------------------------------------------------------------- input


def test_ratings_need_a_scale_for_every_criterion() -> None:
    votes = np.ones((2, 2, 2))
    with pytest.raises(InvalidInput):
        Ratings(votes, np.ones(1), np.full(2, 5.0), np.full(2, 5))
    with pytest.raises(InvalidInput):
        Ratings(votes, np.ones(2), np.array([5.0, 1.0]), np.full(2, 5))


def test_ratings_by_those_who_may_not_judge_are_taken_out() -> None:
    votes = np.arange(12.0).reshape(2, 2, 3)
    excluded = np.array([[True, False, False], [False, False, True]])
    left = without_excluded(votes, excluded)
    assert np.isnan(left[:, excluded]).all()
    assert np.array_equal(left[:, ~excluded], votes[:, ~excluded])
    assert np.isfinite(votes).all()
    with pytest.raises(InvalidInput):
        without_excluded(votes, excluded.T)


@pytest.mark.parametrize(
    ("agreed", "word"),
    [(1, "strong"), (0.8, "strong"), (0.79, "tentative"), (0.667, "tentative"), (0.66, "weak"),
     (-0.4, "weak")],
)  # fmt: skip
def test_agreement_in_a_word(agreed: float, word: str) -> None:
    assert Strength.of(agreed) == word
