"""The verbs `robustness` and `select`: what a script reads, and what bad input is told."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scoper.board import Board
from scoper.cli import run_verb
from scoper.commands import answers, portfolios
from scoper.queries import load_board
from scoper.scoring.robustness import Around, Ordered
from scoper.store import Store
from scoper.studies.robustness import study_robustness
from scoper.studies.selection import Wishes, Worth, candidates, study_core
from tests.support import add_person, add_use_case, rate

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


def loaded(path: Path) -> Board:
    with Store.open(path, "Tester") as store:
        return load_board(store)


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
    ("content", "budget", "selected", "cost"),
    [
        # Figures far apart: a solver that rounds takes Huge alone, or pays more than there is.
        ("Huge,100000000000,10\nA,1,1\nB,2,1\nC,3,1\n", "11", ["Huge", "C"], 11),
        ("Big,100,100000000\nSmall,10,0.009\n", "100000000", ["Big"], 100000000),
        ("Big,100,1000000000\nSmall,10,0.09\n", "1000000000.09", ["Big", "Small"], 1000000000.09),
        ("A,1,0.1\nB,1,0.2\n", "0.3", ["A", "B"], 0.3),
    ],
)
def test_costs_and_values_count_to_their_last_digit(
    content: str,
    budget: str,
    selected: list[str],
    cost: float,
    *,
    table: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    table.write_text("item,value,cost\n" + content)
    assert run_verb(["select", "--table", str(table), "--budget", budget, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["selected"], found["cost"]) == (selected, cost)
    assert found["optimal"] is True
    assert found["value"] >= found["greedy"]["value"]


@pytest.mark.parametrize(
    ("more", "content", "says"),
    [
        (["--budget", "1.0000000000000001"], TABLE, "budget has too many digits"),
        (["--budget", "9"], TABLE + "d,1,1.0000000000000001,1\n", "has too many digits"),
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


def test_a_prohibited_use_case_is_not_selected_whatever_its_score(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "s.scoper"
    shutil.copyfile(sample, path)
    arguments = ["select", str(path), "--budget", "500000", "--json"]
    assert run_verb(arguments) == 0
    assert "UC-01" in json.loads(capsys.readouterr().out)["selected"]
    with Store.open(path, "Tester") as store:
        use_case = next(u for u in load_board(store).use_cases if u.key == "UC-01")
        answers.set_answer(
            store, use_case_id=use_case.id, questionnaire="eu_ai_act", question="ban_emotion",
            answer="yes",
        )  # fmt: skip
    assert run_verb(arguments) == 0
    found = json.loads(capsys.readouterr().out)
    assert "UC-01" not in found["selected"]
    reasons = {left["key"]: left["reason"] for left in found["left_out"]}
    assert reasons["UC-01"] == "prohibited by the EU AI Act"


def test_robustness_reports_every_use_case_with_a_rank(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is printed is what is found, in the order of the ranking, and the same each time."""
    arguments = ["robustness", str(sample), "--draws", "500", "--seed", "3", "--json"]
    board = loaded(sample)
    ranked = [(s.use_case.key, s.rank) for s in board.ranked if s.rank]
    for more, asked in (
        ([], {}),
        (
            ["--weights", "around:0.3", "--ratings", "resample"],
            {"weights": Around(0.3), "resample": True},
        ),
        (["--weights=ordered"], {"weights": Ordered()}),
    ):
        assert run_verb([*arguments, *more]) == 0
        first = capsys.readouterr().out
        assert run_verb([*arguments, *more]) == 0
        assert capsys.readouterr().out == first
        printed = json.loads(first)["use_cases"]
        assert [(u["key"], u["rank"]) for u in printed] == ranked
        study = study_robustness(board, draws=500, seed=3, **asked).found  # type: ignore[arg-type]
        for use_case, b in zip(printed, study.acceptability.tolist(), strict=True):
            held = {str(rank): share for rank, share in enumerate(b, 1) if share > 0}
            assert use_case["acceptability"] == held


@pytest.mark.parametrize("scheme", ["rice", "ice", "wsjf", "value_effort", "bxt"])
def test_robustness_says_that_a_scheme_uses_no_weights(
    store: Store, scheme: str, capsys: pytest.CaptureFixture[str]
) -> None:
    portfolios.apply_scheme(store, scheme_id=scheme)
    board = load_board(store)
    team = [add_person(store, name) for name in ("Ada", "Ben")]
    for number in (3, 1, 2):
        use_case = add_use_case(store, f"Idea {number}")
        for place, person in enumerate(team):
            for c in board.portfolio.criteria:
                level = c.low + round((c.high - c.low) * (number + place) / 5)
                rate(store, use_case, person, level, criterion_key=c.key)
    arguments = ["robustness", str(store.path), "--draws", "400"]
    title = board.what_if(method_id=scheme).method.title
    for more, note, drawn in (
        ([], f"{title} uses no weights, and all else is taken as given", []),
        (["--ratings", "resample"], f"{title} uses no weights. Drawn: only ratings.", ["ratings"]),
    ):
        assert run_verb([*arguments, *more]) == 0
        assert note in capsys.readouterr().out
        assert run_verb([*arguments, *more, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["weights"], found["drawn"]) == (None, drawn)
        assert note in found["note"]
        assert {u["key"] for u in found["use_cases"]} == {"UC-01", "UC-02", "UC-03"}
        assert all(u["central_weights"] is u["confidence"] is None for u in found["use_cases"])
    assert run_verb([*arguments, "--parameter", "risk_aversion=0..1"]) == 2
    assert "no parameter “risk_aversion”" in capsys.readouterr().err


def test_every_figure_of_robustness_has_its_standard_error(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["robustness", str(sample), "--draws", "600", "--ratings", "resample"]
    assert run_verb([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["confidence_draws"] == 600
    for use_case in found["use_cases"]:
        for rank, share in use_case["acceptability"].items():
            expected = (share * (1 - share) / 600) ** 0.5
            assert use_case["standard_error"][rank] == pytest.approx(expected)
        for figure in ("top_probability", "expected_rank", "entropy"):
            assert 0 <= use_case[f"{figure}_error"] < 0.2
        if (sure := use_case["confidence"]) is not None:
            expected = (sure * (1 - sure) / 600) ** 0.5
            assert use_case["confidence_error"] == pytest.approx(expected)
        if use_case["acceptability"].get("1", 0) > 0.02:
            for key, weight in use_case["central_weights"].items():
                assert 0 <= use_case["central_weights_error"][key] < max(weight, 0.001)
    pairwise = found["pairwise"]
    for row, (shares, errors) in enumerate(
        zip(pairwise["winning"], pairwise["standard_error"], strict=True)
    ):
        most = [(p * (1 - p) / 600) ** 0.5 for p in shares]
        assert (shares[row], errors[row]) == (0.5, 0.0)
        assert all(0 <= error <= bound + 1e-12 for error, bound in zip(errors, most, strict=True))
    assert run_verb(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Drawn: weights and ratings." in lines[0]
    assert all(line.count("±") == 3 for line in lines[2:])


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


def test_groups_and_numbers_bind_a_table(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["select", "--table", str(table), "--budget", "99", "--json"]
    for more, expected in (
        (["--exclusive", "a, b"], ["a", "c"]),
        (["--exclusive", "a,b", "--exclusive", "a,c"], ["b", "c"]),
        (["--max-number", "1"], ["a"]),
        (["--max-number", "0"], []),
        (["--min-number", "3"], ["a", "b", "c"]),
    ):
        assert run_verb([*arguments, *more]) == 0
        assert json.loads(capsys.readouterr().out)["selected"] == expected


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--exclusive", "a"], "“a” names fewer than two"),
        (["--exclusive", "a,z"], "no item “z”"),
        (["--min-number", "4"], "at least 4 of all"),
        (["--max-number", "-1"], "number of all to select is below 0"),
        (["--frontier", "0"], "frontier cannot have 0 budgets"),
        (["--core", "5"], "a table has none"),
        (["--seconds", "nan"], "time to search"),
    ],
)
def test_wishes_that_cannot_be_are_named(
    table: Path, more: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["select", "--table", str(table), "--budget", "99", *more]) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""


def test_the_frontier_of_a_table_rises(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_verb(["select", "--table", str(table), "--budget", "5", "--frontier", "4"]) == 0
    assert "with 12.00: value 23.00, 12.00" in capsys.readouterr().out
    arguments = ["select", "--table", str(table), "--budget", "5", "--frontier", "12", "--json"]
    assert run_verb(arguments) == 0
    points = json.loads(capsys.readouterr().out)["frontier"]
    found = [(point["budget"], point["value"], point["selected"]) for point in points]
    assert found == [
        (0, 0, []),
        (3, 6, ["c"]),
        (4, 7, ["b"]),
        (5, 10, ["a"]),
        (7, 13, ["b", "c"]),
        (8, 16, ["a", "c"]),
        (9, 17, ["a", "b"]),
        (12, 23, ["a", "b", "c"]),
    ]


def test_the_core_index_of_the_sample_follows_the_weights(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["select", str(sample), "--budget", "450000", "--core", "30", "--seed", "2"]
    assert run_verb([*arguments, "--must", "UC-05", "--must-not", "UC-11", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    core = printed["core_index"]
    for key, error in printed["core_index_error"].items():
        assert error == pytest.approx((core[key] * (1 - core[key]) / 30) ** 0.5)
    assert (core["UC-05"], core["UC-11"]) == (1, 0)
    board = loaded(sample)
    found = candidates(board, Wishes(450_000, must=["UC-05"], must_not=["UC-11"]))
    index = study_core(board, found, Worth.ABOVE_BREAK_EVEN, draws=30, seed=2)
    assert core == {u.key: share for u, share in zip(found.use_cases, index, strict=True)}
    assert any(0 < share < 1 for share in core.values())
    assert run_verb([*arguments, "--json", "--value", "npv"]) == 2
    assert run_verb([*arguments, "--core", "0"]) == 2
    assert "0 draws are not possible" in capsys.readouterr().err


def test_assumptions_can_be_drawn_too(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["robustness", str(sample), "--draws", "300", "--json"]
    assert run_verb(arguments) == 0
    given = json.loads(capsys.readouterr().out)
    assert given["parameters"] == {}
    drawn = ["--parameter", "risk_aversion=0..9", "--parameter", "p_low=0..0.4"]
    assert run_verb([*arguments, *drawn]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["parameters"] == {"risk_aversion": [0, 9], "p_low": [0, 0.4]}
    assert found["use_cases"] != given["use_cases"]


@pytest.mark.parametrize(
    "range_of",
    [
        "risk_aversion=much",
        "risk_aversion",
        "risk_aversion=2..1",
        "risk_aversion=-1..1",
        "risk_aversion=0..inf",
        "p_low=nan..1",
        "p_high=0.5..1.5",
    ],
)
def test_impossible_assumptions_are_refused(
    sample: Path, range_of: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["robustness", str(sample), "--parameter", range_of]) == 2
    told = capsys.readouterr()
    assert "range" in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("verb", ["rank", "sensitivity", "robustness", "select --budget 9"])
def test_weights_that_are_all_0_are_refused(
    sample: Path, verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled = Path(shutil.copy(sample, tmp_path / "spoiled.scoper"))
    database = sqlite3.connect(spoiled)
    with database:
        database.execute("UPDATE criterion SET weight = 0")
    database.close()
    name, *more = verb.split()
    assert run_verb([name, str(spoiled), *more, "--json"]) == 2
    told = capsys.readouterr()
    assert "No criterion of impact has a weight above 0" in told.err
    assert (told.err.count("\n"), told.out) == (1, "")
