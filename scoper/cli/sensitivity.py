"""The verb that says how far the ranking depends on weights, parameters and ratings."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, file_path, print_json, read_board, use_case_of
from scoper.errors import InvalidInput
from scoper.text import join

if TYPE_CHECKING:
    from scoper.scoring.sensitivity import Change, Interval, Stability
    from scoper.scoring.statistic import Undefined
    from scoper.snapshot import UseCase
    from scoper.studies.sensitivity import Sensitivity

VERBS = ("sensitivity",)


def register(verbs: Verbs) -> None:
    """Describe this verb to the parser."""
    verb = verbs.add_parser("sensitivity", help="say how far the ranking depends on its inputs")
    verb.add_argument("file", type=file_path, metavar="FILE")
    verb.add_argument("--use-case", metavar="KEY", help="for the tornado and the smallest change")
    verb.add_argument("--top", type=int, default=3, metavar="K", help="size of the top group")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=_sensitivity)


def _sensitivity(options: argparse.Namespace) -> int:
    from scoper.studies.sensitivity import Sensitivity  # noqa: PLC0415

    if options.top < 1:
        raise InvalidInput("The top group needs at least 1 place.", "Write --top 1 or more.")
    board = read_board(options.file)
    if board.problem:
        raise InvalidInput(board.problem)
    found = Sensitivity(board, options.top)
    chosen = found.group[:1]
    if options.use_case is not None:
        chosen = (use_case_of(board, options.use_case, options.file),)
    changed = chosen if options.use_case is not None else found.group[1:]
    if options.json:
        print_json(_as_dict(found, chosen, changed))
    else:
        _print(found, chosen, changed)
    return 0


# ---------------------------------------------------------------- for scripts


def _as_dict(
    found: Sensitivity, chosen: tuple[UseCase, ...], changed: tuple[UseCase, ...]
) -> dict[str, Any]:
    from scoper.scoring.statistic import Undefined  # noqa: PLC0415

    weights = found.weights
    known = () if isinstance(weights, Undefined) else weights
    undefined = {"weights": weights.reason} if isinstance(weights, Undefined) else {}
    scored = [u for u in chosen if found.board.standing(u.id).score is not None]
    if not scored:
        undefined["tornado"] = "It is not fully rated." if chosen else "No use case is fully rated."
    return {
        "method": found.board.method.id,
        "top": found.top,
        "group": [use_case.key for use_case in found.group],
        "weights": [
            {
                "criterion": one.criterion.key,
                "within": one.dimension or "all",
                **_stability(found, one.stability),
            }
            for one in known
        ],
        "parameters": [
            {"parameter": name, **_stability(found, stability)}
            for name, stability in found.parameters.items()
        ],
        "tornado": _tornado(found, scored[0]) if scored else None,
        "smallest_changes": [_change(found, use_case) for use_case in changed],
        "rank_reversal": [
            {
                "test": test.number,
                "passed": test.passed,
                "checked": test.checked,
                "example": [found.board.use_cases[row].key for row in test.example],
            }
            for test in found.reversal
        ],
        "undefined": undefined,
    }


def _stability(found: Sensitivity, stability: Stability) -> dict[str, Any]:
    from scoper.scoring.statistic import Undefined  # noqa: PLC0415

    intervals = {"leader": stability.leader, "top": stability.top}
    return {
        "current": stability.current,
        **{
            name: None if isinstance(interval, Undefined) else _interval(found, interval)
            for name, interval in intervals.items()
        },
        "undefined": {
            name: interval.reason
            for name, interval in intervals.items()
            if isinstance(interval, Undefined)
        },
    }


def _interval(found: Sensitivity, interval: Interval) -> dict[str, Any]:
    return {
        "low": interval.low,
        "high": interval.high,
        "below": _key(found, interval.below),
        "above": _key(found, interval.above),
    }


def _key(found: Sensitivity, row: int | None) -> str | None:
    return None if row is None else found.board.use_cases[row].key


def _tornado(found: Sensitivity, use_case: UseCase) -> dict[str, Any]:
    bars = found.tornado(use_case.id)
    criteria, steps = found.board.portfolio.criteria, found.steps
    return {
        "use_case": use_case.key,
        "score": found.board.standing(use_case.id).score,
        "bars": [
            {
                "criterion": criteria[column].key,
                "step": float(steps[column] * (criteria[column].high - criteria[column].low)),
                "down": float(bars.down[column]),
                "up": float(bars.up[column]),
            }
            for column in bars.order.tolist()
        ],
    }


def _change(found: Sensitivity, use_case: UseCase) -> dict[str, Any]:
    from scoper.scoring.statistic import Undefined  # noqa: PLC0415

    change = found.smallest_change(use_case.id)
    if isinstance(change, Undefined):
        return {
            "use_case": use_case.key,
            "distance": None,
            "within": None,
            "shares": None,
            "undefined": {"distance": change.reason},
        }
    criteria = found.board.portfolio.criteria
    return {
        "use_case": use_case.key,
        "distance": change.distance,
        "within": change.block.dimension or "all",
        "shares": {
            criteria[column].key: {"from": before, "to": after}
            for column, before, after in zip(
                change.block.columns.tolist(),
                change.block.share.tolist(),
                change.share.tolist(),
                strict=True,
            )
        },
        "undefined": {},
    }


# ---------------------------------------------------------------- for people


def _print(found: Sensitivity, chosen: tuple[UseCase, ...], changed: tuple[UseCase, ...]) -> None:
    from scoper.scoring.statistic import Undefined  # noqa: PLC0415

    if not found.group:
        print("No use case is fully rated: there is no ranking to test.")
        return
    print(f"Leader: {found.group[0].key}; top {found.top}: {join([u.key for u in found.group])}")
    if isinstance(found.weights, Undefined):
        print(f"Weights: {found.weights.reason}")
    else:
        print("How far each share of the weights can move before leader (or top group) changes:")
        for one in found.weights:
            _print_stability(found, one.criterion.title, one.stability, percent=True)
    for parameter in found.board.method.parameters:
        stability = found.parameters[parameter.name]
        _print_stability(found, parameter.title, stability, percent=False)
    for use_case in chosen:
        _print_tornado(found, use_case)
    for use_case in changed:
        print(f"To put {use_case.key} first: {_told(found, found.smallest_change(use_case.id))}")
    for test in found.reversal:
        told = (
            "passed"
            if test.passed
            else "FAILED, for example with "
            + join([found.board.use_cases[row].key for row in test.example])
        )
        print(f"Rank-reversal test {test.number}: {told} ({test.checked:,} checked)")


def _print_stability(
    found: Sensitivity, title: str, stability: Stability, *, percent: bool
) -> None:
    now = _number(stability.current, percent=percent)
    leader, top = (
        _span(found, interval, percent=percent) for interval in (stability.leader, stability.top)
    )
    print(f"  {title:<26} {now:>6}  leader {leader}; top {top}")


def _span(found: Sensitivity, interval: Interval | Undefined, *, percent: bool) -> str:
    from scoper.scoring.sensitivity.intervals import SMALLEST  # noqa: PLC0415
    from scoper.scoring.statistic import Undefined  # noqa: PLC0415

    if isinstance(interval, Undefined):
        return f"none ({interval.reason.rstrip('.')})"
    low = "above 0" if interval.low == SMALLEST else _number(interval.low, percent=percent)
    high = "any" if interval.high is None else _number(interval.high, percent=percent)
    below = f"{_key(found, interval.below)} < " if interval.below is not None else ""
    above = f" > {_key(found, interval.above)}" if interval.above is not None else ""
    return f"{below}{low} … {high}{above}"


def _number(value: float, *, percent: bool) -> str:
    return f"{100 * value:.1f} %" if percent else f"{value:.3g}"


def _print_tornado(found: Sensitivity, use_case: UseCase) -> None:
    standing = found.board.standing(use_case.id)
    if standing.score is None:
        print(f"{use_case.key} is not fully rated: it has no score to test.")
        return
    print(f"One step down or up in a group rating of {use_case.key} ({standing.score:.1f}):")
    bars, criteria = found.tornado(use_case.id), found.board.portfolio.criteria
    for column in bars.order.tolist():
        title = criteria[column].title
        print(f"  {title:<26} {bars.down[column]:+6.2f} {bars.up[column]:+6.2f}")


def _told(found: Sensitivity, change: Change | Undefined) -> str:
    from scoper.scoring.statistic import Undefined  # noqa: PLC0415

    if isinstance(change, Undefined):
        return change.reason
    if not change.distance:
        return "it is first already."
    criteria = found.board.portfolio.criteria
    moved = [
        f"{criteria[column].title} {100 * before:.1f} % → {100 * after:.1f} %"
        for column, before, after in zip(
            change.block.columns.tolist(), change.block.share, change.share, strict=True
        )
        if abs(after - before) > 1e-9
    ]
    return f"{join(moved)} (Σ|Δ| {100 * change.distance:.1f} %)"
