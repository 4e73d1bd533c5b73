"""Documents as a reader gets them, word for word: of the sample, and where nothing is usual.

A change that is meant is read first, then written anew: ``python -m tests.exchange.test_golden``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from scoper.board import Board, build_board
from scoper.exchange.documents import Kind, render_markdown
from scoper.snapshot import Criterion
from tests.exchange.boards import bare, board_of, full
from tests.skewed import skewed_board

FOLDER = Path(__file__).parent / "golden"
KINDS: tuple[Kind, ...] = ("brief", "prfaq", "prd")
ON = dt.date(2026, 11, 25)
DOCUMENTS: tuple[tuple[str, Kind], ...] = (
    ("UC-01", "brief"),
    ("UC-01", "prfaq"),
    ("UC-01", "prd"),
    ("UC-03", "prfaq"),
    ("UC-09", "prd"),
)


def document(board: Board, key: str, kind: Kind) -> str:
    """Return a document about one use case of the sample."""
    use_case = next(u for u in board.use_cases if u.key == key)
    return render_markdown(board, use_case.id, kind, on=ON)


@pytest.mark.parametrize(("key", "kind"), DOCUMENTS)
def test_a_document_of_the_sample_reads_as_before(
    sample_board: Board, key: str, kind: Kind
) -> None:
    golden = (FOLDER / f"{key}-{kind}.md").read_text(encoding="utf-8")
    assert document(sample_board, key, kind).split("\n") == golden.split("\n")


def unusual() -> dict[str, Board]:
    """Return boards whose second use case has other weights, parameters, methods and gaps."""
    money = skewed_board()
    entered = replace(money.portfolio, title="Unusual", currency="CHF", criteria=_titled(money))
    board = build_board(entered)
    return {
        "full": board_of(bare(), full()),
        "skewed": board,
        "summed": board.what_if(method_id="weighted_sum"),
        "incomplete": build_board(replace(entered, use_cases=entered.use_cases[::-1])),
    }


def _titled(board: Board) -> tuple[Criterion, ...]:
    criteria = enumerate(board.portfolio.criteria)
    return tuple(replace(c, title=f"Criterion {n}", unit="h" if n > 5 else "") for n, c in criteria)


@pytest.mark.parametrize("name", unusual())
def test_a_document_reads_as_before_where_nothing_is_usual(name: str) -> None:
    board = unusual()[name]
    for kind in KINDS:
        golden = (FOLDER / f"{name}-{kind}.md").read_text(encoding="utf-8")
        found = render_markdown(board, board.use_cases[1].id, kind, on=ON)
        assert found.split("\n") == golden.split("\n")


def renew() -> None:
    """Write the documents anew."""
    from tempfile import TemporaryDirectory

    from scoper.commands.samples import create_sample
    from scoper.queries import load_board
    from scoper.store import Store

    with TemporaryDirectory() as folder, Store.create(Path(folder) / "s.scoper", "x") as store:
        create_sample(store)
        board = load_board(store)
        for key, kind in DOCUMENTS:
            path = FOLDER / f"{key}-{kind}.md"
            path.write_text(document(board, key, kind), encoding="utf-8", newline="\n")
    for name, board in unusual().items():
        for kind in KINDS:
            found = render_markdown(board, board.use_cases[1].id, kind, on=ON)
            (FOLDER / f"{name}-{kind}.md").write_text(found, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
