"""The verb ``agreement``: the same numbers as the engine, and a reason where there is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scoper.board import Board
from scoper.cli import run_verb
from scoper.scoring.agreement import STATISTICS, agreement, rater_agreement
from scoper.scoring.statistic import Undefined
from scoper.store import Store
from tests.scoring.test_agreement import SHROUT_AND_FLEISS, table


def written(folder: Path, rows: list[list[Any]]) -> str:
    path = folder / "ratings.csv"
    lines = [
        f"{item},{rater},{value}"
        for item, row in enumerate(rows)
        for rater, value in enumerate(row)
    ]
    path.write_text("\n".join(["item,rater,value", *lines]), encoding="utf-8")
    return str(path)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run_verb(["agreement", *arguments, "--json"]) == 0
    output = capsys.readouterr()
    assert not output.err
    found: dict[str, Any] = json.loads(output.out)
    return found


def test_a_table_without_a_portfolio(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[Any]] = [*SHROUT_AND_FLEISS, ["A", "abstain", "", 3]]
    found = asked(capsys, "--ratings", written(tmp_path, rows))
    expected = rater_agreement(table(SHROUT_AND_FLEISS))
    for name in ("kendall_w", "icc_a1", "icc_ak"):
        assert found[name] == getattr(expected, name)
    assert (found["items"], found["complete_items"], found["raters"]) == (7, 6, 4)
    assert found["abstained"] == 2
    assert found["undefined"] == {}
    assert found["strength"]["kendall_w"] == "strong"


def test_words_have_the_statistics_of_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [["yes", "Yes", "no"], ["no", "no", "no"], ["yes", "yes", "abstain"]]
    found = asked(capsys, "--ratings", written(tmp_path, words))
    assert (found["words"], found["abstained"]) == (["yes", "no"], 1)
    # P = (1/3 + 1)/2 over the two items with three ratings, P_e = (2² + 4²)/6².
    assert found["fleiss_kappa"] == pytest.approx((2 / 3 - 5 / 9) / (4 / 9))
    # D_o = (4/2)/8, D_e = 2·4·4/(8·7).
    assert found["krippendorff_nominal"] == pytest.approx(1 - (2 / 8) / (32 / 56))
    assert "words" in found["undefined"]["kendall_w"]
    assert run_verb(["agreement", "--ratings", written(tmp_path, words)]) == 0
    assert "Fleiss' κ" in capsys.readouterr().out


@pytest.mark.parametrize("rows", [[[1], [2]], [[3, 3], [3, 3]], [["", ""]]])
def test_what_is_undefined_is_null_with_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[list[Any]]
) -> None:
    found = asked(capsys, "--ratings", written(tmp_path, rows))
    for name in STATISTICS:
        assert found[name] is None
        assert found["undefined"][name].endswith(".")
    assert found["strength"] == {}
    assert run_verb(["agreement", "--ratings", written(tmp_path, rows)]) == 0
    assert "nan" not in capsys.readouterr().out.casefold()


def test_a_portfolio(
    sample_store: Store, sample_board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    found = asked(capsys, str(sample_store.path))
    expected = agreement(sample_board.portfolio.judged)
    assert found["krippendorff_ordinal"] == expected.overall.krippendorff_ordinal
    assert found["abstained"] == sample_board.portfolio.abstained.sum()
    assert [c["key"] for c in found["criteria"]] == [c.key for c in sample_board.portfolio.criteria]
    for shown, one in zip(found["criteria"], expected.criteria, strict=True):
        for name, value in one.statistics():
            told = shown["undefined"][name] if shown[name] is None else shown[name]
            assert told == (value.reason if isinstance(value, Undefined) else value)
    cell = found["cells"][0]
    assert (cell["use_case"], cell["criterion"]) == (
        "UC-01",
        sample_board.portfolio.criteria[0].key,
    )
    assert cell["consensus"] == expected.cells.consensus.at(0, 0)
    assert cell["n"] == sum(cell["histogram"])
    assert {"mean", "median", "sd", "range", "r_wg"} <= set(cell)
    assert run_verb(["agreement", str(sample_store.path)]) == 0
    assert "Least agreed" in capsys.readouterr().out


def test_a_portfolio_nobody_rated_says_so(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, str(store.path))
    assert found["undefined"]["kendall_w"] == "There are no ratings."
    assert found["cells"] == []


@pytest.mark.parametrize("arguments", [[], ["a.scoper", "--ratings", "b.csv"]])
def test_either_a_portfolio_or_a_table_is_named(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["agreement", *arguments]) == 2
    assert "either a portfolio or a table" in capsys.readouterr().err


def test_a_bad_table_is_one_line_that_names_the_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["agreement", "--ratings", written(tmp_path, [[1, "two"]])]) == 2
    said = capsys.readouterr().err
    assert "Row 3" in said
    assert said.count("\n") == 1
