"""Verbs on scoring methods: all of them side by side, one on a published table, and weights."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from scoper.cli.parts import Verbs, chosen, file_path, print_json, read_board, tell
from scoper.errors import InvalidInput

if TYPE_CHECKING:
    from scoper.board import MethodComparison
    from scoper.scoring.matrix import Array
    from scoper.scoring.methods import Method
    from scoper.scoring.normalisation import Normalisation
    from scoper.scoring.preferences import Preference
    from scoper.scoring.weights import Comparison

VERBS = ("compare", "matrix", "weights")


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
    compare = verbs.add_parser("compare", help="rank by all methods side by side")
    compare.add_argument("file", type=file_path, metavar="FILE")
    compare.add_argument("--json", action="store_true")
    compare.set_defaults(run=_compare)

    matrix = verbs.add_parser("matrix", help="score a published decision table by a method")
    matrix.add_argument("table", type=file_path, metavar="CSV")
    matrix.add_argument("--method", required=True, metavar="ID")
    matrix.add_argument("--shape", default="usual", help="preference shape of PROMETHEE II")
    for threshold in "qps":
        matrix.add_argument(f"--{threshold}", type=float, default=0.0, metavar="X")
    matrix.add_argument(
        "--preference",
        action="append",
        default=[],
        metavar="CRITERION=SHAPE[,q=X][,p=X][,s=X]",
        help="the shape of one criterion",
    )
    matrix.add_argument(
        "--normalise",
        metavar="sum|max|minmax|vector|none",
        help="how columns are made comparable, instead of as usual for the method",
    )
    matrix.add_argument("--json", action="store_true")
    matrix.set_defaults(run=_matrix)

    weights = verbs.add_parser("weights", help="find weights from judgements of importance")
    weights.add_argument(
        "tables", type=file_path, nargs="+", metavar="CSV", help="pairwise: one of each judge"
    )
    weights.add_argument("--by", required=True, metavar="direct|swing|rank|pairwise")
    weights.add_argument("--json", action="store_true")
    weights.set_defaults(run=_weights)


# ---------------------------------------------------------------- compare


def _compare(options: argparse.Namespace) -> int:
    from scoper.board import compare_methods  # noqa: PLC0415

    compared = compare_methods(read_board(options.file))
    if options.json:
        print_json(_comparison(compared))
        return 0
    _print_ranks(compared)
    _print_tau(compared)
    for method_id, reason in compared.refused.items():
        tell(f"{method_id} does not apply: {reason}")
    return 0


def _comparison(compared: MethodComparison) -> dict[str, Any]:
    boards = compared.boards
    first = next(iter(boards.values()), None)
    return {
        "methods": [
            {
                "id": method_id,
                "title": board.method.title,
                "list_dependent": board.method.list_dependent,
            }
            for method_id, board in boards.items()
        ],
        "use_cases": [
            {
                "key": use_case.key,
                "title": use_case.title,
                "ranks": {m: board.standing_at(row).rank for m, board in boards.items()},
                "scores": {m: board.standing_at(row).score for m, board in boards.items()},
            }
            for row, use_case in enumerate(first.use_cases if first else ())
        ],
        "kendall_tau_b": {
            one: {other: compared.tau[one, other] for other in boards} for one in boards
        },
        "undefined": [
            {"methods": list(pair), "reason": reason} for pair, reason in compared.undefined.items()
        ],
        "refused": [{"id": m, "reason": reason} for m, reason in compared.refused.items()],
    }


def _print_ranks(compared: MethodComparison) -> None:
    boards = compared.boards
    widths = {method_id: len(method_id) for method_id in boards}
    print("  ".join([*boards, "use case"]))
    for standing in next(iter(boards.values())).ranked if boards else ():
        ranks = [
            f"{board.standing(standing.use_case.id).rank or '–':>{widths[method_id]}}"
            for method_id, board in boards.items()
        ]
        print("  ".join([*ranks, f"{standing.use_case.key}  {standing.use_case.title}"]))


def _print_tau(compared: MethodComparison) -> None:
    boards = compared.boards
    print("\nAgreement of the rankings, Kendall's τ-b from −1 to 1")
    for one in boards:
        row = [
            "undefined" if tau is None else f"{tau:.3f}"
            for tau in (compared.tau[one, other] for other in boards)
        ]
        shown = (f"{text:>{max(9, len(other))}}" for text, other in zip(row, boards, strict=True))
        print(f"{one:<17}{'  '.join(shown)}")
    for (one, other), reason in compared.undefined.items():
        if one <= other:
            print(f"{one} and {other}: undefined, {reason}")


# ---------------------------------------------------------------- matrix


def _matrix(options: argparse.Namespace) -> int:
    from scoper.exchange.decision_tables import read_decision_table  # noqa: PLC0415
    from scoper.scoring.ranking import competition_rank, rank_order  # noqa: PLC0415

    method = _raw_method(options.method)
    table = read_decision_table(options.table, _shapes(options), _normalisation(options.normalise))
    scores = method.raw(table)  # type: ignore[misc]  # _raw_method has made sure
    ranks = competition_rank(scores)
    found = [
        {"name": name, "score": float(score), "rank": int(rank)}
        for name, score, rank in zip(table.alternatives, scores, ranks, strict=True)
    ]
    if options.json:
        print_json({"method": method.id, "normalise": options.normalise, "alternatives": found})
        return 0
    for row in rank_order(scores, ranks.argsort(kind="stable")):
        print(f"{found[row]['rank']:>3}  {found[row]['score']:>9.6f}  {found[row]['name']}")
    return 0


def _raw_method(method_id: str) -> Method:
    from scoper.scoring.methods import METHODS, method  # noqa: PLC0415

    found = method(method_id)
    if found.raw is None:
        able = ", ".join(m.id for m in METHODS.values() if m.raw)
        raise InvalidInput(
            f"{found.title} needs criteria of its own and takes no table of raw values.",
            f"Choose one of: {able}.",
            field="method",
        )
    return found


def _normalisation(name: str | None) -> Normalisation | None:
    from scoper.scoring.normalisation import Normalisation  # noqa: PLC0415

    return None if name is None else chosen(Normalisation, name, "normalisation", "normalise")


def _shapes(options: argparse.Namespace) -> Iterator[tuple[str, Preference]]:
    thresholds = {name: getattr(options, name) for name in "qps"}
    yield "", _preference(options.shape, thresholds)
    for given in options.preference:
        criterion, _, text = given.partition("=")
        shape, *settings = text.split(",")
        try:
            own = {
                name.strip(): float(value)
                for name, _, value in (setting.partition("=") for setting in settings)
            }
        except ValueError:
            own = {"": 0.0}
        if not (criterion and own.keys() <= set("qps")):
            raise InvalidInput(
                f"“{given}” is not a preference shape.", 'Write for example "Cost=level,q=10,p=60".'
            )
        yield criterion, _preference(shape, own)


def _preference(shape: str, thresholds: dict[str, float]) -> Preference:
    from scoper.scoring.preferences import Preference, Shape  # noqa: PLC0415

    return Preference(chosen(Shape, shape, "preference shape", "shape"), **thresholds)


# ---------------------------------------------------------------- weights


def _weights(options: argparse.Namespace) -> int:
    from scoper.exchange.weight_tables import read_weights  # noqa: PLC0415

    found = read_weights(options.tables, options.by)
    weighed = _weighed(found.criteria, found.weights)
    if options.json:
        told = {
            "by": options.by,
            "weights": weighed,
            "consistency": _consistency(found.comparison),
            "judges": [
                {
                    "judge": judge.name,
                    "weights": _weighed(found.criteria, judge.comparison.weights),
                    "consistency": _consistency(judge.comparison),
                }
                for judge in found.judges
            ],
        }
        print_json(told)
        return 0
    for one in weighed:
        print(f"{one['weight']:7.4f}  {one['criterion']}")
    if len(found.judges) > 1:
        for judge in found.judges:
            _tell_consistency(judge.comparison, f"{judge.name}: ")
    if found.comparison:
        together = f"geometric mean of {len(found.judges)} judges: "
        _tell_consistency(found.comparison, together if len(found.judges) > 1 else "")
    return 0


def _weighed(criteria: Sequence[str], weights: Array) -> list[dict[str, Any]]:
    return [
        {"criterion": name, "weight": weight}
        for name, weight in zip(criteria, weights.tolist(), strict=True)
    ]


def _tell_consistency(comparison: Comparison, whose: str) -> None:
    print(f"{whose}λ_max {comparison.eigenvalue:.4f}, CR {comparison.ratio:.4f}")
    if comparison.warning:
        tell(f"{whose}{comparison.warning}")


def _consistency(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    worst = comparison.worst
    return {
        "lambda_max": comparison.eigenvalue,
        "ci": comparison.index,
        "cr": comparison.ratio,
        "warning": comparison.warning or None,
        "least_consistent": worst
        and {
            "pair": list(worst),
            "judged": comparison.worst_given,
            "implied": comparison.worst_implied,
        },
    }
