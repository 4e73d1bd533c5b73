"""Documents drafted from what the five steps hold, as DOCX, Markdown or PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from scoper.board import Board
from scoper.errors import InvalidInput
from scoper.exchange.documents.blocks import MARK, Block, parse
from scoper.exchange.documents.drafting import Document, DraftedSection, compose
from scoper.exchange.documents.outline import KINDS, DocumentSpec, Kind, describe
from scoper.exchange.formats import DOCUMENTS
from scoper.files import write_atomically, write_text
from scoper.text import clean_line

__all__ = [
    "KINDS",
    "MARK",
    "Document",
    "DocumentSpec",
    "DraftedSection",
    "Kind",
    "compose",
    "describe",
    "render_markdown",
    "write_document",
]

_Writer = Callable[[tuple[Block, ...], Path, dict[str, str], bool], None]


def render_markdown(
    board: Board, use_case_id: UUID, kind: Kind, *, on: dt.date | None = None
) -> str:
    """Return a document as Markdown; every writer draws exactly this text.

    ``on`` is the date of the draft, today unless given.

    Raises:
        InvalidInput: there is no such kind of document.
        NotFound: the use case is not in the portfolio.
    """
    return compose(board, use_case_id, kind, on=on).markdown


def write_document(
    board: Board, use_case_id: UUID, kind: Kind, target: Path, *, on: dt.date | None = None
) -> Path:
    """Write a document to ``target`` in the format its ending names; returns ``target``.

    Raises:
        InvalidInput: the ending is none of a document, or there is no such kind of document.
        NotFound: the use case is not in the portfolio.
        ExportError: the file cannot be written; what stood there is untouched.
    """
    suffix = target.suffix.lower()
    if suffix not in DOCUMENTS:
        raise InvalidInput(
            f"A document cannot be written as “{target.suffix or target.name}”.",
            f"Choose one of: {', '.join(DOCUMENTS)}.",
            field="target",
        )
    markdown = render_markdown(board, use_case_id, kind, on=on)
    if suffix == ".md":
        return write_text(target, markdown)
    write = _writer(suffix)
    use_case = board.use_cases[board.portfolio.row_of[use_case_id]]
    spec = describe(kind)
    about = {
        "title": f"{clean_line(use_case.title)}: {spec.title}",
        "author": clean_line(board.portfolio.organisation),
        "subject": clean_line(board.portfolio.title),
    }
    blocks = parse(markdown)
    return write_atomically(target, lambda path: write(blocks, path, about, spec.one_page))


def _writer(suffix: str) -> _Writer:
    if suffix == ".docx":
        from scoper.exchange.documents.word import write_docx  # noqa: PLC0415 - slow to import

        return write_docx
    from scoper.exchange.documents.pdf import write_pdf  # noqa: PLC0415 - slow to import

    return write_pdf
