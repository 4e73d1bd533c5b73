"""The verbs `robustness` and `select`: what a script reads, and what bad input is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scoper.cli import run_verb

TABLE = "item,value,cost,staff\na,10,5,1\nb,7,4,2\nc,6,3,1\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "items.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue("_sample_file")
    return path


@pytest.fixture
def empty(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue("_empty_file")
    return path


def test_a_table_gives_pure_json_on_standard_output(table: Path) -> None:
    requires = table.with_name("requires.csv")
    requires.write_text("item,needs\na,b\n")
    command = [sys.executable, "main.py", "select", "--table", table]
    done = subprocess.run(
        [*command, "--requires", requires, "--budget", "9", "--capacity", "staff=3", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["selected"] == ["a", "b"]
    assert (found["value"], found["cost"]) == (17, 9)
    assert found["optimal"] is True
    assert found["gap"] == 0
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("more", "content", "says"),
    [
        (["--budget", "-1"], TABLE, "budget is below 0"),
        (["--budget", "many"], TABLE, "budget is not a number"),
        (["--budget", "9", "--must", "a", "--must-not", "a"], TABLE, "a must be selected and"),
        (["--budget", "9", "--must", "z"], TABLE, "no item “z”"),
        (["--budget", "1", "--must", "a"], TABLE, "the budget of 1; a must be selected"),
        (["--budget", "9", "--capacity", "crew=3"], TABLE, "no column “crew”"),
        (["--budget", "9"], TABLE.replace("7,4", "x,4"), "row 3, column “value”: “x” is not"),
        (["--budget", "9"], TABLE.replace("7,4", "7,"), "row 3, column “cost”"),
        (["--budget", "9"], TABLE.replace("b,", "a,"), "“a” is there twice"),
    ],
)
def test_bad_tables_are_named(
    table: Path, more: list[str], content: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(content)
    assert run_verb(["select", "--table", str(table), *more]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_a_circle_of_dependencies_is_named(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    requires = table.with_name("requires.csv")
    requires.write_text("item,needs\na,b\nb,a\n")
    arguments = ["select", "--table", str(table), "--requires", str(requires), "--budget", "9"]
    assert run_verb(arguments) == 2
    assert "a → b → a" in capsys.readouterr().err


def test_the_sample_portfolio_is_selected_within_its_budget(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["select", str(sample), "--budget", "500000", "--json"]
    assert run_verb([*arguments, "--must", "UC-05"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert "UC-05" in found["selected"]
    assert found["cost"] <= 500_000
    assert found["greedy"] is None or found["greedy"]["value"] <= found["value"] + 1e-9
    assert {"UC-09", "UC-12"} <= {left["key"] for left in found["left_out"]}
    assert run_verb([*arguments, "--must", "UC-07"]) == 2
    assert "decided against" in capsys.readouterr().err
    assert run_verb([*arguments, "--capacity", "Wizard=3"]) == 2
    assert "Wizard" in capsys.readouterr().err


def test_robustness_reports_every_use_case_with_a_rank(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["robustness", str(sample), "--draws", "500", "--seed", "3", "--json"]
    for more in ([], ["--weights", "around:0.3", "--ratings", "resample"], ["--weights=ordered"]):
        assert run_verb([*arguments, *more]) == 0
        first = capsys.readouterr().out
        assert run_verb([*arguments, *more]) == 0
        assert capsys.readouterr().out == first
        found = json.loads(first)
        assert len(found["use_cases"]) == 10
        assert sum(u["acceptability"][0] for u in found["use_cases"]) == pytest.approx(1)


@pytest.mark.parametrize(
    "more", [["--draws", "0"], ["--weights", "often"], ["--weights", "around:2"], ["--top", "0"]]
)
def test_bad_draws_are_refused(
    sample: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["robustness", str(sample), *more]) == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_an_empty_portfolio_says_that_nothing_is_rated(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["robustness", str(empty)]) == 2
    assert "rated completely" in capsys.readouterr().err
    assert run_verb(["select", str(empty), "--budget", "9"]) == 2
    assert "No use case can be selected" in capsys.readouterr().err
