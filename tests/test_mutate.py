"""The tool that puts faults into the code: which ones it draws, and who judges them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import mutate
from tools.mutants import Mutant, sample

CODE = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from a import b


@dataclass(frozen=True)
class Pair:
    left: int | None

    def least(self, *, other: int | None = None) -> int | None:
        return (
            other
            if other is None
            else self.left + other
        )

    def pairs(self):
        return zip(self, strict=True)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a package to put faults into."""
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "pair.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def test_faults_are_put_where_something_runs(root: Path) -> None:
    """Neither annotations nor what only the type checker reads can be mutated to any effect."""
    faults = sample(root, ["parts"], 99, seed=1)
    changed = {line for fault in faults for line in fault.diff.splitlines() if line[0] == "-"}
    assert changed == {
        "-            if other is None",
        "-            else self.left + other",
    }


def test_a_fault_knows_the_lines_of_its_statement(root: Path) -> None:
    """The tests of a statement are those that run any of its lines."""
    assert {(fault.first, fault.last) for fault in sample(root, ["parts"], 99, seed=1)} == {
        (13, 17)
    }


def test_a_seed_draws_the_same_faults_again() -> None:
    """What one person has measured another can measure again; another seed draws others."""
    drawn = [sample(mutate.ROOT, ["scoper/studies"], 20, seed) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0]) & set(drawn[2])) < 10


def test_a_fault_is_noticed_by_a_test_that_fails(root: Path) -> None:
    """Only a copy has the fault, and it is whole again afterwards."""
    right = "def double(x):\n    return x * 2\n"
    (root / "parts" / "twice.py").write_text(right, encoding="utf-8")
    test = "from parts.twice import double\n\n\ndef test_{0}():\n    assert double({0}) == {1}\n"
    for number in (2, 3):
        path = root / f"test_{number}.py"
        path.write_text(test.format(number, number * 2), encoding="utf-8")
    added = Mutant("parts/twice.py", 2, 2, right, right.replace("*", "+"))
    judged = {}
    for number in (2, 3):
        with mutate.fault(root, added):
            judged[number] = mutate.passes(root, [f"test_{number}.py::test_{number}"])
    assert judged == {2: True, 3: False}, "two and two is twice two"
    assert (root / "parts" / "twice.py").read_text(encoding="utf-8") == right
    assert mutate.passes(root, ["test_3.py"])


def test_a_copy_leaves_out_what_is_not_part_of_the_project(tmp_path: Path) -> None:
    """Faults are judged in copies of what is or would be in version control."""
    names = {path.name for path in mutate.copy_to(tmp_path / "copy").iterdir()}
    assert {"scoper", "tests", "pyproject.toml"} <= names
    assert not {".git", ".venv", ".mutation"} & names
