"""Importing ratings: all of them as one step, or none with every problem named."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from scoper.commands.rating_imports import RatingProblems, RatingsReport, import_ratings
from scoper.errors import Cancelled, ImportProblem
from scoper.exchange.tables import Table, read_table
from scoper.queries import load_board
from scoper.snapshot import Done
from scoper.store import Store
from tests.support import add_person, add_use_case, count_steps, dump

HEADERS = ("participant", "use_case", "criterion", "rating")
Row = tuple[str, str, str, str]


def table(folder: Path, *rows: Row, headers: tuple[str, ...] = HEADERS) -> Table:
    path = folder / "ratings.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headers, *rows])
    return read_table(path)


@pytest.fixture
def rated(store: Store) -> Store:
    """Return a portfolio with two people, and two use cases UC-01 and UC-02."""
    add_person(store, "Ada")
    add_person(store, "Grace")
    add_use_case(store, "Late invoices")
    add_use_case(store, "Lost parcels")
    return store


def criteria(store: Store) -> list[str]:
    return [criterion.key for criterion in load_board(store).portfolio.criteria]


def rating(store: Store, use_case: int = 0, criterion: int = 0, person: int = 0) -> float | str:
    portfolio = load_board(store).portfolio
    if portfolio.abstained[use_case, criterion, person]:
        return "abstained"
    value = float(portfolio.ratings[use_case, criterion, person])
    return "" if math.isnan(value) else value


def run(store: Store, content: Table, *, add: bool = False) -> Done[RatingsReport]:
    return import_ratings(store, table=content, add_participants=add)


def refused(store: Store, content: Table) -> RatingProblems:
    before, steps = dump(store), count_steps(store)
    with pytest.raises(RatingProblems) as caught:
        run(store, content)
    assert (dump(store), count_steps(store)) == (before, steps)
    return caught.value


def test_ratings_abstentions_and_gaps(rated: Store, tmp_path: Path) -> None:
    first, second, third, *_ = criteria(rated)
    before = dump(rated)
    changes = run(
        rated,
        table(
            tmp_path,
            ("Ada", "UC-01", first, "4"),
            ("ada", "late INVOICES", second, "3,5"),
            ("Grace", "UC-01", first, "abstain"),
            ("Grace", "UC-01", second, "A"),
            ("Grace", "UC-02", third, ""),
        ),
    )
    assert changes.value == RatingsReport(entered=2, abstained=2, empty=1, cleared=0)
    assert changes.label == "Import 5 ratings"
    assert [rating(rated, 0, c, p) for p in (0, 1) for c in (0, 1)] == [
        4.0,
        3.5,
        "abstained",
        "abstained",
    ]
    rated.undo()
    assert dump(rated) == before


def test_importing_twice_changes_nothing_and_gaps_clear(rated: Store, tmp_path: Path) -> None:
    key = criteria(rated)[0]
    content = table(tmp_path, ("Ada", "UC-01", key, "4"), ("Grace", "UC-01", key, "a"))
    run(rated, content)
    steps = count_steps(rated)
    assert not run(rated, content)
    assert count_steps(rated) == steps
    changed = table(tmp_path, ("Ada", "UC-01", key, ""), ("Grace", "UC-01", key, "2"))
    report = run(rated, changed).value
    assert (report.entered, report.empty, report.cleared) == (1, 1, 1)
    assert [rating(rated, person=p) for p in (0, 1)] == ["", 2.0]


def test_criteria_are_found_by_title_too(rated: Store, tmp_path: Path) -> None:
    criterion = load_board(rated).portfolio.criteria[1]
    run(rated, table(tmp_path, ("Ada", "UC-02", criterion.title.upper(), "5")))
    assert rating(rated, 1, 1) == 5.0


def test_unknown_people_are_named_or_added(rated: Store, tmp_path: Path) -> None:
    key = criteria(rated)[0]
    rows = [("Linus", "UC-01", key, "1"), ("LINUS", "UC-02", key, "2"), ("Ada", "UC-01", key, "3")]
    content = table(tmp_path, *rows)
    error = refused(rated, content)
    assert [(p.row, p.column) for p in error.problems] == [(2, "participant"), (3, "participant")]
    assert "“Linus” is not among the participants (Ada and Grace)" in error.message
    assert "--add-participants" in error.remedy
    before = dump(rated)
    report = run(rated, content, add=True).value
    assert report.added == ("Linus",)
    assert [p.name for p in load_board(rated).portfolio.participants] == ["Ada", "Grace", "Linus"]
    assert [rating(rated, u, 0, 2) for u in (0, 1)] == [1.0, 2.0]
    rated.undo()
    assert dump(rated) == before


def test_every_problem_is_collected(rated: Store, tmp_path: Path) -> None:
    key, other, *_ = criteria(rated)
    add_use_case(rated, "Late invoices")
    error = refused(
        rated,
        table(
            tmp_path,
            ("Ada", "UC-01", key, "6"),
            ("Ada", "UC-99", "nonsense", "high"),
            ("", "UC-01", key, "3"),
            ("Ada", "Late invoices", key, "3"),
            ("Ada", "UC-02", other, "3"),
            ("Ada", "UC-02", other, "4"),
            ("Ada", "UC-02", key, "nan"),
        ),
    )
    assert [(p.row, p.column) for p in error.problems] == [
        (2, "rating"),
        (3, "use_case"),
        (3, "criterion"),
        (3, "rating"),
        (4, "participant"),
        (5, "use_case"),
        (7, "rating"),
        (8, "rating"),
    ]
    assert (error.row, error.column) == (2, "rating")
    assert "and 5 more problems" in error.message
    said = [problem.problem for problem in error.problems]
    assert "1 to 5" in said[0]
    assert "UC-01, UC-02 and UC-03" in said[1]
    assert "the title of 2 use cases" in said[5]
    assert "row 6" in said[6]


def test_a_key_goes_before_a_title(rated: Store, tmp_path: Path) -> None:
    add_use_case(rated, "uc-01")
    run(rated, table(tmp_path, ("Ada", "UC-01", criteria(rated)[0], "2")))
    assert rating(rated, 0) == 2.0


def test_columns_in_any_order_and_missing_ones(rated: Store, tmp_path: Path) -> None:
    key = criteria(rated)[0]
    headers = ("Rating", "Comment", "Criterion", "Use case", "Participant")
    path = tmp_path / "r.csv"
    path.write_text(f"{','.join(headers)}\n3,fine,{key},UC-01,Ada\n", encoding="utf-8")
    run(rated, read_table(path))
    assert rating(rated) == 3.0
    with pytest.raises(ImportProblem, match="no column criterion or rating"):
        run(rated, read_table(_written(tmp_path, "participant,use_case,x\na,b,c\n")))


def test_a_ratings_import_can_be_cancelled(rated: Store, tmp_path: Path) -> None:
    content = table(tmp_path, ("Ada", "UC-01", criteria(rated)[0], "4"))
    before = dump(rated)

    def stop(done: int, total: int) -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        import_ratings(rated, table=content, progress=stop)
    assert dump(rated) == before


def _written(folder: Path, content: str) -> Path:
    path = folder / "other.csv"
    path.write_text(content, encoding="utf-8")
    return path
