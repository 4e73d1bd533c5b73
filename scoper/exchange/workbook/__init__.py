"""The ranking as an Excel workbook that recalculates: what leadership reads and may change."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

from scoper.board import Board
from scoper.exchange.workbook.chart import write_chart
from scoper.exchange.workbook.inputs import write_ratings, write_scores, write_weights
from scoper.exchange.workbook.look import Book
from scoper.exchange.workbook.method import write_method
from scoper.exchange.workbook.ranking import write_ranking
from scoper.files import write_atomically
from scoper.text import clean_line

__all__ = ["write_workbook"]


def write_workbook(board: Board, target: Path, *, on: dt.date | None = None) -> Path:
    """Write the sheets Ranking, Chart, Scores, Ratings, Weights and Method to ``target``.

    Every formula holds its result, so that previews show what the board shows, and computes the
    same anew. ``on`` is the date printed on it, today unless given. Returns ``target``.

    Raises:
        ExportError: the file cannot be written; what stood there is untouched.
    """
    complete, day = board.completed(), on or dt.date.today()
    return write_atomically(target, lambda path: _write(complete, path, day))


def _write(board: Board, path: Path, on: dt.date) -> None:
    stream = BytesIO()
    book = Book(stream)
    book.file.set_properties(
        {
            "title": clean_line(board.portfolio.title)[:255],
            "subject": "Ranked use cases",
            "company": clean_line(board.portfolio.organisation)[:255],
            "comments": "Written by Scoper",
            "created": dt.datetime(on.year, on.month, on.day, tzinfo=dt.UTC),
        }
    )
    write_ranking(book, board, on)
    write_chart(book, board)
    write_scores(book, board)
    write_ratings(book, board)
    write_weights(book, board)
    write_method(book, board)
    book.file.close()
    path.write_bytes(stream.getvalue())
