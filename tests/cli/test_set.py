"""The verb ``set``: method, parameters and weights as one step, or nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scoper.cli.parts import who
from scoper.queries import load_board
from scoper.store import Store
from tests.cli.conftest import Scoper
from tests.support import ON, dump


def test_everything_asked_for_is_one_step(sample_store: Store, scoper: Scoper) -> None:
    path, before = sample_store.path, dump(sample_store)
    told = scoper(
        "set", path, "--method", "balanced", "--parameter", "risk_aversion=1.5",
        "--parameter", "p_low=0,2", "--weight", "Reach=40", "--weight", "business_value=7.5",
    )  # fmt: skip
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(
        "Change method, weights and parameters\nBalanced priority (balanced)"
    )
    assert "  risk_aversion = 1.5\n  p_low = 0.2\n  p_high = 0.9\n" in told.out
    assert "  reach: weight 40\n" in told.out
    board = load_board(sample_store)
    assert board.parameters == {"risk_aversion": 1.5, "p_low": 0.2, "p_high": 0.9} | ON
    weights = {c.key: c.weight for c in board.portfolio.criteria}
    assert (weights["reach"], weights["business_value"]) == (40, 7.5)
    assert sample_store.history().undo is None
    sample_store.close()
    with Store.open(path, who()) as again:
        assert again.history().undo == "Change method, weights and parameters"
        again.undo()
        assert dump(again) == before


def test_another_method_scores_from_then_on(sample_store: Store, scoper: Scoper) -> None:
    assert scoper("set", sample_store.path, "--method", "weighted_sum").code == 0
    assert scoper("rank", sample_store.path, "--json").json["parameters"] == {}
    told = scoper("set", sample_store.path, "--method", "weighted_sum").out
    assert told.startswith("Nothing differs")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "nothing to set"),
        (["--parameter", "risk_aversion"], "not NAME=VALUE"),
        (["--parameter", "p_low=0.1", "--parameter", "p_low=0.2"], "given twice"),
        (["--parameter", "p_low=0.95"], "above the highest likelihood"),
        (["--parameter", "p_low=a third"], "“Lowest likelihood” is not a number"),
        (["--parameter", "theta=1"], "risk_aversion, p_low, p_high, enough_impact, stake"),
        (["--weight", "reach=-1"], "0 or more"),
        (["--weight", "fame=3"], "business_value, reach"),
        (["--method", "astrology"], "weighted_sum"),
        (["--method", "rice"], "criteria scheme"),
        (["--method", "topsis", "--parameter", "p_low=0.2"], "has no parameters"),
    ],
)
def test_what_cannot_be_is_refused_whole(
    sample_store: Store, refused: Callable[..., str], arguments: list[str], says: str
) -> None:
    before = dump(sample_store)
    assert says in refused("set", sample_store.path, *arguments)
    assert dump(sample_store) == before
