"""The verb that tells how sure a ranking is."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, print_json, read_board
from scoper.errors import InvalidInput

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.studies.robustness import RobustnessStudy

VERBS = ("robustness",)


def register(verbs: Verbs) -> None:
    """Describe this verb to the parser."""
    verb = verbs.add_parser("robustness", help="tell how sure the ranking is, over many draws")
    verb.add_argument("file", type=Path, metavar="FILE")
    verb.add_argument("--draws", type=int, default=10_000, metavar="N")
    verb.add_argument("--seed", type=int, default=0, metavar="S")
    verb.add_argument(
        "--weights", default="uniform", metavar="HOW", help="uniform, ordered or around:0.3"
    )
    verb.add_argument("--ratings", choices=("fixed", "resample"), default="fixed")
    verb.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=LOW..HIGH",
        help="also draw a parameter of the method, such as risk_aversion=0.5..2",
    )
    verb.add_argument("--top", type=int, default=3, metavar="K")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=_robustness)


def _robustness(options: argparse.Namespace) -> int:
    from scoper.scoring.robustness import parse_weights  # noqa: PLC0415
    from scoper.studies.robustness import study_robustness  # noqa: PLC0415

    if options.top < 1:
        raise InvalidInput("The top must have at least one place.", "Enter 1 or more.")
    weights = parse_weights(options.weights)
    ranges = dict(map(_range, options.parameter))
    board = read_board(options.file)
    study = study_robustness(
        board,
        draws=options.draws,
        seed=options.seed,
        weights=weights,
        resample=options.ratings == "resample",
        ranges=ranges,
    )
    if options.json:
        print_json(_as_json(board, study, options))
        return 0
    found = study.found
    first, top = found.acceptability[:, 0], found.top(options.top)
    print(
        f"{found.draws:,} draws, seed {found.seed}: rank, chance of rank 1, of the top, mean rank"
    )
    for row, use_case in enumerate(study.use_cases):
        print(
            f"{study.ranks[row]:>3}  {first[row]:6.1%}  {top[row]:6.1%}  "
            f"{found.expected_rank[row]:5.1f}  {use_case.key}  {use_case.title}"
        )
    return 0


def _range(text: str) -> tuple[str, tuple[float, float]]:
    name, _, ends = text.partition("=")
    low, _, high = ends.partition("..")
    try:
        return name.strip(), (float(low), float(high))
    except ValueError:
        raise InvalidInput(
            f"“{text}” is not a range of a parameter.",
            "Write its name and its ends, for example risk_aversion=0.5..2.",
        ) from None


def _as_json(board: Board, study: RobustnessStudy, options: argparse.Namespace) -> dict[str, Any]:
    found = study.found
    top = found.top(options.top)
    keys = [use_case.key for use_case in study.use_cases]
    criteria = [criterion.key for criterion in board.portfolio.criteria]
    return {
        "method": board.method.id,
        "draws": found.draws,
        "seed": found.seed,
        "weights": options.weights,
        "ratings": options.ratings,
        "parameters": dict(map(_range, options.parameter)),
        "top": options.top,
        "use_cases": [
            {
                "key": use_case.key,
                "title": use_case.title,
                "rank": study.ranks[row],
                "acceptability": found.acceptability[row].tolist(),
                "standard_error": found.standard_error[row].tolist(),
                "top_probability": float(top[row]),
                "expected_rank": float(found.expected_rank[row]),
                "expected_rank_error": float(found.expected_rank_error[row]),
                "entropy": float(found.entropy[row]),
                "confidence": _known(found.confidence[row]),
                "central_weights": None
                if math.isnan(found.central_weights[row].sum())
                else dict(zip(criteria, found.central_weights[row].tolist(), strict=True)),
            }
            for row, use_case in enumerate(study.use_cases)
        ],
        "pairwise": {
            "keys": [keys[row] for row in found.rivals],
            "winning": found.winning.tolist(),
        },
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
