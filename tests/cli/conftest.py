"""Runs verbs in this process, and files for them to work on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import main


@dataclass(frozen=True)
class Said:
    """What a verb ended with and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, read as JSON; NaN and infinity are no JSON."""

        def refuse(word: str) -> None:
            raise AssertionError(f"{word} is no JSON")

        return json.loads(self.out, parse_constant=refuse)


Scoper = Callable[..., Said]


@pytest.fixture
def scoper(capsys: pytest.CaptureFixture[str]) -> Scoper:
    """Return a function that runs ``scoper ARGUMENT …``."""

    def run(*arguments: object) -> Said:
        code = main.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def refused(scoper: Scoper) -> Callable[..., str]:
    """Return a function that runs a verb that must be refused, and returns the one line said."""

    def run(*arguments: object) -> str:
        said = scoper(*arguments)
        assert said.code == 2
        assert said.err.count("\n") == 1
        assert said.err.startswith("scoper")
        assert said.err.rstrip()[-1] in ".)"
        return said.err

    return run


@pytest.fixture
def empty(_empty_file: Path, tmp_path: Path) -> Path:
    """Return an empty portfolio with the default criteria."""
    return Path(shutil.copyfile(_empty_file, tmp_path / "p.scoper"))


@pytest.fixture
def sample(_sample_file: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample portfolio."""
    return Path(shutil.copyfile(_sample_file, tmp_path / "s.scoper"))


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file and returns its path."""

    def write(content: str | bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture(scope="session")
def _ideas_file(_empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ideas")
    path = Path(shutil.copyfile(_empty_file, folder / "ideas.scoper"))
    rows, votes = folder / "ideas.csv", folder / "votes.csv"
    rows.write_text(
        "key,title,problem\nUC-01,Invoices,late\nUC-02,Churn,leaving\nUC-03,Same,a\nUC-04,Same,b\n"
    )
    votes.write_text("participant,use_case,criterion,rating\nAda,UC-01,reach,3\n")
    with redirect_stdout(StringIO()):
        assert main.main(["import", str(rows), "--into", str(path)]) == 0
        assert main.main(["ratings", str(votes), "--into", str(path), "--add-participants"]) == 0
    return path


@pytest.fixture
def ideas(_ideas_file: Path, tmp_path: Path) -> Path:
    """Return a portfolio with four use cases, two of them of one title, and one participant."""
    return Path(shutil.copyfile(_ideas_file, tmp_path / "p.scoper"))
