"""Verbs that give results: the ranking, workbooks and documents."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import (
    Verbs,
    file_path,
    line_of,
    make_folder,
    print_json,
    read_board,
    tell,
    use_case_of,
)
from scoper.errors import InvalidInput, NotFound
from scoper.exchange.exporters import DOCUMENTS, EXPORTERS, Exporter

if TYPE_CHECKING:
    from uuid import UUID

    from scoper.board import Board, Standing

VERBS = ("rank", "export")


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
    rank = verbs.add_parser("rank", help="print the ranking")
    rank.add_argument("file", type=file_path, metavar="FILE")
    rank.add_argument("--method", metavar="ID", help="score by this method, this time")
    rank.add_argument("--json", action="store_true")
    rank.set_defaults(run=_rank)

    export = verbs.add_parser("export", help="write the workbook, a document or a chart")
    export.add_argument("kind", choices=tuple(EXPORTERS))
    export.add_argument("file", type=file_path, metavar="FILE")
    export.add_argument("--use-case", metavar="KEY")
    export.add_argument("--out", type=file_path, required=True, metavar="PATH")
    export.set_defaults(run=_export)


def _rank(options: argparse.Namespace) -> int:
    board = read_board(options.file)
    if options.method is not None:
        board = board.what_if(method_id=options.method)
    if board.problem:
        raise InvalidInput(board.problem, field="method")
    if options.json:
        print_json(
            {
                "method": board.method.id,
                "parameters": dict(board.parameters),
                "use_cases": [_standing(standing) for standing in board.ranked],
            }
        )
        return 0
    for standing in board.ranked:
        print(line_of(standing))
    return 0


def _export(options: argparse.Namespace) -> int:
    board = read_board(options.file)
    exporter = EXPORTERS[options.kind]
    if not exporter.per_use_case:
        if options.use_case is not None:
            raise InvalidInput(f"{exporter.title} is about all use cases.", "Leave --use-case out.")
        print(f"wrote {exporter.write(board, None, options.out)}")
    elif options.use_case is not None:
        use_case = use_case_of(board, options.use_case, options.file)
        _tell_of_template(board, use_case.id, exporter)
        print(f"wrote {exporter.write(board, use_case.id, options.out)}")
    else:
        _export_all(board, exporter, options)
    return 0


def _export_all(board: Board, exporter: Exporter, options: argparse.Namespace) -> None:
    """Write a document on each use case into a folder, no two under one name."""
    if options.out.suffix:
        raise InvalidInput(
            f"{exporter.title} is written for one use case.",
            "Name it with --use-case KEY, or give a folder as --out to write all of them.",
        )
    if not board.use_cases:
        raise NotFound(f"{options.file.name} holds no use cases.", "Add some, then export again.")
    _tell_of_template(board, board.use_cases[0].id, exporter)
    make_folder(options.out)
    taken: Counter[str] = Counter()
    for use_case in board.use_cases:
        target = options.out / exporter.file_name(board, use_case.id)
        taken[target.name.casefold()] += 1
        if (count := taken[target.name.casefold()]) > 1:
            target = target.with_stem(f"{target.stem} ({count})")
        print(f"wrote {exporter.write(board, use_case.id, target)}")


def _tell_of_template(board: Board, use_case_id: UUID, exporter: Exporter) -> None:
    """Tell when the user's own template for a document could not be used."""
    from scoper.exchange.documents import compose  # noqa: PLC0415

    if exporter in DOCUMENTS and (fault := compose(board, use_case_id, exporter.id).fault):
        tell(fault)


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "key": standing.use_case.key,
        "title": standing.use_case.title,
        "rank": standing.rank,
        "score": standing.score,
        "tier": standing.tier or None,
        "complete": standing.complete,
        "missing": [criterion.key for criterion in standing.missing],
        "impact": standing.impact,
        "feasibility": standing.feasibility,
        "risk": standing.risk,
        "likelihood": standing.likelihood,
        "enough": standing.enough,
        "cost_of_failing": standing.cost,
        "gain": standing.gain,
        "loss": standing.loss,
    }
