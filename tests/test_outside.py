"""Tests stand outside: they use what is offered, and reach into no private part.

A test that reads a private name fails when the code behind is put differently, though nothing a
person could notice has changed. Where a test needs to see something, it is offered. And nothing is
kept in the product that only tests call.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ("tests", "tools", "benchmarks")
_BY_NAME = {"getattr", "setattr", "delattr", "hasattr"}


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def _made_here(tree: ast.Module) -> set[str]:
    """Return the private names that the classes of a module give themselves."""
    made = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            made |= {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            fields = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
            made |= {each.id for each in fields if isinstance(each, ast.Name)}
            made |= {
                each.attr
                for each in ast.walk(node)
                if isinstance(each, ast.Attribute)
                and isinstance(each.ctx, ast.Store)
                and isinstance(each.value, ast.Name)
                and each.value.id == "self"
            }
    return {name for name in made if _is_private(name)}


def _named_in_text(call: ast.Call) -> Iterator[str]:
    """Yield what a call names in a text: ``getattr`` or ``monkeypatch.setattr``."""
    called = call.func
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    if name in _BY_NAME:
        for argument in call.args[:2]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield from argument.value.split(".")


def reaching_in(source: str) -> list[tuple[int, str]]:
    """Return the lines of a module that name a private part of another, with the name."""
    tree = ast.parse(source)
    made, found = _made_here(tree), list[tuple[int, str]]()
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Attribute):
            its_own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            names = [] if its_own and node.attr in made else [node.attr]
        elif isinstance(node, ast.ImportFrom):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Call):
            names = list(_named_in_text(node))
        found += [(node.lineno, name) for name in names if _is_private(name)]
    return found


@pytest.mark.parametrize("folder", OUTSIDE)
def test_no_test_or_tool_reaches_into_what_it_is_about(folder: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, name in reaching_in(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "page._forms[1].show()",
        "from ui.shell.palette import _Found",
        "getattr(editor, '_text')()",
        "monkeypatch.setattr('scoper.files._write_bytes', full_disk)",
        "monkeypatch.setattr(page, '_shown', None)",
        "class Mine(Page):\n    def look(self):\n        return self._shown",
    ],
)
def test_reaching_in_is_found(source: str) -> None:
    assert len(reaching_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "class Hand:\n    def __init__(self):\n        self._window = 1\n    x = self._window",
        "class Hand:\n    def _look(self):\n        self._look()",
        "type(page).__name__",
        "from scoper import __version__",
    ],
)
def test_what_is_a_tests_own_is_not_refused(source: str) -> None:
    assert reaching_in(source) == []


# ---------------------------------------------------------------- what only tests call

PRODUCT = ("scoper", "ui", "main.py")
CALLED_BY_LIBRARIES = {
    "_prepare_formula": "XlsxWriter, on every formula",
    "createEditor": "Qt, of a delegate",
    "getitem": "Jinja, of its environment",
    "loadResource": "Qt, of a text browser",
    "nextCheckState": "Qt, of a button",
    "paintSection": "Qt, of a header",
    "visit_Concat": "Jinja, of its compiler",
    "visit_For": "Jinja, of its compiler",
}
WHERE_IT_IS_SEEN = {"position_of": "where a mark of a chart is painted, for who points at it"}
_SHORT = 60
"""Letters of a text that can be a name of something, as in a registry."""


def _sources(names: tuple[str, ...]) -> Iterator[ast.Module]:
    for name in names:
        path = ROOT / name
        for file in [path] if path.is_file() else path.rglob("*.py"):
            if "versions" not in file.parts:
                yield ast.parse(file.read_text(encoding="utf-8"))


def _named(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            return [name]
        case ast.Constant(value=str(text)) if len(text) < _SHORT:
            return re.findall(r"\w+", text)
    return []


def test_nothing_is_kept_that_only_tests_call() -> None:
    """Events of Qt, special methods and what a decorator hands on are called by others."""
    made, named = set[str](), set[str]()
    for tree in _sources(PRODUCT):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                decorated = {ast.unparse(each) for each in node.decorator_list}
                if decorated <= {"property", "classmethod", "staticmethod"} or isinstance(
                    node, ast.ClassDef
                ):
                    made.add(node.name)
    for tree in _sources((*PRODUCT, "tools")):
        for node in ast.walk(tree):
            named.update(_named(node))
    for template in (ROOT / "templates").rglob("*.j2"):
        named.update(re.findall(r"\w+", template.read_text(encoding="utf-8")))
    by_others = {name for name in made if re.fullmatch(r"__\w+__|\w+Event", name)}
    unused = made - named - by_others
    assert unused == CALLED_BY_LIBRARIES.keys() | WHERE_IT_IS_SEEN.keys()
