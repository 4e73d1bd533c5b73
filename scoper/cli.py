"""The command-line verbs: the same commands as the window, without Qt."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoper import __version__
from scoper.errors import ExportError, InvalidInput, NotFound, ScoperError

if TYPE_CHECKING:
    from scoper.board import Board, Standing
    from scoper.store import Store

_DESCRIPTION = "Scope, score and rank AI use cases. Without a verb the window opens."


def run_verb(arguments: Sequence[str]) -> int:
    """Run a verb and return the exit code: 0 done, 2 bad usage or input, 1 a fault."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        verb: Callable[[argparse.Namespace], int] = options.run
        return verb(options)
    except ScoperError as error:
        print(f"scoper: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    except Exception as error:  # noqa: BLE001 - a fault is told in one line, never as a traceback
        print(f"scoper: unexpected fault: {type(error).__name__}: {error}", file=sys.stderr)
        return 1


def window_file(arguments: Sequence[str]) -> tuple[Path | None, str]:
    """Return the file the window should open, and what is wrong with the arguments, if anything."""
    if not arguments:
        return None, ""
    if len(arguments) > 1:
        return None, f"scoper: “{arguments[0]}” is not a verb. Verbs: {', '.join(VERBS)}."
    path = Path(arguments[0])
    if not path.exists():
        return (
            None,
            f"scoper: there is no file or verb “{arguments[0]}”. Verbs: {', '.join(VERBS)}.",
        )
    return path, ""


# ---------------------------------------------------------------- verbs


def _demo(options: argparse.Namespace) -> int:
    from scoper.commands.samples import create_sample  # noqa: PLC0415
    from scoper.exchange.exporters import EXPORTERS  # noqa: PLC0415
    from scoper.files import safe_name  # noqa: PLC0415
    from scoper.queries import load_board  # noqa: PLC0415
    from scoper.store import Store  # noqa: PLC0415

    folder: Path = options.out
    _make_folder(folder)
    path = folder / "sample.scoper"
    path.unlink(missing_ok=True)
    with Store.create(path, _who()) as store:
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
        print(_line(standing))
    return 0


def _new(options: argparse.Namespace) -> int:
    from scoper.commands import portfolios  # noqa: PLC0415
    from scoper.store import Store  # noqa: PLC0415

    path: Path = options.file
    with Store.create(path, _who()) as store:
        try:
            portfolios.create(store, title=options.title or path.stem, currency=options.currency)
        except ScoperError:
            path.unlink(missing_ok=True)
            raise
    print(f"made {path}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from scoper.commands import imports  # noqa: PLC0415
    from scoper.exchange.mapping import guess, override  # noqa: PLC0415
    from scoper.exchange.tables import read_table  # noqa: PLC0415

    table = read_table(options.table, sheet=options.sheet)
    mapping = override(guess(table.headers), table.headers, _pairs(options.map))
    with _open(options.into) as store:
        if options.dry_run:
            report = imports.plan_import(store, table=table, mapping=mapping).report
        else:
            _, report = imports.import_use_cases(store, table=table, mapping=mapping)
    if options.json:
        _print_json(report.as_dict())
        return 0
    verb = "would be " if options.dry_run else ""
    print(
        f"{report.created} {verb}created, {report.updated} {verb}updated, "
        f"{report.skipped} {verb}skipped, {len(report.rejected)} {verb}rejected"
    )
    for field, header in report.mapping.items():
        print(f"  {field} from “{header}”")
    for problem in report.rejected:
        print(f"row {problem.row}, {problem.column}: {problem.problem}", file=sys.stderr)
    return 0


def _ratings(options: argparse.Namespace) -> int:
    from scoper.commands import rating_imports  # noqa: PLC0415
    from scoper.exchange.tables import read_table  # noqa: PLC0415

    table = read_table(options.table, sheet=None)
    with _open(options.into) as store:
        _, report = rating_imports.import_ratings(
            store, table=table, add_participants=options.add_participants
        )
    print(f"{report.entered} entered, {report.abstained} abstained, {report.cleared} left empty")
    return 0


def _rank(options: argparse.Namespace) -> int:
    board = _board(options.file)
    if options.json:
        parameters = board.parameters
        _print_json(
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
        print(_line(standing))
    return 0


def _export(options: argparse.Namespace) -> int:
    from scoper.exchange.exporters import EXPORTERS  # noqa: PLC0415

    board = _board(options.file)
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
    _make_folder(options.out)
    for use_case in board.use_cases:
        target = options.out / exporter.file_name(board, use_case.id)
        print(f"wrote {exporter.write(board, use_case.id, target)}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from scoper.queries import load_board  # noqa: PLC0415

    with _open(options.file) as store:
        problems = store.problems()
        board = None if problems else load_board(store)
    for problem in problems:
        print(problem, file=sys.stderr)
    if board is None:
        return 2
    ranked = int((board.ranking.rank > 0).sum())
    print(f"{options.file.name} is sound: {len(board.use_cases)} use cases, {ranked} ranked")
    return 0


# ---------------------------------------------------------------- parts


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scoper", description=_DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"scoper {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="VERB")

    demo = verbs.add_parser("demo", help="do the whole main job on the sample portfolio")
    demo.add_argument("--out", type=Path, required=True, metavar="DIR")
    demo.set_defaults(run=_demo)

    new = verbs.add_parser("new", help="make an empty portfolio")
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--title")
    new.add_argument("--currency", default="EUR")
    new.set_defaults(run=_new)

    into = verbs.add_parser("import", help="import use cases from a CSV or XLSX table")
    into.add_argument("table", type=Path, metavar="TABLE")
    into.add_argument("--into", type=Path, required=True, metavar="FILE")
    into.add_argument("--map", action="append", default=[], metavar="FIELD=HEADER")
    into.add_argument("--sheet", metavar="S")
    into.add_argument("--dry-run", action="store_true", help="only say what would happen")
    into.add_argument("--json", action="store_true")
    into.set_defaults(run=_import)

    ratings = verbs.add_parser("ratings", help="import ratings from a CSV table")
    ratings.add_argument("table", type=Path, metavar="CSV")
    ratings.add_argument("--into", type=Path, required=True, metavar="FILE")
    ratings.add_argument(
        "--add-participants", action="store_true", help="add people who are not known yet"
    )
    ratings.set_defaults(run=_ratings)

    rank = verbs.add_parser("rank", help="print the ranking")
    rank.add_argument("file", type=Path, metavar="FILE")
    rank.add_argument("--json", action="store_true")
    rank.set_defaults(run=_rank)

    export = verbs.add_parser("export", help="write the workbook or a document")
    export.add_argument("kind", choices=("workbook", "prfaq", "prd"))
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--use-case", metavar="KEY")
    export.add_argument("--out", type=Path, required=True, metavar="PATH")
    export.set_defaults(run=_export)

    check = verbs.add_parser("check", help="check that a portfolio file is sound")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    return parser


VERBS = ("demo", "new", "import", "ratings", "rank", "export", "check")
"""The verbs, in the order of the help."""


def _open(path: Path) -> Store:
    from scoper.store import Store  # noqa: PLC0415

    return Store.open(path, _who())


def _board(path: Path) -> Board:
    from scoper.queries import load_board  # noqa: PLC0415

    with _open(path) as store:
        return load_board(store)


def _who() -> str:
    from scoper.settings import load_settings  # noqa: PLC0415

    return load_settings().who


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"The folder {folder} cannot be made: {(error.strerror or str(error)).lower()}.",
            "Choose another one.",
        ) from error


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        field, sign, header = text.partition("=")
        if not (field and sign and header):
            raise InvalidInput(
                f"“{text}” is not FIELD=HEADER.", 'Write for example --map title="Use case".'
            )
        pairs[field.strip()] = header.strip()
    return pairs


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    print()


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


def _line(standing: Standing) -> str:
    use_case = standing.use_case
    if standing.score is None:
        missing = ", ".join(criterion.title for criterion in standing.missing)
        return f"  –  {'':>5}  {use_case.key}  {use_case.title} (not rated: {missing})"
    return f"{standing.rank:>3}  {standing.score:5.1f}  {use_case.key}  {use_case.title}"
