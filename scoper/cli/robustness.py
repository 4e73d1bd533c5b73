"""The verb that tells how sure a ranking is."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, print_json_with, read_board
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
        "--weights",
        default="uniform",
        metavar="HOW",
        help="uniform, ordered or around:0.3; not drawn where the method uses no weights",
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
    from scoper.cli.robustness_report import print_lines, use_cases  # noqa: PLC0415
    from scoper.scoring.robustness import parse_weights  # noqa: PLC0415
    from scoper.studies.robustness import study_robustness  # noqa: PLC0415

    if options.top < 1:
        raise InvalidInput("The top must have at least one place.", "Enter 1 or more.")
    weights = parse_weights(options.weights)
    ranges = _ranges(options.parameter)
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
        entries = use_cases(board, study, options.top)
        print_json_with(_as_json(board, study, options), "use_cases", entries)
    else:
        print_lines(study, options.top)
    return 0


def _ranges(texts: Sequence[str]) -> dict[str, tuple[float, float]]:
    ranges = dict(map(_range, texts))
    if len(ranges) < len(texts):
        raise InvalidInput("The range of a parameter is given twice.", "Leave one of them out.")
    return ranges


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
    return {
        "method": board.method.id,
        "draws": found.draws,
        "seed": found.seed,
        "weights": options.weights if "weights" in study.drawn else None,
        "ratings": options.ratings,
        "parameters": _ranges(options.parameter),
        "top": options.top,
        "drawn": list(study.drawn),
        "note": study.told,
        "confidence_draws": found.confidence_draws,
        "pairwise": {
            "keys": [study.use_cases[row].key for row in found.rivals],
            "winning": found.winning.tolist(),
            "standard_error": found.winning_error.tolist(),
        },
    }
