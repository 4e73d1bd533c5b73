"""Verbs on a portfolio as a whole: the sample, a new one, a check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scoper.cli.parts import Verbs, line_of, make_folder, open_portfolio, who
from scoper.errors import ScoperError

VERBS = ("demo", "new", "scheme", "check")


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
    demo = verbs.add_parser("demo", help="do the whole main job on the sample portfolio")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.set_defaults(run=_demo)

    new = verbs.add_parser("new", help="make an empty portfolio")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--title")
    new.add_argument("--currency", default="EUR")
    new.add_argument("--scheme", default="balanced", metavar="ID")
    new.set_defaults(run=_new)

    scheme = verbs.add_parser("scheme", help="replace the criteria by those of a scheme")
    scheme.add_argument("file", type=Path, metavar="FILE")
    scheme.add_argument("scheme", metavar="ID")
    scheme.add_argument("--drop-ratings", action="store_true")
    scheme.set_defaults(run=_scheme)

    check = verbs.add_parser("check", help="check that a portfolio file is sound")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=_check)


def _demo(options: argparse.Namespace) -> int:
    from scoper.commands.samples import create_sample  # noqa: PLC0415
    from scoper.exchange.exporters import EXPORTERS  # noqa: PLC0415
    from scoper.files import safe_name  # noqa: PLC0415
    from scoper.queries import load_board  # noqa: PLC0415
    from scoper.store import Store  # noqa: PLC0415

    folder: Path = options.out
    make_folder(folder)
    path = folder / "sample.scoper"
    path.unlink(missing_ok=True)
    with Store.create(path, who()) as store:
        create_sample(store)
        board = load_board(store)
    written = [path, EXPORTERS["workbook"].write(board, None, folder / "ranking.xlsx")]
    leader = board.ranked[0].use_case
    for kind in ("prfaq", "prd"):
        for suffix in (".docx", ".md", ".pdf"):
            name = f"{leader.key} {safe_name(leader.title)} {kind}{suffix}"
            written.append(EXPORTERS[kind].write(board, leader.id, folder / name))
    written.append(EXPORTERS["chart"].write(board, None, folder / "priority-chart.png"))
    for file in written:
        print(f"wrote {file}")
    print(f"{len(board.use_cases)} use cases of the sample portfolio, ranked:")
    for standing in board.ranked:
        print(line_of(standing))
    return 0


def _new(options: argparse.Namespace) -> int:
    from scoper.commands import portfolios  # noqa: PLC0415
    from scoper.store import Store  # noqa: PLC0415

    path: Path = options.file
    with Store.create(path, who()) as store:
        try:
            portfolios.create(
                store,
                title=options.title or path.stem,
                currency=options.currency,
                scheme_id=options.scheme,
            )
        except ScoperError:
            path.unlink(missing_ok=True)
            raise
    print(f"made {path}")
    return 0


def _scheme(options: argparse.Namespace) -> int:
    from scoper.commands import portfolios  # noqa: PLC0415

    with open_portfolio(options.file) as store:
        changes = portfolios.apply_scheme(
            store, scheme_id=options.scheme, drop_ratings=options.drop_ratings
        )
    print(f"{changes.label}: done, one undo takes it back")
    return 0


def _check(options: argparse.Namespace) -> int:
    from scoper.queries import load_board  # noqa: PLC0415

    with open_portfolio(options.file) as store:
        problems = store.problems()
        board = None if problems else load_board(store)
    for problem in problems:
        print(problem, file=sys.stderr)
    if board is None:
        return 2
    ranked = int((board.ranking.rank > 0).sum())
    print(f"{options.file.name} is sound: {len(board.use_cases)} use cases, {ranked} ranked")
    return 0
