"""The verb ``sensitivity``: exact numbers in JSON, and plain words for people."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoper.board import Board
from scoper.cli import run_verb
from scoper.commands import portfolios
from scoper.scoring.methods import METHODS
from scoper.scoring.sensitivity import Change
from scoper.store import Store
from scoper.studies.sensitivity import Sensitivity
from scoper.terms import Dimension
from tests.support import add_use_case


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run_verb(["sensitivity", *arguments, "--json"]) == 0
    output = capsys.readouterr()
    assert not output.err
    found: dict[str, Any] = json.loads(output.out)
    return found


def test_the_whole_answer(
    sample_store: Store, sample_board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, str(sample_store.path), "--top", "2")
    keys = [s.use_case.key for s in sample_board.ranked]
    assert (found["method"], found["group"], found["undefined"]) == ("balanced", keys[:2], {})
    criteria = [c.key for c in sample_board.portfolio.criteria]
    assert [w["criterion"] for w in found["weights"]] == criteria
    stated = [each.name for each in METHODS["balanced"].parameters]
    assert [p["parameter"] for p in found["parameters"]] == stated
    assert found["tornado"]["use_case"] == keys[0]
    assert found["tornado"]["score"] == sample_board.ranked[0].score
    assert {bar["step"] for bar in found["tornado"]["bars"]} == {1.0}
    assert [c["use_case"] for c in found["smallest_changes"]] == keys[1:2]
    assert [t["passed"] for t in found["rank_reversal"]] == [True, True, True]


def test_the_use_case_at_an_end_takes_the_lead_behind_it(
    sample_board: Board, sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, str(sample_store.path))
    moved = next(w for w in found["weights"] if w["leader"]["above"])
    columns = sample_board.matrix.columns(Dimension(moved["within"]))
    place = [c.key for c in sample_board.portfolio.criteria].index(moved["criterion"])
    for share, leader in (
        (moved["leader"]["high"] - 1e-6, found["group"][0]),
        (moved["leader"]["high"] + 1e-6, moved["leader"]["above"]),
    ):
        weights = sample_board.matrix.weights.copy()
        others = [c for c in columns if c != place]
        weights[place] = share
        weights[others] *= (1 - share) / weights[others].sum()
        assert sample_board.what_if(weights=weights).ranked[0].use_case.key == leader


def test_a_named_use_case_gets_its_tornado_and_its_smallest_change(
    sample_board: Board, sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    second = sample_board.ranked[1].use_case
    found = asked(capsys, str(sample_store.path), "--use-case", second.key)
    assert found["tornado"]["use_case"] == second.key
    (change,) = found["smallest_changes"]
    expected = Sensitivity(sample_board, 3).smallest_change(second.id)
    assert isinstance(expected, Change)
    assert change["distance"] == expected.distance
    assert change["within"] == expected.block.dimension
    weights = expected.block.weights(sample_board.matrix, expected.share)
    assert sample_board.what_if(weights=weights).standing(second.id).rank == 1
    shares = [share["to"] for share in change["shares"].values()]
    assert shares == expected.share.tolist()
    assert np.sum(shares) == pytest.approx(1)


def test_an_unrated_use_case_is_told_apart(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    add_use_case(sample_store, "Nobody rated this", key="NEW")
    found = asked(capsys, str(sample_store.path), "--use-case", "NEW")
    assert found["tornado"] is None
    assert found["undefined"]["tornado"] == "It is not fully rated."
    assert found["smallest_changes"][0]["undefined"] == {"distance": "It is not fully rated."}
    assert run_verb(["sensitivity", str(sample_store.path), "--use-case", "NEW"]) == 0
    assert "not fully rated" in capsys.readouterr().out


def test_a_portfolio_without_ratings(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    add_use_case(store)
    found = asked(capsys, str(store.path))
    assert found["group"] == found["smallest_changes"] == []
    for one in found["weights"] + found["parameters"]:
        assert one["leader"] is None
        assert one["undefined"]["top"] == "No use case is fully rated."
    assert run_verb(["sensitivity", str(store.path)]) == 0
    assert "No use case is fully rated" in capsys.readouterr().out


def test_people_read_who_comes_in(sample_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_verb(["sensitivity", str(sample_store.path)]) == 0
    told = capsys.readouterr().out
    for words in ("Leader: UC-01", "Risk aversion", "To put", "Rank-reversal test 3: passed"):
        assert words in told
    assert "nan" not in told
    assert "inf" not in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--top", "0"], "at least 1 place"),
        (["--top", "many"], "invalid int value"),
        (["--use-case", "UC-99"], "no use case “UC-99”"),
    ],
)
def test_bad_usage(
    sample_store: Store,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    assert run_verb(["sensitivity", str(sample_store.path), *arguments]) == 2
    output = capsys.readouterr()
    assert said in output.err
    assert not output.out


def test_a_top_group_as_large_as_the_list_never_changes(
    sample_board: Board, sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, str(sample_store.path), "--top", "99")
    assert len(found["group"]) == sum(1 for s in sample_board.ranked if s.rank)
    assert {w["top"]["above"] for w in found["weights"]} == {None}


def test_the_json_is_all_that_is_printed_from_a_fresh_process(
    sample_store: Store, tmp_path: Path
) -> None:
    sample_store.close()
    path = tmp_path / "copy.scoper"
    shutil.copyfile(sample_store.path, path)
    done = subprocess.run(
        [sys.executable, "main.py", "sensitivity", str(path), "--json"],
        cwd=Path(portfolios.__file__).parents[2],
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout)["method"] == "balanced"
    assert not done.stderr
