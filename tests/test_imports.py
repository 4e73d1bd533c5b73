"""No module imports in a circle, also not within a function or for its types only.

An import that waits for its function keeps a circle from failing, not from being one: neither of
the two modules can be understood, or moved, without the other.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _module(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(source: str, known: set[str]) -> set[str]:
    """Return the modules of ``known`` that a module imports, wherever it does."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names if names <= known else {*names, str(node.module)}
    return found & known


def circle(package: str, root: Path) -> list[str]:
    """Return the modules of a circle of imports in a package; empty where there is none."""
    paths = {_module(path, root): path for path in (root / package).rglob("*.py")}
    known = set(paths)
    graph = {
        name: _imported(path.read_text(encoding="utf-8"), known) for name, path in paths.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("package", ["scoper", "ui"])
def test_no_module_imports_in_a_circle(package: str) -> None:
    assert circle(package, ROOT) == []


@pytest.mark.parametrize(
    "late",
    [
        "def late():\n    from pack import one\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from pack.one import One\n",
    ],
)
def test_a_circle_is_found_wherever_the_import_stands(tmp_path: Path, late: str) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "one.py").write_text("import pack.two\n\n\nclass One: ...\n")
    (folder / "two.py").write_text(late)
    assert set(circle("pack", tmp_path)) == {"pack.one", "pack.two"}
