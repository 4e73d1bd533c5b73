"""Verbs that bring tables in: use cases and ratings."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scoper.cli.parts import Verbs, file_path, open_portfolio, pairs, print_json, tell
from scoper.errors import ImportProblem
from scoper.text import join, plural

if TYPE_CHECKING:
    from scoper.commands.imports import ImportReport

VERBS = ("import", "ratings")
_SHOWN = 3
_NOTES_SHOWN = 20


def register(verbs: Verbs) -> None:
    """Describe these verbs to the parser."""
    into = verbs.add_parser("import", help="import use cases from a CSV or XLSX table")
    into.add_argument("table", type=file_path, metavar="TABLE")
    into.add_argument("--into", type=file_path, required=True, metavar="FILE")
    into.add_argument("--map", action="append", default=[], metavar="FIELD=HEADER")
    into.add_argument("--sheet", metavar="S")
    into.add_argument("--dry-run", action="store_true", help="only say what would happen")
    into.add_argument("--json", action="store_true")
    into.set_defaults(run=_import)

    ratings = verbs.add_parser("ratings", help="import ratings from a CSV table")
    ratings.add_argument("table", type=file_path, metavar="CSV")
    ratings.add_argument("--into", type=file_path, required=True, metavar="FILE")
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
            report = imports.import_use_cases(store, table=table, mapping=mapping).value
    if options.json:
        print_json(report.as_dict())
    else:
        _print(report, would_be=options.dry_run)
    _tell_of_rows(report, options)
    return 0


def _print(report: ImportReport, *, would_be: bool) -> None:
    verb = "would be " if would_be else ""
    print(
        f"{report.created} {verb}created, {report.updated} {verb}updated, "
        f"{report.skipped} {verb}skipped, {len(report.rejected)} {verb}rejected"
    )
    for field, header in report.mapping.items():
        print(f"  {field} from “{header}”")


def _tell_of_rows(report: ImportReport, options: argparse.Namespace) -> None:
    """Tell what deserves a look; JSON holds the rejected rows already.

    Raises:
        ImportProblem: not a single row could be taken.
    """
    rejected = report.rejected
    if rejected and not (report.changed or report.skipped):
        said = join([str(rejection) for rejection in rejected[:_SHOWN]])
        more = len(rejected) - _SHOWN
        rest = f" … and {plural(more, 'more row')}." if more > 0 else ""
        raise ImportProblem(
            f"No row of {options.table.name} can be imported. {said}{rest}",
            "Put these cells right, then import again.",
            row=rejected[0].row,
            column=rejected[0].column,
        )
    for note in report.notes[:_NOTES_SHOWN]:
        tell(str(note))
    if len(report.notes) > _NOTES_SHOWN:
        tell(f"… and {plural(len(report.notes) - _NOTES_SHOWN, 'more note')}")
    for rejection in () if options.json else rejected:
        tell(str(rejection))
    if rejected:
        tell(
            f"{plural(len(rejected), 'row')} left out: put them right and import the table again; "
            "what is in already is skipped."
        )


def _ratings(options: argparse.Namespace) -> int:
    from scoper.commands import rating_imports  # noqa: PLC0415
    from scoper.exchange.tables import read_table  # noqa: PLC0415

    table = read_table(options.table, sheet=None)
    with open_portfolio(options.into) as store:
        report = rating_imports.import_ratings(
            store, table=table, add_participants=options.add_participants
        ).value
    print(f"{report.entered} entered, {report.abstained} abstained, {report.empty} left empty")
    if report.added:
        print(f"  new participants: {', '.join(report.added)}")
    return 0
