"""The risk matrix, what a mitigation leaves, and where register and ratings disagree, as tables."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from scoper.board import build_board
from scoper.errors import InvalidInput
from scoper.scoping.risks import View, compare, level, outlook, position, rated_risk
from scoper.snapshot import Risk
from scoper.terms import Dimension, RiskCategory, RiskLevel
from tests.support import criterion, portfolio_of

LOW, MODERATE, HIGH, EXTREME = RiskLevel
ORGANISATIONAL, DOMAIN, EXTERNAL = RiskCategory
GRADES = range(1, 6)

# AS/NZS 4360:1999, Table E3, from rare to almost certain
STANDARD = ["LLMHH", "LLMHE", "LMHEE", "MHHEE", "HHEEE"]
LETTERS = {"L": LOW, "M": MODERATE, "H": HIGH, "E": EXTREME}


def test_the_matrix_is_that_of_the_standard() -> None:
    for likelihood, severity in product(GRADES, GRADES):
        expected = LETTERS[STANDARD[likelihood - 1][severity - 1]]
        assert level(likelihood, severity) is expected


def test_no_risk_is_milder_when_it_is_likelier_or_worse() -> None:
    order = list(RiskLevel)
    for likelihood, severity in product(GRADES, range(1, 5)):
        here = order.index(level(likelihood, severity))
        assert order.index(level(likelihood, severity + 1)) >= here
        assert order.index(level(severity + 1, likelihood)) >= order.index(
            level(severity, likelihood)
        )


@pytest.mark.parametrize("grade", [0, 6, 2.5, True, None])
def test_grades_outside_the_scale_are_refused(grade: Any) -> None:
    for wrong in (lambda: level(grade, 3), lambda: level(3, grade), lambda: position(grade, 1)):
        with pytest.raises(InvalidInput, match="whole number from 1 to 5"):
            wrong()


@pytest.mark.parametrize("grade", GRADES)
def test_equal_grades_stand_where_that_rating_stands(grade: int) -> None:
    assert position(grade, grade) == pytest.approx((grade - 1) / 4, abs=1e-12)


# ---------------------------------------------------------------- register and ratings


def risk(likelihood: int | None, severity: int | None) -> Risk:
    return Risk(uuid4(), "It breaks", DOMAIN, likelihood, severity)


@pytest.mark.parametrize(
    ("graded", "rated", "view", "disagrees"),
    [
        ([], None, View.NOTHING, False),
        ([], 0.25, View.AGREE, False),
        ([], 0.26, View.NOT_REGISTERED, True),
        ([(None, 4)], 0.9, View.NOT_REGISTERED, True),
        ([(3, 3)], None, View.NOT_RATED, False),
        ([(3, 3)], 0.5, View.AGREE, False),
        ([(3, 3)], 0.75, View.AGREE, False),
        ([(3, 3)], 0.76, View.RATINGS_HIGHER, True),
        ([(3, 3)], 0.24, View.REGISTER_HIGHER, True),
        ([(1, 1), (5, 5)], 0.1, View.REGISTER_HIGHER, True),
        ([(1, 5)], 0.5, View.AGREE, False),
    ],
)
def test_register_and_ratings(
    graded: list[tuple[int | None, int | None]], rated: float | None, view: View, disagrees: bool
) -> None:
    other = replace(risk(5, 5), category=EXTERNAL)
    found = {c.category: c for c in compare([*(risk(*g) for g in graded), other], {DOMAIN: rated})}
    assert found[DOMAIN].view is view
    assert found[DOMAIN].disagrees is disagrees
    assert found[EXTERNAL].view is View.NOT_RATED
    assert found[ORGANISATIONAL].view is View.NOTHING
    assert "domain-specific" in found[DOMAIN].sentence


def test_the_sentence_names_the_worst_risk() -> None:
    (found,) = (c for c in compare([risk(4, 5)], {DOMAIN: 0.1}) if c.category is DOMAIN)
    assert found.sentence == (
        "The register sees more domain-specific risk than the raters: “It breaks” is graded "
        "higher than they rate."
    )


def test_rated_risk_is_the_weighted_mean_of_its_category() -> None:
    one, two = (criterion(k, Dimension.RISK, weight=w) for k, w in (("a", 3.0), ("b", 1.0)))
    ignored = criterion("c", Dimension.RISK, weight=0.0)
    other = criterion("d", Dimension.IMPACT)
    found = rated_risk([one, two, ignored, other], [1.0, 0.0, 0.9, 0.8])
    assert found == {ORGANISATIONAL: None, DOMAIN: 0.75, EXTERNAL: None}
    assert rated_risk([one, two], [None, 0.5])[DOMAIN] == 0.5


@pytest.mark.parametrize(
    ("grades", "words"),
    [
        ((None, None, None, None), "not graded"),
        ((3, None, None, None), "not graded"),
        ((3, 3, None, None), "high (likelihood 3, severity 3)"),
        (
            (4, 4, 1, 3),
            "extreme (likelihood 4, severity 4); "
            "moderate (likelihood 1, severity 3) once mitigated",
        ),
    ],
)
def test_a_risk_is_said_before_and_after_its_mitigation(
    grades: tuple[int | None, int | None, int | None, int | None], words: str
) -> None:
    before, after = grades[:2], grades[2:]
    risk = Risk(
        uuid4(), "R", likelihood=before[0], severity=before[1],
        residual_likelihood=after[0], residual_severity=after[1],
    )  # fmt: skip
    assert outlook(risk) == words


def test_the_board_compares_the_register_with_the_ratings_of_the_group() -> None:
    portfolio = portfolio_of(np.array([[[3.0], [3.0], [5.0]], [[3.0], [3.0], [np.nan]]]))
    first, second = portfolio.use_cases
    risk = Risk(uuid4(), "Wrong too often", DOMAIN, 1, 2)
    portfolio = replace(
        portfolio, use_cases=(replace(first, risks=(risk,)), replace(second, risks=(risk,)))
    )
    board = build_board(portfolio)
    assert [view.view for view in board.risk_views(first.id)] == [
        View.NOTHING, View.RATINGS_HIGHER, View.NOTHING,
    ]  # fmt: skip
    assert [view.view for view in board.risk_views(second.id)][1] is View.NOT_RATED
