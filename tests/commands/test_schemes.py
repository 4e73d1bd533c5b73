"""Criteria schemes: what they bring, and replacing criteria as one step."""

from __future__ import annotations

import pytest

from scoper.commands import criteria, portfolios
from scoper.errors import InvalidInput
from scoper.library import criteria_scheme, criteria_scheme_ids
from scoper.queries import load_board
from scoper.scoring.methods import METHODS
from scoper.store import Store
from tests.support import add_person, add_use_case, count_steps, dump, rate

SCHEMES = criteria_scheme_ids()


def test_every_method_with_criteria_of_its_own_has_a_scheme() -> None:
    assert {m.id for m in METHODS.values() if m.criteria} <= set(SCHEMES)


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_a_scheme_writes_down_what_every_level_means(scheme_id: str) -> None:
    scheme = criteria_scheme(scheme_id)
    assert scheme.id == scheme_id
    for criterion in scheme.criteria:
        assert criterion.question.endswith((".", "?"))
        if criterion.levels:
            assert len(set(criterion.anchors.values())) == len(criterion.levels)
        else:
            assert criterion.unit


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_use_cases_rated_on_a_scheme_are_ranked_by_its_method(store: Store, scheme_id: str) -> None:
    portfolios.apply_scheme(store, scheme_id=scheme_id)
    person = add_person(store)
    best, worst = add_use_case(store), add_use_case(store, "Churn alerts")
    for criterion in load_board(store).portfolio.criteria:
        falling = criterion.dimension == "risk"
        ends = (criterion.low, criterion.high) if falling else (criterion.high, criterion.low)
        for use_case_id, entry in zip((best, worst), ends, strict=True):
            rate(store, use_case_id, person, entry, criterion_key=criterion.key)
    board = load_board(store)
    assert board.method.id == criteria_scheme(scheme_id).method
    assert board.problem == ""
    assert [board.standing(u).rank for u in (best, worst)] == [1, 2]


def test_replacing_criteria_is_one_step_that_undo_takes_back(store: Store) -> None:
    rate(store, add_use_case(store), add_person(store), 3.0)
    before, steps = dump(store), count_steps(store)
    changes = portfolios.apply_scheme(store, scheme_id="wsjf", drop_ratings=True)
    assert {"criterion", "rating", "portfolio"} <= changes.entities
    assert changes.label.endswith(", dropping 9 ratings")
    assert count_steps(store) == steps + 1
    after = load_board(store)
    assert [c.key for c in after.portfolio.criteria] == list(METHODS["wsjf"].criteria)
    assert [level for level, _ in after.portfolio.criteria[0].anchors] == [1, 2, 3, 5, 8, 13, 20]
    store.undo()
    assert dump(store) == before
    store.redo()
    assert load_board(store).method.id == "wsjf"


def test_ratings_are_not_lost_unless_told(store: Store) -> None:
    rate(store, add_use_case(store), add_person(store), 3.0)
    before = dump(store)
    with pytest.raises(InvalidInput, match="9 ratings on the present criteria would be lost"):
        portfolios.apply_scheme(store, scheme_id="rice")
    assert dump(store) == before


def test_an_unknown_scheme_is_refused_with_those_there_are(store: Store) -> None:
    before = dump(store)
    for scheme_id in ("astrology", "../roles", ""):
        with pytest.raises(InvalidInput, match="Choose one of: balanced, bxt, ice, rice"):
            portfolios.apply_scheme(store, scheme_id=scheme_id)
    assert dump(store) == before


def test_a_method_whose_criteria_are_missing_cannot_be_chosen(store: Store) -> None:
    with pytest.raises(InvalidInput, match="needs the criteria value and effort"):
        portfolios.set_field(store, field="method", value="value_effort")
    portfolios.set_field(store, field="method", value="topsis")
    assert load_board(store).method.id == "topsis"


def test_weights_must_leave_the_method_something_to_score(store: Store) -> None:
    portfolios.set_field(store, field="method", value="weighted_sum")
    ids = [c.id for c in load_board(store).portfolio.criteria]
    for criterion_id in ids[:-1]:
        criteria.set_field(store, criterion_id=criterion_id, field="weight", value=0)
    with pytest.raises(InvalidInput, match="All weights are 0"):
        criteria.set_field(store, criterion_id=ids[-1], field="weight", value=0)
