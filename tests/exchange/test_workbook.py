"""The workbook: text stays text, results equal the board, and formulas compute them anew."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scoper.board import Board, build_board
from scoper.charts import figure, payoff_chart
from scoper.charts.words import summary_of
from scoper.errors import ExportError
from scoper.exchange.workbook import write_workbook
from scoper.exchange.workbook.formulas import live
from scoper.exchange.workbook.look import CELL_LIMIT, fit_cell
from scoper.exchange.workbook.ranking import COLUMNS, FIRST, HEADER
from scoper.scoring.methods import METHODS
from scoper.terms import Decision, Dimension
from tests.exchange.boards import CRITERIA, NASTY, answers, bare, board_of, full, rated
from tests.exchange.conftest import Convert
from tests.support import assumed

MOVED = {
    "risk_aversion": 2.5, "p_low": 0.2, "p_high": 0.7, "enough_impact": 0.6, "stake": 0.15,
}  # fmt: skip
EDGE = {"balanced": {"risk_aversion": 0.0, "p_low": 0.0, "p_high": 1.0}}
ON = dt.date(2026, 11, 24)
NUMBERS = ("rank", "score", "impact", "feasibility", "risk", "likelihood", "gain", "loss")
pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def board() -> Board:
    """Return seven use cases, two tied, and one that nobody rated on what it needs."""
    ratings = rated((7, len(CRITERIA), 3))
    ratings[3] = ratings[2]
    ratings[5, 2, :] = np.nan
    ratings[6, 4:6, :] = np.nan
    use_cases = [full(f"UC-{n}", title=f"Use case {n}") for n in range(6)]
    return board_of(*use_cases, bare("=1+1", key="0012"), ratings=ratings)


def _opened(path: Path, *, data_only: bool = False) -> Workbook:
    return load_workbook(BytesIO(path.read_bytes()), data_only=data_only)


def _rows(sheet: Worksheet) -> list[dict[str, Any]]:
    names = [column.name for column in COLUMNS]
    return [
        dict(zip(names, values, strict=True))
        for values in sheet.iter_rows(min_row=FIRST + 1, max_col=len(COLUMNS), values_only=True)
    ]


def _check(rows: list[dict[str, Any]], board: Board) -> None:
    by_number = {row["number"]: row for row in rows}
    assert len(by_number) == len(board.use_cases)
    for number, use_case in enumerate(board.use_cases, start=1):
        standing, row = board.standing(use_case.id), by_number[number]
        assert row["key"] == use_case.key
        for name in NUMBERS:
            expected = getattr(standing, name)
            if expected is None:
                assert row[name] in (None, "", "–"), name
            else:
                assert row[name] == pytest.approx(expected, abs=1e-9), name
        assert (row["missing"] or "") == "; ".join(c.title for c in standing.missing)
        band = (row["band"] or "").lstrip("●◆▲ ")
        assert band == (standing.band.label if standing.band else "")


def _recomputed(convert: Convert, path: Path) -> list[dict[str, Any]]:
    """Return the ranking as LibreOffice computes it, whatever results the file holds."""
    (sheet,) = _rankings(convert([path], "xlsx"))
    return _rows(sheet)


def _rankings(paths: list[Path]) -> list[Worksheet]:
    return [_opened(path, data_only=True)["Ranking"] for path in paths]


def _by_method(method_id: str, board: Board) -> Board:
    """Return a board scored by a method, with the criteria its formula needs."""
    portfolio, keys = board.portfolio, METHODS[method_id].criteria
    criteria = tuple(
        replace(criterion, key=keys[place] if place < len(keys) else criterion.key)
        for place, criterion in enumerate(portfolio.criteria)
    )
    return build_board(replace(portfolio, method=method_id, criteria=criteria))


# ---------------------------------------------------------------- what the file holds


def test_cached_results_are_those_of_the_board(board: Board, tmp_path: Path) -> None:
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    sheet = _opened(path, data_only=True)["Ranking"]
    rows = _rows(sheet)
    _check(rows, board)
    assert [row["number"] for row in rows] == [
        board.portfolio.row_of[standing.use_case.id] + 1 for standing in board.ranked
    ]
    assert [row["rank"] for row in rows].count(rows[0]["rank"]) >= 1


def test_numbers_of_the_ranking_are_formulas(board: Board, tmp_path: Path) -> None:
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    book = _opened(path)
    for row in _rows(book["Ranking"]):
        assert all(str(row[name]).startswith("=") for name in (*NUMBERS, "band", "missing"))
    assert {"risk_aversion", "p_low", "p_high", "break_even"} <= set(book.defined_names)


def test_a_go_for_a_prohibited_use_is_written_as_it_is_shown(tmp_path: Path) -> None:
    banned = full(answers=answers(eu_ai_act={"ban_emotion": "yes"}), decision=Decision.GO)
    path = write_workbook(board_of(banned), tmp_path / "ranking.xlsx", on=ON)
    (row,) = _rows(_opened(path, data_only=True)["Ranking"])
    assert row["decision"] == "Go (prohibited)"


def test_text_stays_text(tmp_path: Path) -> None:
    use_cases = [
        bare(text.replace("\n", " "), key=f"={n}", function=text, owner=text)
        for n, text in enumerate(NASTY)
    ]
    path = write_workbook(board_of(*use_cases, title="=1+1"), tmp_path / "nasty.xlsx", on=ON)
    sheet = _opened(path)["Ranking"]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")
    places = {column.name: n for n, column in enumerate(COLUMNS)}
    seen = set()
    for cells in sheet.iter_rows(min_row=FIRST + 1):
        for name in ("key", "use_case", "function", "owner"):
            cell = cells[places[name]]
            assert cell.data_type == "s"
            assert cell.hyperlink is None
        seen.add(cells[places["function"]].value)
    assert seen == set(NASTY)


def test_sheets_are_ready_to_read_and_print(board: Board, tmp_path: Path) -> None:
    book = _opened(write_workbook(board, tmp_path / "ranking.xlsx", on=ON))
    assert book.sheetnames == ["Ranking", "Chart", "Scores", "Ratings", "Weights", "Method"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert not sheet.protection.sheet
    ranking = book["Ranking"]
    assert ranking.freeze_panes == f"D{HEADER + 2}"
    assert ranking.auto_filter.ref.startswith(f"A{HEADER + 1}:")
    assert ranking.print_title_rows == f"${HEADER + 1}:${HEADER + 1}"


def test_ratings_lists_values_and_abstentions(tmp_path: Path) -> None:
    board = board_of(bare(), ratings=np.full((1, len(CRITERIA), 2), np.nan), people=2)
    board.portfolio.ratings[0, 0, 0] = 4.0
    board.portfolio.abstained[0, 1, 1] = True
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    rows = list(_opened(path)["Ratings"].iter_rows(min_row=5, values_only=True))
    assert [(row[0], row[4], row[5], row[6]) for row in rows] == [
        ("Person 0", "Value", 4, None),
        ("Person 1", "Reach", None, "yes"),
    ]


def test_text_beyond_a_cell_is_cut_with_a_mark() -> None:
    assert fit_cell("x" * CELL_LIMIT) == "x" * CELL_LIMIT
    cut = fit_cell("😀" * CELL_LIMIT)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cut.endswith("[cut here: the whole text has 32,767 characters]")


@pytest.mark.parametrize(
    "board",
    [
        board_of(),
        board_of(bare(), people=0, ratings=np.full((1, len(CRITERIA), 0), np.nan)),
        board_of(bare(), criteria=(), ratings=np.full((1, 0, 1), np.nan), people=1),
        board_of(bare(), criteria=CRITERIA[:2]),
        board_of(full(), parameters=EDGE),
    ],
    ids=["no use case", "no participant", "no criterion", "no risk criterion", "extremes"],
)
def test_every_board_can_be_written(board: Board, tmp_path: Path) -> None:
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    sheet = _opened(path, data_only=True)["Ranking"]
    if board.portfolio.criteria:
        _check(_rows(sheet), board) if not board.problem else None
    if board.problem:
        assert board.problem in sheet["A5"].value


def test_a_failure_leaves_the_old_file(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "ranking.xlsx"
    target.write_bytes(b"before")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scoper.exchange.workbook.write_method", full_disk)
    with pytest.raises(ExportError):
        write_workbook(board, target)
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["ranking.xlsx"]


# ---------------------------------------------------------------- what the formulas compute


def test_recomputed_formulas_equal_the_board(
    board: Board, convert: Convert, tmp_path: Path
) -> None:
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    _check(_recomputed(convert, path), board)


def test_changed_inputs_give_what_the_board_gives(
    board: Board, convert: Convert, tmp_path: Path
) -> None:
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    book = _opened(path)
    weights = np.array([10.0, 70.0, 5.0, 5.0, 0.0, 2.0, 0.0])
    for name, value in MOVED.items():
        ((sheet, place),) = book.defined_names[name].destinations
        book[sheet][place].value = value
    for row, weight in enumerate(weights, start=5):
        book["Weights"].cell(row, 4).value = weight
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    expected = board.what_if(weights, assumed(**MOVED))
    assert expected.ranked[0].score != board.ranked[0].score
    _check(_recomputed(convert, changed), expected)


def test_a_missing_rating_can_be_filled_in(board: Board, convert: Convert, tmp_path: Path) -> None:
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    book = _opened(path)
    scores = book["Scores"]
    (row,) = (cell.row for cell in scores["A"] if cell.value == 6)
    heads = [cell.value for cell in scores[6]]
    scores.cell(row, heads.index("Data") + 1).value = 3.0
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    ratings = board.portfolio.ratings.copy()
    ratings[5, 2, :] = 3.0
    portfolio = replace(board.portfolio, ratings=ratings)
    _check(_recomputed(convert, changed), build_board(portfolio))


def test_each_change_of_an_input_is_recomputed_to_the_last_digit(
    board: Board, convert: Convert, tmp_path: Path
) -> None:
    """Before, and after each parameter, two weights and three ratings, with all terms on."""
    at = assumed(enough_impact=0.5, stake=0.25)
    start = build_board(replace(board.portfolio, parameters={"balanced": at}))
    path, weights = write_workbook(start, tmp_path / "0.xlsx", on=ON), start.matrix.weights
    expected = {path: start}

    def save(book: Workbook, after: Board) -> None:
        changed = tmp_path / f"{len(expected)}.xlsx"
        book.save(changed)
        expected[changed] = after

    for name, value in MOVED.items():
        book = _opened(path)
        ((sheet, place),) = book.defined_names[name].destinations
        book[sheet][place].value = value
        save(book, start.what_if(parameters={**at, name: value}))
    for column, weight in ((0, 71.0), (4, 3.0)):
        book, moved = _opened(path), weights.copy()
        book["Weights"].cell(5 + column, 4).value = moved[column] = weight
        save(book, start.what_if(moved))
    for row, column, rating in ((0, 0, 1.0), (2, 1, 5.0), (4, 6, 2.25)):
        book, ratings = _opened(path), start.portfolio.ratings.copy()
        heads = [cell.value for cell in book["Scores"][6]]
        (line,) = (cell.row for cell in book["Scores"]["A"] if cell.value == row + 1)
        place = heads.index(start.portfolio.criteria[column].title) + 1
        book["Scores"].cell(line, place).value = rating
        ratings[row, column, :] = rating
        save(book, build_board(replace(start.portfolio, ratings=ratings)))
    scores = {tuple(b.ranking.scores.score.tolist()) for b in expected.values()}
    assert len(scores) == len(expected) == 11, "a change changes nothing: nothing is shown"
    for sheet, after in zip(
        _rankings(convert([*expected], "xlsx")), expected.values(), strict=True
    ):
        _check(_rows(sheet), after)


# ---------------------------------------------------------------- other methods


def test_formulas_of_every_method_compute_what_the_board_says(
    board: Board, convert: Convert, tmp_path: Path
) -> None:
    boards = {method_id: _by_method(method_id, board) for method_id in METHODS}
    changed = {}
    for method_id, own in boards.items():
        path = write_workbook(own, tmp_path / f"{method_id}.xlsx", on=ON)
        _check(_rows(_opened(path, data_only=True)["Ranking"]), own)
        book = _opened(path)
        weights = np.array([10.0, 70.0, 5.0, 5.0, 0.0, 2.0, 1.0])
        for row, weight in enumerate(weights, start=5):
            book["Weights"].cell(row, 4).value = weight
        book.save(path)
        changed[path] = own.what_if(weights)
    for (path, expected), sheet in zip(
        changed.items(), _rankings(convert(list(changed), "xlsx")), strict=True
    ):
        if live(expected):
            _check(_rows(sheet), expected)
        else:
            scores = {row["number"]: row["score"] for row in _rows(sheet)}
            stored = boards[path.stem].ranking.scores.score
            known = [scores[n] for n, score in enumerate(stored, 1) if not np.isnan(score)]
            assert known == pytest.approx(stored[~np.isnan(stored)], abs=1e-9)


def test_a_formula_of_ones_own_computes_what_the_board_says(
    board: Board, convert: Convert, tmp_path: Path
) -> None:
    one, two, three, four = board.matrix.keys[:4]
    texts = (
        f"({one}_norm + 2 * {two}) / (caution * {three}_norm + 1) - -{four}",
        f"min({one}, {two}, caution) * sqrt(max({three} - 1, 0)) / ({four} / (1 + {one}_norm))",
        f"{one} - ({two} - ({three} - caution)) / 2 / 0.25",
    )
    changed = {}
    for place, text in enumerate(texts):
        formula = {"text": text, "parameters": {"caution": {"default": 1.5, "low": 0.5}}}
        portfolio = replace(board.portfolio, method="formula", formula=formula)
        own = build_board(portfolio)
        assert own.problem == ""
        path = write_workbook(own, tmp_path / f"{place}.xlsx", on=ON)
        _check(_rows(_opened(path, data_only=True)["Ranking"]), own)
        book = _opened(path)
        ((sheet, cell),) = book.defined_names["caution"].destinations
        book[sheet][cell].value = 2.75
        book.save(path)
        changed[path] = own.what_if(parameters={"caution": 2.75})
    sheets = _rankings(convert(list(changed), "xlsx"))
    for expected, sheet in zip(changed.values(), sheets, strict=True):
        _check(_rows(sheet), expected)


@pytest.mark.parametrize("method_id", METHODS)
def test_no_formula_is_claimed_that_did_not_make_the_number(
    method_id: str, board: Board, tmp_path: Path
) -> None:
    own = _by_method(method_id, board)
    assert own.problem == ""
    book = _opened(write_workbook(own, tmp_path / "ranking.xlsx", on=ON))
    scores = [str(row["score"]) for row in _rows(book["Ranking"]) if row["score"] is not None]
    assert {text.startswith("=") for text in scores} == {live(own)}
    words = "\n".join(
        str(cell) for row in book["Method"].iter_rows(values_only=True) for cell in row
    )
    assert own.method.formula in words
    assert ("are written as numbers" in words) is not live(own)
    assert ("break_even" in book.defined_names) is own.method.has_break_even


def test_a_scheme_without_risk_has_no_chart_but_a_ranking(tmp_path: Path) -> None:
    keys = METHODS["ice"].criteria
    dimensions = (Dimension.IMPACT, Dimension.FEASIBILITY, Dimension.FEASIBILITY)
    criteria = [
        replace(CRITERIA[0], id=uuid4(), key=key, title=key, dimension=dimension)
        for key, dimension in zip(keys, dimensions, strict=True)
    ]
    board = board_of(bare(), full(), criteria=criteria, method="ice")
    book = _opened(write_workbook(board, tmp_path / "ranking.xlsx", on=ON), data_only=True)
    assert "Chart" not in book.sheetnames
    _check(_rows(book["Ranking"]), board)
    chart = payoff_chart(board)
    assert len(chart) == 0
    assert "do not tell impact, feasibility and risk" in summary_of(chart)
    assert figure(chart).axes[0].get_lines() == []


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        (("Short", "Other", "Third"), {"Short", "Other", "Third"}),
        (("Short", "A title that is far longer than that", "Third"), {"Short", "Third"}),
        (("Short", "Eighteen letters !", "Third"), {"Short", "Eighteen letters !", "Third"}),
    ],
)
def test_a_name_in_the_chart_runs_into_no_other_mark(
    titles: tuple[str, ...], named: set[str], tmp_path: Path
) -> None:
    """The first two have the same impact, one likelihood 0.2 to the left of the other."""
    criteria = (CRITERIA[0], CRITERIA[2], CRITERIA[4])
    votes = np.array([[4, 5, 2], [4, 5 - 8 / 7, 2], [2, 2, 4]], dtype=np.float64)[:, :, None]
    use_cases = [bare(title, key=f"UC-{n}") for n, title in enumerate(titles)]
    board = board_of(*use_cases, criteria=criteria, ratings=votes, people=1)
    first, second = (board.standing(u.id).likelihood or 0 for u in use_cases[:2])
    assert first - second == pytest.approx(0.2)
    path = write_workbook(board, tmp_path / "ranking.xlsx", on=ON)
    with zipfile.ZipFile(path) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    assert set(re.findall(r"<a:t>([^<]+)</a:t>", chart)) & set(titles) == named
