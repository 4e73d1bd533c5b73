"""The verb that changes how use cases are scored."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING
from uuid import UUID

from scoper.cli.parts import Verbs, file_path, open_portfolio, pairs
from scoper.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from scoper.board import Board

VERBS = ("set",)


def register(verbs: Verbs) -> None:
    """Describe this verb to the parser."""
    verb = verbs.add_parser("set", help="set the method, its parameters and weights, as one step")
    verb.add_argument("file", type=file_path, metavar="FILE")
    verb.add_argument("--method", metavar="ID", help="score by this method from now on")
    verb.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the method, such as risk_aversion=1.5",
    )
    verb.add_argument(
        "--weight",
        action="append",
        default=[],
        metavar="CRITERION=VALUE",
        help="the weight of a criterion, by its key",
    )
    verb.add_argument(
        "--formula",
        metavar="TEXT",
        help="score by a formula of criteria and parameters, such as (value_norm + 1) / cost",
    )
    verb.add_argument(
        "--formula-parameters",
        metavar="TEXT",
        help="its parameters, such as caution = 1.5 from 0.5 to 4; reach = 2",
    )
    verb.add_argument(
        "--tiers", metavar="TEXT", help="classes of its scores, such as A from 3, B from 1.5, C"
    )
    verb.set_defaults(run=_set)


def _set(options: argparse.Namespace) -> int:
    from scoper.commands import portfolios  # noqa: PLC0415
    from scoper.queries import load_board  # noqa: PLC0415

    parameters = _numbers(options.parameter, "NAME=VALUE", "--parameter risk_aversion=1.5")
    weights = _numbers(options.weight, "CRITERION=VALUE", "--weight reach=25")
    formula = _formula(options)
    if options.method is None and not parameters and not weights and not formula:
        raise InvalidInput(
            "There is nothing to set.",
            "Add --method, --formula, --parameter or --weight to the verb.",
        )
    with open_portfolio(options.file) as store:
        changes = portfolios.set_scoring(
            store,
            method_id=options.method,
            parameters=parameters or None,
            weights=_by_id(load_board(store), weights) or None,
            formula=formula or None,
        )
        board = load_board(store)
    print(changes.label if changes else "Nothing differs from what was set before.")
    print(f"{board.method.title} ({board.method.id})")
    if board.method.id == "formula":
        print(f"  {board.method.formula}; {board.method.range}")
    for parameter in board.method.parameters:
        print(f"  {parameter.name} = {parameter.text(board.parameters[parameter.name])}")
    for criterion in board.portfolio.criteria:
        print(f"  {criterion.key}: weight {criterion.weight:g}")
    return 0


def _formula(options: argparse.Namespace) -> dict[str, str]:
    """Return what is said of a formula of the portfolio's own."""
    given = {
        "text": options.formula,
        "parameters": options.formula_parameters,
        "tiers": options.tiers,
    }
    return {name: text for name, text in given.items() if text is not None}


def _numbers(texts: list[str], form: str, example: str) -> dict[str, float | str]:
    return {name: _number(text) for name, text in pairs(texts, form, example).items()}


def _number(text: str) -> float | str:
    """Return a number as people write it; what is none stays for its field to refuse."""
    from scoper.exchange.amounts import AmountReader  # noqa: PLC0415

    try:
        return float(text)
    except ValueError:
        pass
    try:
        amount = AmountReader().read(text)
    except ValueError:
        return text
    return text if amount is None else amount


def _by_id(board: Board, weights: dict[str, float | str]) -> dict[UUID, float | str]:
    ids = {criterion.key.casefold(): criterion.id for criterion in board.portfolio.criteria}
    found = {}
    for key, weight in weights.items():
        if key.casefold() not in ids:
            known = ", ".join(criterion.key for criterion in board.portfolio.criteria)
            raise NotFound(f"There is no criterion “{key}”.", f"Name one of: {known}.")
        found[ids[key.casefold()]] = weight
    return found
