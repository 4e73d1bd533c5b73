"""A method with a parameter of its own is one new file: everything reads what it states."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from scoper.board import ActsOn
from scoper.commands import portfolios
from scoper.exchange.documents import compose
from scoper.exchange.documents.standing import standing_facts
from scoper.library.copying import copy_to_own
from scoper.library.criteria import KIND
from scoper.library.registry import library, read_again
from scoper.queries import load_audit, load_board
from scoper.scoping.entry_facts import schemes
from scoper.scoping.forms import label_of
from scoper.store import Store
from tests.cli.conftest import Scoper, scoper
from tests.own_method import careful, careful_net

__all__ = ["careful", "careful_net", "scoper"]

CAREFUL_NET = pytest.mark.usefixtures("careful_net")
CAREFUL = pytest.mark.usefixtures("careful")
pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def path(sample_store: Store) -> Path:
    """Return a portfolio that the method scores, with another value than its default."""
    portfolios.set_scoring(sample_store, method_id="careful", parameters={"caution": 2.5})
    return sample_store.path


@CAREFUL
def test_the_ranking_is_by_the_parameter_and_says_so(path: Path, scoper: Scoper) -> None:
    ranked = scoper("rank", path, "--json").json
    assert (ranked["method"], ranked["parameters"]) == ("careful", {"caution": 2.5})
    assert scoper("set", path, "--parameter", "caution=0,5").code == 0
    again = scoper("rank", path, "--json").json
    assert again["parameters"] == {"caution": 0.5}
    assert [u["key"] for u in again["use_cases"]] != [u["key"] for u in ranked["use_cases"]]


@CAREFUL
def test_its_range_holds_everywhere(path: Path, scoper: Scoper) -> None:
    before = scoper("rank", path, "--json").out
    for value, says in (("0.4", "0.5 to 4"), ("4.1", "0.5 to 4"), ("much", "is not a number")):
        said = scoper("set", path, "--parameter", f"caution={value}")
        assert (said.code, said.err.count("\n")) == (2, 1)
        assert "“Caution κ”" in said.err
        assert says in said.err
    assert "There is no parameter" in scoper("set", path, "--parameter", "p_low=0.2").err
    assert scoper("rank", path, "--json").out == before


@CAREFUL
def test_it_is_stored_in_the_history_and_undone(path: Path, sample_store: Store) -> None:
    portfolios.set_parameter(sample_store, name="caution", value=3)
    newest = load_audit(sample_store)[0]
    assert (newest.field, newest.old, newest.new) == ("parameters.careful.caution", "2.5", "3.0")
    assert newest.action == "Change “Caution κ”"
    assert label_of(newest.entity, newest.field) == "Caution κ"
    sample_store.undo()
    assert load_board(sample_store).parameters == {"caution": 2.5}
    sample_store.undo()
    board = load_board(sample_store)
    assert (board.method.id, board.portfolio.parameters.get("careful")) == ("balanced", None)


@CAREFUL
def test_robustness_draws_it(path: Path, scoper: Scoper) -> None:
    asked = ("robustness", path, "--draws", "60", "--json", "--weights", "around:0.01")
    fixed, drawn = (scoper(*asked, *more).json for more in ((), ("--parameter", "caution=0.5..4")))
    assert (fixed["parameters"], drawn["parameters"]) == ({}, {"caution": [0.5, 4.0]})
    spread, still = (
        sum(len(use_case["acceptability"]) for use_case in found["use_cases"])
        for found in (drawn, fixed)
    )
    assert spread > still
    assert "range" in scoper("robustness", path, "--parameter", "caution=0..4").err


@CAREFUL
def test_sensitivity_solves_for_it(path: Path, scoper: Scoper) -> None:
    def first_eight() -> set[str]:
        return {u["key"] for u in scoper("rank", path, "--json").json["use_cases"][:8]}

    (found,) = scoper("sensitivity", path, "--json", "--top", "8").json["parameters"]
    assert (found["parameter"], found["current"]) == ("caution", 2.5)
    low, high, group = found["top"]["low"], found["top"]["high"], first_eight()
    ends = [(low + 1e-6, True), (high - 1e-6, True)]
    ends += [(low - 1e-6, False)] if low > 0.5 else []
    ends += [(high + 1e-6, False)] if high < 4 else []
    assert len(ends) > 2
    for value, stays in ends:
        assert scoper("set", path, "--parameter", f"caution={value!r}").code == 0
        assert (first_eight() == group) is stays
    assert "Caution" in scoper("sensitivity", path).out


@CAREFUL
def test_the_workbook_holds_it_with_its_range(path: Path, scoper: Scoper, tmp_path: Path) -> None:
    target = tmp_path / "ranking.xlsx"
    assert scoper("export", "workbook", path, "--out", target).code == 0
    book = openpyxl.load_workbook(target)
    sheet = book["Ranking"]
    ((_, place),) = book.defined_names["caution"].destinations
    assert sheet[place].value == 2.5
    assert sheet[place].offset(row=-1).value == "Caution κ"
    (rule,) = [
        each
        for each in sheet.data_validations.dataValidation
        if place.replace("$", "") in str(each.sqref)
    ]
    assert (rule.formula1, rule.formula2) == ("0.5", "4.0")
    method = {row[0]: row[1] for row in book["Method"].iter_rows(values_only=True)}
    assert "How many points of gain" in method["Caution κ"]
    assert "2.5 points when this was written" in method["Caution κ"]


@CAREFUL
def test_documents_name_it(path: Path, sample_store: Store) -> None:
    board = load_board(sample_store)
    text = compose(board, board.ranked[0].use_case.id, "prfaq").markdown
    assert "with Caution κ = 2.5 points" in text


@CAREFUL_NET
def test_a_break_even_is_told_by_what_the_method_itself_weighs(sample_store: Store) -> None:
    sides = set()
    for caution in (0.5, 1.0, 2.5, 4.0):
        portfolios.set_scoring(
            sample_store, method_id="careful_net", parameters={"caution": caution}
        )
        board = load_board(sample_store)
        for standing in board.ranked:
            if standing.score is None:
                continue
            said = standing_facts(board, standing.use_case.id)
            sides.add((caution, side := "above" if standing.score > 0 else "below"))
            assert (said["side"], said["break_even"]) == (side, "0")
            assert said["aversion"] == f"{caution:g}"
    assert len({side for _, side in sides}) == 2


@CAREFUL_NET
def test_contributions_are_points_unless_the_method_says_otherwise(sample_store: Store) -> None:
    portfolios.set_scoring(sample_store, method_id="careful_net")
    board = load_board(sample_store)
    first = board.ranked[0].use_case.id
    assert {part.acts_on for part in board.explain(first)} == {ActsOn.SCORE}
    text = compose(board, first, "prd").markdown
    assert "Weight in it" in text
    assert "% likelihood" not in text
    assert "moves the likelihood" not in text


@CAREFUL_NET
def test_the_workbook_holds_the_break_even_as_a_number(
    sample_store: Store, tmp_path: Path, scoper: Scoper
) -> None:
    portfolios.set_scoring(sample_store, method_id="careful_net")
    target = tmp_path / "ranking.xlsx"
    assert scoper("export", "workbook", sample_store.path, "--out", target).code == 0
    book = openpyxl.load_workbook(target)
    ((_, place),) = book.defined_names["break_even"].destinations
    assert book["Ranking"][place].value == 0


@CAREFUL
def test_a_scheme_may_state_it(store: Store) -> None:
    scheme = copy_to_own(library(), KIND, "balanced").path
    text = scheme.read_text(encoding="utf-8")
    stated = 'method = "careful"\nparameters = { caution = 3.5 }'
    scheme.write_text(text.replace('method = "balanced"', stated), encoding="utf-8")
    read_again()
    portfolios.apply_scheme(store, scheme_id="balanced")
    assert load_board(store).parameters == {"caution": 3.5}
    (entry,) = [e for e in schemes(library()) if e.id == "balanced"]
    assert ("Caution κ", "3.5 points") in entry.facts
    scheme.write_text(text.replace('method = "balanced"', stated.replace("3.5", "9")), "utf-8")
    assert any("Caution" in str(problem) for problem in read_again().problems)
