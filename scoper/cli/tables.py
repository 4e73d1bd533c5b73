"""Verbs that bring tables in: use cases and ratings."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scoper.cli.parts import Verbs, open_portfolio, pairs, print_json

VERBS = ("import", "ratings")


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
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


def _import(options: argparse.Namespace) -> int:
    from scoper.commands import imports  # noqa: PLC0415
    from scoper.exchange.mapping import guess, override  # noqa: PLC0415
    from scoper.exchange.tables import read_table  # noqa: PLC0415

    table = read_table(options.table, sheet=options.sheet)
    mapping = override(guess(table.headers), table.headers, pairs(options.map))
    with open_portfolio(options.into) as store:
        if options.dry_run:
            report = imports.plan_import(store, table=table, mapping=mapping).report
        else:
            _, report = imports.import_use_cases(store, table=table, mapping=mapping)
    if options.json:
        print_json(report.as_dict())
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
    with open_portfolio(options.into) as store:
        _, report = rating_imports.import_ratings(
            store, table=table, add_participants=options.add_participants
        )
    print(f"{report.entered} entered, {report.abstained} abstained, {report.cleared} left empty")
    return 0
