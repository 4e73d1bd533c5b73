"""Files of earlier versions open with everything that was in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scoper.commands import use_cases
from scoper.model import AnswerRow, SectionRow, UseCaseRow
from scoper.queries import load_board
from scoper.store import Store
from scoper.store.engine import SCHEMA, check_identity
from tests.support import dump

_BACK = {
    4: ("DROP TABLE section",),
    3: (
        "DROP TABLE answer",
        "ALTER TABLE use_case DROP COLUMN relevance_overruled",
        "ALTER TABLE use_case DROP COLUMN relevance_reason",
    ),
    2: ("DROP TABLE exclusion",),
}
"""What takes a schema back to the one before it."""


def make_older(path: Path, schema: int) -> None:
    """Turn a file into what an earlier version of the program wrote."""
    with closing(sqlite3.connect(path)) as connection:
        for number in range(SCHEMA, schema, -1):
            for statement in _BACK[number]:
                connection.execute(statement)
        connection.execute(f"UPDATE alembic_version SET version_num = '{schema:04d}'")
        connection.execute(f"PRAGMA user_version = {schema}")
        connection.commit()


@pytest.mark.parametrize("schema", range(1, SCHEMA))
def test_a_file_of_an_earlier_schema_opens_complete(sample_store: Store, schema: int) -> None:
    first = load_board(sample_store).use_cases[0]
    use_cases.remove(sample_store, use_case_ids=(first.id,))
    with sample_store.write("Forget what came later", undoable=False) as unit:
        unit.remove(AnswerRow, *(row.id for row in unit.find(AnswerRow)))
        unit.remove(SectionRow, *(row.id for row in unit.find(SectionRow)))
        for row in unit.find(UseCaseRow):
            unit.update(UseCaseRow, row.id, relevance_overruled="", relevance_reason="")
    before, board = dump(sample_store), load_board(sample_store)
    sample_store.close()
    make_older(sample_store.path, schema)
    with Store.open(sample_store.path, "Tester") as opened:
        assert dump(opened) == before
        assert load_board(opened).ranked == board.ranked
        opened.undo()
        assert len(load_board(opened).use_cases) == 12
    assert check_identity(sample_store.path) == SCHEMA
