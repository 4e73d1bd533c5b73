"""Files of earlier versions open with everything that was in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from scoper.queries import load_board
from scoper.store import Store
from scoper.store.engine import SCHEMA, check_identity
from tests.support import dump


def test_a_file_of_the_first_schema_opens_complete_and_can_limit_people(
    sample_store: Store,
) -> None:
    before, board = dump(sample_store), load_board(sample_store)
    sample_store.close()
    with closing(sqlite3.connect(sample_store.path)) as connection:
        connection.execute("DROP TABLE exclusion")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with Store.open(sample_store.path, "Tester") as opened:
        assert dump(opened) == before
        assert load_board(opened).ranked == board.ranked
        assert load_board(opened).portfolio.exclusions == frozenset()
    assert check_identity(sample_store.path) == SCHEMA
