"""What can be written from a board. Each entry imports what it needs only when it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from scoper.errors import InvalidInput
from scoper.exchange import formats
from scoper.files import safe_name, write_atomically

if TYPE_CHECKING:
    from scoper.board import Board

    _Write = Callable[[Board, UUID | None, Path], Path]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A way out of a portfolio.

    ``noun`` ends the file names it proposes. ``suffixes`` are the file endings it can write, the
    usual one first. With ``per_use_case`` it is about one use case, otherwise about them all.
    ``words`` are others people have for it.
    """

    id: str
    title: str
    noun: str
    suffixes: tuple[str, ...]
    per_use_case: bool
    writer: _Write
    words: str = ""

    def write(self, board: Board, use_case_id: UUID | None, target: Path) -> Path:
        """Write ``target``, all of it or nothing, and return it.

        Raises:
            InvalidInput: the ending is none of ``suffixes``, or the use case is not named.
            NotFound: the use case is not in the portfolio.
            ExportError: the file cannot be written; what stood there is untouched.
        """
        if target.suffix.lower() not in self.suffixes:
            raise InvalidInput(
                f"{self.title} cannot be written as “{target.name}”.",
                f"Choose a name that ends in {' or '.join(self.suffixes)}.",
                field="target",
            )
        return self.writer(board, use_case_id, target)

    def file_name(self, board: Board, use_case_id: UUID | None = None) -> str:
        """Return a file name to propose, safe on every system."""
        if use_case_id is None:
            name = safe_name(board.portfolio.title, "portfolio")
        else:
            use_case = board.standing(use_case_id).use_case
            name = f"{safe_name(use_case.key, 'use case')} {safe_name(use_case.title)}"
        return f"{name} {self.noun}{self.suffixes[0]}"


def render_markdown(board: Board, use_case_id: UUID, kind: str) -> str:
    """Return a document as Markdown, as it would be exported now.

    Raises:
        InvalidInput: there is no such kind of document.
        NotFound: the use case is not in the portfolio.
    """
    from scoper.exchange import documents  # noqa: PLC0415 - slow to import

    return documents.render_markdown(board, use_case_id, kind)


def _workbook(board: Board, _: UUID | None, target: Path) -> Path:
    from scoper.exchange.workbook import write_workbook  # noqa: PLC0415 - slow to import

    return write_workbook(board, target)


def _document(kind: str, title: str, noun: str, words: str) -> Exporter:
    def write(board: Board, use_case_id: UUID | None, target: Path) -> Path:
        from scoper.exchange.documents import write_document  # noqa: PLC0415 - slow to import

        if use_case_id is None:
            raise InvalidInput(
                "A document is about one use case.", "Choose a use case.", field="use_case"
            )
        return write_document(board, use_case_id, kind, target)

    return Exporter(kind, title, noun, formats.DOCUMENTS, True, write, words)


def _picture(chart_id: str, title: str, noun: str) -> Exporter:
    def write(board: Board, _: UUID | None, target: Path) -> Path:
        from scoper import charts  # noqa: PLC0415 - slow to import

        drawn = {"chart": charts.payoff_chart, "quadrants": charts.quadrant_chart}[chart_id]
        return write_atomically(target, lambda path: charts.write(drawn(board), path))

    return Exporter(chart_id, title, noun, formats.PICTURES, False, write)


DOCUMENTS: Final = (
    _document(
        "prfaq",
        "PR-FAQ",
        "PR-FAQ",
        "press release customers announcement launch faq questions",
    ),
    _document("prd", "PRD", "PRD", "product requirements specification spec"),
    _document("brief", "Brief", "brief", "one page summary board paper leadership onepager"),
)
"""The documents on a use case, each as the folder of its id in templates says, in order."""

EXPORTERS: Final[dict[str, Exporter]] = {
    exporter.id: exporter
    for exporter in (
        Exporter("workbook", "Ranked workbook", "ranking", formats.WORKBOOK, False, _workbook),
        *DOCUMENTS,
        _picture("chart", "Priority chart", "chart"),
        _picture("quadrants", "Impact and feasibility", "quadrants"),
    )
}
"""Every way out, by id."""
