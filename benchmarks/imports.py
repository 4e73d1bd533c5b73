"""How long the import of the largest public inventory's size takes, against reading and storing it.

The floor reads the same file with the standard library and puts its rows into a table of SQLite in
one transaction: no mapping, no validation, no undo.
"""

from __future__ import annotations

import csv
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROWS = 3_611
ROUNDS = 3
HEADERS = ("Title", "ID", "Problem", "Benefits", "Stage")


def main() -> None:
    """Print medians and their ratio."""
    print(f"\nImport of {ROWS:,} rows, medians of {ROUNDS}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.csv"
        _write(path)
        floor = _median(lambda turn: _store_only(path, Path(folder) / f"{turn}.sqlite"))
        mine = _median(lambda turn: _import(path, Path(folder) / f"{turn}.scoper"))
        print(f"  {'read and store alone':<34}{floor:7.3f} s")
        print(f"  {'import, validated and undoable':<34}{mine:7.3f} s  {mine / floor:5.1f}×")


def _median(step: Callable[[int], object]) -> float:
    taken = []
    for turn in range(ROUNDS):
        began = time.perf_counter()
        step(turn)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _write(path: Path) -> None:
    text = "Reading every letter takes the clerks two days. " * 20
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADERS)
        writer.writerows((f"Use case {n}", f"X-{n}", text, text, "Deployed") for n in range(ROWS))


def _store_only(path: Path, target: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        _, *rows = csv.reader(stream)
    connection = sqlite3.connect(target)
    with connection:
        connection.execute("CREATE TABLE use_case (title, id, problem, benefits, stage)")
        connection.executemany("INSERT INTO use_case VALUES (?, ?, ?, ?, ?)", rows)
    connection.close()


def _import(path: Path, target: Path) -> None:
    from scoper.commands import portfolios
    from scoper.commands.imports import import_use_cases
    from scoper.exchange.mapping import guess
    from scoper.exchange.tables import read_table
    from scoper.store import Store

    with Store.create(target, "benchmark") as store:
        portfolios.create(store, title="Inventory")
        table = read_table(path)
        import_use_cases(store, table=table, mapping=guess(table.headers))


if __name__ == "__main__":
    main()
