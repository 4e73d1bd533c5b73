"""The verb that selects under a budget, from a portfolio or from a table."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, pairs, print_json, read_board
from scoper.errors import ImportProblem, InvalidInput, NotFound

if TYPE_CHECKING:
    from scoper.exchange.tables import Table, TableRow
    from scoper.scoring.selection import Problem, Selection

VERBS = ("select",)
_MOST_BUDGETS = 1_000
_SHOWN_GAP = 0.0001


def register(verbs: Verbs) -> None:
    """Describe this verb to the parser."""
    verb = verbs.add_parser("select", help="select use cases, or rows of a table, under a budget")
    source = verb.add_mutually_exclusive_group(required=True)
    source.add_argument("file", type=Path, metavar="FILE", nargs="?")
    source.add_argument("--table", type=Path, metavar="CSV", help="item, value, cost, capacities")
    verb.add_argument("--requires", type=Path, metavar="CSV", help="with --table: item, needs")
    verb.add_argument("--budget", required=True, metavar="X")
    verb.add_argument("--capacity", action="append", default=[], metavar="ROLE=EFFORT")
    verb.add_argument("--must", action="append", default=[], metavar="KEY")
    verb.add_argument("--must-not", action="append", default=[], metavar="KEY")
    verb.add_argument("--exclusive", action="append", default=[], metavar="KEY,KEY,…")
    verb.add_argument("--min-number", type=int, metavar="N", help="select at least N")
    verb.add_argument("--max-number", type=int, metavar="N", help="select at most N")
    verb.add_argument(
        "--value", choices=("above_break_even", "score", "npv"), default="above_break_even"
    )
    verb.add_argument("--years", type=int, default=3, metavar="N", help="horizon of npv")
    verb.add_argument("--rate", default="0.08", metavar="R", help="discount rate of npv")
    verb.add_argument(
        "--seconds", type=float, default=60.0, metavar="N", help="longest search for the proof"
    )
    verb.add_argument("--frontier", type=int, metavar="N", help="the best value for N budgets")
    verb.add_argument(
        "--core", type=int, metavar="DRAWS", help="how often each is selected as weights vary"
    )
    verb.add_argument("--seed", type=int, default=0, metavar="S", help="of the draws of --core")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=_select)


def _select(options: argparse.Namespace) -> int:
    from scoper.scoring.selection import greedy, select  # noqa: PLC0415

    if not options.seconds > 0:
        raise InvalidInput("The time to search must be above 0.", "Enter for example 60.")
    problem, more = _from_table(options) if options.table else _from_portfolio(options)
    best = select(problem, seconds=options.seconds)
    beside = greedy(problem)
    if options.frontier is not None:
        more["frontier"] = _frontier(problem, options.frontier)
    if options.json:
        print_json(_as_json(problem, best, beside) | more)
        return 0
    _print(problem, best, beside, more)
    return 0


def _print(
    problem: Problem, best: Selection, beside: Selection | None, more: dict[str, Any]
) -> None:
    for item in best.chosen:
        print(f"{problem.value[item]:12,.2f}  {problem.cost[item]:14,.2f}  {problem.names[item]}")
    gap = f"at most {best.gap:.2%}" if best.gap >= _SHOWN_GAP else "less than 0.01%"
    proof = "proven optimal" if best.optimal else f"{gap} from the best"
    print(f"value {best.value:,.2f}, cost {best.cost:,.2f} of {problem.budget:,.2f}, {proof}")
    if beside:
        print(f"greedy by value per cost: value {beside.value:,.2f}, cost {beside.cost:,.2f}")
    for left in more.get("left_out", ()):
        print(f"left out: {left['key']}, {left['reason']}")
    for point in more.get("frontier", ()):
        print(f"with {point['budget']:,.2f}: value {point['value']:,.2f}, {point['cost']:,.2f}")
    for name, share in more.get("core_index", {}).items():
        error = more["core_index_error"][name]
        print(f"selected in {share:6.1%} ± {error:.1%} of the draws: {name}")


def _frontier(problem: Problem, steps: int) -> list[dict[str, Any]]:
    """Return the best selections for budgets from 0 to the cost of everything."""
    import numpy as np  # noqa: PLC0415

    from scoper.scoring.selection import frontier  # noqa: PLC0415
    from scoper.scoring.selection.problem import total  # noqa: PLC0415

    if not 1 <= steps <= _MOST_BUDGETS:
        raise InvalidInput(
            f"The frontier cannot have {steps:,} budgets.",
            f"Enter a number from 1 to {_MOST_BUDGETS:,}.",
        )
    budgets = np.linspace(0.0, total(problem.cost), steps + 1).tolist()
    return [
        {
            "budget": point.budget,
            "value": point.selection.value,
            "cost": point.selection.cost,
            "selected": [problem.names[item] for item in point.selection.chosen],
        }
        for point in frontier(problem, budgets)
    ]


def _as_json(problem: Problem, best: Selection, beside: Selection | None) -> dict[str, Any]:
    from scoper.scoring.selection.problem import total  # noqa: PLC0415

    return {
        "selected": [problem.names[item] for item in best.chosen],
        "value": best.value,
        "cost": best.cost,
        "budget": problem.budget,
        "optimal": best.optimal,
        "gap": best.gap,
        "capacities": [
            {
                "name": capacity.name,
                "used": total(capacity.use[item] for item in best.chosen),
                "available": capacity.amount,
            }
            for capacity in problem.capacities
        ],
        "greedy": None
        if beside is None
        else {
            "selected": [problem.names[item] for item in beside.chosen],
            "value": beside.value,
            "cost": beside.cost,
        },
    }


def _from_portfolio(options: argparse.Namespace) -> tuple[Problem, dict[str, Any]]:
    from scoper.scoring.robustness import share_error  # noqa: PLC0415
    from scoper.scoring.value import Terms  # noqa: PLC0415
    from scoper.studies.selection import Wishes, Worth, candidates, study_core  # noqa: PLC0415

    if options.requires:
        raise InvalidInput("--requires belongs to --table.", "Leave it out.")
    board = read_board(options.file)
    found = candidates(
        board,
        Wishes(
            budget=_number(options.budget, "The budget"),
            worth=Worth(options.value),
            terms=Terms(options.years, _number(options.rate, "The discount rate")),
            capacities=_capacities(options.capacity),
            must=options.must,
            must_not=options.must_not,
            exclusive=_groups(options.exclusive),
            number=(options.min_number, options.max_number),
        ),
    )
    more = {
        "measure": options.value,
        "currency": board.portfolio.currency,
        "left_out": [{"key": u.key, "reason": reason} for u, reason in found.left_out],
    }
    if options.core is not None:
        worth = Worth(options.value)
        share = study_core(board, found, worth, draws=options.core, seed=options.seed)
        names, error = found.problem.names, share_error(share, options.core)
        more["core_index"] = dict(zip(names, share.tolist(), strict=True))
        more["core_index_error"] = dict(zip(names, error.tolist(), strict=True))
    return found.problem, more


def _from_table(options: argparse.Namespace) -> tuple[Problem, dict[str, Any]]:
    import numpy as np  # noqa: PLC0415

    from scoper.exchange.tables import read_table  # noqa: PLC0415
    from scoper.scoring.selection import Capacity, Problem  # noqa: PLC0415
    from scoper.studies.selection import number_quota  # noqa: PLC0415

    if options.core is not None:
        raise InvalidInput(
            "--core draws the weights of a portfolio; a table has none.", "Leave it out."
        )
    table = read_table(options.table)
    names = [row.text(_column(table, "item")) for row in table.rows]
    _check_names(table, names)
    capacities = tuple(
        Capacity(name, np.array(_numbers(table, name)), amount)
        for name, amount in _capacities(options.capacity).items()
    )
    problem = Problem(
        names=tuple(names),
        value=np.array(_numbers(table, "value")),
        cost=np.array(_numbers(table, "cost")),
        budget=_number(options.budget, "The budget"),
        capacities=capacities,
        requires=_requires(options.requires, names) if options.requires else (),
        must=_places(options.must, names),
        must_not=_places(options.must_not, names),
        exclusive=tuple(
            tuple(sorted(_places(group, names))) for group in _groups(options.exclusive)
        ),
        quotas=number_quota(len(names), options.min_number, options.max_number),
    )
    return problem, {}


def _requires(path: Path, names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    from scoper.exchange.tables import read_table  # noqa: PLC0415

    table = read_table(path)
    columns = _column(table, "item"), _column(table, "needs")
    place = {name: number for number, name in enumerate(names)}
    found = []
    for row in table.rows:
        pair = [row.text(column) for column in columns]
        for name, column in zip(pair, columns, strict=True):
            if name not in place:
                raise _wrong(table, row, column, f"there is no item “{name}”")
        found.append((place[pair[0]], place[pair[1]]))
    return tuple(found)


def _check_names(table: Table, names: Sequence[str]) -> None:
    seen: set[str] = set()
    column = _column(table, "item")
    for row, name in zip(table.rows, names, strict=True):
        if not name or name in seen:
            problem = f"the item “{name}” is there twice" if name else "the item has no name"
            raise _wrong(table, row, column, problem)
        seen.add(name)


def _numbers(table: Table, header: str) -> list[float]:
    column = _column(table, header)
    found = []
    for row in table.rows:
        try:
            amount = float(row.text(column))
        except ValueError:
            amount = math.nan
        if not math.isfinite(amount):
            raise _wrong(table, row, column, f"“{row.text(column)}” is not a number")
        if not _held(row.text(column)):
            raise _wrong(table, row, column, f"“{row.text(column)}” has too many digits")
        found.append(amount)
    return found


def _column(table: Table, header: str) -> int:
    wanted = header.casefold()
    for place, known in enumerate(table.headers):
        if known.casefold() == wanted:
            return place
    raise ImportProblem(
        f"{table.name} has no column “{header}”.",
        f"Its columns are: {', '.join(table.headers)}.",
        column=header,
    )


def _wrong(table: Table, row: TableRow, column: int, problem: str) -> ImportProblem:
    header = table.headers[column]
    return ImportProblem(
        f"{table.name}, row {row.number}, column “{header}”: {problem}.",
        "Correct it and try again.",
        row=row.number,
        column=header,
    )


def _places(keys: Sequence[str], names: Sequence[str]) -> frozenset[int]:
    for key in keys:
        if key not in names:
            raise NotFound(f"There is no item “{key}” in the table.", "Check the name.")
    return frozenset(names.index(key) for key in keys)


def _groups(texts: Sequence[str]) -> list[list[str]]:
    groups = [[key.strip() for key in text.split(",")] for text in texts]
    for group, text in zip(groups, texts, strict=True):
        if len(set(group)) < 2:
            raise InvalidInput(
                f"“{text}” names fewer than two to choose between.", "Write for example A,B,C."
            )
    return groups


def _capacities(texts: Sequence[str]) -> dict[str, float]:
    given = pairs(texts, "ROLE=DAYS", '--capacity "Data engineer=120"')
    return {name: _number(amount, f"The capacity of {name}") for name, amount in given.items()}


def _number(text: str, what: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise InvalidInput(f"{what} is not a number: “{text}”.", "Write it as 1200.50.") from None
    if math.isfinite(number) and not _held(text):
        raise InvalidInput(f"{what} has too many digits: “{text}”.", "Write at most 15 of them.")
    return number


def _held(text: str) -> bool:
    """Return whether a number is computed with as it is written, to its last digit."""
    return Decimal(text) == Decimal(f"{float(text):.15g}")
