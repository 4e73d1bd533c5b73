"""Documents of the sample as a reader gets them, word for word.

A change that is meant is read first, then written anew: ``python -m tests.exchange.test_golden``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from scoper.board import Board
from scoper.exchange.documents import Kind, render_markdown

FOLDER = Path(__file__).parent / "golden"
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


if __name__ == "__main__":
    renew()
