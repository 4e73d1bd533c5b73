"""The verb that says how far a group agrees."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, file_path, print_json, read_board
from scoper.errors import InvalidInput

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.scoring.agreement import Agreement, RaterAgreement
    from scoper.scoring.statistic import Statistic

VERBS = ("agreement",)

_TITLES = {
    "kendall_w": "Kendall's W",
    "icc_1": "ICC(1), one-way",
    "icc_k": "ICC(k), one-way",
    "icc_a1": "ICC(A,1), two-way",
    "icc_ak": "ICC(A,k), two-way",
    "krippendorff_nominal": "Krippendorff's α, nominal",
    "krippendorff_ordinal": "Krippendorff's α, ordinal",
    "krippendorff_interval": "Krippendorff's α, interval",
    "fleiss_kappa": "Fleiss' κ",
}
_OF_CELLS = {
    "mean": "mean",
    "median": "median",
    "sd": "sd",
    "range": "spread",
    "r_wg": "r_wg",
    "consensus": "consensus",
}
_LEAST_AGREED = 5


def register(verbs: Verbs) -> None:
    """Describe this verb to the parser."""
    agreement = verbs.add_parser("agreement", help="say how far the participants agree")
    agreement.add_argument("file", type=file_path, nargs="?", metavar="FILE")
    agreement.add_argument(
        "--ratings",
        type=file_path,
        metavar="CSV",
        help="ratings of any items, numbers or words: columns item, rater, value",
    )
    agreement.add_argument("--json", action="store_true")
    agreement.set_defaults(run=_agreement)


def _agreement(options: argparse.Namespace) -> int:
    if (options.file is None) == (options.ratings is None):
        raise InvalidInput(
            "Name either a portfolio or a table of ratings.",
            "Write `scoper agreement FILE` or `scoper agreement --ratings CSV`.",
        )
    return _of_table(options) if options.file is None else _of_portfolio(options)


def _of_table(options: argparse.Namespace) -> int:
    from scoper.exchange.item_ratings import item_ratings  # noqa: PLC0415
    from scoper.exchange.tables import read_table  # noqa: PLC0415
    from scoper.scoring.agreement import rater_agreement  # noqa: PLC0415

    ratings = item_ratings(read_table(options.ratings))
    found = rater_agreement(ratings.values, words=bool(ratings.words))
    if options.json:
        told = {"abstained": ratings.abstained, "words": list(ratings.words) or None}
        print_json({**_as_dict(found), **told})
    else:
        _print(found)
    return 0


def _of_portfolio(options: argparse.Namespace) -> int:
    from scoper.scoring.agreement import agreement  # noqa: PLC0415

    board = read_board(options.file)
    found = agreement(board.portfolio.judged)
    if options.json:
        print_json(
            {
                **_as_dict(found.overall),
                "abstained": int(board.portfolio.abstained.sum()),
                "criteria": [
                    {"key": criterion.key, "title": criterion.title, **_as_dict(one)}
                    for criterion, one in zip(board.portfolio.criteria, found.criteria, strict=True)
                ],
                "cells": _cells(board, found),
            }
        )
        return 0
    _print(found.overall)
    _print_least_agreed(board, found)
    return 0


# ---------------------------------------------------------------- for scripts


def _as_dict(found: RaterAgreement) -> dict[str, Any]:
    from scoper.terms import Strength  # noqa: PLC0415

    statistics = dict(found.statistics())
    numbers = {name: value for name, value in statistics.items() if isinstance(value, float)}
    return {
        "items": found.items,
        "raters": found.raters,
        "ratings": found.ratings,
        "complete_items": found.complete_items,
        "even_items": found.even_items,
        "paired_items": found.paired_items,
        **{name: numbers.get(name) for name in statistics},
        "strength": {name: Strength.of(value) for name, value in numbers.items()},
        "undefined": _undefined(statistics),
    }


def _undefined(statistics: dict[str, Statistic]) -> dict[str, str]:
    return {
        name: value.reason for name, value in statistics.items() if not isinstance(value, float)
    }


def _cells(board: Board, found: Agreement) -> list[dict[str, Any]]:
    cells = found.cells
    listed = []
    for row, use_case in enumerate(board.use_cases):
        for column, criterion in enumerate(board.portfolio.criteria):
            statistics = {
                name: getattr(cells, field).at(row, column) for name, field in _OF_CELLS.items()
            }
            undefined = _undefined(statistics)
            listed.append(
                {
                    "use_case": use_case.key,
                    "criterion": criterion.key,
                    "n": int(cells.n[row, column]),
                    **{n: None if n in undefined else v for n, v in statistics.items()},
                    "histogram": cells.histogram[column][row].tolist(),
                    "undefined": undefined,
                }
            )
    return listed


# ---------------------------------------------------------------- for people


def _print(found: RaterAgreement) -> None:
    from scoper.terms import Strength  # noqa: PLC0415
    from scoper.text import plural  # noqa: PLC0415

    print(
        f"{plural(found.ratings, 'rating')} of {plural(found.items, 'item')} by "
        f"{plural(found.raters, 'rater')}; {found.complete_items:,} rated by all of them "
        f"(W, two-way ICC), {found.even_items:,} equally often (one-way ICC, κ), "
        f"{found.paired_items:,} by at least two (α)"
    )
    for name, value in found.statistics():
        if isinstance(value, float):
            print(f"  {_TITLES[name]:<27} {value:6.3f}  {Strength.of(value).label.lower()}")
        else:
            print(f"  {_TITLES[name]:<27}      –  {value.reason}")


def _print_least_agreed(board: Board, found: Agreement) -> None:
    import numpy as np  # noqa: PLC0415

    consensus = found.cells.consensus.values
    order = np.argsort(consensus, axis=None, kind="stable")
    worst = order[: min(_LEAST_AGREED, int(found.cells.consensus.defined.sum()))]
    if worst.size:
        print("Least agreed (consensus, 1 = all of one mind):")
    for place in worst.tolist():
        row, column = divmod(place, consensus.shape[1])
        use_case, criterion = board.use_cases[row], board.portfolio.criteria[column]
        print(f"  {consensus[row, column]:.2f}  {use_case.key}  {criterion.title}")
