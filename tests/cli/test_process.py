"""The command line as a program of its own: what it imports, and what stops it half-way."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

resource = pytest.importorskip("resource")

ROOT = Path(__file__).parents[2]
Table = Callable[..., Path]

_WITHOUT_QT = """
import sys
from main import main
code = main(sys.argv[1:])
found = sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "ui"))
assert not found, found
sys.exit(code)
"""

_IMPATIENT = """
import sys
from main import main
from scoper.cli import parts
parts._PATIENCE = 0.5
sys.exit(main(sys.argv[1:]))
"""


def program(*arguments: object, code: str | None = None, most: int = 0) -> tuple[int, str, str]:
    """Run a verb in a fresh process; ``most`` limits the size of files it can write, in bytes."""

    def limit() -> None:
        if most:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    start = [sys.executable, "-c", code] if code else [sys.executable, "main.py"]
    done = subprocess.run(
        [*start, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout, done.stderr


def test_verbs_work_in_a_process_of_their_own_and_import_no_qt(
    empty: Path, table: Table, tmp_path: Path
) -> None:
    rows = table("key,title\nUC-01,One\n")
    votes = table("participant,use_case,criterion,rating\nAda,UC-01,reach,3\n", "v.csv")
    for arguments in (
        ("import", rows, "--into", empty),
        ("ratings", votes, "--into", empty, "--add-participants"),
        ("rank", empty, "--json"),
        ("check", empty),
        ("export", "workbook", empty, "--out", tmp_path / "o.xlsx"),
        ("export", "prd", empty, "--use-case", "UC-01", "--out", tmp_path / "o.pdf"),
    ):
        assert program(*arguments, code=_WITHOUT_QT)[::2] == (0, ""), arguments


def test_a_reader_that_stops_reading_is_no_fault(sample: Path) -> None:
    verb = subprocess.Popen(
        [sys.executable, "main.py", "rank", sample, "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert verb.stdout
    assert verb.stderr
    verb.stdout.close()
    with verb.stderr:
        assert (verb.wait(), verb.stderr.read()) == (0, b"")


# ---------------------------------------------------------------- stopped half-way

_KILLED = """
import os, signal, sys
import sqlalchemy as sa
def stop(connection, cursor, statement, *_):
    if statement.startswith("INSERT INTO audit"):
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "after_cursor_execute", stop)
from main import main
main(sys.argv[1:])
"""


def test_an_import_killed_before_it_is_acknowledged_leaves_the_file_as_it_was(
    empty: Path, table: Table
) -> None:
    rows = table("title,problem\n" + "".join(f"Idea {n},{'x' * 5_000}\n" for n in range(800)))
    code, out, _ = program("import", rows, "--into", empty, code=_KILLED)
    assert (code, out) == (-signal.SIGKILL, "")
    assert empty.with_name("p.scoper-journal").exists()
    assert program("check", empty)[1] == "p.scoper is sound: 0 use cases, 0 ranked\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "{rows}", "--into", "{file}"),
        ("export", "workbook", "{sample}", "--out", "{old}.xlsx"),
        ("export", "prd", "{sample}", "--use-case", "UC-01", "--out", "{old}.docx"),
        ("export", "prd", "{sample}", "--use-case", "UC-01", "--out", "{old}.pdf"),
        ("export", "prd", "{sample}", "--use-case", "UC-01", "--out", "{old}.md"),
    ],
)
def test_a_full_disk_is_told_in_one_line_and_changes_nothing(
    empty: Path, sample: Path, table: Table, arguments: tuple[str, ...]
) -> None:
    rows = table("title,problem\n" + "".join(f"Idea {n},{'x' * 9_000}\n" for n in range(900)))
    for suffix in (".xlsx", ".docx", ".pdf", ".md"):
        table("what stood there", f"old{suffix}")
    names = {"rows": rows, "file": empty, "sample": sample, "old": empty.with_name("old")}
    before = {path.name: path.read_bytes() for path in empty.parent.iterdir()}
    most = empty.stat().st_size + 300_000 if arguments[0] == "import" else 2_000
    code, out, err = program(*(word.format(**names) for word in arguments), most=most)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert "again" in err
    assert {path.name: path.read_bytes() for path in empty.parent.iterdir()} == before


def test_a_writer_elsewhere_is_named(empty: Path, table: Table) -> None:
    rows, before = table("title\na\n"), empty.read_bytes()
    other = sqlite3.connect(empty, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        code, _, err = program("import", rows, "--into", empty, code=_IMPATIENT)
        assert (code, err.count("\n")) == (2, 1)
        assert "being written by another program" in err
        assert program("rank", empty)[0] == 0
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert empty.read_bytes() == before


def test_a_verb_waits_for_another_program_and_says_so(empty: Path, tmp_path: Path) -> None:
    table = tmp_path / "ideas.csv"
    table.write_text("title\nOne\n")
    with closing(sqlite3.connect(empty, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with subprocess.Popen(
            [sys.executable, "main.py", "import", str(table), "--into", str(empty)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        ) as verb:
            assert verb.stderr is not None
            assert "Waiting for another program" in verb.stderr.readline()
            other.execute("ROLLBACK")
            assert verb.wait(60) == 0
