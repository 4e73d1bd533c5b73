"""Importing use cases: nothing is lost, twice is once, and one undo takes it all back."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from scoper.commands.imports import Action, ImportReport, import_use_cases, plan_import
from scoper.errors import Cancelled, ImportProblem
from scoper.exchange.mapping import guess, override
from scoper.exchange.tables import Table, read_table
from scoper.queries import load_board
from scoper.snapshot import Done, UseCase
from scoper.store import Store
from scoper.terms import Stage
from tests.support import add_use_case, count_steps, dump

Rows = list[tuple[str, ...]]

INVENTORY: Rows = [
    ("use_case_name", "id", "agency_name", "development_stage", "problem_solved", "benefits"),
    ("Late trains", "35", "Rail", "Deployed", "Trains are late.", "Fewer delays"),
    ("Late trains", "35", "Rail", "Pilot", "Trains are late again.", ""),
    ("Lost bags", "35", "Air", "Pre-deployment", "", "Happy people"),
    ("Chatbot", "", "Rail", "", "Many questions", ""),
    ("Chatbot", "", "Air", "Retired", "", ""),
    ("", "DOI-0015", "Parks", "Completed", "", ""),
    ("", "", "", "", "", "Something good"),
    ("=1+1", "TBD", "", "", "", ""),
]


def table(folder: Path, rows: Rows, name: str = "t.csv") -> Table:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return read_table(path)


def run(store: Store, content: Table, **pairs: str) -> Done[ImportReport]:
    mapping = override(guess(content.headers), content.headers, pairs)
    return import_use_cases(store, table=content, mapping=mapping)


def preview(store: Store, content: Table) -> Any:
    return plan_import(store, table=content, mapping=guess(content.headers))


def cases(store: Store) -> dict[str, UseCase]:
    return {use_case.key: use_case for use_case in load_board(store).portfolio.use_cases}


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.skipped, len(report.rejected)


def test_every_row_with_content_is_created(store: Store, tmp_path: Path) -> None:
    changes = run(store, table(tmp_path, INVENTORY))
    report = changes.value
    assert counts(report) == (8, 0, 0, 0)
    assert changes.label == "Import 8 use cases"
    found = cases(store)
    assert list(found) == ["35", "35-2", "35-3", "UC-01", "UC-02", "DOI-0015", "UC-03", "TBD"]
    assert [u.source_id for u in found.values()] == ["35"] * 3 + ["", "", "DOI-0015", "", "TBD"]
    assert [u.position for u in found.values()] == list(range(8))
    assert found["35"].stage is Stage.LIVE
    assert found["35-3"].stage is Stage.DEVELOPMENT
    assert found["UC-01"].stage is Stage.IDEA
    assert found["DOI-0015"].title == "DOI-0015"
    assert found["UC-03"].title == "Something good"
    assert found["TBD"].title == "=1+1"
    assert changes.use_cases == {u.id for u in found.values()}
    assert report.mapping["title"] == "use_case_name"
    assert {(n.row, n.column) for n in report.notes} == {
        (7, "use_case_name"),
        (7, "development_stage"),
        (8, "use_case_name"),
    }


def test_importing_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    content = table(tmp_path, INVENTORY)
    run(store, content)
    before, steps = dump(store), count_steps(store)
    changes = run(store, content)
    report = changes.value
    assert counts(report) == (0, 0, 8, 0)
    assert not changes
    assert (dump(store), count_steps(store)) == (before, steps)


def test_one_undo_takes_it_all_back(store: Store, tmp_path: Path) -> None:
    before = dump(store)
    run(store, table(tmp_path, INVENTORY))
    after = dump(store)
    assert store.history().undo == "Import 8 use cases"
    store.undo()
    assert dump(store) == before
    store.redo()
    assert dump(store) == after


def test_a_preview_says_what_would_happen_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    run(store, table(tmp_path, INVENTORY))
    changed = [list(row) for row in INVENTORY]
    changed[1][4] = "Trains are very late."
    changed += [["New one", "99", "", "", "", ""], ["x" * 301, "", "", "", "", ""]]
    content = table(tmp_path, [tuple(row) for row in changed])
    before = dump(store)
    plan = preview(store, content)
    assert dump(store) == before
    assert counts(plan.report) == (1, 1, 7, 1)
    actions = {row.row: row.action for row in plan.rows}
    assert actions[2] is Action.UPDATE
    assert actions[10] is Action.CREATE
    assert actions[11] is Action.REJECT
    assert dict(plan.rows[0].values) == {"problem": "Trains are very late."}
    report = run(store, content).value
    assert report == plan.report
    json.dumps(report.as_dict())


def test_only_what_the_table_says_is_changed(store: Store, tmp_path: Path) -> None:
    rows: Rows = [("Title", "ID", "Summary", "Stage"), ("A", "1", "first", "live")]
    run(store, table(tmp_path, rows))
    use_case = cases(store)["1"]
    add_use_case(store, "Other", key="UC-77", problem="kept")
    rows[1] = ("A", "1", "", "nonsense")
    assert counts(run(store, table(tmp_path, rows)).value) == (0, 0, 1, 0)
    rows[1] = ("A", "1", "second", "")
    changes = run(store, table(tmp_path, rows))
    report = changes.value
    assert counts(report) == (0, 1, 0, 0)
    assert changes.label == "Import 1 use case"
    now = cases(store)["1"]
    assert (now.id, now.summary, now.stage) == (use_case.id, "second", Stage.LIVE)
    assert cases(store)["UC-77"].problem == "kept"


def test_a_new_title_is_taken_over_by_its_identifier(store: Store, tmp_path: Path) -> None:
    rows: Rows = [("Title", "ID"), ("Old", "1"), ("Twin", "2"), ("Twin too", "2")]
    run(store, table(tmp_path, rows))
    rows[1] = ("New", "1")
    rows[2] = ("Different", "2")
    report = run(store, table(tmp_path, rows)).value
    assert counts(report) == (0, 2, 1, 0)
    assert report.changed == 2
    assert [u.title for u in cases(store).values()] == ["New", "Different", "Twin too"]
    assert "“Old”" in report.notes[0].text
    rows[2:] = [("Third", "2"), ("Fourth", "2")]
    report = run(store, table(tmp_path, rows)).value
    assert counts(report) == (2, 0, 1, 0), "two of each: nobody knows which is which"


def test_a_made_up_title_never_replaces_a_given_one(store: Store, tmp_path: Path) -> None:
    rows: Rows = [("Title", "ID", "Summary"), ("Given", "1", "text")]
    run(store, table(tmp_path, rows))
    rows[1] = ("", "1", "other text")
    assert counts(run(store, table(tmp_path, rows)).value) == (0, 1, 0, 0)
    assert (cases(store)["1"].title, cases(store)["1"].summary) == ("Given", "other text")


def test_keys_of_the_portfolio_are_respected(store: Store, tmp_path: Path) -> None:
    add_use_case(store, "Mine", key="7")
    add_use_case(store, "Also mine", key="UC-12")
    rows: Rows = [("Title", "ID"), ("Theirs", "7"), ("None", ""), ("Long", "i" * 61), ("Mine", "7")]
    report = run(store, table(tmp_path, rows)).value
    assert counts(report) == (3, 0, 1, 0), "“7 Mine” is the one that is there"
    found = cases(store)
    assert {key: found[key].title for key in found} == {
        "7": "Mine",
        "UC-12": "Also mine",
        "7-2": "Theirs",
        "UC-13": "None",
        "UC-14": "Long",
    }
    assert found["UC-14"].source_id == "i" * 61
    assert found["7"].source_id == ""


def test_rejected_rows_name_row_column_and_limit(store: Store, tmp_path: Path) -> None:
    rows: Rows = [
        ("Title", "Problem", "Current cost"),
        ("t" * 301, "", ""),
        ("", "", ""),
        ("A", "p" * 20_001, "about 5"),
        ("B", "", "1e99"),
        ("C", "", "99999999999999"),
        ("D", "fine", "€ 1,200.50"),
    ]
    report = run(store, table(tmp_path, rows)).value
    assert counts(report) == (1, 0, 1, 4)
    assert report.changed == 1
    assert [(r.row, r.column) for r in report.rejected] == [
        (2, "Title"),
        (4, "Problem"),
        (5, "Current cost"),
        (6, "Current cost"),
    ]
    assert "301 characters; at most 300" in report.rejected[0].problem
    assert "“Current cost”" in report.rejected[1].problem
    assert cases(store)["UC-01"].current_cost == 1200.5


def test_nasty_texts_are_stored_as_they_are(store: Store, tmp_path: Path) -> None:
    titles = ["=cmd|' /C calc'!A0", "@SUM(A1)", "-1+1", "<b>bold</b>", "😀 \u0627\u0644", "O'Brien"]
    run(store, table(tmp_path, [("Title",), *((title,) for title in titles)]))
    assert [u.title for u in cases(store).values()] == titles


def test_control_characters_are_taken_out_and_noted(store: Store, tmp_path: Path) -> None:
    report = run(store, table(tmp_path, [("Title", "Summary"), ("A\x00\x07", "b\x1b[0m")])).value
    (found,) = cases(store).values()
    assert (found.title, found.summary) == ("A", "b[0m")
    assert {(n.row, n.column) for n in report.notes} == {(2, "Title"), (2, "Summary")}


def test_a_table_without_titles_writes_nothing(store: Store, tmp_path: Path) -> None:
    before = dump(store)
    content = table(tmp_path, [("Foo", "Bar"), ("a", "b")])
    with pytest.raises(ImportProblem, match="--map title=HEADER"):
        run(store, content)
    assert dump(store) == before
    assert counts(run(store, content, title="Bar").value) == (1, 0, 0, 0)
    assert next(iter(cases(store).values())).title == "b"


def test_a_repeated_header_in_use_has_to_be_chosen(store: Store, tmp_path: Path) -> None:
    content = table(tmp_path, [("Title", "Title", "Notes", "Notes"), ("a", "b", "c", "d")])
    with pytest.raises(ImportProblem, match="Several columns"):
        run(store, content)
    run(store, content, title="Title (2)")
    assert next(iter(cases(store).values())).title == "b"


def test_an_import_can_be_cancelled(store: Store, tmp_path: Path) -> None:
    content = table(tmp_path, [("Title",), *((f"Row {n}",) for n in range(500))])
    before = dump(store)

    def stop(done: int, total: int) -> None:
        assert total == 500
        if done >= 400:
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        import_use_cases(store, table=content, mapping=guess(content.headers), progress=stop)
    assert dump(store) == before


def test_an_import_can_be_cancelled_until_it_is_saved(store: Store, tmp_path: Path) -> None:
    content = table(tmp_path, [("Title",), ("Row 1",), ("Row 2",)])
    before = dump(store)
    reports: list[int] = []

    def stop(done: int, total: int) -> None:
        reports.append(done)
        if reports.count(total) == 2:  # the first time all rows are read, the second written
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        import_use_cases(store, table=content, mapping=guess(content.headers), progress=stop)
    assert dump(store) == before


def test_thousands_of_rows_are_imported_once(store: Store, tmp_path: Path) -> None:
    text = "Reading every letter takes the clerks two days. " * 20
    rows: Rows = [("Title", "ID", "Problem", "Benefits", "Stage")]
    rows += [(f"Use case {n}", f"X-{n}", text, text, "Deployed") for n in range(4_000)]
    content = table(tmp_path, rows)
    report = run(store, content).value
    assert counts(report) == (4_000, 0, 0, 0)
    assert counts(run(store, content).value) == (0, 0, 4_000, 0)
