"""Verbs that give results: the ranking, workbooks and documents."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, line_of, make_folder, print_json, read_board
from scoper.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from scoper.board import Standing

VERBS = ("rank", "export")


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
    rank = verbs.add_parser("rank", help="print the ranking")
    rank.add_argument("file", type=Path, metavar="FILE")
    rank.add_argument("--method", metavar="ID", help="score by this method, this time")
    rank.add_argument("--json", action="store_true")
    rank.set_defaults(run=_rank)

    export = verbs.add_parser("export", help="write the workbook or a document")
    export.add_argument("kind", choices=("workbook", "prfaq", "prd"))
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--use-case", metavar="KEY")
    export.add_argument("--out", type=Path, required=True, metavar="PATH")
    export.set_defaults(run=_export)


def _rank(options: argparse.Namespace) -> int:
    board = read_board(options.file)
    if options.method is not None:
        board = board.what_if(method_id=options.method)
        if board.problem:
            raise InvalidInput(board.problem, field="method")
    if options.json:
        parameters = board.parameters
        print_json(
            {
                "method": board.method.id,
                "parameters": {
                    "risk_aversion": parameters.risk_aversion,
                    "p_low": parameters.p_low,
                    "p_high": parameters.p_high,
                },
                "use_cases": [_standing(standing) for standing in board.ranked],
            }
        )
        return 0
    if board.problem:
        print(board.problem, file=sys.stderr)
    for standing in board.ranked:
        print(line_of(standing))
    return 0


def _export(options: argparse.Namespace) -> int:
    from scoper.exchange.exporters import EXPORTERS  # noqa: PLC0415

    board = read_board(options.file)
    exporter = EXPORTERS[options.kind]
    if not exporter.per_use_case:
        print(f"wrote {exporter.write(board, None, options.out)}")
        return 0
    if options.use_case:
        use_case = next((u for u in board.use_cases if u.key == options.use_case), None)
        if use_case is None:
            raise NotFound(
                f"There is no use case {options.use_case} in {options.file.name}.",
                "`scoper rank FILE` lists the keys.",
            )
        print(f"wrote {exporter.write(board, use_case.id, options.out)}")
        return 0
    if options.out.suffix:
        raise InvalidInput(
            f"{exporter.title} is written for one use case.",
            "Name it with --use-case KEY, or give a folder as --out to write all of them.",
        )
    make_folder(options.out)
    for use_case in board.use_cases:
        target = options.out / exporter.file_name(board, use_case.id)
        print(f"wrote {exporter.write(board, use_case.id, target)}")
    return 0


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "key": standing.use_case.key,
        "title": standing.use_case.title,
        "rank": standing.rank,
        "score": standing.score,
        "complete": standing.complete,
        "missing": [criterion.key for criterion in standing.missing],
        "impact": standing.impact,
        "feasibility": standing.feasibility,
        "risk": standing.risk,
        "likelihood": standing.likelihood,
        "gain": standing.gain,
        "loss": standing.loss,
    }
