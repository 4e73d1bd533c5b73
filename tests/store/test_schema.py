"""The tables, their migrations and the snapshots say the same; PostgreSQL would take them too."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

import scoper.migrations
from scoper import model, snapshot
from scoper.model import ITEM_FIELDS
from scoper.scoping import LISTS, STEPS
from scoper.store import Store
from scoper.store.engine import SCHEMA
from scoper.store.schema import upgrade
from tests.support import add_use_case, dump

TABLES = sorted(SQLModel.metadata.tables)
PAIRS: list[tuple[type[SQLModel], type]] = [
    (model.PortfolioRow, snapshot.Portfolio),
    (model.UseCaseRow, snapshot.UseCase),
    (model.CriterionRow, snapshot.Criterion),
    (model.ParticipantRow, snapshot.Participant),
    (model.RoleRow, snapshot.Role),
    (model.AnswerRow, snapshot.Answer),
    (model.SectionRow, snapshot.Section),
    *((row, LISTS[name].entry) for name, row in model.ITEM_ROWS.items()),
]
NOT_SHOWN = {"position", "version", "portfolio_id", "use_case_id"}
READ_FROM_OTHER_TABLES = {
    "anchors", "criteria", "participants", "roles", "use_cases", "ratings", "abstained",
    "exclusions", "answers", "sections", "capacities",
    *model.ITEM_ROWS,
}  # fmt: skip


def test_the_migrations_make_exactly_the_tables_of_the_model(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_migrations_make_the_checks_of_the_model(store: Store) -> None:
    with store.read() as connection:
        found = {
            (name, check["name"])
            for name in TABLES
            for check in sa.inspect(connection).get_check_constraints(name)
        }
    expected = {
        (table.name, constraint.name)
        for table in SQLModel.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
    assert found == expected
    assert expected


def test_the_newest_migration_is_the_schema_this_program_knows() -> None:
    folder = Path(scoper.migrations.__file__).parent
    assert ScriptDirectory(str(folder)).get_current_head() == f"{SCHEMA:04d}"


def test_migrating_an_up_to_date_file_changes_nothing(store: Store) -> None:
    add_use_case(store)
    before = dump(store)
    store.close()
    upgrade(store.path)
    with Store.open(store.path, "Tester") as opened:
        assert dump(opened) == before
        assert opened.history().undo == "Add Late invoices"


@pytest.mark.parametrize("name", TABLES)
def test_postgresql_would_take_the_table(name: str) -> None:
    table = SQLModel.metadata.tables[name]
    dialect: sa.Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    statement = str(sa.schema.CreateTable(table).compile(dialect=dialect))
    assert statement.strip().startswith(f"CREATE TABLE {name}")
    for index in table.indexes:
        assert str(sa.schema.CreateIndex(index).compile(dialect=dialect))
    names = [c.name for c in table.constraints] + [i.name for i in table.indexes]
    assert all(n and len(str(n)) <= dialect.max_identifier_length for n in names)


@pytest.mark.parametrize(("row", "shown"), PAIRS, ids=lambda kind: kind.__name__)
def test_what_is_stored_is_what_is_shown(row: type[SQLModel], shown: type) -> None:
    stored = set(row.model_fields) - NOT_SHOWN
    fields = {f.name for f in dataclasses.fields(shown)} - NOT_SHOWN - READ_FROM_OTHER_TABLES
    assert fields == stored


def _plain(hint: Any) -> Any:
    parts = [part for part in get_args(hint) if part is not NoneType]
    return _plain(parts[0]) if parts else hint


@pytest.mark.parametrize(("row", "shown"), PAIRS, ids=lambda kind: kind.__name__)
def test_stored_and_shown_agree_on_types_and_defaults(row: type[SQLModel], shown: type) -> None:
    hints = get_type_hints(shown)
    for field in dataclasses.fields(shown):
        if field.name in row.model_fields and field.name != "id":
            stored = row.model_fields[field.name]
            assert _plain(stored.annotation) is _plain(hints[field.name]), field.name
            if field.default is not dataclasses.MISSING and not stored.is_required():
                assert field.default == stored.default, field.name


def test_every_answer_and_column_a_step_asks_for_is_stored() -> None:
    for step in STEPS:
        for field in step.fields:
            assert field.name in model.UseCaseFields.model_fields
        for listed in step.lists:
            columns = {f.name for f in (*listed.columns, *listed.apart)}
            assert columns <= set(ITEM_FIELDS[listed.name].model_fields)


def test_every_list_and_answer_that_is_stored_is_asked_for_somewhere() -> None:
    lists = {listed.name for step in STEPS for listed in step.lists}
    assert lists == set(model.ITEM_ROWS) == set(ITEM_FIELDS)
    for name, kind in ITEM_FIELDS.items():
        found = [li for s in STEPS for li in s.lists if li.name == name]
        asked = {f.name for li in found for f in (*li.columns, *li.apart)}
        assert asked == set(kind.model_fields), name
