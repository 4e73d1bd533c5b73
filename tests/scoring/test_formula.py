"""Formulas of one's own: reading, writing, values, ranges, and what is wrong with one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from openpyxl import Workbook

from scoper.errors import InvalidInput
from scoper.scoring.formula.nodes import Node, names_in, written
from scoper.scoring.formula.reading import read
from scoper.scoring.formula.stated import (
    Stated,
    formula_texts,
    parameters_text,
    read_parameters,
    read_tiers,
    restated,
    tier_of,
    tiers_text,
)
from scoper.scoring.formula.working import Unusable, span, straight, worked_out
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods import Method
from scoper.scoring.methods.own import check_names, own_method, starter
from scoper.terms import Dimension
from tests.exchange.spreadsheet import Sums
from tests.scoring.formulas import NAMES, NODES, plainly

SCALES = {"value": (1.0, 5.0), "cost": (0.0, 20.0)}
SPANS = {**SCALES, "value_norm": (0.0, 1.0), "cost_norm": (0.0, 1.0), "caution": (0.5, 4.0)}

points = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))


def at(point: tuple[float, float, float]) -> dict[str, float]:
    """Return a value for every name, each within its span."""
    value, cost, caution = point
    return {
        "value": 1 + 4 * value,
        "cost": 20 * cost,
        "value_norm": value,
        "cost_norm": cost,
        "caution": 0.5 + 3.5 * caution,
    }


def matrix(*rows: tuple[float, float]) -> Matrix:
    """Return use cases with their values on value and cost, from 0 to 1."""
    return Matrix(
        values=np.array(rows, dtype=np.float64),
        weights=np.array([1.0, 0.0]),
        dimensions=(Dimension.IMPACT, Dimension.RISK),
        keys=("value", "cost"),
        low=np.array([1.0, 0.0]),
        high=np.array([5.0, 20.0]),
        names=tuple("ABCDE"[: len(rows)]),
    )


def made(text: str, parameters: str = "", tiers: str = "") -> Method:
    """Return the method of a formula over value and cost."""
    stated = restated({}, {"text": text, "parameters": parameters, "tiers": tiers})
    check_names(stated, list(SCALES))
    return own_method(stated, SCALES)


@given(NODES)
def test_what_is_written_reads_as_the_same_formula(node: Node) -> None:
    assert read(written(node)) == node
    assert read(written(node, tight=True).lower()) == node


@given(NODES, points)
def test_its_value_is_that_of_plain_arithmetic(
    node: Node, point: tuple[float, float, float]
) -> None:
    values = at(point)
    expected = plainly(node, values)
    assume(math.isnan(expected) or abs(expected) < 1e200)
    try:
        found = worked_out(node, {name: np.array([v, v]) for name, v in values.items()})
    except Unusable:
        assert math.isnan(expected)
        return
    assert np.broadcast_to(found, (2,)).tolist() == [pytest.approx(expected, rel=1e-12)] * 2


@given(NODES, points)
def test_its_range_holds_every_value(node: Node, point: tuple[float, float, float]) -> None:
    try:
        value = float(worked_out(node, at(point)))
    except Unusable:
        return
    low, high = span(node, SPANS)
    slack = 1e-9 * max(1.0, abs(value))
    assert low - slack <= value <= high + slack


@given(NODES, points)
def test_where_it_is_called_a_sum_it_is_one(node: Node, point: tuple[float, float, float]) -> None:
    values = at(point)
    try:
        expected = float(worked_out(node, values))
        sides = straight(node, values, ("value", "cost_norm"))
    except Unusable:
        return
    if sides is not None:
        total = sides[0] + sum(slope * values[name] for name, slope in sides[1].items())
        assert total == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("value + 2 * cost_norm", 1, 7),
        ("value - value", 0, 0),
        ("value / (cost + 1)", 1 / 21, 5),
        ("(value_norm + 1) / (caution * cost_norm + 1)", 0.2, 2),
        ("sqrt(value * cost)", 0, 10),
        ("min(value, cost) - max(cost_norm, 0.5)", -1, 4.5),
        ("value / cost", 0.05, math.inf),
        ("-value / cost", -math.inf, -0.05),
        ("value * reach", 0, math.inf),
    ],
)
def test_ranges_by_hand(text: str, low: float, high: float) -> None:
    found = made(text, "caution = 1 from 0.5 to 4; reach = 2")
    assert (found.lowest, found.highest) == (pytest.approx(low), pytest.approx(high))


def test_ranges_in_words() -> None:
    assert made("value / cost").range == "0.05 and more"
    assert made("-value / cost").range == "−0.05 and less"
    assert made("(value - 3) / cost").range == "no finite end"
    assert made("value - cost").range == "−19 to 5"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("value +", "at its end: a number, a name or a “(” is missing here"),
        ("(value + 1", "column 1, at “(value + 1”: the parenthesis opened here is not closed"),
        ("value + 1) * 2", "column 10, at “) * 2”: no “(” stands before this"),
        ("value cost", "column 7, at “cost”: a sign is missing before this"),
        ("2 ** value", "column 4"),
        ("value ^ 2", "column 7, at “^ 2”: this is no part of a formula"),
        ("value.real", "column 6, at “.real”"),
        ("__import__('os')", "at “'os'"),
        ("exp(value)", "column 1, at “exp(value)”: there is no function “exp”"),
        ("min(value)", "column 1, at “min(value)”: min takes 2 to 20 arguments, not 1 argument"),
        ("sqrt(value, cost)", "sqrt takes one argument, not 2 arguments"),
        ("0,5 * value", "column 2, at “,5 * value”: a comma stands between"),
        ("(0,5) * value", "column 3, at “,5) * value”: a comma stands between"),
        ("1234567890123456 * value", "a number has 15 characters at most"),
        ("(" * 21 + "value" + ")" * 21, "column 21"),
        ("-" * 21 + "value", "column 21"),
        ("value" + " + 1" * 101, "100 signs and functions at most"),
        ("value" + " " * 1000 + "+ 1", "1,008 characters"),
        ("effort + value", "“effort” in the formula is neither a criterion nor a parameter"),
        ("caution + 1", "names no criterion"),
        ("value / (cost_norm - 2)", "“cost_norm - 2” is never above 0"),
        ("value / (1 - 1)", "“1 - 1” is never above 0"),
        ("sqrt(0 - value)", "“0 - value” is never 0 or more"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        made(text, "caution = 1 from 0.5 to 4")
    assert says in refused.value.message
    assert (refused.value.field, bool(refused.value.remedy)) == ("formula", True)


def test_signs_are_read_as_people_type_them() -> None:
    assert read("a × b · c ÷ d − e") == read("a * b * c / d - e")


def test_a_key_is_a_rating_and_with_norm_a_value_between_0_and_1() -> None:
    rows = matrix((0.5, 0.25), (1.0, 0.0))
    assert made("value + 100 * cost_norm").score(rows, {}).tolist() == [28.0, 5.0]
    assert made("value_norm + 100 * cost").score(rows, {}).tolist() == [500.5, 1.0]


def test_a_criterion_that_ends_in_norm_keeps_its_name() -> None:
    stated = Stated(text="fit_norm + fit")
    own = own_method(stated, {"fit": (1.0, 5.0), "fit_norm": (0.0, 9.0)})
    assert (own.criteria, own.lowest, own.highest) == (("fit_norm", "fit"), 1.0, 14.0)


def test_a_divisor_that_is_not_positive_names_use_case_and_criterion() -> None:
    own, rows = made("value / cost"), matrix((0.5, 0.25), (1.0, 0.0))
    with pytest.raises(InvalidInput, match="“cost” of “B” is 0; dividing by it gives") as refused:
        own.score(rows, {})
    assert refused.value.field == "cost"
    with pytest.raises(InvalidInput, match="“value - 4” of “A” is −1; its root gives no score"):
        made("sqrt(value - 4)").score(rows, {})


def test_what_is_not_rated_has_no_score_and_stops_nobody_else() -> None:
    own, rows = made("value / (cost + 1)"), matrix((0.5, np.nan), (1.0, 0.0))
    assert own.score(rows, {}).tolist() == [pytest.approx(np.nan, nan_ok=True), 5.0]
    assert own.counts(rows).tolist() == [True, True]


def test_contributions_and_what_does_not_depend_on_ratings_add_up() -> None:
    own = made("(value + caution * cost_norm) / (caution + 1) - 3", "caution = 2")
    rows, parameters = matrix((0.5, 0.25), (1.0, 0.5)), {"caution": 3.0}
    assert own.contributions is not None
    added = own.contributions(rows, parameters, 1)
    assert added.tolist() == [1.25, 0.375]
    assert own.besides is not None
    assert own.besides(rows, parameters, 1) == {"The same for all": -3.0}
    assert added.sum() - 3 == own.score(rows, parameters)[1]
    assert made("value / (cost + 1)").contributions is None
    assert made("value + sqrt(caution - 2)", "caution = 1").contributions is not None
    assert made("value * cost").contributions is None


def test_parameters_move_scores_along_lines_only_where_they_do() -> None:
    own = made("(value - caution * cost_norm) / (reach + 1)", "caution = 1; reach = 1")
    rows, now = matrix((0.5, 0.25), (1.0, 0.5)), {"caution": 1.0, "reach": 1.0}
    assert own.paths is not None
    ((name, path),) = own.paths(rows, now).items()
    assert name == "caution"
    assert path.at([0, 1], 3.0).tolist() == own.score(rows, {**now, "caution": 3.0}).tolist()


@given(NODES, points)
def test_a_spreadsheet_works_out_the_same(node: Node, point: tuple[float, float, float]) -> None:
    values = at(point)
    assume(any(name in NAMES[:4] for name in names_in(node)))
    text, stated = written(node), read_parameters("caution = 1 from 0.5 to 4")
    try:
        own = own_method(Stated(text=text, parameters=stated), SCALES)
    except InvalidInput:
        return
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    cells = dict(zip(NAMES, ("A1", "B1", "C1", "D1", "E1"), strict=True))
    for name, cell in cells.items():
        sheet[cell] = values[name]
    assert own.cells is not None
    formula = own.cells(lambda key: cells[key], lambda key: cells[f"{key}_norm"])
    sheet["F1"] = "=" + formula.replace("caution", cells["caution"])
    computed = Sums(book).at(sheet.title, 1, 6)
    expected = plainly(node, values)
    assert computed == ("" if math.isnan(expected) else pytest.approx(expected, rel=1e-9, abs=1e-9))


def test_parameters_and_tiers_are_read_as_they_are_written() -> None:
    text = "caution = 1.5 from 0.5 to 4; reach = −2 from −3"
    parameters = read_parameters(text)
    assert [(p.name, p.title, p.default, p.low, p.high) for p in parameters] == [
        ("caution", "Caution", 1.5, 0.5, 4.0),
        ("reach", "Reach", -2.0, -3.0, math.inf),
    ]
    assert read_parameters(parameters_text(parameters)) == parameters
    tiers = read_tiers("C, A from 3, Maybe B from -1.5")
    assert tiers_text(tiers) == "A from 3, Maybe B from -1.5, C"
    assert read_tiers(tiers_text(tiers)) == tiers
    assert [tier_of(tiers, s) for s in (3.0, 2.999, -1.5, -9)] == ["A", "Maybe B", "Maybe B", "C"]
    assert tier_of(tiers[:2], -9) == ""


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("parameters", "caution", "“caution” is no parameter"),
        ("parameters", "r1 = 2", "cannot be called “r1”"),
        ("parameters", "min = 2", "cannot be called “min”"),
        ("parameters", "value = 2", "has the name of something else"),
        ("parameters", "p_low = 0.2", "has the name of something else"),
        ("parameters", "reach = 2; reach = 3", "two parameters “reach”"),
        ("parameters", "reach = 2 from 4 to 3", "does not rise"),
        ("parameters", "reach = 9 from 1 to 3", "is too large"),
        ("parameters", "; ".join(f"reach_{n} = 1" for n in range(13)), "13 parameters"),
        ("tiers", "A from 3, A from 2", "the same name"),
        ("tiers", "A, B", "begin at the same score"),
        ("tiers", "<b> from 3", "“<b> from 3” is no tier"),
        ("tiers", ", ".join(f"T{n} from {n}" for n in range(10)), "10 tiers"),
    ],
)
def test_what_is_wrong_with_parameters_and_tiers(field: str, text: str, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        made("value", **{field: text})
    assert says in str(refused.value)


def test_a_stored_statement_comes_back() -> None:
    given = {"text": "value / k_1", "parameters": "k_1 = 2 from 1", "tiers": "A from 1, B"}
    stored = restated({}, given).stored()
    assert formula_texts(stored) == given
    assert Stated.of(stored).stored() == stored
    moved = restated(stored, {"parameters": "k_1 = 3 from 1 to 9"})
    assert (moved.text, moved.parameters[0].default, moved.parameters[0].high) == (
        "value / k_1",
        3.0,
        9.0,
    )


def test_a_first_formula_is_what_speaks_for_it_less_its_risks() -> None:
    keys = [("value", False), ("harm", True), ("fit", False), ("not-a-name", False)]
    assert starter(keys) == "value_norm + fit_norm - harm_norm"
    assert starter([("harm", True)]) == "- harm_norm"


@pytest.mark.parametrize(
    "stored",
    [
        {"tiers": "A"},
        {"text": 3},
        {"text": "value", "more": 1},
        {"text": "value", "tiers": 3},
        {"text": "value", "parameters": ["caution"]},
        {"text": "value", "parameters": {"caution": 1.5}},
        {"text": "value", "parameters": {"caution": {"default": 1, "low": "x"}}},
        {"text": "value", "parameters": {"caution": {}}},
    ],
)
def test_what_is_no_statement_is_refused_in_words(stored: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        Stated.of(stored)
