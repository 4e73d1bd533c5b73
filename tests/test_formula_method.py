"""A portfolio scored by a formula of its own: everything works as with any other method."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from scoper.board import build_board, compare_methods
from scoper.commands import criteria, portfolios
from scoper.commands.rescue import rescue
from scoper.errors import InvalidInput
from scoper.exchange.documents import compose
from scoper.exchange.workbook import write_workbook
from scoper.exchange.workbook.ranking import AT, COLUMNS, FIRST
from scoper.library.copying import copy_to_own
from scoper.library.criteria import KIND
from scoper.library.registry import library, read_again
from scoper.queries import load_audit, load_board
from scoper.scoping.entry_facts import schemes
from scoper.store import Store
from tests.cli.conftest import Scoper, scoper
from tests.exchange.spreadsheet import Sums
from tests.support import add_person, add_use_case, count_steps, dump, rate

__all__ = ["scoper"]

TEXT = "(business_value_norm + reach) / (caution * error_harm_norm + 1)"
STATED = {
    "text": TEXT,
    "parameters": "caution = 1.5 from 0.5 to 4",
    "tiers": "A from 3, B from 2, C",
}
pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported:UserWarning")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path / "home"))


@pytest.fixture
def path(sample_store: Store) -> Path:
    """Return a portfolio that a formula of its own scores, with another value than its default."""
    portfolios.set_scoring(sample_store, formula=STATED, parameters={"caution": 2.5})
    return sample_store.path


def test_the_ranking_is_by_the_formula(path: Path, sample_store: Store, scoper: Scoper) -> None:
    ranked = scoper("rank", path, "--json").json
    assert (ranked["method"], ranked["parameters"]) == ("formula", {"caution": 2.5})
    board = load_board(sample_store)
    rows, keys = board.matrix.values, list(board.matrix.keys)
    value, reach, harm = (rows[:, keys.index(k)] for k in ("business_value", "reach", "error_harm"))
    by_hand = (value + 1 + 4 * reach) / (2.5 * harm + 1)
    for found in ranked["use_cases"]:
        row = next(n for n, u in enumerate(board.use_cases) if u.key == found["key"])
        assert found["score"] == pytest.approx(by_hand[row])
        assert found["tier"] == ("A" if by_hand[row] >= 3 else "B" if by_hand[row] >= 2 else "C")
    assert f"({ranked['use_cases'][0]['tier']})" in scoper("rank", path).out.splitlines()[0]


def test_all_of_it_is_set_from_the_command_line(sample_store: Store, scoper: Scoper) -> None:
    file = sample_store.path
    steps = count_steps(sample_store)
    said = scoper(
        "set", file, "--formula", TEXT, "--formula-parameters", STATED["parameters"],
        "--tiers", STATED["tiers"], "--parameter", "caution=2,5",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    assert f"S = {TEXT}; 0.2 to 6" in said.out
    assert count_steps(sample_store) == steps + 1
    assert scoper("rank", file, "--json").json["parameters"] == {"caution": 2.5}
    after = dump(sample_store)
    refused = scoper("set", file, "--formula", "reach / (cost")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "column 9, at “(cost”" in refused.err
    assert dump(sample_store) == after


def test_what_changes_is_in_the_history_and_undone(path: Path, sample_store: Store) -> None:
    portfolios.set_formula(sample_store, field="text", value="reach + business_value")
    newest = load_audit(sample_store)[0]
    assert (newest.field, newest.old, newest.new) == (
        "formula.text",
        TEXT,
        "reach + business_value",
    )
    portfolios.set_formula(sample_store, field="tiers", value="")
    assert load_board(sample_store).ranked[0].tier == ""
    sample_store.undo()
    sample_store.undo()
    board = load_board(sample_store)
    assert (board.method.formula, board.parameters) == (f"S = {TEXT}", {"caution": 2.5})
    sample_store.undo()
    board = load_board(sample_store)
    assert (board.method.id, board.portfolio.formula) == ("balanced", {})


def test_a_parameter_that_is_stated_anew_falls_back_where_it_must(sample_store: Store) -> None:
    portfolios.set_scoring(sample_store, formula=STATED, parameters={"caution": 2.5})
    portfolios.set_formula(sample_store, field="parameters", value="caution = 1 from 0 to 2")
    assert load_board(sample_store).parameters == {"caution": 1.0}
    with pytest.raises(InvalidInput, match="“caution” in the formula is neither"):
        portfolios.set_formula(sample_store, field="parameters", value="")
    sample_store.undo()
    assert load_board(sample_store).parameters == {"caution": 2.5}


def test_choosing_it_starts_with_a_formula_of_all_criteria(sample_store: Store) -> None:
    portfolios.set_field(sample_store, field="method", value="formula")
    board = load_board(sample_store)
    assert board.method.formula.startswith("S = business_value_norm + reach_norm + strategic_fit")
    assert board.method.formula.endswith("- error_harm_norm - external_dependence_norm")
    assert board.method.range == "−3 to 6"
    sample_store.undo()
    assert load_board(sample_store).portfolio.formula == {}


def test_a_criterion_that_it_names_cannot_be_removed_unnoticed(
    path: Path, sample_store: Store
) -> None:
    reach = next(c for c in load_board(sample_store).portfolio.criteria if c.key == "reach")
    criteria.remove(sample_store, criterion_id=reach.id)
    board = load_board(sample_store)
    assert "needs the criteria" in board.problem
    assert "reach is missing. Change the formula" in board.problem
    assert "formula" in compare_methods(board).refused


def test_it_is_compared_and_asked_what_if(path: Path, sample_store: Store, scoper: Scoper) -> None:
    board = load_board(sample_store)
    assert compare_methods(board).boards["formula"].ranking.rank.tolist() == (
        board.ranking.rank.tolist()
    )
    other = board.what_if(parameters={"caution": 0.5})
    assert other.ranking.scores.score.tolist() != board.ranking.scores.score.tolist()
    portfolios.set_field(sample_store, field="method", value="weighted_sum")
    again = scoper("rank", path, "--method", "formula", "--json").json
    assert (again["method"], again["parameters"]) == ("formula", {"caution": 2.5})


def test_robustness_draws_its_parameters(path: Path, scoper: Scoper) -> None:
    asked = ("robustness", path, "--draws", "60", "--json", "--parameter", "caution=0.5..4")
    found = scoper(*asked).json
    assert found["parameters"] == {"caution": [0.5, 4.0]}
    assert sum(len(use_case["acceptability"]) for use_case in found["use_cases"]) > 12
    assert "range" in scoper("robustness", path, "--parameter", "caution=0..4").err


def test_sensitivity_solves_for_what_is_straight(sample_store: Store, scoper: Scoper) -> None:
    stated = {"text": "business_value + caution * reach", "parameters": "caution = 1 from 0 to 4"}
    portfolios.set_scoring(sample_store, formula=stated)
    (found,) = scoper("sensitivity", sample_store.path, "--json").json["parameters"]
    low, high = found["leader"]["low"], found["leader"]["high"]
    board = load_board(sample_store)
    leader = board.ranked[0].use_case.key
    assert low < 1 < high
    for value, stays in ((low + 1e-6, True), (high - 1e-6, True), (high + 1e-6, False)):
        if 0 <= value <= 4:
            first = board.what_if(parameters={"caution": value}).ranked[0].use_case.key
            assert (first == leader) is stays


def test_the_workbook_works_it_out_with_tiers(path: Path, sample_store: Store) -> None:
    board = load_board(sample_store)
    sums = Sums.of(write_workbook(board, path.with_name("ranking.xlsx")))
    (place,) = (p for _, p in sums.book.defined_names["caution"].destinations)
    assert sums.book["Ranking"][place].value == 2.5
    sums.book["Ranking"][place].value = 0.75
    sums.book["Scores"].cell(7, 9).value = 2.0
    assert sums.book["Ranking"].cell(FIRST, len(COLUMNS) + 1).value == "Tier"
    changed = board.portfolio.ratings.copy()
    changed[:, :, :] = np.nan
    low = np.array([c.low for c in board.portfolio.criteria])
    span = np.array([c.high - c.low for c in board.portfolio.criteria])
    changed[:, :, 0] = low + board.matrix.values * span
    number = int(sums.book["Scores"].cell(7, 1).value)
    changed[number - 1, 0, 0] = 2.0
    (person, *_) = board.portfolio.participants
    one = replace(
        board.portfolio,
        ratings=changed,
        abstained=np.zeros(changed.shape, dtype=np.bool_),
        participants=(replace(person, weight=1.0),),
        exclusions=frozenset(),
    )
    one = replace(one, ratings=changed[:, :, :1], abstained=one.abstained[:, :, :1])
    expected = build_board(one).what_if(parameters={"caution": 0.75})
    for row in sums.rows("Ranking", FIRST + 1, len(COLUMNS) + 1):
        standing = expected.standing_at(int(row[AT["number"]]) - 1)
        assert row[AT["score"]] == pytest.approx(standing.score, abs=1e-9)
        assert (row[AT["rank"]], row[-1]) == (standing.rank, standing.tier)


def test_the_workbook_tells_what_it_is(path: Path, sample_store: Store) -> None:
    book = openpyxl.load_workbook(
        write_workbook(load_board(sample_store), path.with_name("ranking.xlsx"))
    )
    told = {row[0]: row[1] for row in book["Method"].iter_rows(values_only=True)}
    assert told["Tiers"] == STATED["tiers"]
    assert told["Range"] == "0.2 to 6, more is better"


def test_documents_say_score_tier_and_formula(path: Path, sample_store: Store) -> None:
    board = load_board(sample_store)
    text = compose(board, board.ranked[0].use_case.id, "prfaq").markdown
    assert f"(tier {board.ranked[0].tier}) by Formula of your own" in text
    assert "with Caution = 2.5" in text


def test_what_is_rescued_keeps_it(path: Path, sample_store: Store) -> None:
    board, copy = load_board(sample_store), path.with_name("copy.scoper")
    rescue(board.portfolio, copy, "Tester")
    with Store.open(copy, "Tester") as store:
        found = load_board(store)
    assert found.portfolio.formula == board.portfolio.formula
    assert found.ranking.scores.score.tolist() == board.ranking.scores.score.tolist()


def test_a_scheme_may_state_it(store: Store, scoper: Scoper) -> None:
    portfolios.apply_scheme(store, scheme_id="wiegers")
    person, use_case = add_person(store), add_use_case(store)
    for key, rating in (("benefit", 4.0), ("penalty", 2.0), ("cost", 3.0), ("difficulty", 2.0)):
        rate(store, use_case, person, rating, criterion_key=key)
    board = load_board(store)
    assert board.standing(use_case).score == pytest.approx((2 * 4 + 2) / (3 + 0.5 * 2))
    assert board.method.title == "Value over cost and risk"
    (entry,) = [e for e in schemes(library()) if e.id == "wiegers"]
    assert ("Formula", board.method.formula) in entry.facts
    portfolios.apply_scheme(store, scheme_id="rice", drop_ratings=True)
    assert load_board(store).portfolio.formula == {}


def test_a_file_needs_no_pack(store: Store) -> None:
    """What a scheme states belongs to the portfolio once it is applied."""
    own = copy_to_own(library(), KIND, "wiegers").path
    text = own.read_text(encoding="utf-8").replace('"wiegers"', '"ours"')
    own.with_name("ours.toml").write_text(text.replace("0.5", "0.75"), encoding="utf-8")
    read_again()
    portfolios.apply_scheme(store, scheme_id="ours")
    own.with_name("ours.toml").unlink()
    read_again()
    assert load_board(store).parameters["risk_weight"] == 0.75


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("cost_weight * cost", "cost_weight * costs", "“costs” in the formula is neither"),
        ("cost_weight * cost", "cost_weight * cost)", "cannot be read at column"),
        ('method = "formula"', 'method = "wsjf"', "stated for the method “formula”"),
        ("default = 0.5", "default = 9", "is too large"),
    ],
)
def test_a_scheme_that_states_it_wrongly_is_left_out(before: str, after: str, says: str) -> None:
    own = copy_to_own(library(), KIND, "wiegers").path
    text = own.read_text(encoding="utf-8")
    assert before in text
    own.write_text(text.replace(before, after), encoding="utf-8")
    read_again()
    assert says in json.dumps([str(p) for p in library().problems], ensure_ascii=False)
