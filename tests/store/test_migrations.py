"""Files of earlier versions open with everything that was in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlmodel import SQLModel

from scoper import migrations
from scoper.commands import items, portfolios, use_cases
from scoper.model import (
    ITEM_FIELDS,
    ITEM_ROWS,
    AnswerRow,
    CapacityRow,
    PortfolioRow,
    RoleRow,
    SectionRow,
    UseCaseFields,
    UseCaseRow,
)
from scoper.queries import load_audit, load_board
from scoper.store import Store
from scoper.store.engine import SCHEMA, check_identity
from tests.support import OFF, dump

PARAMETERS = ("risk_aversion", "p_low", "p_high")
"""The parameters that a portfolio had columns for before schema 10."""

OLD_GRADES = ("access", "lineage", "completeness", "timeliness", "labels", "stability")
"""The grades that a data set had columns for before schema 4."""

FIRST_LISTS = (
    "solutions", "evidence", "datasets", "risks", "kpis", "acceptance", "milestones", "costs",
    "efforts",
)  # fmt: skip
"""The lists that a use case has had since the first schema."""

REQUIREMENTS = "work_change oversight response_time peak_load cost_per_case"
"""What is said about every solution since schema 7."""


def make_older(path: Path, schema: int) -> None:
    """Turn a file into what an earlier version of the program wrote."""
    older = path.with_suffix(".older")
    engine = sa.create_engine(f"sqlite:///{older}")
    with engine.begin() as connection:
        command.upgrade(migrations.configuration(connection), f"{schema:04d}")
    engine.dispose()
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("ATTACH ? AS newer", (str(path),))
        (identity,) = connection.execute("PRAGMA newer.application_id").fetchone()
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall():
            if name != "alembic_version":
                moved = name == "portfolio" and schema < 10
                _copy(connection, name, _OLD_COLUMNS if moved else {})
        _forget_formulas(connection)
        if schema < 10:
            _split_parameters(connection)
        if schema < 4:
            _split_grades(connection)
        connection.execute(f"PRAGMA application_id = {identity}")
        connection.execute(f"PRAGMA user_version = {schema}")
        connection.commit()
    older.replace(path)


_OLD_COLUMNS = {name: f"json_extract(parameters, '$.balanced.{name}')" for name in PARAMETERS}


def _copy(connection: sqlite3.Connection, name: str, made: dict[str, str]) -> None:
    """Copy the columns that both have, and what is ``made`` of newer ones."""
    had, has = (
        {row[1] for row in connection.execute(f"PRAGMA {side}.table_info('{name}')")}
        for side in ("main", "newer")
    )
    taken = {f'"{column}"': f'"{column}"' for column in sorted(had & has)} | made
    connection.execute(
        f'INSERT INTO main."{name}" ({", ".join(taken)}) '
        f'SELECT {", ".join(taken.values())} FROM newer."{name}"'
    )


def _forget_formulas(connection: sqlite3.Connection) -> None:
    """Leave the formula out of remembered portfolios."""
    for side in ("before", "after"):
        connection.execute(
            f"UPDATE main.change_image SET {side} = json_remove({side}, '$.formula') "
            f"WHERE entity = 'portfolio' AND json_type({side}) = 'object'"
        )


def _split_parameters(connection: sqlite3.Connection) -> None:
    """Put the parameters of remembered portfolios into fields of their own, and name them so."""
    for side in ("before", "after"):
        moved = ", ".join(
            f"'$.{name}', json_extract({side}, '$.parameters.balanced.{name}')"
            for name in PARAMETERS
        )
        connection.execute(
            f"UPDATE main.change_image SET {side} = json_remove(json_set({side}, {moved}), "
            f"'$.parameters') WHERE entity = 'portfolio' AND json_type({side}) = 'object'"
        )
    connection.execute(
        "UPDATE main.audit SET field = replace(field, 'parameters.balanced.', '') "
        f"WHERE entity = 'portfolio' AND replace(field, 'parameters.balanced.', '') IN {PARAMETERS}"
    )


def _split_grades(connection: sqlite3.Connection) -> None:
    """Put the grades of data sets, also of remembered ones, into columns of their own."""
    for name in OLD_GRADES:
        connection.execute(
            f"UPDATE main.dataset SET {name} = (SELECT json_extract(n.grades, '$.{name}') "
            "FROM newer.dataset n WHERE n.id = main.dataset.id)"
        )
    moved = ", ".join(f"'$.{n}', json_extract({{0}}, '$.grades.{n}')" for n in OLD_GRADES)
    added = (
        "grades", "localisation", "retraining_plan", "copied_from", "label_items", "label_votes",
        "label_minutes", "label_rate", "label_review", "label_accuracy", "strength",
        "residual_likelihood", "residual_severity",
    )  # fmt: skip
    dropped = ", ".join(f"'$.{n}'" for n in added)
    for side in ("before", "after"):
        known = f"entity IN ('dataset', 'risk', 'evidence') AND json_type({side}) = 'object'"
        connection.execute(
            f"UPDATE main.change_image SET {side} = json_set({side}, {moved.format(side)}) "
            f"WHERE entity = 'dataset' AND {known}"
        )
        connection.execute(
            f"UPDATE main.change_image SET {side} = json_remove({side}, {dropped}) WHERE {known}"
        )


def forget_what_is_new(store: Store) -> None:
    """Take away what no earlier version could hold."""
    with store.write("Forget", undoable=False) as unit:
        unit.remove(AnswerRow, *(row.id for row in unit.find(AnswerRow)))
        for portfolio in unit.find(PortfolioRow):
            known = portfolio.parameters["balanced"]
            kept = {name: value for name, value in known.items() if name not in OFF}
            unit.update(PortfolioRow, portfolio.id, parameters={"balanced": kept})
        for use_case in unit.find(UseCaseRow):
            unit.update(UseCaseRow, use_case.id, relevance_overruled="", relevance_reason="")
            unit.update(UseCaseRow, use_case.id, start_on=None)
            unit.update(UseCaseRow, use_case.id, **_blank(UseCaseFields, REQUIREMENTS))
        unit.remove(SectionRow, *(row.id for row in unit.find(SectionRow)))
        unit.remove(CapacityRow, *(row.id for row in unit.find(CapacityRow)))
        for name in ITEM_ROWS.keys() - set(FIRST_LISTS):
            unit.remove(ITEM_ROWS[name], *(row.id for row in unit.find(ITEM_ROWS[name])))
        for role in unit.find(RoleRow):
            unit.update(RoleRow, role.id, hiring_weeks=None, skills="")
        for items_name, names in {
            "kpis": "goal definition formula sign_off signed_by signed_on",
            "milestones": "entry_criteria exposure rollback feedback monitoring",
            "efforts": "days_low days_high",
            "evidence": "strength",
            "risks": "residual_likelihood residual_severity",
        }.items():
            blank = _blank(ITEM_FIELDS[items_name], names)
            for entry in unit.find(ITEM_ROWS[items_name]):
                unit.update(ITEM_ROWS[items_name], entry.id, **blank)
        added = set(ITEM_FIELDS["datasets"].model_fields) - {
            "title", "owner", "personal_data", "legal_basis", "improvement",
        }  # fmt: skip
        blank = ITEM_FIELDS["datasets"](title="Blank").model_dump(include=added)
        for row in unit.find(ITEM_ROWS["datasets"]):
            known = vars(row)["grades"]
            grades = {key: known[key] for key in OLD_GRADES if key in known}
            unit.update(ITEM_ROWS["datasets"], row.id, **{**blank, "grades": grades})


def _blank(kind: type[SQLModel], names: str) -> dict[str, Any]:
    return {name: kind.model_fields[name].default for name in names.split()}


@pytest.mark.parametrize("schema", range(1, SCHEMA))
def test_a_file_of_an_earlier_schema_opens_complete(sample_store: Store, schema: int) -> None:
    forget_what_is_new(sample_store)
    first = load_board(sample_store).use_cases[0]
    use_cases.remove(sample_store, use_case_ids=(first.id,))
    before, board = dump(sample_store), load_board(sample_store)
    sample_store.close()
    make_older(sample_store.path, schema)
    with Store.open(sample_store.path, "Tester") as opened:
        assert dump(opened) == before
        assert load_board(opened).ranked == board.ranked
        opened.undo()
        assert replace(load_board(opened).use_cases[0], version=first.version) == first
    assert check_identity(sample_store.path) == SCHEMA


def test_a_step_from_before_formulas_is_undone(sample_store: Store) -> None:
    portfolios.set_field(sample_store, field="title", value="Another title")
    portfolios.set_parameter(sample_store, name="risk_aversion", value=2)
    sample_store.close()
    make_older(sample_store.path, 10)
    with Store.open(sample_store.path, "Tester") as opened:
        assert load_board(opened).portfolio.formula == {}
        opened.undo()
        assert load_board(opened).parameters["risk_aversion"] == 1.0
        portfolios.set_field(opened, field="method", value="formula")
        opened.undo()
        opened.undo()
        assert load_board(opened).portfolio.title != "Another title"


def test_steps_on_a_data_set_are_undone_and_redone_across_the_move_of_its_grades(
    sample_store: Store,
) -> None:
    forget_what_is_new(sample_store)
    use_case = load_board(sample_store).use_cases[0]
    dataset, risk = use_case.datasets[0], use_case.risks[0]
    evidence = use_case.evidence[0]
    for name, item_id, field in (
        ("datasets", dataset.id, "owner"),
        ("risks", risk.id, "mitigation"),
        ("evidence", evidence.id, "source"),
    ):
        items.set_field(sample_store, items=name, item_id=item_id, field=field, value="Ada")
    sample_store.undo()
    sample_store.close()
    make_older(sample_store.path, 3)
    with Store.open(sample_store.path, "Tester") as opened:
        opened.redo()
        for _ in range(3):
            opened.undo()
        assert load_board(opened).use_cases[0] == use_case
        for _ in range(3):
            opened.redo()
        again = load_board(opened).use_cases[0]
        assert (again.datasets[0].owner, again.evidence[0].source) == ("Ada", "Ada")
        assert again.datasets[0].grades == dataset.grades


def test_steps_on_parameters_are_undone_and_redone_across_their_move_into_a_mapping(
    sample_store: Store,
) -> None:
    for name, value in (("risk_aversion", 2.5), ("p_low", 0.25), ("p_high", 0.75)):
        portfolios.set_parameter(sample_store, name=name, value=value)
    first = load_board(sample_store).portfolio.criteria[0]
    portfolios.set_scoring(
        sample_store, parameters={"risk_aversion": 3}, weights={first.id: first.weight + 1}
    )
    sample_store.undo()
    forget_what_is_new(sample_store)
    before, board = dump(sample_store), load_board(sample_store)
    trail = [(e.field, e.old, e.new) for e in load_audit(sample_store)]
    sample_store.close()
    make_older(sample_store.path, 9)
    with closing(sqlite3.connect(sample_store.path)) as older:
        (aversion,) = older.execute("SELECT risk_aversion FROM portfolio").fetchone()
        assert aversion == 2.5
    with Store.open(sample_store.path, "Tester") as opened:
        assert dump(opened) == before
        assert load_board(opened).ranked == board.ranked
        assert [(e.field, e.old, e.new) for e in load_audit(opened)] == trail
        opened.redo()
        assert load_board(opened).parameters["risk_aversion"] == 3
        for _ in range(4):
            opened.undo()
        defaults = {"risk_aversion": 1.0, "p_low": 0.1, "p_high": 0.9} | OFF
        assert load_board(opened).parameters == defaults
        opened.redo()
        assert load_board(opened).parameters == defaults | {"risk_aversion": 2.5}


def test_a_file_from_before_the_mapping_is_backed_up_and_may_hold_any_method(
    sample_store: Store,
) -> None:
    portfolios.set_field(sample_store, field="method", value="weighted_sum")
    portfolios.set_parameter(sample_store, name="p_low", value=0.3, method_id="balanced")
    forget_what_is_new(sample_store)
    board, path = load_board(sample_store), sample_store.path
    sample_store.close()
    make_older(path, 9)
    with Store.open(path, "Tester") as opened:
        assert load_board(opened).ranked == board.ranked
        portfolios.set_field(opened, field="method", value="balanced")
        assert load_board(opened).parameters["p_low"] == 0.3
    assert check_identity(path.with_name(f"{path.stem}.before-upgrade-9{path.suffix}")) == 9
