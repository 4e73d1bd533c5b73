"""Verbs on a portfolio as a whole: the sample, a new one, a check."""

from __future__ import annotations

import argparse
from pathlib import Path

from scoper.cli.parts import (
    Verbs,
    file_path,
    line_of,
    make_folder,
    open_portfolio,
    read_board,
    who,
)
from scoper.errors import InvalidInput, ScoperError, StorageError
from scoper.text import plural

VERBS = ("demo", "new", "scheme", "check")
_SUFFIX = ".scoper"


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
    demo = verbs.add_parser("demo", help="do the whole main job on the sample portfolio")
    demo.add_argument("--out", type=file_path, required=True, metavar="DIR")
    demo.set_defaults(run=_demo)

    new = verbs.add_parser("new", help="make an empty portfolio")
    new.add_argument("file", type=file_path, metavar="FILE")
    new.add_argument("--title")
    new.add_argument("--currency", default="EUR")
    new.add_argument("--scheme", default="balanced", metavar="ID")
    new.set_defaults(run=_new)

    scheme = verbs.add_parser("scheme", help="replace the criteria by those of a scheme")
    scheme.add_argument("file", type=file_path, metavar="FILE")
    scheme.add_argument("scheme", metavar="ID")
    scheme.add_argument("--drop-ratings", action="store_true")
    scheme.set_defaults(run=_scheme)

    check = verbs.add_parser("check", help="check that a portfolio file is sound")
    check.add_argument("file", type=file_path, metavar="FILE")
    check.set_defaults(run=_check)


def _demo(options: argparse.Namespace) -> int:
    from scoper.commands.samples import create_sample  # noqa: PLC0415
    from scoper.exchange.exporters import DOCUMENTS, EXPORTERS  # noqa: PLC0415
    from scoper.files import safe_name, write_atomically  # noqa: PLC0415
    from scoper.store import Store  # noqa: PLC0415

    def make_sample(beside: Path) -> None:
        beside.unlink()
        with Store.create(beside, who()) as store:
            create_sample(store)

    folder: Path = options.out
    make_folder(folder)
    path = write_atomically(folder / "sample.scoper", make_sample)
    board = read_board(path)
    written = [path, EXPORTERS["workbook"].write(board, None, folder / "ranking.xlsx")]
    leader = board.ranked[0].use_case
    for document in DOCUMENTS:
        for suffix in document.suffixes:
            name = f"{leader.key} {safe_name(leader.title)} {document.id}{suffix}"
            written.append(document.write(board, leader.id, folder / name))
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
    if path.suffix.lower() != _SUFFIX:
        raise InvalidInput(
            f"“{path.name}” is no name for a portfolio.", f"Choose one that ends in {_SUFFIX}."
        )
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
        if problems:
            print("\n".join(problems))
            raise StorageError(
                f"{options.file.name} is damaged: {plural(len(problems), 'problem')} found.",
                "Restore it from a backup.",
            )
        board = load_board(store)
    ranked = int((board.ranking.rank > 0).sum())
    count = plural(len(board.use_cases), "use case")
    print(f"{options.file.name} is sound: {count}, {ranked} ranked")
    return 0
