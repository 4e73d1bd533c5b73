"""The verbs on methods: what they print, and how they say what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoper.cli import run_verb
from scoper.queries import load_board
from scoper.scoring.methods import METHODS
from scoper.store import Store

PLAIN = "name,a,b\nweight,2,1\ndirection,max,min\nX,1,2\nY,3,1\nZ,3,4\n"
RAW = [m.id for m in METHODS.values() if m.raw]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = run_verb([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def written(folder: Path, text: str) -> Path:
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def result(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    code, out, err = run(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


# ---------------------------------------------------------------- matrix


@pytest.mark.parametrize("method_id", RAW)
def test_a_published_table_is_scored(
    method_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = result(capsys, "matrix", written(tmp_path, PLAIN), "--method", method_id)
    assert found["method"] == method_id
    assert [a["name"] for a in found["alternatives"]] == ["X", "Y", "Z"]
    assert [a["rank"] for a in found["alternatives"]] == [3, 1, 2]


def test_weighted_sum_of_a_table_divides_by_the_sum_after_turning_costs_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = result(capsys, "matrix", written(tmp_path, PLAIN), "--method", "weighted_sum")
    a, b = np.array([1, 3, 3]), 1 / np.array([2, 1, 4])
    expected = 2 / 3 * a / a.sum() + 1 / 3 * b / b.sum()
    assert [x["score"] for x in found["alternatives"]] == pytest.approx(expected, abs=1e-12)


def test_columns_are_made_comparable_as_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, PLAIN)
    asked = result(capsys, "matrix", path, "--method", "weighted_sum", "--normalise", "minmax")
    assert asked["normalise"] == "minmax"
    # a: 0, 1, 1 of weight 2/3; b, where less is better: 2/3, 1, 0 of weight 1/3.
    assert [x["score"] for x in asked["alternatives"]] == pytest.approx([2 / 9, 1, 2 / 3])
    usual = result(capsys, "matrix", path, "--method", "topsis")
    named = result(capsys, "matrix", path, "--method", "topsis", "--normalise", "vector")
    assert usual["normalise"] is None
    assert named["alternatives"] == usual["alternatives"]


def test_preference_shapes_are_chosen_for_all_or_for_one_criterion(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, PLAIN)
    found = result(
        capsys,
        *("matrix", path, "--method", "promethee2", "--shape", "v", "--p", "4"),
        *("--preference", "b=level,q=1,p=2"),
    )
    # a: differences of 2 count half; b: one of 1 not at all, one of 2 half, one of 3 fully.
    x, y, z = (alternative["score"] for alternative in found["alternatives"])
    assert x == pytest.approx((2 * (-0.5 - 0.5) + (0 + 0.5)) / 6)
    assert y == pytest.approx((2 * 0.5 + 1) / 6)
    assert z == pytest.approx((2 * 0.5 - 1.5) / 6)


def test_semicolons_and_decimal_commas_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "n;a\nDirection;min\nWeight;0,5\nX;1,5\nY;2,5\n")
    found = result(capsys, "matrix", path, "--method", "promethee2")
    assert [a["score"] for a in found["alternatives"]] == [1, -1]


def test_people_read_ranks_best_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "matrix", written(tmp_path, PLAIN), "--method", "topsis")
    assert code == 0
    assert [line.split()[0::2] for line in out.splitlines()] == [["1", "Y"], ["2", "Z"], ["3", "X"]]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PLAIN.replace("3,1", "3,x"), "row 5 (Y), column “b” is not a number: “x”"),
        (PLAIN.replace("3,1", "3,nan"), "row 5 (Y), column “b” is not a number: “nan”"),
        (PLAIN.replace("3,1", "3,1e999"), "row 5 (Y), column “b” is not a number"),
        (PLAIN.replace("3,1", "3,1e308"), "row 5 (Y), column “b” is too large: “1e308”"),
        (PLAIN.replace("3,1", "3,"), "row 5 (Y), column “b” is empty"),
        (PLAIN.replace("3,1", "3"), "row 5 (Y), column “b” is empty"),
        (PLAIN.replace("3,1", "3,1,7"), "row 2 (weight), column “Column D” is empty"),
        (PLAIN.replace("2,1\n", "-2,1\n", 1), "row 2 (weight), column “a” is a weight below 0"),
        (PLAIN.replace("2,1\n", "NaN,1\n", 1), "row 2 (weight), column “a” is not a number"),
        (PLAIN.replace("2,1\n", "0,0\n", 1), "All weights are 0"),
        (PLAIN.replace("max,min", "max,up"), "row 3 (direction), column “b” is not a direction"),
        (PLAIN.replace("direction", "type"), "has no weights and directions below its header"),
        (PLAIN.replace("Z,", "X,"), "row 6: “X” stands in row 4 already"),
        (PLAIN.replace("Z,", ","), "row 6: has no name"),
        (PLAIN.replace("a,b", "a,a"), "two columns are called “a”"),
        ("name,a\nweight,1\ndirection,max\n", "has no alternatives"),
        ("name\nweight\ndirection\nX\n", "has no criteria"),
        ("name,a\n", "no rows below"),
        ("", "is empty"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_one_line(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "matrix", written(tmp_path, text), "--method", "topsis")
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--method", "astrology"], "There is no scoring method “astrology”"),
        (["--method", "rice"], "Choose one of: weighted_sum, weighted_product, topsis, promethee2"),
        (["--method", "topsis", "--normalise", "mean"], "There is no normalisation “mean”. Choose"),
        (["--method", "promethee2", "--shape", "w"], "There is no preference shape “w”"),
        (["--method", "promethee2", "--shape", "v"], "p must be above 0"),
        (["--method", "promethee2", "--preference", "c=usual"], "There is no criterion “c”"),
        (["--method", "promethee2", "--preference", "a=v,p=x"], "is not a preference shape"),
        (["--method", "promethee2", "--preference", "a=v,r=1"], "is not a preference shape"),
    ],
)
def test_what_cannot_be_asked_is_said(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "matrix", written(tmp_path, PLAIN), *arguments)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("method_id", RAW)
@pytest.mark.parametrize("rows", [["X,2,2"], ["X,2,2", "Y,2,2"]])
def test_one_alternative_or_all_alike_share_the_first_rank(
    method_id: str, rows: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n".join(["name,a,b", "weight,1,1", "direction,max,min", *rows])
    found = result(capsys, "matrix", written(tmp_path, text), "--method", method_id)
    assert {a["rank"] for a in found["alternatives"]} == {1}


# ---------------------------------------------------------------- weights

SQUARE = ",value,reach,risk\nvalue,1,3,1/2\nreach,1/3,1,1/5\nrisk,2,5,1\n"


def test_pairwise_comparison_gives_weights_and_tells_their_consistency(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = result(capsys, "weights", written(tmp_path, SQUARE), "--by", "pairwise")
    weights = {w["criterion"]: w["weight"] for w in found["weights"]}
    assert list(weights) == ["value", "reach", "risk"]
    assert sum(weights.values()) == pytest.approx(1)
    consistency = found["consistency"]
    assert 3 < consistency["lambda_max"] < 3.01
    assert consistency["cr"] == pytest.approx((consistency["lambda_max"] - 3) / 2 / 0.58)
    assert consistency["warning"] is None


def judged(folder: Path, **tables: str) -> list[Path]:
    paths = [folder / f"{name}.csv" for name in tables]
    for path, text in zip(paths, tables.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_several_judges_give_the_geometric_mean_and_each_his_consistency(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = judged(
        tmp_path,
        anna=",a,b,c\na,1,2,8\nb,1/2,1,4\nc,1/8,1/4,1\n",
        ben=",c,a,b\nc,1,2,1/4\na,1/2,1,8\nb,4,1/8,1\n",
    )
    found = result(capsys, "weights", *paths, "--by", "pairwise")
    # a against b: 2 and 8, together 4; a against c: 8 and 1/2, 2; b against c: 4 and 4.
    a, b, c = (one["weight"] for one in found["weights"])
    assert a / b == pytest.approx((4 * 2 / (1 / 4 * 4)) ** (1 / 3))
    assert a / c == pytest.approx((4 * 2 / (1 / 2 * 1 / 4)) ** (1 / 3))
    anna, ben = found["judges"]
    assert (anna["judge"], ben["judge"]) == ("anna", "ben")
    assert [w["weight"] for w in anna["weights"]] == pytest.approx([8 / 13, 4 / 13, 1 / 13])
    assert anna["consistency"]["cr"] == pytest.approx(0, abs=1e-9)
    assert "a" in ben["consistency"]["warning"]
    alone = result(capsys, "weights", paths[1], "--by", "pairwise")
    assert alone["consistency"]["cr"] == pytest.approx(ben["consistency"]["cr"])
    assert len(alone["judges"]) == 1
    code, out, err = run(capsys, "weights", *paths, "--by", "pairwise")
    assert code == 0
    assert "anna: λ_max 3.0000, CR 0.0000" in out
    assert "geometric mean of 2 judges: λ_max" in out
    assert "ben: The judgements contradict each other" in err


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (",a,b\na,1,1/2.5\nb,2.5,1\n", 2 / 7),
        (";a;b\na;1;1/2,5\nb;2,5;1\n", 2 / 7),
        (",a,b\na,1,2.5/1.25\nb,0.5,1\n", 2 / 3),
        (",a,b\na,,3\nb,1/3,\n", 3 / 4),
    ],
)
def test_fractions_of_decimals_and_an_empty_diagonal_are_read(
    text: str, expected: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = result(capsys, "weights", written(tmp_path, text), "--by", "pairwise")
    assert found["weights"][0]["weight"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (SQUARE, ",value,reach\nvalue,1,3\nreach,1/3,1\n", "than one.csv: “risk” missing"),
        (SQUARE, SQUARE.replace("risk", "cost"), "“risk” missing, “cost” added"),
        (SQUARE, SQUARE.replace("1/2", "1/3"), "two.csv: The judgement of “value” against “risk”"),
        (
            SQUARE,
            SQUARE.replace("1/2", ""),
            "two.csv is incomplete: nothing is entered for “value”",
        ),
    ],
)
def test_what_is_wrong_with_a_judge_is_told_with_his_file(
    first: str, second: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = judged(tmp_path, one=first, two=second)
    code, out, err = run(capsys, "weights", *paths, "--by", "pairwise")
    assert (code, out) == (2, "")
    assert told in err


def test_only_comparisons_are_taken_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "c,points\na,1\nb,3\n")
    code, out, err = run(capsys, "weights", path, path, "--by", "direct")
    assert (code, out) == (2, "")
    assert "Only pairwise comparisons of several judges" in err


def test_contradicting_judgements_are_warned_about_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ",a,b,c\na,1,5,1/5\nb,1/5,1,5\nc,5,1/5,1\n"
    code, out, err = run(capsys, "weights", written(tmp_path, text), "--by", "pairwise")
    assert code == 0
    assert "CR" in out
    assert "Least consistent: “" in err


@pytest.mark.parametrize(
    ("way", "numbers", "expected"),
    [
        ("direct", [3, 1, 0], [0.75, 0.25, 0]),
        ("swing", [100, 60, 40], [0.5, 0.3, 0.2]),
        ("rank", [2, 1, 3], [5 / 18, 11 / 18, 2 / 18]),
    ],
)
def test_numbers_give_weights(
    way: str,
    numbers: list[int],
    expected: list[float],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = (f"{name},{number}" for name, number in zip("abc", numbers, strict=True))
    path = written(tmp_path, "\n".join(["criterion,number", *rows]))
    found = result(capsys, "weights", path, "--by", way)
    assert [w["weight"] for w in found["weights"]] == pytest.approx(expected)
    assert found["consistency"] is None


@pytest.mark.parametrize(
    ("way", "text", "told"),
    [
        ("votes", SQUARE, "There is no way “votes”"),
        ("pairwise", SQUARE.replace("1/5\n", "1/4\n"), "“reach” against “risk” is 0.25 one way"),
        ("pairwise", SQUARE.replace("1/2", "1/0"), "column “risk” is not a number: “1/0”"),
        ("pairwise", SQUARE.replace("value,reach,risk", "value,risk,reach"), "same order"),
        ("pairwise", SQUARE.replace("risk,2,5,1\n", ""), "incomplete: it has no row for “risk”"),
        (
            "pairwise",
            SQUARE.replace(",risk\n", "\n"),
            "incomplete: it has no row for “Column D” and",
        ),
        (
            "pairwise",
            ",a,b,c\na,1,,\nb,,1,4\nc,,1/4,1\n",
            "“a” against “b”, “a” against “c”, “b” against “a” and “c” against “a”. Enter how",
        ),
        ("pairwise", ",a,b,c,d,e\na\nb\nc\nd\ne\n", "“b” against “c” and 14 more pairs."),
        ("pairwise", ",a,b\na,1,1e9\nb,1e-9,1\n", "“a” against “b” is more than 1,000,000 times"),
        ("pairwise", f",a,b\na,1,1/{'9' * 400}\nb,1,1\n", "column “b” is not a number"),
        ("direct", "c,points\na,1e308\nb,1e308\n", "column “points” is too large"),
        ("rank", "c,place\na,1\nb,1.5\n", "column “place” is not a place: 1.5"),
        ("rank", "c,place\na,1\nb,3\n", "place 3 of “b” does not fit"),
        ("direct", "c,points\na,1\nb,-1\n", "points of “b” must be"),
        ("direct", "c,points\na,1\na,2\n", "“a” stands in row 2 already"),
    ],
)
def test_judgements_that_give_no_weights_are_refused(
    way: str, text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "weights", written(tmp_path, text), "--by", way)
    assert (code, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


# ---------------------------------------------------------------- portfolios


def test_rank_by_another_method_stores_nothing(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(sample_store.path)
    before = path.read_bytes()
    found = result(capsys, "rank", path, "--method", "weighted_sum")
    assert found["method"] == "weighted_sum"
    board = load_board(sample_store).what_if(method_id="weighted_sum")
    assert [u["score"] for u in found["use_cases"]] == [s.score for s in board.ranked]
    assert path.read_bytes() == before
    assert result(capsys, "rank", path)["method"] == "balanced"


def test_a_method_that_does_not_apply_is_refused(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "rank", sample_store.path, "--method", "ice")
    assert (code, out) == (2, "")
    assert "ICE needs the criteria impact, confidence and ease" in err


def test_compare_puts_methods_side_by_side(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    found = result(capsys, "compare", sample_store.path)
    applied = [m["id"] for m in found["methods"]]
    assert applied == ["balanced", "weighted_sum", "weighted_product", "topsis", "promethee2"]
    tau = found["kendall_tau_b"]
    assert all(tau[one][one] == 1 and set(tau[one]) == set(applied) for one in applied)
    assert {r["id"] for r in found["refused"]} == set(METHODS) - set(applied)
    first = found["use_cases"][0]
    assert set(first["ranks"]) == set(first["scores"]) == set(applied)
    code, out, _ = run(capsys, "compare", sample_store.path)
    assert code == 0
    assert "Invoice matching" in out


def test_compare_says_why_agreement_is_undefined(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    found = result(capsys, "compare", store.path)
    assert found["kendall_tau_b"]["balanced"]["topsis"] is None
    assert {u["reason"] for u in found["undefined"]} == {
        "fewer than two use cases are ranked by both"
    }


def test_a_portfolio_is_made_with_the_criteria_of_a_scheme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rice.scoper"
    assert run(capsys, "new", path, "--scheme", "rice")[0] == 0
    assert result(capsys, "rank", path)["method"] == "rice"
    code, _, err = run(capsys, "new", tmp_path / "other.scoper", "--scheme", "astrology")
    assert code == 2
    assert "There is no criteria scheme “astrology”" in err
    assert not (tmp_path / "other.scoper").exists()


def test_a_scheme_replaces_criteria_only_when_told_that_ratings_may_go(
    sample_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "scheme", sample_store.path, "wsjf")
    assert code == 2
    assert "ratings on the present criteria would be lost" in err
    assert run(capsys, "scheme", sample_store.path, "wsjf", "--drop-ratings")[0] == 0
    assert result(capsys, "rank", sample_store.path)["method"] == "wsjf"
