"""Commands on the portfolio itself."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from scoper.commands import criteria, portfolios, samples
from scoper.errors import Conflict, InvalidInput, NotFound
from scoper.library import criteria_scheme, default_roles
from scoper.model import PortfolioRow
from scoper.queries import load_board
from scoper.store import Store
from scoper.terms import Aggregation, Dimension
from tests.commands.refusals import refused
from tests.support import OFF, ON, add_person, add_use_case, dump, rate

NaN = float("nan")


# ---------------------------------------------------------------- making


def test_a_new_portfolio_starts_with_criteria_anchors_and_roles(store: Store) -> None:
    board = load_board(store)
    scheme = criteria_scheme()
    assert [c.key for c in board.portfolio.criteria] == [c.key for c in scheme.criteria]
    assert [r.title for r in board.portfolio.roles] == [r.title for r in default_roles()]
    for criterion, spec in zip(board.portfolio.criteria, scheme.criteria, strict=True):
        assert dict(criterion.anchors) == spec.anchors
        assert criterion.weight == spec.weight
    assert {c.dimension for c in board.portfolio.criteria} == set(Dimension)
    assert (board.portfolio.currency, board.portfolio.method) == ("EUR", "balanced")
    assert board.use_cases == ()


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", {"title": " "}),
        ("title", {"title": "x" * 10_000}),
        ("currency", {"title": "T", "currency": "EURO"}),
        ("currency", {"title": "T", "currency": ""}),
        ("organisation", {"title": "T", "organisation": "x" * 301}),
    ],
)
def test_a_portfolio_that_cannot_be_made_leaves_the_file_empty(
    tmp_path: Path, field: str, values: dict[str, str]
) -> None:
    with Store.create(tmp_path / "new.scoper", "Tester") as empty:
        refused(empty, lambda: portfolios.create(empty, **values), field=field)
        assert all(rows == {} for rows in dump(empty).values())


# ---------------------------------------------------------------- the sample


def test_the_sample_is_complete_enough_to_show_everything(sample_store: Store) -> None:
    board = load_board(sample_store)
    assert board.problem == ""
    assert board.clipped == 0
    assert sum(s.rank is not None for s in board.ranked) >= 3
    assert sample_store.problems() == []
    assert sample_store.history().undo is None


def test_the_sample_goes_only_into_an_empty_file(store: Store) -> None:
    before = dump(store)
    with pytest.raises(InvalidInput, match="already"):
        samples.create_sample(store)
    assert dump(store) == before


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("field", "entered", "kept"),
    [
        ("title", " AI\nportfolio ", "AI portfolio"),
        ("organisation", "", ""),
        ("currency", "CHF", "CHF"),
        ("aggregation", "median", Aggregation.MEDIAN),
        ("method", "balanced", "balanced"),
    ],
)
def test_a_setting_is_kept(store: Store, field: str, entered: object, kept: object) -> None:
    portfolios.set_field(store, field=field, value=entered)
    assert getattr(load_board(store).portfolio, field) == kept


@pytest.mark.parametrize(
    ("field", "entered", "says"),
    [
        ("title", "", "must not be empty"),
        ("title", "x" * 10_000, "300"),
        ("currency", "€", "at least 3 characters"),
        ("method", "astrology", "balanced"),
        ("aggregation", "mode", "'mean'"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused(
    store: Store, field: str, entered: object, says: str
) -> None:
    error = refused(
        store, lambda: portfolios.set_field(store, field=field, value=entered), field=field
    )
    assert says in str(error)


def test_an_unknown_setting_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput, match="colour"):
        portfolios.set_field(store, field="colour", value="red")


# ---------------------------------------------------------------- weights and parameters


@pytest.mark.parametrize(
    ("name", "entered", "kept"),
    [
        ("risk_aversion", "2.5", 2.5),
        ("risk_aversion", 0, 0.0),
        ("p_low", 0.9, 0.9),
        ("p_high", 1, 1.0),
    ],
)
def test_a_parameter_is_kept(store: Store, name: str, entered: object, kept: float) -> None:
    before = dict(load_board(store).parameters)
    changes = portfolios.set_parameter(store, name=name, value=entered)
    assert load_board(store).parameters == before | {name: kept}
    assert changes.label.startswith("Change “")


@pytest.mark.parametrize(
    ("name", "entered", "says"),
    [
        ("risk_aversion", -1, "0 or more"),
        ("risk_aversion", NaN, "number"),
        ("risk_aversion", "high", "number"),
        ("risk_aversion", None, "number"),
        ("risk_aversion", True, "number"),
        ("risk_aversion", 1_000_001, "1,000,000 or less"),
        ("risk_aversion", float("inf"), "1,000,000 or less"),
        ("p_low", -0.1, "0 to 1"),
        ("p_low", 0.95, "lowest"),
        ("p_high", 1.1, "0 to 1"),
        ("theta", 1, "risk_aversion, p_low, p_high, enough_impact, stake"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(
    store: Store, name: str, entered: object, says: str
) -> None:
    error = refused(
        store, lambda: portfolios.set_parameter(store, name=name, value=entered), field=name
    )
    assert says in str(error)


def test_each_method_keeps_its_parameters_while_another_one_scores(store: Store) -> None:
    portfolios.set_parameter(store, name="risk_aversion", value=2.5)
    portfolios.set_field(store, field="method", value="weighted_sum")
    assert load_board(store).parameters == {}
    portfolios.set_parameter(store, name="p_low", value=0.2, method_id="balanced")
    assert load_board(store).chances["p_low"] == 0.2
    with pytest.raises(InvalidInput, match="no parameter"):
        portfolios.set_parameter(store, name="p_low", value=0.2)
    portfolios.set_field(store, field="method", value="balanced")
    assert load_board(store).parameters == {"risk_aversion": 2.5, "p_low": 0.2, "p_high": 0.9} | ON


def test_a_new_portfolio_states_the_terms_and_a_file_that_does_not_has_them_off(
    tmp_path: Path,
) -> None:
    """Also where another method scores first, and where a file knows parameters without them."""
    for scheme in ("balanced", "rice"):
        with Store.create(tmp_path / f"{scheme}.scoper", "Ada") as made:
            portfolios.create(made, title="New", scheme_id=scheme)
            assert dict(load_board(made).chances).items() >= ON.items()
            with made.write("As older files", undoable=False) as unit:
                (row,) = unit.find(PortfolioRow)
                older = {"balanced": {"risk_aversion": 2.0, "p_low": 0.1, "p_high": 0.9}}
                unit.update(PortfolioRow, row.id, parameters=older)
            assert load_board(made).chances == older["balanced"] | OFF
            portfolios.set_parameter(made, name="stake", value=0.3, method_id="balanced")
            chances = load_board(made).chances
            assert (chances["stake"], chances["enough_impact"]) == (0.3, 0)


def test_the_method_its_parameters_and_weights_change_as_one_step(store: Store) -> None:
    portfolios.set_field(store, field="method", value="weighted_sum")
    before = dump(store)
    first = load_board(store).portfolio.criteria[0]
    changes = portfolios.set_scoring(
        store, method_id="balanced", parameters={"p_low": 0.2}, weights={first.id: 7}
    )
    board = load_board(store)
    assert (board.method.id, board.parameters["p_low"]) == ("balanced", 0.2)
    assert board.portfolio.criteria[0].weight == 7
    assert changes.label == "Change method, weights and parameters"
    store.undo()
    assert dump(store) == before


def test_a_method_that_cannot_score_the_criteria_is_not_set(store: Store) -> None:
    error = refused(store, lambda: portfolios.set_scoring(store, method_id="rice"), field="method")
    assert "reach" in str(error)


def test_weights_and_parameters_change_together_as_one_step(store: Store) -> None:
    before = dump(store)
    first, second, *_ = load_board(store).portfolio.criteria
    portfolios.set_scoring(
        store,
        parameters={"risk_aversion": 2, "p_low": 0.2, "p_high": 0.8},
        weights={first.id: 1, second.id: 2.5},
    )
    board = load_board(store)
    assert board.parameters == {"risk_aversion": 2.0, "p_low": 0.2, "p_high": 0.8} | ON
    assert [c.weight for c in board.portfolio.criteria[:2]] == [1.0, 2.5]
    store.undo()
    assert dump(store) == before


def test_both_ends_of_the_likelihood_can_move_past_the_old_ones(store: Store) -> None:
    portfolios.set_scoring(store, parameters={"p_low": 0.92, "p_high": 0.95})
    assert load_board(store).parameters["p_low"] == 0.92


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("risk_aversion", {"risk_aversion": NaN}),
        ("risk_aversion", {"risk_aversion": -1}),
        ("p_low", {"p_low": 0.5, "p_high": 0.4}),
        ("p_low", {"p_high": 0.05}),
        ("p_high", {"p_high": 2}),
    ],
)
def test_parameters_out_of_range_change_nothing(
    store: Store, field: str, values: dict[str, float]
) -> None:
    weights = {load_board(store).portfolio.criteria[0].id: 1.0}
    refused(
        store,
        lambda: portfolios.set_scoring(store, weights=weights, parameters=values),
        field=field,
    )


@pytest.mark.parametrize("weight", [-1, NaN, float("inf"), 1e7, "heavy", None])
def test_a_weight_out_of_range_changes_nothing(store: Store, weight: float) -> None:
    first, second, *_ = load_board(store).portfolio.criteria
    weights = {first.id: 1.0, second.id: weight}
    refused(
        store, lambda: portfolios.set_scoring(
            store, parameters={"risk_aversion": 3}, weights=weights
        ),
        field="weight",
    )  # fmt: skip


@pytest.mark.parametrize("dimension", list(Dimension))
def test_all_weights_of_a_dimension_cannot_be_zero(store: Store, dimension: Dimension) -> None:
    criteria = [c for c in load_board(store).portfolio.criteria if c.dimension is dimension]
    error = refused(
        store,
        lambda: portfolios.set_scoring(store, weights={c.id: 0 for c in criteria}),
        field="weight",
    )
    assert dimension.label.lower() in error.message
    portfolios.set_scoring(store, weights={c.id: 0 for c in criteria[1:]})
    assert load_board(store).problem == ""


def test_an_unknown_criterion_changes_nothing(store: Store) -> None:
    before = dump(store)
    first = load_board(store).portfolio.criteria[0]
    with pytest.raises(NotFound):
        portfolios.set_scoring(store, weights={first.id: 1, uuid4(): 1})
    assert dump(store) == before


def test_a_changed_weight_changes_the_score(store: Store) -> None:
    use_case_id, person = add_use_case(store), add_person(store)
    rate(store, use_case_id, person, 3.0)
    rate(store, use_case_id, person, 5.0, criterion_key="reach")
    before = load_board(store).standing(use_case_id).score
    reach = next(c for c in load_board(store).portfolio.criteria if c.key == "reach")
    portfolios.set_scoring(store, weights={reach.id: reach.weight * 2})
    after = load_board(store).standing(use_case_id).score
    assert before is not None
    assert after is not None
    assert after > before


def test_what_was_tried_leaves_alone_what_was_not_moved(store: Store) -> None:
    before = load_board(store).portfolio
    mine, theirs = before.criteria[0], before.criteria[1]
    criteria.set_field(store, criterion_id=theirs.id, field="weight", value=0.25)
    portfolios.apply_moves(
        store,
        method_id=before.method,
        parameters={"risk_aversion": (1.0, 2.0)},
        weights={mine.id: (mine.weight, 0.5)},
    )
    after = load_board(store)
    assert [criterion.weight for criterion in after.portfolio.criteria[:2]] == [0.5, 0.25]
    assert after.parameters["risk_aversion"] == 2.0


def test_what_was_tried_is_not_applied_to_what_others_have_changed(store: Store) -> None:
    portfolio = load_board(store).portfolio
    weighed = portfolio.criteria[0]
    tried = {"method_id": portfolio.method, "parameters": {}}
    criteria.set_field(store, criterion_id=weighed.id, field="weight", value=0.25)
    before = dump(store)
    with pytest.raises(Conflict, match=f"Weight of {weighed.title}.* was changed elsewhere"):
        portfolios.apply_moves(store, weights={weighed.id: (weighed.weight, 0.5)}, **tried)
    portfolios.set_parameter(store, name="risk_aversion", value=3.0)
    changed = dump(store)
    with pytest.raises(Conflict, match="was changed elsewhere"):
        portfolios.apply_moves(
            store, weights={}, **(tried | {"parameters": {"risk_aversion": (1.0, 2.0)}})
        )
    assert before != changed == dump(store)


def test_what_was_tried_with_another_method_is_refused_by_name(store: Store) -> None:
    portfolio = load_board(store).portfolio
    weighed = portfolio.criteria[0]
    portfolios.set_field(store, field="method", value="weighted_sum")
    before = dump(store)
    with pytest.raises(Conflict, match="scores by now: this was tried with"):
        portfolios.apply_moves(
            store,
            method_id=portfolio.method,
            parameters={},
            weights={weighed.id: (weighed.weight, 0.5)},
        )
    assert dump(store) == before
